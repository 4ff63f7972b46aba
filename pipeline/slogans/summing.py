"""What the numerals of a formulation announce.

A *summing numeral* counts the members that a formulation stands for: 四大赛道 has four, 四梁八柱 four
and eight, 1+9 one and nine, 双碳 two. Most numerals do not: 八家企业 is a count, 十年 a time, 三峡 a name,
一网通办 an emphasis, “十四五” the number of a plan. `read` tells the two apart by the form alone.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import numerals
from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon

Declared = int | list[int | None] | None

_CODE = Regex(r"[0-9]{2,7}|[0-9]{2,6}[NX]")
_SPACED = Regex(r"[0-9](?: ?[0-9]){1,5}(?: ?[NX])?")
SUM = Regex(r"(?:[0-9]{1,3}|[NXMn])(?: ?[+×] ?(?:[0-9]{1,3}|[NXMn])(?![0-9A-Za-z]))+")
_ZERO = Regex(r"[1-9]0*")
_PART = Regex(
    r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3}|[百千万亿]{1,2}|[双多N])([^0-9一二两三四五六七八九十百千万亿双多N、，]{1,8})"
)
_PAUSE = Regex(r"(?<=[\u4e00-\u9fff]{3}) (?=[\u4e00-\u9fff]{3})")
_MARKS = Regex(r"[ “”‘’]")
_NOT_NUMERAL = Regex(r"(?<=[统唯同专合归])一|(?<=.)一(?=[步体致流])")  # 统一, 进一步: a part of a word
_POWERS_ONLY = Regex(r"(十?百?千?万?)(?:工程|行动|计划|项目|活动|人才|企业|战略)?")
_SUMS = Regex(r"([百千万])[项个家企]([百千万]亿)(?:工程|行动|计划)?")
_VISITED = Regex(r"([百千万])[企局校村团]([百千万])[户村家企][\u4e00-\u9fff]{2,4}")  # 千企万户大走访
_SENT = Regex(r"([百千万])名[\u4e00-\u9fff]{3,6}?([百千万])[\u4e00-\u9fff]{1,3}")  # 百名干部进百企
_TWICE = Regex(r"双[\u4e00-\u9fff]双[\u4e00-\u9fff]")
_TWO_USES = Regex(r"[\u4e00-\u9fff]{2}两用")
_NAMED_SET = Regex(
    r"(?!全国|中国|世界|全球|年度|国家)[\u4e00-\u9fff]{2,6}?([二三四五六七八九十]{1,2})大([\u4e00-\u9fff]{2,6})"
)
_LED = Regex(
    r"([^一二两三四五六七八九十百千万双多0-9]{2,3})([二两三四五六七八九十])([^一二两三四五六七八九十百千万天年月日次]{1,4})(?<![洲海方州])"
)
_AT_THE_END = Regex(
    r"[^一二两三四五六七八九十百千万双0-9]{2,4}([三四五六七八九十]|[二三]?十[一二三四五六七八九])([\u4e00-\u9fff])(?<![年月日号期])"
)
_LINES = Regex(
    r"[^一二两三四五六七八九十百千万双0-9、，]{2,4}([二两三四五六七八九十])[条张本套][\u4e00-\u9fff]"
)  # 收支两条线
# A verb with what it counts (清四乱, 治三违), and the measures of a paper or a programme (水十条, 助农开春十件事).
_VERB_COUNTS = Regex(r"[清治反查纠打扫禁整防除破]([二两三四五六七八九十])[乱违害风超黑非弊缺堵毒患火]")
_MEASURES = Regex(
    r"(?:[^第共这那其达双\W一二两三四五六七八九十百千]{1,4}(?=[^条]*条$)|[^第共这那其达双\W一二两三四五六七八九十百千]{2,6}(?=[^事]*事$))"
    r"([四五六七八九十]|十[一二三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?)(?:条|件[实大好]?事)"
)
_SINGLE = Regex(
    r"([新老前后大小旧]?)([0-9]{1,2}|[二两三四五六七八九十][一二三四五六七八九十]{0,2}|双|一(?=[个大项]|[核轴带廊极翼]$))(?:(?<=双)|(?![0-9]))(.+)"
)
_WORDS = Regex(r"[\u4e00-\u9fffA-Za-z0-9+%]+")
_MOST_PARTS = 8
_MOST_OF_A_PART = 20
_POWERS = "百千万亿"


@dataclass(frozen=True)
class Reading:
    """The type of a numeral formulation (``numeral_code``, ``numeral_phrase``) and what it declares."""

    type: str
    declared: Declared
    rule: str


def to_int(numeral: str) -> int | None:
    """Return the value of a Chinese or Arabic whole number (双 is two), None if `numeral` is not one."""
    if numeral == "双":
        return 2
    number = numerals.read(numeral)
    return None if number is None or number.value is None else int(number.value)


def announced(declared: Declared) -> tuple[int, ...]:
    """Return the numbers of members that satisfy `declared`, the likeliest first; () if it sets none.

    A parallel is satisfied by as many as it sums to, by one for each part, or, where all parts have the
    same number, by so many pairs (四水四定).
    """
    if isinstance(declared, list):
        numbers = [number for number in declared if number is not None]
        if len(numbers) < len(declared):
            return ()
        return tuple(dict.fromkeys((sum(numbers), len(numbers), *(numbers[:1] if len(set(numbers)) == 1 else ()))))
    return () if declared is None else (declared,)


def agrees(declared: Declared, number: int) -> bool:
    """Whether `number` members are as many as `declared`; an open part (N) has at least one."""
    if isinstance(declared, list) and None in declared:
        return number >= sum(count or 1 for count in declared)
    return number in announced(declared)


@lru_cache(maxsize=1 << 14)
def read(phrase: str) -> Reading | None:
    """Read the numerals of `phrase`; None where they sum nothing up."""
    return _read_code(phrase) or _read_phrase(phrase)


def _read_code(phrase: str) -> Reading | None:
    phrase = phrase.replace(" ", "") if _SPACED.fullmatch(phrase) else phrase  # 1 2 4 N
    if _CODE.fullmatch(phrase):
        if phrase in lexicon().numbered_names or re.fullmatch(r"(?:19|20)[0-9]{2}|0.*", phrase):
            return None
        digits: list[int | None] = [int(d) for d in _ZERO.findall(phrase)]
        digits += [None] * phrase.endswith(("N", "X"))
        return Reading("numeral_code", digits, "digits")
    match = SUM.match(phrase)
    if match is None:
        return None
    tail = phrase[match.end() :]
    if tail and (len(tail) > 12 or not _WORDS.fullmatch(tail) or tail.startswith(lexicon().measures)):
        return None
    terms = re.split(r"[+×]", match.group().replace(" ", ""))
    return Reading("numeral_code", [int(t) if t.isdigit() else None for t in terms], "sum")


def _read_phrase(phrase: str) -> Reading | None:
    phrase = _NOT_NUMERAL.sub("壹", _MARKS.sub("", _PAUSE.sub("、", phrase)))
    return (
        _read_powers(phrase)
        or _read_twice(phrase)
        or _read_parallel(phrase)
        or _read_led(phrase)
        or _read_single(phrase)
    )


def _read_powers(phrase: str) -> Reading | None:
    """十百千万, “百千万”工程, 千万工程: one power of ten for each level of a programme."""
    if sums := _SUMS.fullmatch(phrase) or _SENT.fullmatch(phrase) or _VISITED.fullmatch(phrase):  # 千项万亿
        return Reading("numeral_phrase", [to_int(sums[1]), to_int(sums[2])], "powers")
    match = _POWERS_ONLY.fullmatch(phrase)
    if match is None or len(match[1]) < 2:
        return None
    return Reading("numeral_phrase", [to_int(c) for c in match[1]], "powers")


def _read_twice(phrase: str) -> Reading | None:
    """双招双引, 双百双新: two of each; 平急两用: of two things."""
    if _TWICE.fullmatch(phrase):
        return Reading("numeral_phrase", [2, 2], "parallel")
    return Reading("numeral_phrase", 2, "single") if _TWO_USES.fullmatch(phrase) else None


def _read_parallel(phrase: str) -> Reading | None:
    """Read 四梁八柱, 一带两屏六区多廊, 三去一降一补, 一个中心、两个基本点."""
    clauses = [parts(clause) for clause in re.split(r"[、，]", phrase)]
    if not all(clauses):
        return None
    pairs = [pair for clause in clauses for pair in clause]
    if not 2 <= len(pairs) <= _MOST_PARTS or phrase.startswith(lexicon().no_sum):
        return None
    if pairs[0][0] in "多N" and (pairs[-1][0] in "多N" or any(len(noun) > 1 for _, noun in pairs)):  # but 多校一圈
        return None
    if len(clauses) > 1 and [number for number, _ in pairs] == ["一", "多"]:
        return None  # 一地认证、多地互认
    if (len(clauses) > 1 and _is_ordinal(pairs)) or _is_distributive(pairs):
        return None
    counted = [noun.startswith(("个", "种", "项")) and len(noun) > 1 for _, noun in pairs]
    of_figures = pairs[0][1] == "类" and pairs[1][0].isascii()
    of_figures = of_figures or (
        pairs[0][1] in ("条", "家", "座", "支", "大") and pairs[1][0][0] in _POWERS
    )  # 三条千亿链
    if of_figures or any(noun == "个" for _, noun in pairs) or (len(clauses) == 1 and any(counted) > all(counted)):
        return None  # “四个十大”, “三个一批”, “三类500强”: so many sets, the rest is what each is called
    if any(number.isdigit() and int(number) > _MOST_OF_A_PART for number, _ in pairs) and _uneven(pairs):
        return None  # 60座桥18条隧: counts
    measured = [noun for number, noun in pairs if number not in "双多N" and noun not in lexicon().spatial]
    if any(noun.startswith(lexicon().measures) for noun in measured):
        return None
    uneven = len(clauses) > 1 or _uneven(pairs)
    powers = [_POWERS.find(number[0]) for number, _ in pairs]
    rises = len(pairs) > 2 and -1 not in powers and powers == sorted(set(powers))  # 百城千镇万条街
    if uneven and not rises and max(powers) >= 0:  # 百城千屏, but not 万企兴万村
        return None
    return Reading("numeral_phrase", [_declared(number) for number, _ in pairs], "parallel")


def _uneven(pairs: list[tuple[str, str]]) -> bool:
    """Whether the nouns of a parallel are not of one length."""
    return len({len(noun) for _, noun in pairs}) > 1


def parts(phrase: str) -> list[tuple[str, str]]:
    """Return the numerals of a parallel with their nouns (四梁八柱 → 四 梁, 八 柱); [] if `phrase` is none."""
    masked = _NOT_NUMERAL.sub("壹", phrase)
    matches = list(_PART.finditer(masked))
    if "".join(match.group() for match in matches) != masked:
        return []
    return [(match[1], phrase[slice(*match.span(2))]) for match in matches]


def _declared(number: str) -> int | None:
    if number in ("多", "N"):
        return None
    return to_int(number)


def _is_ordinal(pairs: list[tuple[str, str]]) -> bool:
    """一要吃饭、二要建设; 一不怕苦、二不怕死: first and second, not one and two."""
    return pairs[0][0] == "一" and pairs[1][0] == "二"


def _is_distributive(pairs: list[tuple[str, str]]) -> bool:
    """一企一策, 一县一品: one for each."""
    return {number for number, _ in pairs} == {"一"} and all(
        noun in lexicon().distributive or noun.startswith("名") for _, noun in pairs[1::2]
    )


def _read_led(phrase: str) -> Reading | None:
    """内供七环网、外送五通道: clauses of one form, a numeral in each behind what is done."""
    clauses = [match for clause in re.split(r"[、，]", phrase) if (match := _LED.fullmatch(clause))]
    if len(clauses) < 2 or len(clauses) <= len(re.findall("[、，]", phrase)) or len({len(m[1]) for m in clauses}) > 1:
        return None
    return Reading("numeral_phrase", [to_int(match[2]) for match in clauses], "parallel")


def _read_single(phrase: str) -> Reading | None:
    """四大赛道, 三个区分开来, 双碳, 六稳, 新三样, 开局八好."""
    forms = (_NAMED_SET, _AT_THE_END, _LINES, _VERB_COUNTS, _MEASURES)
    named = next((match for form in forms if (match := form.fullmatch(phrase))), None)
    if named and not phrase.endswith(lexicon().no_sum):
        return Reading("numeral_phrase", to_int(named[1]), "single")
    match = _SINGLE.fullmatch(phrase)
    if match is None or "、" in phrase or "，" in phrase:
        return None
    numeral, noun = match[2], match[3]
    words = lexicon()
    if phrase.startswith(words.no_sum):
        return None
    if numeral == "双":
        return Reading("numeral_phrase", 2, "single")
    if noun.startswith(words.measures) or (numeral.endswith("十") and noun[0] in "万亿"):
        return None
    if len(numeral) == 2 and not numeral.isascii() and "十" not in numeral:  # 八八战略, 三八作风: two numbers
        return Reading("numeral_phrase", [to_int(digit) for digit in numeral], "single")
    number = to_int(numeral)
    if number is None or number > 200 or (numeral.isascii() and not noun.startswith((*words.classifiers, "连"))):
        return None
    if noun[0] in "一二两三四五六七八九" and len(noun) == 1:
        return None
    if len(phrase) > 14:
        return None
    return Reading("numeral_phrase", number, "single")
