"""Chinese, Arabic, mixed and formal numerals, read exactly.

`RUN` finds a stretch of numeral characters; `read` says what number it stands for, as a Decimal, or as
bounds where the wording gives only those (几十, 三四百, 数千). A stretch that is no well-formed numeral
reads as None: 二〇二四一, 亿万.

The grammar follows GB/T 15835 and common usage: 万, 亿 and 兆 close a section and may stack (万亿), a
digit after a multiplier counts the next lower place (两千三 = 2300, 三万五 = 35000), 二〇二四 is read
digit by digit, two neighbouring digits are an estimate (三四十).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.regex import Regex

_DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": Decimal(0), "两": Decimal(2)}
_SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}
MULTIPLIERS = _SMALL | _LARGE

#: Formal and old characters, and what they stand for.
FORMAL = str.maketrans(
    {
        **dict(
            zip("壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億兩點幾餘", "一二二三三四五六六七八九十百千万亿两点几余", strict=True)
        ),
        "廿": "二十",
        "卅": "三十",
    }
)

HAN = "零〇一二两三四五六七八九十百千万亿兆廿卅"
_DIGIT = "零〇一二两三四五六七八九"
_FORMAL_START = "壹贰貳叁叄肆伍陆陸柒捌玖拾"
_FORMAL_ONLY = _FORMAL_START + "佰仟萬億兩"
_MULTIPLIER = "十百千万亿兆拾佰仟萬億"

#: A stretch of numeral characters. What it may take too much (the 千 of 千瓦) is for the caller to see.
RUN = (
    rf"(?:[0-9{HAN}兩壹贰貳叁叄柒捌玖]|(?:[几幾]|(?<![总人户件倍系指参函多少半次基个额位岁])数)(?=[{_MULTIPLIER}])"
    rf"|(?<![大内登着海路队落放收])[肆伍陆陸拾](?=[{_MULTIPLIER}{_DIGIT}{_FORMAL_START}点點])"
    rf"|(?<![0-9A-Za-z图表.。\u2026）{HAN}])\.(?=[0-9]+(?![0-9.])))"
    rf"(?:[0-9{HAN}{_FORMAL_ONLY}]|[,.](?=[0-9])| ?[点點] ?(?=[0-9{_DIGIT}{_FORMAL_START}])|(?<=[十百千])[几幾](?!何)"
    rf"|[多余餘来几幾](?=[{_MULTIPLIER}])|(?<=[{HAN}]) (?=[{HAN}])){{0,500}}"
)

_ARABIC = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
_TOKEN = Regex(rf"{_ARABIC}|[^0-9]")
_ARABIC_ONLY = Regex(_ARABIC)
_SPELT = Regex(  # 八〇点五, 一二〇万: digit by digit, then a multiplier
    r"(?=.*[零〇]|[一二三四五六七八九]{3}|..点)([一二三四五六七八九][零〇一二三四五六七八九]{1,8})(?:点([零〇一二三四五六七八九]{1,9}))?[百千万亿]{0,2}"
)
_NEIGHBOURS = Regex(r"一(?=[二两])|[二两](?=三)|三(?=[四五])|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九)")


_PLACES = 20
LONGEST = 60  #: characters of the longest numeral that is read


class Numeral(NamedTuple):
    """What a numeral says.

    `value` is None where the wording gives bounds only; then `low` and `high` are set. `scale` is the
    multiplier that closes it (一百二十万 → 10000), 1 if none. `form` is ``arabic``, ``han``, ``mixed``,
    ``digits`` (二〇二四) or ``bare`` (a multiplier with no digit: 百亿).
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    comparator: str
    scale: Decimal
    form: str


@lru_cache(maxsize=1 << 14)
def read(run: str) -> Numeral | None:
    """Return what the numeral `run` says, or None if it is not well formed, beyond 10^20 or of more than 20 digits."""
    numeral = _read(run) if len(run) <= LONGEST else None
    if numeral is None or any(_too_long(x) for x in numeral[:3] if x is not None):
        return None
    return numeral


def _too_long(value: Decimal) -> bool:
    """Whether no text means `value` as a number, and sums with it would no longer be exact."""
    return value.adjusted() > _PLACES or len(value.as_tuple().digits) > _PLACES


def _read(run: str) -> Numeral | None:
    if run.isascii():
        if not _ARABIC_ONLY.fullmatch(run):
            return None
        return Numeral(plain(Decimal(run.replace(",", ""))), None, None, "eq", Decimal(1), "arabic")
    if " " in run:
        run = run.replace(" ", "")
        if "点" not in run and not any(c in MULTIPLIERS for c in run):
            return None
    run = run.translate(FORMAL)
    scale = _scale(run)
    if _is_digits(run):
        if len(run) == 2 and _NEIGHBOURS.match(run):
            return Numeral(None, _DIGITS[run[0]], _DIGITS[run[1]], "eq", scale, "han")
        value = Decimal("".join(str(_DIGITS[c]) for c in run))
        return Numeral(value, None, None, "eq", scale, "digits" if len(run) > 1 else "han")
    spelt = _SPELT.fullmatch(run)
    if spelt is not None:
        value = Decimal(
            "".join(str(_DIGITS[c]) for c in spelt[1]) + "." + "".join(str(_DIGITS[c]) for c in spelt[2] or "零")
        )
        return Numeral(plain(value * scale), None, None, "eq", scale, "han")
    form = "han"
    if any(c.isdigit() and c.isascii() for c in run):
        form = "mixed"
    elif all(c in MULTIPLIERS for c in run) and run[0] != "十":
        form = "bare"
    comparator = "eq"
    for hedge, meaning in (("多", "gt"), ("余", "gt"), ("来", "approx")):
        if hedge in run:
            run, comparator = run.replace(hedge, ""), meaning
    if "几" in run or "数" in run:
        return _vague(run, scale, form)
    if form == "bare" and len(run) == 3 and run[2] in _LARGE and run[0] in _SMALL and run[1] in _SMALL:
        bounds = sorted(_SMALL[c] * _LARGE[run[2]] for c in run[:2])  # 千百亿
        return Numeral(None, bounds[0], bounds[1], comparator, scale, form)
    estimate = _NEIGHBOURS.search(run)
    if estimate and (run[estimate.end() + 1 : estimate.end() + 2] or "十") in MULTIPLIERS:
        i = estimate.start()
        low, high = _value(run[: i + 1] + run[i + 2 :]), _value(run[:i] + run[i + 1 :])
        if low is None or high is None or low >= high:
            return None
        return Numeral(None, low, high, comparator, scale, form)
    number = _value(run)
    return None if number is None else Numeral(plain(number), None, None, comparator, scale, form)


def plain(value: Decimal) -> Decimal:
    """Return `value` without trailing zeros or exponent: 850000000.0 as 850000000."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def _is_digits(run: str) -> bool:
    return all(c in _DIGITS for c in run)


def _scale(run: str) -> Decimal:
    scale = Decimal(1)
    for character in reversed(run):
        if character not in MULTIPLIERS:
            break
        scale *= MULTIPLIERS[character]
    return scale


def _vague(run: str, scale: Decimal, form: str) -> Numeral | None:
    """Read 几十万 (20 to 90 times ten thousand) and 十几 (11 to 19)."""
    at = re.search("[几数]", run)
    assert at is not None
    i = at.start()
    bounds = [_value(run[:i] + digit + run[i + 1 :]) for digit in (("二", "九") if i == 0 else ("一", "九"))]
    low, high = bounds
    return None if low is None or high is None else Numeral(None, low, high, "eq", scale, form)


def _value(run: str) -> Decimal | None:
    """Return the value of a numeral without hedges."""
    whole, point, rest = run.partition("点")
    if not point:
        return _integer(whole)
    digits = re.match(r"[零〇一二三四五六七八九]+|[0-9]+", rest)
    base = _integer(whole)
    if digits is None or base is None:
        return None
    value = base + Decimal("0." + "".join(str(_DIGITS.get(c, c)) for c in digits.group()))
    for character in rest[digits.end() :]:
        if character not in MULTIPLIERS:
            return None
        value *= MULTIPLIERS[character]
    return value


def _integer(run: str) -> Decimal | None:
    """Return the value of a numeral of digits and multipliers; Arabic coefficients may have decimals."""
    upper = middle = section = Decimal(0)  # closed by 亿 or 兆; by 万; not yet
    pending: Decimal | None = None  # a coefficient that waits for its multiplier
    last = Decimal(0)  # the multiplier just read; 0 after a 零
    shorthand = True  # whether a final digit counts the next lower place
    tokens = _TOKEN.findall(run)
    if not tokens:
        return None
    for position, token in enumerate(tokens):
        if token in ("零", "〇"):
            if pending is not None:
                return None
            shorthand = False
            if len(tokens) == 1:
                return Decimal(0)
        elif token in _DIGITS or token[-1] in "0123456789":
            if pending is not None:
                return None
            pending = _DIGITS.get(token) if token in _DIGITS else Decimal(token.replace(",", ""))
            shorthand = shorthand and len(token) == 1
        elif token in _SMALL:
            if pending is None and position and token != "十" and tokens[position - 1] not in _LARGE:
                return None
            section += (Decimal(1) if pending is None else pending) * _SMALL[token]
            pending, last, shorthand = None, _SMALL[token], True
        elif token in _LARGE:
            base = section + (pending or 0)
            if token == "万":
                if base == 0 and position and tokens[position - 1] == "万":  # 四万万
                    base, middle = middle, Decimal(0)
                elif base == 0:
                    if upper or middle or position:
                        return None
                    base = Decimal(1)
                middle += base * _LARGE[token]
            else:
                base += middle
                if base == 0 and position and tokens[position - 1] == "亿":  # 百亿亿
                    base, upper = upper, Decimal(0)
                elif base == 0:
                    if position:
                        return None
                    base = Decimal(1)
                upper, middle = upper + base * _LARGE[token], Decimal(0)
            section, pending, last, shorthand = Decimal(0), None, _LARGE[token], True
        else:
            return None
    if pending is not None:
        section += pending * last / 10 if shorthand and last > 10 else pending
    return upper + middle + section
