"""Time expressions, resolved against the document's date.

``find_periods`` reads atoms (2023年, 去年, 上半年, “十四五”时期, 五年来: ``data/periods.toml``), takes the
longest at each place, and joins neighbours: 2023年 + 上半年, 去年12月 + 至 + 今年2月, 到 + 2025年底, 党的十八大 + 以来.

Every `Period` has one `kind`:

===========  =============================================================  ==========================
kind         what it is                                                     example of `value`
===========  =============================================================  ==========================
year         a calendar year, its beginning or its end                      ``2012``
half         a half-year                                                    ``2023-01/2023-06``
quarter      one quarter or several                                         ``2023-Q1``, ``2023-01/2023-09``
month        one month or several                                           ``2023-12``, ``2023-01/2023-11``
day          one day or several                                             ``2024-02-08``
span         several years, a decade, a lunar year, any other from–to       ``2016/2020``
plan         the years of a five-year plan, or some of them                 ``2021/2025``
since        from a time on                                                 ``2012/..``
until        by a time: open while that is to come, then the time itself    ``../2025``, ``2023``
now          目前: the year that the text knows figures of                    ``2022``
duration     how long; resolved where the words say which years (连续六年)        ``2007/2012`` or None
same_period  同期: the period compared with is stated elsewhere                  None
===========  =============================================================  ==========================

A text dated in the first half of a year looks back on finished years: 五年来 of March 2013 is
2008/2012 and 今后五年 is 2013/2017. One dated later counts its own year in: 五年来 of September 2022
is 2017/2022, 今后五年 2022/2027; in December the year is as good as over.

`anchored` is False where the expression names no year itself (上半年, 年末, 全年): the year is then the one
the text looks back on, until :mod:`pipeline.timeline` puts it under the year that rules there.
"""

import datetime

import msgspec

from pipeline.alignment import align
from pipeline.atoms import Found, Time, Today, atoms, days_of, lexicon, shift, span_of
from pipeline.document import Document, Period
from pipeline.regex import Regex

# --- joining -----------------------------------------------------------------------------------------

_PARTS = frozenset(("half", "quarter", "month", "day"))
_LENGTHS = frozenset(("span_back", "cumulative", "years", "within"))
_JOINED = Regex("(?:起|开始)?(?:到|至|[-—–―~]{1,2})")
_FROM = Regex("(?:开始)?(?:以来|至今|以后|之后)|起(?=[，。、；至按对在实])|开始")
_BEFORE = Regex("(?:以|之)?前(?![后提期列沿头景往任所身人两三二四五六七八九十0-9])")
_BY = Regex("(?:预计)?(?:截[至止]到?|力争到|争取到|(?<![加高长降少升大展减涨达超回落扩缩低增短快涵调推延转])[到至])$")


def find_periods(text: str, reference: datetime.date) -> list[Period]:
    """Return every time expression of `text`, resolved against the date `reference`.

    Offsets are those of `text`, whatever its width of digits or line breaks.

    >>> [(p.quote, p.value) for p in find_periods("去年上半年，到2035年", datetime.date(2024, 3, 5))]
    [('去年上半年', '2023-01/2023-06'), ('到2035年', '../2035')]
    """
    view, starts = align(text)
    located = []
    for period in _find(view, reference):
        start, end = period.start, period.end
        if starts is not None:
            start, end = starts[start], starts[end - 1] + 1
        located.append(msgspec.structs.replace(period, start=start, end=end, quote=text[start:end]))
    return located


def _find(view: str, reference: datetime.date) -> list[Period]:
    today = Today(reference)
    found = atoms(view, today)
    for join in (_in_year, _from_to):  # 去年9月到今年2月: first the months into their years
        kept: list[Found] = []
        for item in found:
            if not (kept and join(view, kept[-1], item)):
                kept.append(item)
        found = kept
    periods: list[Period] = []
    done = 0
    for item in found:
        if item.start >= done:  # else the one before has taken it in: 去年12月至今
            _extend(view, item, done, today)
            if not (item.time.anchored or today.known):
                item.time.first = item.time.last = item.time.value = None
            periods.append(_period(view, item))
            done = item.end
    return periods


def _in_year(view: str, left: Found, right: Found) -> bool:
    """Put a part of a year (`right`) into the year that stands before it, making one of the two."""
    year, part = left.time, right.time
    gap = view[left.end : right.start]
    if year.kind != "year" or part.anchored or gap not in ("", "的"):
        return False
    if part.kind in _PARTS or right.rule in ("year_end", "relative_year", "year_start"):
        _anchor(part, year)
        left.time = part
    elif part.kind == "same_period" and not gap:
        left.time = Time(kind="same_period", first=year.first, last=year.last, value=year.value)
    else:
        return False
    left.end = right.end
    return True


def _from_to(view: str, left: Found, right: Found) -> bool:
    """Join the two ends of a range (2016年 至 2018年), or a beginning and a length (2005年开始 连续三年)."""
    gap = view[left.end : right.start]
    if len(gap) > 3:
        return False
    a, b = left.time, right.time
    if gap in ("", "起", "开始", "以来") and right.rule == "consecutive" and a.kind == "year" and a.first and b.years:
        left.time = span_of(a.first.year, a.first.year + b.years - 1, b.years)
        left.time.kind, left.rule, left.end = "duration", right.rule, right.end
        return True
    twice = a.kind == "span" and not a.years and gap in ("", "的", "这", "，") and right.rule in _LENGTHS
    if twice and b.years and a.first and a.last:
        if a.last.year - a.first.year - b.years not in (0, -1):  # 1953年到1980年的28年间 says one span twice
            return False
        left.end = right.end
        return True
    if not (_JOINED.fullmatch(gap) and a.first and b.first and b.last) or "duration" in (a.kind, b.kind):
        return False
    if not b.anchored and a.anchored and a.kind in _PARTS:
        shift(b, a.first.year - b.first.year)
    if b.last <= a.first:
        return False
    left.time = Time(kind="span", first=a.first, last=b.last, anchored=a.anchored)
    if a.kind not in _PARTS and b.kind not in _PARTS:
        left.time.value = f"{a.first.year}/{b.last.year}"
    left.end = right.end
    return True


def _anchor(part: Time, year: Time) -> None:
    """Put `part`, which names no year, into `year`."""
    part.anchored = year.anchored
    if year.first is None:
        part.first = part.last = part.value = None
    elif part.first is not None:
        shift(part, year.first.year - part.first.year)


def _extend(view: str, item: Found, floor: int, today: Today) -> None:
    """Take in the words before and after that make a time a bound."""
    time = item.time
    if time.kind in ("duration", "same_period", "now", "since") or time.last is None or time.first is None:
        return
    value = form(time.kind, time.first, time.last) if time.value is None else time.value
    after = _FROM.match(view, item.end)
    if after and time.kind not in ("span", "plan"):
        item.end = after.end()
        if not (time.kind == "year" and today.known and time.first.year == today.date.year):
            item.time = Time(kind="since", first=time.first, value=f"{value}/..", anchored=time.anchored)
        return
    before = _BY.search(view, max(floor, item.start - 5), item.start)
    after = _BEFORE.match(view, item.end)
    if (not before and not after) or (time.kind in ("span", "plan") and not after):
        return
    if before:
        item.start = before.start()
    if after:
        item.end = after.end()
        if not time.anchored and time.last < today.date:
            shift(time, 1)
            value = form(time.kind, time.first, time.last) if time.value is None else time.value
    if time.last > today.date and today.known:
        item.time = Time(kind="until", last=time.last, value=f"../{value}", anchored=time.anchored)
    else:
        item.time = Time(kind="until", first=time.first, last=time.last, value=value, anchored=time.anchored)


def form(kind: str, first: datetime.date, last: datetime.date) -> str:
    """Return the string form of the contract for the days from `first` to `last`."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    if first.day == 1 and (last + datetime.timedelta(days=1)).day == 1 and kind != "day":
        if kind == "quarter" and (first.year, first.month + 2) == (last.year, last.month):
            return f"{first.year}-Q{last.month // 3}"
        months = f"{first.year}-{first.month:02}", f"{last.year}-{last.month:02}"
        return months[0] if months[0] == months[1] else "/".join(months)
    return str(first) if first == last else f"{first}/{last}"


def _period(view: str, item: Found) -> Period:
    time = item.time
    value = time.value
    if value is None and time.first is not None and time.last is not None:
        value = form(time.kind, time.first, time.last)
    return Period(
        start=item.start,
        end=item.end,
        quote=view[item.start : item.end],
        value=value,
        first=time.first,
        last=time.last,
        kind=time.kind,
        rule=item.rule,
        anchored=time.anchored,
        years=time.years,
    )


class Periods:
    """Finds the time expressions of a document."""

    name = "periods"
    description = "time expressions, resolved against the document's date"
    requires = ("view", "metadata")
    assigns = "periods"
    example = "去年上半年，全市新增就业3万人；到“十五五”末达到10万人。"

    def find(self, doc: Document) -> list[Period]:
        """Return the periods of `doc` in order, at view offsets."""
        return _find(doc.view, reference_of(doc))


def looks_back_on(reference: datetime.date) -> int:
    """Return the year that a text of day `reference` looks back on."""
    return Today(reference).finished


def shifted(period: Period, years: int) -> Period:
    """Return `period` moved by whole years."""
    time = Time(kind=period.kind, first=period.first, last=period.last, value=period.value)
    shift(time, years)
    return msgspec.structs.replace(period, first=time.first, last=time.last, value=time.value)


#: 贯彻《政府工作报告》的发言 is of the day of the report, 《政府工作报告》上半年完成情况 is not.
_OF_A_REPORT = Regex("(?!.*(?:完成情况|督[查办]|通报|进展)).*政府工作报告")


def years_of_title(doc: Document) -> list[int]:
    """Return the single years that the document's title names, in order."""
    title = doc.metadata.title or ""
    found = find_periods(title, datetime.date.min) if "年" in title else []
    return [period.last.year for period in found if period.kind == "year" and period.last is not None]


_SITTING = Regex("((?:19|20)[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_HEAD = 600  # characters in which a text says when it was read out


def reference_of(doc: Document) -> datetime.date:
    """Return the day that the document's time expressions are resolved against.

    It is the document's date. Where only the year of a text is known, a date of that year in its head
    tells more; a work report was read out when the National People's Congress met, since 1985 always in
    the first months.
    """
    date = doc.metadata.date
    if date is None or len(date) > 4:
        return doc.reference
    for found in _SITTING.finditer(doc.view, 0, _HEAD):
        if found[1] == date:
            day = days_of([int(date), int(found[2]), int(found[3] or 1)])
            if day and day.first:
                return day.first
    if int(date) - 1 in years_of_title(doc):  # a communiqué of 2019 is published early in 2020
        return datetime.date(int(date), 3, 5)
    if doc.metadata.genre == "政府工作报告" or _OF_A_REPORT.match(doc.metadata.title or ""):
        read_out = lexicon().work_reports.get(date)
        if read_out:
            return read_out
        if int(date) >= 1985:
            return datetime.date(int(date), 3, 5)
    return doc.reference
