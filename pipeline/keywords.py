"""Keywords: the terms that are a document's own, and those of the corpus, by TF-IDF."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from heapq import nsmallest
from typing import Any

from pipeline.terms import TermCounts

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
    counts = counted.documents
    spread = Counter(term for found in counts.values() for term in found)
    weights = {doc_id: _weigh(found, spread, len(counts)) for doc_id, found in counts.items()}
    mean: defaultdict[str, float] = defaultdict(float)
    for found in weights.values():
        for term, weight in found.items():
            mean[term] += weight / len(counts)

    def heaviest(found: Counter[str], weights: Mapping[str, float], most: int) -> list[dict[str, Any]]:
        ranked = nsmallest(most, ((-round(weights[term], _DIGITS), -n, term) for term, n in found.items()))
        return [
            {"term": term, "kind": counted.kinds[term], "count": -n, "weight": -weight} for weight, n, term in ranked
        ]

    return {
        "method": "tf-idf",
        "words": counted.words,
        "phrases": counted.phrases,
        "corpus": [
            entry | {"documents": spread[entry["term"]]} for entry in heaviest(counted.totals, mean, CORPUS_TERMS)
        ],
        "documents": {doc_id: heaviest(found, weights[doc_id], DOCUMENT_TERMS) for doc_id, found in counts.items()},
    }


def _weigh(counts: Counter[str], spread: Counter[str], documents: int) -> dict[str, float]:
    weights = {term: n * (math.log((1 + documents) / (1 + spread[term])) + 1) for term, n in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}
