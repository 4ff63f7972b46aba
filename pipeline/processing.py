"""One text to its records, and many texts in one process or several.

What passes between processes, and what is stored, is packed: bytes that depend on the text and the recipe alone.
A worker imports this module and what it needs, so nothing of reports or analyses belongs here.
"""

import traceback
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any

import msgspec

from pipeline.confidence import rescore
from pipeline.document import Claim, Document, Entity, Metadata, Sentence, Slogan
from pipeline.errors import DataError, GongbaoError, StorageError
from pipeline.extensions.content import use
from pipeline.inputs import Input
from pipeline.parallel import unordered_map
from pipeline.programs import NEW, keep_programs
from pipeline.reading import read_input
from pipeline.recipe import Recipe, rules
from pipeline.settings import Settings
from pipeline.slogans import Source, source_of
from pipeline.stages import process
from pipeline.terms import Runs
from pipeline.writing import json_lines, sentence_rows

_LEVEL = 1  # of compression: as fast as the disk, a third of the size


Progress = Callable[[int, int, str], None]  #: documents done, documents in all, what was done last


class Failure(msgspec.Struct, frozen=True, tag=True):
    """A text that could not be processed, and why, in one line; `detail` is the traceback of a defect."""

    message: str
    detail: str = ""


class Processed(msgspec.Struct, frozen=True):
    """A document as it passes from a worker to the run: what is written and reported, and no more.

    Its tokens are most of it by far, and wanted for two things alone: the lines of a file, and the runs of terms.
    The worker makes both.
    """

    doc_id: str
    text: str
    metadata: Metadata
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    slogans: tuple[Slogan, ...]
    entities: tuple[Entity, ...]
    others: dict[str, tuple[dict[str, Any], ...]] = {}

    def document(self, source: str) -> Document:
        """Return the document again, as read from `source`, but for its tokens."""
        doc = Document(self.text, doc_id=self.doc_id, source=source, given=self.metadata)
        doc.sentences = self.sentences
        doc.claims, doc.slogans, doc.entities = self.claims, self.slogans, self.entities
        doc.others = self.others
        return doc


class Told(msgspec.Struct, frozen=True):
    """What other documents may need to know of one: what it is, and its slogans that announce a number."""

    source: Source
    slogans: tuple[Slogan, ...]


class Result(msgspec.Struct, frozen=True, tag=True):
    """What processing a text gave, packed; `seconds` by stage are what it took, no part of the result."""

    key: bytes  #: see Recipe.key
    told: bytes
    document: bytes
    runs: bytes  #: those of its terms, as MessagePack, deflated
    sentences: bytes  #: the lines of sentences.jsonl, deflated
    seconds: dict[str, float]


def unpack_told(packed: bytes) -> Told:
    """Return what `Result.told` holds; raises msgspec.MsgspecError for anything else."""
    return msgspec.msgpack.decode(packed, type=Told)


def unpack_document(packed: bytes, source: str) -> Document:
    """Return what `Result.document` holds; raises zlib.error or msgspec.MsgspecError for anything else."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Processed).document(source)


def process_input(item: Input, recipe: Recipe) -> Result | Failure:
    """Read one text with its metadata and run the stages over it; whatever goes wrong becomes a Failure.

    Raises DataError where gongbao itself is broken and would fail on every text, and MemoryError.
    """
    clock = Clock()
    doc = extract(lambda: read_input(item), item.place, recipe, clock)
    keep_programs(NEW)  # a worker does nothing at its end
    if isinstance(doc, Failure):
        return doc
    with clock.timing("pack"):
        processed = Processed(
            doc_id=doc.doc_id,
            text=doc.text,
            metadata=doc.metadata,
            sentences=doc.sentences,
            claims=doc.claims,
            slogans=doc.slogans,
            entities=doc.entities,
            others=doc.others,
        )
        announced = tuple(slogan for slogan in doc.slogans if slogan.declared is not None)
        told = msgspec.msgpack.encode(Told(source_of(doc), announced))
        document = zlib.compress(msgspec.msgpack.encode(processed), _LEVEL)
        runs = zlib.compress(msgspec.msgpack.encode(Runs.of(doc)), _LEVEL)
        sentences = zlib.compress(json_lines(sentence_rows(doc)), _LEVEL)
    key = recipe.key(item)  # of what stands there now: a text that was changed meanwhile has another than was asked for
    if key is None:
        return Failure(f"{item.place}: taken away while it was read")
    return Result(key=key, told=told, document=document, runs=runs, sentences=sentences, seconds=dict(clock.seconds))


def extract(read: Callable[[], Document], place: str, recipe: Recipe, clock: "Clock") -> Document | Failure:
    """Return the document that `read` gives after all stages; a Failure, which names `place`, if anything goes wrong.

    Raises DataError where gongbao itself is broken and would fail on every text, StorageError and MemoryError.
    """
    step = "read"
    try:
        use(recipe.extensions)
        with clock.timing(step):
            doc = read()
        for stage in recipe.stages:
            step = stage.name
            with clock.timing(step):
                process(doc, (stage,))
        if recipe.models is not None:
            rescore(doc, recipe.models)
    except (DataError, StorageError, MemoryError):
        raise
    except GongbaoError as error:
        return Failure(str(error))
    except Exception as error:  # a defect in a stage costs its document, not the batch
        return Failure(f"{place}: {step} failed: {type(error).__name__}: {error}", traceback.format_exc())
    return doc


def process_all(
    inputs: Iterable[Input], recipe: Recipe, settings: Settings
) -> Iterator[tuple[Input, Result | Failure]]:
    """Yield each of `inputs` with what became of it, as it is finished, by as many processes as `settings` say."""
    if settings.processes == 1:
        for item in inputs:
            try:
                yield item, process_input(item, recipe)
            except MemoryError:
                yield item, Failure(f"{item.place}: out of memory")
        return
    function = partial(_process_packed, recipe=recipe)
    found = unordered_map(function, inputs, settings.processes, lost=_lost, memory_mb=settings.worker_memory_mb)
    for item, packed in found:
        yield item, msgspec.msgpack.decode(packed, type=Result | Failure)


def _process_packed(item: Input, recipe: Recipe) -> bytes:
    if rules() != recipe.rules:
        raise DataError("gongbao was changed while it ran; run again, what is finished is kept")
    return msgspec.msgpack.encode(process_input(item, recipe))


def _lost(item: Input) -> bytes:
    return msgspec.msgpack.encode(Failure(f"{item.place}: its process died twice: killed, or out of memory"))


class Clock:
    """Adds up seconds by name."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, seconds: Mapping[str, float]) -> None:
        """Count what another clock has counted."""
        for name, value in seconds.items():
            self.seconds[name] += value

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        """Count the seconds that the block takes as those of `name`."""
        began = perf_counter()
        yield
        self.seconds[name] += perf_counter() - began
