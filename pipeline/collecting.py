"""How often Python looks for garbage that refers to itself: seldom, for what is made of texts hardly ever does.

What a run keeps are trees of a million objects. To go through them all each time that they have grown by a quarter,
as Python does by default, takes a tenth of its time and finds nothing.
"""

import gc

NEW = 50_000  #: objects that have come to be before those are looked through
YOUNG = 10  #: times that happens before what outlived it is
ALL = 100  #: and times that, before everything is: memory stays bounded in a process that runs for days


def collect_seldom() -> None:
    """Set so for this process."""
    gc.set_threshold(NEW, YOUNG, ALL)
