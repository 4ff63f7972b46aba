"""Short forms that the document itself explains.

What stands in brackets as the short form of a name （以下简称“云示区”） means it from there on.

The document's own place with what follows it (大同古城, 北京城市副中心) licenses the rest alone (古城, 城市副中心);
and a name that was found once where the wording showed it is the same name wherever it stands again.
"""

from collections.abc import Iterator, Sequence

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.words import Words
from pipeline.places import Place, short_name
from pipeline.regex import Regex

RANK = 8

_REPEATED = ("head:", "quoted", "list:", "honor:quoted", "coded:", "model:")
_ABBREVIATED_RANK = 50  #: what the text says outright
#: The short form that is given right after a name.
_ABBREVIATED = Regex("（(?:以下|下称|以下统)?[简统]称[:,，]?“?(?P<form>[^“”《》（），。\n]{2,12})”?）")
_ABBREVIATED_CUE = "称"
_LEFT = Regex(r"[，。；：、！？（“”》\n\u3000 和与及在对把为让使向到以是的了将由从于]$|^$")
_COUNTED = Regex("[0-9一二三四五六七八九十两几多各]$|[个家座些类批]$")
_MINIMUM = 4  #: characters of a name that may be repeated
_PERSON_MINIMUM = 3
_PERSONS = ("byline", "named", "honoured", "addressed")


def find_shortened(view: str, words: Words, found: Sequence[Candidate], own: Place | None) -> Iterator[Candidate]:
    """Yield what the names `found` in `view` license elsewhere in it; `own` is the document's place."""
    covered = bytearray(len(view) + 1)
    meanings: dict[str, set[tuple[str, str]]] = {}
    for candidate in found:
        covered[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        length = candidate.end - candidate.start
        if (length >= _MINIMUM and candidate.rule.startswith(_REPEATED)) or (
            length >= _PERSON_MINIMUM and candidate.rule in _PERSONS
        ):
            quote = view[candidate.start : candidate.end]
            meanings.setdefault(quote, set()).add((candidate.type, candidate.canonical))
    yield from _abbreviated(view, found)
    yield from _places_left_out(view, words, covered, own)
    for form, known in sorted(meanings.items()):
        if len(known) == 1:
            ((kind, canonical),) = known
            for start, end in _stands(view, words, covered, form):
                yield Candidate(start, end, kind, canonical, "document:repeated", RANK)


def _abbreviated(view: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the short forms that brackets right after the names `found` give, there and wherever they stand later."""
    if _ABBREVIATED_CUE not in view:
        return
    for name in found:
        end = name.end + (view[name.end : name.end + 1] == "”")
        given = _ABBREVIATED.match(view, end)
        if not given or given["form"] == view[name.start : name.end]:
            continue
        form = given["form"]
        around = [(c.start, c.end) for c in found if form in view[c.start : c.end] and c.end - c.start > len(form)]
        at = given.start("form")
        while at >= 0:
            end = at + len(form)
            if not any(start <= at and end <= stop for start, stop in around):
                yield Candidate(at, end, name.type, name.canonical, "document:abbreviated", _ABBREVIATED_RANK)
            at = view.find(form, end)


def _places_left_out(view: str, words: Words, covered: bytearray, own: Place | None) -> Iterator[Candidate]:
    prefixes = list(_own_names(own))
    zone = rules().free_trade
    province = short_name(own.province or own.name) if own else None
    if province in zone.provinces and zone.form in view:
        for start, end in _stands(view, words, covered, zone.form):
            if not (
                _COUNTED.search(view, max(start - 1, 0), start)
                or view.endswith(zone.before, 0, start)
                or view.startswith(zone.after, end)
            ):
                yield Candidate(start, end, "project", f"中国（{province}）自由贸易试验区", "document:short", RANK)
    for form, (kind, rest) in rules().alone.items():
        if form not in view:
            continue
        canonical = {f"{prefix}{rest}" for prefix in prefixes if prefix + form in view or prefix + rest in view}
        if len(canonical) == 1:
            for start, end in _stands(view, words, covered, form):
                if _LEFT.search(view[max(start - 1, 0) : start]):
                    yield Candidate(start, end, kind, min(canonical), "document:short", RANK)


def _own_names(own: Place | None) -> Iterator[str]:
    for name in (own.name, *own.parents) if own else ():
        yield short_name(name) or name


def _stands(view: str, words: Words, covered: bytearray, form: str) -> Iterator[tuple[int, int]]:
    """Yield where `form` stands as words of its own, in no other name, and uncounted."""
    at = view.find(form)
    while at >= 0:
        end = at + len(form)
        if (
            words.is_boundary(at)
            and words.is_boundary(end)
            and covered.find(1, at, end) < 0
            and not _COUNTED.search(view[max(at - 1, 0) : at])
        ):
            yield at, end
        at = view.find(form, end)
