"""What a quantity measures, and the header of the list that it stands in."""

import msgspec

from pipeline.claims.clauses import Slot
from pipeline.claims.reading import Reading


class Header(msgspec.Struct, frozen=True):
    """What the sentence before a list says for its items (1957年的产量比1952年增长的情况如下：)."""

    head: str  #: the statistical head that the items' names lack
    offset: int  #: where it ends in the view; the period that rules there rules the items
    compared: str | None = None  #: the period that they are compared with
    whole: str = ""  #: what the items are parts of (基本建设投资…是这样分配的：)
    unit: str | None = None  #: of that whole


class Measure(msgspec.Struct):
    """What one quantity measures."""

    slot: Slot
    reading: Reading
    name: str  #: coded, "" where it is elided
    kind: str
    direction: str | None = None
    basis: str | None = None  #: coded words
    basis_slot: Slot | None = None  #: the slot in whose clause `basis` stands, if not this one
    start: Slot | None = None  #: for the earlier of a from–to pair: the slot that says when, itself by default
    region: str | None = None
    abroad: bool = False  #: whether it is told of another country, which has plans and years of its own
    aim: bool = False  #: whether the figure is said to be an aim (低于8%的预定目标)
    part: bool = False  #: whether it is a part of what was named before (其中半数…)
    comparator: str | None = None  #: where a verb says it (接近…的一半), else the quantity's own
    frame: str = ""  #: coded words of what the sentence compares with (1992年同1987年相比，…)
    frame_slot: Slot | None = None
    began: str | None = None  #: for an undated start: the year that the from–to before it starts from
    since: str | None = None  #: for a yearly change: the year that the change before it counts from
    header: Header | None = None  #: of the list that the sentence is an item of
    nth: tuple[int, int] | None = None  #: its place in a row of values of one name, from 0, and how many there are
    foreseen: bool = False  #: whether it says, or goes on from one that says, what will be
    intended: bool = False  #: whether its clause, or one that it goes on, promises
    stands: bool = False  #: whether it is so, whatever is to be done (14亿人民将…; 占有九成核武器的国家应当…)
    rule: str = ""
