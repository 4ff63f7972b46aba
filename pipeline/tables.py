"""The records of a run as tables: what their columns are called and hold, for SQL of any kind."""

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
