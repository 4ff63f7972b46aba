"""The atoms of time expressions and the times that each of them stands for.

An atom is the smallest expression with a time of its own: 2023年, 去年, 上半年, “十四五”时期, 五年来. Its pattern is
in ``data/periods.toml``, what it stands for is worked out here by a resolver of the same name. How atoms
combine is the business of :mod:`pipeline.periods`.
"""

import datetime
import re
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files

import msgspec

from pipeline.errors import DataError
from pipeline.regex import Regex

_SOURCE = "pipeline/data/periods.toml"
_PLACEHOLDER = Regex(r"\{([A-Za-z]+)\}")
_DAY = datetime.timedelta(days=1)
_ARABIC = frozenset("0123456789")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "O": 0, "两": 2}


# --- data -----------------------------------------------------------------------------------------


class Atom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One smallest time expression; see the head of the data file."""

    name: str
    starts: str
    pattern: str
    hits: list[str]
    misses: list[str]
    leads: list[str] = []


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
    work_reports: dict[str, datetime.date]
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
            raise DataError(f"{_SOURCE}: atom {atom.name!r}: pipeline/atoms.py does not resolve it")
    return data


@cache
def patterns() -> dict[str, Regex]:
    """Return the pattern of each atom by its name."""
    data = lexicon()
    congress = "(?:党的?|中共|中国共产党)?第?(?:二十|十[一二三四五六七八九]?|[七八九])(?:次全国代表大会|大)"
    plenum = "(?:中国共产党|党的?|中共)?(?:二十|十[一二三四五六七八九]?)届[一二三四五六七]中全会"
    peoples = "第?(?:十[一二三四五]?|[一二三四五六七八九])届(?:全国)?(?:人大|人民代表大会)(?:第?[一二三四五]次会议)?"
    names = "|".join(re.escape(name) for name in sorted(data.events, key=lambda name: (-len(name), name)))
    parts = data.parts | {"event": f"{names}|{plenum}|{congress}|{peoples}"}
    found = {}
    for atom in data.atom:
        pattern = _PLACEHOLDER.sub(partial(_part, parts, atom.name), atom.pattern)
        found[atom.name] = Regex(pattern, source=f"{_SOURCE}: atom {atom.name!r}")
    return found


def _part(parts: dict[str, str], atom: str, placeholder: re.Match[str]) -> str:
    if placeholder[1] not in parts:
        raise DataError(f"{_SOURCE}: atom {atom!r}: there is no part {placeholder[0]}")
    return parts[placeholder[1]]


@cache
def _by_start() -> dict[str, list[tuple[str, Regex]]]:
    """Return the atoms that can begin with a character, for each such character."""
    table: dict[str, list[tuple[str, Regex]]] = {}
    for atom in lexicon().atom:
        for char in dict.fromkeys([*atom.starts, *(lead[0] for lead in atom.leads)]):
            table.setdefault(char, []).append((atom.name, patterns()[atom.name]))
    return table


@cache
def _starts() -> Regex:
    """Return a pattern for the places where an atom may begin: rare enough to look at each of them.

    It begins with one set of characters, which is what `re` searches for fast; what follows sorts out
    the digits inside a number and the leads that don't go on.
    """
    chars = sorted({char for atom in lexicon().atom for char in atom.starts if char not in _ARABIC})
    leads = sorted({lead for atom in lexicon().atom for lead in atom.leads})
    going_on = [f"(?<={lead[0]}){re.escape(lead[1:])}" for lead in leads]
    ways = [f"(?<=[{''.join(chars)}])", "(?<=[0-9])(?<![0-9.,].)", *going_on]
    return Regex(f"[{''.join(sorted(_by_start()))}](?:{'|'.join(ways)})")


# --- the times that expressions stand for ------------------------------------------------------------


class Time(msgspec.Struct, kw_only=True):
    """A period in the making. `value` is left None where `first` and `last` give it."""

    kind: str
    first: datetime.date | None = None
    last: datetime.date | None = None
    value: str | None = None
    anchored: bool = True
    years: int | None = None


_NO_YEAR = 4  # where parts of a year stand (上半年, 2月29日) until a year is put before them


class Today(msgspec.Struct, frozen=True):
    """The reference date, and which years are past and to come for a text of that day."""

    date: datetime.date

    @property
    def known(self) -> bool:
        """Whether the text has a date; years far from any text's leave no room to count from."""
        return 1800 <= self.date.year <= 2200

    @property
    def year(self) -> int:
        """The year of the text; a leap year far from any text's where that is not known."""
        return self.date.year if self.known else _NO_YEAR

    @property
    def finished(self) -> int:
        """The year that the text looks back on."""
        return self.date.year - (self.date.month <= 6)

    def back(self, years: int) -> tuple[int, int]:
        """Return the first and last of the `years` years gone by."""
        year = self.date.year
        if self.date.month >= 11:
            return year - years + 1, year
        return year - years, self.finished

    def ahead(self, years: int) -> tuple[int, int]:
        """Return the first and last of the `years` years to come."""
        year = self.date.year
        if self.date.month >= 11:
            return year + 1, year + years
        return year, year + years - (self.date.month <= 6)


_Resolver = Callable[[re.Match[str], Today], Time | None]
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
_ANY_YEAR = Regex(_YEAR)
_NUMBER = Regex("[0-9]+|[一二两三四五六七八九十]+")


def _years(first: int, last: int, kind: str = "span") -> Time:
    return Time(kind=kind, first=datetime.date(first, 1, 1), last=datetime.date(last, 12, 31))


def _year(year: int, *, anchored: bool = True) -> Time:
    time = _years(year, year, "year")
    time.anchored = anchored
    return time


def _year_end(year: int, *, anchored: bool = True) -> Time:
    day = datetime.date(year, 12, 31)
    return Time(kind="year", first=day, last=day, value=str(year), anchored=anchored)


def _year_start(year: int, *, anchored: bool = True) -> Time:
    day = datetime.date(year, 1, 1)
    return Time(kind="year", first=day, last=day, value=str(year), anchored=anchored)


def _months(year: int, first: int, last: int, kind: str) -> Time:
    return Time(kind=kind, first=datetime.date(year, first, 1), last=_month_end(year, last))


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - _DAY


def _recent(time: Time, today: Today) -> Time:
    """Put a part of a year, made for the year of `today`, into the last year that can be spoken of.

    Several months must be over (上半年 of February is last year's); a month or a day must have begun.
    """
    time.anchored = False
    if time.first is None or time.last is None or not today.known:
        return time
    several = time.last.month != time.first.month
    if (time.last if several else time.first) > today.date:
        shift(time, -1)
    return time


def shift(time: Time, years: int) -> None:
    """Move `time` by whole years."""
    time.first, time.last = (day and _moved(day, years) for day in (time.first, time.last))
    if time.value is not None:
        time.value = re.sub("[0-9]{4}", lambda found: str(int(found[0]) + years), time.value)


def _moved(day: datetime.date, years: int) -> datetime.date:
    if (day + _DAY).day == 1 and day.month == 2:
        return _month_end(day.year + years, 2)
    return day.replace(year=day.year + years)


@_resolves("iso_date")
def _iso_date(match: re.Match[str], today: Today) -> Time | None:
    return days_of([int(part) for part in re.split("[-./]", match[0])])


def days_of(numbers: list[int], until: tuple[int, int] | None = None) -> Time | None:
    """Return the day of year, month and day `numbers`, or the days from it to month and day `until`."""
    try:
        first = last = datetime.date(*numbers)
        if until:
            last = datetime.date(first.year, *until)
    except ValueError:
        return None
    return Time(kind="day", first=first, last=last)


@_resolves("year", "bare_year")
def _absolute_year(match: re.Match[str], today: Today) -> Time:
    year = numeral(match[0][:4])
    return _year_end(year) if match[0][-1] in "末底终" else _year(year)


@_resolves("year_start")
def _start_of_year(match: re.Match[str], today: Today) -> Time | None:
    if match[0][0] == "年":
        return _year_start(today.finished, anchored=False) if today.known else Time(kind="year", anchored=False)
    relative = _RELATIVE.get(match[0][:2])
    if relative is None:
        return _year_start(numeral(match[0][:4]))
    return _year_start(today.date.year + relative) if today.known else None


@_resolves("short_year")
def _short_year(match: re.Match[str], today: Today) -> Time:
    year = numeral(match[0].strip("’年"))
    return _year(year + (1900 if year >= 30 else 2000))


@_resolves("year_range", "year_pair")
def _year_range(match: re.Match[str], today: Today) -> Time | None:
    first, last = (numeral(year) for year in _ANY_YEAR.findall(match[0])[:2])
    return _years(first, last) if first < last else None


_RELATIVE = {"今年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2}
_OF_CONTEXT = {"上": -1, "前": -1, "下": 1, "次": 1, "翌": 1}  # years after the one that the context speaks of


@_resolves("relative_year")
def _relative_year(match: re.Match[str], today: Today) -> Time | None:
    words = match[0]
    make = _year_end if words[-1] in "末底终" else _year
    if not today.known:
        return Time(kind="year", anchored=False)
    if words[:2] in _RELATIVE:
        return make(today.date.year + _RELATIVE[words[:2]])
    if words[0] == "本":
        return make(today.date.year)
    # 上年 beside the year that a report looks back on is the one before; 全年 同年 当年 are that year
    return make(today.finished + _OF_CONTEXT.get(words[0], 0), anchored=False)


@_resolves("year_end")
def _end_of_year(match: re.Match[str], today: Today) -> Time:
    if not today.known:
        return Time(kind="year", anchored=False)
    return (_year if match[0][1] in "内中" else _year_end)(today.finished, anchored=False)


@_resolves("this_year_of_review")
def _this_year(match: re.Match[str], today: Today) -> Time:
    return _year(today.finished, anchored=False) if today.known else Time(kind="year", anchored=False)


@_resolves("half")
def _half(match: re.Match[str], today: Today) -> Time:
    first = 1 if match[0][0] in "上前" else 7
    return _recent(_months(today.year, first, first + 5, "half"), today)


@_resolves("quarter")
def _quarter(match: re.Match[str], today: Today) -> Time:
    numbers = [numeral(n) for n in re.findall("[1-4一二两三四]", match[0])] or [1]
    first = 1 if match[0][0] in "前头" else numbers[0]
    return _recent(_months(today.year, 3 * first - 2, 3 * numbers[-1], "quarter"), today)


_DATE_PART = Regex("([0-9]+|[一二三四五六七八九十]+)(月|[日号])?")


@_resolves("month")
def _month(match: re.Match[str], today: Today) -> Time | None:
    parts = [(numeral(number), mark) for number, mark in _DATE_PART.findall(match[0])]
    months = [number for number, mark in parts if mark not in ("日", "号")]
    days = [number for number, mark in parts if mark in ("日", "号")]
    if not days:
        if months[0] > months[-1]:
            return None
        return _recent(_months(today.year, months[0], months[-1], "month"), today)
    time = days_of([today.year, months[0], days[0]], (months[-1], days[-1]))
    return time and _recent(time, today)


@_resolves("months_to_date")
def _months_to_date(match: re.Match[str], today: Today) -> Time:
    return _recent(_months(today.year, 1, numeral(match[0][1:-2]), "month"), today)


#: A month of a list: 7, 十一, and in 一二月份 one after the other.
_MONTH_LISTED = Regex("[0-9]+|十[一二]?|[一二三四五六七八九]")


@_resolves("months_listed")
def _months_listed(match: re.Match[str], today: Today) -> Time | None:
    said = match[0].rpartition("月")[0]
    listed = [numeral(number) for number in _MONTH_LISTED.findall(said[:-2] if said.endswith("个") else said)]
    if listed != list(range(listed[0], listed[0] + len(listed))):
        return None
    return _recent(_months(today.year, listed[0], listed[-1], "month"), today)


@_resolves("winter")
def _winter(match: re.Match[str], today: Today) -> Time | None:
    """Resolve the winter half of two years, the last one up to the day before the text's own."""
    if not today.known:
        return None
    first = today.year - (match[0][0] == "去")
    last = datetime.date(first + 1, 4, 30)
    if match[0][0] == "去":
        last = min(last, today.date - _DAY)
    return Time(kind="span", first=datetime.date(first, 10, 1), last=last, value=f"{first}/{first + 1}")


@_resolves("relative_month")
def _relative_month(match: re.Match[str], today: Today) -> Time | None:
    if not today.known:
        return None
    day = today.date.replace(day=1)
    if match[0][0] == "上":
        day = (day - _DAY).replace(day=1)
    return _months(day.year, day.month, day.month, "month")


@_resolves("plan")
def _plan(match: re.Match[str], today: Today) -> Time | None:
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
        return Time(kind="since", first=datetime.date(first, 1, 1), value=f"{first}/..")
    return _years(first, last, "plan")


@_resolves("span_back")
def _span_back(match: re.Match[str], today: Today) -> Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known:
        return Time(kind="span", years=years)
    first, last = today.back(years)
    if match[0][0] == "前" and re.search(
        "[比较超是于为]过?(?:了)?$", match.string[max(0, match.start() - 2) : match.start()]
    ):
        first, last = first - years, first - 1  # 比前五年增长: the years before those under review
    return span_of(first, last, years)


def span_of(first: int, last: int, years: int) -> Time:
    """Return the years from `first` to `last`, counted in words as `years`."""
    time = _years(first, last, "span" if first < last else "year")
    time.years = years
    return time


@_resolves("this_span")
def _this_span(match: re.Match[str], today: Today) -> Time:
    return Time(kind="duration")  # which years is said before; see pipeline/timeline.py


@_resolves("span_ahead")
def _span_ahead(match: re.Match[str], today: Today) -> Time:
    numbers = [numeral(n) for n in _NUMBER.findall(match[0].lstrip("下一个"))]
    if not today.known or len(numbers) > 1:
        return Time(kind="span", years=numbers[-1])
    return span_of(*today.ahead(numbers[-1]), numbers[-1])


@_resolves("joint_years")
def _joint_years(match: re.Match[str], today: Today) -> Time | None:
    if not today.known:
        return None
    offsets = [offset for word, offset in _RELATIVE.items() if word[0] in match[0]]
    return _years(today.date.year + min(offsets), today.date.year + max(offsets))


_STRIVING = Regex("(?:力争|争取|努力|再|将|要|计划|拟|准备|打算)[^，。；]{0,6}$")
_DONE = Regex("[^。；]{0,40}(?:了|完成|已)")


@_resolves("effort")
def _effort(match: re.Match[str], today: Today) -> Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    time = Time(kind="duration", years=years)
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
def _within(match: re.Match[str], today: Today) -> Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    time = Time(kind="duration", years=years)
    if today.known and not _DONE.match(match.string, match.end()):
        first, last = today.ahead(years)
        time.first, time.last = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return time


@_resolves("consecutive")
def _consecutive(match: re.Match[str], today: Today) -> Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known or match.string[max(0, match.start() - 1) : match.start()] == "再":
        return Time(kind="duration", years=years)
    last = today.date.year if today.date.month == 12 else today.date.year - 1
    time = _years(last - years + 1, last, "duration")
    time.years = years
    return time


@_resolves("cumulative")
def _cumulative(match: re.Match[str], today: Today) -> Time:
    years = numeral(_NUMBER.findall(match[0])[-1])
    if not today.known:
        return Time(kind="duration", years=years)
    time = span_of(*today.back(years), years)
    time.kind = "duration"
    return time


@_resolves("years")
def _some_years(match: re.Match[str], today: Today) -> Time:
    return Time(kind="duration", years=numeral(match[0][:-1]))


@_resolves("decade")
def _decade(match: re.Match[str], today: Today) -> Time:
    absolute = re.search("([0-9]{3})0年代", match[0])
    if absolute:
        first = int(absolute[1] + "0")
    else:
        decade = numeral(re.findall("([0-9]0|.十)年代", match[0])[0])
        century = 2000 if match[0].startswith("本") and today.date.year > 2000 else 1900
        first = century + decade
    if match[0].endswith("以来"):
        return Time(kind="since", first=datetime.date(first, 1, 1), value=f"{first}/..")
    return _years(first, first + 9)


@_resolves("century")
def _century(match: re.Match[str], today: Today) -> Time | None:
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
def _since(match: re.Match[str], today: Today) -> Time | None:
    day = _event_day(match["event"])
    return Time(kind="since", first=day, value=f"{day.year}/..") if day else None


_MEETING = Regex(
    r"(?:党的?|中共|中国共产党)?第?([一二三四五六七八九十]+)(届(?:全国)?人|届([一二三四五六七])中全会|次|大)"
)
_SESSION = Regex("([一二三四五])次会议")


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
def _term(match: re.Match[str], today: Today) -> Time | None:
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
    return Time(kind="since", first=datetime.date(began, 3, 1), value=f"{began}/..")


_HOLIDAYS = {"五": (5, 1, 5), "十": (10, 1, 7), "国": (10, 1, 7), "元": (1, 1, 3)}  # month, first day, last day


@_resolves("festival")
def _festival(match: re.Match[str], today: Today) -> Time:
    if not today.known:
        return Time(kind="day", anchored=False)
    return _recent(_holiday(match["festival"].strip("“”")[0], today.date.year), today)


def _holiday(name: str, year: int) -> Time:
    """Return a holiday week; as the contract has no form for it the value is the year."""
    if name == "春":
        new_year = lunar_new_year(year)
        if new_year is None:
            return Time(kind="day", value=str(year))
        return Time(kind="day", first=new_year, last=new_year + 6 * _DAY, value=str(year))
    month, first, last = _HOLIDAYS[name]
    days = (datetime.date(year, month, first), datetime.date(year, month, last))
    return Time(kind="day", first=days[0], last=days[1], value=str(year))


def lunar_new_year(year: int) -> datetime.date | None:
    """Return the first day of the lunar year that begins in `year`, None outside the table (1949 to 2050)."""
    table = lexicon().lunar_new_year
    index = year - table.first
    if not 0 <= index < len(table.days):
        return None
    return datetime.date.fromisoformat(f"{year}-{table.days[index]}")


@_resolves("lunar_year")
def _lunar_year(match: re.Match[str], today: Today) -> Time | None:
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
        return Time(kind="day", first=first, last=first)
    last = following - _DAY
    return Time(kind="span", first=first, last=last)


@_resolves("now")
def _now(match: re.Match[str], today: Today) -> Time:
    if not today.known:
        return Time(kind="now")
    year = today.date.year - (today.date.month <= 3)
    return Time(kind="now", first=datetime.date(year, 1, 1), last=today.date, value=str(year))


@_resolves("same_period")
def _same_period(match: re.Match[str], today: Today) -> Time:
    return Time(kind="same_period", anchored=False)


# --- finding -----------------------------------------------------------------------------------------


class Found(msgspec.Struct):
    """A time with the place it was read from."""

    start: int
    end: int
    rule: str
    time: Time


def atoms(view: str, today: Today) -> list[Found]:
    """Return the atoms of `view` in order: at each place the longest, and none that overlap."""
    found = []
    by_start = _by_start()
    done = 0
    for start in _starts().finditer(view):
        at = start.start()
        if at < done:
            continue
        matches = [(match, name) for name, pattern in by_start[view[at]] if (match := pattern.match(view, at))]
        if len(matches) > 1:
            matches.sort(key=lambda found: -found[0].end())
        for match, name in matches:
            time = _RESOLVERS[name](match, today)
            if time is not None:
                done = match.end()
                found.append(Found(at, done, name, time))
                break
    return found
