"""Keywords: the terms that are a document's own, and those of the corpus, by TF-IDF."""

import math
from collections import Counter, defaultdict
from typing import Any

from pipeline.document import Document
from pipeline.terms import Run, find_phrases, sentence_runs, terms

DOCUMENT_TERMS = 30
CORPUS_TERMS = 100
_SMALL_CORPUS = 20_000  #: words; below it a phrase needs to occur twice only, else three times
_DIGITS = 4


class Keywords:
    """Weighs terms by how often a document uses them and how few others do.

    The weight of a term in a document is ``tf × idf``: tf its number of occurrences there, idf
    ``ln((1 + documents) / (1 + documents that have it)) + 1``; a document's weights are scaled to
    Euclidean length 1 (as scikit-learn does), so that long documents count no more than short ones.
    A term's weight in the corpus is the mean over its documents, those without it included.
    """

    name = "keywords"
    description = "TF-IDF of words, phrases, slogans and entities, by document and for the corpus"

    def __init__(self) -> None:
        self._runs: dict[str, list[Run]] = {}

    def add(self, doc: Document) -> None:
        """Count in the terms of `doc`."""
        self._runs[doc.doc_id] = [run for runs in sentence_runs(doc) for run in runs]

    def result(self) -> dict[str, Any]:
        """Return the terms of the corpus and of each document, heaviest first.

        A term has `kind` (word, phrase, slogan, entity), `count`, and `weight`; those of the corpus
        also have `documents`, the number that have it.
        """
        runs = [run for document in self._runs.values() for run in document]
        words = sum(map(len, runs))
        phrases = find_phrases(runs, least=2 if words < _SMALL_CORPUS else 3)
        counts: dict[str, Counter[str]] = {}
        kinds: dict[str, str] = {}
        for doc_id, document in self._runs.items():
            counts[doc_id] = Counter()
            for term, kind in terms(document, phrases):
                counts[doc_id][term] += 1
                if kinds.get(term) not in ("slogan", "entity"):  # once a name, always a name
                    kinds[term] = kind
        spread = Counter(term for found in counts.values() for term in found)
        weights = {doc_id: _weigh(found, spread, len(counts)) for doc_id, found in counts.items()}
        totals: Counter[str] = Counter()
        mean: defaultdict[str, float] = defaultdict(float)
        for doc_id, found in counts.items():
            totals.update(found)
            for term, weight in weights[doc_id].items():
                mean[term] += weight / len(counts)

        def entry(term: str, count: int, weight: float) -> dict[str, Any]:
            return {"term": term, "kind": kinds[term], "count": count, "weight": round(weight, _DIGITS)}

        corpus = [entry(term, count, mean[term]) | {"documents": spread[term]} for term, count in totals.items()]
        return {
            "method": "tf-idf",
            "words": words,
            "phrases": len(phrases),
            "corpus": _heaviest(corpus, CORPUS_TERMS),
            "documents": {
                doc_id: _heaviest([entry(t, n, weights[doc_id][t]) for t, n in found.items()], DOCUMENT_TERMS)
                for doc_id, found in counts.items()
            },
        }


def _weigh(counts: Counter[str], spread: Counter[str], documents: int) -> dict[str, float]:
    weights = {term: n * (math.log((1 + documents) / (1 + spread[term])) + 1) for term, n in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _heaviest(entries: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    return sorted(entries, key=lambda e: (-e["weight"], -e["count"], e["term"]))[:most]
