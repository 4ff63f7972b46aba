"""The members that a text enumerates for a slogan."""

from pipeline.document import Document, Member
from pipeline.slogans.numerals import Declared
from pipeline.slogans.unquoted import Found


def find_members(doc: Document, found: Found) -> tuple[Member, ...]:
    return ()


def expansion(declared: Declared, members: tuple[Member, ...]) -> str:
    """Say whether `members` are as many as `declared`: ``complete``, ``mismatch``, or ``none``."""
    if not members:
        return "none"
    total = sum(n or 0 for n in declared) if isinstance(declared, list) else declared
    return "complete" if total == len(members) else "mismatch"
