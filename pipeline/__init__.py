"""gongbao: claims, slogans and policy entities from Chinese government texts.

>>> from pipeline import find_quantities
>>> [q.quote for q in find_quantities("年用电量突破27亿千瓦时")]
['突破27亿千瓦时']
"""

from pipeline.periods import find_periods
from pipeline.quantities import find_quantities

__version__ = "0.1.0"
__all__ = ["__version__", "find_periods", "find_quantities"]
