"""The batch: texts in, records and reports out. `run` reads as the pipeline reads, top to bottom.

A result is kept as soon as it is there (:mod:`pipeline.results`), so a run that was stopped goes on where it was, and
one that is repeated works out only what has changed, and writes nothing where nothing has. The files are made of the
results in the order of the texts.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from heapq import nlargest
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.analyses import analyse, begin_topics
from pipeline.aside import Aside
from pipeline.document import Document, Slogan
from pipeline.extensions.content import extensions_in_use
from pipeline.inputs import Input, find_inputs
from pipeline.processing import Clock, Failure, Progress, process_all
from pipeline.recipe import Recipe, digest, program, versions
from pipeline.report import Report
from pipeline.report.workbook import workbook
from pipeline.results import DamagedResults, Documents, Entry, Results, open_results, put_away
from pipeline.settings import Settings
from pipeline.slogans import Explanations, Source
from pipeline.terms import count_runs
from pipeline.topics import load
from pipeline.versions import in_use
from pipeline.writing import MANIFEST, RECORD_KINDS, FileSet, RecordFiles, pretty, text_hash

#: Characters of the documents of the analyses that stay in memory while these go through them again and again.
HELD = 10_000_000

#: Bytes of texts to be processed that are likely to have topics, whose libraries are then loaded meanwhile.
LARGE = 500_000

log = logging.getLogger(__name__)


class Summary(msgspec.Struct, frozen=True):
    """What a run did: how much it found, what failed, and where its files are (None if none were written).

    `unchanged` are the documents whose results were there already.
    """

    counts: dict[str, int]
    failures: list[Failure]
    seconds: float
    out: Path | None
    unchanged: int = 0


def run(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress = lambda done, total, what: None,
    *,
    fresh: bool = False,
) -> Summary:
    """Process the texts at `paths` (the corpus, if none) and write what was found to the folder ``settings.out``.

    What cannot be processed is listed in the summary and the rest is finished. Where nothing could be, no file is
    written. Results of earlier runs into the folder are taken over where nothing that they depend on has changed,
    unless it is to be done `fresh`. Raises SettingsError for a stage that does not exist, DataError for a broken
    lexicon, InputError for a folder that cannot be written to or that another run is writing to.
    """
    began = perf_counter()
    recipe = Recipe.of(settings)
    inputs, errors = find_inputs(paths or [Path(settings.corpus)])
    failures = [Failure(str(error)) for error in errors]
    if not inputs:
        return Summary({}, failures, perf_counter() - began, None)

    def attempt() -> Summary:
        first, second = (Aside(settings.processes > 1) for _ in range(2))
        with FileSet(Path(settings.out)) as files, open_results(files.folder) as results, first, second:
            if fresh:
                results.keep(())
            clock = Clock()
            with clock.timing("process"):
                extracted = _extract(inputs, recipe, settings, results, clock, progress, first)
            entries, failed = extracted.entries, [*failures, *extracted.failures]
            state = _state(entries, failed, settings)
            counts: Mapping[str, int] = {}
            if not fresh and results.has_written(state):
                counts = msgspec.json.decode((files.folder / MANIFEST).read_bytes())["counts"]
            elif entries:
                progress(len(inputs), len(inputs), "keywords, topics and report")
                batch = _Batch(files, results, entries, settings, clock, (first, second))
                batch.write(failed, began)
                counts = batch.counts
                files.tidy()
                results.wrote(state, files.commit(seal=MANIFEST))
                results.keep(entry.key for entry in entries)
        out = files.folder if entries else None
        return Summary(dict(counts), failed, perf_counter() - began, out, extracted.unchanged)

    try:
        return attempt()
    except DamagedResults as damage:
        log.warning("%s; all texts are processed anew", damage)
        put_away(Path(settings.out))
        return attempt()


class _Extracted(msgspec.Struct, frozen=True):
    """The documents of a run whose results are there, in order; what failed; how many were there before."""

    entries: list[Entry]
    failures: list[Failure]
    unchanged: int


def _extract(
    inputs: Sequence[Input],
    recipe: Recipe,
    settings: Settings,
    results: Results,
    clock: Clock,
    progress: Progress,
    aside: Aside,
) -> _Extracted:
    """See to it that `results` has those of all of `inputs`, as far as they can be processed.

    Meanwhile `aside` loads what it will be asked for after that.
    """
    keys = {item: key for item in inputs if (key := recipe.key(item)) is not None and key in results}
    unchanged = len(keys)
    missing = [item for item in inputs if item not in keys]
    if settings.processes > 1:
        if sum(map(_size, missing)) > LARGE:
            aside(load)
        missing.sort(key=_size, reverse=True)  # a long text that came last would be waited for
    failed: dict[Input, Failure] = {}
    for done, (item, outcome) in enumerate(process_all(missing, recipe, settings), start=unchanged + 1):
        if isinstance(outcome, Failure):
            failed[item] = outcome
        else:
            with clock.timing("store"):
                results.add(outcome)
            keys[item] = outcome.key
            clock.add(outcome.seconds)
        progress(done, len(inputs), item.path)
    entries = [Entry(keys[item], item.path) for item in inputs if item in keys]
    return _Extracted(entries, [failed[item] for item in inputs if item in failed], unchanged)


def _size(item: Input) -> int:
    try:
        return Path(item.path).stat().st_size
    except OSError:
        return 0


def _state(entries: Sequence[Entry], failures: Sequence[Failure], settings: Settings) -> bytes:
    """Return a hash of all that the files of a run depend on."""
    said = (entries, [failure.message for failure in failures], _said(settings), in_use(Path(settings.models)))
    return digest((program(), msgspec.msgpack.encode(said)))


def _said(settings: Settings) -> dict[str, Any]:
    """Return `settings` but for the URL of the review, which is no matter of a run."""
    return {name: value for name, value in asdict(settings).items() if name != "review"}


def _extensions() -> list[dict[str, str]]:
    """Return what the manifest says of the extensions in use: each file with its hash, each extractor's package."""
    used = extensions_in_use()
    files = [{"name": p.extension, "file": p.file, "sha256": text_hash(p.text)} for p in used.parts]
    return [*files, *({"name": e.kind, "package": e.package, "version": e.version} for e in used.extractors)]


class _Batch:
    """What a run makes of its documents: the files of records of each, and the analyses and the report of all."""

    def __init__(
        self,
        files: FileSet,
        results: Results,
        entries: Sequence[Entry],
        settings: Settings,
        clock: Clock,
        asides: tuple[Aside, Aside],
    ) -> None:
        self._files = files
        self._results = results
        self._entries = entries
        self._settings = settings
        self._clock = clock
        self._asides = asides
        self.counts: Counter[str] = Counter()

    def write(self, failures: Sequence[Failure], began: float) -> None:
        """Write the records, the figures, the report and the manifest of a run that `began` then."""
        with self._clock.timing("link"):
            told = _Told(self._results, self._entries)
            explanations = Explanations(told)
        latest = _latest(told, self._settings.report_documents)
        entries = [self._entries[place] for place in latest]
        docs = Documents(self._results, entries, explanations, room=HELD)
        with self._clock.timing("terms"):
            counted = count_runs(
                (doc.doc_id, self._results.runs(entry.key)) for doc, entry in zip(docs, entries, strict=True)
            )
        method = self._settings.topics
        first, second = self._asides
        begun = begin_topics(docs, counted, method, first) if first.apart else None
        with self._clock.timing("write"):
            inputs = self._write_records(docs.among(self._entries))
        analyses = analyse(docs, method=method, timing=self._clock.timing, counted=counted, begun=begun)
        report = Report(docs, analyses, __version__, self._settings.language, len(self._entries), second)
        self._files.put("keywords.json", pretty(analyses.keywords))
        if second.apart:
            with self._clock.timing("report"):
                report.begin()
        with self._clock.timing("topics"):
            self._files.put("topics.json", pretty(dict(analyses.topics)))
        with self._clock.timing("excel"):
            book = first(workbook, report.sheets())
        with self._clock.timing("report"):
            self._files.put("report.md", report.markdown().encode())
            self._files.put("report.json", report.json())
            self._files.put("report.html", report.html().encode())
        with self._clock.timing("excel"):
            self._files.put("report.xlsx", book())
        self._files.put(MANIFEST, pretty(self._manifest(inputs, failures, began)))

    def _write_records(self, docs: Sequence[Document]) -> list[dict[str, str]]:
        """Write the records of `docs`, count them, and return what the manifest says of each document."""
        others = [installed.kind for installed in extensions_in_use().extractors]
        records = RecordFiles(self._files, others)
        inputs = []
        for entry, doc in zip(self._entries, docs, strict=True):
            records.add(doc, self._results.sentences(entry.key))
            self.counts.update(documents=1, characters=len(doc.text), sentences=len(doc.sentences))
            self.counts.update({kind: len(getattr(doc, kind)) for kind in RECORD_KINDS})
            self.counts.update({kind: len(doc.others.get(kind, ())) for kind in others})
            inputs.append({"doc_id": doc.doc_id, "source": doc.source, "sha256": text_hash(doc.text)})
        return inputs

    def _manifest(self, inputs: list[dict[str, str]], failures: Sequence[Failure], began: float) -> dict[str, Any]:
        """Return what `run.json` says; nothing but its `seconds` differs between runs of the same."""
        seconds = {**self._clock.seconds, "elapsed": perf_counter() - began}
        return {
            "versions": versions(),
            "extensions": _extensions(),
            "counts": self.counts,
            "confidence": in_use(Path(self._settings.models)),  # which version of the models
            "settings": _said(self._settings),
            "inputs": inputs,
            "failures": [failure.message for failure in failures],
            "seconds": {name: round(value, 3) for name, value in seconds.items()},
        }


class _Told(Iterable[tuple[Source, tuple[Slogan, ...]]]):
    """What the documents of a run are, and their slogans that announce a number; can be gone through again."""

    def __init__(self, results: Results, entries: Sequence[Entry]) -> None:
        self._results = results
        self._entries = entries

    def __iter__(self) -> Iterator[tuple[Source, tuple[Slogan, ...]]]:
        for entry in self._entries:
            told = self._results.told(entry.key)
            yield told.source, told.slogans


def _latest(told: Iterable[tuple[Source, tuple[Slogan, ...]]], most: int) -> list[int]:
    """Return the places of the `most` latest documents, in order; of two of one day the later one is latest."""
    dated = ((source.date or "", place) for place, (source, _) in enumerate(told))
    return sorted(place for _, place in nlargest(most, dated))
