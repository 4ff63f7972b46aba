"""Keywords: the terms that are a document's own, and those of the corpus, by TF-IDF."""

import math
from heapq import nsmallest
from typing import TYPE_CHECKING, Any

from pipeline.terms import TermCounts

if TYPE_CHECKING:
    import numpy as np

DOCUMENT_TERMS = 30
CORPUS_TERMS = 100
_DIGITS = 4


def keywords(counted: TermCounts) -> dict[str, Any]:
    """Return the terms of the corpus and of each document, heaviest first.

    The weight of a term in a document is ``tf × idf``: tf its number of occurrences there, idf
    ``ln((1 + documents) / (1 + documents that have it)) + 1``; a document's weights are scaled to
    Euclidean length 1 (as scikit-learn does), so that long documents count no more than short ones.
    A term's weight in the corpus is the mean over its documents, those without it included.

    A term has `kind` (word, phrase, slogan, entity), `count`, and `weight`; those of the corpus
    also have `documents`, the number that have it.
    """
    import numpy as np

    counts = counted.counts
    spread = np.bincount(np.concatenate([np.zeros(0, dtype=int), *(numbers for numbers, _ in counts.values())]))
    idf = np.array([math.log((1 + len(counts)) / (1 + n)) + 1 for n in spread.tolist()])
    mean = np.zeros(len(spread))
    documents = {}
    for doc_id, (numbers, found) in counts.items():
        weights = found * idf[numbers]
        weights /= math.sqrt(math.fsum((weights * weights).tolist())) or 1.0
        mean[numbers] += weights / len(counts)
        documents[doc_id] = [
            _entry(counted, *term) for term in _heaviest(counted, numbers, found, weights, DOCUMENT_TERMS)
        ]
    every = np.flatnonzero(spread)
    heaviest = _heaviest(counted, every, counted.totals[every], mean[every], CORPUS_TERMS)
    return {
        "method": "tf-idf",
        "words": counted.words,
        "phrases": counted.phrases,
        "corpus": [_entry(counted, *term) | {"documents": int(spread[term[-1]])} for term in heaviest],
        "documents": documents,
    }


def _heaviest(
    counted: TermCounts, numbers: "np.ndarray", counts: "np.ndarray", weights: "np.ndarray", most: int
) -> list[tuple[float, int, str, int]]:
    """Return the negative weights and counts, the texts and the numbers of the heaviest of the terms `numbers`."""
    import numpy as np

    if len(weights) > most:  # without those that are too light whichever way they are rounded
        fit = weights >= np.partition(weights, -most)[-most] - 10**-_DIGITS
        numbers, counts, weights = numbers[fit], counts[fit], weights[fit]
    found = zip(numbers.tolist(), counts.tolist(), weights.tolist(), strict=True)
    return nsmallest(most, ((-round(weight, _DIGITS), -n, counted.terms[term], term) for term, n, weight in found))


def _entry(counted: TermCounts, weight: float, count: int, text: str, number: int) -> dict[str, Any]:
    return {"term": text, "kind": counted.kinds[number], "count": -count, "weight": -weight}
