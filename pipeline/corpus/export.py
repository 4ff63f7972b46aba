"""The corpus in the formats of other programs: JSON Lines, CSV, Parquet, TEI and spaCy's DocBin."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pipeline.corpus.store import Corpus
from pipeline.corpus.tei import tei_files
from pipeline.detection import detect
from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.reading import read_document
from pipeline.stages import process, select
from pipeline.writing import FileSet

_FIELDS = ("doc_id", "text", *Metadata.__struct_fields__)


def export(corpus: Corpus, form: str, out: Path) -> int:
    """Write the documents of `corpus` to `out` in the format `form`, and return how many there are.

    `out` is a file, for TEI a folder; it appears when it is whole. Raises InputError.
    """
    if form not in FORMATS:
        raise InputError(f"no format is called {form!r}; there are: {', '.join(FORMATS)}")
    names = [name for name in corpus.names() if corpus.text_path(name).is_file()]
    if not names:
        raise InputError(f"{corpus.root}: no documents")
    FORMATS[form](corpus, names, out)
    return len(names)


def _documents(corpus: Corpus, names: list[str]) -> Iterator[Document]:
    for name in names:
        doc = read_document(corpus.text_path(name), name)
        doc.metadata = detect(doc.text, doc.given)[0]
        yield doc


def _rows(corpus: Corpus, names: list[str]) -> Iterator[dict[str, Any]]:
    for doc in _documents(corpus, names):
        yield {"doc_id": doc.doc_id, "text": doc.text, **msgspec.structs.asdict(doc.metadata)}


def _jsonl(corpus: Corpus, names: list[str], out: Path) -> None:
    encoder = msgspec.json.Encoder()
    with FileSet(out.parent) as files:
        file = files.open(out.name)
        for line in _rows(corpus, names):
            file.write(encoder.encode(line) + b"\n")
        files.commit()


def _csv(corpus: Corpus, names: list[str], out: Path) -> None:
    with FileSet(out.parent) as files:
        file = files.open(out.name)
        for line in ({name: name for name in _FIELDS}, *_rows(corpus, names)):
            cells = io.StringIO(newline="")
            csv.writer(cells, lineterminator="\n").writerow(line[name] for name in _FIELDS)
            file.write(cells.getvalue().encode())
        files.commit()


def _parquet(corpus: Corpus, names: list[str], out: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow; install gongbao[parquet]") from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    with FileSet(out.parent) as files:
        with pyarrow.parquet.ParquetWriter(files.open(out.name), schema, compression="zstd") as writer:
            batch: list[dict[str, Any]] = []
            for line in _rows(corpus, names):
                batch.append(line)
                if len(batch) == 256:
                    writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                    batch = []
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))
        files.commit()


def _spacy(corpus: Corpus, names: list[str], out: Path) -> None:
    from spacy.tokens import DocBin

    from pipeline.spacy_components import to_spacy

    held = DocBin(store_user_data=True)
    for doc in _documents(corpus, names):
        held.add(to_spacy(process(doc)))
    with FileSet(out.parent) as files:
        files.put(out.name, held.to_bytes())
        files.commit()


def _tei(corpus: Corpus, names: list[str], out: Path) -> None:
    cut = (process(doc, select(["sentences"])) for doc in _documents(corpus, names))
    with FileSet(out) as files:
        for name, content in tei_files(cut):
            files.put(name, content)
        files.commit()


FORMATS: dict[str, Callable[[Corpus, list[str], Path], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "tei": _tei,
    "spacy": _spacy,
}
