"""What a clause leaves out, and what it leaves for the next: names, owners, shared verbs and heads, comparisons."""

from pipeline.claims.carrying.lists import read_header
from pipeline.claims.carrying.settling import settle
from pipeline.claims.carrying.state import Carried

__all__ = ["Carried", "read_header", "settle"]
