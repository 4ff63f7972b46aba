r"""The corpus: a folder of documents, each a folder of plain files.

::

    corpus/NAME/NAME.txt               the text: UTF-8, line ends \n
    corpus/NAME/NAME.meta.json         what is known of it (title, date, issuer, region, genre, url)
    corpus/NAME/NAME.provenance.json   where it came from, and the hashes that find a duplicate
    corpus/NAME/NAME.original.EXT      the file it was made from, if that has other bytes than NAME.txt

A document comes into being by the renaming of one folder, so it is there wholly or not at all.
"""

import datetime
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline.document import Metadata
from pipeline.errors import InputError
from pipeline.metadata import companion, known_metadata, read_metadata
from pipeline.reading import decode_file, read_text
from pipeline.writing import pretty, text_hash

_NOT_IN_NAMES = re.compile(r"[\s/\\:*?\"<>|\x00-\x1f\x7f]+")
_NAME_BYTES = 150  # with the longest suffix still below the 255 that file systems allow


class Provenance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a text came from."""

    added: str  #: day, YYYY-MM-DD
    file: str  #: name of the file that was added
    encoding: str
    sha256: str  #: of the file's bytes
    text_sha256: str  #: of the text in UTF-8; two documents with the same are duplicates
    note: str | None = None


class Corpus:
    """The corpus in the folder `root`, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> Iterator[str]:
        """Yield the names of the documents, in order."""
        if self.root.is_dir():
            with os.scandir(self.root) as entries:
                yield from sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("."))

    def text_path(self, name: str) -> Path:
        """Return where the text of the document `name` stands."""
        return self.root / name / f"{name}.txt"

    def find_text(self, text_sha256: str) -> str | None:
        """Return the name of the document whose text has that hash, if there is one."""
        return next((name for name in self.names() if self._text_hash(name) == text_sha256), None)

    def _text_hash(self, name: str) -> str | None:
        path = self.root / name / f"{name}.provenance.json"
        if path.is_file():
            try:
                return msgspec.json.decode(path.read_bytes(), type=Provenance).text_sha256
            except msgspec.MsgspecError as error:
                raise InputError(f"{path}: {error}") from error
        text = self.text_path(name)  # put there by hand
        return text_hash(read_text(text)) if text.is_file() else None

    def add(self, file: Path, name: str | None = None, **known: str | None) -> Path:
        """Add the plain text `file` and return where its text stands now.

        What is `known` of it (the fields of `Metadata`) wins over the ``NAME.meta.json`` beside the file. Raises
        InputError for a file that is no text, a duplicate and a name that is taken; MetadataError for a wrong date.
        """
        metadata = known_metadata(read_metadata(companion(file)), **known)
        text, encoding, data = decode_file(file)
        stored = text.encode()
        twin = self.find_text(text_hash(text))
        if twin is not None:
            raise InputError(f"{file}: the corpus has this text already, as {twin}")
        name = valid_name(name or file.stem)
        provenance = Provenance(
            added=datetime.date.today().isoformat(),
            file=file.name,
            encoding=encoding,
            sha256=hashlib.sha256(data).hexdigest(),
            text_sha256=text_hash(text),
        )
        files = {
            f"{name}.txt": stored,
            f"{name}.meta.json": pretty(_given(metadata)),
            f"{name}.provenance.json": pretty(provenance),
        }
        if data != stored:
            files[f"{name}.original{file.suffix}"] = data
        self._put(name, files)
        return self.text_path(name)

    def _put(self, name: str, files: dict[str, bytes]) -> None:
        """Make the folder `name` with `files` in it, under a hidden name first."""
        self.root.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".adding-", dir=self.root))
        try:
            unfinished.chmod(0o777 & ~_umask())
            for file_name, content in files.items():
                with (unfinished / file_name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            try:
                unfinished.rename(self.root / name)  # fails if it is there and not empty
            except OSError as error:
                raise InputError(f"{self.root / name} exists already; give another name with --name") from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def valid_name(name: str) -> str:
    """Return `name` without white space and what file systems forbid, not hidden and not too long."""
    cleaned = _NOT_IN_NAMES.sub("-", name).strip("-.")
    cleaned = cleaned.encode()[:_NAME_BYTES].decode(errors="ignore")
    if not cleaned:
        raise InputError(f"{name!r} cannot be a document's name; give another with --name")
    return cleaned


def _given(metadata: Metadata) -> dict[str, str]:
    return {field: value for field, value in msgspec.structs.asdict(metadata).items() if value is not None}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
