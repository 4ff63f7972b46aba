"""Files wherever fsspec opens them: local folders by their paths, others by their URLs (``s3://bucket/folder``).

Which account and which address a store has is said by the environment or fsspec's own configuration, on every
machine by itself, and never passed on.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import msgspec

from pipeline.errors import GongbaoError, InputError, StorageError
from pipeline.writing import write_file

T = TypeVar("T")

_MARKS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")


class Found(msgspec.Struct, frozen=True):
    """A file as the listing of its folder shows it."""

    url: str
    name: str  #: below the folder that was listed
    mark: str  #: another one when the file is another: its size, and its ETag or the time of its last change


def is_url(name: str) -> bool:
    """Whether `name` is a URL, not a path."""
    return "://" in name


def full(name: str) -> str:
    """Return the URL or absolute path that `name` stands for; one of ``file://`` is a path."""
    if is_url(name) and not name.startswith(("file://", "local://")):
        return name.rstrip("/")
    return str(Path(name.partition("://")[2] if is_url(name) else name).absolute())


def below(folder: str) -> list[Found]:
    """Return the files below `folder`, in the order of their names, none of them hidden; a file is its own folder.

    Raises StorageError where it cannot be listed; what does not exist has no files.
    """

    def found(file_system: Any, root: str) -> Iterator[Found]:
        file_system.invalidate_cache()
        for path, info in file_system.find(root, detail=True).items():
            name = path[len(root) :].strip("/") if path != root else PurePosixPath(path).name
            if info["type"] == "file" and not any(part.startswith(".") for part in name.split("/")):
                changed = next((info[mark] for mark in _MARKS if info.get(mark) is not None), "")
                changed = changed.isoformat() if isinstance(changed, datetime) else changed
                yield Found(_named(file_system, path), name, f"{info['size']} {changed}")

    return _on(folder, lambda file_system, root: sorted(found(file_system, root), key=lambda file: file.name))


def read(url: str) -> bytes:
    """Return what the file at `url` holds; raises StorageError, and InputError if there is none."""
    return _on(url, lambda file_system, path: bytes(file_system.cat_file(path)))


def read_all(urls: Iterable[str]) -> dict[str, bytes]:
    """Return what the files at `urls`, all of one store, hold; raises as `read` does."""
    wanted = list(urls)

    def contents(file_system: Any, _: str) -> dict[str, bytes]:
        paths = {file_system._strip_protocol(url): url for url in wanted}
        held = file_system.cat(list(paths)) if len(paths) > 1 else {path: file_system.cat_file(path) for path in paths}
        return {paths[path]: bytes(data) for path, data in held.items()}

    return _on(wanted[0], contents) if wanted else {}


def write(url: str, data: bytes) -> None:
    """Write the file at `url`: whole or not at all in a local folder, and in stores that put objects whole."""
    if not is_url(url):
        with _told(url):
            write_file(Path(url), data)
        return
    _on(url, lambda file_system, path: file_system.pipe_file(path, data))


def remove(urls: Iterable[str]) -> None:
    """Remove the files at `urls`, all of one store."""
    gone = list(urls)
    if gone:
        _on(gone[0], lambda file_system, _: file_system.rm([file_system._strip_protocol(url) for url in gone]))


def tidy(folder: str) -> None:
    """Remove what writers that were killed have left below `folder`, where nobody writes any more.

    Stores put objects whole and have nothing of the kind.
    """
    if not is_url(folder):
        with _told(folder):
            for path in Path(folder).glob("*/.*.*-*.tmp"):
                path.unlink(missing_ok=True)


def file_system(url: str) -> Any:
    """Return the file system of fsspec that opens `url`; raises StorageError."""
    return _on(url, lambda file_system, _: file_system)


def _on(url: str, act: Callable[[Any, str], T]) -> T:
    with _told(url):
        from fsspec.core import url_to_fs

        return act(*url_to_fs(url))


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Make one line of whatever goes wrong: each store has errors of its own."""
    try:
        yield
    except ImportError as error:
        raise StorageError(f"{url}: {error}; on the machines of the cluster too") from error
    except FileNotFoundError as error:  # no other try will find it
        raise InputError(f"{url}: no such file or folder") from error
    except GongbaoError as error:
        raise StorageError(str(error)) from error
    except Exception as error:
        said = " ".join(str(error).split()) or "no more is said"
        raise StorageError(f"{url}: {type(error).__name__}: {said}") from error


def _named(file_system: Any, path: str) -> str:
    name = str(file_system.unstrip_protocol(path))
    return name.removeprefix("file://") if name.startswith("file://") else name


def require_fsspec() -> None:
    """Raise InputError where there is no fsspec."""
    try:
        import fsspec  # noqa: F401  # whether it is there is all that is asked
    except ImportError as error:
        raise InputError("shards need fsspec; install gongbao[cluster]") from error
