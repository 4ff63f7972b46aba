"""Precision, recall and F1 of a run against annotated texts.

A folder of annotations holds ``NAME.txt`` and, for each kind of record that was annotated, ``NAME.KIND.gold.jsonl``
(KIND is claims, slogans or entities): the records as a run writes them, by `start` and `end` in the text, without
ids. A record marked ``"optional": true`` is neither required nor held against a prediction that meets it. A
document of the run is matched by the stem of its `source`.

Claims are paired one to one where their spans overlap, the largest overlap first. *found* is the figure of that
pairing; *whole* counts the pairs in which value, low, high, unit, kind, direction, indicator, period, region and
status are all right; the share of each field is of the pairs. Slogans and entities are paired the same way; *span*
counts the pairs whose spans are equal, *typed* those whose type is right too. Two names are one where, without
punctuation, they share four fifths of their characters. An unquoted formula or motto that no annotation meets is not
judged: they are too many to be annotated exhaustively.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from pipeline.document import Document, Record
from pipeline.errors import InputError
from pipeline.reading import read_text
from pipeline.regex import Regex
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.writing import RECORD_KINDS, read_rows, record_row

WHOLE = ("value", "unit", "kind", "direction", "indicator", "period", "region", "status")
CLAIM_FIELDS = ("value", "unit", "comparator", "indicator", "kind", "direction", "basis", "period", "region", "status")
NAMES_ALIKE = 0.8  # share of common characters from which two indicators are one
VALUES_ALIKE = Decimal("0.0005")  # relative difference up to which two values are one

_SAME_UNIT = {"度": "千瓦时", "％": "%", "个百分点": "百分点", "平米": "平方米", "余人": "人", "位": "名"}
_PLACE_SUFFIX = Regex(r"(省|市|县|区|自治区|地区)$")
_PUNCTUATION = Regex(r"[\W_]+")
_OPENING_QUOTES = ("“", "‘", '"', "「")
_OPEN_CLASSES = ("formula", "motto")


class AnnotatedMember(msgspec.Struct, frozen=True):
    """A member of a slogan; without `doc_id` it stands in the slogan's own document."""

    start: int
    end: int
    doc_id: str | None = None


class Annotation(msgspec.Struct, frozen=True):
    """What is compared of a record: the fields of all three kinds, each None where its kind has no such field."""

    start: int
    end: int
    quote: str
    optional: bool = False
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    indicator: str | None = None
    kind: str | None = None
    direction: str | None = None
    basis: str | None = None
    period: str | None = None
    region: str | None = None
    status: str | None = None
    type: str | None = None
    canonical: str | None = None
    declared: int | list[int | None] | None = None
    members: tuple[AnnotatedMember, ...] = ()
    doc_id: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


class Error(msgspec.Struct, frozen=True):
    """A difference between run and annotation; `sort` is missed, spurious, span or the field that is wrong."""

    sort: str
    document: str
    start: int
    quote: str
    wanted: str | None = None
    got: str | None = None


class Figures(msgspec.Struct, frozen=True):
    """Precision, recall and F1 of `n` wanted records, to four places."""

    p: float
    r: float
    f1: float
    n: int


class DocumentFigures(msgspec.Struct, frozen=True):
    """F1 by the loose and by the strict count for the `n` wanted records of one document."""

    found: float
    whole: float
    n: int


class Score(msgspec.Struct, frozen=True):
    """The figures of one kind of record: `found` by the loose count, `whole` by the strict; see `names`."""

    kind: str
    found: Figures
    whole: Figures
    documents: dict[str, DocumentFigures]
    fields: dict[str, float]
    members: Figures | None
    errors: list[Error]

    @property
    def names(self) -> tuple[str, str]:
        """What the two counts are called for this kind."""
        return ("found", "whole") if self.kind == "claims" else ("span", "typed")

    def as_row(self) -> dict[str, Any]:
        """Return the figures, without the errors, as they are written to JSON."""
        loose, strict = self.names
        row: dict[str, Any] = {loose: self.found, strict: self.whole, "documents": self.documents}
        if self.fields:
            row["fields"] = self.fields
        if self.members is not None:
            row["members"] = self.members
        return row


def evaluate(gold: Path, out: Path | None, settings: Settings) -> list[Score]:
    """Return the scores of the run in the folder `out` against the annotations in the folder `gold`.

    Without `out` the texts in `gold` are processed first. Raises InputError for a folder without annotations or
    with a malformed one, and for a run whose quotes do not stand at their offsets.
    """
    if not any(gold.glob("*.gold.jsonl")):
        raise InputError(f"{gold}: no annotations here; they are called NAME.claims.gold.jsonl, and so on")
    if out is not None:
        if not (out / "documents.jsonl").is_file():
            raise InputError(f"{out}: no run here; give the folder that `gongbao run {gold} --out …` wrote")
        return _scores(gold, out)
    with TemporaryDirectory() as folder:
        summary = run([gold], replace(settings, out=folder, only=RECORD_KINDS))
        if summary.failures:
            raise InputError("; ".join(failure.message for failure in summary.failures))
        return _scores(gold, Path(folder))


def _scores(gold: Path, out: Path) -> list[Score]:
    ids = {PurePath(row["source"]).stem: row["doc_id"] for row in read_rows(out / "documents.jsonl", dict[str, Any])}
    return [score(gold, out, kind, ids) for kind in RECORD_KINDS if any(gold.glob(f"*.{kind}.gold.jsonl"))]


def score(gold: Path, out: Path, kind: str, ids: Mapping[str, str]) -> Score:
    """Return the score of the records of `kind`; `ids` maps the name of an annotated text to its document's id."""
    proposed: defaultdict[str | None, list[Annotation]] = defaultdict(list)
    for row in read_rows(out / f"{kind}.jsonl", Annotation):
        proposed[row.doc_id].append(row)
    total = _Tally()
    documents: dict[str, DocumentFigures] = {}
    suffix = f".{kind}.gold.jsonl"
    for path in sorted(gold.glob(f"*{suffix}")):
        name = path.name.removesuffix(suffix)
        text = read_text(gold / f"{name}.txt")
        got = proposed[ids[name]] if name in ids else []
        for record in got:
            if text[record.start : record.end] != record.quote:
                raise InputError(f"{out}: {kind} of {name}: {record.quote!r} does not stand at offset {record.start}")
        tally = _compare(kind, _Annotated(name, text, ids.get(name)), got, list(read_rows(path, Annotation)))
        documents[name] = DocumentFigures(tally.found.f1, tally.whole.f1, tally.wanted)
        total.add(tally)
    shares = {field: round(right / total.hits, 4) for field, right in total.fields.items()} if total.hits else {}
    members = _figures(total.members_hit, total.members_got, total.members_wanted) if kind == "slogans" else None
    return Score(kind, total.found, total.whole, documents, shares, members, total.errors)


def judge(kind: str, annotations: Path, doc: Document) -> Iterator[tuple[Record, bool]]:
    """Yield each record of `kind` in `doc` that the file `annotations` judges, and whether it is wholly right."""
    records: Sequence[Record] = getattr(doc, kind)
    got = [msgspec.convert(record_row(record), Annotation, from_attributes=True) for record in records]
    record_of = {id(annotation): record for annotation, record in zip(got, records, strict=True)}
    where = _Annotated(Path(doc.source).stem, doc.text, doc.doc_id)
    wanted = list(read_rows(annotations, Annotation))
    pairs, spurious, _ = pair(got, wanted)
    for proposed, annotated in pairs:
        if not annotated.optional:
            tally = _Tally()
            _COMPARE[kind](tally, where, proposed, annotated)
            yield record_of[id(proposed)], tally.wholes == 1
    for proposed in spurious:
        if _counts_as_spurious(kind, proposed, wanted, doc.text):
            yield record_of[id(proposed)], False


def wholly_right(kind: str, got: Annotation, wanted: Annotation) -> bool:
    """Tell whether a record of `kind` is what is wanted, as it is counted here."""
    tally = _Tally()
    _COMPARE[kind](tally, _Annotated("", "", None), got, wanted)
    return tally.wholes == 1


def _counts_as_spurious(kind: str, proposed: Annotation, wanted: Sequence[Annotation], text: str) -> bool:
    on_optional = any(annotated.optional and _overlap(proposed, annotated) > 0 for annotated in wanted)
    return not on_optional and _is_judged(kind, proposed, text)


@dataclass
class _Tally:
    """What is counted while records are compared."""

    got: int = 0
    wanted: int = 0
    hits: int = 0
    wholes: int = 0
    members_hit: int = 0
    members_got: int = 0
    members_wanted: int = 0
    fields: dict[str, int] = field(default_factory=dict)  # how often each was right
    errors: list[Error] = field(default_factory=list)

    def add(self, other: "_Tally") -> None:
        for name in ("got", "wanted", "hits", "wholes", "members_hit", "members_got", "members_wanted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, right in other.fields.items():
            self.count_field(name, right)
        self.errors += other.errors

    def count_field(self, name: str, right: int) -> None:
        self.fields[name] = self.fields.get(name, 0) + right

    @property
    def found(self) -> Figures:
        return _figures(self.hits, self.got, self.wanted)

    @property
    def whole(self) -> Figures:
        return _figures(self.wholes, self.got, self.wanted)


class _Annotated(NamedTuple):
    """The text that annotations belong to."""

    name: str
    text: str
    doc_id: str | None


def _compare(kind: str, where: _Annotated, got: list[Annotation], wanted: list[Annotation]) -> _Tally:
    tally = _Tally()
    pairs, spurious, missed = pair(got, wanted)
    for proposed, annotated in pairs:
        if not annotated.optional:
            tally.got += 1
            tally.wanted += 1
            _COMPARE[kind](tally, where, proposed, annotated)
    for proposed in spurious:
        if _counts_as_spurious(kind, proposed, wanted, where.text):
            tally.got += 1
            tally.errors.append(Error("spurious", where.name, proposed.start, proposed.quote, got=_label(proposed)))
    for annotated in missed:
        if not annotated.optional:
            tally.wanted += 1
            tally.members_wanted += len(annotated.members)
            tally.errors.append(Error("missed", where.name, annotated.start, annotated.quote, wanted=_label(annotated)))
    return tally


def _compare_claim(tally: _Tally, where: _Annotated, got: Annotation, wanted: Annotation) -> None:
    right = {name: same(name, got, wanted) for name in CLAIM_FIELDS}
    tally.hits += 1
    tally.wholes += all(right[name] for name in WHOLE)
    for name in CLAIM_FIELDS:
        tally.count_field(name, right[name])
        if not right[name]:
            values = (_shown(annotation, name) for annotation in (wanted, got))
            tally.errors.append(Error(name, where.name, wanted.start, wanted.quote, *values))


def _compare_slogan(tally: _Tally, where: _Annotated, got: Annotation, wanted: Annotation) -> None:
    exact = _compare_span(tally, where, got, wanted)
    tally.count_field("declared", exact and got.declared == wanted.declared)
    if wanted.members:
        found, annotated = (_own_members(slogan, where.doc_id) for slogan in (got, wanted))
        tally.members_hit += len(found & annotated)
        tally.members_got += len(found)
        tally.members_wanted += len(annotated)


def _compare_entity(tally: _Tally, where: _Annotated, got: Annotation, wanted: Annotation) -> None:
    exact = _compare_span(tally, where, got, wanted)
    tally.count_field("canonical", exact and _bare(got.canonical) == _bare(wanted.canonical))


def _compare_span(tally: _Tally, where: _Annotated, got: Annotation, wanted: Annotation) -> bool:
    exact = got.span == wanted.span
    tally.hits += exact
    tally.wholes += exact and got.type == wanted.type
    if not exact or got.type != wanted.type:
        sort = "type" if exact else "span"
        labels = (f"{annotation.quote} ({annotation.type})" for annotation in (wanted, got))
        tally.errors.append(Error(sort, where.name, wanted.start, wanted.quote, *labels))
    return exact


_COMPARE = {"claims": _compare_claim, "slogans": _compare_slogan, "entities": _compare_entity}


def _own_members(slogan: Annotation, doc_id: str | None) -> set[tuple[int, int]]:
    return {(member.start, member.end) for member in slogan.members if member.doc_id in (None, doc_id)}


def pair(
    got: Sequence[Annotation], wanted: Sequence[Annotation]
) -> tuple[list[tuple[Annotation, Annotation]], list[Annotation], list[Annotation]]:
    """Return the one-to-one pairs of overlapping records, the largest overlap first, and what either side has left."""
    links = sorted(
        (-_overlap(g, w), i, j)
        for i, g in enumerate(got)
        for j, w in enumerate(wanted)
        if _overlap(g, w) > 0 or g.span == w.span
    )
    paired_got: set[int] = set()
    paired_wanted: set[int] = set()
    pairs = []
    for _, i, j in links:
        if i not in paired_got and j not in paired_wanted:
            paired_got.add(i)
            paired_wanted.add(j)
            pairs.append((got[i], wanted[j]))
    spurious = [g for i, g in enumerate(got) if i not in paired_got]
    return pairs, spurious, [w for j, w in enumerate(wanted) if j not in paired_wanted]


def same(name: str, got: Annotation, wanted: Annotation) -> bool:
    """Whether two claims agree in the field `name`."""
    if name == "value":
        return all(_same_number(getattr(got, bound), getattr(wanted, bound)) for bound in ("value", "low", "high"))
    a, b = getattr(got, name), getattr(wanted, name)
    if name == "indicator":
        return names_alike(a, b) >= NAMES_ALIKE
    if name == "unit":
        return bool(_SAME_UNIT.get(a, a) == _SAME_UNIT.get(b, b))
    if name == "region":
        a, b = _place(a), _place(b)
        return a == b or (bool(a and b) and (a in b or b in a))
    if name == "basis":
        return _place(a) == _place(b)
    return bool(a == b)


def names_alike(a: str | None, b: str | None) -> float:
    """Return the F1 over the characters that two names have in common, punctuation apart."""
    ours, theirs = Counter(_bare(a)), Counter(_bare(b))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else float(ours == theirs)


def _same_number(a: Decimal | None, b: Decimal | None) -> bool:
    if a is None or b is None or not b:
        return a == b
    return abs(a - b) <= abs(b) * VALUES_ALIKE


def _bare(name: str | None) -> str:
    return _PUNCTUATION.sub("", name or "")


def _place(name: str | None) -> str:
    return _PLACE_SUFFIX.sub("", (name or "").replace("全国", "中国").replace("我国", "中国"))


def _overlap(a: Annotation, b: Annotation) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _is_judged(kind: str, got: Annotation, text: str) -> bool:
    quoted = text[max(got.start - 1, 0) : got.start] in _OPENING_QUOTES
    return kind != "slogans" or got.type not in _OPEN_CLASSES or quoted


def _label(annotation: Annotation) -> str | None:
    return annotation.indicator or annotation.type


def _shown(annotation: Annotation, name: str) -> str | None:
    if name == "value" and annotation.value is None:
        return f"{annotation.low}–{annotation.high}"
    value = getattr(annotation, name)
    return None if value is None else str(value)


def _figures(hits: int, got: int, wanted: int) -> Figures:
    p = hits / got if got else 1.0
    r = hits / wanted if wanted else 1.0
    return Figures(round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4) if p + r else 0.0, wanted)
