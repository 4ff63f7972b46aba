"""What a reviewer types into a field, read as the extractors read texts: 874.3亿元, 去年上半年, 约3万."""

import datetime
from typing import Any

from pipeline import find_periods, find_quantities
from pipeline.errors import ReviewError
from pipeline.regex import Regex
from pipeline.review.fields import PERIOD, checked
from pipeline.writing import plain

_DECLARED = Regex(r"[\s,，、·+＋]+")


def read_typed(kind: str, name: str, typed: str, reference: datetime.date) -> dict[str, Any]:
    """Return the fields that `typed` gives when it is typed into the field `name`; nothing typed empties the field.

    A number may bring its unit, comparator and bounds with it; a period is resolved against `reference`, the day of
    the document. Raises ReviewError for what cannot be read.

    >>> read_typed("claims", "value", "约874.3亿元", datetime.date(2024, 2, 8))
    {'value': '87430000000', 'low': None, 'high': None, 'unit': '元', 'comparator': 'approx'}
    >>> read_typed("claims", "period", "去年上半年", datetime.date(2024, 2, 8))
    {'period': '2023-01/2023-06'}
    """
    typed = typed.strip()
    if kind == "claims" and typed:
        if name == "value":
            return _quantity(typed)
        if name in ("low", "high"):
            read = _quantity(typed)
            if read["value"] is None:
                raise ReviewError(f"{typed:.40}: a range; type it into the value", "range", typed=typed[:40])
            return {name: read["value"]}
        if name == "period":
            return {"period": _period(typed, reference)}
    if name == "declared" and typed:
        return {"declared": _declared(typed)}
    return {name: checked(kind, name, typed or None, lambda doc_id: None)}


def _quantity(typed: str) -> dict[str, Any]:
    found = find_quantities(typed)
    if len(found) != 1 or found[0].quote.strip() != typed:
        raise ReviewError(
            f"{typed:.40}: not a number with its unit, like 874.3亿元, 约3万 or 6%－6.5%", "quantity", typed=typed[:40]
        )
    (quantity,) = found
    bounds = (quantity.value, quantity.low, quantity.high)
    values = [None if number is None else plain(number) for number in bounds]
    fields: dict[str, Any] = dict(zip(("value", "low", "high"), values, strict=True))
    if quantity.unit is not None:
        fields["unit"] = quantity.unit
    if quantity.comparator != "eq":
        fields["comparator"] = quantity.comparator
    return fields


def _period(typed: str, reference: datetime.date) -> str:
    if PERIOD.fullmatch(typed):
        return typed
    found = [period for period in find_periods(typed, reference) if period.quote == typed]
    if not found or found[0].value is None:
        raise ReviewError(f"{typed:.40}: not a time, like 2021, 去年上半年 or 2016/2020", "period", typed=typed[:40])
    return found[0].value


def _declared(typed: str) -> int | list[int | None]:
    parts = [part for part in _DECLARED.split(typed) if part]
    try:
        numbers = [None if part in ("?", "？") else int(part) for part in parts]
    except ValueError as error:
        message = f"{typed:.40}: not a number, or several like 1·2·6·?"
        raise ReviewError(message, "declared", typed=typed[:40]) from error
    declared: int | list[int | None] = checked(
        "slogans", "declared", numbers[0] if len(numbers) == 1 else numbers, lambda doc_id: None
    )
    return declared
