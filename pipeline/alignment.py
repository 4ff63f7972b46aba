"""The view: the text as finders match on it.

One character of the view stands for one character of the text. Full-width letters and digits,
percent signs, decimal points, ratio colons, quotation marks and half-width punctuation take one
form, and what is not part of the wording is left out: line breaks in the middle of a sentence,
invisible characters, the space between a Chinese character and a digit, the single spaces that a
page's own line ends have left in prose, and the passages that :mod:`pipeline.layout` has marked as
the page's. Nothing else is changed, so that a view offset can be turned back into a text offset by a
table (none where nothing was left out).
"""

import re
from array import array
from collections.abc import Iterator, Sequence

from pipeline.document import Document, Passage
from pipeline.regex import Regex

# One form for each character. Full-width ASCII becomes ASCII, but for the punctuation that Chinese
# prose writes full-width; that goes the other way (see _WIDEN).
_FORMS: dict[int, int | str] = {0xFF01 + i: 0x21 + i for i in range(94)}
for _wide in "！（），：；？":
    del _FORMS[ord(_wide)]
_FORMS |= {
    ord(a): b
    for a, b in {
        "℅": "%",
        "﹪": "%",
        "﹒": ".",
        "∶": ":",
        "︰": ":",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "〝": '"',
        "〞": '"',
        "″": '"',
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\t": " ",
        "﹐": "，",
        "〇": "〇",
        "○": "〇",
        "◯": "〇",
        "～": "~",
        "〜": "~",
        "﹣": "-",
        "−": "-",
        "‑": "-",
        "＋": "+",
        "﹢": "+",
        "﹥": "》",
        "〔": "（",
        "〕": "）",
    }.items()
}
_WIDEN = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}

_NEEDS_CONTEXT = Regex(r"[,;:!?()，：·•．\"]")
_UNSEEN = r"\u200b-\u200d\u2060\ufeff\u00ad"
_INVISIBLE = Regex(f"[{_UNSEEN}]")
_QUOTES = Regex("[“”]|(?<=[。！？”…])\n|\n\n")
_SHORT_QUOTE = Regex("[^“”，。；：！？\n]{1,20}")
_SHORT_NAME = Regex("[^“”，。；：、！？\n]{2,12}")
_SINGLE = Regex("[“”\n]|‘([^‘’“”\n]{1,80})’")
_GAP = Regex(
    r"(?<=[\u4e00-\u9fff])[ ]+(?=[0-9])|(?<=[0-9%])[ ]+(?=[\u4e00-\u9fff%‰])"
    r"|(?<=[“‘（《])[ ]+|[ ]+(?=[”’）》，。；：、])"
)
#: A space that a page's own line end has left in a word (新 增, A 股), or the beginning of a quotation, which is kept.
_STRAY = Regex(
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fffA-Za-z])|(?<=[A-Za-z0-9]) (?=[\u4e00-\u9fff])"
    r"|(?P<quotation>“[^“”\n]{0,40}”)"
)
_LEAST_PROSE = 60  # characters of a line, which are more than a heading or a row of a table has
_SPACED_NUMBER = Regex(r"(?<![0-9.,])\.?[0-9]\.?(?: +\.?[0-9]\.?)+(?![0-9/])")  # 4 9 2 5 0
_MULTIPLIER = "十百千万亿兆拾佰仟萬億"
_HAN_DIGIT = f"〇零一二两三四五六七八九兩壹贰貳叁叄肆伍陆陸柒捌玖{_MULTIPLIER}"
_SPACED_NUMERAL = Regex(  # 一 百 五 十, 百 分 之 2, 六 个 百 分 点
    rf" (?<=[{_HAN_DIGIT}0-9] ) {{0,3}}"
    rf"(?=[{_MULTIPLIER}点點余餘几幾折成]|分 {{0,3}}之|[个個] {{0,3}}百 {{0,3}}分"
    rf"|又 {{0,3}}[{_HAN_DIGIT}0-9]{{1,9}} {{0,3}}分)"
    rf"| (?<=[{_MULTIPLIER}点點又之] ) {{0,3}}(?=[{_HAN_DIGIT}几幾0-9负負])"
    rf"| (?<=[余餘几幾] ) {{0,3}}(?=[{_MULTIPLIER}])"
    r"| (?<=[百佰] ) {0,3}(?=分 {0,3}[之点點])| (?<=分 ) {0,3}(?=[之点點])| (?<=[个個] ) {0,3}(?=百 {0,3}分)"
)
_THOUSANDS = Regex(r"(?<![0-9.,，第A-Za-z])[0-9]{1,3}(?:，[0-9]{3})+(?=\.[0-9]| *[%\u4e00-\u9fff]|\Z)")
_BREAK = Regex(rf"[ \u3000{_UNSEEN}]*\n[\s{_UNSEEN}]*")

_TERMINAL = "。！？；：…"
_CLOSING = "，。、；：！？）》”’%"
_OPENING = "、，（《“‘"
_LIST_MARK = Regex(
    r"[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[，、章节]|[0-9]+[.、]|[—●■◆▲•*#]"
)
_PROSE = Regex(r"[，。；]")
_MAGNITUDE = Regex("[多余]?[十百千万亿]")
#: A word that a page links, on a line of its own in the middle of a sentence, and the line that goes on after it.
_LINKED = Regex(rf"[^\s，。；：、！？—]{{1,15}}[ {_UNSEEN}]*")
_CONTINUED = Regex(rf"[\s{_UNSEEN}]*?\n[ {_UNSEEN}]*(?=[^\n]{{0,60}}[，。；])")
_HEADING_LENGTH = 45
_FAR = 2000  # characters before a break that can tell what it is; no sentence is longer


def align(text: str, passages: Sequence[Passage] = ()) -> tuple[str, Sequence[int] | None]:
    """Return the view of `text` without `passages`, and the text offset of each view offset (None if equal).

    The table has one entry more than the view has characters: the last is ``len(text)``.
    """
    view = _blank(text, passages).translate(_FORMS)
    if _NEEDS_CONTEXT.search(view):
        view = _THOUSANDS.sub(lambda m: m.group().replace("，", ","), _punctuate(view))
    view = _paired(_doubled(view))
    dropped = sorted(
        {
            i
            for pattern in (_INVISIBLE, _GAP, _SPACED_NUMERAL)
            for match in pattern.finditer(view)
            for i in range(match.start(), match.end())
        }
        | {i for match in _SPACED_NUMBER.finditer(view) for i in range(match.start(), match.end()) if view[i] == " "}
        | {i for start, end in soft_breaks(view) for i in range(start, end)}
        | set(_stray_spaces(view))
        | {i for passage in passages for i in range(passage.start, passage.end)}
    )
    if not dropped:
        return view, None
    pieces, starts, done = [], array("l"), 0
    for i in dropped:
        pieces.append(view[done:i])
        starts.extend(range(done, i))
        done = i + 1
    pieces.append(view[done:])
    starts.extend(range(done, len(view) + 1))
    return "".join(pieces), starts


def _blank(text: str, passages: Sequence[Passage]) -> str:
    """Return `text` with spaces for `passages`, so that the sentence around one is seen to go on."""
    pieces, done = [], 0
    for passage in passages:
        pieces += [text[done : passage.start], " " * (passage.end - passage.start)]
        done = passage.end
    return "".join([*pieces, text[done:]])


def _punctuate(view: str) -> str:
    """Settle the marks whose form depends on their neighbours; the length stays."""
    chars = list(view)
    quote_open = False
    for match in _NEEDS_CONTEXT.finditer(view):
        i = match.start()
        mark = view[i]
        before, after = view[i - 1 : i], view[i + 1 : i + 2]
        between_digits = before.isdigit() and before.isascii() and after.isdigit() and after.isascii()
        if mark == '"':
            quote_open = not quote_open
            chars[i] = "“" if quote_open else "”"
        elif mark in "·•．":
            if between_digits:
                chars[i] = "."
        elif mark in ",，":
            thousands = between_digits and re.match(r"[0-9]{3}(?![0-9])", view[i + 1 : i + 5])
            chars[i] = "," if thousands and mark == "," else "，"
        elif mark in ":：":
            chars[i] = ":" if between_digits else "："
        elif mark in _WIDEN:
            ascii_word = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
            chars[i] = mark if ascii_word and mark != ";" else _WIDEN[mark]
    return "".join(chars)


def _stray_spaces(view: str) -> Iterator[int]:
    """Yield the offsets of the single spaces in the middle of words, outside quotation marks, in lines of prose."""
    start = 0
    for line in view.split("\n"):
        if len(line) >= _LEAST_PROSE and " " in line and len(_PROSE.findall(line)) > line.count(" ") / 4:
            yield from (start + m.start() for m in _STRAY.finditer(line) if m["quotation"] is None)
        start += len(line) + 1


def _paired(view: str) -> str:
    """Turn round the quotation marks that stand the wrong way (“两区“建设, ”两区“建设, ”两区”建设)."""
    found: dict[int, str] = {}
    marks = [(match.start(), match.group()) for match in _QUOTES.finditer(view)]
    depth = opened = 0
    for number, (i, mark) in enumerate(marks):
        following, after = marks[number + 1] if number + 1 < len(marks) else (0, "")
        if "\n" in mark:
            depth = 0
        elif i in found:
            depth -= 1
        elif mark == "“":
            if depth and after != "”" and _SHORT_QUOTE.fullmatch(view, opened + 1, i):
                found[i] = "”"
                depth -= 1
            else:
                depth, opened = depth + 1, i
        elif depth:
            depth -= 1
        elif (after == "”" or (after == "“" and [m for _, m in marks[number + 2 : number + 3]] != ["”"])) and (
            _SHORT_NAME.fullmatch(view, i + 1, following)
        ):
            found |= {i: "“", following: "”"}
            depth += 1
    return _replaced(view, found)


def _doubled(view: str) -> str:
    """Give what stands in single quotation marks, and not inside double ones, double ones (‘两区’)."""
    if "‘" not in view:
        return view
    found: dict[int, str] = {}
    depth = 0
    for match in _SINGLE.finditer(view):
        if match[1] is not None:
            if depth == 0:
                found |= {match.start(): "“", match.end() - 1: "”"}
        elif match.group() == "\n":
            depth = 0
        else:
            depth = max(0, depth + (1 if match.group() == "“" else -1))
    return _replaced(view, found)


def _replaced(view: str, found: dict[int, str]) -> str:
    if not found:
        return view
    chars = list(view)
    for i, char in found.items():
        chars[i] = char
    return "".join(chars)


def soft_breaks(view: str) -> list[tuple[int, int]]:
    """Return the ranges of white space that break a line in the middle of a sentence."""
    found: list[tuple[int, int]] = []
    opened = 0  # where the running paragraph began
    for match in _BREAK.finditer(view):
        start, end = match.span()
        if start == 0 or end == len(view):
            opened = end
        elif _breaks_softly(view, opened, start, end):
            found.append((start, end))
        else:
            opened = end
    return found


def _breaks_softly(view: str, opened: int, start: int, end: int) -> bool:
    before, last, following = view[max(opened, start - _FAR) : start], view[start - 1], view[end]
    if following in _CLOSING:
        return True
    if "\u3000\u3000" in view[start:end]:
        return False
    if last in "”’）" and len(before) > 1 and before[-2] in _TERMINAL:
        return False
    if last in _TERMINAL:
        return False
    if last in _OPENING:
        return True
    sentence = re.split(r"[。！？；]", before)[-1]
    if any(sentence.count(a) > sentence.count(b) for a, b in ("（）", "《》", "“”")):
        return True
    if _LIST_MARK.match(view, end):
        return False
    stop = (view.find("\n", end) + 1 or len(view) + 1) - 1
    next_line = view[end:stop]
    if last.isascii() and last.isdigit() and _MAGNITUDE.match(next_line):
        return True
    if last.isascii() and last.isalnum() and following.isascii() and following.isdigit() and len(next_line) <= 5:
        return bool(sentence) and not sentence.isascii()
    prose = "。" in before or len(before) > _HEADING_LENGTH
    byline = sentence.endswith("摄") or "记者" in sentence[-12:]
    if not prose or byline:
        return False
    if "。" in before and sentence and _LINKED.fullmatch(next_line):
        after = _CONTINUED.match(view, stop)
        return after is not None and not _LIST_MARK.match(view, after.end())
    if _INVISIBLE.search(view, start, end):  # between two lines that a page's mark-up has cut
        return True
    goes_on = len(sentence) >= 12 or "，" in sentence or "\n" in sentence or last.isascii()
    return bool(_PROSE.search(next_line)) and goes_on


class Alignment:
    """Makes the view that finders match on."""

    name = "align"
    description = "one form for each character, soft line breaks left out, offsets kept"
    requires = ("text", "layout")
    assigns = "view"
    example = "增长８．５％，细颗粒物（PM\n2.5\n）浓度下降"

    def find(self, doc: Document) -> str:
        """Return the view of `doc`, and leave the table of offsets with it."""
        view, doc.view_starts = align(doc.text, [p for p in doc.layout if p.kind not in ("caption", "credit")])
        return view
