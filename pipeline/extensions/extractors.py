"""Extractors of other packages: functions from a document to records of a kind of their own."""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

import msgspec

from pipeline.document import Document, Record
from pipeline.errors import SettingsError
from pipeline.extensions.content import Installed, extensions_in_use, when_used
from pipeline.writing import record_row

_KIND = re.compile("[a-z][a-z_]{0,40}")
#: What stands in a run's folder, or in a document, under a name already.
_TAKEN = frozenset(("documents", "run", "keywords", "topics", "report", "text", "source", "given", "reference"))


class Extractor:
    """A stage that calls the function of a package; its records are checked before they are taken."""

    requires = ("view", "metadata", "sentences", "quantities", "periods", "slogans", "claims", "entities")
    assigns = "others"
    example = ""

    def __init__(self, installed: Installed, function: Callable[[Document], Iterable[Record]]) -> None:
        self.name = installed.kind
        self.description = f"of {installed.package} {installed.version}"
        self._installed = installed
        self._function = function

    def find(self, doc: Document) -> Iterator[dict[str, object]]:
        """Yield the records of `doc` as they are written, in text order."""
        found = list(self._function(doc))
        for record in found:
            if not isinstance(record, Record):
                raise TypeError(f"{self._installed.function} gives {type(record).__name__}, not records")
            if doc.text[record.start : record.end] != record.quote or not record.quote:
                raise ValueError(f"{record.quote!r:.40} does not stand at [{record.start}, {record.end})")
        for record in sorted(found, key=lambda record: (record.start, record.end)):
            fields: dict[str, object] = msgspec.to_builtins(record_row(record))
            yield {**fields, "extension": self.name}


@when_used
def extractors() -> tuple[Extractor, ...]:
    """Return the extractors in use; raises SettingsError for one that cannot be had."""
    from pipeline.stages import own_stages

    taken = _TAKEN | {stage.assigns for stage in own_stages()}
    found = []
    for installed in extensions_in_use().extractors:
        told = f"the extractor {installed.kind} of the package {installed.package}"
        if not _KIND.fullmatch(installed.kind) or installed.kind in taken or hasattr(Document(""), installed.kind):
            raise SettingsError(f"{told}: its name must be a new one, of small letters and _")
        taken |= {installed.kind}
        module, _, name = installed.function.partition(":")
        try:
            function = import_module(module)
            for part in name.split("."):
                function = getattr(function, part)
        except Exception as error:  # whatever somebody's package raises when it is imported
            raise SettingsError(f"{told} cannot be imported: {type(error).__name__}: {error}") from error
        if not callable(function):
            raise SettingsError(f"{told}: {installed.function} is no function")
        found.append(Extractor(installed, function))
    return tuple(found)
