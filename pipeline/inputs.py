"""The texts that a run is given: files, and folders searched for texts, each with its document id.

A text is a file whose name ends in .txt or .md. Hidden files are passed over, and so are the companions
of a text: NAME.meta.json and NAME.original.txt belong to NAME.txt and are none themselves.

A document's id is stable and readable: a file's stem, for a file in a folder that was given its path
below that folder; a text that is named for its own folder (``NAME/NAME.txt``, as in the corpus) has
the folder's. Of two that would be equal the later one gets a number.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import msgspec

from pipeline.errors import InputError

SUFFIXES = (".txt", ".md")


class Input(msgspec.Struct, frozen=True):
    """A text to be read, and the id that its document gets."""

    path: str  #: as given
    doc_id: str


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
            real = os.path.realpath(text)
            if real not in seen:
                seen.add(real)
                doc_id = _distinct(name, taken)
                taken.add(doc_id)
                inputs.append(Input(str(text), doc_id))
    return inputs, errors


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


def _texts(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_dir():
        found = sorted(_below(path), key=lambda text: text.relative_to(path).as_posix())
        if not found:
            raise InputError(f"{path}: no text in this folder; texts end in {' or '.join(SUFFIXES)}")
        for text in found:
            yield text, document_name(text.relative_to(path))
    elif path.exists():
        yield path, path.stem
    else:
        raise InputError(f"{path}: no such file or folder")


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files if is_text(PurePath(name)))


def _distinct(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
