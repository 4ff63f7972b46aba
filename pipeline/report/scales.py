"""Numbers as pixels, and the round numbers that an axis says."""

import math
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec


class Scale(msgspec.Struct, frozen=True):
    """The numbers from `low` to `high` along `pixels`; `marks` are those that its axis says."""

    low: float
    high: float
    pixels: float
    marks: tuple[Decimal, ...]

    def __call__(self, value: float | Decimal) -> float:
        """Return where `value` stands."""
        if self.low == self.high:
            return self.pixels / 2
        return self.pixels * (float(value) - self.low) / (self.high - self.low)


def round_scale(values: Iterable[float], pixels: float, count: int = 5, least: int | None = None) -> Scale:
    """Return a scale of about `count` steps from one round number to another, with all of `values` between them.

    A step is no smaller than `least`.
    """
    found = list(values)
    low, high = min(found), max(found)
    if low == high:
        low, high = low - (abs(low) or 1) / 10, high + (abs(high) or 1) / 10
    step = _step((high - low) / count, least)
    first, last = _times(low, step, ROUND_FLOOR), _times(high, step, ROUND_CEILING)
    marks = tuple(step * number for number in range(first, last + 1))
    return Scale(float(marks[0]), float(marks[-1]), pixels, marks)


def exact_scale(low: int, high: int, pixels: float, count: int = 5) -> Scale:
    """Return a scale from `low` to `high` that says about `count` whole round numbers between them."""
    step = _step((high - low) / count or 1, 1)
    first, last = _times(low, step, ROUND_CEILING), _times(high, step, ROUND_FLOOR)
    return Scale(low, high, pixels, tuple(step * number for number in range(first, last + 1)))


def number(mark: Decimal) -> str:
    """Return `mark` as an axis says it: 12,000 or −0.5."""
    return format(mark, ",f").replace("-", "−")


def _step(near: float, least: int | None) -> Decimal:
    """Return one, two or five of a power of ten that is `near`, and not below `least`."""
    power = math.floor(math.log10(near))
    digits = near / 10.0**power
    if digits >= math.sqrt(50):
        digits, power = 1, power + 1
    step = 1 if digits < math.sqrt(2) else 2 if digits < math.sqrt(10) else 5
    return max(Decimal(step).scaleb(power), Decimal(least or 0))


def _times(value: float, step: Decimal, rounding: str) -> int:
    return int((Decimal(str(value)) / step).to_integral_value(rounding))
