"""Entries as rows of a table, for CSV and Excel: one column for each thing, every value as words."""

from collections.abc import Mapping
from typing import Any

import msgspec

from pipeline.regex import Regex
from pipeline.review.exchange.entries import Entry
from pipeline.review.fields import FIELDS, Field, Sort
from pipeline.writing import RECORD_KINDS

_BEFORE = ("id", "record", "doc_id", "start", "end", "prefix", "quote", "suffix", "verdict")
_AFTER = ("note", "flagged", "state", "rule", "confidence", "sha256", "seen")
#: Columns that a reviewer has nothing to do with.
TECHNICAL = ("id", "record", "start", "end", "sha256", "seen")
VERDICT_CHOICES = ("accept", "correct", "reject", "add")
FLAGGED = "flagged"

_DECLARED = Regex(r"[0-9]{1,9}|\?")


def columns(kind: str | None = None) -> tuple[str, ...]:
    """Return the columns of the records of one kind, or of all."""
    kinds = RECORD_KINDS if kind is None else (kind,)
    names = dict.fromkeys(field.name for each in kinds for field in FIELDS[each])
    return (*_BEFORE, *names, *_AFTER)


def as_cells(entry: Entry) -> dict[str, str]:
    """Return `entry` as words by column; an empty one for what is not there."""
    row = {name: _word(getattr(entry, name)) for name in (*_BEFORE, *_AFTER) if name not in ("record", "flagged")}
    row |= {"record": entry.kind, "flagged": FLAGGED if entry.flagged else ""}
    for field in FIELDS[entry.kind]:
        row[field.name] = _field_word(field.sort, entry.fields.get(field.name))
    return row


def from_cells(row: Mapping[str, str]) -> Entry:
    """Return the entry that a row says; raises ValueError, with a message for its reader, where it says none.

    Columns may be missing: whoever adds a record by hand knows its document, its words and its fields.
    """
    kind = row.get("record", "")
    if kind not in FIELDS:
        raise ValueError(f"record must be one of {', '.join(RECORD_KINDS)}, not {kind!r:.40}")
    doc_id, quote = row.get("doc_id", ""), row.get("quote", "")
    if not doc_id:
        raise ValueError("doc_id is empty: which document is it in?")
    if not quote:
        raise ValueError("quote is empty: which words is it about?")
    verdict = row.get("verdict") or None
    if verdict is not None and verdict not in VERDICT_CHOICES:
        raise ValueError(f"verdict must be {', '.join(VERDICT_CHOICES)} or nothing, not {verdict!r:.40}")
    if (flagged := row.get("flagged", "")) not in ("", FLAGGED):
        raise ValueError(f"flagged must be {FLAGGED!r} or nothing, not {flagged!r:.40}")
    start, end = (_number(name, row.get(name, "")) for name in ("start", "end"))
    if (start is None) != (end is None):
        raise ValueError("start and end belong together")
    confidence = row.get("confidence", "")
    return Entry(
        id=row.get("id") or None,
        doc_id=doc_id,
        kind=kind,
        start=start,
        end=end,
        quote=quote,
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        sha256=row.get("sha256") or None,
        verdict=verdict,
        fields={field.name: _field_value(field, row.get(field.name, "")) for field in FIELDS[kind]},
        note=row.get("note", ""),
        flagged=bool(flagged),
        state=row.get("state") or "open",
        rule=row.get("rule") or None,
        confidence=_share(confidence) if confidence else None,
        seen=row.get("seen") or None,
    )


def _word(value: Any) -> str:
    return "" if value is None else str(value)


def _field_word(sort: Sort, value: Any) -> str:
    if value is None or value == []:
        return ""
    if sort == "declared":
        numbers = value if isinstance(value, list) else [value]
        word = "·".join("?" if n is None else str(n) for n in numbers)
        return f"{word}·" if isinstance(value, list) and len(value) == 1 else word
    if sort == "members":
        return "\n".join(member_line(member) for member in value)
    return str(value)


def _field_value(field: Field, word: str) -> Any:
    if field.sort == "members":
        return [member_of(line) for line in word.split("\n") if line.strip()]
    if word == "":
        return None
    return _declared(word) if field.sort == "declared" else word


def member_line(member: Mapping[str, Any]) -> str:
    """Return a member as one line: its document, its offsets, its words."""
    told = [member["doc_id"], member["start"], member["end"], member["quote"]]
    return msgspec.json.encode(told).decode()


def member_of(line: str) -> dict[str, Any]:
    """Return the member that such a line says; raises ValueError."""
    try:
        doc_id, start, end, quote = msgspec.json.decode(line, type=tuple[str, int | None, int | None, str])
    except msgspec.MsgspecError as error:
        raise ValueError(f'a member is a line like ["document", 120, 122, "words"], not {line:.60}') from error
    return {"doc_id": doc_id, "start": start, "end": end, "quote": quote}


def _declared(word: str) -> int | list[int | None]:
    parts = word.removesuffix("·").split("·")
    if not all(_DECLARED.fullmatch(part) for part in parts) or parts == ["?"]:
        raise ValueError(f"declared must be a number, or several like 1·2·6·?, not {word!r:.40}")
    numbers = [None if part == "?" else int(part) for part in parts]
    return numbers if len(numbers) > 1 or numbers[0] is None or word.endswith("·") else numbers[0]


def _number(name: str, word: str) -> int | None:
    if not word:
        return None
    if not (word.isascii() and word.isdecimal()):
        raise ValueError(f"{name} must be a whole number, not {word!r:.40}")
    return int(word)


def _share(word: str) -> float:
    try:
        return float(word)
    except ValueError as error:
        raise ValueError(f"confidence must be a number, not {word!r:.40}") from error
