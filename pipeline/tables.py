"""The records of a run as tables: what their columns are called and hold, for SQL of any kind."""

import re
from pathlib import Path
from typing import Any

import msgspec

from pipeline.writing import MANIFEST, decode_json, read_rows

#: The types are DuckDB's. Exact numbers have 28 digits before the point and ten behind it.
EXACT = "DECIMAL(38, 10)"
_EVIDENCE = 'STRUCT("role" VARCHAR, "start" BIGINT, "end" BIGINT, quote VARCHAR)[]'
_MEMBERS = 'STRUCT(doc_id VARCHAR, "start" BIGINT, "end" BIGINT, quote VARCHAR)[]'

_SPAN = {"start": "BIGINT", "end": "BIGINT"}
_RECORD = {"id": "VARCHAR", "doc_id": "VARCHAR", **_SPAN, "quote": "VARCHAR"}
_GROUNDS = {
    "sentence_start": "BIGINT",
    "sentence_end": "BIGINT",
    "rule": "VARCHAR",
    "evidence": _EVIDENCE,
    "confidence": "DOUBLE",
}

#: Table → column → type. `sentence_start` and `sentence_end` are the fields of `sentence`; all others are called as in
#: the file of the table's name.
TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "doc_id": "VARCHAR",
        "source": "VARCHAR",
        "sha256": "VARCHAR",
        "title": "VARCHAR",
        "date": "VARCHAR",
        "issuer": "VARCHAR",
        "region": "VARCHAR",
        "genre": "VARCHAR",
        "chars": "BIGINT",
    },
    "sentences": {
        "doc_id": "VARCHAR",
        "id": "BIGINT",
        **_SPAN,
        "paragraph": "BIGINT",
        "heading": "BOOLEAN",
        "tokens": "JSON",
    },
    "claims": {
        **_RECORD,
        "value": EXACT,
        "low": EXACT,
        "high": EXACT,
        "unit": "VARCHAR",
        "comparator": "VARCHAR",
        "indicator": "VARCHAR",
        "kind": "VARCHAR",
        "direction": "VARCHAR",
        "basis": "VARCHAR",
        "period": "VARCHAR",
        "region": "VARCHAR",
        "status": "VARCHAR",
        "canonical_value": EXACT,
        "canonical_low": EXACT,
        "canonical_high": EXACT,
        "canonical_unit": "VARCHAR",
        **_GROUNDS,
    },
    "slogans": {
        **_RECORD,
        "type": "VARCHAR",
        "canonical": "VARCHAR",
        "declared": "BIGINT[]",
        "members": _MEMBERS,
        "expansion": "VARCHAR",
        **_GROUNDS,
    },
    "entities": {
        **_RECORD,
        "type": "VARCHAR",
        "canonical": "VARCHAR",
        "link": "VARCHAR",
        **_GROUNDS,
    },
}

LARGEST = 2**63  #: integers from here on have no room in a column
#: What the values of the own fields of others' records are; where they are of several kinds, JSON.
_KINDS = {str: "VARCHAR", bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}
_NAME = re.compile("[a-z][a-z_]{0,40}")


class _Manifest(msgspec.Struct):
    """What `run.json` says of extractors."""

    extensions: tuple[dict[str, str], ...] = ()


def tables_of(folder: str | Path) -> dict[str, dict[str, str]]:
    """Return the tables of the run in `folder`: `TABLES`, and one for each extractor of another package.

    The columns of such a one are the fields that its records have.
    """
    manifest = decode_json(Path(folder, MANIFEST).read_bytes(), _Manifest)
    names = [said["name"] for said in manifest.extensions if "package" in said and _NAME.fullmatch(said["name"])]
    added = {name: _found(Path(folder, f"{name}.jsonl")) for name in names if name not in (*TABLES, "texts")}
    return {**TABLES, **added}


def _found(path: Path) -> dict[str, str]:
    """Return the columns of the records in the file at `path`."""
    known = {**_RECORD, **_GROUNDS}
    columns: dict[str, str | None] = dict(known)
    for row in read_rows(path, dict[str, Any]):
        for field, value in row.items():
            if field in known or field == "sentence":
                continue
            kind = None if value is None else _KINDS.get(type(value), "JSON")
            if kind == "BIGINT" and not -LARGEST <= value < LARGEST:
                kind = "JSON"
            before = columns.setdefault(field, kind)
            if kind is not None and kind != before:
                columns[field] = kind if before is None else "JSON"
    return {column: kind or "VARCHAR" for column, kind in columns.items()}
