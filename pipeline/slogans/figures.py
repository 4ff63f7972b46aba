"""What is measured: the names that stand before the figures of clauses."""

from pipeline.regex import Regex
from pipeline.slogans.lists import Range, split
from pipeline.slogans.parallels import counted_words
from pipeline.slogans.unquoted import Found

_FIGURE = Regex(
    r"(?:(?:累计|首次|历史性|分别|同比|均|已|预计|全年)*(?:达到?|完成|实现|突破|超过?|增至|升至|增加到|提高到|扩大到|增长|下降|增加|减少|为)?)?+(?:近|约|超过?)?[0-9]"
)
_CHANGE = Regex(r"，(?:同比|净|年均|[比较][^，；。]{1,12}?)?[^，；。0-9]{0,6}(?:增|升|降|减|翻|提高|加快|高于)")


def before_figures(view: str, clauses: list[Range]) -> list[Range]:
    """Return what each of `clauses` measures (产量达到5万吨 → 产量); [] if one has no figure."""
    figures = [_FIGURE.search(view, *clause) for clause in clauses]
    names = [(start, figure.start()) for (start, _), figure in zip(clauses, figures, strict=True) if figure]
    return names if len(names) == len(clauses) else []


def changes_within(view: str, found: Found, start: int, end: int, total: int) -> list[Range]:
    """Return what the clauses of an explanation measure, each of which goes on to say how it changed.

    “三个增长”：产值90亿元，增长12%；… → 产值. What the slogan counts, said before the pause, belongs to the name.
    """
    clauses = split(view, start, end, "；") if view.count("；", start, end) >= total - 1 else []
    names = before_figures(view, clauses) if len(clauses) == total else []
    words = counted_words(view[found.start : found.end])[:1]
    for (begin, stop), (_, close) in zip(names, clauses, strict=bool(names)):
        pause = view.find("，", stop, close)
        if begin == stop or pause < 0 or any(view.find(word, begin, pause) >= 0 for word in words):
            return []
        if not _CHANGE.match(view, pause, close) and not any(view.find(word, pause, close) >= 0 for word in words):
            return []
    return names
