"""The stage that finds slogans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.confidence import confident
from pipeline.document import Document, Evidence, Member, Slogan
from pipeline.regex import Regex
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.context import gloss, glossary_heads, kind, owner
from pipeline.slogans.counted import counts
from pipeline.slogans.entries import Entry, glossary
from pipeline.slogans.knowledge import known, likeness
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import Range, row_of_quotes, split
from pipeline.slogans.members import expansion, find_members
from pipeline.slogans.mottos import parallel_mottos
from pipeline.slogans.quoted import Quoted, Verdict, judge_row, quoted_rows
from pipeline.slogans.summing import SUM, read, to_int
from pipeline.slogans.unquoted import CHARACTERS, LISTED, Found, unquoted_slogans

_COUNT_OF_LIST = Regex(
    r"”(?:等|的)?“?([二两双三四五六七八九十])(?:[大个项种类条支层块张道重点元步]|([措手端]并|[端手向]发力|轮驱动|[^，。；、“”]?(?:结合|融合|合一|一体|联动))|原则|环节|要素|主体)"
)
_COMMON = Regex(r"[一二三四五六七八九十]{1,2}大?(?:项|大)?(?:工程|行动|任务|目标|举措|计划|改革|项目|体系|活动)")
_NOUN_BEFORE = Regex(r"[\u4e00-\u9fff]{2}(?<![的等了])$")
_JOINED = Regex("[和与]")
_ROW = Regex(r"”(?:[、和与及]?“[^“”]{1,40}”)*+")
_EACH = Regex(r"”([四五六七八九十]|十[一二三四五六七八九])[大个类]")
_OF_CHARACTERS = Regex(r"”[的这]?“?([二三四五六八十]{1,3})字")
_FIRMS = ("brand", "body_after", "online_service")  # the rules that know what is called the same wherever it stands
_FEW = 3
_HALF = 0.5
_UNEVEN = 5
_REACH = 600  # how far behind a code the slogans of its parts may stand


class Slogans:
    """Finds formulations that are coined, numbered or quoted, and what they stand for."""

    name = "slogans"
    description = "coined, numbered and quoted formulations, with the members that they announce"
    requires = ("view", "sentences")
    assigns = "slogans"
    example = "聚焦教育、医疗、养老“三大民生”，打造“山城蓝”，构建“1+4”体系"

    def find(self, doc: Document) -> Iterator[Slogan]:
        """Yield the slogans of `doc` in order."""
        drafts = _drafts(doc)
        explained = _explained(drafts)
        for draft in drafts:
            found = draft.found
            members = draft.members
            if _falls_short(draft):
                more = _inherited(doc.view, draft, explained)
                members = more if not members or len(more) == found.declared else members
            yield confident(
                doc.record(
                    Slogan,
                    found.start,
                    found.end,
                    type=found.type,
                    canonical=draft.canonical,
                    declared=found.declared,
                    members=members,
                    expansion=expansion(found.declared, members),
                    rule=found.rule,
                    evidence=draft.evidence,
                )
            )


@dataclass(frozen=True)
class _Draft:
    """A slogan before the members that the rest of its document enumerates are known."""

    found: Found
    canonical: str
    members: tuple[Member, ...]
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What two mentions of the same slogan have in common."""
        return self.canonical, str(self.found.declared)


def _drafts(doc: Document) -> list[_Draft]:
    view = doc.view
    entries = list(glossary(view))
    drafts = []
    for found in sorted(_found(doc, entries), key=lambda found: found.start):
        meaning = next((e.meaning for e in entries if e.term[0] <= found.start and found.end <= e.term[1]), None)
        canonical = canonical_form(view[found.start : found.end])
        members = find_members(doc, found, meaning)
        drafts.append(_Draft(found, canonical, members, tuple(_evidence(doc, found))))
    drafts = [replace(draft, members=_of_parts(view, drafts, i) or draft.members) for i, draft in enumerate(drafts)]
    listed = {(member.start, member.end) for draft in drafts for member in draft.members}
    return [draft for draft in drafts if not _is_list(doc, draft.found, listed)]


def _is_list(doc: Document, found: Found, listed: set[Range]) -> bool:
    """Whether a motto without quotation marks is the list that another slogan sums up (甲、乙、丙“三宝”)."""
    if found.rule != "parallel_clauses":
        return False
    return any(
        (span.start, span.end) in listed
        for span in (doc.locate(*item) for item in split(doc.view, found.start, found.end, "、"))
    )


def _of_parts(view: str, drafts: list[_Draft], i: int) -> tuple[Member, ...]:
    """Return the members of the slogans that, in the same paragraph, take up the parts of a code one after the other.

    “543”工作法，有甲、乙、…“五种意识”，用丙、…“四个方法”，…
    """
    declared, at = drafts[i].found.declared, i
    members: list[Member] = []
    if not isinstance(declared, list):
        return ()
    for number in declared:
        if number is None and drafts[i].found.type == "numeral_code":  # what an open part stands for is seldom said
            continue
        at = next((j for j in range(at + 1, min(len(drafts), at + 4)) if drafts[j].found.declared == number), -1)
        if at < 0 or not drafts[at].members or len(drafts[at].members) != number:
            return ()
        members += drafts[at].members
    between = view[drafts[i].found.end : drafts[at].found.start]
    if not members or "\n" in between.strip() or len(between) > _REACH or members[0].start < drafts[i].found.start:
        return ()
    return tuple(members)


def _explained(drafts: list[_Draft]) -> dict[tuple[str, str], tuple[Member, ...]]:
    """Return the members of each slogan that its document enumerates somewhere, a complete list before others."""
    explained: dict[tuple[str, str], tuple[Member, ...]] = {}
    complete: set[tuple[str, str]] = set()
    for draft in [*drafts, *(part for whole in drafts for part in _each_of(whole))]:
        if not draft.members or draft.key in complete:
            continue
        if expansion(draft.found.declared, draft.members) == "complete":
            complete.add(draft.key)
            explained[draft.key] = draft.members
        else:
            explained.setdefault(draft.key, draft.members)
    return explained


def _each_of(draft: _Draft) -> Iterator[_Draft]:
    """Yield the slogans that an entry of a glossary explains together (两港、三路：甲港和乙港，丙路、丁路、戊路)."""
    phrases, declared = re.split("[、，]", draft.canonical), draft.found.declared
    if not isinstance(declared, list) or not len(phrases) == len(declared) > 1:
        return
    if None in declared or sum(map(int, filter(None, declared))) != len(draft.members):
        return
    at = 0
    for phrase, number in zip(phrases, declared, strict=True):
        found = replace(draft.found, declared=number)
        yield replace(draft, found=found, canonical=phrase, members=draft.members[at : at + (number or 0)])
        at += number or 0


def _falls_short(draft: _Draft) -> bool:
    """Whether `draft` enumerates no members, or fewer than it announces (甲、乙等十大工程)."""
    declared = draft.found.declared
    return not draft.members or (isinstance(declared, int) and len(draft.members) < declared)


def _inherited(view: str, draft: _Draft, explained: dict[tuple[str, str], tuple[Member, ...]]) -> tuple[Member, ...]:
    """Return what the document enumerates for `draft` elsewhere.

    A common name right behind a noun (产业数字化“十大工程”) is that noun's, not any: it has no members but its own. So
    has a known one of which the document enumerates others than are known (承包地“三权分置”, not that of homesteads).
    """
    found = draft.found
    members = explained.get(draft.key, ())
    start = found.start - (view[found.start - 1] == "“")
    common = _COMMON.fullmatch(view, found.start, found.end) is not None
    owned = (
        (common or _are_others(draft.canonical, members))
        and _NOUN_BEFORE.search(view, max(0, start - 4), start)
        and not view.endswith(lexicon().governing, 0, start)
    )
    return () if owned else members


def _are_others(name: str, members: tuple[Member, ...]) -> bool:
    """Whether most of `members` are none of those by which `name` is known."""
    formulation = known(name)
    if formulation is None or not formulation.members or not members:
        return False
    return likeness(formulation, [member.quote for member in members]) < _HALF


def _evidence(doc: Document, found: Found) -> Iterator[Evidence]:
    """Yield what a slogan was known by, whose it is, what kind of thing and what it means, where the text says so."""
    view = doc.view
    quoted = view[found.start - 1 : found.start] == "“" and view[found.end : found.end + 1] == "”"
    yield doc.evidence("type", found.start - quoted, found.end + quoted)
    if whose := owner(view, found.start - quoted):
        yield doc.evidence(f"owner:{whose[0]}", *whose[1])
    if quoted and (noun := kind(view, found.end)):
        yield doc.evidence("kind", *noun)
    if meaning := gloss(view, found.end):
        yield doc.evidence("gloss", *meaning)


def _found(doc: Document, entries: list[Entry]) -> list[Found]:
    """Return the slogans of `view`, none inside another: what is quoted first, then what is not, the longest first."""
    view = doc.view
    taken = bytearray(len(view) + 1)
    kept: list[Found] = []

    def keep(found: Found) -> None:
        if 1 not in taken[found.start : found.end]:
            kept.append(found)
            taken[found.start : found.end] = b"\1" * (found.end - found.start)

    for entry in entries:
        if term := _term(view, entry):
            keep(term)
    unquoted = sorted(unquoted_slogans(view), key=lambda found: (found.start - found.end, found.start))
    for found in _ending_lists(doc, unquoted):
        keep(found)
    for found in unquoted:
        if "“" in view[found.start : found.end]:
            keep(found)
    for quoted, verdict in _judged(view):
        if verdict.verdict == "slogan":
            keep(
                _both_ways(doc, quoted) or Found(quoted.start, quoted.end, verdict.type, verdict.declared, verdict.rule)
            )
        if verdict.verdict not in ("speech", "scare"):  # what is spoken is prose like any other
            taken[quoted.start : quoted.end] = b"\1" * (quoted.end - quoted.start)
    for found in unquoted:
        if found.rule == CHARACTERS:
            members = find_members(doc, found)
            if members:
                keep(found)
        elif found.rule != LISTED or _is_whole(doc.view, found, find_members(doc, found)):
            keep(found)
    for found in counts(view):
        keep(found)
    numbered = {view[f.start : f.end]: f for f in kept if f.type in ("numeral_phrase", "numeral_code")}
    for start, end in glossary_heads(view, frozenset(numbered)):
        keep(replace(numbered[view[start:end]], start=start, end=end, rule="glossary"))
    for start, end in parallel_mottos(view):
        keep(Found(start, end, "motto", None, "parallel_clauses"))
    return kept


def _is_whole(view: str, found: Found, members: tuple[Member, ...]) -> bool:
    """Whether `members` are as many as announced, and, where two are or reach something, names of about one length."""
    if len(members) != found.declared:
        return False
    sizes = [len(member.quote) for member in members]
    return view[found.start] != "双" or max(sizes) - min(sizes) < _UNEVEN


def _ending_lists(doc: Document, unquoted: list[Found]) -> Iterator[Found]:
    """Yield the counts of complete lists whose last item begins a name that is known (甲、乙、和平共处五项原则)."""
    known_ends = {found.end for found in unquoted if found.rule == "bare_known" and doc.view[found.start - 1] == "、"}
    for found in unquoted:
        if found.rule == LISTED and found.end in known_ends and len(find_members(doc, found)) == found.declared:
            yield found


def _both_ways(doc: Document, quoted: Quoted) -> Found | None:
    """Return a quoted 双向… that sums up the two clauses of one form before it (企业找人才、人才找企业“双向对接”)."""
    if not quoted.text.startswith("双向"):
        return None
    found = Found(quoted.start, quoted.end, "numeral_phrase", 2, LISTED)
    words = [member.quote for member in find_members(doc, found)]
    if len(words) != 2 or len(words[0]) != len(words[1]) or all(a != b for a, b in zip(*words, strict=True)):
        return None
    return found


def _term(view: str, entry: Entry) -> Found | None:
    """Return the term of a glossary that has a summing numeral, without quotation marks around it."""
    start, end = entry.term
    quoted = view[start] == "“" or view[end - 1] == "”"
    reading = read(view[start:end]) if entry.sure and not quoted else None
    if reading is None:
        return None
    if reading.type == "numeral_code":  # 5+2工作站
        code = SUM.match(view, start, end)
        end = code.end() if code else end
    return Found(start, end, reading.type, reading.declared, "glossary")


def _judged(view: str) -> Iterator[tuple[Quoted, Verdict]]:
    """Yield the quoted strings with what they were found to be.

    A quoted list right before a numeral that sums it up (“甲、乙、丙”三大任务) is its members, no slogan; a word that
    the text elsewhere has as a name is that name.
    """
    judged = [pair for row in quoted_rows(view) for pair in zip(row, judge_row(row), strict=True)]
    names = {quoted.text for quoted, verdict in judged if verdict.rule in _FIRMS}
    for quoted, verdict in judged:
        if verdict.rule == "word" and quoted.text in names:  # “金穗”基金…“金穗”行动
            yield quoted, Verdict("name", "named_elsewhere")
        elif verdict.type in ("motto", "coinage") and _sums_up(view, quoted, verdict.type):
            yield quoted, Verdict("members", "summed_up")
        else:
            yield quoted, verdict


def _sums_up(view: str, quoted: Quoted, type_: str) -> bool:
    """Whether a count of as many as `quoted` lists, or as many as stand in its row, follows it (“甲、乙”两手并用).

    Words that a noun counts may be slogans of their own (“东岸画廊”“西岸书香”两大品牌).
    """
    close = view.find("”", quoted.end)
    if (each := _EACH.match(view, close)) and to_int(each[1]) == len(quoted.text) > _FEW:
        return True  # “甲乙丙丁戊”五大产业: a character for each
    if characters := _OF_CHARACTERS.match(view, close):
        return to_int(characters[1]) == len(quoted.text) - sum(quoted.text.count(mark) for mark in "、， ")
    row = _ROW.match(view, close)
    assert row is not None
    count = _COUNT_OF_LIST.match(view, row.end() - 1)
    if count is None or (type_ == "coinage" and count[2] is None):
        return False
    first, last = row_of_quotes(view, row.end())
    items = {view.count("“", first, last)}
    if row.end() == close + 1:
        joined = _JOINED.search(quoted.text) is not None
        items |= {quoted.text.count(mark) + 1 + more for mark in "、，" for more in (0, joined)}
    return to_int(count[1]) in items - {1}
