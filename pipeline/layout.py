"""What stands in a plain text but belongs to the page around it: chrome, bylines, captions, page numbers.

A plain text keeps all its characters. These passages are only marked, and left out of the view
(:mod:`pipeline.alignment`), so that extraction passes over them, and a sentence that one of them breaks is whole
again; captions and credits stay in the view, for the people and media they name are entities. They are recognised by
whole lines, most of them only before the first prose of a text or after its last; what the lines look like stands in
``data/layout.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from pipeline.document import Document, Passage
from pipeline.errors import DataError
from pipeline.regex import Regex

_PROSE_CHARS = 30  # a line of so many characters that holds a full stop, or of twice as many, is prose
_SHORT = 60  # a line of the page around a text is short; captions may have twice as much
_TAIL_SHARE = 5  # what follows an end mark is at most this part of the text …
_TAIL_CHARS = 1500  # … or so many characters
_BREADCRUMB = frozenset(">›»")
_SALUTATION = Regex("(?:各位|同志们|朋友们|女士们|父老乡亲)")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of one sort, and where they are looked for; `hits` and `misses` are lines for the tests."""

    kind: str
    where: str  #: edge: before the first prose or after the last; anywhere; end: this line and all that follows
    lines: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Rule]:
    """Return the rules of ``data/layout.toml`` by name; raises DataError for one that is malformed."""
    try:
        return msgspec.toml.decode((files("pipeline.data") / "layout.toml").read_bytes(), type=dict[str, Rule])
    except msgspec.MsgspecError as error:
        raise DataError(f"layout.toml: {error}") from error


def rule_for(line: str, where: str) -> Rule | None:
    """Return the rule for a line without the white space around it that stands `where`, if there is one."""
    pattern, by_group = _matcher(where)
    match = pattern.fullmatch(line)
    return by_group[match.lastgroup or ""] if match else None


@cache
def _matcher(where: str) -> tuple[Regex, dict[str, Rule]]:
    chosen = {name: rule for name, rule in rules().items() if rule.where == where}
    groups = []
    for name, rule in chosen.items():
        choices = [*map(re.escape, rule.lines), *rule.patterns]
        groups.append(f"(?P<{name}>{'|'.join(f'(?:{choice})' for choice in choices)})")
    return Regex("|".join(groups), source="layout.toml"), chosen


def find_passages(text: str) -> Iterator[Passage]:
    """Yield the passages of `text` that belong to the page around it, in order, each within a line."""
    lines = [(m.start(), m.end(), m.group().strip(_BLANK)) for m in re.finditer(r"[^\n]+", text)]
    lines = [line for line in lines if line[2]]
    if not lines:
        return
    prose = [i for i, (_, _, line) in enumerate(lines) if _is_prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    crumbs = {i + step for i in range(min(first, len(lines))) if lines[i][2] in _BREADCRUMB for step in (-1, 0, 1)}
    ended = False
    for i, (start, end, line) in enumerate(lines):
        if len(line) > 2 * _SHORT and not ended:
            continue
        edge = i < first or i > last
        rule = None
        if edge and not ended:
            rule = rule_for(line, "edge")
            ended = rule_for(line, "end") is not None and _is_tail(text, start)
        kind = "chrome" if ended or i in crumbs else None
        rule = rule or (None if kind else rule_for(line, "anywhere"))
        if not edge and rule is None and rule_for(line, "end") and _is_tail(text, start):
            ended, kind = True, "chrome"
        if rule is not None:
            kind = rule.kind
        if kind is not None:
            yield Passage(start=start, end=end, kind=kind)


_BLANK = " \t\u3000\u00a0\u200b\u200c\u200d\ufeff\r"


def _is_prose(line: str) -> bool:
    if len(line) < _PROSE_CHARS:
        return bool(_SALUTATION.match(line))
    if rule_for(line, "anywhere"):
        return False
    return len(line) >= 2 * _PROSE_CHARS or bool(re.search("[。；！？]", line))


def _is_tail(text: str, start: int) -> bool:
    return len(text) - start <= min(_TAIL_CHARS, len(text) // _TAIL_SHARE)


class Layout:
    """Marks what belongs to the page around a text, not to the text."""

    name = "layout"
    description = "page chrome, bylines, captions and page numbers of a plain text; the view keeps captions and credits"
    requires = ("text",)
    assigns = "layout"
    example = "下载\n打印\n【字号：大 中 小】\n新春贺词\n各位市民：过去的一年硕果累累。"

    def find(self, doc: Document) -> Iterator[Passage]:
        """Yield the passages of `doc` that are not of its wording."""
        yield from find_passages(doc.text)
