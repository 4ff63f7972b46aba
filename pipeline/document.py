"""A document and the records found in it.

Two coordinate systems, and only two:

* **text** offsets: half-open ranges of code points in the stored text. Every record that leaves
  gongbao (sentence, token, claim, slogan, member, entity) carries these, and
  ``text[start:end] == quote`` always holds.
* **view** offsets: the same in :attr:`Document.view`, the normalised text that finders match on
  (see :mod:`pipeline.alignment`). `Quantity`, `Period` and everything a finder handles internally
  carries these; :meth:`Document.locate` turns them into text offsets at the moment a record is made.

For most documents the two are equal.
"""

import calendar
import datetime
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

# --- what finders handle internally: view offsets -----------------------------------------------


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its unit and comparator words, as written.

    `value` is exact, with 十百千万亿 applied; for a range it is None and `low`/`high` are set.
    `unit` is the unit as written without its multiplier (亿元 → 元), None for a bare number.
    """

    start: int
    end: int
    quote: str
    value: Decimal | None = None  #: exact; None for a range
    low: Decimal | None = None  #: lower bound of a range
    high: Decimal | None = None  #: upper bound of a range
    unit: str | None = None  #: as written, without its multiplier
    comparator: str = "eq"  #: eq, approx, near, gt, ge, lt or le
    ordinal: bool = False  #: whether it is 第…
    number: tuple[int, int]  #: span of the numeral itself, multiplier included
    role: str = "quantity"  #: what the number is for: quantity, rank, date, …
    rule: str  #: which pattern read it


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression, resolved against a reference date.

    `value` is the string form of the contract: ``2012``, ``2023-Q1``, ``2016/2020``, ``../2025``; None
    where the words alone don't tell. `first` and `last` are inclusive days; None where the period has no
    such end. `anchored` is False where the words name no year (上半年, 年末); `years` is the length in words
    that count years (五年来, 连续三年).
    """

    start: int
    end: int
    quote: str
    value: str | None  #: in the form of `Claim.period`; None where the words alone do not tell
    first: datetime.date | None = None  #: first day
    last: datetime.date | None = None  #: last day
    kind: str  #: year, half, quarter, month, day, span, plan, …
    rule: str
    anchored: bool = True  #: whether the words name a year
    years: int | None = None  #: how many years words like 五年来 count


# --- records: text offsets ----------------------------------------------------------------------


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of the text."""

    start: int
    end: int
    quote: str = ""


class Bounds(msgspec.Struct, frozen=True):
    """The offsets of the sentence that a record stands in."""

    start: int
    end: int


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that belongs to the page around a text: chrome, byline, credit, caption or page (a page number)."""

    start: int
    end: int
    kind: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or heading; `paragraph` counts from 0."""

    id: int  #: its number in the document, from 0
    start: int
    end: int
    paragraph: int  #: number of its paragraph, from 0
    heading: bool = False  #: whether it is a heading


class Token(msgspec.Struct, frozen=True, array_like=True):
    """A word with its part of speech (jieba's tag set)."""

    start: int
    end: int
    pos: str  #: part of speech in jieba's tag set


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a record's field was read from; `role` names the field."""

    role: str  #: the field that was read from it
    start: int
    end: int
    quote: str  #: the words


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What claims, slogans and entities have in common."""

    id: str  #: hash of document, kind, span and type: stable while those are
    doc_id: str  #: the document that it stands in
    start: int  #: offset of its first character in the text, in code points
    end: int  #: offset behind its last character
    quote: str  #: the words: ``text[start:end]``


class Claim(Record, frozen=True, kw_only=True):
    """One quantity of one indicator, for a period, in a region, as a fact or a target."""

    value: Decimal | None = None  #: exact, with 十百千万亿 applied; None where only a range is given
    low: Decimal | None = None  #: lower bound of a range
    high: Decimal | None = None  #: upper bound of a range
    unit: str | None = None  #: as written, without its multiplier (亿元 → 元); None for a bare count
    comparator: str = "eq"  #: eq, approx, near, gt, ge, lt or le
    indicator: str  #: what is measured, without period, region and verb of change
    kind: str  #: level, growth_rate, change_amount, share, gap or rank
    direction: str | None = None  #: up or down, of changes; above (up) or below, of gaps
    basis: str | None = None  #: what it is compared with: yoy, qoq, annual, plan, a period, a place, a group
    period: str | None = None  #: what time it holds for: 2012, 2023-Q1, 2016/2020, ../2025
    region: str | None = None  #: the place or body that it is of, under its full name
    status: str  #: actual (a fact) or target (planned, expected, promised)
    canonical_value: Decimal | None = None  #: the value in `canonical_unit`, so that 斤 and 吨 compare
    canonical_low: Decimal | None = None  #: the lower bound in it
    canonical_high: Decimal | None = None  #: the upper bound in it
    canonical_unit: str | None = None  #: the unit of its dimension; None where `unit` is
    sentence: Bounds  #: the sentence that it stands in
    rule: str  #: which rule proposed it
    evidence: tuple[Evidence, ...] = ()  #: the words that its fields were read from
    confidence: float = 0.5  #: measured probability that the whole record is right, 0 to 1


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that a slogan stands for, where a text names it."""

    doc_id: str  #: the document that enumerates it
    start: int
    end: int
    quote: str  #: its words


class Slogan(Record, frozen=True, kw_only=True):
    """A formulation that is coined, numbered or quoted so that it can be repeated."""

    type: str  #: numeral_code, numeral_phrase, coinage, motto or formula
    canonical: str  #: one form for all its variants
    declared: int | list[int | None] | None = None  #: how many members its numerals announce; a list for a parallel
    members: tuple[Member, ...] = ()  #: those that a document enumerates
    expansion: str = "none"  #: complete, mismatch (another number) or none
    sentence: Bounds  #: the sentence that it stands in
    rule: str  #: which rule proposed it
    evidence: tuple[Evidence, ...] = ()  #: the words that decided
    confidence: float = 0.5  #: measured probability that span and type are right, 0 to 1


class Entity(Record, frozen=True, kw_only=True):
    """A named body, place, plan, project, document, meeting, policy, honour or person."""

    type: str  #: person, org, company, place, project, plan, document, meeting, policy or honor
    canonical: str  #: the full official name
    link: str | None = None  #: GB/T 2260 code, of administrative divisions
    sentence: Bounds  #: the sentence that it stands in
    rule: str  #: which source proposed it
    evidence: tuple[Evidence, ...] = ()  #: the words that decided
    confidence: float = 0.5  #: measured probability that span and type are right, 0 to 1


R = TypeVar("R", bound=Record)


class Metadata(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a text; every field is optional."""

    title: str | None = None
    date: str | None = None  #: YYYY, YYYY-MM or YYYY-MM-DD
    issuer: str | None = None
    region: str | None = None
    genre: str | None = None
    url: str | None = None
    speaker: str | None = None
    meeting: str | None = None  #: where it was said: 某省第十四届人民代表大会第四次会议
    published: str | None = None  #: the day of the page or newspaper that it was taken from, in the form of `date`
    version_of: str | None = None  #: the document of the corpus that this is another version of
    excerpt_of: str | None = None  #: the document of the corpus that this is a part of


class Document:
    """A text, what is known of it, and what the stages have found in it so far.

    `text` is the text, `given` what was known of it, `metadata` that with what was read from the text. `claims`,
    `slogans`, `entities`, `sentences` and `tokens` are tuples of records in text order, with offsets of the text;
    `quantities` and `periods` have offsets of the `view`, the normalised text. `layout` is what belongs to the page.
    """

    def __init__(
        self,
        text: str,
        *,
        doc_id: str = "text",
        source: str = "",
        given: Metadata | None = None,
    ) -> None:
        self.text = text
        self.doc_id = doc_id
        self.source = source
        self.given = given or Metadata()
        self.metadata = self.given
        self.layout: tuple[Passage, ...] = ()
        self.view = text
        self.view_starts: Sequence[int] | None = None  # text offset of each view offset; None: equal
        self.sentences: tuple[Sentence, ...] = ()
        self.quantities: tuple[Quantity, ...] = ()
        self.periods: tuple[Period, ...] = ()
        self.claims: tuple[Claim, ...] = ()
        self.slogans: tuple[Slogan, ...] = ()
        self.entities: tuple[Entity, ...] = ()
        self.tokens: tuple[Token, ...] = ()
        self.others: dict[str, tuple[dict[str, Any], ...]] = {}  #: rows of the extractors of other packages, by kind

    @property
    def reference(self) -> datetime.date:
        """The day that relative time expressions are resolved against.

        The document's date, its last day where only a year or month is known. A text without any
        date has no today: 0001-01-01 stands for it, and relative periods stay unresolved.
        """
        date = self.metadata.date
        if date is None:
            return datetime.date.min
        year, month, day = (int(part) for part in (date + "-12-31")[:10].split("-"))
        if len(date) == 7:
            day = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, day)

    # -- offsets -------------------------------------------------------------------------------

    def locate(self, start: int, end: int) -> Span:
        """Return the stretch of text behind the view range `[start, end)`."""
        start, end = self._in_text(start, end)
        return Span(start, end, self.text[start:end])

    def _in_text(self, start: int, end: int) -> tuple[int, int]:
        starts = self.view_starts
        if starts is None:
            return start, end
        return starts[start], starts[end - 1] + 1 if end > start else starts[end]

    def to_view(self, offset: int) -> int:
        """Return the view offset of text offset `offset` (of the next kept character)."""
        starts = self.view_starts
        return offset if starts is None else bisect_left(starts, offset)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence in which text offset `offset` stands."""
        index = bisect_right(self._sentence_starts(), offset) - 1
        return self.sentences[max(index, 0)]

    def sentences_in_view(self) -> list[tuple[int, int]]:
        """Return the view range of each sentence."""
        cached = getattr(self, "_ranges_cache", None)
        if cached is None or cached[0] is not self.sentences or cached[1] is not self.view_starts:
            ranges = [(self.to_view(s.start), self.to_view(s.end)) for s in self.sentences]
            cached = (self.sentences, self.view_starts, ranges)
            self._ranges_cache = cached
        return cached[2]

    def _sentence_starts(self) -> list[int]:
        cached = getattr(self, "_starts_cache", None)
        if cached is None or cached[0] is not self.sentences:
            cached = (self.sentences, [s.start for s in self.sentences])
            self._starts_cache = cached
        return cached[1]

    # -- records -------------------------------------------------------------------------------

    def record(self, kind: type[R], start: int, end: int, /, **fields: Any) -> R:
        """Make a record of `kind` for the view range `[start, end)`, with its id and sentence.

        The id is a hash of document, kind, span and type, so it is stable across runs and versions
        for as long as those are.
        """
        start, end = self._in_text(start, end)
        sentence = self.sentence_at(start)
        fields["sentence"] = Bounds(sentence.start, sentence.end)
        key = f"{self.doc_id}\0{kind.__name__}\0{start}\0{end}\0{fields.get('type', '')}"
        return kind(
            id=hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
            doc_id=self.doc_id,
            start=start,
            end=end,
            quote=self.text[start:end],
            **fields,
        )

    def evidence(self, role: str, start: int, end: int) -> Evidence:
        """Point at the view range `[start, end)` as the ground for a record's field `role`."""
        start, end = self._in_text(start, end)
        return Evidence(role=role, start=start, end=end, quote=self.text[start:end])
