"""Slogans (提法): found, taken apart, and followed through a corpus."""

from pipeline.slogans.stage import Slogans

__all__ = ["Slogans"]
