"""The texts that a query chooses, as a folder of texts: the way from much to what can be analysed as a whole."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.collection import DocumentRow, read_source
from pipeline.document import Metadata
from pipeline.errors import InputError
from pipeline.inputs import document_name, is_text
from pipeline.metadata import companion, read_metadata
from pipeline.query import is_shards, opened, query
from pipeline.writing import pretty, read_rows

Chosen = tuple[str, str, Metadata]

_LONGEST = 200  # bytes of a name: what all file systems take, with an ending


def write_texts(folder: str | Path, sql: str, out: Path) -> int:
    """Write the texts whose `doc_id` the statement `sql` gives over the run in `folder` to `out`; return their number.

    Each has what is known of it beside it, and its id for a name, below `out` where there are slashes in it; one
    whose id can be no file's name gets a hash of it. `out`, which must be new or empty, appears when it is whole.
    Raises InputError.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: there is something there; give a new folder")
    answer = query(folder, sql)
    if "doc_id" not in answer.columns:
        raise InputError("a query that chooses texts gives their doc_id: SELECT DISTINCT doc_id FROM …")
    column = answer.columns.index("doc_id")
    wanted = {row[column] for row in answer.rows}
    temporary = out.with_name(f".{out.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    number = 0
    try:
        for doc_id, text, known in _texts(folder, wanted):
            number += 1
            path = temporary / file_name(doc_id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            said = {name: value for name, value in msgspec.structs.asdict(known).items() if value is not None}
            if said:
                companion(path).write_bytes(pretty(said))
        if not number:
            raise InputError("the query chooses no text")
        temporary.replace(out)
    except OSError as error:
        raise InputError(f"{out}: {(error.strerror or str(error)).lower()}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return number


def _texts(folder: str | Path, wanted: set[str]) -> Iterator[Chosen]:
    if not is_shards(folder):
        for row in read_rows(Path(folder) / "documents.jsonl", DocumentRow):
            if row.doc_id in wanted:
                yield row.doc_id, read_source(row, Path(folder)), read_metadata(companion(Path(row.source)))
        return
    sql = "SELECT * FROM texts WHERE doc_id IN (SELECT unnest($wanted))"
    with opened(folder, "FROM texts") as connection:
        found = connection.execute(sql, {"wanted": sorted(wanted)})
        names = [column[0] for column in found.description or ()]
        while some := found.fetchmany(100):
            for values in some:
                cells = dict(zip(names, values, strict=True))
                yield cells.pop("doc_id"), cells.pop("text"), Metadata(**cells)


def file_name(doc_id: str) -> str:
    """Return the path of the text `doc_id` below a folder, from which a run gives it that id again if it can be.

    >>> file_name("2024/甲市"), file_name("../甲市")
    ('2024/甲市.txt', '8da59b89c39ba9e8.txt')
    """
    path = PurePosixPath(f"{doc_id}.txt")
    is_safe = all(
        part.isprintable() and "\\" not in part and not part.startswith(".") and len(part.encode()) <= _LONGEST
        for part in path.parts
    )
    if is_safe and is_text(path) and not path.is_absolute() and document_name(path) == doc_id:
        return str(path)
    return f"{hashlib.blake2b(doc_id.encode(), digest_size=8).hexdigest()}.txt"
