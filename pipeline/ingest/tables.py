"""Tables of texts: CSV, JSON Lines and Parquet, a text and what is known of it in each row."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.encodings import decode
from pipeline.errors import InputError

#: What the column of each field may be called, where no option says.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "正文", "内容", "文本", "全文"),
    "name": ("name", "id", "doc_id", "编号"),
    "title": ("title", "标题", "题目"),
    "date": ("date", "日期", "时间", "year", "年份"),
    "issuer": ("issuer", "发文机关", "发布机构", "机构"),
    "region": ("region", "地区", "省份", "province"),
    "genre": ("genre", "体裁", "类型"),
    "url": ("url", "link", "网址", "链接"),
    "speaker": ("speaker", "讲话人", "作者"),
}


def parse_columns(options: Sequence[str]) -> dict[str, str]:
    """Return field → column of options in the form ``field=column``; raises InputError for another form or field."""
    columns = {}
    for option in options:
        field, sign, column = option.partition("=")
        if not sign or field not in COLUMNS or not column:
            raise InputError(f"--column {option!r} is not of the form FIELD=COLUMN; fields are: {', '.join(COLUMNS)}")
        columns[field] = column
    return columns


def read_rows(data: bytes, kind: str, columns: Mapping[str, str], max_chars: int) -> list[dict[str, str]]:
    """Return the rows of a table as fields of `COLUMNS`, those with nothing in them left out; raises InputError.

    `columns` says which column holds a field; for the rest the usual names are tried.
    """
    rows = list(_READERS[kind](data, max_chars))
    if not rows:
        raise InputError("a table without rows")
    names = {str(name): None for line in rows for name in line}
    lowered = {name.strip().lower(): name for name in names}
    chosen = {}
    for field, usual in COLUMNS.items():
        if field in columns:
            if columns[field] not in names:
                raise InputError(f"no column is called {columns[field]!r}; there are: {', '.join(names)}")
            chosen[field] = columns[field]
        else:
            found = next((lowered[name] for name in usual if name in lowered), None)
            if found:
                chosen[field] = found
    if "text" not in chosen:
        raise InputError(f"which column holds the texts? --column text=…; there are: {', '.join(names)}")
    return [{field: value for field, column in chosen.items() if (value := _value(line.get(column)))} for line in rows]


def _value(value: Any) -> str:
    text = "" if value is None or value != value else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n") if text.strip() else ""


def _csv(data: bytes, max_chars: int) -> Iterator[dict[str, Any]]:
    text, _ = decode(data)
    csv.field_size_limit(max_chars + 1)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        for line in reader:
            if None in line:
                raise InputError(f"line {reader.line_num}: more cells than the table has columns")
            yield line
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: {error}") from error


def _jsonl(data: bytes, max_chars: int) -> Iterator[dict[str, Any]]:
    text, _ = decode(data)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                raise InputError(f"line {number}: {error}") from error


def _parquet(data: bytes, max_chars: int) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow; install gongbao[parquet]") from error
    try:
        table = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
        for batch in table.iter_batches(batch_size=256):
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"a broken Parquet file: {str(error).splitlines()[0]}") from error


_READERS = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
