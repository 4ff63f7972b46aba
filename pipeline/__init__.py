"""gongbao: claims, slogans and policy entities from Chinese government texts.

>>> from pipeline import Document, Metadata, process
>>> doc = process(Document("2021年全市生产总值增长9.1%。", given=Metadata(region="山西省大同市")))
>>> [(claim.indicator, claim.value, claim.period, claim.region) for claim in doc.claims]
[('生产总值', Decimal('9.1'), '2021', '大同市')]

What is named in `__all__` is the public interface, on one page in ``docs/api.md``; it changes only as
the version says. Everything else may change with any release.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.collection import load_run
    from pipeline.document import (
        Claim,
        Document,
        Entity,
        Evidence,
        Member,
        Metadata,
        Period,
        Quantity,
        Sentence,
        Slogan,
        Token,
    )
    from pipeline.errors import GongbaoError, InputError
    from pipeline.extensions.loading import use_extensions
    from pipeline.periods import find_periods
    from pipeline.quantities import find_quantities
    from pipeline.reading import open_document
    from pipeline.spacy_components import to_spacy
    from pipeline.stages import process, select

__version__ = "1.0.0"
__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Evidence",
    "GongbaoError",
    "InputError",
    "Member",
    "Metadata",
    "Period",
    "Quantity",
    "Sentence",
    "Slogan",
    "Token",
    "__version__",
    "find_periods",
    "find_quantities",
    "load_run",
    "open_document",
    "process",
    "select",
    "to_spacy",
    "use_extensions",
]

_HOMES = {
    "document": (
        "Claim",
        "Document",
        "Entity",
        "Evidence",
        "Member",
        "Metadata",
        "Period",
        "Quantity",
        "Sentence",
        "Slogan",
        "Token",
    ),
    "collection": ("load_run",),
    "errors": ("GongbaoError", "InputError"),
    "extensions.loading": ("use_extensions",),
    "periods": ("find_periods",),
    "quantities": ("find_quantities",),
    "reading": ("open_document",),
    "spacy_components": ("to_spacy",),
    "stages": ("process", "select"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `gongbao --help` needs no lexicon."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"pipeline.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
