"""The corpus: a folder of documents, each a folder of plain files; ``docs/corpus.md`` says how and why."""

from pipeline.corpus.store import Corpus, Entry, Provenance, Version, valid_name

__all__ = ["Corpus", "Entry", "Provenance", "Version", "valid_name"]
