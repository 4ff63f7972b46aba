"""Quoted strings: which of them are slogans, and of what type.

Government texts put in quotation marks what they coin, but also honours, brands, titles, events,
plans and speech. The rules of ``pipeline/data/slogans.toml`` tell them apart by the string itself
and by the words around it; strings that stand side by side (“甲”“乙”和“丙”行动) share their context.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.regex import Regex
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import Rule, lexicon
from pipeline.slogans.summing import Declared, read

_QUOTED = Regex(r"“([^“”]{1,80})”")
_LINKS = ("", "、", "和", "与", "及", "以及", "或")
_WINDOW = 20
_MOTTO_LENGTH = 7  # a single clause of so many characters says something; a shorter one names something
_CUT = Regex(r"[。！？；\n]")
_CLAUSES = Regex(r"[、，；：·— ]")
# Two clauses of three characters: with one subject (谁投入谁受益), or a verb and its object twice (扩内需稳增长).
_SAYING = Regex(r"(.)..\1..|(?:[补调扩稳保促惠防抓强优增控降去破立转提惩治兴富拓育护攻压减搞]..){2}")
# A short clause with its verb in the middle (群众不跑腿, 企业找人才, 慢就是退), or one that forbids (不要等靠要).
_CLAUSE = Regex(
    r"[\u4e00-\u9fff]{2}[不找跑][\u4e00-\u9fff]{2}|不[要让许][\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3}(?:就是|才能|就要)[\u4e00-\u9fff]{2,3}"
)
# One that denies something of its subject (办事不求人, 爱国不分先后).
_DENIES = Regex(r"[\u4e00-\u9fff]{2}不[求分停忘松让怕靠误离掉][\u4e00-\u9fff]{1,2}")
# A whole clause of more characters: its verb stands in the middle (机器管审批, 户户都有明白人, 茶乡走向世界).
_MIDDLE_VERB = Regex(
    r"把[\u4e00-\u9fff]{2,12}(?:打造|建设)?成为?[\u4e00-\u9fff]{2,24}|[\u4e00-\u9fff]{2,4}都[有能是会][\u4e00-\u9fff]{2,5}"
    r"|[\u4e00-\u9fff]{2,4}(?<![城网主监接分保])管(?![理控道委家网线护])[\u4e00-\u9fff]{2,4}"
    r"|[\u4e00-\u9fff]{2,4}(?:走向|压倒|高于|大于|重于|优于)[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2}[找帮][\u4e00-\u9fff]{2,3}"
)
# A noun of many characters (云岭第一隧, 跨部门监管一件事).
_NOMINAL = Regex(r"[\u4e00-\u9fff]*(?:第一[\u4e00-\u9fff]{1,4}|(?<![办成好])一件事)")
_CHAIN = Regex(r"[^、，；：· ]{1,8}(?:—{1,2}[^、，；：·— ]{1,8})+")  # 研发—中试—生产
_CAMPAIGN = Regex(r"[^，。；、：“”]{0,4}(?:行动|工程|计划)")
_ACTIVITIES = Regex("(?:等|系列|主题|专项)*(?:品牌|系列|主题|惠民)?活动")
_SYSTEM = Regex(r"[\u4e00-\u9fff]{0,8}(?:体系|战略|布局|格局|思路|模式|工程|计划|行动)(?![\u4e00-\u9fff]{0,2}热线)")
_NAMES = ("name", "honour", "event", "work", "brand")
_ARTICLES = Regex(r"[1-9][0-9]")  # of a paper
_LATIN = Regex(r"[A-Za-z0-9+×%]")


@dataclass(frozen=True)
class Quoted:
    """A quoted string `[start, end)` of the view, without its marks, and the words around it."""

    start: int
    end: int
    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Verdict:
    """What a quoted string was found to be, ``slogan`` or another thing, and the rule that decided."""

    verdict: str
    rule: str
    type: str = ""
    declared: Declared = None


def quoted_rows(view: str) -> Iterator[list[Quoted]]:
    """Yield the quoted strings of `view`, those that stand side by side together, with the context of their row."""
    row: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(view):
        if match[1].isspace():
            continue
        span = _trimmed(view, *match.span(1))
        if row and view[row[-1][1] + 1 : span[0] - 1] not in _LINKS:
            yield _with_context(view, row)
            row = []
        row.append(span)
    if row:
        yield _with_context(view, row)


def _trimmed(view: str, start: int, end: int) -> tuple[int, int]:
    piece = view[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _with_context(view: str, row: list[tuple[int, int]]) -> list[Quoted]:
    first, last = row[0][0] - 1, row[-1][1] + 1
    before = _CUT.split(view[max(0, first - _WINDOW) : first])[-1]
    after = _CUT.split(view[last : last + _WINDOW], maxsplit=1)[0]
    return [Quoted(start, end, view[start:end], before, after) for start, end in row]


def judge(quoted: Quoted) -> Verdict:
    """Say whether `quoted` is a slogan, of what type, and which rule decided.

    A formulation that is known or has a summing numeral is one even where it is held up to scorn (所谓“四大自由”).
    """
    text = quoted.text
    if text in lexicon().names:
        return Verdict("name", "listed_name")
    rule = _first(quoted, strong=True)
    if rule and rule.verdict != "scare":
        return Verdict(rule.verdict, rule.id)
    if formulation := known(text):
        return Verdict("slogan", "known", formulation.type, formulation.declared)
    if text in lexicon().numbered_names and _SYSTEM.match(quoted.after):  # “315”科技创新体系
        return Verdict("slogan", "digits", "numeral_code", [int(digit) for digit in text])
    if _ARTICLES.fullmatch(text) and quoted.after.startswith("条"):  # 稳增长“21”条
        return Verdict("slogan", "articles", "numeral_phrase", int(text))
    if reading := read(text):
        return Verdict("slogan", reading.rule, reading.type, reading.declared)
    rule = rule or _first(quoted, strong=False)
    if rule and rule.verdict != "slogan":
        return Verdict(rule.verdict, rule.id)
    if text in lexicon().words or (text in lexicon().common_words and not _CAMPAIGN.match(quoted.after)):
        return Verdict("scare", "ordinary_word")
    if _governed_formula(text):
        return Verdict("slogan", "known", "formula")
    how, type_ = _clause_or_coinage(text)
    if how == "clause" and _CAMPAIGN.match(quoted.after):
        return Verdict("slogan", "campaign", "coinage")
    return Verdict("slogan", how, type_)


def _governed_formula(text: str) -> bool:
    """Whether `text` is a known formula with the verbs that govern it (推动构建人类命运共同体)."""
    at, governors = 0, lexicon().long_governors
    while size := governors.length_at(text, at, len(text)):
        at += size
        if (formulation := known(text[at:])) is not None:
            return formulation.type == "formula"
    return False


def judge_row(row: list[Quoted]) -> list[Verdict]:
    """Judge strings that stand side by side.

    Where one is a name by its own form, a mere word beside it is one too; where one is a motto, so is what
    differs from it in a character or two.
    """
    verdicts = [judge(quoted) for quoted in row]
    if _ACTIVITIES.match(row[-1].after):  # “民企进山乡”“书香满校园”等活动: what they are called
        verdicts = [replace(v, type="coinage") if v.rule in ("clause", "saying") else v for v in verdicts]
    mottos = [quoted.text for quoted, verdict in zip(row, verdicts, strict=True) if verdict.type == "motto"]
    if mottos:
        verdicts = [
            replace(verdict, type="motto")
            if verdict.type == "coinage" and any(_alike(quoted.text, motto) for motto in mottos)
            else verdict
            for quoted, verdict in zip(row, verdicts, strict=True)
        ]
    names = [v for v in verdicts if v.verdict in _NAMES and v.rule in _by_form()]
    if not names:
        return verdicts
    return [Verdict(names[0].verdict, "beside_name") if v.rule in ("word", "clause") else v for v in verdicts]


def _alike(text: str, motto: str) -> bool:
    """Whether `text` has the length of `motto` and most of its characters, each in its place."""
    same = sum(a == b for a, b in zip(text, motto, strict=False))
    return len(text) == len(motto) and 2 * same > len(motto)


@cache
def _by_form() -> frozenset[str]:
    """Return the rules that know a name by itself, not by the words around its row."""
    return frozenset(rule.id for rule in lexicon().rules if rule.inside and not (rule.before or rule.after))


def _first(quoted: Quoted, *, strong: bool) -> Rule | None:
    return next((rule for rule in _by_text(quoted.text, strong) if _fits(rule, quoted)), None)


@lru_cache(maxsize=1 << 14)
def _by_text(text: str, strong: bool) -> tuple[Rule, ...]:
    """Return the rules that `text` fulfils by itself; most strings come again, between other words."""
    rules = (rule for rule in lexicon().rules if rule.strong == strong)
    return tuple(rule for rule in rules if rule.inside is None or rule.inside.fullmatch(text))


def fires(rule: Rule, quoted: Quoted) -> bool:
    """Whether `rule` matches `quoted` and the words around it."""
    return rule in _by_text(quoted.text, rule.strong) and _fits(rule, quoted)


def _fits(rule: Rule, quoted: Quoted) -> bool:
    """Whether the words around `quoted` are those of `rule`."""
    return (rule.before is None or rule.before.search(quoted.before) is not None) and (
        rule.after is None or rule.after.match(quoted.after) is not None
    )


@lru_cache(maxsize=1 << 14)
def _clause_or_coinage(text: str) -> tuple[str, str]:
    """Return the rule and type of a slogan without numerals: a clause is a motto, a word a coinage."""
    if _CHAIN.fullmatch(text):
        return "chain", "coinage"
    if _CLAUSES.search(text):
        return "clauses", "motto"
    if _SAYING.fullmatch(text):
        return "saying", "motto"
    if _DENIES.fullmatch(text):
        return "saying", "motto"
    if _MIDDLE_VERB.fullmatch(text):
        return "saying", "motto"
    named = text.endswith(lexicon().noun_endings) or _NOMINAL.fullmatch(text) is not None
    if _CLAUSE.fullmatch(text) and not named:
        return "saying", "motto"
    if _LATIN.search(text) or len(text) < _MOTTO_LENGTH or named:
        return "word", "coinage"
    return "clause", "motto"
