"""gongbao: claims, slogans and policy entities from Chinese government texts.

>>> from pipeline import find_quantities
>>> [q.quote for q in find_quantities("年用电量突破27亿千瓦时")]
['突破27亿千瓦时']
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.periods import find_periods
    from pipeline.quantities import find_quantities

__version__ = "0.1.0"
__all__ = ["__version__", "find_periods", "find_quantities"]

_HOMES = {"find_periods": "pipeline.periods", "find_quantities": "pipeline.quantities"}


def __getattr__(name: str) -> Any:
    """Import a public function when it is first asked for, so that `gongbao --help` needs no lexicon."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
