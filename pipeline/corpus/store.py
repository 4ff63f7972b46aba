"""The corpus on disk: documents come, change and go in single renames, one writer at a time.

A document comes into being by the renaming of one finished folder, so it is there wholly or not at all. A change to a
text makes the whole folder anew beside the old one; once the new one is called ``.ready-NAME`` the change will be
finished, by this process or by whichever takes the lock next. Unfinished folders (``.adding-…``) are swept away by
the next writer.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from pipeline.corpus.index import Catalog, Index, Row, stamp
from pipeline.document import Metadata
from pipeline.errors import InputError, MetadataError
from pipeline.metadata import Finding, known_metadata, read_metadata
from pipeline.reading import read_text
from pipeline.regex import Regex
from pipeline.writing import pretty, text_hash

# numpy is loaded where texts are compared, so that `gongbao list` is quick.
if TYPE_CHECKING:
    from pipeline.corpus.similarity import Overlap, Sketch

T = TypeVar("T")

_NOT_IN_NAMES = Regex(r"[\s/\\:*?\"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+")
_NAME_BYTES = 150  # with the longest suffix still below the 255 that file systems allow
_TRASH = ".trash"
_UNFINISHED = ".adding-"
_READY = ".ready-"
_OLD = ".old-"
VERSIONS = ".versions"


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A former state of a document, in the folder ``.versions/NUMBER`` of its own."""

    number: int
    replaced: str  #: day
    text_sha256: str


class Provenance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a text came from."""

    added: str  #: day, YYYY-MM-DD
    file: str  #: name of the file that was added
    encoding: str | None = None  #: of a text or page
    sha256: str  #: of the file's bytes
    text_sha256: str  #: of the text in UTF-8; two documents with the same are duplicates
    format: str = "text"
    url: str | None = None
    row: int | None = None  #: which row of a table, from 1
    note: str | None = None
    remarks: tuple[str, ...] = ()  #: what reading had to say
    detected: tuple[Finding, ...] = ()  #: metadata that were not given, and the words that say so
    versions: tuple[Version, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is to be put into the corpus, with its original."""

    name: str
    text: str
    data: bytes  #: the original
    suffix: str  #: of the original's file
    metadata: Metadata
    provenance: Provenance


class Corpus:
    """The corpus in the folder `root`, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._index = Index(root, self._read_row)
        self._locked = False
        self._held = ExitStack()  # the open index, while this process alone changes the corpus
        self._catalog: Catalog | None = None

    # -- reading ---------------------------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """Yield the names of the documents, in order."""
        if self.root.is_dir():
            with os.scandir(self.root) as entries:
                yield from sorted(entry.name for entry in entries if entry.name[0] != "." and entry.is_dir())

    def rows(self) -> list[Row]:
        """Return what is known of each document, in the order of names."""
        return self._ask(Catalog.rows)

    def _ask(self, question: Callable[[Catalog], T]) -> T:
        """Return what the index says; one that turns out to be broken is made anew."""
        try:
            with self._known() as catalog:
                return question(catalog)
        except sqlite3.DatabaseError:
            self.forget_index()
            with self._known() as catalog:
                return question(catalog)

    @contextmanager
    def _known(self) -> Iterator[Catalog]:
        """Yield the index as it is now; while the corpus is held for writing it stays open."""
        if not self._locked:
            with self._index.current(self.names()) as catalog:
                yield catalog
            return
        if self._catalog is None:
            self._catalog = self._held.enter_context(self._index.current(self.names()))
        yield self._catalog

    def _forget(self) -> None:
        """Close the index of before a change."""
        self._catalog = None
        self._held.close()

    def text_path(self, name: str) -> Path:
        """Return where the text of the document `name` stands."""
        return self._path(name, ".txt")

    def _path(self, name: str, suffix: str) -> Path:
        return self.root / name / f"{name}{suffix}"

    def metadata_path(self, name: str) -> Path:
        """Return where the metadata of the document `name` stand."""
        return self._path(name, ".meta.json")

    def require(self, name: str) -> None:
        """Raise InputError if there is no document `name`."""
        if name != valid_name(name) or not self.text_path(name).is_file():
            raise InputError(f"{self.root}: no document is called {name!r}")

    def provenance(self, name: str) -> Provenance | None:
        """Return where the document `name` came from; None for one that was put there by hand."""
        path = self._path(name, ".provenance.json")
        try:
            return msgspec.json.decode(path.read_bytes(), type=Provenance)
        except FileNotFoundError:
            return None
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: {error}") from error

    def original_path(self, name: str) -> Path | None:
        """Return where the original of the document `name` stands; None where that is the text itself."""
        found = sorted((self.root / name).glob("*.original*"))
        return next((path for path in found if path.name.startswith(f"{name}.original")), None)

    def _read_row(self, name: str, stamped: bytes) -> "tuple[Row, Sketch]":
        from pipeline.corpus.similarity import sketch

        text = read_text(self.text_path(name))
        try:
            provenance = self.provenance(name)
        except InputError:
            provenance = None  # `check` says so
        try:
            metadata = read_metadata(self.metadata_path(name))
        except MetadataError:
            metadata = Metadata()
        source = provenance.sha256 if provenance and provenance.row is None else ""
        return Row(name, stamped, text_hash(text), source, len(text), metadata), sketch(text)

    def twin(self, text: str, data_sha256: str = "") -> str | None:
        """Return the name of the document that has this text, or was made of these bytes, if there is one."""
        return self._ask(lambda catalog: catalog.named(text_hash(text), data_sha256))

    def overlaps(self, text: str, *, leave_out: str | None = None) -> "list[Overlap]":
        """Return what `text` has in common with documents of the corpus, where that is much; most first."""
        from pipeline.corpus.similarity import REPORT_SHARE, overlap, sketch

        near = self._ask(lambda catalog: catalog.near(sketch(text)))
        found = [overlap(name, text, read_text(self.text_path(name))) for name in near if name != leave_out]
        found = [one for one in found if max(one.of_new, one.of_old) >= REPORT_SHARE]
        return sorted(found, key=lambda one: (-one.resemblance, -one.of_new, one.name))

    # -- writing ---------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the corpus for writing while others wait; what a killed process left is settled first."""
        if self._locked:
            yield
            return
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / ".lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._locked = True
                try:
                    self._settle()
                    yield
                finally:
                    self._forget()
                    self._locked = False
        except OSError as error:  # a full disk, a corpus that is not to be written to
            raise InputError(f"{self.root}: {(error.strerror or str(error)).lower()}") from error

    def _settle(self) -> None:
        """Finish what is ready and remove what is not; the lock is held, so nobody is at work on it."""
        for path in self.leftovers():
            if path.name.startswith(_READY):
                self._finish(path)
            elif path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()

    def leftovers(self) -> list[Path]:
        """Return the files and folders of changes that are under way, or that a killed process left."""
        if not self.root.is_dir():
            return []
        with os.scandir(self.root) as entries:
            names = sorted(e.name for e in entries if e.name.startswith((_UNFINISHED, _READY, _OLD)))
        return [self.root / name for name in names]

    def put(self, entry: Entry) -> Path:
        """Add a document and return where its text stands; raises InputError for a duplicate or a taken name."""
        name = valid_name(entry.name)
        with self.writing():
            twin = self.twin(entry.text, entry.provenance.sha256 if entry.provenance.row is None else "")
            if twin is not None:
                raise InputError(f"the corpus has this text already, as {twin}")
            unfinished = self._made(name, entry)
            try:
                self._rename(unfinished, self.root / name)
            except OSError as error:
                if (self.root / name).exists():
                    raise InputError(f"{self.root / name} exists already; give another name with --name") from error
                raise
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
            found = stamp(str(self.root), name)
            if self._catalog is not None and found:
                try:
                    self._catalog.keep([self._read_row(name, found)])
                except sqlite3.Error:  # the document is there; the index is looked after when it is next asked
                    self._forget()
        return self.text_path(name)

    def free_name(self, name: str) -> str:
        """Return `name`, with a number behind it if it is taken."""
        name = valid_name(name)
        number, free = 2, name
        while (self.root / free).exists():
            free = f"{name}-{number}"
            number += 1
        return free

    def replace(self, name: str, entry: Entry) -> Path:
        """Give the document `name` a new text; what it was stays as a version. Raises InputError."""
        with self.writing():
            self.require(name)
            now = self.provenance(name)
            old_hash = text_hash(read_text(self.text_path(name)))
            if old_hash == text_hash(entry.text):
                raise InputError(f"{name} has this text already")
            versions = now.versions if now else ()
            number = max((version.number for version in versions), default=0) + 1
            today = datetime.date.today().isoformat()
            kept = (*versions, Version(number=number, replaced=today, text_sha256=old_hash))
            provenance = msgspec.structs.replace(entry.provenance, versions=kept)
            made = self._made(name, msgspec.structs.replace(entry, provenance=provenance))
            try:
                folder = self.root / name
                if (folder / VERSIONS).is_dir():
                    shutil.copytree(folder / VERSIONS, made / VERSIONS)
                shutil.copytree(folder, made / VERSIONS / str(number), ignore=shutil.ignore_patterns(VERSIONS))
                for path in sorted(folder.iterdir()):  # annotations and the like stay with the document
                    if path.name != VERSIONS and not _is_own(path.name, name):
                        (shutil.copytree if path.is_dir() else shutil.copy2)(path, made / path.name)
                _sync_tree(made)
                ready = self.root / f"{_READY}{name}"
                self._rename(made, ready)
            finally:
                shutil.rmtree(made, ignore_errors=True)
            self._finish(ready)
            self._forget()
        return self.text_path(name)

    def _finish(self, ready: Path) -> None:
        """Put the folder ``.ready-NAME`` into the place of NAME."""
        name = ready.name.removeprefix(_READY)
        folder, old = self.root / name, self.root / f"{_OLD}{name}"
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            self._rename(folder, old)
        self._rename(ready, folder)
        shutil.rmtree(old, ignore_errors=True)

    def edit(self, name: str, *, unset: Sequence[str] = (), **known: str | None) -> Metadata:
        """Change what is known of the document `name`, and return it; `unset` names fields that are to be empty."""
        with self.writing():
            self.require(name)
            metadata = known_metadata(read_metadata(self.metadata_path(name)), **known)
            fields = metadata.__struct_fields__
            for field in unset:
                if field not in fields:
                    raise MetadataError(f"no field is called {field!r}; there are: {', '.join(fields)}")
            metadata = msgspec.structs.replace(metadata, **dict.fromkeys(unset))
            for link in (metadata.version_of, metadata.excerpt_of):
                if link is not None:
                    self.require(link)
            self.rewrite(self.metadata_path(name), pretty(as_given(metadata)))
        return metadata

    def rewrite(self, path: Path, data: bytes) -> None:
        """Replace the file at `path` of a document by `data`, wholly or not at all."""
        with self.writing():
            # Written in the corpus's own folder, where the next writer finds what a killed one left.
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.root)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(unfinished).chmod(0o666 & ~_umask())
                self._rename(Path(unfinished), path)
            finally:
                Path(unfinished).unlink(missing_ok=True)
            self._forget()

    def remove(self, name: str) -> str:
        """Move the document `name` to the trash, and return what it is called there."""
        with self.writing():
            self.require(name)
            trash = self.root / _TRASH
            trash.mkdir(exist_ok=True)
            number = 1
            while (trash / f"{name}@{number}").exists():
                number += 1
            self._rename(self.root / name, trash / f"{name}@{number}")
            self._forget()
            return f"{name}@{number}"

    def trash(self) -> list[str]:
        """Return what is in the trash, in order: NAME@NUMBER, the higher number the later."""
        folder = self.root / _TRASH
        return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []

    def restore(self, name: str) -> Path:
        """Bring the document `name` (or NAME@NUMBER) back from the trash; raises InputError."""
        with self.writing():
            kept = self.trash()
            found = [one for one in kept if one == name or one.rpartition("@")[0] == name]
            if not found:
                raise InputError(
                    f"{self.root}: nothing in the trash is called {name!r}; there are: {', '.join(kept) or 'none'}"
                )
            last = max(found, key=lambda one: int(one.rpartition("@")[2]))
            wanted = last.rpartition("@")[0]
            if (self.root / wanted).exists():
                raise InputError(f"{self.root / wanted} exists already; remove or rename it first")
            self._rename(self.root / _TRASH / last, self.root / wanted)
            self._forget()
        return self.text_path(wanted)

    def forget_index(self) -> None:
        """Remove the index, which the next use makes anew."""
        self._forget()
        self._index.drop()

    def _made(self, name: str, entry: Entry) -> Path:
        """Return a folder, under a hidden name, with all the files of a document on the disk."""
        stored = entry.text.encode()
        files = {
            f"{name}.txt": stored,
            f"{name}.meta.json": pretty(as_given(entry.metadata)),
            f"{name}.provenance.json": pretty(entry.provenance),
        }
        if entry.data != stored:
            files[f"{name}.original{entry.suffix}"] = entry.data
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.root))
        try:
            unfinished.chmod(0o777 & ~_umask())
            for file_name, content in files.items():
                with (unfinished / file_name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            _sync(unfinished)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return unfinished

    def _rename(self, old: Path, new: Path) -> None:
        old.rename(new)  # fails where `new` is there and not empty
        for folder in {old.parent, new.parent}:
            _sync(folder)


def provenance_of(data: bytes, text: str, file: str, **more: Any) -> Provenance:
    """Return the provenance of a text made of `data` today."""
    return Provenance(
        added=datetime.date.today().isoformat(),
        file=file.encode(errors="replace").decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=text_hash(text),
        **more,
    )


def valid_name(name: str) -> str:
    """Return `name` without white space and what file systems forbid, not hidden, composed (NFC) and not too long."""
    cleaned = unicodedata.normalize("NFC", name.encode(errors="replace").decode())
    cleaned = _NOT_IN_NAMES.sub("-", cleaned).strip("-.")
    cleaned = cleaned.encode()[:_NAME_BYTES].decode(errors="ignore").strip("-.")
    if not cleaned:
        raise InputError(f"{name!r} cannot be a document's name; give another with --name")
    return cleaned


def as_given(metadata: Metadata) -> dict[str, str]:
    """Return the fields of `metadata` that are known."""
    return {field: value for field, value in msgspec.structs.asdict(metadata).items() if value is not None}


def _is_own(file_name: str, name: str) -> bool:
    return file_name in (f"{name}.txt", f"{name}.meta.json", f"{name}.provenance.json") or file_name.startswith(
        f"{name}.original"
    )


def _sync(folder: Path) -> None:
    """Have the entries of `folder` on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for parent, _, files in os.walk(folder):
        for name in files:
            with Path(parent, name).open("rb") as file:
                os.fsync(file.fileno())
        _sync(Path(parent))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
