"""The documents of a finished run, read back from its folder with their texts and records."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.document import Claim, Document, Entity, Metadata, Record, Sentence, Slogan
from pipeline.errors import InputError
from pipeline.reading import read_text
from pipeline.writing import MANIFEST, SentenceRow, read_rows, text_hash

R = TypeVar("R", bound=Record)


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `documents.jsonl`."""

    doc_id: str
    source: str
    sha256: str
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    region: str | None = None
    genre: str | None = None
    chars: int


def require_run(folder: Path) -> None:
    """Raise InputError where `folder` does not hold the files of a run, all of them."""
    if (folder / "done").is_dir():
        raise InputError(
            f"{folder}: shards of a cluster; choose texts with `gongbao query SQL --run {folder} --texts DIR`"
        )
    if not (folder / "documents.jsonl").is_file():
        raise InputError(f"{folder}: no run here; make one with `gongbao run --out {folder}`")
    if not (folder / MANIFEST).is_file():
        raise InputError(f"{folder}: its run was stopped while it gave its files their names; run again")


def load_run(folder: Path) -> list[Document]:
    """Return the documents that a run wrote to `folder`, whole, in its order.

    Raises InputError where `folder` holds no run, and where a text is gone or no longer the one that was read.
    """
    require_run(folder)
    docs: list[Document] = []
    for row in read_rows(folder / "documents.jsonl", DocumentRow):
        text = read_source(row, folder)
        known = Metadata(title=row.title, date=row.date, issuer=row.issuer, region=row.region, genre=row.genre)
        docs.append(Document(text, doc_id=row.doc_id, source=row.source, given=known))
    claims = _by_document(read_rows(folder / "claims.jsonl", Claim))
    slogans = _by_document(read_rows(folder / "slogans.jsonl", Slogan))
    entities = _by_document(read_rows(folder / "entities.jsonl", Entity))
    sentences: dict[str, list[SentenceRow]] = defaultdict(list)
    for sentence in read_rows(folder / "sentences.jsonl", SentenceRow):
        sentences[sentence.doc_id].append(sentence)
    for doc in docs:
        rows = sentences[doc.doc_id]
        doc.sentences = tuple(
            Sentence(id=row.id, start=row.start, end=row.end, paragraph=row.paragraph, heading=row.heading)
            for row in rows
        )
        doc.tokens = tuple(token for row in rows for token in row.tokens)
        doc.claims = tuple(claims[doc.doc_id])
        doc.slogans = tuple(slogans[doc.doc_id])
        doc.entities = tuple(entities[doc.doc_id])
    return docs


def read_source(row: DocumentRow, folder: Path) -> str:
    """Return the text that `row`, of the run in `folder`, is about; InputError where it is gone or another one."""
    text = read_text(Path(row.source))
    if text_hash(text) != row.sha256:
        raise InputError(f"{row.source}: changed since the run in {folder}; run again")
    return text


def _by_document(records: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        found[record.doc_id].append(record)
    return found


def year_of(doc: Document) -> int | None:
    """Return the year that `doc` is dated in, or None."""
    return int(doc.metadata.date[:4]) if doc.metadata.date else None
