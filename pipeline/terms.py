"""Terms: what keywords, keyness and topics count.

A term is a name that the extractors found (slogan or entity, under its canonical form), a content
word, or a phrase of content words that a corpus keeps together (:mod:`pipeline.phrases`). A sentence is read as
*runs*: words that stand side by side with nothing but words of that kind between them.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Self

import msgspec

from pipeline.document import Document
from pipeline.errors import DataError
from pipeline.phrases import Words, find_phrases

if TYPE_CHECKING:
    import numpy as np

KINDS = ("word", "phrase", "slogan", "entity")


class Unit(msgspec.Struct, frozen=True):
    """A word or name of a run, and what it can be."""

    text: str
    kind: str  #: word, slogan or entity
    alone: bool = True  #: is a term by itself
    first: bool = False  #: can begin a phrase
    last: bool = False  #: can end a phrase


Run = tuple[Unit, ...]


class Runs(msgspec.Struct, frozen=True):
    """The runs of a document's sentences, each unit once.

    The others are rows of numbers (`array` of type I): the units in the order of the text, and where among them each
    run and each sentence ends.
    """

    units: list[Unit]
    order: bytes
    runs: bytes
    sentences: bytes

    @classmethod
    def of(cls, doc: Document) -> Self:
        """Return those of `doc`."""
        numbers: dict[Unit, int] = {}
        order, ends, sentences = array("I"), array("I"), array("I")
        for runs in sentence_runs(doc):
            for run in runs:
                order.extend([numbers.setdefault(unit, len(numbers)) for unit in run])
                ends.append(len(order))
            sentences.append(len(order))
        return cls(list(numbers), order.tobytes(), ends.tobytes(), sentences.tobytes())


_NO_NAME = (sys.maxsize, 0, None)  # after the last name of a text


@cache
def stopwords(name: str = "stopwords.txt") -> frozenset[str]:
    """Return the words of a list: a word a line, # begins a comment."""
    lines = (files("pipeline") / "data" / name).read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if (word := line.partition("#")[0].strip())]
    for word in words:
        if len(word.split()) > 1:
            raise DataError(f"{name}: {word!r} is more than one word; write one a line")
        if words.count(word) > 1:
            raise DataError(f"{name}: {word!r} stands there twice")
    return frozenset(words)


def sentence_runs(doc: Document) -> Iterator[list[Run]]:
    """Yield the runs of each sentence of `doc`, in order.

    The document's own region is left out: it is what the text is about, not what it says.
    """
    text = doc.text
    names = iter(_names(doc))
    name, covering, unit = next(names, _NO_NAME)
    tokens = iter(doc.tokens)
    token = next(tokens, None)
    covered = 0
    for sentence in doc.sentences:
        runs: list[Run] = []
        run: list[Unit] = []
        edge = sentence.start  # where a word must begin to join the run
        while token is not None and (start := token.start) < sentence.end:
            while name <= start:
                if run:
                    runs.append(tuple(run))
                    run = []
                if unit:
                    runs.append((unit,))
                covered = max(covered, covering)
                name, covering, unit = next(names, _NO_NAME)
            if start >= covered:
                word = _word(text[start : token.end], token.pos)
                if run and (word is None or start != edge):
                    runs.append(tuple(run))
                    run = []
                if word is not None:
                    run.append(word)
                    edge = token.end
            token = next(tokens, None)
        if run:
            runs.append(tuple(run))
        yield runs


def _names(doc: Document) -> list[tuple[int, int, Unit | None]]:
    """Return the ranges of slogans and entities in order, with what each counts as (None: nothing)."""
    region = doc.metadata.region or ""
    found: dict[tuple[int, int, str], Unit | None] = {}
    for kind, records in (("slogan", doc.slogans), ("entity", doc.entities)):
        for record in records:
            own = kind == "entity" and (region.endswith(record.canonical) or record.canonical == "中国")
            key = (record.start, record.end, record.canonical)
            if key not in found:
                found[key] = None if own or len(record.canonical) < 2 else Unit(record.canonical, kind)
    return [(start, end, unit) for (start, end, _), unit in sorted(found.items(), key=lambda item: item[0])]


@cache
def _word(text: str, pos: str) -> Unit | None:
    """Return what the word `text` can be in a run; None where it ends the run."""
    if text in stopwords() or not _is_wording(text):
        return None
    noun = pos[0] in "njs" or pos in ("vn", "an", "eng", "l") or (pos == "x" and len(text) > 1)
    if not (noun or pos[0] in "vabz" or pos == "k"):
        return None
    short = len(text) == 1
    return Unit(
        text,
        "word",
        alone=noun and not short and pos != "l" and text not in stopwords("stopwords_alone.txt"),
        first=not short and pos not in ("v", "k", "z"),
        last=noun or pos == "k" or (pos == "v" and not short),
    )


def _is_wording(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isalnum()) for c in text) and not text.isdigit()


class Terms(msgspec.Struct, frozen=True):
    """The terms of a document in the order of the text, as numbers, and where among them each sentence ends."""

    numbers: "np.ndarray"
    ends: "np.ndarray"

    @property
    def sentences(self) -> list[list[int]]:
        """The terms of each sentence."""
        numbers, ends = self.numbers.tolist(), self.ends.tolist()
        return [numbers[start:end] for start, end in zip([0, *ends], ends, strict=False)]


class TermCounts(msgspec.Struct, frozen=True, dict=True):
    """The terms of documents, and how often each has each; a term's number is its place in `terms`."""

    terms: list[str]
    kinds: list[str]  #: of the terms
    documents: dict[str, Terms]
    words: int  #: of all documents
    phrases: int  #: different ones that were found

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many terms each document has."""
        return {doc_id: len(found.numbers) for doc_id, found in self.documents.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers of the terms."""
        return {term: number for number, term in enumerate(self.terms)}

    @cached_property
    def totals(self) -> "np.ndarray":
        """How often the documents together have each term."""
        return self.total(self.documents)

    @cached_property
    def counts(self) -> "dict[str, tuple[np.ndarray, np.ndarray]]":
        """The terms that each document has, and how often it has them."""
        import numpy as np

        return {doc_id: np.unique(found.numbers, return_counts=True) for doc_id, found in self.documents.items()}

    def total(self, doc_ids: Iterable[str]) -> "np.ndarray":
        """Return how often those documents together have each term."""
        import numpy as np

        found = [self.documents[doc_id].numbers for doc_id in doc_ids]
        return np.bincount(np.concatenate([np.zeros(0, dtype=int), *found]), minlength=len(self.terms))

    def together(self, doc_ids: Iterable[str]) -> Terms:
        """Return the terms of those documents as of one."""
        import numpy as np

        found = [self.documents[doc_id] for doc_id in doc_ids]
        before = np.cumsum([0, *(len(one.numbers) for one in found)])
        ends = [start + one.ends for start, one in zip(before, found, strict=False)]
        return Terms(np.concatenate([one.numbers for one in found]), np.concatenate(ends))

    def by_document(self, number: int) -> "np.ndarray":
        """Return how often each document has the term `number`, in the order of `documents`."""
        import numpy as np

        starts, documents, counts = self._places
        mine = slice(starts[number], starts[number + 1])
        found = np.zeros(len(self.documents), dtype=int)
        found[documents[mine]] = counts[mine]
        return found

    @cached_property
    def _places(self) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
        """Where each term's stretch of the two others starts: the documents that have it, and how often."""
        import numpy as np

        numbers, counts = (np.concatenate(part) for part in zip(*self.counts.values(), strict=True))
        documents = np.repeat(np.arange(len(self.counts)), [len(found) for found, _ in self.counts.values()])
        order = np.argsort(numbers, kind="stable")
        starts = np.searchsorted(numbers[order], np.arange(len(self.terms) + 1))
        return starts, documents[order], counts[order]


def count_terms(docs: Iterable[Document], small: int = 20_000) -> TermCounts:
    """Count the terms of `docs`; below `small` words in all a phrase needs to occur twice only, else three times."""
    return count_runs(((doc.doc_id, Runs.of(doc)) for doc in docs), small)


def count_runs(documents: Iterable[tuple[str, Runs]], small: int = 20_000) -> TermCounts:
    """Count the terms of documents of which the runs are known, as `count_terms` does."""
    import numpy as np

    units: dict[Unit, int] = {}
    orders, runs, sentences = [np.zeros(0, dtype=int)], [np.zeros(0, dtype=int)], {}
    words = 0
    for doc_id, found in documents:
        own = np.array([units.setdefault(unit, len(units)) for unit in found.units], dtype=int)
        orders.append(own[_row(found.order)])
        runs.append(words + _row(found.runs))
        sentences[doc_id] = words + _row(found.sentences)
        words += len(orders[-1])
    order = np.concatenate(orders)
    texts: dict[str, int] = {}
    text = np.array([texts.setdefault(unit.text, len(texts)) for unit in units], dtype=int)[order]
    ends = np.zeros(words, dtype=bool)
    ends[np.concatenate(runs) - 1] = True
    spelled = list(texts)
    found_phrases = find_phrases(
        Words(
            texts=text,
            lengths=np.array([len(one) for one in spelled], dtype=int)[text],
            first=np.array([unit.first for unit in units], dtype=bool)[order],
            last=np.array([unit.last for unit in units], dtype=bool)[order],
            ends=ends,
        ),
        least=2 if words < small else 3,
    )

    # At each place the number of the term there: a phrase where one begins, none in the rest of it, else the word.
    terms = np.where(np.array([unit.alone for unit in units], dtype=bool)[order], text, -1)
    kinds = np.array([KINDS.index(unit.kind) for unit in units], dtype=int)[order]
    places, sizes = np.array(found_phrases.places, dtype=int), np.array(found_phrases.sizes, dtype=int)
    for further in range(1, sizes.max(initial=1)):
        terms[places[sizes > further] + further] = -1
    said = [spelled[one] for one in text.tolist()]
    names = ("".join(said[at : at + size]) for at, size in zip(found_phrases.places, found_phrases.sizes, strict=True))
    terms[places] = [texts.setdefault(name, len(texts)) for name in names]
    kinds[places] = KINDS.index("phrase")

    is_term = terms >= 0
    before = np.concatenate(([0], np.cumsum(is_term)))  # how many terms stand before each place
    terms, kinds = terms[is_term], kinds[is_term]
    kind_of = np.zeros(len(texts), dtype=int)
    kind_of[terms] = kinds  # of equal numbers the last one stays
    names_at = np.flatnonzero(kinds >= KINDS.index("slogan"))[::-1]
    kind_of[terms[names_at]] = kinds[names_at]  # once a name, always a name
    counted, start = {}, 0
    for doc_id, sentence_ends in sentences.items():
        end = before[sentence_ends[-1]] if len(sentence_ends) else start
        counted[doc_id] = Terms(terms[start:end], before[sentence_ends] - start)
        start = end
    return TermCounts(list(texts), [KINDS[kind] for kind in kind_of.tolist()], counted, words, found_phrases.different)


def _row(packed: bytes) -> "np.ndarray":
    """Return the numbers that stand in a field of `Runs`."""
    import numpy as np

    return np.frombuffer(packed, dtype=np.uintc).astype(int)
