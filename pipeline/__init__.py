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

__version__ = "1.1.0"
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

#: The modules of what is not in pipeline.document.
_HOMES = {
    "GongbaoError": "errors",
    "InputError": "errors",
    "find_periods": "periods",
    "find_quantities": "quantities",
    "load_run": "collection",
    "open_document": "reading",
    "process": "stages",
    "select": "stages",
    "to_spacy": "spacy_components",
    "use_extensions": "extensions.loading",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `gongbao --help` needs no lexicon."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"pipeline.{_HOMES.get(name, 'document')}"), name)
