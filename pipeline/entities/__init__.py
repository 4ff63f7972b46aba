"""Policy entities: who and what a government text names, under one canonical name.

Several sources propose names (`lexicon`, `builder`, `organs`, `quoted`, `persons`, places, and the
statistical `recogniser`), each as a `Candidate`; `decision` keeps the longest names that do not cross.
"""

from pipeline.entities.listing import Listing, list_entities, listing_row
from pipeline.entities.stage import Entities

__all__ = ["Entities", "Listing", "list_entities", "listing_row"]
