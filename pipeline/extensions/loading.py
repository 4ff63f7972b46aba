"""Extensions found: the files and folders that the settings name, and the packages that are installed."""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint, distributions
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.extensions.content import Extensions, Installed, Part, use

_DATA = "gongbao.extensions"  #: entry points that name a package with files of data
_EXTRACTORS = "gongbao.extractors"  #: entry points that name a function from a document to records


def use_extensions(paths: Sequence[str] = ()) -> Extensions:
    """Use the extensions at `paths` and those that are installed, and no others, from now on; return their contents.

    A path is a TOML file or a folder of them (see docs/extending.md). Raises SettingsError for what is not there,
    DataError for an entry that cannot be taken, with its file, line and reason; then none is in use.
    """
    extensions = load_extensions(paths)
    use(extensions)
    if extensions != Extensions():
        from pipeline.extensions.checking import check  # with all tables, for those who extend them

        try:
            check()
        except Exception:
            use(Extensions())
            raise
    return extensions


def load_extensions(paths: Sequence[str] = ()) -> Extensions:
    """Return the contents of the files at `paths` (TOML files, or folders of them) and of the packages installed.

    Raises SettingsError for a path with nothing to read, and for a package that cannot be imported.
    """
    points = _points()
    parts = [part for point in points if point.group == _DATA for part in _packaged(point)]
    parts += [part for path in paths for part in _below(Path(path))]
    return Extensions(tuple(parts), tuple(_installed(point) for point in points if point.group == _EXTRACTORS))


def _points() -> list[EntryPoint]:
    """Return the entry points of extensions, each once, in order."""
    found = (point for package in distributions() for point in package.entry_points)
    by_name = {(p.name, p.group, p.value): p for p in found if p.group in (_DATA, _EXTRACTORS)}
    return [by_name[name] for name in sorted(by_name)]


def _below(path: Path) -> Iterator[Part]:
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not found:
        raise SettingsError(f"extensions: {path}: no .toml file in this folder")
    for file in found:
        yield _part(file.stem, str(file), file)


def _packaged(point: EntryPoint) -> Iterator[Part]:
    try:
        folder = files(point.value)
        found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    except Exception as error:  # whatever somebody's package raises when it is imported
        raise _broken(point, error) from error
    for file in found:
        yield _part(point.name, f"{point.value}/{file.name}", file)


def _part(extension: str, name: str, file: Traversable) -> Part:
    try:
        return Part(extension, name, file.read_bytes().decode().replace("\r\n", "\n"))
    except OSError as error:
        raise SettingsError(f"extensions: {name}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"extensions: {name}: not UTF-8: {error}") from error


def _installed(point: EntryPoint) -> Installed:
    package = point.dist
    return Installed(
        kind=point.name,
        function=point.value,
        package=package.name if package else "",
        version=package.version if package else "",
        code=_code(point),
    )


def _code(point: EntryPoint) -> str:
    """Return a hash of the package that an entry point names, whose version may stay while somebody works on it."""
    whole = hashlib.blake2b(digest_size=16)
    try:
        for file in _python_files(files(point.module.partition(".")[0])):
            whole.update(file.read_bytes())
    except Exception as error:  # whatever somebody's package raises when it is imported
        raise _broken(point, error) from error
    return whole.hexdigest()


def _python_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _python_files(entry)
        elif entry.is_file() and entry.name.endswith((".py", ".so", ".toml", ".json")):
            yield entry


def _broken(point: EntryPoint, error: Exception) -> SettingsError:
    package = f" of the package {point.dist.name}" if point.dist else ""
    return SettingsError(f"the extension {point.name}{package} cannot be read: {type(error).__name__}: {error}")
