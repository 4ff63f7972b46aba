"""The formats that a review is exported to and imported from, in the one table that declares them."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import msgspec

from pipeline.errors import InputError
from pipeline.review.exchange.entries import Export, Refused, Row


class Format(msgspec.Struct, frozen=True):
    """A format: what files of it are called, and the module with its `write` and `read`."""

    name: str
    suffix: str  #: of its files; empty for a folder
    module: str
    about: str

    @property
    def write(self) -> Callable[[Export, Path, str], None]:
        """Write an export to a path, in a language where the format has words for readers."""
        function: Callable[[Export, Path, str], None] = self._module().write
        return function

    @property
    def read(self) -> Callable[[Path], Iterator[Row | Refused]]:
        """Yield the entries at a path."""
        function: Callable[[Path], Iterator[Row | Refused]] = self._module().read
        return function

    def _module(self) -> ModuleType:
        return import_module(f"pipeline.review.exchange.{self.module}")


#: Imported when they are used: none of them needs the libraries of another.
FORMATS = (
    Format("excel", ".xlsx", "excel", "Excel, a sheet for each kind of record"),
    Format("csv", ".csv", "csv_file", "CSV, a row for each record"),
    Format("gold", "", "gold", "a folder of texts and annotations, for `gongbao eval` and `gongbao train`"),
    Format("labelstudio", ".json", "label_studio", "Label Studio's tasks, with its labelling configuration as .xml"),
    Format("webannotation", ".jsonld", "web_annotation", "W3C Web Annotation in JSON-LD"),
    Format("spacy", ".spacy", "docbin", "spaCy's DocBin"),
)


def format_of(path: Path, name: str | None = None) -> Format:
    """Return the format called `name`, or the one that files called like `path` have; raises InputError."""
    for known in FORMATS:
        if known.name == name or (name is None and known.suffix == path.suffix.lower()):
            return known
    if name is not None:
        raise InputError(f"no format is called {name!r}; there are: {', '.join(known.name for known in FORMATS)}")
    names = ", ".join(f"{known.suffix or 'a folder'} ({known.name})" for known in FORMATS)
    raise InputError(f"{path}: no format has names like this; there are: {names}")
