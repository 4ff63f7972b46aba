"""A record as one readable statement: 大同市 · 地区生产总值 · 2021年 · 1686亿元 · 实际."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from pipeline.document import Bounds, Claim, Slogan
from pipeline.report.wording import Wording
from pipeline.review.fields import FIELDS, Field

_GROUPS = {"kind": "kind", "status": "status", "comparator": "comparator", "basis": "basis"}
_TYPES = {"slogans": "slogan_type", "entities": "entity_type"}


def statement(wording: Wording, kind: str, fields: Mapping[str, Any], quote: str) -> str:
    """Return what the record with `fields` says, its parts with · between."""
    if kind == "claims":
        claim = _claim(fields, quote)
        parts = [claim.region, claim.indicator, wording.period(claim.period), wording.amount(claim)]
        parts += [wording.basis(claim), wording("status", claim.status)]
        if not claim.direction:
            parts.insert(-1, wording("kind", claim.kind) if claim.kind != "level" else "")
    elif kind == "slogans":
        slogan = msgspec.convert({**_ANYWHERE, "quote": quote, **fields, "members": ()}, Slogan)
        parts = [slogan.canonical, wording("slogan_type", slogan.type), wording.declared(slogan)]
        parts.append(wording("mark", "comma").join(member["quote"] for member in fields.get("members") or ()))
    else:
        parts = [fields["canonical"], wording("entity_type", fields["type"]), fields.get("link")]
    return " · ".join(part for part in parts if part)


_ANYWHERE = {"id": "", "doc_id": "", "start": 0, "end": 0, "rule": "", "sentence": Bounds(0, 0)}


def _claim(fields: Mapping[str, Any], quote: str) -> Claim:
    given = {name: value for name, value in fields.items() if value is not None}
    return msgspec.convert({**_ANYWHERE, "quote": quote, **given}, Claim)


def shown(wording: Wording, kind: str, field: Field, fields: Mapping[str, Any]) -> str:
    """Return the value of `field` as people write it, and as `typed.read_typed` reads it back."""
    value = fields.get(field.name)
    if value is None:
        return ""
    if field.sort == "choice" or (field.name == "basis" and value in field.choices):
        return choice(wording, kind, field, value)
    if field.sort == "number":
        return Wording("zh").number(Decimal(value))
    if field.sort == "declared":
        return "·".join("?" if n is None else str(n) for n in (value if isinstance(value, list) else [value]))
    if field.sort == "members":
        return wording("mark", "comma").join(member["quote"] for member in value)
    return str(value)


def choice(wording: Wording, kind: str, field: Field, value: str) -> str:
    """Return what the page calls a value of `field`."""
    group = _TYPES.get(kind, "") if field.name == "type" else _GROUPS.get(field.name, field.name)
    if field.name == "comparator" and value == "eq":
        return "="
    if field.name == "direction":
        return {"up": "↑", "down": "↓"}[value]
    return wording(group, value).strip() or value


def choices(wording: Wording, kind: str) -> dict[str, list[tuple[str, str]]]:
    """Return for each field that has them its values and what the page calls them."""
    return {
        field.name: [(value, choice(wording, kind, field, value)) for value in field.choices]
        for field in FIELDS[kind]
        if field.choices
    }
