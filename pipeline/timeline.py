r"""The running context: which period rules at a place whose own sentence states none.

A work report says once what its figures hold for, in a heading (「一、2024年工作回顾」) or where a paragraph
opens (「过去五年，…」), and then lists them for pages. `Timeline` reads a document through once and keeps
that, so that the period of any figure can be asked for.

>>> from pipeline.document import Document, Metadata
>>> from pipeline.stages import process, select
>>> text = "一、2023年工作回顾\n粮食产量增长2%。\n二、今年工作安排\n新建学校8所，比2022年多3所，到2030年达到90所。"
>>> doc = Document(text, given=Metadata(date="2024-01-20", genre="政府工作报告"))
>>> timeline = Timeline(process(doc, select(("periods", "sentences"))))
>>> for words in ("2%", "8所", "3所", "90所"):
...     ruling = timeline.at(doc.view.index(words))
...     print(words, ruling.value, "to come" if ruling.future else "past", ruling.rule)
2% 2023 past heading
8所 2024 to come heading
3所 2024 to come heading
90所 ../2030 to come sentence
"""

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from pipeline.document import Document, Period, Sentence
from pipeline.errors import DataError
from pipeline.periods import form, looks_back_on, reference_of, shifted, years_of_title
from pipeline.regex import Regex
from pipeline.verbs import changing, leading

BASIS, FROM, TO, RULES, NAMED = "basis", "from", "to", "rules", "named"


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """The period that rules at a place.

    Under a span of years what was done over it has `value` (``2008/2012``), a state reached or still
    holding has `last_year` (``2012``), and the undated start of a from–to `start_before` (``2007``).
    For any other period `last_year` is `value`.
    """

    value: str | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    span: bool = False  #: several years
    last_year: str | None = None
    start_before: str | None = None
    future: bool = False  #: what is said here is planned or promised
    start: int = 0  #: view range of the words that say so; empty where the default rules
    end: int = 0
    rule: str = "default"  #: sentence, opening, heading or default


class Timeline:
    """The period that rules at each place of a document, and the part that each stated period plays."""

    def __init__(self, doc: Document) -> None:
        """Read through `doc`, which has its sentences and periods."""
        self._view = doc.view
        self._today = reference_of(doc)
        self._offsets: list[int] = []
        self._rulings: list[Ruling] = []
        self._roles: dict[int, str] = {}
        self._stated: int | None = None  # the year that the paragraph stated last
        self._of_length: dict[int, Ruling] = {}  # the last span stated, by its number of years: what 五年 means
        self._told: Ruling | None = None  # the span that a sentence was last about: what 这个期间 means
        self._read(doc)

    def at(self, offset: int) -> Ruling:
        """Return the period that rules at view offset `offset`.

        That is the last one stated before it in its sentence, if that is not merely a basis of comparison or part
        of a name; else the one that the paragraph, section or document is about.
        """
        index = bisect_right(self._offsets, offset) - 1
        return self._rulings[index] if index >= 0 else Ruling()

    def role(self, period: Period) -> str:
        """Return the part that a period of the document plays where it stands.

        ``rules`` (figures to its right hold for it), ``from`` and ``to`` (it owns one end of a from–to),
        ``basis`` (compared with), ``named`` (in a title or name, or says when something else happened).
        """
        return self._roles.get(period.start, NAMED)  # title and byline name, they state nothing

    # -- reading -------------------------------------------------------------------------------

    def _read(self, doc: Document) -> None:
        passages = list(_passages(doc))
        self._assign_roles(passages)
        plan = _plan_part(doc, passages, self._today)
        default = self._default_of_review(doc, passages, plan)
        if default.first and default.last and default.span:
            self._of_length[default.last.year - default.first.year + 1] = default
        running = {
            p.value: _ruling(p.value, p.first, p.last, None, future=True)
            for p in doc.periods
            if p.kind == "plan" and p.value and p.first and p.last and p.first.year <= self._today.year <= p.last.year
        }
        reviews = 5 in self._of_length or _reviews_a_term(self._today.year)
        if self._today.year == 1958:  # the first plan has just ended, the second is not laid down yet
            self._of_length[5] = _of_years(1953, 1957, future=False)
        if self._today.year in (1955, 1956, 1957):  # 五年 are those of the first plan
            self._of_length[5] = _of_years(1953, 1957, future=True)
        if len(running) == 1 and not reviews:  # 五年 is that plan's, even before it is named
            self._of_length[5] = next(iter(running.values()))
        stack: list[tuple[float, Ruling]] = []  # level of the heading or opening, its ruling
        of_paragraph: Ruling | None = None
        turns_to: Ruling | None = None  # what the section comes to behind what it looks back on
        planning = False
        for passage in passages:
            if passage.nth == 0:
                of_paragraph, self._stated = None, None
            if not planning and plan is not None and passage.start >= plan:
                planning = True
                stack = [entry for entry in stack if entry[1].future]  # “十四五”时期，… has said what it plans for
                coming = self._today.year + (self._today.month > 6)
                dated = doc.metadata.date is not None and _is_work_report(doc)
                years = 5 if self._plans_five_years(passages, plan) else 1
                default = _of_years(coming, coming + years - 1, future=True) if dated else _planned_in_title(doc)
            if passage.heading:
                level = _level(doc.view, passage)
                while stack and stack[-1][0] >= level:
                    stack.pop()
                turns_to = None
            elif turns_to and passage.nth == 0 and self._comes_to_plans(passage):
                stack = [*(entry for entry in stack if entry[1].future), (level, turns_to)]
                turns_to = None
            if passage.nth == 0 and not _is_work_report(doc) and self._turns_away(passage):
                stack = [
                    entry for entry in stack if entry[0] % 1 == 0 or entry[1].future
                ]  # it turns to what is to come
            outer = of_paragraph or (stack[-1][1] if stack else default)
            if passage.nth and self._rulings and self._goes_on(doc.view, passage, outer):
                outer = self._rulings[-1]
            if self._is_year_after(passage, outer):
                outer = _of_year(self._today.year, future=outer.future or planning or self._today.month <= 9)
            coming_years = planning and not outer.span and _SOME_TIME.match(doc.view, passage.start)
            self._emit(
                passage.start, Ruling(future=True, rule="sentence", start=passage.start) if coming_years else outer
            )
            stated = self._read_sentence(passage, outer, planning)
            if stated is None:
                continue
            if stated.span:
                self._told = stated
            last = self._rulings[-1]  # 去年年底…；今年增加到…。第一季度…
            for told in (stated, last if last.rule == "sentence" and last.start >= passage.start else None):
                if told and told.first and told.last and told.first.year == told.last.year:
                    self._stated = told.last.year
            if passage.heading:
                stack.append((level, msgspec.structs.replace(stated, rule="heading")))
                if last.future and not stated.future and last.span:  # “十三五”成就和“十四五”目标
                    turns_to = msgspec.structs.replace(last, rule="heading")
            elif self._is_opening(passage, stated, planning) and not self._is_end_of(outer, passage, stated):
                stated = msgspec.structs.replace(stated, rule="opening")
                of_paragraph = stated
                if self._turns_to(stated) if planning else _announces(doc.view, passage, stated):
                    below = int(stack[-1][0]) if stack else 0
                    while stack and stack[-1][0] > below:
                        stack.pop()
                    stack.append((below + 0.5, stated))
            elif (
                stated.start - passage.start <= 2
                and not _DECADE_END.match(self._view, stated.start)
                and (
                    (
                        stated.span
                        and not _counts_the_year_before(outer, stated)
                        and not (outer.span and _LATELY.match(self._view, stated.start))
                    )
                    or (planning and self._looks_back(stated, of_paragraph))
                )
            ):  # 两年来，…。 in the middle of a paragraph
                of_paragraph = stated
            elif outer.future and stated.start - passage.start <= 1 and stated.value == f"../{outer.last_year}":
                # 五年内，…。到1957年，货运量将达到…。客运量将达到…
                of_paragraph = msgspec.structs.replace(outer, last_year=stated.value)

    def _comes_to_plans(self, passage: "_Passage") -> bool:
        """Whether a paragraph turns from what a section looks back on to what it plans."""
        return _DRAWS_UP.search(self._view, passage.start, passage.end) is not None or _leans(self._view, passage) < 0

    def _turns_away(self, passage: "_Passage") -> bool:
        """Whether a paragraph speaks of what is to come; an item of a list (——我们…) goes on with what opens it."""
        return not self._view.startswith("——", passage.start) and _leans(self._view, passage) < 0

    def _goes_on(self, view: str, passage: "_Passage", outer: Ruling) -> bool:
        """Whether a sentence holds for the time of the one before (1979年…。粮食产量比上年增加…)."""
        if view.startswith("其中", passage.start):
            return True
        before = self._rulings[-1]
        a_year = before.first and before.value == str(before.first.year) and before.first.year <= self._today.year
        if not a_year or before.future or before.value == outer.value or before.rule != "sentence":
            return False
        if _A_NUMERAL.search(view, before.end, passage.start) is None:  # …，因为1954年歉收。煤产量比上年增加…
            return False
        compared = _ON_THE_YEAR_BEFORE.search(view, passage.start, passage.end)
        if compared is None:
            return False
        return not any(self._roles[p.start] == RULES and p.start < compared.start() for p in passage.periods)

    def _is_year_after(self, passage: "_Passage", outer: Ruling) -> bool:
        """Whether a sentence compares with 去年, or starts from it, under that year: it tells of the year after."""
        if outer.value != str(self._today.year - 1):
            return False
        told = [p for p in passage.periods if self._roles[p.start] in (BASIS, FROM, RULES)]
        compared = next((i for i, p in enumerate(told) if p.quote.startswith("去年")), None)
        return compared is not None and all(self._roles[p.start] in (BASIS, FROM) for p in told[: compared + 1])

    def _read_sentence(self, passage: "_Passage", outer: Ruling, planning: bool) -> Ruling | None:
        """Lay down the rulings of one sentence and return the first, if it states any."""
        view, current = self._view, outer
        opening: Ruling | None = None
        began: str | None = None  # the year that the last from–to of the sentence starts from
        for index, period in enumerate(passage.periods):
            role = self._roles[period.start]
            if role in (BASIS, NAMED):
                continue
            ruling = self._ruling(period, current, planning)
            if role == FROM and period.rule in ("same_period", "span_back"):
                ruling = self._before(period, current)
            if ruling is None:
                continue
            if role == TO and began is not None:
                ruling = msgspec.structs.replace(ruling, start_before=began)
            within = period.start > passage.start or period.kind == "until"  # 到2007年，产量由A增加到B
            if role == RULES and within and _is_last_of(outer, ruling):
                ruling = msgspec.structs.replace(ruling, start_before=outer.start_before)
            self._emit(period.end, ruling)
            limit = passage.periods[index + 1].start if index + 1 < len(passage.periods) else passage.end
            closing = _scope_end(view, period, role, limit)
            if closing is None and _ends(current, ruling, passage):
                closing = _back_to_span(view, period, limit)
            if closing is None and role == TO and _is_last_of(current, ruling):
                closing = _past_the_last_year(view, period, limit)
            if closing is not None:
                back = current
                if role == FROM:
                    began = ruling.last_year
                    back = msgspec.structs.replace(current, start_before=began)
                self._emit(closing, back)
            else:
                current = ruling
                opening = opening or ruling
        return opening

    def _emit(self, offset: int, ruling: Ruling) -> None:
        if self._offsets and self._offsets[-1] == offset:
            self._rulings[-1] = ruling
        else:
            self._offsets.append(offset)
            self._rulings.append(ruling)

    # -- what a stated period means where it stands --------------------------------------------

    def _ruling(self, period: Period, outer: Ruling, planning: bool) -> Ruling | None:
        """Return the ruling that `period` states under `outer`, None where it says nothing definite."""
        meant = self._years_until(period, outer) or self._meant(period)
        ahead = period.rule == "within" and planning and period.value is not None and (period.years or 5) < 5
        if meant is not None and ahead and not meant.future:  # 三年内 among plans is no 近三年
            meant = None
        told = period.rule in ("years", "cumulative") and not planning and not outer.future
        told = told and (period.rule == "cumulative" or self._view.startswith("累计", period.end))
        these = period.quote.startswith("这") and not planning and not outer.future
        told = told or (these and not _PROMISES_SOON.match(self._view, period.end))  # 回望这五年，…
        if told and meant and meant.future and meant.first and meant.last and meant.first.year == self._today.year:
            years = meant.last.year - meant.first.year + 1  # 五年累计下降15%, in the review of a plan's last year
            meant = _of_years(self._today.year - years, self._today.year - 1, future=False)
        if meant is not None:
            return msgspec.structs.replace(meant, start=period.start, end=period.end, rule="sentence")
        if not period.anchored:
            period = self._anchored(period, outer)
        if period.value is None:
            return None
        first, last, value = period.first, period.last, period.value
        if period.kind == "now" and planning:  # what is to be mended, among the plans: it is so as they are laid down
            first, value = datetime.date(self._today.year, 1, 1), str(self._today.year)
        if _CENTURY_END.match(period.quote) and not value.startswith("../"):
            value = f"../{value}"
        if period.kind == "since" and first is not None:
            until = self._today.year if planning and first.year >= self._today.year else looks_back_on(self._today)
            last = datetime.date(max(until, first.year), 12, 31)
            value = form("span", datetime.date(first.year, 1, 1), last)
        ruling = _ruling(value, first, last, period, future=self._is_future(period, planning))
        # 五年 after 八五 or 九五 is the plan's, but not where a government looks back on its own five years.
        of_plan = period.kind == "plan" and not _reviews_a_term(self._today.year)
        begun = first is not None and first.year <= self._today.year + 1  # else a plan after the next one
        if first and last and begun and (period.kind == "span" or of_plan):
            self._of_length[last.year - first.year + 1] = ruling
        return ruling

    def _before(self, period: Period, outer: Ruling) -> Ruling | None:
        """Return the years just before that of `outer`, as many as 前三年 or 上年同期 says."""
        years = (period.years or _length(period)) if period.kind == "span" else 1
        if outer.last is None or not 1 <= years < 20:
            return None
        before = _of_years(outer.last.year - years, outer.last.year - 1, future=False)
        return msgspec.structs.replace(before, start=period.start, end=period.end, rule="sentence")

    def _years_until(self, period: Period, outer: Ruling) -> Ruling | None:
        """Return the years that `period` (五年中) counts up to what the sentence said before: 到1992年，…；五年中…."""
        bare = period.rule == "span_back" and period.quote[-1] in "中间里" and period.quote[0] not in "过最近前那"
        counts = (bare or period.rule in ("years", "within", "effort", "cumulative")) and not period.quote.startswith(
            "这"
        )
        if not counts or outer.rule != "sentence" or outer.last is None or not outer.future:
            return None
        first = outer.last.year - (period.years or 0) + 1
        of_plan = period.years == 5 and outer.last.year % 5 == 0 and outer.last.year > self._today.year  # 到1990年
        begins = self._today.year <= first <= self._today.year + 1
        until = outer.value == f"../{outer.last.year}" and (begins or of_plan)
        return _of_years(first, outer.last.year, future=True) if until and first < outer.last.year else None

    def _meant(self, period: Period) -> Ruling | None:
        """Return the span of years told of before that `period` (五年, 这个期间) takes up, None where there is none."""
        if period.rule == "this_span":
            return self._told
        meant = self._of_length.get(period.years or 0)
        if meant is None and period.rule == "within" and period.years == 5 and not _reviews_a_term(self._today.year):
            meant = _running_plan(self._today.year)
        if meant is None or meant.last is None:
            return None
        if period.rule in ("years", "within") or period.quote.startswith("这"):
            return meant
        if period.rule == "effort" or (period.rule == "cumulative" and meant.last.year >= self._today.year):
            return meant if meant.last.year >= self._today.year else None
        # 两年来 of a text of July may count its own year in, unless it has said which two years it speaks of
        counts_its_year = period.last is not None and period.last.year == self._today.year < 9999
        recent = period.rule in ("span_back", "cumulative") and not period.quote.startswith(
            ("过去", "最近", "近", "前")
        )
        return meant if recent and counts_its_year and meant.last.year == self._today.year - 1 else None

    def _anchored(self, period: Period, outer: Ruling) -> Period:
        """Put a period that names no year under the year of `outer`."""
        year = outer.last.year if outer.last else None
        if period.quote.startswith("这一年") and (self._stated or 9999) <= looks_back_on(self._today):
            year = self._stated  # 1969年，…。这一年，…
        parts = period.rule in ("half", "quarter", "month", "months_to_date", "months_listed")
        if parts and outer.rule != "sentence" and self._stated is not None:  # 今年…。第一季度…
            year = self._stated
        if year is None or (outer.future and outer.span):
            return period
        if period.kind == "since" and period.first and outer.future:  # 从5月1日起 among the plans for a year
            return shifted(period, year - period.first.year)
        if period.last is None:
            return period
        if period.rule in ("half", "quarter", "month", "months_to_date", "months_listed", "festival"):
            return shifted(period, year - period.last.year)
        if period.rule == "this_year_of_review" and not period.quote.startswith("这"):
            return period
        recent = outer.rule == "default" and period.last.year == self._today.year and period.last <= self._today
        if period.kind == "until" and not outer.future:
            if recent and period.rule == "month":  # 到一月底, said in February
                return period
            return shifted(period, year - period.last.year)
        if period.kind == "until":
            return period
        return shifted(period, year - looks_back_on(self._today))

    def _is_future(self, period: Period, planning: bool) -> bool:
        if period.kind == "until" and period.value is not None and period.value.startswith("../"):
            return True
        if period.kind == "since":
            return planning and period.first is not None and period.first.year >= self._today.year
        if period.last is None:
            return planning
        if period.kind == "year" and period.last.year == self._today.year and _EVER_SINCE.match(self._view, period.end):
            return False  # 今年疫情以来
        if period.kind == "plan" and period.last.year > self._today.year > 1:
            return True
        if not planning and period.kind in ("day", "since") and period.first and period.first < self._today:
            return False
        if self._today.year == 1:  # no date: 到2035年 is said of what is to come, 2024年 of anything
            return planning or period.kind == "until"
        looks_back = period.rule in _REVIEWING or period.rule == "this_year_of_review"
        if looks_back and period.last <= datetime.date(self._today.year, 12, 31) and period.rule != "years":
            return False
        if period.last < self._today:
            return False
        if period.last.year == self._today.year and period.kind != "now":
            return planning or self._today.month <= 6
        return period.last.year > self._today.year and not (period.first and period.first.year < self._today.year)

    def _is_opening(self, passage: "_Passage", ruling: Ruling, planning: bool) -> bool:
        before = self._view[passage.start : ruling.start]
        if _CENTURY_END.match(self._view, ruling.start):  # 实现本世纪末翻两番的目标
            return False
        listing = _LISTS.match(self._view, passage.end - 1)
        introduces = listing or _AS_FOLLOWS.search(self._view, ruling.end, passage.end)
        if planning and _DECADE_END.match(self._view, ruling.start):
            return False
        if (len(before) > 30 and not introduces) or _FIGURE.search(before):
            return False
        if listing and passage.nth == 0 and ruling.last is not None:  # 1949年的状况：——原煤产量…
            return True
        alone = ruling.future and not planning and len(before) > 2
        if alone and _YEARS_ALONE.fullmatch(self._view, ruling.start, ruling.end):  # 支出逐年增加，五年合计可达…
            return False
        if len(before) > 2 and _THAT_TIME.match(self._view, ruling.start):  # he said that at that time …
            return False
        if passage.nth > 0:  # 2025年是收官之年。五年来，…
            return passage.nth <= _LEAD and not planning and bool(_TURNING.match(self._view, passage.start, ruling.end))
        years = (looks_back_on(self._today), self._today.year, self._today.year - 1)
        return ruling.span or ruling.future or (ruling.last is not None and ruling.last.year in years)

    def _is_end_of(self, outer: Ruling, passage: "_Passage", stated: Ruling) -> bool:
        """Whether a year is but the last of those that a sentence is told under (总产值1987年达到…)."""
        if not _is_last_of(outer, stated):
            return False
        if any(self._roles[p.start] == BASIS and p.value == outer.start_before for p in passage.periods):
            return True
        inside = stated.start - passage.start > 2
        return inside and not _BEFORE_REVIEW.search(self._view, passage.start, stated.start)

    def _looks_back(self, ruling: Ruling, of_paragraph: Ruling | None) -> bool:
        """Whether a sentence among plans looks back for those behind it (过去一年，…。), or turns to plans again."""
        if of_paragraph and _PAST_YEAR.match(self._view, of_paragraph.start, of_paragraph.end):
            return ruling.future
        return not ruling.future and bool(_PAST_YEAR.match(self._view, ruling.start, ruling.end))

    def _turns_to(self, ruling: Ruling) -> bool:
        """Whether an opening among plans sets the time of those that follow: the coming year or years."""
        year = ruling.last.year if ruling.last and ruling.first else 0
        spans = ruling.span and not _SOME_YEARS.search(self._view, ruling.start, ruling.end)
        return ruling.future and (spans or self._today.year <= year <= self._today.year + 1)

    def _plans_five_years(self, passages: list["_Passage"], plan: int) -> bool:
        """Whether an excerpt begins among the goals of a five-year plan: it turns to the first year only later."""
        if self._today.year % 5 != 1 or passages[0].start != plan:
            return False
        for passage in passages[1:]:
            if passage.heading and any(p.last and p.last.year == self._today.year for p in passage.periods):
                return True
            if _BEGUN.match(self._view, passage.start, passage.end):
                return True
        return False

    def _default_of_review(self, doc: Document, passages: list["_Passage"], plan: int | None) -> Ruling:
        """Return what rules where nothing has been said yet.

        A work report reviews the year before; the last report of a government also its five years, which
        it then keeps coming back to. An excerpt that begins in such a review goes on with 这五年.
        """
        if not _is_work_report(doc):
            return _told_in_title(doc)
        if self._today.year == 1:
            return Ruling()
        finished = looks_back_on(self._today) - (6 < self._today.month < 10)
        reviewed = [
            period
            for passage in passages
            for period in passage.periods
            if (plan is None or period.start < plan) and self._roles[period.start] in (RULES, NAMED)
        ]
        five = [p for p in reviewed if p.rule in _REVIEWING and _length(p) == 5]
        end = plan if plan is not None else len(self._view)
        over_years = len(_OVER_YEARS.findall(self._view, 0, end))
        over_one = len(_OVER_ONE.findall(self._view, 0, end))
        if _reviews_a_term(self._today.year):
            reviews_five = bool(five) or over_years > 2 * over_one
        elif self._today.year % 5 == 1:  # the year after a five-year plan
            told = len(five) + over_years > 1  # 五年来，…, or a change over them, besides one that says the years
            before_it = any(self._is_end_of_plan(p, finished - 5) for passage in passages for p in passage.periods)
            reviews_five = (bool(five) and told) or (before_it and over_years > 1)
            reviews_five = reviews_five and not over_one and not _introduced(self._view, passages)
            reviews_five = reviews_five or (plan != passages[0].start and self._turns_to_last_year(passages))
        else:
            reviews_five = False
        if reviews_five or (five and _goes_on(reviewed, five[0])):
            return _of_years(finished - 4, finished, future=False)
        return _of_year(finished, future=False)

    def _is_end_of_plan(self, period: Period, year: int) -> bool:
        """Whether a period is a year that the values of five years later are compared with (与“十三五”末相比)."""
        return self._roles[period.start] == BASIS and period.first is not None and period.first.year == year

    def _turns_to_last_year(self, passages: list["_Passage"]) -> bool:
        """Whether an excerpt comes to the last year (刚刚过去的2025年，…) only behind what it tells of years before."""
        for passage in passages:
            if _JUST_PAST.match(self._view, passage.start, passage.end):
                return passage.start > passages[0].start
            if any(self._roles[period.start] == RULES for period in passage.periods):
                return False
        return False

    # -- roles ----------------------------------------------------------------------------------

    def _assign_roles(self, passages: list["_Passage"]) -> None:
        for passage in passages:
            for index, period in enumerate(passage.periods):
                later = passage.periods[index + 1 :]
                self._roles[period.start] = _role(self._view, passage, period, later)


# --- the parts of the text -----------------------------------------------------------------------


class _Passage(msgspec.Struct, frozen=True):
    """A sentence in view offsets, with the periods that stand in it."""

    start: int
    end: int
    nth: int  #: of its paragraph, from 0; an address before it does not count
    heading: bool
    periods: list[Period]


def _passages(doc: Document) -> Iterator[_Passage]:
    periods, index, paragraph, nth = doc.periods, 0, -1, 0
    body = _body_start(doc.view)
    for sentence, (start, end) in zip(doc.sentences, doc.sentences_in_view(), strict=True):
        inside = []
        while index < len(periods) and periods[index].start < end:
            if periods[index].start >= start:
                inside.append(periods[index])
            index += 1
        heading = _heads(doc.view, sentence, start, end) and start >= body
        if start < body:
            inside = []  # title, byline and date line
        if sentence.paragraph != paragraph:
            paragraph, nth = sentence.paragraph, 0
        yield _Passage(start, end, nth, heading, inside)
        if end - start > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(doc.view, start, end):
            nth += 1


_ADDRESS = Regex("(?:各位代表|同志们|朋友们)[！，：]")
_LONGEST_ADDRESS = 5
_SALUTATION = Regex("各位代表[：！，]|(?:现在，?我代表|我受)")


def _body_start(view: str) -> int:
    """Return where the text proper begins: title and byline, no sentences, state periods that rule nothing."""
    found = _SALUTATION.search(view, 0, 800)
    return found.start() if found and "。" not in view[: found.start()] else 0  # an excerpt may be addressed later on


_NUMBERED = Regex(
    "(?P<one>[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|第[一二三四五六七八九十]{1,3}(?:章|部分|节))|(?P<two>（[一二三四五六七八九十]{1,3}）)"
)
_RUN_IN = 45  # characters of a numbered heading that its paragraph runs on from
_SECTION = Regex("回顾|目标|任务|总体要求|工作安排|重点工作|部署|建议|实事|清单")


def _heads(view: str, sentence: Sentence, start: int, end: int) -> bool:
    if sentence.heading:
        return True
    short = end - start <= _RUN_IN and view[end - 1] not in "，；：、"
    return short and _NUMBERED.match(view, start) is not None and not _FIGURE.search(view, start, end)


def _level(view: str, passage: _Passage) -> int:
    """Return the level of a heading: 0 for a section without a number, 1 for 一、, 2 for （一）, 3 for any other."""
    numbered = _NUMBERED.match(view, passage.start)
    if numbered:
        return 1 if numbered["one"] else 2
    if len(passage.periods) == 1 and view[passage.start : passage.end].strip("：:") == passage.periods[0].quote:
        return 0  # 2023年
    return 0 if passage.periods and _SECTION.search(view, passage.start, passage.end) else 3


#: What is made of a work report afterwards, and what comes of it.
_AFTER_A_REPORT = Regex("完成情况|督[查办]|落实|分工|分解|征求|建议|解读|说明|体会|贯彻")


def _is_work_report(doc: Document) -> bool:
    """Whether a text is a work report, or tells what one says."""
    title = doc.metadata.title or ""
    told = "政府工作报告" in title and doc.metadata.genre != "通知" and not _AFTER_A_REPORT.search(title)
    return doc.metadata.genre == "政府工作报告" or told


_GIVES_ACCOUNT = Regex("公报|公告|结果|情况|决算|总结|回顾")
_GIVES_TASKS = Regex("实事|要点|清单|任务分[解工]|工作安排|行动计划|行动方案|实施方案")


def _told_in_title(doc: Document) -> Ruling:
    """Return what rules first in a text whose title names the year that it tells of (2019年…统计公报)."""
    years = years_of_title(doc)
    if not years or not _GIVES_ACCOUNT.search(doc.metadata.title or ""):
        return Ruling()
    return _of_year(min(years), future=False)


def _planned_in_title(doc: Document) -> Ruling:
    """Return what rules among the plans of a text whose title names the year of them (2012年民生实事项目)."""
    years = years_of_title(doc)
    return _of_year(max(years), future=True) if years else Ruling(future=True)


def _is_plan(doc: Document) -> bool:
    """Whether a text is all about what is to be done, as its title or genre says."""
    named = f"{doc.metadata.title or ''}{doc.metadata.genre or ''}"
    return _GIVES_TASKS.search(named) is not None and not _GIVES_ACCOUNT.search(named) and not _is_work_report(doc)


_REVIEW = Regex("回顾|过去|成就|成绩|基本估计|完成情况|执行情况")
_PLAN = Regex(
    "总体要求|总体思路|总体部署|预期目标|主要目标|工作安排|重点工作|工作重点|工作部署|工作任务|主要任务|工作建议|政策取向|基本方针"
)


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that lean towards what was done (positive weight) or is to be done; see the data file."""

    name: str
    weight: int
    pattern: str
    hits: list[str]
    misses: list[str]


class _Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cue: list[Cue]


@cache
def cues() -> tuple[tuple[Cue, Regex], ...]:
    """Return the cues with their compiled patterns; raises DataError where the file is malformed."""
    try:
        data = msgspec.toml.decode((files("pipeline") / "data" / "timeline.toml").read_bytes(), type=_Cues)
    except msgspec.DecodeError as error:
        raise DataError(f"timeline.toml: {error}") from error
    return tuple((cue, Regex(cue.pattern, source=f"timeline.toml: cue {cue.name!r}")) for cue in data.cue)


def _announces(view: str, passage: _Passage, ruling: Ruling) -> bool:
    """Whether a paragraph's opening says what the following paragraphs are about, and not only its own."""
    return bool(
        (
            _ANNOUNCING.search(view, ruling.start, ruling.end)
            and not (view[ruling.start] in "两二" and not ruling.future)  # 两年来
            and not _OF_ONE_THING.match(view, passage.start, ruling.start)
        )
        or _LISTS.match(view, passage.end - 1)
        or ((ruling.future or view[passage.end - 1] == "：") and _AS_FOLLOWS.search(view, ruling.end, passage.end))
        or _BEFORE_REVIEW.search(view, max(passage.start, ruling.start - 6), ruling.start)
        or _A_YEAR_OF.match(view, ruling.end, passage.end)
        or (ruling.future and ruling.start - passage.start <= 1 and _LAYS_DOWN.search(view, ruling.end, passage.end))
    )


def _leans(view: str, passage: _Passage) -> int:
    """Return how far the words of a passage lean towards what was done (positive) or is to be done."""
    words = view[passage.start : passage.end]
    return sum(cue.weight * len(pattern.findall(words)) for cue, pattern in cues())


def _plan_part(doc: Document, passages: list[_Passage], today: datetime.date) -> int | None:
    """Return where a report goes over from what was done to what is to be done, None where it never does.

    A heading says so; above the first that stands over a section, in an excerpt, the words of the sentences do.
    """
    sectioned = False
    headed: int | None = None
    reviewing: int | None = None  # the level of the heading of the review
    for passage in passages:
        if not passage.heading:
            continue
        level = _level(doc.view, passage)
        reviews = bool(_REVIEW.search(doc.view, passage.start, passage.end))
        if _heads_plan(doc.view, passage, today) or (reviewing is not None and level <= reviewing and not reviews):
            headed = passage.start
            break
        if reviewing is None and reviews and level <= 1:
            reviewing = level
        sectioned = sectioned or level <= 1
    if reviewing is not None or (headed is not None and sectioned):
        return headed
    if passages and passages[0].heading:
        turning = _turn_announced(doc.view, passages, today)
        if turning is not None:
            return turning
    if _is_plan(doc) and passages:
        return passages[0].start
    announced = _announced_tasks(doc.view, passages)
    if announced is not None:
        return announced
    above = [passage for passage in passages if headed is None or passage.start < headed]
    prose = [passage for passage in above if not passage.heading or _HEADS_TASKS.match(doc.view, passage.start)]
    leanings = [_TASK if passage.heading else _leans(doc.view, passage) for passage in prose]
    balance = -sum(leanings)  # if all of it were plans
    split = prose[0].start if balance > 0 else headed
    best = abs(balance) + _TURN
    for passage, leaning in zip(prose[1:], leanings, strict=False):
        balance += 2 * leaning
        if balance >= best:
            best, split = balance, passage.start
    return split


#: 关于生产的恢复和 | 1979年 | 的计划安排: what the text comes to in its second part.
_SECOND_SUBJECT = Regex("..[和与及][^，。和与及]{0,4}$")
_TO_BE_DONE = Regex("[^，。]{0,8}(?:安排|计划|任务|工作|打算|预算)")


def _second_subject(view: str, passage: _Passage) -> Period | None:
    """Return the year whose plans are but the second subject that a heading names, None where it names none."""
    told = passage.periods
    if not passage.heading or len(told) != 1 or told[0].kind != "year":
        return None
    second = _SECOND_SUBJECT.search(view, passage.start, told[0].start)
    return told[0] if second and _TO_BE_DONE.match(view, told[0].end, passage.end) else None


def _turn_announced(view: str, passages: list[_Passage], today: datetime.date) -> int | None:
    """Return where the first paragraph opens on the plans that the text's own title names as its second subject."""
    year = _second_subject(view, passages[0])
    if year is None or year.last is None or year.last.year < today.year:
        return None
    for passage in passages[1:]:
        if passage.nth or not passage.periods:
            continue
        first = passage.periods[0]
        if first.start - passage.start <= _LEAD and first.last and first.last.year >= year.last.year:
            return passage.start
    return None


_ANNOUNCES_TASKS = Regex(
    "(?:将|(?<![主重需])要|(?:提出|确定|部署)(?!的)|拟|计划)(?:(?!完成|取得)[^。了]){0,30}(?:实事|主要任务|重点任务|重点工作|目标任务|工作任务|预期目标|主要目标)(?![^，。]*(?:完成|落实))"
)
_TELLS_OUTCOMES = Regex("完成了|取得了|取得[^。]{0,6}成[绩效就]|实现了|成绩")
_ITEM = Regex("[◆●■▲◎★•※—-]|（?[一二三四五六七八九十0-9]{1,3}[）、.]|[一二三四五六七八九十]是")
_ANNOUNCED_EARLY = 6  # sentences


def _announced_tasks(view: str, passages: list[_Passage]) -> int | None:
    """Return where an excerpt says what is to be done, if the items of that list are all that follows."""
    for i, passage in enumerate(passages[:_ANNOUNCED_EARLY]):
        told = passage.heading or _TELLS_OUTCOMES.search(view, passage.start, passage.end)
        if told or not _ANNOUNCES_TASKS.search(view, passage.start, passage.end):
            continue
        behind = [p for p in passages[i + 1 :] if p.nth == 0]
        items = sum(_ITEM.match(view, p.start) is not None for p in behind)
        listed = items > 1 and 2 * items >= len(behind) - 1
        if listed and sum(_leans(view, p) for p in passages[i + 1 :] if not p.heading) < _TURN:
            return passage.start
    return None


#: A numbered heading of what is to be done; those of a review begin so in one of nine.
_HEADS_TASKS = Regex(
    "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?:坚定不移|坚持不懈|毫不动摇|全力|奋力|聚力|更大力度|更高水平|加快|建设|打造|培育|发展|扩大|深化|强化|构建|实施|促进|激发|办好|为[^，。\n]{2,14}(?:提供|办|建))"
    "(?![^。\n]{0,30}(?:成效|显著|明显|迈上|突破|进展|向好|跃升|新台阶|有力|有效|有序)[。\n])"
)
_TASK = -3
#: What it takes to say that a text without headings goes over to plans at all, and not only to end on one.
_TURN = 20


def _heads_plan(view: str, passage: _Passage, today: datetime.date) -> bool:
    if _REVIEW.search(view, passage.start, passage.end):
        return False
    years = [period.last.year for period in passage.periods if period.last]
    if years and _level(view, passage) <= 1:
        return max(years) >= today.year
    return not years and bool(_PLAN.search(view, passage.start, passage.end))


# --- roles ------------------------------------------------------------------------------------------

_COMPARING = Regex(
    "比“[^”]{1,8}”$|比(?:历史上?)?最[高好低多](?:的?(?:水平|年份|纪录|年产量|产量|年度))?的?$|(?:(?<!占)比(?![重例率值])|较(?![快高大多好低慢少小强重为])|相当于|高于|低于|快于|慢于|优于|好于|多于|少于|超过|超(?![额长前声市大级])|等于|(?:次于|不及|[只仅]及|赶不上|比不上|赶上了?|比得上)(?:大?丰收的)?|(?:为|是|恢复到|回到)(?![比较]))[^，。；、：0-9]{0,4}$"
    "|比(?![重例率值])[^，。；、：年0-9]{3,10}的$"
)
_ONLY_TIMES = Regex(
    "[^，。；]{0,8}?[0-9.一二三四五六七八九十]+倍|[^，。；]{0,6}水平|(?:同期)?的?(?:约|近)?(?:[0-9.]+%|[一二三四五六七八九十]成)"
)
_WITH = Regex("(?:与|和|同|跟)[^，。；、：]{0,12}$")
_COMPARED = Regex("[^，。；]{0,10}?(?:相比|比较|对比|持平|相当|相近|一样|相同)")
_BASED = Regex(
    "(?:[0-9一二三四五六七八九十]{1,3}年)?的总和|为(?:基数|基期)|的?(?:不变价|可比价|价格计算|(?:实际|预计)?基数|水平|快速增长的?基础|[^，。；0-9%百亿万元成]{0,16}(?:基础|前提)[上下])"
)
#: An earlier time with its own figure (超过1953年到1978年平均每年增长3%的速度; 在…增长8%的基础上).
_PACE = Regex(f"[^，。；]{{0,16}}?{changing()}[^，。；]{{2,16}}?的(?:增长)?(?:速度|水平|幅度|(?P<on>基础上))")
_YEARS_ALONE = Regex("[一二两三四五六七八九十0-9]{1,3}年")
_DECADE_END = Regex("(?:上个?世纪|本世纪)?[三四五六七八九2-9][十0]年代")  #: among plans it says why, not when
_CENTURY_END = Regex("本世纪末")  #: by which something is to be reached, with or without 到
_AMONG = Regex("[^，。；0-9]{1,10}中")
_SINCE = Regex("起|开始")
_TOTAL_OF = Regex("(?:计划)?[^，。；的]{0,6}(?:总额|总数|总量|任务)的")
_FROM = Regex("(?:从|由|自)[^，。；、：]{0,3}$")
_REACHED = Regex(f"(?:{leading()}|[变换为达](?:到|至|为))了?$")
_NAME_AFTER = Regex(
    "(?!是)(?:年)?(?:远景|议程|愿景|[^，。；、的]{0,6}(?:奥运会|冬奥会|亚运会|世博会|大运会|全运会|规划|纲要|行动计划|政府工作报告|新[年春]贺词|统计公报))"
)
_HAPPENED = Regex(
    "[^，。；0-9]{0,14}(?:召开|出台|提出|确定|制定|通过|印发|发布|部署|签署|颁布|下达|安排|批准|制订|发生)的"
)
_COUNTS = Regex(
    "占|累计|年均|五年|(?:规划|计划)?(?:纲要|草案)?(?:规定|要求)(?!的)|[^，。；]{0,8}(?:主要目标|预期目标)(?:是|为|：)"
)
_ATTAINED = Regex("(?:完成|实现|达到)了?$")
#: Where a section on two plans comes to the second.
_DRAWS_UP = Regex(
    "(?:编制|制定|起草)了?[^。]{0,24}(?:纲要|规划)|(?:未来|今后)的?五年|“[^”]{1,3}五”时期[^。]{0,12}(?:要|目标|任务|是[^。]{0,40}关键)"
)
_ONE_OF_ITS_YEARS = Regex("的?(?:第[一二三四五]|头一?|最后一?|开局|起步|收官|关键)(?:之)?年")
_PROMISES_SOON = Regex("[^。]{0,16}?(?:要(?!素|件)|将(?!近)|力争|努力|必须|是[^。，]{0,24}(?:关键|重要))")
_A_NUMERAL = Regex("[0-9一二两三四五六七八九十百千万亿](?![年月日些定般样直起])")
_SEEN_FROM = Regex("的?(?:情况|数据|形势|运行情况|经济运行)?来?看")
_PUT_OFF = Regex("(?:缓[交缴]?|延[长期缓续]?|推迟|顺延|展期|执行|结转)[^，。；0-9]{0,4}$")
_EVER_SINCE = Regex("[^，。；0-9]{1,8}以来")
_BEING = Regex("是?[^，。；]{2,}的$")
#: “十二五” | 是我国发展很不平凡的五年: what the paragraph looks back on.
_WAS_YEARS = Regex(
    "，?是[^。]{0,60}?(?:不平[凡常]|不寻常|成就|成绩|跨越|变化|进步|提升|突破)[^。，；]{0,12}的?五年(?![来间规计])"
)
_A_PLAN = Regex("..(?:[^，。；]{0,8}计划|规划)|(?:计划|规划)")
#: 完成 | 1957年 | 指标的…: whose figure is compared with.
_PLANNED_FIGURE = Regex("(?:年度)?(?:计划|指标|预算)(?:数字?|指标|任务|水平)?(?:的|百分之|[0-9.])")
_LAID_DOWN_FOR = Regex("的?(?:年度)?(?:指标|水平|数字|产量|任务|目标)")
_AS_SPENT = Regex("的?(?:实际|预算|决算|执行)*(?:支出|收入|开支|水平|基数|数额)")
_BEGINNING = Regex("[^，。；]{0,2}[开起]")
#: 取得改革开放以来最好的成绩: how the deed ranks, not the years that what follows is told of.
_EXTREME = Regex("的?最(?![终近后初]|低(?:工资|生活|收购|标准)|大限度|高限|低限)")
_EXCEPTED = Regex("[^，。；0-9]{0,6}?[以之]?外")
_RECORD = Regex("[^，。；]{0,6}(?:最|新高|新低|首次|首位|第一|少有|罕见|同期)")


def _role(view: str, passage: _Passage, period: Period, later: list[Period]) -> str:
    before = view[max(passage.start, period.start - 12) : period.start]
    after = view[period.end : min(passage.end, period.end + 30)]
    turned = period.kind == "same_period" or (period.rule == "span_back" and period.quote.startswith("前"))
    if turned and period.quote != "同期" and _FROM.search(before) and _TURNS.search(view, period.end, passage.end):
        return FROM  # 由前三年分别上升…，转为下降
    if period.kind in ("span", "duration") and _FROM.search(before) and _THEN_TURNS.match(after):
        return FROM  # 由连续三年下降转为增长
    if period.kind == "same_period" or _in_name(view, passage, period):
        return BASIS if period.kind == "same_period" else NAMED
    if (
        period.rule in ("since", "century", "year", "span_back")
        and _RECORD.match(after)
        and (
            re.search("[是为创达过]|成为$", before[-3:])
            or (_EXTREME.match(after) and not _CLAUSE_END.search(before[-1:] or "，"))
        )
    ):
        return NAMED
    comparing = _COMPARING.search(before)
    if comparing and (comparing[0][0] not in "为是恢回" or _ONLY_TIMES.match(after)):
        return RULES if _PACE.match(after) else BASIS
    if before.endswith(("按", "按照")) and _AS_SPENT.match(after):  # 按上年实际支出压缩5%
        return BASIS
    if before.endswith("恢复") and _ONLY_TIMES.match(after):  # 恢复 | 到2019年 | 的98%
        return BASIS
    if before.endswith(("超过", "完成", "完成了", "达到", "占", "为", "占了", "相当于")) and _PLANNED_FIGURE.match(
        after
    ):
        return BASIS
    if before.endswith(("规定的", "要求的", "提出的")) and _LAID_DOWN_FOR.match(after):
        return BASIS  # 超过五年计划规定的1957年指标
    if (_WITH.search(before) and _COMPARED.match(after)) or (period.rule != "consecutive" and _BASED.match(after)):
        return BASIS
    if _REACHED.search(before) and after.startswith("的"):
        return TO
    if before.endswith("从") and _SEEN_FROM.match(after):
        return RULES  # 从4月份的情况看，…
    if period.kind == "until" and _PUT_OFF.search(before):
        return NAMED  # 缓交到明年
    if _FROM.search(before) and (
        period.kind in ("year", "quarter", "month", "half", "plan", "now") or period.rule == "decade"
    ):
        if _AMONG.match(after):
            return NAMED  # 从去年超收收入中安排
        if _TURNS.search(view, period.end, passage.end) and not _SINCE.match(after):
            return FROM
    if period.rule == "plan" and _ATTAINED.search(before) and _A_PLAN.match(view, period.end - 2):
        return NAMED  # 提前一年完成“七五”计划
    if period.rule == "years" and _BEING.search(before) and not _FIGURE.search(before):
        return NAMED  # “十四五”时期是极不平凡的五年
    if period.rule == "plan" and _WAS_YEARS.match(view, period.end, passage.end):
        return RULES
    if period.rule == "plan" and _ONE_OF_ITS_YEARS.match(after):
        return NAMED  # 今年是“九五”计划的第一年
    if period.rule == "plan" and period.quote[-1] in "”’":
        counts = _COUNTS.match(after) or (passage.heading and not _BEGINNING.match(after))
        return RULES if counts else NAMED  # “十五五”开局之年
    happened = _HAPPENED.match(after)
    if happened and not _FIGURE.search(_CLAUSE_END.split(after)[0]):
        return NAMED
    if period.rule == "years" and (before.endswith("占") or _TOTAL_OF.match(after)):
        return NAMED  # 占五年投资总额的32%
    if period.rule == "century" and period.kind != "until" and (period.quote != "本世纪末" or before.endswith("了")):
        return NAMED
    if period.rule == "span_back" and after.startswith(("首次", "首个", "首现")):
        return NAMED  # 水质30年来首次达标
    if before.endswith(("除", "除了", "除去")) and _EXCEPTED.match(after):
        return NAMED  # 除1985年外，年年增产
    if before.endswith("面向"):  # 面向2030年的重大项目: it is what they are called
        return NAMED
    if (
        period.quote in ("全年", "年度")
        and before.endswith(("完成", "完成了", "占", "达到"))
        and _TOTAL_OF.match(after)
    ):
        return NAMED  # 1月到5月安排40万人，完成全年任务的三成
    if _second_subject(view, passage) is period:
        return NAMED
    if _NAME_AFTER.match(after) or (period.rule == "year_start" and not period.anchored):
        return NAMED
    return RULES


def _in_name(view: str, passage: _Passage, period: Period) -> bool:
    """Whether the period stands in a title, or in a quotation that is a name."""
    before, after = view[passage.start : period.start], view[period.end : passage.end]
    if before.count("《") > before.count("》") and "》" in after:
        return True
    if period.quote[0] in "“‘" or before.count("“") <= before.count("”"):
        return False
    opened = before.rfind("“")
    return "”" in after and len(before) - opened + after.find("”") <= 20


_CLAUSE_END = Regex("[，；。]")
_TURNS = Regex(f"{leading()}|[变换转达](?:到|至|为)|转[正负增降升]")
_THEN_TURNS = Regex("(?:连续|持续|逐年)?[^，；。0-9]{2,8}?(?:转为|转[正负增降]|变为)")


#: Where a sentence goes over from what was reached in a year to what was done besides (增加到2020年的9亿元，救助学生…).
_OTHERWISE = Regex(
    "；(?=[^，；。]{2,16}(?:共|一共|总共|累计)(?:有|达|为)?[0-9一二三四五六七八九十])|[，；](?=(?:共|累计|还|新增|新建|建成|资助|完成|解决|培训|改造)(?![增减]|"
    + changing()
    + "))"
)


def _scope_end(view: str, period: Period, role: str, limit: int) -> int | None:
    """Return where a period stops ruling before its sentence ends, None where it rules on."""
    if role == FROM:
        turn = _TURNS.search(view, period.end, limit)
        return turn.end() if turn else limit
    if role == TO:
        turn = _OTHERWISE.search(view, period.end, limit)
        return turn.start() if turn else None
    bracket = view.rfind("（", max(0, period.start - 12), period.start)
    if bracket >= 0 and "）" not in view[bracket : period.start]:
        closed = view.find("）", period.end, limit)
        return closed + 1 if closed >= 0 else limit
    if period.rule == "consecutive":
        ended = _CLAUSE_END.search(view, period.end, limit)
        return ended.start() if ended else limit  # 甲河连续8年、乙河连续5年达标，产值…
    if view.endswith("加上", max(0, period.start - 4), period.start):  # 加上1957年底的2000万人，总数达到…
        ended = _CLAUSE_END.search(view, period.end, limit)
        return ended.start() if ended else None
    own = _PACE.match(view, period.end, limit)
    if own and (own["on"] or _COMPARING.search(view, max(0, period.start - 12), period.start)):
        return own.end()
    return None


#: A clause of what changes, once a level was told: 到1957年达到500万吨，棉花增长5%.
_CHANGES_NEXT = Regex(
    "[，；](?=[^，；。比较到至]{1,14}" + changing() + "(?![到至为])[^，；。]{0,4}[0-9百一二三四五六七八九十])"
)


def _ends(span: Ruling, ruling: Ruling, passage: "_Passage") -> bool:
    """Whether `ruling` is the end of a span of years that the same sentence stated before."""
    stated = span.span and span.rule == "sentence" and span.start >= passage.start
    return bool(stated and span.last and ruling.value == f"../{span.last.year}")


def _back_to_span(view: str, period: Period, limit: int) -> int | None:
    """Return where a sentence goes back from the end of its years to what changes over them, None where it does not."""
    figure = _FIGURE.search(view, period.end, limit)
    found = _CHANGES_NEXT.search(view, figure.end(), limit) if figure else None
    return found.end() if found else None


#: What goes on behind a from–to with something else than by how much that changed (…增加到2025年的3100家，年均增长8%).
_ANOTHER_NEXT = Regex("[，；](?!(?:年均|累计|五年|[一二两三四五六七八九十]年|净|共|总共|平均)*" + changing() + ")")


def _is_last_of(outer: Ruling, ruling: Ruling) -> bool:
    """Whether `ruling` is the last year of the years that are looked back on around it."""
    return outer.span and not outer.future and outer.last_year == ruling.value


def _counts_the_year_before(outer: Ruling, ruling: Ruling) -> bool:
    """Whether `ruling` is the years that are looked back on around it and the one before them."""
    begins = ruling.first and str(ruling.first.year) == outer.start_before
    return bool(begins and ruling.last and outer.last and ruling.last.year == outer.last.year)


def _past_the_last_year(view: str, period: Period, limit: int) -> int | None:
    """Return where a sentence goes on, behind the end of a from–to, with something else, told of all of its years."""
    figure = _FIGURE.search(view, period.end, limit)
    found = _ANOTHER_NEXT.search(view, figure.end(), limit) if figure else None
    return found.end() if found else None


# --- rulings ----------------------------------------------------------------------------------------

_FIGURE = Regex("[0-9百千万亿]+[^年月日，。；]")
_ON_THE_YEAR_BEFORE = Regex("[比较](?:上|前)一?年")
_AS_FOLLOWS = Regex("(?:如下|下列)[^，。；：]{0,6}(?:[：。]?$|：)")
#: 海河机床厂 | 五年来: what is told of one thing says nothing of the paragraphs behind.
_OF_ONE_THING = Regex("(?!我们|我国|全[国省市区县]|各位|回[首顾望]|总的)[^，。；：在]{3,}$")
_LISTS = Regex("：\\s*(?:——|—|一是|[◆●■▲◎★•])")
#: 一九六〇年，总产值计划达到…: what a paragraph of plans opens with is the year of the plans behind it.
_LAYS_DOWN = Regex("(?<!原)计划(?:[为达增]|的?(?:主要)?指标|规定|安排)|(?:计划|预算|总)?指标[为是]|预期目标")
_ANNOUNCING = Regex("过去|年来|这[一二两三四五六七八九十0-9]|今后|未来|时期|期间|本届政府")
_LEAD = 2  # so many sentences into a paragraph it may still say what follows
_TURNING = Regex(
    "(?:各位代表[！，])?(?:回首|回顾|回望)?(?:过去[的这]?[五十]年|[五十]年多?来|这[五十]年|一年来|过去的?一年)$"
)
#: A few years that only a paragraph is about; five are a plan's or a government's.
_SOME_YEARS = Regex("(?:今后|未来)[的这]?[一二两三四1-4]")
#: Years to come that nobody counts.
_SOME_TIME = Regex("(?:今后|未来|往后)的?(?:一个|一段)(?:时期|时间|较长)")
_THAT_TIME = Regex("(?:这个|这一|此|该)(?:期间|时期)")
_PAST_YEAR = Regex("过去的?一年|一年来")
_BEFORE_REVIEW = Regex("(?:回首|回顾|回望|刚刚过去的|过去的)$")
_FIVE_YEARS_OF = Regex(
    "“[^”]{2,4}五”时期是[^。]{0,60}的五年|这五年，?(?:极|很)?(?:不平[凡常]|不寻常|是[^。]{0,40}的五年)"
    "|标志着[^。，]{0,6}“[^”]{2,4}五”[^。，]{0,10}(?:收官|完成|实现|结束)"
)
_LATELY = Regex("(?:最?近)[的这]?[两二三四]年")  #: in a review of more years it holds for its sentence alone
_JUST_PAST = Regex("(?:各位代表[！，])?刚刚过去的(?:一年|20[0-9]{2}年)")
_BEGUN = Regex("今年是[^。]{0,30}(?:开局|第一|头一|起步|起始)")
_A_YEAR_OF = Regex("(?:[^。]{0,60}的(?:一|[二三四五六七八九十])年|很?(?:极)?不(?:平凡|寻常))")


def _ruling(
    value: str, first: datetime.date | None, last: datetime.date | None, period: Period | None, *, future: bool
) -> Ruling:
    span = bool(first and last and first.year < last.year and not (period and period.kind == "now"))
    # 十年来 of October 2022 is 2012/2022, and goes on from what was so in 2012
    counted = period is not None and first is not None and last is not None and period.years == last.year - first.year
    return Ruling(
        value=value,
        first=first,
        last=last,
        span=span,
        last_year=str(last.year) if span and last else value,
        start_before=str(first.year - (not counted)) if span and first else None,
        future=future,
        start=period.start if period else 0,
        end=period.end if period else 0,
        rule="sentence" if period else "default",
    )


def _reviews_a_term(year: int) -> bool:
    """Whether a report of `year` looks back on the five years of a government, which 五年 then means, not a plan's."""
    return year >= 1983 and year % 5 == 3


def _running_plan(year: int) -> Ruling | None:
    """Return the years of the five-year plan that runs in `year`, None between two plans (1963 to 1965)."""
    first = year - (year - 1953) % 5 if year < 1963 else year - (year - 1966) % 5
    return _of_years(first, first + 4, future=True) if 1953 <= first < 1963 or first >= 1966 else None


def _of_year(year: int, *, future: bool) -> Ruling:
    return _of_years(year, year, future=future)


def _of_years(first: int, last: int, *, future: bool) -> Ruling:
    days = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return _ruling(form("span", *days), *days, None, future=future)


_REVIEWING = frozenset(("span_back", "cumulative", "term", "years"))
_OVER_YEARS = Regex("年均|平均每年|(?:从|由)[0-9.]{1,8}[^0-9，。；年月]{1,5}" + leading())
_OVER_ONE = Regex("比上年|比去年|较上年|同比|去年(?!年?[底末])|一年来|过去一年|全年|这一年")


def _length(period: Period) -> int:
    if period.first is None or period.last is None:
        return period.years or 0
    return period.last.year - period.first.year + 1


def _introduced(view: str, passages: list[_Passage]) -> bool:
    """Whether an excerpt turns to five years (“十四五”时期是…的五年) only behind its first sentence."""
    return any(_FIVE_YEARS_OF.search(view, passage.start, passage.end) for passage in passages[1:])


def _goes_on(stated: list[Period], span: Period) -> bool:
    """Whether 这五年 is the first that a text says of its time, so that it must have said which before."""
    return stated[0] is span and span.quote.startswith("这")
