"""One name for all the written forms of a slogan."""

import re
from functools import lru_cache

from pipeline.regex import Regex

_MARKS = Regex(r"[“”‘’\"'「」『』\s\u3000]")
_JOINTS = Regex(r"(?<=[\u4e00-\u9fff])[，；·,](?=[\u4e00-\u9fff])")
_LAST_JOINT = Regex(r"(?<=、)([^、]{2,8})[和及](?=[^、]{2,8}$)")
_COUNT = Regex(r"(?<![0-9])[0-9]{1,2}(?=[大个项条类种])")
_FORMS = str.maketrans(
    {"＋": "+", "﹢": "+", "✕": "×", "Ｎ": "N", "n": "N", "Ｘ": "X"} | {chr(0xFF10 + i): str(i) for i in range(10)}
)
_NUMERALS = "零一二三四五六七八九"


@lru_cache(maxsize=1 << 14)
def canonical_form(phrase: str) -> str:
    """Return `phrase` without quotation marks and inserted spaces, its signs and joints in one form.

    A pause between the clauses of a motto is 、 however it was written; a count in Arabic numerals
    before a classifier is written in Chinese (5大领域 → 五大领域).
    """
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", " ", phrase.strip())
    if re.search(r"[\u4e00-\u9fff]{3} [\u4e00-\u9fff]{3}", spaced):
        phrase = spaced.replace(" ", "、")
    form = _MARKS.sub("", phrase.translate(_FORMS))
    form = _JOINTS.sub("、", form)
    form = _LAST_JOINT.sub(r"\1、", form)
    return _COUNT.sub(lambda match: chinese(int(match.group())), form)


def chinese(number: int) -> str:
    """Write a number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + (_NUMERALS[ones] if ones else "")
