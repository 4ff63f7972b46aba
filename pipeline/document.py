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
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: str = "eq"
    ordinal: bool = False
    number: tuple[int, int]  #: span of the numeral itself, multiplier included
    role: str = "quantity"  #: what the number is for: quantity, rank, date …; see pipeline.quantities
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
    value: str | None
    first: datetime.date | None = None
    last: datetime.date | None = None
    kind: str  #: see pipeline.periods
    rule: str
    anchored: bool = True
    years: int | None = None


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
    """A stretch of the text that belongs to the page around it: chrome, byline, caption or page (a page number)."""

    start: int
    end: int
    kind: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or heading; `paragraph` counts from 0."""

    id: int
    start: int
    end: int
    paragraph: int
    heading: bool = False


class Token(msgspec.Struct, frozen=True, array_like=True):
    """A word with its part of speech (jieba's tag set)."""

    start: int
    end: int
    pos: str


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a record's field was read from; `role` names the field."""

    role: str
    start: int
    end: int
    quote: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What claims, slogans and entities have in common."""

    id: str
    doc_id: str
    start: int
    end: int
    quote: str


class Claim(Record, frozen=True, kw_only=True):
    """One quantity of one indicator, for a period, in a region, as a fact or a target."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    comparator: str = "eq"
    indicator: str
    kind: str
    direction: str | None = None
    basis: str | None = None
    period: str | None = None
    region: str | None = None
    status: str
    canonical_value: Decimal | None = None
    canonical_low: Decimal | None = None
    canonical_high: Decimal | None = None
    canonical_unit: str | None = None
    sentence: Bounds
    rule: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that a slogan stands for, where a text names it."""

    doc_id: str
    start: int
    end: int
    quote: str


class Slogan(Record, frozen=True, kw_only=True):
    """A formulation that is coined, numbered or quoted so that it can be repeated."""

    type: str
    canonical: str
    declared: int | list[int | None] | None = None
    members: tuple[Member, ...] = ()
    expansion: str = "none"
    sentence: Bounds
    rule: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5


class Entity(Record, frozen=True, kw_only=True):
    """A named body, place, plan, project, document, meeting, policy, honour or person."""

    type: str
    canonical: str
    link: str | None = None
    sentence: Bounds
    rule: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5


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
    """A text, what is known of it, and what the stages have found in it so far."""

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
        starts = self.view_starts
        if starts is not None:
            start, end = starts[start], (starts[end - 1] + 1 if end > start else starts[end])
        return Span(start, end, self.text[start:end])

    def to_view(self, offset: int) -> int:
        """Return the view offset of text offset `offset` (of the next kept character)."""
        starts = self.view_starts
        return offset if starts is None else bisect_left(starts, offset)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence in which text offset `offset` stands."""
        index = bisect_right(self._sentence_starts(), offset) - 1
        return self.sentences[max(index, 0)]

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
        span = self.locate(start, end)
        sentence = self.sentence_at(span.start)
        fields["sentence"] = Bounds(sentence.start, sentence.end)
        key = f"{self.doc_id}\0{kind.__name__}\0{span.start}\0{span.end}\0{fields.get('type', '')}"
        return kind(
            id=hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
            doc_id=self.doc_id,
            start=span.start,
            end=span.end,
            quote=span.quote,
            **fields,
        )

    def evidence(self, role: str, start: int, end: int) -> Evidence:
        """Point at the view range `[start, end)` as the ground for a record's field `role`."""
        span = self.locate(start, end)
        return Evidence(role=role, start=span.start, end=span.end, quote=span.quote)
