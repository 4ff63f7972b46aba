"""Periods (being written)."""
import datetime
from pipeline.document import Period
def find_periods(text: str, reference: datetime.date) -> list[Period]:
    return []
class Periods:
    name = "periods"; description = "time expressions, resolved"; requires = ("view", "metadata"); assigns = "periods"
    example = "去年上半年"
    def find(self, doc):
        return find_periods(doc.view, doc.reference)
