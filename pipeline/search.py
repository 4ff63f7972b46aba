"""Full-text search over texts and records, and keywords in context.

The index is SQLite FTS5 over text set character by character (each Han character a token of its own), asked for
phrases: it finds words of one or two characters, which a trigram index does not, and splits no word wrongly. What
it finds is located in the stored text, whose line breaks and spaces inside a word don't hide it.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from pipeline.document import Claim, Document, Entity, Record, Slogan
from pipeline.errors import InputError
from pipeline.indicators import sentence_text
from pipeline.regex import Regex

INDEX = "search.sqlite"
KINDS = ("sentence", "claim", "slogan", "entity")
_FORMAT = "1"  #: of the index; another one is built anew

#: Full-width letters, digits and signs as their ASCII forms: one character each, so that offsets stay.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_TOKEN = Regex(r"[^\W_]", re.UNICODE)
_SCHEMA = """
CREATE VIRTUAL TABLE passages USING fts5(characters, content='', tokenize='unicode61 remove_diacritics 0');
CREATE TABLE places (id INTEGER PRIMARY KEY, kind TEXT, document INTEGER, start INTEGER, end INTEGER, record TEXT);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);
"""


_Row = tuple[str, int, int, int, str | None]  #: kind, document number, start, end, record


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A word in a sentence that holds all that was asked for, or a record that does by its quote, name or indicator."""

    kind: str
    doc_id: str
    start: int
    end: int
    quote: str
    record: str | None = None  #: the record's id
    sentence: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A keyword in context; `start` and `end` are offsets of the keyword in the text of `doc_id`."""

    doc_id: str
    date: str | None
    start: int
    end: int
    left: str
    keyword: str
    right: str


class Index:
    """The search index of a run's documents."""

    def __init__(self, docs: Sequence[Document], path: Path | None = None) -> None:
        """Open the index at `path`, or build it there; in memory where there is no path.

        An index of other documents, or of an older format, is built anew.
        """
        self.docs = docs
        self._stamp = _stamp(docs)
        self._cache: dict[int, str] = {}
        if path is not None and not _is_current(path, self._stamp):
            temporary = path.with_name(f".{path.name}.tmp")
            try:
                temporary.unlink(missing_ok=True)
                with closing(sqlite3.connect(temporary)) as connection:
                    self._build(connection)
                temporary.replace(path)
            except (OSError, sqlite3.Error) as error:
                raise InputError(f"{path}: cannot write the search index: {error}") from error
        self._connection = sqlite3.connect(":memory:" if path is None else path)
        if path is None:
            self._build(self._connection)

    def close(self) -> None:
        """Close the index."""
        self._connection.close()

    def _build(self, connection: sqlite3.Connection) -> None:
        connection.executescript(_SCHEMA)
        for number, (kind, document, start, end, record, words) in enumerate(_passages(self.docs), start=1):
            connection.execute("INSERT INTO passages (rowid, characters) VALUES (?, ?)", (number, spaced(words)))
            connection.execute(
                "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?)", (number, kind, document, start, end, record)
            )
        connection.executemany("INSERT INTO facts VALUES (?, ?)", [("stamp", self._stamp), ("format", _FORMAT)])
        connection.commit()

    def find(self, query: str, kinds: Sequence[str] = KINDS, limit: int | None = None) -> list[Hit]:
        """Return the passages that hold every word of `query` (set apart by spaces), in document and text order.

        A hit in a sentence has the place of the first word in it. Raises InputError for a query without letters,
        characters or digits, and for a kind that does not exist.
        """
        return [self._hit(query.split()[0], *row) for row in self._rows(query.split(), kinds, limit)]

    def _rows(self, words: Sequence[str], kinds: Sequence[str], limit: int | None = None) -> list[_Row]:
        for kind in kinds:
            if kind not in KINDS:
                raise InputError(f"no kind is called {kind!r}; there are: {', '.join(KINDS)}")
        phrases = [f'"{text}"' for word in words if (text := spaced(word))]
        if not phrases:
            raise InputError(f"{' '.join(words)!r} has nothing to search for")
        marks = ", ".join("?" * len(kinds))
        return self._connection.execute(
            "SELECT kind, document, start, end, record FROM passages JOIN places ON places.id = passages.rowid"
            f" WHERE passages MATCH ? AND kind IN ({marks}) ORDER BY document, start, end, places.id LIMIT ?",
            (" AND ".join(phrases), *kinds, -1 if limit is None else limit),
        ).fetchall()

    def _hit(self, word: str, kind: str, document: int, start: int, end: int, record: str | None) -> Hit:
        doc = self.docs[document]
        sentence = doc.sentence_at(start)
        if kind == "sentence" and (found := occurrence(word).search(self._folded(document), start, end)):
            start, end = found.span()
        return Hit(
            kind=kind,
            doc_id=doc.doc_id,
            start=start,
            end=end,
            quote=sentence_text(doc, start, end),
            record=record,
            sentence=sentence_text(doc, sentence.start, sentence.end),
        )

    def _folded(self, document: int) -> str:
        if document not in self._cache:
            self._cache[document] = folded(self.docs[document].text)
        return self._cache[document]

    def kwic(self, term: str, width: int = 20, limit: int | None = None) -> list[Line]:
        """Return every occurrence of `term` with `width` characters on either side, in document and text order."""
        lines: list[Line] = []
        pattern = occurrence(term)
        for _, document, first, last, _ in self._rows([term.replace(" ", "")], ("sentence",)):
            doc = self.docs[document]
            for found in pattern.finditer(self._folded(document), first, last):
                if limit is not None and len(lines) == limit:
                    return lines
                start, end = found.span()
                lines.append(
                    Line(
                        doc_id=doc.doc_id,
                        date=doc.metadata.date,
                        start=start,
                        end=end,
                        left=sentence_text(doc, max(0, start - 3 * width), start)[-width:],
                        keyword=sentence_text(doc, start, end),
                        right=sentence_text(doc, end, end + 3 * width)[:width],
                    )
                )
        return lines


@contextmanager
def open_index(docs: Sequence[Document], folder: Path) -> Iterator[Index]:
    """Open the index of a run's `docs` in its `folder`, building it where there is none; closed at the end."""
    with closing(Index(docs, folder / INDEX)) as index:
        yield index


def folded(text: str) -> str:
    """Return `text` with full-width letters, digits and signs as their ASCII forms, of the same length."""
    return text.translate(_FOLD)


def spaced(text: str) -> str:
    """Return `text` as the index has it: its letters, digits and characters, folded, one by one.

    >>> spaced("“１+9”格局"), spaced("PM2.5")
    ('1 9 格 局', 'p m 2 5')
    """
    return " ".join(_TOKEN.findall(text.translate(_FOLD).lower()))


def occurrence(term: str) -> Regex:
    """Return the pattern of `term` in folded text, line breaks and spaces between its characters allowed."""
    characters = [re.escape(character) for character in term.translate(_FOLD) if not character.isspace()]
    return Regex(r"\s{0,4}".join(characters), re.IGNORECASE)


def _passages(docs: Sequence[Document]) -> Iterator[tuple[str, int, int, int, str | None, str]]:
    """Yield kind, document number, span, record id and words of all that can be found."""
    for number, doc in enumerate(docs):
        for sentence in doc.sentences:
            yield "sentence", number, sentence.start, sentence.end, None, doc.text[sentence.start : sentence.end]
        for kind, records in (("claim", doc.claims), ("slogan", doc.slogans), ("entity", doc.entities)):
            for record in records:
                yield kind, number, record.start, record.end, record.id, _words(record)


def _words(record: Record) -> str:
    match record:
        case Claim():
            return f"{record.indicator} {record.quote}"
        case Slogan() | Entity():
            return f"{record.canonical} {record.quote}"
    return record.quote


def _stamp(docs: Iterable[Document]) -> str:
    """Return a hash of all that the index is made of."""
    digest = hashlib.sha256()
    for doc in docs:
        ids = (record.id for records in (doc.claims, doc.slogans, doc.entities) for record in records)
        digest.update("\0".join((doc.doc_id, doc.text, str(len(doc.sentences)), *ids)).encode())
    return digest.hexdigest()


def _is_current(path: Path, stamp: str) -> bool:
    if not path.is_file():
        return False
    with closing(sqlite3.connect(path)) as connection:
        try:
            facts = dict(connection.execute("SELECT name, value FROM facts"))
        except sqlite3.Error:
            return False
    return facts == {"stamp": stamp, "format": _FORMAT}


def struct_rows(items: Iterable[msgspec.Struct]) -> list[dict[str, Any]]:
    """Return a flat row for each of `items`."""
    return [msgspec.structs.asdict(item) for item in items]
