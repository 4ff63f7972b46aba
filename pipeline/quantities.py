"""Quantities: every number of a text with its unit, comparator and role.

A numeral is found, read and joined with what belongs to it: sign, 分之, hedges, measure word, comparator
words before and after, the other end of a range. What the number is *for* is its role:

=========  =============================================================================================
quantity   counts or measures something (the default; also a bare number whose noun follows at once)
rank       第11, 首位, 前十: a place among others, in 名; `ordinal` is true for 第
ordinal    第三届, 二十届三中全会, 党的二十大: a place in a sequence that is no rank
date       a year, month, day, time of day, quarter, decade or century
duration   a span of time: 近三年, 5个月, 半年 (one that is itself the value measured is a quantity)
per        the denominator of a rate: 每百户, 万元GDP
ratio      1:18 (the parts of a whole, 11.8:48.3:39.9, are quantities in %)
set        三大, 5大: how many members a named set has
list       一是, （二）, 3、
name       a number inside a name: PM2.5, C919, 5G, 国道208, 《…2025》, 六号, 500强, “十四五”
code       numerals of slogans and codes: “15886”, 1+9, 4×4, 3.5.2
idiom      one, without counting force: 一个, 一批
=========  =============================================================================================

A numeral that is part of a word (一 in 统一, 三 in 三农, 百 in 百姓, 千 and 万 in 千家万户) is not reported.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

import msgspec
import tomli

from pipeline.alignment import align
from pipeline.document import Document, Quantity
from pipeline.errors import DataError
from pipeline.numerals import HAN, LONGEST, RUN, Numeral, plain, read
from pipeline.regex import Regex
from pipeline.units import dimension, matcher
from pipeline.verbs import changing

_FILE = "quantities.toml"
_HUNDRED = Decimal(100)
_MAGNITUDES = 100  # powers of ten from which on nothing is measured
_PLACES = 20  # before the point, from which on nothing is rounded
_YI = Decimal(10**8)

Role = Literal[
    "quantity", "rank", "ordinal", "date", "duration", "per", "ratio", "set", "list", "name", "code", "idiom"
]


class RolePattern(msgspec.Struct, forbid_unknown_fields=True):
    """A pattern that settles the role of the numeral it begins at, with examples."""

    name: str
    role: Role
    pattern: str
    hits: list[str]
    misses: list[str]


class _Data(msgspec.Struct, forbid_unknown_fields=True):
    before: dict[str, str]
    before_guards: dict[str, str]
    after: dict[str, str]
    after_guards: dict[str, str]
    role: list[RolePattern]


@cache
def lexicon() -> _Data:
    """Return the comparator words and role patterns. Raises DataError for a malformed entry."""
    try:
        return msgspec.convert(tomli.loads((files("pipeline") / "data" / _FILE).read_text("utf-8")), _Data)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_FILE}: {error}") from error


class _Number(msgspec.Struct):
    """A numeral with its unit, before comparators and ranges."""

    start: int
    end: int  # after the unit
    number: tuple[int, int]
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    comparator: str
    form: str
    scale: Decimal
    rule: str
    role: str = "quantity"
    ordinal: bool = False


_FIND = Regex(
    rf"{RUN}|半(?=[数年天月日折]|个|小时|成(?!品|熟)|百(?!分))|(?<=[过近超逾])半|(?<=打)[对對](?=折)|首位|翻番"
)
_RUN = Regex(RUN)
_DIGITS = "0123456789"
_TIME_UNITS = frozenset({"time", "months"})
_CONNECTORS = frozenset({"-", "—", "——", "--", "~", "至", "到", "或"})
#: 120万 | 65岁以上老年人: how many they are, and how old.
_PEOPLE_BEFORE_AGE = Regex("(?<=[0-9多余])[万亿](?=[0-9]{1,2}$)")
_AGE = Regex("(?:[-—~至到][0-9]{1,3})?周?岁")
_BOUNDS_BEFORE = ("近", "超", "逾", "过", "上")
_PEOPLE_BEHIND = Regex(
    "(?:名|户)?(?:困难|贫困|低收入|受灾|农村|城镇|城乡|老年|农业|进城|各类)?"
    "(?:家庭|群众|居民|农[民户牧]|职工|学生|儿童|游客|市场主体|经营主体|企业|劳动者|患者|老人|老年人|党员|青年|人口|用户)"
)
_RATIO = Regex(r"[0-9]+(?:\.[0-9]+)?(?:[:比][0-9]+(?:\.[0-9]+)?)+(?![0-9年.])")
_POWER = Regex(r"([0-9]+(?:\.[0-9]+)?)(e|E|\^|[×xX*]10(?:\^|(?=[⁻⁰¹²³⁴-⁹])))([-+⁻]?[0-9⁰¹²³⁴-⁹]{1,3})(?![0-9A-Za-z])")
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SUFFIX = Regex(r" ?(?:([kK])|M(?! [^ ]))(?![0-9A-Za-z])")
_SIGNIFICANT = Context(prec=15)
_MIXED = Regex(rf"又({RUN})分之({RUN})")
_FRACTION = Regex(r"(?:([0-9]{1,3}) )?([0-9]{1,4})/([0-9]{1,4})(?![0-9/年])")
_NO_DISCOUNT = frozenset("旧扣合算射叠腾页线子中损")
_YUAN_PARTS = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01"), "分钱": Decimal("0.01")}
_ENDS = Regex(r"[^\u4e00-\u9fff]|左右|上下|以[上下内]|[的了]|$")
_NEXT = dict(zip("一二两三四五六七八", "二三三四五六七八九", strict=True))
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
_CHANGE = {
    "元": _YUAN_PARTS,
    "块": _YUAN_PARTS,
    "圆": _YUAN_PARTS,
    "角": {"分": _TENTH, "分钱": _TENTH},
    "美元": {"美分": _HUNDREDTH},
    "丈": {"尺": _TENTH, "寸": _HUNDREDTH},
    "尺": {"寸": _TENTH},
    "斤": {"两": _TENTH},
    "亩": {"分": _TENTH},
}
_AFTER_TOP = frozenset("强列，。、；）的（")
_SPANS_OF_ONE = frozenset({"月", "小时", "钟头", "星期", "世纪"})  # counted with 个
_LONG_SPANS = frozenset(
    {"年", "个月", "月", "年度", "周", "星期", "个星期", "季度", "个季度", "世纪", "个世纪", "载", "年代"}
)
# Measure words that make a word of the numeral before them: 一度, 一码, 万里, 千尺, 百羽.
_VAGUE_UNITS = frozenset("度码节方里尺丈寸角毛卡担头面首副回步层种道把门岁载代羽篇卷军")
_POINTS = {"个百分点": "百分点", "个千分点": "千分点", "個百分點": "百分点", "个基点": "基点", "个工作日": "工作日"}
_HALF_WORD = Regex("半[数径导岛成决壁程夜边自途工封干停托天年月个机挂失]")
_TITLE = Regex(r"《[^《》]{0,80}》|https?://[!-~]{1,2000}")
_HAN_CHARACTER = Regex(r"[\u4e00-\u9fff]")
_RANKED = Regex(
    r"(?:居|列|排|位于|跃|升|名|占|稳|全国|全球|世界|全省|全市|亚洲|[中西东]部|同类|国内|区)[^，。；、]{0,10}$"
)
_PLACE = Regex(r"(?:排名|排位|位次|名次)[^，。；、]{0,8}[由从至到为]$")
_DISTANT = Regex(
    r"(?:(?P<bound>至少|最少|起码|至多|最多)[^，。；、：0-9的]{1,6}"
    r"|(?<![节合条公签契集制预违履解特婉邀简])(?P<about>约)[可能将合共需]?(?:"
    + changing()
    + "了?|达到?|占|有|相当于|需|用))$"
)
_DISTANT_MEANING = {"至少": "ge", "最少": "ge", "起码": "ge", "至多": "le", "最多": "le", "约": "approx"}
_TEMPERATURE = Regex(r"(?:华氏|摄氏|[气水室体恒低高升降]温|温度|零[上下])[^，。；、电]{0,8}$")
_COMPARED = Regex(r"(?:([大高多长])|[小低少短])(?=一些|一点|的|[，。；、） ]|$)")
_DURATION_BEFORE = Regex(
    r"(?:[近这过去未来后前每再头用经历隔整满在]|今后|连续|为期|长达|最近|经过|大约)(?:[约了的]|以来)?$"
)
_DURATION_AFTER = Regex(
    r"(?:多?(?:来|间|里|内|前|后|以来|时间|之[内后前久]|规划|计划|行动|过渡|任期|奋斗|努力|免费|义务|历史|学制|制))"
)
_MEASURED_BEFORE = Regex(
    r"(?:达到?|为|是|至|到|增加|减少|提高|延长|缩短|共|均|个|(?<![人户件项])数|寿命|龄|限|超过?|近|约|[增减]了?)(?:了)?$"
)


def _number(view: str, start: int, end: int) -> _Number | None:
    """Read the numeral `[start, end)` with its unit, or return None where it is no number."""
    run = view[start:end]
    first = run[0]
    people = _PEOPLE_BEFORE_AGE.search(run) if run[-1] in _DIGITS and _AGE.match(view, end) else None
    if people is not None:  # 120万65岁以上老年人
        run = run[: people.end()]
        end = start + len(run)
    if first in "半首翻对對":
        return _special(view, start, end)
    following = view[end : end + 2]
    if following == "分之":
        return _parts(view, start, end)
    if run == "一" and following[:1] == "半" and not _HALF_WORD.match(view, end):
        return _half(start, end + 1)
    if following[:1] == "又":
        mixed = _mixed(view, start, end)
        if mixed is not None:
            return mixed
    last = run[-1]
    if last in "百千兆" and following:
        if (
            following[0] in "瓦克伏卡焦赫帕乏"
            or (last == "百" and following in ("分点", "分比", "分制", "分率"))
            or (last == "千" and following[0] in "米升" and len(run) > 1 and run[-2] in "0123456789十百千万亿")
            or (last in "千兆" and following in ("字节", "比特") and len(run) > 1)
        ):
            end -= 1
            run = run[:-1]
    elif last == "两" and len(run) > 1 and (run[-2] != "一" or matcher()(view, end) is None):
        end -= 1
        run = run[:-1]
    if not run:
        return None
    numeral = read(run)
    if numeral is None:
        return _unread(view, start, end)
    if (following[:1] == "k" or (following == " M" and not _HAN_CHARACTER.match(view, end + 2))) and run.isascii():
        suffix = _SUFFIX.match(view, end)
        if suffix is not None:
            scale = _suffix_scale(suffix)
            numeral = numeral._replace(value=plain((numeral.value or Decimal(0)) * scale), scale=scale)
            end = suffix.end()
    number = (start, end)
    if first in _DIGITS and following[:1]:
        special = _arabic_form(view, start, end, following[0])
        if special is not None:
            return special
    return _measured(view, start, number, numeral)


def _measured(view: str, start: int, number: tuple[int, int], numeral: Numeral, rule: str = "") -> _Number:
    """Join a numeral with the hedge and measure word that follow it."""
    value, low, high, comparator, scale, form = numeral
    end = number[1]
    after = view[end : end + 1]
    half = Decimal(0)
    match = matcher()
    if after and after in "多余来几":
        found = match(view, end + 1)
        if found is not None or after in "余":
            comparator = {"多": "gt", "余": "gt", "来": "approx", "几": "gt"}[after]
            end += 1
        elif after == "多" and scale >= 10 and not view.startswith(("元", "样", "种"), end + 1):
            comparator = "gt"
            end += 1
    elif (
        after == "折"
        and value is not None
        and value < 100
        and value != 10
        and view[end + 1 : end + 2] not in _NO_DISCOUNT
    ):
        percent = value if value > 10 else value * 10
        return _Number(start, end + 1, number, percent, None, None, "%", comparator, form, scale, "discount")
    elif after == "成" and _is_tenths(view, end, value, high):
        ten = Decimal(10)
        tenths = [None if x is None else x * ten for x in (value, low, high)]
        end += 1
        extra = view[end : end + 1]
        if extra and extra in "一二三四五六七八九半" and value is not None and value == value.to_integral_value():
            tenths[0] = value * ten + (5 if extra == "半" else "一二三四五六七八九".index(extra) + 1)
            end += 1
        return _Number(start, end, number, tenths[0], tenths[1], tenths[2], "%", comparator, form, scale, "tenths")
    found = match(view, end)
    unit = None
    if found is not None and found[1] == "个" and view.startswith("多", found[0]):
        longer = match(view, found[0] + 1)
        if longer is not None and longer[1] in (*_SPANS_OF_ONE, "百分点"):
            found, comparator = (longer[0], "个月" if longer[1] == "月" else longer[1]), "gt"
    elif found is not None and found[1] == "个" and view.startswith("半", found[0]):
        longer = match(view, found[0] + 1)
        if longer is not None and longer[1] in _SPANS_OF_ONE:
            found, half = (longer[0], "个月" if longer[1] == "月" else longer[1]), Decimal("0.5")
    if found is not None and not (found[1] == "级" and scale >= 10):  # 百亿级 counts no levels
        end, unit = found
        if unit in _POINTS:
            unit = _POINTS[unit]
        if value is not None and scale < 1000 and view.startswith("半", end) and not _HALF_WORD.match(view, end):
            half, end = Decimal("0.5"), end + 1
    if half and value is not None:
        value += half
    if unit == "度" and value is not None and value < 1000:
        temperature = _TEMPERATURE.search(view, max(0, start - 12), start)
        if temperature is not None:
            unit = "华氏度" if "华氏" in temperature[0] else "摄氏度"
    return _Number(start, end, number, value, low, high, unit, comparator, form, scale, rule or form)


def _is_tenths(view: str, end: int, value: Decimal | None, high: Decimal | None) -> bool:
    """Whether the 成 at `end` means tenths: 八成以上, not 三成立."""
    most = high if value is None else value
    if most is None or most > 10:
        return False
    if view.startswith("不足", end + 1):
        return True
    return view[end + 1 : end + 2] not in frozenset("立果为员长效熟本功就都交渝绩套品列群片形人像因分语不")


def _special(view: str, start: int, end: int) -> _Number | None:
    word = view[start:end]
    one = Decimal(1)
    if word == "首位":
        before = view[start - 1 : start]
        if before in "在于放" or view[end : end + 1] == "度" or not before:
            return None
        return _Number(start, end, (start, end), one, None, None, "名", "eq", "han", one, "rank word", "rank")
    if word == "翻番":
        return _Number(start, end, (start, end), one, None, None, "番", "eq", "han", one, "doubling")
    if view.startswith("百", end):
        number = Numeral(Decimal(50), None, None, "eq", one, "han")
        return _measured(view, start, (start, end + 1), number, "half")
    if view.startswith("半数", start):
        return _half(start, start + 2)
    if view[start - 1 : start] in ("过", "近", "超", "逾"):
        return None if _HALF_WORD.match(view, start) else _half(start, end)
    if view[end : end + 1] in ("成", "折"):
        value = Decimal(5) if view[end] == "成" else Decimal(50)  # 打对折 too
        return _Number(start, end + 1, (start, end), value, None, None, "%", "eq", "han", one, "half")
    if view[start - 1 : start] in ("上", "下", "大", "前", "后", "多", "小", "一", "对", "夜", "各", "年", "个", "参"):
        return None
    found = matcher()(view, end)
    if found is None or dimension(found[1]) not in _TIME_UNITS:
        return None
    return _Number(start, found[0], (start, end), Decimal("0.5"), None, None, found[1], "eq", "han", one, "half")


def _half(start: int, end: int) -> _Number:
    """Make 50 % of 一半, 半数, 过半; as bare as 百亿, so that 过 and 上 before it are comparators."""
    return _Number(start, end, (start, end), Decimal(50), None, None, "%", "eq", "bare", Decimal(1), "half")


def _suffix_scale(suffix: re.Match[str]) -> Decimal:
    return Decimal(1000) if suffix[1] else Decimal(1000000)


def _parts(view: str, start: int, end: int) -> _Number | None:
    """Read 百分之八, 三分之一: the numerator follows."""
    below = read(view[start:end])
    sign = -1 if view[end + 2 : end + 3] in _MINUS else 1
    match = _RUN.match(view, end + 2 + (sign < 0))
    if below is None or below.value is None or below.value == 0 or match is None:
        return None
    stop = match.end()
    above = read(match.group())
    while above is None and stop > match.start() + 1:
        stop = min(stop - 1, match.start() + LONGEST)
        if not (view[stop - 1] in _DIGITS and view[stop] in _DIGITS):
            above = read(view[match.start() : stop])
    if above is None:
        return None
    suffix = _SUFFIX.match(view, stop) if view[stop - 1] in _DIGITS else None
    if suffix is not None and above.value is not None:
        above, stop = above._replace(value=above.value * _suffix_scale(suffix)), suffix.end()
    if sign < 0 and above.value is not None:
        above = above._replace(value=-above.value)
    unit, comparator, word = "%", above.comparator, view[start:end]
    if word == "千":
        unit, factor = "‰", Decimal(1)
    elif above.value is not None and word not in ("百", "佰", "万") and abs(above.value) >= below.value:
        return _fraction(view, start, stop, Decimal(0), above.value, below.value)
    else:
        factor = _HUNDRED / below.value
    value, low, high = (None if x is None else _rounded(x * factor) for x in above[:3])
    if view[stop : stop + 1] in ("多", "余", "强"):
        stop, comparator = stop + 1, "gt"
    rule = "percent" if word in ("百", "佰", "千") else "fraction"
    return _Number(start, stop, (start, stop), value, low, high, unit, comparator, "parts", Decimal(1), rule)


def _mixed(view: str, start: int, end: int) -> _Number | None:
    """Read 三又二分之一."""
    match = _MIXED.match(view, end)
    whole = read(view[start:end])
    if match is None or whole is None or whole.value is None:
        return None
    below, above = read(match[1]), read(match[2])
    if below is None or above is None or not below.value or above.value is None:
        return None
    return _fraction(view, start, match.end(), whole.value, above.value, below.value)


def _fraction(view: str, start: int, stop: int, whole: Decimal, above: Decimal, below: Decimal) -> _Number:
    """Make a number of a common fraction: a share in % below one, else a plain number."""
    span = (start, stop)
    value = whole + above / below
    if abs(value) < 1:
        share = _rounded(value * _HUNDRED)
        return _Number(*span, span, share, None, None, "%", "eq", "parts", Decimal(1), "fraction")
    number = Numeral(plain(+_SIGNIFICANT.create_decimal(value)), None, None, "eq", Decimal(1), "mixed")
    return _measured(view, start, span, number, "fraction")


def _rounded(value: Decimal) -> Decimal:
    """Round a percentage that does not come out even to two places."""
    if value.adjusted() > _PLACES or value == value.quantize(Decimal("0.0001")):
        return plain(value)
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _arabic_form(view: str, start: int, end: int, following: str) -> _Number | None:
    """Read the forms that only Arabic numerals take: 1/4, 2×100万千瓦."""
    if following in "/ ":
        fraction = _FRACTION.match(view, start)
        if fraction is not None:
            whole, above, below = Decimal(fraction[1] or 0), Decimal(fraction[2]), Decimal(fraction[3])
            if above and below:
                return _fraction(view, start, fraction.end(), whole, above, below)
    power = _power(view, start) if following in "eE^×xX*" else None
    if power is not None:
        return power
    if following in "×xX*✕" and view[end + 1 : end + 2] in _DIGITS and end + 1 < len(view):
        match = _RUN.match(view, end + 1)
        left = read(view[start:end])
        right = _number(view, match.start(), match.end()) if match else None
        if left is not None and left.value is not None and right is not None and right.unit and right.value is not None:
            number = (start, right.number[1])
            value = left.value * right.value
            return _Number(
                start, right.end, number, value, None, None, right.unit, "eq", "mixed", Decimal(1), "product"
            )
    return None


def _power(view: str, start: int) -> _Number | None:
    """Read 2e5, 2×10^5, 2×10⁵ and 2^5 (to 15 significant digits)."""
    match = _POWER.match(view, start)
    if match is None:
        return None
    base, exponent = Decimal(match[1]), int(match[3].translate(_SUPERSCRIPTS))
    value = _SIGNIFICANT.power(base, exponent) if match[2] == "^" else base.scaleb(exponent)
    if abs(value.adjusted()) >= _MAGNITUDES:
        return None
    return _measured(view, start, match.span(), Numeral(plain(value), None, None, "eq", Decimal(1), "arabic"), "power")


def _unread(view: str, start: int, end: int) -> _Number | None:
    """Read the longest readable beginning of a stretch that is no one numeral, or else call it a code."""
    for stop in range(min(end - 1, start + LONGEST), start, -1):
        run = view[start:stop]
        if view[stop - 1] in ".,点" or (run[-1] in _DIGITS and view[stop] in _DIGITS + ".,"):
            continue
        numeral = read(run)
        if numeral is not None:
            return _measured(view, start, (start, stop), numeral)
    return _Number(start, end, (start, end), None, None, None, None, "eq", "code", Decimal(1), "unread", "code")


# --- comparators --------------------------------------------------------------------------------------


@cache
def _comparators() -> tuple[dict[str, tuple[str, Regex | None]], dict[str, tuple[str, Regex | None]], frozenset[str]]:
    data = lexicon()

    def guarded(words: dict[str, str], guards: dict[str, str]) -> dict[str, tuple[str, Regex | None]]:
        return {
            word: (meaning, Regex(guards[word], source=f"{_FILE}: guard of {word!r}") if word in guards else None)
            for word, meaning in words.items()
        }

    before, after = guarded(data.before, data.before_guards), guarded(data.after, data.after_guards)
    return before, after, frozenset(w[-1] for w in before)


_LONGEST_BEFORE = 6
_LONGEST_AFTER = 5


def _before(view: str, number: _Number) -> tuple[int, str] | None:
    """Return where the comparator word before `number` starts, and its meaning."""
    words, _, finals = _comparators()
    start = number.start
    if number.unit == "番" and view[start - 1 : start] == "翻":
        start -= 1
    if view[start - 1 : start] not in finals or start == 0:
        return None
    for length in range(min(_LONGEST_BEFORE, start), 0, -1):
        entry = words.get(view[start - length : start])
        if entry is None:
            continue
        meaning, guard = entry
        word_start = start - length
        if guard is not None and guard.match(view[word_start - 1 : word_start] if word_start else ""):
            return None
        word = view[word_start:start]
        large = (word == "破" and number.unit) or (word == "过" and number.scale >= _YI)
        if word in ("上", "过", "破", "准") and number.form != "bare" and not large:
            return None
        if word in ("高于", "低于", "少于") and number.unit == "百分点":
            return None
        return word_start, meaning
    return None


def _after(view: str, number: _Number) -> tuple[int, str] | None:
    _, words, _ = _comparators()
    end = number.end
    for length in range(_LONGEST_AFTER, 0, -1):
        word = view[end : end + length]
        entry = words.get(word)
        if entry is None or len(word) < length:
            continue
        meaning, guard = entry
        if guard is not None and guard.match(view, end + length):
            return None
        if word == "强" and number.unit != "%":
            return None
        if word == "多" and (number.unit is None or dimension(number.unit) == "count"):
            return None
        return end + length, meaning
    return None


# --- roles --------------------------------------------------------------------------------------------


@cache
def _roles() -> tuple[Regex, tuple[RolePattern, ...]]:
    entries = tuple(lexicon().role)
    return Regex("|".join(f"(?P<r{i}>{entry.pattern})" for i, entry in enumerate(entries)), source=_FILE), entries


def role_at(view: str, start: int) -> tuple[int, RolePattern] | None:
    """Return the role pattern that matches at `start`, and where its match ends."""
    pattern, entries = _roles()
    match = pattern.match(view, start)
    if match is None or match.lastgroup is None:
        return None
    return match.end(), entries[int(match.lastgroup[1:])]


def _classify(view: str, number: _Number) -> None:
    """Settle the role of `number` from what stands around it, where no pattern did."""
    start, end = number.start, number.end
    before, after = view[start - 1 : start], view[end : end + 1]
    if _in_name(view, start, number):
        number.role, number.rule = "name", "letter before"
        number.end, number.unit = number.number[1], None
    elif before == "第":
        _ordinal(view, number)
    elif number.unit in ("位", "名") and _PLACE.search(view, max(0, start - 16), start):
        number.role, number.unit, number.rule = "rank", "名", "place"
    elif before == "前" and number.form in ("han", "arabic") and number.value is not None and _top(view, number):
        pass
    elif number.unit is None:
        _bare(view, number, before, after)
    elif number.unit is not None and dimension(number.unit) in _TIME_UNITS:
        _time(view, number)
    elif _without_force(view[start : number.number[1]], number):
        number.role = "idiom"


def _in_name(view: str, start: int, number: _Number) -> bool:
    """Whether the number goes on from letters or a hyphenated name: C919, COVID-19, 长征-5."""
    before = view[start - 1 : start]
    if before in ("\n", " "):
        return view[max(0, start - 3) : start - 1] == "PM"
    if before != "-":
        return before == "_" or (before.isascii() and before.isalpha())
    earlier = view[start - 2 : start - 1]
    if earlier.isascii():
        return earlier.isalpha()
    return number.unit is None and number.value is not None and number.value == number.value.to_integral_value()


def _without_force(text: str, number: _Number) -> bool:
    """Whether a numeral with a measure word does not count: 一批, 一码, 万里, 零距离."""
    assert number.unit is not None
    if text == "一":
        return dimension(number.unit) == "count" or number.unit in _VAGUE_UNITS
    if text == "零":
        return dimension(number.unit) == "count"
    return number.form == "bare" and len(text) == 1 and number.comparator == "eq" and number.unit in _VAGUE_UNITS


def _ordinal(view: str, number: _Number) -> None:
    number.start -= 1
    number.ordinal, number.rule = True, "ordinal"
    after = view[number.end : number.end + 1]
    ends = not after or not _HAN_CHARACTER.match(after) or after in "的和及或"
    ranked = number.unit in ("名", "位") or (number.unit is None and ends)
    if ranked and _RANKED.search(view[max(0, number.start - 14) : number.start]):
        number.role, number.unit = "rank", "名"
    else:
        number.role = "ordinal"


def _top(view: str, number: _Number) -> bool:
    """Read 前十 and 前20名 as a rank, 前三年 as a duration; return whether it is either."""
    after = view[number.end : number.end + 1]
    if number.unit in ("名", "位") or (number.unit is None and (after in _AFTER_TOP or not after)):
        number.start -= 1
        number.role, number.unit, number.comparator, number.rule = "rank", "名", "le", "top"
        return True
    if number.unit is not None and dimension(number.unit) in _TIME_UNITS:
        number.role = "duration"
        return True
    return False


def _bare(view: str, number: _Number, before: str, after: str) -> None:
    text = view[number.start : number.number[1]]
    hedged = number.comparator != "eq"
    if before == "“" and after == "”":
        number.role, number.rule = "code", "quoted"
    elif after == "大" and before != "比" and number.value is not None and 2 <= number.value <= 30:
        number.role = "set"
        number.end += 1
    elif after.isascii() and after.isalpha() and number.form == "arabic":
        number.role, number.rule = "name", "letter after"
    elif before == "[" and after == "]":
        number.role, number.rule = "list", "footnote"
    elif number.form == "digits" and number.value is not None and 1840 <= number.value < 2100:
        number.role, number.rule = "date", "bare year"
    elif number.form == "digits":
        number.role = "code"
    elif number.form == "arabic" and len(text) == 3 and text.endswith(".0"):
        number.role, number.rule = "name", "version"
    elif (
        number.form == "arabic"
        and len(text) == 5
        and text.startswith("12")
        and text.isdigit()
        and _HAN_CHARACTER.match(after)
    ):
        number.role, number.rule = "name", "service number"
    elif number.form == "arabic" and len(text) == 4 and text.isdigit() and text[:2] in ("19", "20") and not hedged:
        number.role, number.rule = "date", "bare year"
    elif number.form == "arabic" and text[0] == "0" and text.isdigit() and len(text) > 1:
        number.role = "code"
    elif number.form == "bare" and len(text) == 1:
        number.role = "idiom" if not hedged else number.role
    elif (
        number.form == "bare" and len(text) > 1 and before in _BOUNDS_BEFORE and _PEOPLE_BEHIND.match(view, number.end)
    ):
        pass  # 惠及近千万家庭, 超百万群众
    elif number.form in ("han", "bare") and not hedged:
        inside = _HAN_CHARACTER.match(after) or (len(text) == 1 and _HAN_CHARACTER.match(before))
        if inside and (len(text) == 1 or (number.form == "bare" and "亿" not in text)):
            number.role = "idiom"


def _time(view: str, number: _Number) -> None:
    start, end = number.start, number.end
    if number.form == "digits" and number.unit == "年":
        number.role = "date"
        return
    left = view[max(0, start - 6) : start]
    spans = number.unit in _LONG_SPANS and not _MEASURED_BEFORE.search(left)
    named = number.unit == "周年" or (number.unit == "日" and number.form == "bare")  # 百日攻坚
    if spans or named or _DURATION_BEFORE.search(left) or _DURATION_AFTER.match(view, end):
        number.role = "duration"
    if number.unit == "月":
        number.unit = "个月"


# --- the scan -----------------------------------------------------------------------------------------


def _numbers(view: str) -> Iterator[_Number]:
    """Yield the numbers of `view` in order, with their roles, before comparators and ranges."""
    titles = [match.span() for match in _TITLE.finditer(view)]
    title_starts = [start for start, _ in titles]
    ruled_end, ruled = 0, None
    done = 0
    position = 0
    size = len(view)
    while position < size:
        match = _FIND.search(view, position)
        if match is None:
            return
        start, end = match.span()
        position = end
        found = role_at(view, start)
        if found is not None and found[0] > ruled_end:
            ruled_end, ruled = found
            if ruled_end == start:  # a pattern that only looks behind
                ruled_end = start + 1
        if start < ruled_end and ruled is not None and ruled.role == "idiom":
            position = max(end, ruled_end)
            continue
        if start < ruled_end and ruled is not None and ruled.role == "name" and _no_value(view[start:end]):
            number: _Number | None = _Number(
                start, end, (start, end), None, None, None, None, "eq", "code", Decimal(1), ""
            )
        else:
            number = _number(view, start, end)
        if number is None or number.end <= done:
            continue
        _sign(view, number, done)
        done = number.end
        position = max(number.number[1], number.start + 1)
        if start < ruled_end and ruled is not None:
            number.role, number.rule = ruled.role, ruled.name
            if ruled.role in ("date", "name", "list", "ordinal", "code") and number.end > ruled_end >= number.number[1]:
                number.end, number.unit = number.number[1], None
            if ruled.role == "ordinal":
                number.ordinal = True
                number.start -= view[start - 1 : start] == "第"
        elif number.role == "quantity":
            _classify(view, number)
        if title_starts:
            index = bisect_right(title_starts, start) - 1
            if index >= 0 and start < titles[index][1]:
                number.role, number.rule = "name", "title"
        position = max(position, number.end if number.unit else number.number[1])
        yield number


def _no_value(run: str) -> bool:
    """Whether `run` names something rather than a number: 十四五, 十五五."""
    numeral = read(run)
    return numeral is None or numeral.value is None


def _sign(view: str, number: _Number, done: int) -> None:
    """Negate `number` where a minus, 负 or 零下 stands before it, not before offset `done`."""
    start = number.start
    before = view[start - 1 : start]
    if before == "-":
        earlier = view[start - 2 : start - 1] if start > 1 else ""
        if earlier in ("-", "—") or (earlier.isascii() and earlier.isalnum()) or earlier in ("%", "）", "”"):
            return
        named = _HAN_CHARACTER.match(earlier) and number.unit is None and "." not in view[start : number.end]
        if named or (number.unit is None and number.form == "code"):
            return
        width = 1
    elif before in _MINUS:
        if view[start - 2 : start - 1] in _NO_MINUS and start > 1:
            return
        width = 1
    elif view[start - 2 : start] == "零下" and (start < 3 or view[start - 3] not in HAN):
        width, done = 2, 0  # its 零 was met before, as a numeral of its own
    else:
        return
    if start - width < done:
        return
    number.start -= width
    number.number = (number.number[0] - width, number.number[1])
    number.value = None if number.value is None else -number.value
    if number.low is not None and number.high is not None:
        number.low, number.high = -number.high, -number.low


_MINUS = ("负", "負")
_NO_MINUS = frozenset("担抱肩辜欺背自正胜减税债费")  # 税负, 债负 and 费负 are burdens


def _share_ranks(view: str, numbers: list[_Number]) -> None:
    """Take for a rank or an ordinal what is coordinated with one: 分别居全国第二、第五和第七, 第一、二、三名."""
    for left, right in pairwise(numbers):
        bare = right.role == "quantity" and right.unit in (None, left.unit, "名", "位") and right.form == "han"
        if left.ordinal and bare and view[left.end : right.start] in ("、", "和", "与"):
            right.role, right.unit, right.ordinal = left.role, right.unit or left.unit, True
        if left.ordinal and left.role == "rank" and right.role == "ordinal" and right.unit is None:
            after = view[right.end : right.end + 1]
            ends = not _HAN_CHARACTER.match(after) or after in "的和与及"
            if view[left.end : right.start] in ("、", "，", "和", "与") and ends:
                right.role, right.unit = "rank", "名"


def _share_units(view: str, numbers: list[_Number]) -> None:
    """Give a bare number the unit of the one it is coordinated with: 分别提高15、22个百分点."""
    for left, right in zip(reversed(numbers[:-1]), reversed(numbers[1:]), strict=True):
        points = left.unit == "个" and right.unit == "百分点" and left.form == "arabic"  # 高于全国12.7个、12个百分点
        if (
            (left.unit is None or points)
            and right.unit is not None
            and left.role == right.role == "quantity"
            and left.form in ("arabic", "mixed")
            and right.form in ("arabic", "mixed")
            and (left.scale > 1 or right.scale == 1)
            and right.start - left.end == 1
            and view[left.end] in "、和与及"
        ):
            left.unit = right.unit


def _scan(view: str) -> list[Quantity]:
    """Return the quantities of `view`, with view offsets."""
    numbers = list(_numbers(view))
    _share_units(view, numbers)
    _share_ranks(view, numbers)
    found: list[Quantity] = []
    index = 0
    while index < len(numbers):
        number = numbers[index]
        index += 1
        if (
            number.role in ("quantity", "duration")
            or number.ordinal
            or (number.role == "idiom" and number.unit is None)
        ):
            while index < len(numbers) and _joined(view, number, numbers[index]):
                number = _range(view, number, numbers[index])
                index += 1
        if number.role == "idiom" and number.unit is None:
            continue  # 三农, 百姓: part of a word
        parts_of = _CHANGE.get(number.unit or "")
        if parts_of is not None:
            while index < len(numbers) and (share := parts_of.get(numbers[index].unit or "")):
                if view[number.end : numbers[index].start] not in ("", "又"):
                    break
                number = _with_change(number, numbers[index], share)
                index += 1
        if number.role == "quantity" and number.unit is None and view[number.end : number.end + 1] in (":", "比"):
            parts = _ratio(view, number)
            if parts is not None:
                stop = parts[-1].end
                while index < len(numbers) and numbers[index].start < stop:
                    index += 1
                found.extend(_finish(view, part) for part in parts)
                continue
        found.append(_finish(view, number))
    return found


def _joined(view: str, left: _Number, right: _Number) -> bool:
    """Whether `left` and `right` are the two ends of one range."""
    if right.start - left.end > 4:
        return False
    gap = view[left.end : right.start].strip(" ")
    if not 0 < len(gap) <= 2 or left.value is None or right.value is None:
        return False
    between = gap in ("和", "与") and view.startswith("之间", right.end)
    if left.ordinal or right.ordinal:
        counted = right.role in ("quantity", "rank", "ordinal")
        return left.ordinal and counted and gap != "或" and (between or gap in _CONNECTORS)
    if right.role not in ("quantity", "duration") and not (left.form == "parts" and right.unit is None):
        return False
    if gap == "、":
        return _neighbours(view, left, right) is not None
    if gap not in _CONNECTORS and not between:
        return False
    points = left.unit == "个" and right.unit == "百分点"  # 0.8个至2.5个百分点
    if left.unit is not None and right.unit is not None and left.unit != right.unit and not points:
        return False
    if left.unit is not None and right.unit is None and left.form != "parts":
        return False
    return view[left.start - 1 : left.start] not in ("从", "由", "自") or gap not in ("到", "至")


def _neighbours(view: str, left: _Number, right: _Number) -> tuple[Decimal, Decimal] | None:
    """Return the bounds of an estimate by two neighbouring digits: 四、五千, 一百二、三十, 百分之七、八十."""
    if left.value is None or right.value is None or view[left.end : left.end + 1] != "、":
        return None
    if left.form == "parts":
        if left.unit != "%" or right.unit is not None or right.form != "han" or not _ENDS.match(view, right.end):
            return None
        return next(((left.value * x, right.value) for x in (1, 10) if right.value == (left.value + 1) * x), None)
    counted = right.unit is not None or right.scale >= 10
    if left.unit is not None or left.form != "han" or not counted:
        return None
    if view[left.start - 1 : left.start] in ("、", "第", "\n", ""):
        return None
    first, second = view[slice(*left.number)], view[slice(*right.number)]
    if _NEXT.get(first[-1]) != second[0]:
        return None
    low, high = read(first + second[1:]), read(first[:-1] + second)
    if low is None or high is None or low.value is None or high.value is None or low.value >= high.value:
        return None
    return low.value, high.value


def _range(view: str, left: _Number, right: _Number) -> _Number:
    """Join the two ends of a range; the lower takes the scale that only the upper states."""
    assert left.value is not None and right.value is not None
    low, high = _neighbours(view, left, right) or (left.value, right.value)
    if left.unit is None and left.scale == 1 and right.scale > 1 and low < high / right.scale:
        low *= right.scale
    if low > high:
        low, high = high, low
    role = "duration" if "duration" in (left.role, right.role) else left.role if left.ordinal else "quantity"
    comparator = left.comparator if left.comparator != "eq" else right.comparator
    return _Number(
        left.start, right.end, (left.number[0], right.number[1]), None, low, high, right.unit or left.unit,
        comparator, right.form, right.scale, "range", role, left.ordinal,
    )  # fmt: skip


def _with_change(whole: _Number, part: _Number, share: Decimal) -> _Number:
    """Add 三角 (or 五寸), `share` of the larger unit each, to the 元 (尺) before it."""
    if whole.value is None or part.value is None:
        return whole
    value = whole.value + part.value * share
    number = (whole.number[0], part.number[1])
    return msgspec.structs.replace(whole, end=part.end, number=number, value=value, role="quantity", rule="with change")


def _ratio(view: str, number: _Number) -> list[_Number] | None:
    """Read 11.8:48.3:39.9 as shares, and any other ratio as one number: 2.3 for 2.3:1, else without value."""
    match = _RATIO.match(view, number.start)
    if match is None:
        return None
    parts, position = [], match.start()
    for text in match.group().replace("比", ":").split(":"):
        span = (position, position + len(text))
        parts.append(_Number(*span, span, Decimal(text), None, None, "%", "eq", "arabic", Decimal(1), "ratio"))
        position = span[1] + 1
    if abs(sum(part.value or 0 for part in parts) - _HUNDRED) <= Decimal("0.3"):
        return parts
    span = match.span()
    value = parts[0].value if len(parts) == 2 and parts[1].value == 1 else None
    return [_Number(*span, span, value, None, None, None, "eq", "arabic", Decimal(1), "ratio", "ratio")]


def _finish(view: str, number: _Number) -> Quantity:
    """Add the comparator words to `number` and return it as a Quantity."""
    start, end, comparator = number.start, number.end, number.comparator
    bounded = number.role in ("quantity", "duration", "per", "rank") and not number.ordinal
    if bounded or (number.role == "ratio" and number.value is not None):
        before = _before(view, number)
        after = _after(view, number)
        if after is not None:
            end = after[0]
            if comparator == "eq" or before is None:
                comparator = after[1]
        if before is not None and (number.role != "duration" or view[before[0] : start] != "近"):
            start, comparator = before
        compared = _COMPARED.match(view, end) if view[start - 1 : start] == "比" and comparator == "eq" else None
        if compared is not None:
            start, end, comparator = start - 1, compared.end(), "gt" if compared[1] else "lt"
        if comparator == "eq":
            distant = _DISTANT.search(view, max(0, start - 10), start)
            if distant is not None:
                comparator = _DISTANT_MEANING[distant["bound"] or distant["about"]]
    return Quantity(
        start=start,
        end=end,
        quote=view[start:end],
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        comparator=comparator,
        ordinal=number.ordinal,
        number=number.number,
        role=number.role,
        rule=number.rule,
    )


def find_quantities(text: str) -> list[Quantity]:
    """Return every number of `text` with its unit; offsets and quotes are those of `text`.

    >>> [(q.quote, str(q.value), q.unit, q.comparator) for q in find_quantities("年用电量突破27亿千瓦时")]
    [('突破27亿千瓦时', '2700000000', '千瓦时', 'gt')]
    """
    view, starts = align(text)
    found = _scan(view)
    if starts is None:
        return [msgspec.structs.replace(q, quote=text[q.start : q.end]) for q in found]

    def located(start: int, end: int) -> tuple[int, int]:
        return starts[start], starts[end - 1] + 1

    placed = []
    for q in found:
        start, end = located(q.start, q.end)
        placed.append(
            msgspec.structs.replace(q, start=start, end=end, quote=text[start:end], number=located(*q.number))
        )
    return placed


class Quantities:
    """Finds every number with its unit, comparator and role."""

    name = "quantities"
    description = "numbers with unit, comparator words and role, values exact"
    requires = ("view",)
    assigns = "quantities"
    example = "年用电量突破27亿千瓦时，八成以上来自绿电，居全国第3"

    def find(self, doc: Document) -> list[Quantity]:
        """Return the quantities of `doc`, with view offsets."""
        return _scan(doc.view)
