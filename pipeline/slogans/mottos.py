"""Mottos without quotation marks: clauses of parallel structure.

Two kinds only, because most parallel clauses of a report are ordinary prose: a row of three or more
short clauses of one length that begin alike (稳就业、稳金融、稳外贸) or change one character (想干事、会干事、
能干事), and a couplet of equal clauses that is a sentence by itself (奋斗成就梦想，实干创造未来。).
"""

from collections.abc import Iterator

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon

_ROW = Regex(r"(?<![\u4e00-\u9fff、])[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{3,5}+){2,7}+(?![和与及])")
_COUPLET = Regex(r"(?<=[。！\n\u3000])([\u4e00-\u9fff]{4,7})[，、]([\u4e00-\u9fff]{4,7})(?=[。！])")
_PROSE = Regex(
    r"[一二三四五六七八九十百千万亿两个了的等年月日等和]|全[国省市区]|必须|只有|对于|既不|也不|我们|各地|各部|同比|增长|分别|各位|代表"
)
_SHORTEST, _LONGEST = 3, 5


def parallel_mottos(view: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of mottos of parallel structure in `view`."""
    for match in _COUPLET.finditer(view):
        prose = _PROSE.search(match.group()) or match[1].startswith(lexicon().governing)
        if len(match[1]) == len(match[2]) and not prose:
            yield match.span()
    for match in _ROW.finditer(view):
        clauses = match.group().split("、")
        size = len(clauses[1])
        if size < _SHORTEST or size > _LONGEST or any(len(clause) != size for clause in clauses[1:]):
            continue
        clauses[0] = clauses[0][-size:]
        if len(clauses[0]) < size or _PROSE.search("".join(clauses)) or len(set(clauses)) < len(clauses):
            continue
        if any(clause.endswith(lexicon().noun_endings) for clause in clauses):
            continue  # 金融城、法务区、人才港: names
        shared = [len({clause[i] for clause in clauses}) == 1 for i in range(size)]
        if shared[0] or (size == _SHORTEST and shared[1] and shared[2]):
            length = sum(map(len, clauses)) + len(clauses) - 1
            yield match.end() - length, match.end()
