"""What a reviewer decides about a record: the fields of each kind, and the values that they can take."""

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import msgspec

from pipeline.errors import ReviewError
from pipeline.regex import Regex
from pipeline.writing import plain

Sort = Literal["choice", "text", "number", "period", "declared", "members"]


class Field(msgspec.Struct, frozen=True):
    """A field of a record; `choices` are all its values for a ``choice``, and proposals for others."""

    name: str
    sort: Sort
    choices: tuple[str, ...] = ()
    required: bool = False


_LONGEST = 500  # characters of a field
_DIGITS = 40  # of a number, before or after its point
_TIME = "[0-9]{4}(?:-(?:Q[1-4]|H[12]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?))?"
#: A period as records write it.
PERIOD = Regex(f"{_TIME}(?:/(?:{_TIME}|\\.\\.))?|\\.\\./{_TIME}")

COMPARATORS = ("eq", "approx", "near", "gt", "ge", "lt", "le")
CLAIM_KINDS = ("level", "growth_rate", "change_amount", "share", "gap", "rank")
SLOGAN_TYPES = ("numeral_code", "numeral_phrase", "coinage", "motto", "formula")
ENTITY_TYPES = (
    "person",
    "org",
    "company",
    "place",
    "project",
    "plan",
    "document",
    "meeting",
    "policy",
    "honor",
)

#: The fields of each kind of record, by the name that files give it.
FIELDS: dict[str, tuple[Field, ...]] = {
    "claims": (
        Field("indicator", "text", required=True),
        Field("value", "number"),
        Field("low", "number"),
        Field("high", "number"),
        Field("unit", "text"),
        Field("comparator", "choice", COMPARATORS, required=True),
        Field("kind", "choice", CLAIM_KINDS, required=True),
        Field("direction", "choice", ("up", "down")),
        Field("basis", "text", ("yoy", "qoq", "annual", "plan")),
        Field("period", "period"),
        Field("region", "text"),
        Field("status", "choice", ("actual", "target"), required=True),
    ),
    "slogans": (
        Field("type", "choice", SLOGAN_TYPES, required=True),
        Field("canonical", "text", required=True),
        Field("declared", "declared"),
        Field("members", "members"),
    ),
    "entities": (
        Field("type", "choice", ENTITY_TYPES, required=True),
        Field("canonical", "text", required=True),
        Field("link", "text"),
    ),
}

_FIELD = {kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()}


def fields_of(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reviewer decides about the record `row`, in the order of the table; None for what is not there."""
    return {field.name: row.get(field.name) for field in FIELDS[kind]}


def differing(kind: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return the fields in which two records differ, other than in how the same thing is written."""
    return [f.name for f in FIELDS[kind] if comparable(f, one.get(f.name)) != comparable(f, other.get(f.name))]


def comparable(field: Field, value: Any) -> Any:
    """Return `value` in a form that is equal for what means the same, and hashable."""
    if value is None or value == "":
        return () if field.sort == "members" else None
    if field.sort == "number":
        return Decimal(value)
    if field.sort == "members":
        return tuple((member["doc_id"], member["quote"]) for member in value)
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split())
    return tuple(value) if isinstance(value, list) else value


def checked(kind: str, name: str, value: Any, text_of: Callable[[str], str | None]) -> Any:
    """Return `value` as a record holds it in the field `name`; `text_of` gives the text of a document.

    Raises ReviewError for a kind that there isn't, a field that the kind doesn't have and a value that the field cannot
    take.
    """
    if kind not in _FIELD:
        raise ReviewError(f"no records are {kind!r:.60}; there are: {', '.join(_FIELD)}")
    field = _FIELD[kind].get(name)
    if field is None:
        raise ReviewError(f"{kind} have no field {name!r}; there are: {', '.join(_FIELD[kind])}")
    if field.sort == "members":
        return [_member(member, text_of) for member in value or ()]
    if value is None or value == "":
        return None
    if field.sort == "declared":
        return _declared(value)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        message = f"{name} must be words, at most {_LONGEST} characters, not {value!r:.60}"
        raise ReviewError(message, "long", most=_LONGEST)
    value = storable(value.strip())
    if field.sort == "choice" and value not in field.choices:
        choices = ", ".join(field.choices)
        raise ReviewError(f"{name} must be one of {choices}, not {value!r:.60}", "choice", choices=choices)
    if field.sort == "number":
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
            raise ReviewError(f"{name} must be a number, not {value!r:.60}", "number", typed=value[:60])
        return plain(number)
    if field.sort == "period" and not PERIOD.fullmatch(value):
        message = f"{name} must be like 2021, 2021-Q1, 2021-06, 2016/2020 or ../2025, not {value!r:.60}"
        raise ReviewError(message, "period", typed=value[:60])
    return value


def storable(words: str) -> str:
    """Return `words`; raises ReviewError where they hold what no database can store."""
    if "\0" in words or (not words.isascii() and any("\ud800" <= character <= "\udfff" for character in words)):
        raise ReviewError(
            "there is a character in it that cannot be stored (NUL, or half of a surrogate pair)", "character"
        )
    return words


def _declared(value: Any) -> int | list[int | None]:
    numbers = value if isinstance(value, list) and value else [value]
    if any(n is not None and (type(n) is not int or not 0 < n < 1000) for n in numbers) or numbers == [None]:
        raise ReviewError(f"declared must be a number or a list of numbers, not {value!r:.60}", "declared", typed=value)
    return value  # type: ignore[no-any-return]  # checked above


def _member(member: Any, text_of: Callable[[str], str | None]) -> dict[str, Any]:
    try:
        doc_id, start, end = member["doc_id"], member["start"], member["end"]
        text = text_of(doc_id)
    except (KeyError, TypeError) as error:
        raise ReviewError("a member has doc_id, start and end") from error
    if text is None or type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ReviewError(f"member [{start}, {end}) is no stretch of {doc_id!r:.60}")
    return {"doc_id": doc_id, "start": start, "end": end, "quote": text[start:end]}
