"""The records of one kind, document by document: found in texts, or read back from what runs have written.

A folder that holds a `documents.jsonl` is the output of a run, and its records are read; any other path is a text
or a folder of texts, which are processed.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from pipeline.collection import require_run
from pipeline.confidence import KINDS
from pipeline.document import Document, Record
from pipeline.errors import InputError
from pipeline.extensions.loading import use_extensions
from pipeline.inputs import Input, find_inputs
from pipeline.processing import Failure, Progress, process_all, unpack_document
from pipeline.recipe import Recipe
from pipeline.settings import Settings
from pipeline.slogans import Source, source_of
from pipeline.writing import read_rows, text_hash

R = TypeVar("R", bound=Record)


class Gathered(msgspec.Struct, Generic[R]):
    """Documents with their records of one kind, those of runs first; and the texts that could not be processed."""

    documents: list[tuple[Source, tuple[R, ...]]]
    failures: list[Failure]


class _Row(Source, frozen=True, kw_only=True):
    """A line of `documents.jsonl`."""

    sha256: str


def gather(
    paths: Sequence[Path], kind: type[R], settings: Settings, progress: Progress = lambda done, total, what: None
) -> Gathered[R]:
    """Return the records of `kind` that stand in the runs and texts at `paths` (the corpus, if none), each text once.

    Raises InputError for a run that is malformed or not whole, and where two different texts have one document id.
    """
    use_extensions(settings.extensions)
    paths = paths or [Path(settings.corpus)]
    runs = [path for path in paths if (path / "documents.jsonl").is_file()]
    inputs, errors = find_inputs([path for path in paths if path not in runs])
    gathered: Gathered[R] = Gathered([], [Failure(str(error)) for error in errors])
    texts: set[str] = set()
    ids: set[str] = set()

    def add(source: Source, sha256: str, records: Sequence[R]) -> None:
        if sha256 in texts:
            return
        if source.doc_id in ids:
            raise InputError(f"two different texts are called {source.doc_id}; process them in one run")
        texts.add(sha256)
        ids.add(source.doc_id)
        gathered.documents.append((source, tuple(records)))

    for run in runs:
        require_run(run)
        found: dict[str, list[R]] = {}
        for record in read_rows(run / f"{KINDS[kind]}.jsonl", kind):
            found.setdefault(record.doc_id, []).append(record)
        for row in read_rows(run / "documents.jsonl", _Row):
            add(row, row.sha256, found.get(row.doc_id, []))
    # Metadata says whose the records are; no stage but those that need it requires it.
    only = ("metadata", KINDS[kind])
    recipe = Recipe.of(replace(settings, only=only))
    processed: dict[Input, Document | Failure] = {}
    for done, (item, outcome) in enumerate(process_all(inputs, recipe, settings), start=1):
        processed[item] = outcome if isinstance(outcome, Failure) else unpack_document(outcome.document, item.path)
        progress(done, len(inputs), item.path)
    for item in inputs:
        doc = processed[item]
        if isinstance(doc, Failure):
            gathered.failures.append(doc)
        else:
            add(source_of(doc), text_hash(doc.text), getattr(doc, KINDS[kind]))
    return gathered
