"""Slogans (提法): found, taken apart, and followed through a corpus."""

from pipeline.slogans.follow import Source, Trail, flat_row, follow, source_of
from pipeline.slogans.stage import Slogans

__all__ = ["Slogans", "Source", "Trail", "flat_row", "follow", "source_of"]
