"""Measure words: which one stands at a place, what it measures, and how it converts.

One table, ``data/units.toml``, used by everything that reads or compares quantities.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import msgspec
import tomli

from pipeline.errors import DataError
from pipeline.extensions.content import Entry, entries, when_used
from pipeline.numerals import MULTIPLIERS, plain
from pipeline.regex import Regex

_FILE = "units.toml"
_COUNT = "count"
_MONEY = "money"
_FORM = Regex(r"[^\W\d_]{1,12}|[A-Za-z/°%℃]{1,12}")
_FACTOR = Regex(r"[0-9]{1,18}(?:\.[0-9]{1,18})?(?:/[1-9][0-9]{0,17})?")


class Unit(msgspec.Struct, frozen=True):
    """A measure word: `form` as written; `factor` × value gives the value in `canonical` units.

    `dimension` is ``count`` for classifiers, ``money`` for currencies (each its own canonical unit),
    else the physical quantity. `guard` matches what may not follow, because it makes another word.
    """

    form: str
    dimension: str
    canonical: str
    factor: Fraction
    currency: str | None = None
    guard: Regex | None = None


class _Added(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[unit]]`` of an extension: `factor` × value gives the value in `canonical` units, gongbao's or its own."""

    forms: tuple[str, ...]
    dimension: str
    canonical: str
    factor: str | int = 1


class _Measure(msgspec.Struct, forbid_unknown_fields=True):
    dimension: str
    canonical: str
    forms: dict[str, str]


class _Count(msgspec.Struct, forbid_unknown_fields=True):
    forms: list[str]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    measure: list[_Measure]
    currencies: dict[str, str]
    count: _Count
    guards: dict[str, str]


@when_used
def units() -> dict[str, Unit]:
    """Return every unit by its form. Raises DataError for an entry that is malformed or stands twice."""
    found = _own_units()
    for entry in entries("unit"):
        found |= {unit.form: unit for unit in _added(entry, found)}
    return found


@when_used
def added_units() -> dict[str, str]:
    """Return the forms of the units of extensions, and whose they are."""
    return {form: entry.extension for entry in entries("unit") for form in entry.values["forms"]}


def _added(entry: Entry, known: Mapping[str, Unit]) -> list[Unit]:
    """Return the units that an `entry` of an extension adds to those `known`."""
    added = entry.converted(_Added)
    if not added.forms:
        raise entry.error("forms: a unit needs a form, as it is written")
    for form in added.forms:
        if form in known or added.forms.count(form) > 1:
            raise entry.error(f"there is a unit {form!r} already")
        if not _FORM.fullmatch(form):
            raise entry.error(f"{form!r} is no measure word: up to 12 characters, no digit, space or mark")
    if not _FACTOR.fullmatch(str(added.factor)) or not (factor := Fraction(str(added.factor))):
        raise entry.error(f"factor {added.factor!r} must be a number above 0, or in quotes a decimal or fraction")
    if added.dimension == _MONEY:
        raise entry.error("currencies cannot be added: they have no fixed factor")
    base = known.get(added.canonical)
    if base is not None and (base.dimension != added.dimension or base.canonical != base.form):
        raise entry.error(f"the canonical unit of {base.dimension} is {base.canonical!r}; {base.form!r} measures that")
    if base is None and (added.canonical not in added.forms or factor != 1):
        raise entry.error(f"canonical {added.canonical!r} is no unit; name one, or one of these forms with factor 1")
    return [Unit(form, added.dimension, added.canonical, factor) for form in added.forms]


def _own_units() -> dict[str, Unit]:
    try:
        table = msgspec.convert(tomli.loads((files("pipeline") / "data" / _FILE).read_text("utf-8")), _Table)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_FILE}: {error}") from error
    found: dict[str, Unit] = {}

    def add(form: str, dimension: str, canonical: str, factor: Fraction, currency: str | None = None) -> None:
        if form in found:
            raise DataError(f"{_FILE}: {form!r} stands twice")
        guard = table.guards.pop(form, None)
        pattern = Regex(guard, source=f"{_FILE}: guard of {form!r}") if guard else None
        found[form] = Unit(form, dimension, canonical, factor, currency, pattern)

    codes = {forms.split()[0]: code for code, forms in table.currencies.items()}
    for entry in table.measure:
        currency = codes.get(entry.canonical)
        for factor, forms in entry.forms.items():
            for form in forms.split():
                add(form, entry.dimension, entry.canonical, Fraction(factor), currency)
    for code, forms in table.currencies.items():
        for form in forms.split():
            add(form, _MONEY, forms.split()[0], Fraction(1), code)
    for group in table.count.forms:
        for form in group.split():
            add(form, _COUNT, group.split()[0], Fraction(1))
    if table.guards:
        raise DataError(f"{_FILE}: guard of {next(iter(table.guards))!r}: there is no such unit")
    return found


@when_used
def matcher() -> Callable[[str, int], tuple[int, str] | None]:
    """Return the function that tells which unit stands at an offset of a text: its end and form.

    The longest form wins. A compound (元/平方米, 件/万人) is one unit.
    """
    table = units()
    lengths: dict[str, list[int]] = {}
    for form in table:
        lengths.setdefault(form[0], []).append(len(form))
    by_first = {c: tuple(sorted(set(sizes), reverse=True)) for c, sizes in lengths.items()}

    def simple(text: str, start: int) -> tuple[int, str] | None:
        for length in by_first.get(text[start : start + 1], ()):
            end = start + length
            unit = table.get(text[start:end])
            if unit is None or end > len(text) or (unit.guard is not None and unit.guard.match(text, end)):
                continue
            if unit.form[-1].isascii() and unit.form[-1].isalnum():
                following = text[end : end + 1]
                if following.isascii() and following.isalnum():
                    continue
            return end, unit.form
        return None

    def match(text: str, start: int) -> tuple[int, str] | None:
        found = simple(text, start)
        if found is None:
            return None
        per = text[found[0] : found[0] + 1]
        if per != "/" and (per != "每" or table[found[1]].dimension in (_COUNT, _MONEY)):
            return found
        end = found[0] + 1
        while text[end : end + 1] in MULTIPLIERS:
            end += 1
        below = simple(text, end)
        return (below[0], text[start : below[0]]) if below else found

    return match


@when_used
def _resolve(form: str) -> tuple[Fraction, str, str] | None:
    """Return factor, canonical unit and dimension of a simple or compound unit."""
    unit = units().get(form)
    if unit is not None:
        return unit.factor, unit.canonical, unit.dimension
    above, slash, below = form.replace("每", "/").partition("/")
    scale = Fraction(1)
    while below[:1] in MULTIPLIERS and below not in units():
        scale *= Fraction(MULTIPLIERS[below[0]])
        below = below[1:]
    numerator, denominator = units().get(above), units().get(below)
    if not slash or numerator is None or denominator is None:
        return None
    factor = numerator.factor / (denominator.factor * scale)
    dimension = f"{numerator.dimension}/{denominator.dimension}"
    return factor, f"{numerator.canonical}/{denominator.canonical}", dimension


def canonical(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """Return `value` in the canonical unit of what `unit` measures, or None for a unit not in the table.

    >>> canonical(Decimal(2000), "斤")
    (Decimal('1'), '吨')
    """
    found = _resolve(unit)
    if found is None:
        return None
    factor, name, _ = found
    numerator, denominator = factor.as_integer_ratio()
    converted = value * numerator / denominator
    return plain(converted), name


def dimension(unit: str) -> str | None:
    """Return what `unit` measures (``mass``, ``money``, ``count``, ``money/area`` …), or None."""
    found = _resolve(unit)
    return found[2] if found else None


def currency_code(unit: str) -> str | None:
    """Return the ISO 4217 code of a currency's unit, or None."""
    found = units().get(unit.partition("/")[0])
    return found.currency if found else None
