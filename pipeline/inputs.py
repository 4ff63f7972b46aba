"""The texts that a run is given: files, and folders searched for texts, each with its document id.

A text is a file whose name ends in .txt or .md, or a row of a file of many documents (:mod:`pipeline.shards`). Hidden
files are passed over, and so are the companions of a text: NAME.meta.json and NAME.original.txt belong to NAME.txt and
are none themselves; and in folders files of rows that are no documents, such as the records of a run.

A document's id is stable and readable: a file's stem, for a file in a folder that was given its path
below that folder; a text that is named for its own folder (``NAME/NAME.txt``, as in the corpus) has
the folder's; a row's is its own. Of two that would be equal the later one gets a number.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from pipeline.errors import InputError
from pipeline.shards import holds_documents, is_shard, listed, note_id

log = logging.getLogger(__name__)

SUFFIXES = (".txt", ".md")
_CONVERTIBLE = ("docx", "html", "office", "pdf")  # formats of one text each, which `gongbao add` brings into the corpus
NO_UNICODE = "{}: the name is not UTF-8; rename it, or set a locale of UTF-8 (LC_ALL=C.UTF-8)"


class Input(msgspec.Struct, frozen=True):
    """A text to be read, and the id that its document gets."""

    path: str  #: as given
    doc_id: str
    row: int | None = None  #: where it begins in a file of many documents, see shards.row_at

    @property
    def place(self) -> str:
        """What it is called in messages."""
        return self.path if self.row is None else f"{self.path}: {self.doc_id}"


def find_inputs(paths: Iterable[Path]) -> tuple[list[Input], list[InputError]]:
    """Return the texts behind `paths`, each once, in the given order and by path within a folder; and what is wrong."""
    inputs: list[Input] = []
    errors: list[InputError] = []
    seen: set[str] = set()
    taken: set[str] = set()
    for path in paths:
        try:
            found = list(_texts(path))
        except InputError as error:
            errors.append(error)
            continue
        for text, name in found:
            if not is_unicode(str(text)):
                errors.append(InputError(NO_UNICODE.format(text)))
                continue
            real = os.path.realpath(text)
            if real in seen:
                continue
            seen.add(real)
            for doc_id, row in _rows(text, errors) if is_shard(text.name) else ((name, None),):
                taken.add(unlike := distinct(doc_id, taken))
                inputs.append(Input(str(text), unlike, row))
    return inputs, errors


def _rows(path: Path, errors: list[InputError]) -> Iterator[tuple[str, int]]:
    """Yield the id of each document in the file at `path`, and where it begins; say what is wrong with the others."""
    ids: dict[str, str] = {}
    row = None
    try:
        for row in listed(path):
            try:
                if row.doc_id is None:
                    raise InputError(row.wrong)
                note_id(row.doc_id, row.place, ids)
            except InputError as error:
                errors.append(InputError(f"{path}:{row.place}: {error}"))
            else:
                yield row.doc_id, row.begin
        if row is None:
            raise InputError(f"{path}: no document in this file")
    except InputError as error:
        errors.append(error)


def is_unicode(name: str) -> bool:
    """Whether the name of a file can be written to other files: it has letters, no bytes of another encoding."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def document_name(relative: PurePath) -> str:
    """Return the id of the text at `relative`, a path below the folder that was given."""
    stem = relative.with_suffix("")
    if stem.parent.name == stem.name:
        stem = stem.parent
    return stem.as_posix()


def is_text(path: PurePath) -> bool:
    """Whether a file of that name is a text, not a companion of one and not hidden."""
    return (
        path.suffix.lower() in SUFFIXES
        and not path.name.startswith(".")
        and not path.stem.endswith((".original", ".meta"))
    )


def _is_shard_of_texts(path: Path) -> bool:
    return is_shard(path.name) and not path.name.startswith(".") and holds_documents(path)


def _texts(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_dir():
        files = sorted(_below(path), key=lambda file: file.relative_to(path).as_posix())
        found = [file for file in files if is_text(file) or _is_shard_of_texts(file)]
        read = {file.with_suffix("") for file in found}
        others = [file for file in files if _is_convertible(file) and file.with_suffix("") not in read]
        if not found:
            ending = f"; {_to_be_added(path, others)}" if others else ""
            raise InputError(f"{path}: no text in this folder; texts end in {' or '.join(SUFFIXES)}{ending}")
        if others:
            log.warning("%s: passed over %s", path, _to_be_added(path, others))
        for text in found:
            yield text, document_name(text.relative_to(path))
    elif not path.exists():
        raise InputError(f"{path}: no such file or folder")
    else:
        require_plain(path)
        yield path, path.stem


def require_plain(path: PurePath) -> None:
    """Raise InputError where the name of a file says that it holds a text in another form, such as a PDF."""
    if _is_convertible(path):
        raise InputError(f"{path}: not a plain text; `gongbao add {path}` puts its text into the corpus")


def _is_convertible(path: PurePath) -> bool:
    from pipeline.ingest.formats import SUFFIXES as FORMATS  # here, for the processing of texts needs no formats

    return (
        any(path.suffix.lower() in FORMATS[kind] for kind in _CONVERTIBLE)
        and not path.name.startswith((".", "~"))
        and not path.stem.endswith(".original")
    )


def _to_be_added(folder: Path, files: Sequence[Path]) -> str:
    """Say of files that hold texts in other forms how they can be had."""
    endings = ", ".join(sorted({file.suffix.lower() for file in files}))
    what = f"1 file ({endings})" if len(files) == 1 else f"{len(files)} files ({endings})"
    return f"{what}; `gongbao add {folder}` puts the text of such files into the corpus"


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files)


def distinct(name: str, taken: set[str]) -> str:
    """Return `name`, with a number behind it if it is `taken`."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
