"""The members that a text enumerates for a slogan.

They stand before it (「旅游、养老、医疗“三大产业”」), after it (in brackets, or behind a colon, 即, 包括 or a
dash), in the sentences that follow (一是…二是…, 一要…二要…, （一）…（二）…), or, for a sum, in counted groups
(「煤炭1个千亿级，钢铁、化工2个百亿级」 for 1+2). How many are announced decides between the ways to cut a
list; a list that agrees with none is a mismatch, and is told.
"""

import re
from collections.abc import Iterator

from pipeline.document import Document, Member
from pipeline.regex import Regex
from pipeline.slogans.after import (
    clauses_after,
    counted_groups,
    list_after,
    list_in_next_clause,
    list_of_row,
    one_after,
    parts_after,
    without_own_noun,
)
from pipeline.slogans.alike import alike_after, alike_before, named_before, said_of_all
from pipeline.slogans.before import (
    clauses_reached,
    echoed_before,
    grouped_roles,
    items_of_image,
    list_before,
    measured_before,
    parts_before,
    roles_before,
)
from pipeline.slogans.characters import counts_characters, words_of_characters
from pipeline.slogans.counted import SAID_AGAIN, clauses_before, clauses_of_word, said_again
from pipeline.slogans.earlier import fields_before, fields_of_sum, names_of_parts, openings_before
from pipeline.slogans.figures import changes_within
from pipeline.slogans.knowledge import known
from pipeline.slogans.known_members import known_after, known_before, known_rows, known_sections
from pipeline.slogans.lists import MAX_ITEM, Range, row_of_quotes
from pipeline.slogans.nested import (
    clauses_that_count,
    counting_clauses,
    ending_alike,
    explained_parts,
    listed_otherwise,
    lists_within,
    named_as,
    part_by_part,
    segments,
)
from pipeline.slogans.parallels import (
    all_of_next,
    names_in,
    pair_within,
    parallels_after,
    parallels_within,
    quotes_of_next,
    subjects_of_next,
)
from pipeline.slogans.series import (
    clauses_begun_alike,
    containing_clauses,
    cut_short,
    opens_series,
    ordered_after,
    row_ending_alike,
    row_of_quoted,
    row_of_word,
    row_with_head,
    sentences_with_noun,
    series_after,
    series_of_word,
    sets_that_sum_up,
)
from pipeline.slogans.summing import Declared, agrees, announced
from pipeline.slogans.turns import opening_in_turn, taken_up
from pipeline.slogans.unquoted import Found

_MAX_MEMBERS = 20
_PAIR = 2
_TENS = 10
_SHORT = 6  # characters that a member may have if it is known by two
_SENTENCE_END = "。；！？\n"
_TOLD = Regex(r"[等的]“|”?[\u4e00-\u9fff]{0,6}(?:，?(?:即|是指|指|包括)|：|——|（)[“\s]?")
_TOLD_TWO = Regex(r"”(?:，?(?:即|是指)|：)：?")
_EXPLAINED = 600  # how far the explanation of the parts of a parallel, or counted groups, may go on


def find_members(doc: Document, found: Found, meaning: Range | None = None) -> tuple[Member, ...]:
    """Return the members that the text around `found` enumerates, in text order; () if it does not.

    `meaning` is where a glossary explains it.
    """
    if found.type not in ("numeral_code", "numeral_phrase"):
        return ()
    if counts_characters(doc.view, found):
        return tuple(_member(doc, start, end) for start, end in words_of_characters(doc.view, found))
    for ranges in _enumerations(doc.view, found, meaning):
        if ranges and _is_credible(doc.view, found, ranges):
            return tuple(_member(doc, start, end) for start, end in said_of_all(doc.view, found, ranges))
    return ()


def _is_credible(view: str, found: Found, ranges: list[Range]) -> bool:
    """Whether a list may be that of a formulation whose members everyone knows."""
    formulation = known(view[found.start : found.end])
    if formulation is None or not formulation.members or _is_told(view, found, ranges):
        return True
    names = [view[start:end] for start, end in ranges]
    alike = sum(
        any(
            len(set(name) & set(member)) * 2 > min(len(name), len(member))
            and (len(member) > _PAIR or len(name) <= _SHORT)
            for member in formulation.members
        )
        for name in names
    )
    return alike * 2 > len(names)


def _is_told(view: str, found: Found, ranges: list[Range]) -> bool:
    """Whether a list of as many as announced is tied to `found` in so many words (甲、乙等“双宝”; “双宝”即甲、乙)."""
    gap = view[ranges[-1][1] : found.start] or view[found.end : ranges[0][0]]
    if len(ranges) == 2 == found.declared and ranges[0][1] == ranges[1][0]:  # 水位水量“双控”
        return True
    noun = view[found.start + 1]
    counted = noun in "大个项位" or all(noun in view[s:e] for s, e in ranges)  # 甲权、乙权、丙权“三权分置”
    if gap in ("", "“") and counted and len(ranges) == found.declared and len(ranges) > 2:  # 治水、修路、办学三大攻坚战
        return True
    if gap == "”，" and len(ranges) == found.declared and len(ranges) > 2 and all(view[s] == noun for s, _ in ranges):
        return True  # “五保”，保甲、保乙、…
    told = _TOLD if len(ranges) > 2 else _TOLD_TWO
    if len(ranges) == 2 and max(e - s for s, e in ranges) > MAX_ITEM:
        return False
    return len(ranges) in announced(found.declared) and told.fullmatch(gap) is not None


def expansion(declared: Declared, members: tuple[Member, ...]) -> str:
    """Say whether `members` are as many as `declared`: ``complete``, ``mismatch``, or ``none``."""
    if not members:
        return "none"
    return "complete" if agrees(declared, len(members)) else "mismatch"


def _member(doc: Document, start: int, end: int) -> Member:
    span = doc.locate(start, end)
    return Member(doc_id=doc.doc_id, start=span.start, end=span.end, quote=span.quote)


def _enumerations(view: str, found: Found, meaning: Range | None) -> Iterator[list[Range]]:
    """Yield the enumerations of `found`, the surest first: those that agree with what is announced."""
    if found.rule == SAID_AGAIN:
        yield said_again(view, found)
        return
    quoted = view[found.start - 1 : found.start] == "“" and view[found.end : found.end + 1] == "”"
    start, end = (found.start - 1, found.end + 1) if quoted else (found.start, found.end)
    totals = tuple(total for total in announced(found.declared) if 2 <= total <= _MAX_MEMBERS)
    if found.type == "numeral_code" or (isinstance(found.declared, list) and _is_sum(found.declared)):
        totals = totals[:1]
    if isinstance(found.declared, list):
        yield explained_parts(view, view[found.start : found.end], end, meaning[1] if meaning else end + _EXPLAINED)
    if isinstance(found.declared, list) and not (meaning and view[end] == "："):
        yield taken_up(view, view[found.start : found.end], found.declared, end)
        yield opening_in_turn(view, view[found.start : found.end], end)
    if meaning:
        for items in _explained(view, found, meaning, totals):
            yield names_in(view, found, items) or without_own_noun(view, found, items) if items else items
        yield _cut_short(view, found, end)
        return
    yield parts_after(view, found, end)
    if quoted:
        yield one_after(view, found, end)
    if isinstance(found.declared, list):
        yield grouped_roles(view, found.declared, start)
        yield part_by_part(view, view[found.start : found.end], end)
        yield parts_before(view, found.declared, start)
        yield names_of_parts(view, view[found.start : found.end], start, end)
    others: list[list[Range]] = []
    for total in totals:
        lists = [list_before(view, start, end, found, total), list_after(view, found, end, total)]
        yield from (ranges for ranges in lists if len(ranges) == total)
        others += lists
        if view.startswith("双", found.start):
            yield measured_before(view, start, total)
        if quoted:
            yield echoed_before(view, found, start, total)
            yield roles_before(view, start, total)
            yield items_of_image(view, found, start, total)
            yield clauses_reached(view, start, total)
            yield openings_before(view, found, start, total)
        if quoted:
            yield list_of_row(view, start, end, total)
        if quoted:
            yield known_after(view, found, end)
        yield sets_that_sum_up(view, end, total)
        yield from series_after(view, found, end, total)
        yield from parallels_after(view, found, end, total)
        yield containing_clauses(view, found, end, total)
        if quoted:
            yield clauses_begun_alike(view, end, total)
        yield subjects_of_next(view, found, end, total)
        yield quotes_of_next(view, end, total)
        yield all_of_next(view, end, total)
        yield fields_before(view, start, total)
        if (quoted or found.rule == "great") and isinstance(found.declared, int):
            yield alike_before(view, found, start, total)
            yield named_before(view, found, start, total)
            yield from alike_after(view, found, end, total)
    if view[start - 1] == "的":
        yield _closed_part(view, found, start, end)
    match found.declared:
        case [int(number), None] if number >= _PAIR and found.type == "numeral_code":
            yield fields_of_sum(view, start, number)
    if found.type == "numeral_code" or (isinstance(found.declared, list) and (found.declared[-1] or 0) > _TENS):
        yield clauses_that_count(view, view[found.start : found.end], end)
    if isinstance(found.declared, list) and found.type == "numeral_phrase":
        yield named_as(view, view[found.start : found.end], end)
    if isinstance(found.declared, list) and totals:
        sentence = max(view.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
        yield counted_groups(view, sentence, start, totals[0])
        if found.type == "numeral_phrase" and min(totals) > 1:
            yield clauses_after(view, found, end)
    if quoted:
        yield clauses_before(view, found, row_of_quotes(view, end)[0])
    yield known_after(view, found, end)
    yield known_before(view, found, start)
    yield known_sections(view, found, end)
    yield known_rows(view, found)
    if quoted and isinstance(found.declared, int):
        yield row_of_word(view, found, found.declared)
        yield row_with_head(view, found, found.declared)
        yield row_of_quoted(view, found, found.declared)
        yield clauses_of_word(view, found, start)
        yield series_of_word(view, found, found.declared)
        yield sentences_with_noun(view, found, found.declared)
        yield row_ending_alike(view, found, found.declared)
    if quoted and isinstance(found.declared, int):
        yield list_in_next_clause(view, end, found.declared)
    if found.type == "numeral_phrase":
        yield from others
    yield _cut_short(view, found, end)


def _closed_part(view: str, found: Found, start: int, end: int) -> list[Range]:
    """Read the list before a code with an open part, as many items as the other counts (以甲和乙为主体的“2+N”)."""
    match found.declared:
        case [int(number), None] if number >= _PAIR:
            items = list_before(view, start, end, found, number)
            return items if len(items) == number else []
    return []


def _is_sum(declared: list[int | None]) -> bool:
    """Whether the parts of a parallel are few things each, so that one list has all, not one item for each part."""
    numbers = [number or 0 for number in declared]
    return len(set(numbers)) > 1 and max(numbers) < _TENS


def _cut_short(view: str, found: Found, end: int) -> list[Range]:
    return cut_short(view, end, found.declared) if isinstance(found.declared, int) else []


def _explained(view: str, found: Found, meaning: Range, totals: tuple[int, ...]) -> Iterator[list[Range]]:
    """Yield the enumerations in the paragraph with which a glossary explains `found`."""
    start, end = _own_meaning(view, found, meaning)
    end -= view[end - 1] in "。；"
    quoted = view[found.start - 1] == "“"
    yield segments(view, found.declared, start, end)
    yield ending_alike(view, view[found.start : found.end], start, end)
    if isinstance(found.declared, list):
        yield counting_clauses(view, view[found.start : found.end], start, end)
    if isinstance(found.declared, list) and totals:
        yield counted_groups(view, start, end, totals[0])
    for total in totals:
        if quoted:
            yield list_of_row(view, found.start - 1, found.end + 1, total)
        if opens_series(view, start):
            yield ordered_after(view, start, total, None)
        yield changes_within(view, found, start, end, total)
        yield parallels_within(view, found, start, end, total)
        if total == _PAIR:
            yield pair_within(view, found, start, end, governed_=True)
        yield from lists_within(view, start, end, total, found.type == "numeral_code")
        if total == _PAIR:
            yield pair_within(view, found, start, end, governed_=False)
    if found.type == "numeral_phrase" and totals:
        yield listed_otherwise(view, start, end)


def _own_meaning(view: str, found: Found, meaning: Range) -> Range:
    """Return the part of `meaning` that is of `found`, where an entry has two terms (甲和“乙”：甲是指…。“乙”是指…)."""
    own = re.compile(f"“{re.escape(view[found.start : found.end])}”[^，。；：“”]{{0,6}}(?=是指|指的是)").search(
        view, *meaning
    )
    return (own.end(), meaning[1]) if own else meaning
