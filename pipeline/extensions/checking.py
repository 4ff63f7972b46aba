"""Whether every table takes what the extensions in use add to it."""

from pipeline.extensions.content import KINDS, entries
from pipeline.extensions.rules import rules


def check() -> None:
    """Raise DataError or SettingsError for the first entry or extractor of the extensions in use that is wrong."""
    from pipeline.entities.lexicon import known_names
    from pipeline.extensions.extractors import extractors
    from pipeline.indicators import indicators
    from pipeline.slogans.knowledge import formulations
    from pipeline.units import units

    for kind in KINDS:
        entries(kind)
    units()
    indicators()
    formulations()
    known_names()
    rules()
    extractors()
