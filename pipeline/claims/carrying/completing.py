"""A name that its clause states in part, with what the clauses before give to it."""

from pipeline.claims.carrying.accounts import left_over, part_of_account, spent_for
from pipeline.claims.carrying.actions import doer, goes_on, handled_so, shared_verb, some_of
from pipeline.claims.carrying.heads import with_head
from pipeline.claims.carrying.names import as_of_its_kind, pointed_at, ranked_of, said_once, taken_up
from pipeline.claims.carrying.owners import aspect_of, note_owner, owned, served, traded
from pipeline.claims.carrying.parts import head_of_row, part_of_whole
from pipeline.claims.carrying.programmes import of_programme
from pipeline.claims.carrying.segments import of_segment
from pipeline.claims.carrying.shares import of_branch, portion, rate_of_same, spread
from pipeline.claims.carrying.state import Carried
from pipeline.claims.measure import Measure
from pipeline.claims.naming import joined, last_deed, owner_and_rest
from pipeline.claims.subjects import its, told_of
from pipeline.claims.wordings import PERCENT, pattern
from pipeline.regex import Regex

#: 境外投资结构优化，新材料产业占比…: of what it is a part.
_SHIFTED = Regex(
    "(?P<of>[^，；、的]{4,10}(?<!产业))结构(?:不断|持续|加快|进一步|稳步|逐步|明显|有所)*(?:优化|改善|升级|调整)"
)
_LONGEST_PART = 12
_SHARES = ("占比", "比重")
_PARTS_ALONE = ("产能占", "产量占", "产值占", "规模占", "份额占")


def completed(carried: Carried, measure: Measure, name: str) -> str:
    """Return a name with what it shares with, or owes to, the slots and the clause before."""
    slot = measure.slot
    split = owner_and_rest(name)
    if split:
        carried.owner, name = split
        return joined(carried.owner, name) if pattern("partial").match(name) else name
    if slot.link == "；" or "；" in slot.passed:
        carried.owner = ""
    if measure.rule in ("level.bare", "level.verb", "level.reached"):
        name = last_deed(name)
    if slot.left.startswith("它") and (who := its(slot.left, slot.clause_before)):  # 由于现代工业发展较快，它的产值…
        return joined(who, name)
    given = of_segment(carried, measure, name) or as_of_its_kind(carried, measure, name)
    if given:
        return given
    if name.endswith("部分"):
        name = portion(carried, slot, name)
    about = told_of(slot)
    given = (
        of_branch(carried, slot, name)
        or handled_so(carried, measure, name)
        or left_over(carried, slot, name)
        or part_of_account(carried, slot, name)
        or spent_for(slot, name)
        or of_programme(carried, slot, name)
    )
    if given:
        return given
    given = part_of_whole(carried, measure, name) or aspect_of(carried, measure, name, about)
    if given:
        return given
    if measure.rule == "share.use":
        name = spread(slot, name)
    if slot.link == "、" and name.endswith("率") and carried.names and carried.unit in PERCENT:
        name = rate_of_same(carried, name)
    name = pointed_at(carried, slot, name)
    name = ranked_of(carried, measure, taken_up(carried, name))
    given = (
        traded(carried, name)
        or said_once(carried, measure, name)
        or served(carried, measure, name, about)
        or owned(carried, measure, name, about)
    )
    if given:
        return given
    if slot.link == "," and measure.rule == "level.bare" and goes_on(carried, measure, name):
        return joined(carried.prefix, name, least=2)
    given = some_of(carried, measure, name)
    if given:
        return given
    row = head_of_row(carried, measure, name)
    if row:
        return name + row
    name = doer(carried, measure, name) + with_head(carried, measure, shared_verb(carried, measure, name))
    if carried.head == "新增生产能力":
        return name
    if name.startswith(_PARTS_ALONE) and about:  # 基地建成，产能占全球三成: the base's
        name = joined(about, name)
    shifted = _SHIFTED.match(slot.clause_before.strip("，")) if name.endswith(_SHARES) else None
    if shifted and shifted["of"][:2] not in name and len(name) <= _LONGEST_PART:
        name = shifted["of"] + name
    note_owner(carried, name, about, slot.quantity.unit)
    return name
