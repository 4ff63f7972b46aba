"""Topics: what the paragraphs of a corpus are about, by non-negative matrix factorisation."""

import math
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.document import Document, Sentence
from pipeline.terms import Run, find_phrases, sentence_runs, terms

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

TOPIC_TERMS = 10
TOPIC_SENTENCES = 3
SIZES = (5, 8, 10, 12, 15, 20, 25, 30, 40)  #: numbers of topics that are tried
PARAGRAPHS_PER_TOPIC = range(20, 401)  #: fewer make no topic, more make it a mixture
LEAST_PARAGRAPHS = SIZES[0] * PARAGRAPHS_PER_TOPIC.start
VOCABULARY = 5000  #: terms
LEAST_TERMS = 5  #: a paragraph with fewer has no topic

_RANDOM_STATE = 0
_SENTENCE_LENGTH = range(15, 121)  #: characters that a sentence to be shown may have
_DIGITS = 4


class Topics:
    """Finds topics in the paragraphs of a corpus, as many as make the most coherent ones.

    Paragraphs are weighed by TF-IDF and factorised (Frobenius norm, start NNDSVDa, fixed seed). Of
    the sizes tried the one whose topics have the highest mean coherence is taken, the smaller of two
    equals. Coherence is the mean NPMI of all pairs of a topic's ten heaviest terms; they co-occur
    where a paragraph has both; pairs that never do count -1, and nothing is smoothed.
    """

    name = "topics"
    description = "NMF on paragraphs; the number of topics by coherence (NPMI)"

    def __init__(self) -> None:
        self._paragraphs: list[_Paragraph] = []
        self._wordings: set[str] = set()
        self._texts: dict[str, str] = {}

    def add(self, doc: Document) -> None:
        """Count in the paragraphs of `doc`; one that stands word for word in several documents counts once."""
        paragraphs: dict[int, _Paragraph] = {}
        for sentence, runs in zip(doc.sentences, sentence_runs(doc), strict=True):
            if sentence.paragraph not in paragraphs:
                paragraphs[sentence.paragraph] = _Paragraph(doc.doc_id)
            paragraphs[sentence.paragraph].add(sentence, runs)
        for paragraph in paragraphs.values():
            wording = doc.text[paragraph.sentences[0][0] : paragraph.sentences[-1][1]]
            if wording not in self._wordings:
                self._wordings.add(wording)
                self._paragraphs.append(paragraph)
        self._texts[doc.doc_id] = doc.text

    def result(self) -> dict[str, Any]:
        """Return the topics, the largest first, or none and the reason.

        A topic has `terms` with weights, `coherence`, `share` (of all paragraphs' weight),
        `documents` (its share of each document), and typical `sentences`.
        """
        phrases = find_phrases([run for p in self._paragraphs for runs in p.runs for run in runs], least=3)
        bags = [Counter(term for runs in p.runs for term, _ in terms(runs, phrases)) for p in self._paragraphs]
        kept = [i for i, bag in enumerate(bags) if bag.total() >= LEAST_TERMS]
        method: dict[str, Any] = {"method": "nmf", "paragraphs": len(kept)}
        if len(kept) < LEAST_PARAGRAPHS:
            reason = {"code": "too_few_paragraphs", "paragraphs": len(kept), "needed": LEAST_PARAGRAPHS}
            return method | {"reason": reason, "topics": []}
        paragraphs, bags = [self._paragraphs[i] for i in kept], [bags[i] for i in kept]
        vocabulary = _vocabulary(bags)
        if len(vocabulary) < SIZES[0] * TOPIC_TERMS:
            reason = {"code": "too_few_terms", "terms": len(vocabulary), "needed": SIZES[0] * TOPIC_TERMS}
            return method | {"reason": reason, "topics": []}

        counts, weights = _matrices(bags, vocabulary)
        sizes = [size for size in SIZES if len(bags) // size in PARAGRAPHS_PER_TOPIC] or [SIZES[-1]]
        tried = [(size, *_factorise(weights, size)) for size in sizes]
        coherences = [[_npmi(_heaviest(row), counts) for row in loadings] for _, _, loadings in tried]
        means = [round(math.fsum(values) / len(values), _DIGITS) for values in coherences]
        best = means.index(max(means))
        size, activity, loadings = tried[best]
        # A topic's activity is measured in the weight it explains.
        activity = activity * loadings.sum(axis=1)
        shares = activity.sum(axis=0) / activity.sum()
        order = sorted(
            range(size), key=lambda k: (-round(float(shares[k]), _DIGITS), vocabulary[_heaviest(loadings[k])[0]])
        )
        by_document = _document_shares([p.doc_id for p in paragraphs], activity)
        samples = _Sentences(paragraphs, self._texts, vocabulary, phrases)
        topics = [
            {
                "id": number,
                "terms": [
                    {"term": vocabulary[t], "weight": round(float(loadings[k][t] / loadings[k].sum()), _DIGITS)}
                    for t in _heaviest(loadings[k])
                ],
                "coherence": round(coherences[best][k], _DIGITS),
                "share": round(float(shares[k]), _DIGITS),
                "sentences": samples.typical(loadings[k], activity[:, k]),
                "documents": {doc_id: round(float(row[k]), _DIGITS) for doc_id, row in by_document.items()},
            }
            for number, k in enumerate(order, start=1)
        ]
        sized = [{"topics": n, "coherence": mean} for n, mean in zip(sizes, means, strict=True)]
        return method | {"terms": len(vocabulary), "sizes": sized, "topics": topics}


class _Paragraph:
    """The sentences of a paragraph and their runs."""

    def __init__(self, doc_id: str) -> None:
        self.doc_id = doc_id
        self.sentences: list[tuple[int, int]] = []
        self.runs: list[list[Run]] = []

    def add(self, sentence: Sentence, runs: list[Run]) -> None:
        self.sentences.append((sentence.start, sentence.end))
        self.runs.append(runs)


def _vocabulary(bags: Sequence[Counter[str]]) -> list[str]:
    """Return the terms that most paragraphs have, none that fewer than three or more than half of them have."""
    spread = Counter(term for bag in bags for term in bag)
    fit = [term for term, n in spread.items() if 3 <= n <= len(bags) / 2]
    return sorted(sorted(fit, key=lambda term: (-spread[term], term))[:VOCABULARY])


def _matrices(bags: Sequence[Counter[str]], vocabulary: Sequence[str]) -> "tuple[csr_matrix, csr_matrix]":
    """Return which paragraph has which term, and the TF-IDF of each (paragraphs × terms)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    index = {term: i for i, term in enumerate(vocabulary)}
    cells = [(row, index[term], n) for row, bag in enumerate(bags) for term, n in bag.items() if term in index]
    rows, columns, values = (np.array(part) for part in zip(*cells, strict=True))
    counts = csr_matrix((values, (rows, columns)), shape=(len(bags), len(vocabulary)), dtype=float)
    return (counts > 0).astype(float), TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def _factorise(weights: "csr_matrix", size: int) -> "tuple[np.ndarray, np.ndarray]":
    """Return the topics' activity in each paragraph and their loadings on each term."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    model = NMF(n_components=size, init="nndsvda", random_state=_RANDOM_STATE, max_iter=200, tol=1e-3)
    with warnings.catch_warnings(), threadpool_limits(1):  # one thread: figures don't depend on the number of cores
        warnings.simplefilter("ignore", ConvergenceWarning)  # a few steps more change no topic's leading terms
        activity = model.fit_transform(weights)
    return activity, model.components_


def _heaviest(loadings: "np.ndarray") -> list[int]:
    heaviest: list[int] = (-loadings.round(6)).argsort(kind="stable")[:TOPIC_TERMS].tolist()
    return heaviest


def _npmi(top: Sequence[int], present: "csr_matrix") -> float:
    """Return the mean normalised pointwise mutual information of all pairs of the terms `top`."""
    columns = present[:, top]
    together = (columns.T @ columns).toarray() / present.shape[0]
    values = []
    for i in range(len(top)):
        for j in range(i):
            joint = together[i, j]
            if joint == 0:
                values.append(-1.0)
            elif joint < 1:
                values.append(math.log(joint / (together[i, i] * together[j, j])) / -math.log(joint))
    return math.fsum(values) / len(values)


def _document_shares(doc_ids: Sequence[str], activity: "np.ndarray") -> "dict[str, np.ndarray]":
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, doc_id in enumerate(doc_ids):
        rows[doc_id].append(row)
    sums = {doc_id: activity[mine].sum(axis=0) for doc_id, mine in rows.items()}
    return {doc_id: row / (row.sum() or 1.0) for doc_id, row in sums.items()}


class _Sentences:
    """Picks the sentences that show best what a topic is about."""

    def __init__(
        self, paragraphs: Sequence[_Paragraph], texts: dict[str, str], vocabulary: Sequence[str], phrases: Any
    ) -> None:
        self._paragraphs = paragraphs
        self._texts = texts
        self._index = {term: i for i, term in enumerate(vocabulary)}
        self._phrases = phrases

    def typical(self, loadings: "np.ndarray", activity: "np.ndarray") -> list[dict[str, Any]]:
        """Return the sentences closest to a topic, from its strongest paragraphs, of different documents first."""
        strongest = (-activity.round(6)).argsort(kind="stable")[: 20 * TOPIC_SENTENCES].tolist()
        scored = sorted(
            (-round(score, 6), row, start, end)
            for row in strongest
            for score, start, end in self._scored(row, loadings)
        )
        chosen: list[dict[str, Any]] = []
        quotes: set[str] = set()
        documents: set[str] = set()
        for fresh in (True, False):
            for _, row, start, end in scored:
                doc_id = self._paragraphs[row].doc_id
                quote = self._texts[doc_id][start:end]
                if len(chosen) < TOPIC_SENTENCES and quote not in quotes and (doc_id not in documents or not fresh):
                    chosen.append({"doc_id": doc_id, "start": start, "end": end, "quote": quote})
                    quotes.add(quote)
                    documents.add(doc_id)
        return chosen

    def _scored(self, row: int, loadings: "np.ndarray") -> Iterator[tuple[float, int, int]]:
        """Yield the cosine between the topic and each sentence of a paragraph, with the sentence's offsets."""
        paragraph = self._paragraphs[row]
        length = float((loadings**2).sum()) ** 0.5
        for (start, end), runs in zip(paragraph.sentences, paragraph.runs, strict=True):
            found = {self._index[term] for term, _ in terms(runs, self._phrases) if term in self._index}
            if found and end - start in _SENTENCE_LENGTH:
                yield math.fsum(float(loadings[t]) for t in sorted(found)) / (length * len(found) ** 0.5), start, end
