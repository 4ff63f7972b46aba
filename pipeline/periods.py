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
import re
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files

import msgspec

from pipeline.alignment import align
from pipeline.document import Document, Period
from pipeline.errors import DataError

_SOURCE = "pipeline/data/periods.toml"
_PLACEHOLDER = re.compile(r"\{([A-Za-z]+)\}")
_DAY = datetime.timedelta(days=1)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "O": 0, "两": 2}


# --- data -----------------------------------------------------------------------------------------


class Atom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One smallest time expression; see the head of the data file."""

    name: str
    starts: str
    pattern: str
    hits: list[str]
    misses: list[str]


class _LunarNewYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    first: int
    days: list[str]


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    parts: dict[str, str]
    atom: list[Atom]
    events: dict[str, datetime.date]
    congresses: dict[str, datetime.date]
    plenums: dict[str, datetime.date]
    peoples_congresses: dict[str, datetime.date]
    lunar_new_year: _LunarNewYear


@cache
def lexicon() -> Lexicon:
    """Return the data file; raises DataError where it is malformed."""
    raw = (files("pipeline") / "data" / "periods.toml").read_bytes()
    try:
        data = msgspec.toml.decode(raw, type=Lexicon)
    except msgspec.DecodeError as error:
        raise DataError(f"{_SOURCE}: {error}") from error
    for atom in data.atom:
        if atom.name not in _RESOLVERS:
            raise DataError(f"{_SOURCE}: atom {atom.name!r}: pipeline/periods.py does not resolve it")
    return data


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the compiled pattern of each atom by its name."""
    data = lexicon()
    congress = "(?:党的?|中共|中国共产党)?第?(?:二十|十[一二三四五六七八九]?|[七八九])(?:次全国代表大会|大)"
    plenum = "(?:党的?|中共)?(?:二十|十[一二三四五六七八九]?)届[一二三四五六七]中全会"
    peoples = "第?(?:十[一二三四五]?|[一二三四五六七八九])届(?:全国)?(?:人大|人民代表大会)(?:第?[一二三四五]次会议)?"
    names = "|".join(re.escape(name) for name in sorted(data.events, key=lambda name: (-len(name), name)))
    parts = data.parts | {"event": f"{names}|{plenum}|{congress}|{peoples}"}
    compiled = {}
    for atom in data.atom:
        pattern = _PLACEHOLDER.sub(partial(_part, parts, atom.name), atom.pattern)
        try:
            compiled[atom.name] = re.compile(pattern)
        except re.error as error:
            raise DataError(f"{_SOURCE}: atom {atom.name!r}: {error}") from error
    return compiled


def _part(parts: dict[str, str], atom: str, placeholder: re.Match[str]) -> str:
    if placeholder[1] not in parts:
        raise DataError(f"{_SOURCE}: atom {atom!r}: there is no part {placeholder[0]}")
    return parts[placeholder[1]]


@cache
def _by_start() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return the atoms that can begin with a character, for each such character."""
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for atom in lexicon().atom:
        for char in atom.starts:
            table.setdefault(char, []).append((atom.name, patterns()[atom.name]))
    return table


@cache
def _starts() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(_by_start())) + "]")


# --- the times that expressions stand for ------------------------------------------------------------


class _Time(msgspec.Struct, kw_only=True):
    """A period in the making. `value` is left None where `first` and `last` give it."""

    kind: str
    first: datetime.date | None = None
    last: datetime.date | None = None
    value: str | None = None
    anchored: bool = True
    years: int | None = None


class _Today(msgspec.Struct, frozen=True):
    """The reference date, and which years are past and to come for a text of that day."""

    date: datetime.date

    @property
    def known(self) -> bool:
        return self.date.year > 1

    @property
    def finished(self) -> int:
        """The year that the text looks back on."""
        return self.date.year - (self.date.month <= 6)

    def back(self, years: int) -> tuple[int, int]:
        """Return the first and last of the `years` years gone by."""
        year = self.date.year
        if self.date.month == 12:
            return year - years + 1, year
        return year - years, self.finished

    def ahead(self, years: int) -> tuple[int, int]:
        """Return the first and last of the `years` years to come."""
        year = self.date.year
        if self.date.month == 12:
            return year + 1, year + years
        return year, year + years - (self.date.month <= 6)


_Resolver = Callable[[re.Match[str], _Today], _Time | None]
_RESOLVERS: dict[str, _Resolver] = {}


def _resolves(*names: str) -> Callable[[_Resolver], _Resolver]:
    def register(resolver: _Resolver) -> _Resolver:
        _RESOLVERS.update(dict.fromkeys(names, resolver))
        return resolver

    return register


def numeral(written: str) -> int:
    """Return the value of a year, month or small number in Arabic or Chinese digits."""
    if written.isascii() and written.isdigit():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return 10 * (numeral(tens) if tens else 1) + (numeral(ones) if ones else 0)
    value = 0
    for char in written:
        value = 10 * value + (_DIGITS[char] if char in _DIGITS else int(char))
    return value


_YEAR = r"[0-9]{4}|[一二][〇零O0-9一二三四五六七八九]{3}"
_ANY_YEAR = re.compile(_YEAR)
_NUMBER = re.compile("[0-9]+|[一二两三四五六七八九十]+")


def _years(first: int, last: int, kind: str = "span") -> _Time:
    return _Time(kind=kind, first=datetime.date(first, 1, 1), last=datetime.date(last, 12, 31))


def _year(year: int, *, anchored: bool = True) -> _Time:
    time = _years(year, year, "year")
    time.anchored = anchored
    return time


def _year_end(year: int, *, anchored: bool = True) -> _Time:
    day = datetime.date(year, 12, 31)
    return _Time(kind="year", first=day, last=day, value=str(year), anchored=anchored)


def _year_start(year: int, *, anchored: bool = True) -> _Time:
    day = datetime.date(year, 1, 1)
    return _Time(kind="year", first=day, last=day, value=str(year), anchored=anchored)


def _months(year: int, first: int, last: int, kind: str) -> _Time:
    return _Time(kind=kind, first=datetime.date(year, first, 1), last=_month_end(year, last))


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - _DAY


def _recent(time: _Time, today: _Today) -> _Time:
    """Put a part of a year, made for the year of `today`, into the last year in which it had begun."""
    time.anchored = False
    if time.first is not None and time.first > today.date:
        _shift(time, -1)
    return time


def _shift(time: _Time, years: int) -> None:
    """Move `time` by whole years."""
    time.first, time.last = (day and _moved(day, years) for day in (time.first, time.last))
    if time.value is not None:
        time.value = re.sub("[0-9]{4}", lambda found: str(int(found[0]) + years), time.value)


def _moved(day: datetime.date, years: int) -> datetime.date:
    if day.month == 2 and day + _DAY == datetime.date(day.year, 3, 1):
        return _month_end(day.year + years, 2) if day.day == 29 or day.day == 28 else day
    return day.replace(year=day.year + years)


@_resolves("iso_date")
def _iso_date(match: re.Match[str], today: _Today) -> _Time | None:
    return _days([int(part) for part in re.split("[-./]", match[0])])


def _days(numbers: list[int], until: tuple[int, int] | None = None) -> _Time | None:
    try:
        first = last = datetime.date(*numbers)
        if until:
            last = datetime.date(first.year, *until)
    except ValueError:
        return None
    return _Time(kind="day", first=first, last=last)


@_resolves("year", "bare_year")
def _absolute_year(match: re.Match[str], today: _Today) -> _Time:
    year = numeral(match[0][:4])
    return _year_end(year) if match[0][-1] in "末底终" else _year(year)


@_resolves("year_start")
def _start_of_year(match: re.Match[str], today: _Today) -> _Time | None:
    if match[0][0] == "年":
        return _year_start(today.finished, anchored=False) if today.known else _Time(kind="year", anchored=False)
    relative = _RELATIVE.get(match[0][:2])
    if relative is None:
        return _year_start(numeral(match[0][:4]))
    return _year_start(today.date.year + relative) if today.known else None


@_resolves("short_year")
def _short_year(match: re.Match[str], today: _Today) -> _Time:
    year = numeral(match[0].strip("’年"))
    return _year(year + (1900 if year >= 30 else 2000))


@_resolves("year_range", "year_pair")
def _year_range(match: re.Match[str], today: _Today) -> _Time | None:
    first, last = (numeral(year) for year in _ANY_YEAR.findall(match[0])[:2])
    return _years(first, last) if first < last else None


_RELATIVE = {"今年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2}
_OF_CONTEXT = {"上": -1, "前": -1, "下": 1, "次": 1, "翌": 1}  # years after the one that the context speaks of


@_resolves("relative_year")
def _relative_year(match: re.Match[str], today: _Today) -> _Time | None:
    words = match[0]
    make = _year_end if words[-1] in "末底终" else _year
    if not today.known:
        return _Time(kind="year", anchored=False)
    if words[:2] in _RELATIVE:
        return make(today.date.year + _RELATIVE[words[:2]])
    if words[0] == "本":
        return make(today.date.year)
    # 上年 beside the year that a report looks back on is the one before; 全年 同年 当年 are that year
    return make(today.finished + _OF_CONTEXT.get(words[0], 0), anchored=False)


@_resolves("year_end")
def _end_of_year(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="year", anchored=False)
    return (_year if match[0][1] in "内中" else _year_end)(today.finished, anchored=False)


@_resolves("this_year_of_review")
def _this_year(match: re.Match[str], today: _Today) -> _Time:
    return _year(today.finished, anchored=False) if today.known else _Time(kind="year", anchored=False)


@_resolves("half")
def _half(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="half", anchored=False)
    first = 1 if match[0][0] in "上前" else 7
    return _recent(_months(today.date.year, first, first + 5, "half"), today)


@_resolves("quarter")
def _quarter(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="quarter", anchored=False)
    numbers = [numeral(n) for n in re.findall("[1-4一二两三四]", match[0])] or [1]
    first = 1 if match[0][0] in "前头" else numbers[0]
    return _recent(_months(today.date.year, 3 * first - 2, 3 * numbers[-1], "quarter"), today)


_DATE_PART = re.compile("([0-9]+|[一二三四五六七八九十]+)(月|[日号])?")


@_resolves("month")
def _month(match: re.Match[str], today: _Today) -> _Time | None:
    parts = [(numeral(number), mark) for number, mark in _DATE_PART.findall(match[0])]
    months = [number for number, mark in parts if mark not in ("日", "号")]
    days = [number for number, mark in parts if mark in ("日", "号")]
    if not today.known:
        return _Time(kind="day" if days else "month", anchored=False)
    year = today.date.year
    if not days:
        if months[0] > months[-1]:
            return None
        return _recent(_months(year, months[0], months[-1], "month"), today)
    time = _days([year, months[0], days[0]], (months[-1], days[-1]))
    return time and _recent(time, today)


@_resolves("months_to_date")
def _months_to_date(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="month", anchored=False)
    return _recent(_months(today.date.year, 1, numeral(match[0][1:-2]), "month"), today)


@_resolves("relative_month")
def _relative_month(match: re.Match[str], today: _Today) -> _Time | None:
    if not today.known:
        return None
    day = today.date.replace(day=1)
    if match[0][0] == "上":
        day = (day - _DAY).replace(day=1)
    return _months(day.year, day.month, day.month, "month")


@_resolves("plan")
def _plan(match: re.Match[str], today: _Today) -> _Time | None:
    number = numeral(match["n1"] or match["n2"] or match["n3"])
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    last = first + 4
    rest = match[0][match.end("n1" if match["n1"] else "n2" if match["n2"] else "n3") - match.start() :]
    some = re.search("([前后头]|最后)([一二两三四1-4])年", rest)
    if some:
        years = numeral(some[2])
        span = (first, first + years - 1) if some[1] in "前头" else (last - years + 1, last)
        return _years(*span, "plan" if years > 1 else "year")
    if re.search("末|收官", rest):
        return _year_end(last)
    if "初" in rest:
        return _year_start(first)
    if rest.endswith("以来"):
        return _Time(kind="since", first=datetime.date(first, 1, 1), value=f"{first}/..")
    return _years(first, last, "plan")


@_resolves("span_back")
def _span_back(match: re.Match[str], today: _Today) -> _Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known:
        return _Time(kind="span", years=years)
    first, last = today.back(years)
    if match[0][0] == "前" and re.search(
        "[比较超是于为]过?(?:了)?$", match.string[max(0, match.start() - 2) : match.start()]
    ):
        first, last = first - years, first - 1  # 比前五年增长: the years before those under review
    return _span_of(first, last, years)


def _span_of(first: int, last: int, years: int) -> _Time:
    time = _years(first, last, "span" if first < last else "year")
    time.years = years
    return time


@_resolves("span_ahead")
def _span_ahead(match: re.Match[str], today: _Today) -> _Time:
    numbers = [numeral(n) for n in _NUMBER.findall(match[0].lstrip("下一个"))]
    if not today.known or len(numbers) > 1:
        return _Time(kind="span", years=numbers[-1])
    return _span_of(*today.ahead(numbers[-1]), numbers[-1])


@_resolves("joint_years")
def _joint_years(match: re.Match[str], today: _Today) -> _Time | None:
    if not today.known:
        return None
    offsets = [offset for word, offset in _RELATIVE.items() if word[0] in match[0]]
    return _years(today.date.year + min(offsets), today.date.year + max(offsets))


_STRIVING = re.compile("(?:力争|争取|努力|再|将|要|计划|拟|准备|打算)[^，。；]{0,6}$")
_DONE = re.compile("[^。；]{0,40}(?:了|完成|已)")


@_resolves("effort")
def _effort(match: re.Match[str], today: _Today) -> _Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    time = _Time(kind="duration", years=years)
    if not today.known:
        return time
    planned = _STRIVING.search(match.string[max(0, match.start() - 12) : match.start()])
    if not planned and (match[0].startswith(("经过", "通过")) or _DONE.match(match.string, match.end())):
        first, last = today.back(years)
    else:
        first, last = today.ahead(years)
        if "时间" in match[0]:
            time.last, time.value = datetime.date(last, 12, 31), f"../{last}"
            return time
    time.first, time.last = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return time


@_resolves("within")
def _within(match: re.Match[str], today: _Today) -> _Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    time = _Time(kind="duration", years=years)
    if today.known and not _DONE.match(match.string, match.end()):
        first, last = today.ahead(years)
        time.first, time.last = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return time


@_resolves("consecutive")
def _consecutive(match: re.Match[str], today: _Today) -> _Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known or match.string[max(0, match.start() - 1) : match.start()] == "再":
        return _Time(kind="duration", years=years)
    last = today.date.year if today.date.month == 12 else today.date.year - 1
    time = _years(last - years + 1, last, "duration")
    time.years = years
    return time


@_resolves("cumulative")
def _cumulative(match: re.Match[str], today: _Today) -> _Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known:
        return _Time(kind="duration", years=years)
    time = _span_of(*today.back(years), years)
    time.kind = "duration"
    return time


@_resolves("years")
def _some_years(match: re.Match[str], today: _Today) -> _Time:
    return _Time(kind="duration", years=numeral(match[0][:-1]))


@_resolves("decade")
def _decade(match: re.Match[str], today: _Today) -> _Time:
    absolute = re.search("([0-9]{3})0年代", match[0])
    if absolute:
        first = int(absolute[1] + "0")
    else:
        decade = numeral(re.search("([0-9]0|.十)年代", match[0])[1])  # type: ignore[index]
        century = 2000 if match[0].startswith("本") and today.date.year > 2000 else 1900
        first = century + decade
    if match[0].endswith("以来"):
        return _Time(kind="since", first=datetime.date(first, 1, 1), value=f"{first}/..")
    return _years(first, first + 9)


@_resolves("century")
def _century(match: re.Match[str], today: _Today) -> _Time | None:
    words = match[0]
    if "世纪" not in words or not (today.known or words[0] in "2二新"):
        return None
    current = (today.date.year - 1) // 100 if today.known else 20
    this = 20 if words[0] == "新" or words.startswith(("21", "二十一")) else 19 if words[0] in "2二" else None
    first = 100 * (this if this is not None else current - (words[0] == "上")) + 1
    if "中叶" in words:
        return _year_end(first + 49)
    if "末" in words:
        return _year_end(first + 99)
    if "头" in words or "前" in words:
        return _years(first, first + (9 if "一十" in words or words.endswith(("头十年", "前十年")) else 19))
    return _years(first, first + 99)


@_resolves("since")
def _since(match: re.Match[str], today: _Today) -> _Time | None:
    day = _event_day(match["event"])
    return _Time(kind="since", first=day, value=f"{day.year}/..") if day else None


_MEETING = re.compile(
    r"(?:党的?|中共|中国共产党)?第?([一二三四五六七八九十]+)(届(?:全国)?人|届([一二三四五六七])中全会|次|大)"
)
_SESSION = re.compile("([一二三四五])次会议")


def _event_day(event: str) -> datetime.date | None:
    data = lexicon()
    if event in data.events:
        return data.events[event]
    meeting = _MEETING.match(event)
    if not meeting:
        return None
    if meeting[3]:
        return data.plenums.get(f"{meeting[1]}届{meeting[3]}中")
    if not meeting[2].startswith("届"):
        return data.congresses.get(meeting[1])
    day = data.peoples_congresses.get(meeting[1])
    session = _SESSION.search(event)
    later = numeral(session[1]) - 1 if session else 0
    if later and (day is None or day.year < 1983):
        return None
    return day and day.replace(year=day.year + later)


@_resolves("term")
def _term(match: re.Match[str], today: _Today) -> _Time | None:
    if match["nth"]:
        began = lexicon().peoples_congresses[match["nth"]].year
        return _years(began, began + 4)
    if not today.known:
        return None
    year = today.date.year
    if year < 1983:
        return None
    began = year - (year - 1983) % 5
    if match[0].startswith("上届"):
        return _years(began - 5, began - 1)
    if began == year and today.date.month <= 6:  # the last sitting reviews the term that ends
        return _years(began - 5, began - 1)
    return _Time(kind="since", first=datetime.date(began, 3, 1), value=f"{began}/..")


_HOLIDAYS = {"五": (5, 1, 5), "十": (10, 1, 7), "国": (10, 1, 7), "元": (1, 1, 3)}  # month, first day, last day


@_resolves("festival")
def _festival(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="day", anchored=False)
    return _recent(_holiday(match["festival"].strip("“”")[0], today.date.year), today)


def _holiday(name: str, year: int) -> _Time:
    """Return a holiday week; as the contract has no form for it the value is the year."""
    if name == "春":
        new_year = lunar_new_year(year)
        if new_year is None:
            return _Time(kind="day", value=str(year))
        return _Time(kind="day", first=new_year, last=new_year + 6 * _DAY, value=str(year))
    month, first, last = _HOLIDAYS[name]
    days = (datetime.date(year, month, first), datetime.date(year, month, last))
    return _Time(kind="day", first=days[0], last=days[1], value=str(year))


def lunar_new_year(year: int) -> datetime.date | None:
    """Return the first day of the lunar year that begins in `year`, None outside the table (1949 to 2050)."""
    table = lexicon().lunar_new_year
    index = year - table.first
    if not 0 <= index < len(table.days):
        return None
    return datetime.date.fromisoformat(f"{year}-{table.days[index]}")


@_resolves("lunar_year")
def _lunar_year(match: re.Match[str], today: _Today) -> _Time | None:
    stem, branch = "甲乙丙丁戊己庚辛壬癸".index(match["stem"]), "子丑寅卯辰巳午未申酉戌亥".index(match["branch"])
    if (stem - branch) % 2 or not today.known:
        return None
    # of the years of that name, sixty apart, the one nearest to the text
    offset = (6 * stem - 5 * branch) % 60
    base = 1984 + offset
    year = base + 60 * round((today.date.year - base) / 60)
    first, following = lunar_new_year(year), lunar_new_year(year + 1)
    if first is None or following is None:
        return None
    if match["eve"]:
        return _Time(kind="day", first=first, last=first)
    last = following - _DAY
    return _Time(kind="span", first=first, last=last)


@_resolves("now")
def _now(match: re.Match[str], today: _Today) -> _Time:
    if not today.known:
        return _Time(kind="now")
    year = today.date.year - (today.date.month <= 3)
    return _Time(kind="now", first=datetime.date(year, 1, 1), last=today.date, value=str(year))


@_resolves("same_period")
def _same_period(match: re.Match[str], today: _Today) -> _Time:
    return _Time(kind="same_period", anchored=False)


# --- joining -----------------------------------------------------------------------------------------

_PARTS = frozenset(("half", "quarter", "month", "day"))
_JOINED = re.compile("(?:起|开始)?(?:到|至|[-—–―~]{1,2})")
_FROM = re.compile("(?:开始)?(?:以来|至今|以后|之后)|起(?=[，。、；至按对在实])|开始")
_BEFORE = re.compile("(?:以|之)?前(?![后提期列沿头景往任所身人两三二四五六七八九十0-9])")
_BY = re.compile(
    "(?:预计)?(?:截[至止]到?|力争到|争取到|(?<![加高长降少升大展减涨达超回落扩缩低增短快涵调推延转])[到至])$"
)


class _Found(msgspec.Struct):
    """A time with the place it was read from."""

    start: int
    end: int
    rule: str
    time: _Time


def find_periods(text: str, reference: datetime.date) -> list[Period]:
    """Return every time expression of `text`, resolved against the date `reference`.

    Offsets are those of `text`, whatever its width of digits or line breaks.

    >>> [(p.quote, p.value) for p in find_periods("去年上半年，到2035年", datetime.date(2024, 3, 5))]
    [('去年上半年', '2023-01/2023-06'), ('到2035年', '../2035')]
    """
    view, starts = align(text)
    found = _find(view, reference)
    if starts is None:
        return found
    located = []
    for period in found:
        start, end = starts[period.start], starts[period.end - 1] + 1
        located.append(msgspec.structs.replace(period, start=start, end=end, quote=text[start:end]))
    return located


def _find(view: str, reference: datetime.date) -> list[Period]:
    today = _Today(reference)
    found: list[_Found] = []
    for item in _atoms(view, today):
        if not (found and _joined(view, found[-1], item, today)):
            found.append(item)
    periods: list[Period] = []
    done = 0
    for item in found:
        if item.start >= done:  # else the one before has taken it in: 去年12月至今
            _extend(view, item, done, today)
            periods.append(_period(view, item))
            done = item.end
    return periods


def _atoms(view: str, today: _Today) -> list[_Found]:
    found = []
    by_start = _by_start()
    done = 0
    for start in _starts().finditer(view):
        at = start.start()
        if at < done:
            continue
        best: tuple[re.Match[str], str] | None = None
        for name, pattern in by_start[view[at]]:
            match = pattern.match(view, at)
            if match and (best is None or match.end() > best[0].end()):
                best = match, name
        if best is None:
            continue
        match, name = best
        done = match.end()
        time = _RESOLVERS[name](match, today)
        if time is not None:
            found.append(_Found(at, done, name, time))
    return found


def _joined(view: str, left: _Found, right: _Found, today: _Today) -> bool:
    """Join `right` to `left` where the two are one expression."""
    gap = view[left.end : right.start]
    if len(gap) > 3:
        return False
    a, b = left.time, right.time
    if gap in ("", "的") and a.kind == "year" and not b.anchored:
        if b.kind in _PARTS or (b.kind == "year" and right.rule in ("year_end", "relative_year", "year_start")):
            _anchor(b, a)
        elif b.kind == "same_period" and gap == "":
            b = _Time(kind="same_period", first=a.first, last=a.last, value=a.value)
        else:
            return False
        left.time, left.end = b, right.end
        return True
    if gap in ("", "起", "开始", "以来") and right.rule == "consecutive" and a.kind == "year" and a.first and b.years:
        left.time = _span_of(a.first.year, a.first.year + b.years - 1, b.years)
        left.time.kind, left.rule, left.end = "duration", right.rule, right.end
        return True
    if _JOINED.fullmatch(gap) and a.first and b.last and "duration" not in (a.kind, b.kind):
        if not b.anchored and a.anchored and b.first and a.kind in _PARTS:
            _shift(b, a.first.year - b.first.year)
        if b.last <= a.first:
            return False
        days = "day" in (a.kind, b.kind)
        left.time = _Time(kind="span", first=a.first, last=b.last, anchored=a.anchored)
        if not days and a.kind not in _PARTS and b.kind not in _PARTS:
            left.time.value = f"{a.first.year}/{b.last.year}"
        left.end = right.end
        return True
    return False


def _anchor(part: _Time, year: _Time) -> None:
    """Put `part`, which names no year, into `year`."""
    part.anchored = year.anchored
    if year.first is None:
        part.first = part.last = part.value = None
    elif part.first is not None:
        _shift(part, year.first.year - part.first.year)


def _extend(view: str, item: _Found, floor: int, today: _Today) -> None:
    """Take in the words before and after that make a time a bound."""
    time = item.time
    if time.kind in ("duration", "same_period", "now", "since") or time.last is None or time.first is None:
        return
    value = form(time.kind, time.first, time.last) if time.value is None else time.value
    after = _FROM.match(view, item.end)
    if after and time.kind not in ("span", "plan"):
        item.end = after.end()
        if not (time.kind == "year" and today.known and time.first.year == today.date.year):
            item.time = _Time(kind="since", first=time.first, value=f"{value}/..", anchored=time.anchored)
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
            _shift(time, 1)
            value = form(time.kind, time.first, time.last) if time.value is None else time.value
    if time.last > today.date and today.known:
        item.time = _Time(kind="until", last=time.last, value=f"../{value}", anchored=time.anchored)
    else:
        item.time = _Time(kind="until", first=time.first, last=time.last, value=value, anchored=time.anchored)


def form(kind: str, first: datetime.date, last: datetime.date) -> str:
    """Return the string form of the contract for the days from `first` to `last`."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    if first.day == 1 and last == _month_end(last.year, last.month) and kind != "day":
        if kind == "quarter" and (first.year, first.month + 2) == (last.year, last.month):
            return f"{first.year}-Q{last.month // 3}"
        months = f"{first.year}-{first.month:02}", f"{last.year}-{last.month:02}"
        return months[0] if months[0] == months[1] else "/".join(months)
    return str(first) if first == last else f"{first}/{last}"


def _period(view: str, item: _Found) -> Period:
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
    return _Today(reference).finished


def shifted(period: Period, years: int) -> Period:
    """Return `period` moved by whole years."""
    time = _Time(kind=period.kind, first=period.first, last=period.last, value=period.value)
    _shift(time, years)
    return msgspec.structs.replace(period, first=time.first, last=time.last, value=time.value)


_SITTING = re.compile("((?:19|20)[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_HEAD = 600  # characters in which a text says when it was read out


def reference_of(doc: Document) -> datetime.date:
    """Return the day that the document's time expressions are resolved against.

    It is the document's date. Where only the year of a text is known, a date of that year in its head
    tells more, and a work report of 1985 or later was read out in the first months.
    """
    date = doc.metadata.date
    if date is None or len(date) > 4:
        return doc.reference
    for found in _SITTING.finditer(doc.view, 0, _HEAD):
        if found[1] == date:
            day = _days([int(date), int(found[2]), int(found[3] or 1)])
            if day and day.first:
                return day.first
    if doc.metadata.genre == "政府工作报告" and int(date) >= 1985:
        return datetime.date(int(date), 3, 5)
    return doc.reference
