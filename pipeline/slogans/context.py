"""What the words around a slogan say of it: whose it is, what kind of thing, and what it means."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon

Range = tuple[int, int]

_BEFORE = 14
_GLOSS = Regex(
    r"”?[\u4e00-\u9fff]{0,8}(?:（(?:即|指|是指)：?|，即：?|，(?:就是|是指|指的是)|：\s{0,3}(?:是指|指)?)(?=[\u4e00-\u9fff“])"
)


def owner(view: str, start: int) -> tuple[str, Range] | None:
    """Return the level whose slogan the words right before `start` say it is, and where they stand."""
    window = view[max(0, start - _BEFORE) : start]
    last = None
    for match in _owners().finditer(window):
        if not re.search("[，。；]", window[match.end() :]):
            last = match
    if last is None:
        return None
    offset = max(0, start - _BEFORE)
    assert last.lastgroup is not None
    return last.lastgroup, (offset + last.start(), offset + last.end())


def kind(view: str, end: int) -> Range | None:
    """Return the range of the noun behind a quoted slogan that says what kind of thing it is."""
    match = _kinds().match(view, end)
    return match.span(1) if match else None


def gloss(view: str, end: int) -> Range | None:
    """Return the range of the explanation that follows a slogan (“…”，即…)."""
    match = _GLOSS.match(view, end)
    if match is None:
        return None
    closers = "）" if "（" in match.group() else "。！？；\n"
    stop = next((i for i in range(match.end(), min(len(view), match.end() + 200)) if view[i] in closers), match.end())
    return (match.end(), stop) if stop - match.end() > 3 else None


@cache
def _owners() -> Regex:
    groups = (
        f"(?P<{level}>{'|'.join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))})"
        for level, words in lexicon().owners.items()
    )
    return Regex("|".join(groups))


@cache
def _kinds() -> Regex:
    words = "|".join(sorted(set(map(re.escape, lexicon().kinds)), key=lambda w: (-len(w), w)))
    return Regex(f"”((?:[\u4e00-\u9fff]{{0,6}}?)(?:{words}){{1,3}})")


def glossary_heads(view: str, phrases: frozenset[str]) -> Iterator[Range]:
    """Yield where a line of the notes begins with one of `phrases` and a colon, without quotation marks."""
    for match in re.finditer(r"(?:\n|(?<=[］\]]))\s*(?:[（(［\[]?[0-9]{1,3}[）)］\].、]\s*)?([^“”\n：]{2,16})：", view):
        if match[1] in phrases:
            yield match.span(1)
