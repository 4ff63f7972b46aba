"""The words by which claims are read (``data/claims.toml`` and ``data/verbs.toml``), compiled."""

from functools import cache

from pipeline.verbs import longest_of, verbs, word_lists

_KEYS = {
    "goods", "goods_unit",
    "abstract", "abstract_alone", "adding", "adverb", "agent", "alike", "change_head", "doing",
    "gap_down", "gap_up", "head", "lead",
    "leaning", "level", "modifier", "not_noun", "noun_start", "partial", "pays", "predicate", "rank_verb",
    "share_head", "trail",
}  # fmt: skip

#: Verbs that begin with 新 themselves: 新增 | 发电装机, not 新 | 增发.
_NEW = ("新增", "新建", "新设")
#: A time expression inside coded text (see :mod:`pipeline.claims.clauses`).
TIME = "[\ue000-\uf7ff]"


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of both files, longest word first."""
    return {**word_lists("claims.toml", _KEYS), **verbs()}


@cache
def alike() -> dict[str, frozenset[str]]:
    """Return the things of the same kind for each thing that the table of kinds lists."""
    groups = [frozenset(group.split()) for group in words()["alike"]]
    return {thing: group for group in groups for thing in group}


@cache
def any_of(*keys: str) -> str:
    """Return a regular expression for the longest word of the lists `keys` that stands at a place; see `longest_of`.

    Every verb of doing may have 新 before it (新评定).
    """
    listed = longest_of(word for key in keys for word in words()[key])
    newly = (word for word in words()["doing"] if "新" + word[0] not in _NEW)
    return f"(?>新{longest_of(newly)}|{listed})(?![器率者员])" if "doing" in keys else listed  # 孵化器, 转化率
