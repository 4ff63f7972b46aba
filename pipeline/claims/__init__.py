"""Numeric claims: one quantity of one indicator, for a period, in a region, as a fact or a target."""

from pipeline.claims.extraction import Claims

__all__ = ["Claims"]
