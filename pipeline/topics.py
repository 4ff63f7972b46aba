"""Topics: what the paragraphs of a corpus are about, by matrix factorisation (NMF) or latent Dirichlet allocation."""

import math
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.errors import SettingsError
from pipeline.settings import Topics as Method
from pipeline.terms import TermCounts

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

TOPIC_TERMS = 10
TOPIC_SENTENCES = 3
SIZES = (5, 8, 10, 12, 15, 20, 25, 30, 40)  #: numbers of topics that are tried
PARAGRAPHS_PER_TOPIC = range(20, 401)  #: fewer make no topic, more make it a mixture
LEAST_PARAGRAPHS = SIZES[0] * PARAGRAPHS_PER_TOPIC.start
VOCABULARY = 3000  #: terms
LEAST_TERMS = 5  #: a paragraph with fewer has no topic
NEAR = 0.02  #: how much less coherent than the best a size may be to be taken for its stability
SEEDS = (1, 2)  #: of the fits that the one shown is held against

_LOOSE, _CLOSE = 1e-2, 1e-3  #: when an NMF has converged: for choosing among sizes, and for what is shown
_SENTENCE_LENGTH = range(15, 121)  #: characters that a sentence to be shown may have
_DIGITS = 4


def topics(docs: Sequence[Document], counted: TermCounts, method: Method = "nmf") -> dict[str, Any]:
    """Return the topics of `docs`, whose terms are `counted`, the largest first; or none and the reason.

    Each paragraph is a text; one that stands word for word in several documents counts once. NMF factorises the
    TF-IDF of paragraphs (Frobenius norm, start NNDSVDa), LDA (variational Bayes, online) their counts. Every size
    is fitted; of those whose coherence is at most `NEAR` below the highest the most stable one is taken, the smaller
    of two equals. Coherence is the mean NPMI of all pairs of a topic's ten heaviest terms: the
    window is the paragraph, pairs that never co-occur count -1, nothing is smoothed. Stability is the mean Jaccard
    index of those terms between the topics and, matched one to one, those of fits that start at random, over `SEEDS`.

    A topic has `terms` with weights, `coherence`, `share` (of all paragraphs' weight), `documents` and `years` (its
    share of each), and typical `sentences`.
    """
    if method not in get_args(Method):
        raise SettingsError(f"topics are found by {' or '.join(get_args(Method))}, not by {method!r}")
    paragraphs = list(_paragraphs(docs, counted))
    said: dict[str, Any] = {"method": method, "paragraphs": len(paragraphs)}
    if len(paragraphs) < LEAST_PARAGRAPHS:
        reason = {"code": "too_few_paragraphs", "paragraphs": len(paragraphs), "needed": LEAST_PARAGRAPHS}
        return said | {"reason": reason, "topics": []}
    bags = [paragraph.bag for paragraph in paragraphs]
    vocabulary = _vocabulary(bags, counted.terms)
    texts = [counted.terms[term] for term in vocabulary]
    if len(vocabulary) < SIZES[0] * TOPIC_TERMS:
        reason = {"code": "too_few_terms", "terms": len(vocabulary), "needed": SIZES[0] * TOPIC_TERMS}
        return said | {"reason": reason, "topics": []}

    counts, weights = _matrices(bags, vocabulary)
    present = (counts > 0).astype(float)
    fit: Callable[..., tuple[np.ndarray, np.ndarray]] = _factorise if method == "nmf" else _allocate
    matrix = weights if method == "nmf" else counts
    size, sized = _choose_size(fit, matrix, present, len(bags))
    activity, loadings = fit(matrix, size, tol=_CLOSE)
    if method == "nmf":  # a topic's activity is measured in the weight that it explains
        activity = activity * loadings.sum(axis=1)
    shares = activity.sum(axis=0) / activity.sum()
    heaviest = [_heaviest(row) for row in loadings]
    order = sorted(range(size), key=lambda k: (-round(float(shares[k]), _DIGITS), texts[heaviest[k][0]]))
    by_document = _group_shares([paragraph.doc_id for paragraph in paragraphs], activity)
    dated = {doc.doc_id: str(year) for doc in docs if (year := year_of(doc)) is not None}
    by_year = _group_shares([dated.get(paragraph.doc_id) for paragraph in paragraphs], activity)
    sentences = _Sentences(paragraphs, {doc.doc_id: doc.text for doc in docs}, vocabulary)
    found = [
        {
            "id": number,
            "terms": [
                {"term": texts[t], "weight": round(float(loadings[k][t] / loadings[k].sum()), _DIGITS)}
                for t in heaviest[k]
            ],
            "coherence": round(_npmi(heaviest[k], present), _DIGITS),
            "share": round(float(shares[k]), _DIGITS),
            "sentences": sentences.typical(loadings[k], activity[:, k]),
            "documents": {doc_id: round(float(row[k]), _DIGITS) for doc_id, row in by_document.items()},
            "years": {year: round(float(by_year[year][k]), _DIGITS) for year in sorted(by_year)},
        }
        for number, k in enumerate(order, start=1)
    ]
    return said | {"terms": len(vocabulary), "sizes": sized, "topics": found}


def load() -> None:
    """Load the libraries that find topics, which takes longer than to find those of a few texts."""
    import sklearn.decomposition
    import sklearn.feature_extraction.text  # noqa: F401


class _Paragraph(msgspec.Struct):
    """A paragraph: its sentences as offsets and as terms, and how often it has each term."""

    doc_id: str
    spans: list[tuple[int, int]]
    sentences: list[list[int]]
    bag: Counter[int]


def _paragraphs(docs: Sequence[Document], counted: TermCounts) -> Iterator[_Paragraph]:
    """Yield the paragraphs of `docs` that have terms enough, each wording once."""
    wordings: set[str] = set()
    for doc in docs:
        found: dict[int, _Paragraph] = {}
        for sentence, terms in zip(doc.sentences, counted.documents[doc.doc_id].sentences, strict=True):
            paragraph = found.setdefault(sentence.paragraph, _Paragraph(doc.doc_id, [], [], Counter()))
            paragraph.spans.append((sentence.start, sentence.end))
            paragraph.sentences.append(terms)
            paragraph.bag.update(terms)
        for paragraph in found.values():
            wording = doc.text[paragraph.spans[0][0] : paragraph.spans[-1][1]]
            if paragraph.bag.total() >= LEAST_TERMS and wording not in wordings:
                wordings.add(wording)
                yield paragraph


def _vocabulary(bags: Sequence[Counter[int]], terms: Sequence[str]) -> list[int]:
    """Return the terms that most paragraphs have, none that fewer than three or more than half of them have."""
    spread = Counter(term for bag in bags for term in bag)
    fit = [term for term, n in spread.items() if 3 <= n <= len(bags) / 2]
    chosen = sorted(fit, key=lambda term: (-spread[term], terms[term]))[:VOCABULARY]
    return sorted(chosen, key=lambda term: terms[term])


def _matrices(bags: Sequence[Counter[int]], vocabulary: Sequence[int]) -> "tuple[csr_matrix, csr_matrix]":
    """Return how often each paragraph has each term, and the TF-IDF of that (paragraphs × terms)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    index = {term: i for i, term in enumerate(vocabulary)}
    cells = [(row, index[term], n) for row, bag in enumerate(bags) for term, n in bag.items() if term in index]
    rows, columns, values = (np.array(part) for part in zip(*cells, strict=True))
    counts = csr_matrix((values, (rows, columns)), shape=(len(bags), len(vocabulary)), dtype=np.float32)
    return counts, TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def _choose_size(
    fit: "Callable[..., tuple[np.ndarray, np.ndarray]]", matrix: "csr_matrix", present: "csr_matrix", paragraphs: int
) -> tuple[int, list[dict[str, Any]]]:
    """Return the size that is taken, and each that was tried with its coherence and, of the best, stability."""
    sizes = [size for size in SIZES if paragraphs // size in PARAGRAPHS_PER_TOPIC] or [SIZES[-1]]
    tops = {size: [_heaviest(row) for row in fit(matrix, size)[1]] for size in sizes}
    coherence = {
        size: round(math.fsum(_npmi(top, present) for top in found) / size, _DIGITS) for size, found in tops.items()
    }
    candidates = [size for size in sizes if coherence[size] >= max(coherence.values()) - NEAR]
    stability = {
        size: round(
            math.fsum(
                _overlap(tops[size], [_heaviest(row) for row in fit(matrix, size, seed=seed)[1]]) for seed in SEEDS
            )
            / len(SEEDS),
            _DIGITS,
        )
        for size in candidates
    }
    taken = min(candidates, key=lambda size: (-stability[size], size))
    return taken, [{"topics": n, "coherence": coherence[n], "stability": stability.get(n)} for n in sizes]


def _factorise(
    weights: "csr_matrix", size: int, *, seed: int = 0, tol: float = _LOOSE
) -> "tuple[np.ndarray, np.ndarray]":
    """Return the topics' activity in each paragraph and their loadings on each term; `seed` 0 is a start by SVD."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    start = "random" if seed else "nndsvda"
    model = NMF(n_components=size, init=start, random_state=seed, max_iter=50 if seed else 200, tol=tol)
    with warnings.catch_warnings(), threadpool_limits(1):  # one thread: figures don't depend on the number of cores
        warnings.simplefilter("ignore", ConvergenceWarning)  # a few steps more change no topic's leading terms
        activity = model.fit_transform(weights)
    return activity, model.components_


def _allocate(
    counts: "csr_matrix", size: int, *, seed: int = 0, tol: float = _LOOSE
) -> "tuple[np.ndarray, np.ndarray]":
    """Return the same of an LDA, the activity in terms of the paragraph; a smaller `tol` is worth more passes."""
    import numpy as np
    from sklearn.decomposition import LatentDirichletAllocation
    from threadpoolctl import threadpool_limits

    model = LatentDirichletAllocation(
        n_components=size,
        learning_method="online",
        batch_size=512,
        max_iter=3 if tol == _LOOSE else 10,
        random_state=seed,
    )
    with threadpool_limits(1):
        activity = model.fit_transform(counts)
    return activity * np.asarray(counts.sum(axis=1)), model.components_


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


def _overlap(tops: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> float:
    """Return the mean Jaccard index of two sets of topics, matched one to one so that it is highest."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    index = np.array([[len({*one} & {*other}) / len({*one} | {*other}) for other in others] for one in tops])
    return float(index[linear_sum_assignment(-index)].mean())


def _group_shares(groups: Sequence[str | None], activity: "np.ndarray") -> "dict[str, np.ndarray]":
    """Return the topics' shares of each group that paragraphs (rows) belong to."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        if group is not None:
            rows[group].append(row)
    sums = {group: activity[mine].sum(axis=0) for group, mine in rows.items()}
    return {group: row / (row.sum() or 1.0) for group, row in sums.items()}


class _Sentences:
    """Picks the sentences that show best what a topic is about."""

    def __init__(self, paragraphs: Sequence[_Paragraph], texts: dict[str, str], vocabulary: Sequence[int]) -> None:
        self._paragraphs = paragraphs
        self._texts = texts
        self._index = {term: i for i, term in enumerate(vocabulary)}

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
        for (start, end), terms in zip(paragraph.spans, paragraph.sentences, strict=True):
            found = {self._index[term] for term in terms if term in self._index}
            if found and end - start in _SENTENCE_LENGTH:
                yield math.fsum(float(loadings[t]) for t in sorted(found)) / (length * len(found) ** 0.5), start, end
