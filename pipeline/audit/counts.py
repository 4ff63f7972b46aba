"""Counts: slogans and lists that say how many there are, against how many they name."""

import re
from collections.abc import Iterator

from pipeline.audit.check import CONFLICT, CONSISTENT, Check, make_check
from pipeline.document import Document, Slogan
from pipeline.regex import Regex

_ITEM = r"[\u4e00-\u9fffA-Za-z0-9·“”（）()]{1,14}"
_LIST = Regex(rf"(?P<items>{_ITEM}(?:[、]{_ITEM}){{1,11}})$")
_OR = Regex(r"和|及|与|以及")
_ADJOINING = Regex(r"[“”\"、和与]{1,3}")
_SHARED = Regex(r"”[、和与]?“[^”]{1,16}”?[^，。]{0,8}$")
_OWNED = Regex(r"的[“\"]?[一二两三四五六七八九十\d]")
_MOST = 12


def check_slogans(doc: Document) -> Iterator[Check]:
    """Check that a slogan's numerals announce as many members as are enumerated."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for before, slogan, after in zip((None, *doc.slogans), doc.slogans, (*doc.slogans[1:], None), strict=False):
        declared = _declared(slogan)
        members = tuple(member.quote for member in slogan.members)
        if not declared or not members or (slogan.canonical, members) in seen:
            continue
        if any(member.doc_id != doc.doc_id for member in slogan.members):
            continue
        seen.add((slogan.canonical, members))
        agrees = len(members) in declared
        # The explanation of two slogans side by side enumerates the members of both.
        shared = _SHARED.search(doc.text[max(0, slogan.members[0].start - 30) : slogan.members[0].start])
        if not agrees and (shared or _adjoins(doc, before, slogan) or _adjoins(doc, slogan, after)):
            continue
        # 甲和乙赋予的三大定位: whose it is, not what it is. 四上: what is counted is a word that the members share.
        if not agrees and (_OWNED.match(doc.text, slogan.members[-1].end) or len(slogan.canonical) == 2):
            continue
        yield make_check(
            doc,
            "slogan",
            CONSISTENT if agrees else CONFLICT,
            (),
            stated=slogan.quote,
            computed=str(len(members)),
            working=f"{'、'.join(members)}: {len(members)} {'=' if agrees else '≠'} {_sum_of(slogan)}",
            slogans=(slogan.id,),
            span=(slogan.start, slogan.end),
        )


def _declared(slogan: Slogan) -> set[int]:
    """Return the numbers of members that would agree with what the slogan announces; none where that is not clear."""
    if isinstance(slogan.declared, int):
        return {slogan.declared} if slogan.declared > 1 else set()
    if slogan.declared and "+" in slogan.canonical:
        numbers = [number for number in slogan.declared if number is not None]
        return {sum(numbers), len(numbers)} if len(numbers) == len(slogan.declared) else set()
    return set()


def _sum_of(slogan: Slogan) -> str:
    if isinstance(slogan.declared, int):
        return str(slogan.declared)
    return "+".join(str(number) for number in slogan.declared or ())


def _adjoins(doc: Document, left: Slogan | None, right: Slogan | None) -> bool:
    if left is None or right is None:
        return False
    return _ADJOINING.fullmatch(doc.text[left.end : right.start]) is not None


def check_lists(doc: Document) -> Iterator[Check]:
    """Check a count behind a list: 太原、大同、阳泉三市."""
    for claim in doc.claims:
        value = claim.value
        if claim.kind != "level" or claim.comparator != "eq" or value is None or not 2 <= value <= _MOST:
            continue
        if claim.unit is None or value != int(value) or "." in claim.quote:
            continue
        line = re.sub(r"\s", "", doc.text[max(0, claim.start - 120) : claim.start])
        listed = _LIST.search(line.removesuffix("等").removesuffix("这"))
        if listed is None:
            continue
        items = listed["items"].split("、")
        least, most = len(items), len(items) + len(_OR.findall(items[-1]))
        number = int(value)
        if number < least or not (number <= most):
            continue  # the list is open, or begins later than one can tell
        yield make_check(
            doc,
            "list",
            CONSISTENT,
            (claim,),
            stated=claim.quote,
            computed=str(number),
            working=f"{'、'.join(items)}: {number}",
        )
