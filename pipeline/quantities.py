"""Quantities (being written)."""
from pipeline.document import Quantity
def find_quantities(text: str) -> list[Quantity]:
    return []
class Quantities:
    name = "quantities"; description = "numbers with unit and comparator"; requires = ("view",); assigns = "quantities"
    example = "突破27亿千瓦时"
    def find(self, doc):
        return find_quantities(doc.view)
