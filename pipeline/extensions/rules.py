"""Rules of users: patterns that make records, matched by RE2 in time that is linear in the text.

A rule's pattern has named groups for the fields that the words give; the other fields stand in the rule. What a rule
finds replaces the records of its kind that it crosses.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from pipeline.document import Claim, Document, Entity, Evidence, Quantity, Record, Slogan
from pipeline.entities.lexicon import TYPES as ENTITY_TYPES
from pipeline.errors import SettingsError
from pipeline.extensions.content import Entry, entries, when_used
from pipeline.periods import find_periods
from pipeline.quantities import find_quantities
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.knowledge import TYPES as SLOGAN_TYPES
from pipeline.units import canonical as to_canonical

#: The groups that a pattern may have, by the records that it makes.
GROUPS = {
    "claim": ("value", "unit", "indicator", "period", "region"),
    "slogan": ("name",),
    "entity": ("name", "canonical"),
}
_ID = re.compile("[a-z][a-z0-9_-]{0,40}")
_LARGEST = 8 << 20  # bytes that the automaton of a pattern may take

#: What Python's `re` has and RE2 has not, as it stands in patterns: how it is told, and what to write instead.
_UNKNOWN_TO_RE2 = (
    (re.compile(r"\(\?<?[=!]"), "lookaround ((?=…), (?!…), (?<=…), (?<!…)): take the words around into the pattern, "
     "and name what is meant in a group"),
    (re.compile(r"\\[1-9]|\(\?P="), "back-references (\\1, (?P=name))"),
    (re.compile(r"\(\?>|[*+?}]\+"), "atomic groups and possessive repetition ((?>…), *+), which it does not need"),
    (re.compile(r"\(\?\("), "conditions ((?(1)…))"),
    (re.compile(r"\{\d{4,}|\{\d*,\d{4,}"), "repetition of more than 1000 times"),
)  # fmt: skip


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as it stands in a file. `hits` and `misses` are texts, tried when it is loaded."""

    id: str
    record: Literal["claim", "slogan", "entity"]
    pattern: str
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    # of slogans and entities
    type: str | None = None
    canonical: str | None = None
    # of claims
    indicator: str | None = None
    unit: str | None = None
    kind: Literal["level", "growth_rate", "change_amount", "share", "gap", "rank"] | None = None
    direction: Literal["up", "down"] | None = None
    status: Literal["actual", "target"] | None = None
    period: str | None = None
    region: str | None = None


class Match:
    """Where a rule matches a view: the whole, and its groups."""

    def __init__(self, spans: dict[str, tuple[int, int]]) -> None:
        self.spans = spans

    def span(self, *names: str) -> tuple[int, int]:
        """Return where the first of `names` that matched stands, the whole match if none did."""
        return next((self.spans[name] for name in names if name in self.spans), self.spans[""])


class Compiled:
    """A rule that can be matched: checked, with its hits and misses."""

    def __init__(self, entry: Entry, rule: Rule) -> None:
        self.rule = rule
        self.extension = entry.extension
        self._entry = entry
        self._pattern = _compiled(entry, rule.pattern)
        self._groups: dict[str, int] = dict(self._pattern.groupindex)
        self._check()

    @property
    def name(self) -> str:
        """What its records say decided them."""
        return f"{self.extension}:{self.rule.id}"

    def matches(self, view: str) -> Iterator[Match]:
        """Yield the matches in `view`, in order; none is empty."""
        for match in self._pattern.finditer(view):
            spans = {"": match.span(0)} | {name: match.span(number) for name, number in self._groups.items()}
            if spans[""][0] < spans[""][1]:
                yield Match({name: span for name, span in spans.items() if 0 <= span[0] < span[1]})

    def _check(self) -> None:
        rule, known = self.rule, GROUPS[self.rule.record]
        if not _ID.fullmatch(rule.id):
            raise self._entry.error(f"id {rule.id!r}: small letters, digits, - and _")
        for group in self._groups:
            if group not in known:
                raise self._entry.error(f"{rule.id}: no group of a {rule.record} is {group!r}: {', '.join(known)}")
        if rule.record == "claim":
            self._forbid("type", "canonical")
            if "value" not in self._groups:
                raise self._entry.error(f"{rule.id}: the pattern needs a group (?P<value>…): the number")
            if "indicator" not in self._groups and not rule.indicator:
                raise self._entry.error(f"{rule.id}: an indicator is needed, as a key or as a group")
        else:
            self._forbid("indicator", "unit", "kind", "direction", "status", "period", "region")
            types = SLOGAN_TYPES if rule.record == "slogan" else ENTITY_TYPES
            if rule.type not in types:
                raise self._entry.error(f"{rule.id}: type must be one of {', '.join(types)}, not {rule.type!r}")
        for text, wanted in (*((hit, True) for hit in rule.hits), *((miss, False) for miss in rule.misses)):
            if any(True for _ in self.matches(text)) != wanted:
                said = "does not match its hit" if wanted else "matches its miss"
                raise self._entry.error(f"{rule.id}: the pattern {said} {text!r}")

    def _forbid(self, *names: str) -> None:
        for name in names:
            if getattr(self.rule, name) is not None:
                raise self._entry.error(f"{self.rule.id}: a {self.rule.record} has no {name}")


@when_used
def rules() -> tuple[Compiled, ...]:
    """Return the rules in use; raises DataError for one that is malformed or no pattern of RE2's."""
    compiled: dict[str, Compiled] = {}
    for entry in entries("rule"):
        found = Compiled(entry, entry.converted(Rule))
        if found.name in compiled:
            raise entry.error(f"two rules of {entry.extension} are called {found.rule.id!r}")
        compiled[found.name] = found
    return tuple(compiled.values())


def _compiled(entry: Entry, pattern: str) -> Any:
    try:
        import re2
    except ImportError as error:
        raise SettingsError(f"{entry.place}: rules need google-re2; install gongbao[rules]") from error
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _LARGEST
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise entry.error(f"pattern {_shortened(pattern)}: {_reason(pattern, error)}") from error


def _reason(pattern: str, error: Exception) -> str:
    """Return why RE2 does not take `pattern`, and what to do about it."""
    plain = re.sub(r"\\\\", "", pattern)
    for sign, told in _UNKNOWN_TO_RE2:
        if sign.search(plain):
            return f"RE2, which matches rules in linear time, has no {told}"
    said = error.args[0] if error.args else ""
    return (said.decode(errors="replace") if isinstance(said, bytes) else str(said)) or "not a regular expression"


def _shortened(pattern: str) -> str:
    return repr(pattern if len(pattern) <= 60 else f"{pattern[:57]}…")


# --- records --------------------------------------------------------------------------------------


def found_by_rules(doc: Document, record: str, others: Sequence[Record] = ()) -> list[Record]:
    """Return what the rules for a kind of `record` find in `doc`; where two cross, the first rule decides.

    What a rule for claims leaves open is as in the one of the `others` that is about the same number.
    """
    found: list[Record] = []
    for rule in rules():
        if rule.rule.record == record:
            for match in rule.matches(doc.view):
                made = _claim(doc, rule, match, others) if record == "claim" else _named(doc, rule, match)
                if made is not None and not any(crosses(made, other) for other in found):
                    found.append(made)
    return found


def crosses(one: Record, other: Record) -> bool:
    """Whether two records have a character in common."""
    return one.start < other.end and other.start < one.end


def mark(doc: Document, extension: str, start: int, end: int) -> Evidence:
    """Return the evidence that an `extension` decided what stands in the view range `[start, end)`."""
    return doc.evidence(f"extension:{extension}", start, end)


def _named(doc: Document, rule: Compiled, match: Match) -> Slogan | Entity:
    start, end = match.span("name")
    words = doc.view[slice(*match.span("canonical", "name"))]
    evidence = (mark(doc, rule.extension, *match.span()),)
    kind: type[Slogan | Entity] = Slogan if rule.rule.record == "slogan" else Entity
    canonical = rule.rule.canonical or (canonical_form(words) if kind is Slogan else words)
    return doc.record(kind, start, end, type=rule.rule.type, canonical=canonical, rule=rule.name, evidence=evidence)


def _claim(doc: Document, rule: Compiled, match: Match, others: Sequence[Record]) -> Claim | None:
    """Return the claim of a match; None where what stands in its group of the value is no number."""
    given = rule.rule
    quantity = _quantity(doc, match)
    if quantity is None:
        return None
    words = {name: doc.view[slice(*span)] for name, span in match.spans.items()}
    unit = words.get("unit") or given.unit or quantity.unit
    values = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    converted = {name: to_canonical(value, unit) for name, value in values.items() if value is not None and unit}
    comparable: dict[str, Any] = {f"canonical_{name}": pair[0] for name, pair in converted.items() if pair}
    period = given.period
    if "period" in words:
        period = next((found.value for found in find_periods(words["period"], doc.reference)), period)
    end = max(quantity.end, match.spans.get("unit", (0, 0))[1])
    span = doc.locate(quantity.start, end)
    base = next((o for o in others if isinstance(o, Claim) and o.start < span.end and span.start < o.end), None)
    return doc.record(
        Claim,
        quantity.start,
        end,
        **values,
        **comparable,
        canonical_unit=next((pair[1] for pair in converted.values() if pair), None),
        unit=unit,
        comparator=quantity.comparator,
        indicator=given.indicator or words["indicator"],
        kind=given.kind or (base.kind if base else "level"),
        direction=given.direction or (base.direction if base and not given.kind else None),
        basis=base.basis if base else None,
        status=given.status or (base.status if base else "actual"),
        period=period or (base.period if base else None),
        region=words.get("region") or given.region or (base.region if base else doc.metadata.region),
        rule=rule.name,
        evidence=(mark(doc, rule.extension, *match.span()),),
    )


def _quantity(doc: Document, match: Match) -> Quantity | None:
    """Return the quantity that the document has where the value of `match` stands, else what the value alone says."""
    start, end = match.spans.get("value", (0, 0))
    for quantity in doc.quantities:
        if quantity.start < end and start < quantity.end and quantity.role == "quantity":
            return quantity
    for quantity in find_quantities(doc.view[start:end]):
        if quantity.value is not None or quantity.low is not None:
            return msgspec.structs.replace(quantity, start=start + quantity.start, end=start + quantity.end)
    return None
