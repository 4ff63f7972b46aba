"""The tables that a shard of documents becomes, as JSON Lines or Parquet.

JSON Lines are those that a run writes. Parquet has the columns and types of :mod:`pipeline.tables`. `texts` has what a
shard of documents has: the texts with all that is known of them now.
"""

import io
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Protocol

import msgspec

from pipeline.document import Document, Metadata, Record
from pipeline.errors import InputError
from pipeline.tables import EXACT, TABLES
from pipeline.writing import RECORD_KINDS, document_row, record_row

NAMES = ("documents", "texts", *RECORD_KINDS)

TEXTS = ("doc_id", "text", *Metadata.__struct_fields__)
_GROUP = 4096  # rows of a table that are held before they are packed
_SMALL = 64  # those of texts
_STEP = Decimal(1).scaleb(-10)
_LARGEST = Decimal(1).scaleb(28)
_EXACTLY = Context(prec=100, rounding=ROUND_HALF_UP)


class Tables:
    """The tables of one shard, filled document by document."""

    def __init__(self, form: str) -> None:
        self._made: dict[str, _Table] = {name: _Parquet(name) if form == "parquet" else _Lines() for name in NAMES}
        self._is_flat = form == "parquet"

    def add(self, doc: Document) -> None:
        """Take in the records of `doc`."""
        self._made["documents"].add([document_row(doc)])
        known = msgspec.structs.asdict(doc.metadata)
        self._made["texts"].add([{"doc_id": doc.doc_id, "text": doc.text, **known}])
        for kind in RECORD_KINDS:
            self._made[kind].add(map(_cells if self._is_flat else record_row, getattr(doc, kind)))

    def files(self) -> dict[str, bytes]:
        """Return the tables by name, whole."""
        return {name: table.data() for name, table in self._made.items()}


class _Table(Protocol):
    def add(self, rows: Iterable[dict[str, Any]]) -> None: ...

    def data(self) -> bytes: ...


class _Lines:
    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._file = io.BytesIO()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        self._file.write(self._encoder.encode_lines(rows))

    def data(self) -> bytes:
        return self._file.getvalue()


class _Parquet:
    def __init__(self, name: str) -> None:
        import pyarrow.parquet

        self._schema = schema(name)
        self._file = io.BytesIO()
        self._writer = pyarrow.parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._most = _SMALL if name == "texts" else _GROUP

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows += rows
        if len(self._rows) >= self._most:
            self._pack()

    def _pack(self) -> None:
        import pyarrow

        self._writer.write_table(pyarrow.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def data(self) -> bytes:
        self._pack()
        self._writer.close()
        return self._file.getvalue()


def schema(name: str) -> Any:
    """Return the columns of a table in Parquet, for pyarrow."""
    import pyarrow

    place = pyarrow.struct([("start", pyarrow.int64()), ("end", pyarrow.int64()), ("quote", pyarrow.string())])
    types = {
        "VARCHAR": pyarrow.string(),
        "BIGINT": pyarrow.int64(),
        "DOUBLE": pyarrow.float64(),
        "BIGINT[]": pyarrow.list_(pyarrow.int64()),
        EXACT: pyarrow.decimal128(38, 10),
    }
    lists = {
        "evidence": pyarrow.list_(pyarrow.struct([("role", pyarrow.string()), *place])),
        "members": pyarrow.list_(pyarrow.struct([("doc_id", pyarrow.string()), *place])),
    }
    if name == "texts":
        return pyarrow.schema([(column, pyarrow.string()) for column in TEXTS])
    return pyarrow.schema([(column, lists.get(column) or types[kind]) for column, kind in TABLES[name].items()])


def _cells(record: Record) -> dict[str, Any]:
    """Return `record` as a row of its table."""
    row: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(Decimal,))
    sentence: Mapping[str, int] = row.pop("sentence")
    row["sentence_start"], row["sentence_end"] = sentence["start"], sentence["end"]
    for name, value in row.items():
        if isinstance(value, Decimal):
            row[name] = value.quantize(_STEP, context=_EXACTLY) if abs(value) < _LARGEST else None
    if isinstance(row.get("declared"), int):
        row["declared"] = [row["declared"]]
    return row


def require_format(form: str) -> None:
    """Raise InputError where what writes shards of that format is not installed."""
    try:
        if form == "parquet":
            import pyarrow  # noqa: F401  # whether it is there is all that is asked
    except ImportError as error:
        raise InputError("Parquet needs pyarrow; install gongbao[cluster]") from error
