"""Terms: what keywords and topics count.

A term is a name that the extractors found (slogan or entity, under its canonical form), a content
word, or a phrase of content words that a corpus keeps together. A sentence is read as *runs*: words
that stand side by side with nothing but words of that kind between them.
"""

import math
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, chain
from typing import Self

import msgspec

from pipeline.document import Document
from pipeline.errors import DataError

PHRASE_WORDS = 4
PHRASE_LENGTH = 12  #: characters
COHESION = 0.3  #: least normalised pointwise mutual information between any two halves of a phrase


class Unit(msgspec.Struct, frozen=True):
    """A word or name of a run, and what it can be."""

    text: str
    kind: str  #: word, slogan or entity
    alone: bool = True  #: is a term by itself
    first: bool = False  #: can begin a phrase
    last: bool = False  #: can end a phrase


Run = tuple[Unit, ...]


class Runs(msgspec.Struct, frozen=True):
    """The runs of a document's sentences, each unit once."""

    units: list[Unit]
    sentences: list[list[list[int]]]  #: numbers of units, by run

    @classmethod
    def of(cls, doc: Document) -> Self:
        """Return those of `doc`."""
        numbers: dict[Unit, int] = {}
        sentences = [
            [[numbers.setdefault(unit, len(numbers)) for unit in run] for run in runs] for runs in sentence_runs(doc)
        ]
        return cls(list(numbers), sentences)

    def __iter__(self) -> Iterator[list[Run]]:
        """Yield the runs of each sentence, in order."""
        unit = self.units.__getitem__
        return ([tuple(map(unit, run)) for run in runs] for runs in self.sentences)


_NO_NAME = (sys.maxsize, 0, None)  # after the last name of a text
Phrases = frozenset[tuple[str, ...]]


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


def find_phrases(runs: Sequence[Run], least: int) -> Phrases:
    """Return the phrases of two to four words that occur `least` times or more in `runs` and hold together.

    A phrase holds together where its two parts, wherever one cuts it, attract each other (normalised
    pointwise mutual information, Bouma 2009), and where it is not always part of a longer one.
    """
    single = Counter([unit.text for run in runs for unit in run])
    total = single.total()
    counts: Counter[tuple[str, ...]] = Counter({(text,): n for text, n in single.items()})
    bounds: dict[tuple[str, ...], bool] = {}
    units = [unit for run in runs if len(run) > 1 for unit in run]
    texts = [unit.text for unit in units]
    ends = frozenset(accumulate(len(run) for run in runs if len(run) > 1))
    frequent = [single[text] >= least for text in texts]
    # Where two frequent sequences begin that overlap, one word shorter than those looked for.
    places = [at for at in range(len(texts) - 1) if frequent[at] and frequent[at + 1] and at + 1 not in ends]
    for length in range(2, PHRASE_WORDS + 1):
        found = [tuple(texts[at : at + length]) for at in places]
        longer = Counter(found)
        bounds.update(zip(found, [units[at].first and units[at + length - 1].last for at in places], strict=True))
        counts.update({words: n for words, n in longer.items() if n >= least})
        begun = {at for at, words in zip(places, found, strict=True) if longer[words] >= least}
        places = [at for at in sorted(begun) if at + 1 in begun]
    held = {
        words: n
        for words, n in counts.items()
        if len(words) > 1
        and bounds[words]
        and 4 <= len("".join(words)) <= PHRASE_LENGTH
        and _cohesion(words, counts, total) >= COHESION
    }
    fragments = {part for words, n in held.items() for part in _parts(words) if held.get(part) == n}
    return frozenset(held.keys() - fragments)


def terms(runs: Iterable[Run], phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield the terms of `runs` with their kinds: the longest phrase at each place, else the word."""
    for run in runs:
        size = len(run)
        if size == 1:
            if run[0].alone:
                yield run[0].text, run[0].kind
            continue
        texts = tuple(unit.text for unit in run)
        i = 0
        while i < size:
            for length in range(min(PHRASE_WORDS, size - i), 1, -1):
                if (words := texts[i : i + length]) in phrases:
                    yield "".join(words), "phrase"
                    i += length
                    break
            else:
                if run[i].alone:
                    yield texts[i], run[i].kind
                i += 1


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


def _cohesion(words: tuple[str, ...], counts: Counter[tuple[str, ...]], total: int) -> float:
    joint = counts[words] / total
    if joint == 1:
        return 1.0
    apart = max(counts[words[:i]] * counts[words[i:]] for i in range(1, len(words)))
    return math.log(joint * total * total / apart) / -math.log(joint)


def _parts(words: tuple[str, ...]) -> Collection[tuple[str, ...]]:
    """Return the proper parts of a phrase that are phrases."""
    return {words[i:j] for i in range(len(words)) for j in range(i + 2, len(words) + 1) if j - i < len(words)}


class TermCounts(msgspec.Struct, frozen=True, dict=True):
    """How often each document has each term, and what kind of term each is."""

    documents: dict[str, Counter[str]]
    kinds: dict[str, str]
    sentences: dict[str, tuple[tuple[str, ...], ...]]  #: the terms of each sentence, in order
    words: int  #: of all documents
    phrases: int  #: different ones that were found
    totals: Counter[str]  #: how often the documents together have each term

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many terms each document has."""
        return {doc_id: count.total() for doc_id, count in self.documents.items()}


def count_terms(docs: Iterable[Document], small: int = 20_000) -> TermCounts:
    """Count the terms of `docs`; below `small` words in all a phrase needs to occur twice only, else three times."""
    return count_runs(((doc.doc_id, sentence_runs(doc)) for doc in docs), small)


def count_runs(documents: Iterable[tuple[str, Iterable[list[Run]]]], small: int = 20_000) -> TermCounts:
    """Count the terms of documents of which the runs are known, as `count_terms` does."""
    sentences = {doc_id: list(found) for doc_id, found in documents}
    runs = [run for document in sentences.values() for found in document for run in found]
    words = sum(map(len, runs))
    phrases = find_phrases(runs, least=2 if words < small else 3)
    kinds: dict[str, str] = {}
    counted: dict[str, tuple[tuple[str, ...], ...]] = {}
    for doc_id, document in sentences.items():
        rows = []
        for found in document:
            pairs = tuple(terms(found, phrases))
            for term, kind in pairs:
                if kinds.get(term) not in ("slogan", "entity"):  # once a name, always a name
                    kinds[term] = kind
            rows.append(tuple(term for term, _ in pairs))
        counted[doc_id] = tuple(rows)
    counts = {doc_id: Counter(chain.from_iterable(rows)) for doc_id, rows in counted.items()}
    totals: Counter[str] = Counter()
    for count in counts.values():
        totals.update(count)
    return TermCounts(counts, kinds, counted, words, len(phrases), totals)
