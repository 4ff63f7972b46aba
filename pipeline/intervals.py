"""What a printed number leaves open: intervals, and arithmetic on them.

A number is known to half a unit of its last printed digit, and its comparator words widen that: 874.3亿元 is
[874.25, 874.35] × 10⁸, 6万多人 is [6, 7] × 10⁴, 超过100亿元 has no upper end. A count without a multiplier
(233天, 18家) is exact.
"""

import re
from decimal import Decimal

import msgspec

from pipeline.document import Claim
from pipeline.regex import Regex
from pipeline.units import canonical, dimension

INFINITY = Decimal("Infinity")
APPROXIMATE = Decimal("0.05")  #: how far 约 and 左右 reach, as a share of the number
NEAR = Decimal("0.1")  #: how far below the number 近 and 接近 reach

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = Regex(r"(\d{1,20})(?:\.(\d{1,10}))?([十百千万亿]{0,4})")
_NUMERAL = Regex(r"[零〇一二两三四五六七八九十百千万亿]{1,20}(?:点([零〇一二三四五六七八九]{1,10}))?([百千万亿]{0,2})")
_SAME_LENGTH = str.maketrans("０１２３４５６７８９．·％", "0123456789..%", " \n\t\u3000,，")
_EXACT = ("count", "time")


class Interval(msgspec.Struct, frozen=True):
    """The values from `low` to `high`, both included; either can be infinite."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal) -> "Interval":
        """Return the interval of `factor` times each value; `factor` is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def over(self, other: "Interval") -> "Interval | None":
        """Return the interval of quotients of two non-negative quantities; None where the divisor can be zero."""
        if other.low <= 0 or self.low < 0:
            return None
        low = Decimal(0) if other.high == INFINITY else self.low / other.high
        return Interval(low, INFINITY if self.high == INFINITY else self.high / other.low)

    def root(self, n: int) -> "Interval":
        """Return the interval of `n`-th roots of non-negative values."""
        return Interval(_root(self.low, n), INFINITY if self.high == INFINITY else _root(self.high, n))

    def widened(self, by: Decimal) -> "Interval":
        """Return the interval with `by` more at either end."""
        return Interval(self.low - by, self.high + by)

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    @property
    def finite(self) -> bool:
        """Whether it has both ends."""
        return abs(self.low) != INFINITY and abs(self.high) != INFINITY

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies in it."""
        return self.low <= value <= self.high


class Printed(msgspec.Struct, frozen=True):
    """A claim's number: its `value`, the `step` of its last printed digit, what it leaves open."""

    value: Decimal
    step: Decimal
    interval: Interval
    exact: bool  #: a plain count, or an equality of printed digits; False where comparator words widen it


def printed_step(quote: str, unit: str | None = None) -> Decimal | None:
    """Return what one unit of the last printed digit in `quote` is worth; None where no number is found.

    The `unit` is cut off first: its 千 or 百 is no multiplier.

    >>> printed_step("1.26万亿元"), printed_step("40%"), printed_step("三千五百万"), printed_step("三万千瓦", "千瓦")
    (Decimal('10000000000.00'), Decimal('1'), Decimal('1000000'), Decimal('10000'))
    """
    text = quote.translate(_SAME_LENGTH)
    if unit and unit in text:
        text = text[: text.rindex(unit)] or text
    text = re.sub("[多余几]", "", text)
    digits = _DIGITS.search(text)
    if digits is not None:
        step = Decimal(1).scaleb(-len(digits[2] or ""))
        tail = digits[3]
    else:
        numeral = _NUMERAL.search(text.removeprefix("百分之"))
        if numeral is None:
            return None
        step = Decimal(1).scaleb(-len(numeral[1] or ""))
        tail = numeral[2] if numeral[1] else re.sub(r"^.*[零〇一二两三四五六七八九十](?=[百千万亿]*$)", "", numeral[0])
    for sign in tail:
        step *= _MULTIPLIERS[sign]
    return step * 10 if "成" in quote else step


def printed(claim: Claim, *, as_written: bool = False) -> Printed | None:
    """Return the number of `claim` with what its printed form leaves open; None for a range or an unreadable form.

    It is in canonical units, or in the claim's own if `as_written`.
    """
    if claim.value is None:
        return None
    step = printed_step(claim.quote, claim.unit)
    if step is None:
        return None
    value, factor = claim.value, Decimal(1)
    unit = claim.unit
    if unit is not None and claim.canonical_value is not None and not as_written:
        converted = canonical(Decimal(1), unit)
        if converted is not None:
            factor = converted[0]
    whole = unit is not None and dimension(unit) in _EXACT and step == 1
    value, step = value * factor, step * factor
    half = Decimal(0) if whole else step / 2
    plain = claim.comparator == "eq"
    return Printed(value, step, _widened(claim, value, step, half), plain)


def _widened(claim: Claim, value: Decimal, step: Decimal, half: Decimal) -> Interval:
    match claim.comparator:
        case "eq":
            return Interval(value - half, value + half)
        case "approx":
            return Interval(value * (1 - APPROXIMATE), value * (1 + APPROXIMATE)).widened(half)
        case "near":
            return Interval(value * (1 - NEAR), value)
        case "gt" | "ge":
            digits_go_on = re.search(r"[多余]", claim.quote) is not None and "超" not in claim.quote
            return Interval(value, value + _last_digit(value, step) if digits_go_on else INFINITY)
        case _:
            return Interval(Decimal(0), value)


def _last_digit(value: Decimal, step: Decimal) -> Decimal:
    """Return what the last digit that is not zero is worth: 300多 says 300 to 400."""
    if value == 0:
        return step
    worth = step
    while value % (worth * 10) == 0:
        worth *= 10
    return worth


def _root(value: Decimal, n: int) -> Decimal:
    return value if n == 1 or value <= 0 else (value.ln() / n).exp()
