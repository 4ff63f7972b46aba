"""What the clauses of a paragraph that were read so far leave for the next."""

from decimal import Decimal

import msgspec

from pipeline.claims.clauses import Slot
from pipeline.claims.measure import Header
from pipeline.regex import Regex

_LAST_SHARE = Regex(
    "(?:^|，|；)(?:[^，；]{0,8}?(?:提高|降低|增加|扩大)了?)?(?P<share>[^，；。]{2,36}(?:比重|比例))[。；！]*$"
)


class About(msgspec.Struct):
    """The thing and the place that a passage tells of, as far as one was named."""

    thing: str = ""
    place: str | None = None
    opens: bool = False  #: whether a clause opens with it, as with its subject
    surveyed: bool = False  #: whether all that the sentence says is said of the thing (据50个企业的统计，…)
    abroad: bool = False  #: whether the place is another country
    lasts: bool = False  #: whether the place was named in a clause of its own, and holds for all that follows
    read_to: int = -1  #: so far the text was read, in the view
    home: str | None = None  #: the province or town that the paragraph opens with, in a text of the nation
    at_home: bool = False  #: whether it was looked for


class Amount(msgspec.Struct, frozen=True):
    """An amount that was told."""

    name: str
    unit: str | None
    value: Decimal
    part: bool  #: whether it was told as a part of another


class Total(msgspec.Struct, frozen=True):
    """A total whose parts are being told (其中…), with what they share with it."""

    name: str
    unit: str | None
    begins: str  #: the verb of doing that its name begins with
    head: str  #: what measures it


class Carried(msgspec.Struct):
    """What the clauses of a paragraph that were read so far leave for the next."""

    names: list[str] = []  #: of all measures so far, newest last
    sentence_from: int = 0  #: how many names there were when the sentence began
    kinds: list[str] = []
    counted: str = ""  #: the last name that is no part of one before it (设备9台，其中进口的3台；…)
    added: bool = False  #: whether the last was added to the one before it (加上自筹资金1亿元)
    part_told: bool = False  #: whether the last was such a part
    among: bool = False  #: whether the last were those among whom some are told of next (职工8万人中，…)
    region: str | None = None
    supposed: bool = False  #: whether the sentence only supposes
    foreseen: bool = False  #: whether the clause says what will be
    intended: bool = False  #: whether the clause promises (着力建设A5个，B3个)
    prefix: str = ""  #: the verb of doing that the coordination shares (新增A5家、B9家)
    change: str | None = None  #: the direction that the coordination shares (净增A5家、B9家)
    owner: str = ""  #: the thing that the clauses before are about
    compared: str = ""  #: what the last change is compared with
    compared_slot: Slot | None = None
    direction: str | None = None  #: of the last measure
    unit: str | None = None  #: of the last measure
    head: str = ""  #: the statistical head that names of the sentence share
    header: Header | None = None  #: of the list that the paragraph may be an item of
    held: str = ""  #: what a clause goes on with behind a circumstance (出口在运价下降3%的情况下增长2%)
    said: str = ""  #: the sentence before, where it states no quantity
    announced: str = ""  #: what the words before a colon say was done to all that the sentence then lists
    announced_at: int = -1  #: where that colon stands, in the view
    listed: bool = False  #: whether this sentence is an item of that list
    in_list: bool = False  #: whether the paragraph announces that list or is an item of it
    item: str = ""  #: the name of that item
    pointed: str = ""  #: the share that the sentence before ended with (…提高了住宅投资的比重。这个比重…)
    traded: bool = False  #: whether the sentence speaks of goods that were sold or used, not made
    start: Slot | None = None  #: the earlier slot of the sentence's first from–to, or the last that says when
    began: str | None = None  #: the year that the paragraph's last dated from–to starts from
    frame: str = ""  #: what the changes of the sentence are compared with (1992年同1987年相比，…)
    frame_slot: Slot | None = None
    on_year: str = ""  #: the words of the sentence by which a change is one on the year before
    on_year_slot: Slot | None = None
    since: str | None = None  #: the year that the last change counts from
    since_words: str = ""
    since_slot: Slot | None = None
    whole: str = ""  #: what the last share is a part of
    part: str = ""  #: the part that the last share is
    rate: str = ""  #: the rate or price that the sentence says to be changed (提高收购价，早稻…，小麦…)
    row: list[str] = []  #: the names of the coordination that the last measure ends
    row_head: str = ""  #: the head that the parts of a row of shares have (教育投资占4成，交通建设占3成)
    about: About = msgspec.field(default_factory=About)  #: the thing and the place that the passage tells of
    deeds: str = ""  #: what the deeds behind 其中 were done to (取消下放事项600项，其中取消400项、下放200项)
    amounts: list[Amount] = []  #: of the sentence so far, newest last
    total: Total | None = None  #: whose parts are being told (新增装机容量…，其中水电…、核电…)

    @property
    def told(self) -> list[str]:
        """The names of the measures of the sentence so far."""
        return self.names[self.sentence_from :]

    @property
    def begins(self) -> bool:
        """Whether the sentence has named no measure yet."""
        return len(self.names) == self.sentence_from

    @property
    def last(self) -> str:
        """The name of the measure before, "" if there is none."""
        return self.names[-1] if self.names else ""

    def begin_sentence(self, goes_on: bool) -> None:
        """Forget what does not reach over the end of a sentence; `goes_on`: it begins with 其中."""
        self.intended = self.foreseen = self.supposed = False
        self.prefix, self.change, self.owner, self.sentence_from = "", None, "", len(self.names)
        self.compared, self.compared_slot, self.start, self.listed = "", None, None, False
        self.item, self.traded, self.announced = "", False, ""
        self.on_year, self.on_year_slot, self.row_head, self.rate = "", None, "", ""
        self.total, self.among = None, False
        if not goes_on:
            self.amounts = []
            self.since_words, self.since_slot = "", None
            self.frame, self.frame_slot, self.since, self.head, self.whole, self.part = "", None, None, "", "", ""

    def end_sentence(self, sentence: str) -> None:
        """Note what a sentence ends with that the next may point back to."""
        ends = sentence.rstrip("。；！").endswith(("比重", "比例"))
        found = _LAST_SHARE.search(sentence) if ends else None
        self.pointed = found["share"] if found else ""
