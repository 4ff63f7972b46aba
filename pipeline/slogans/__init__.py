"""Slogans (提法): found, taken apart, and followed through a corpus."""

from pipeline.slogans.follow import Trail, flat_row, follow, shared_trails
from pipeline.slogans.linking import Explanations, link_members
from pipeline.slogans.meanings import Source, source_of
from pipeline.slogans.stage import Slogans

__all__ = [
    "Explanations",
    "Slogans",
    "Source",
    "Trail",
    "flat_row",
    "follow",
    "link_members",
    "shared_trails",
    "source_of",
]
