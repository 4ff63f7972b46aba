"""Money of a budget: whose part of an account it is, and what it was spent for."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.reading import clean, pattern
from pipeline.regex import Regex

#: 中央本级 | 支出, 对地方转移支付: a part of the account that was told before.
_PART = Regex("(?:中央|地方|省|市|县)(?:财政)?本级(?:支出|收入)|对?(?:地方|市县|下)(?:税收返还和|的)?转移支付")
#: 教育 | 支出; but 财政支出 and what the whole state spends need no addition.
_ACCOUNT = Regex("(?P<of>(?!全国|中央|地方|财政|预算|公共)[^占的]{2,14}?)(?:支出|收入)")
_SPENDS = ("支出", "投入", "支付")
_LONGEST = 30


def part_of_account(carried: Carried, slot: Slot, name: str) -> str:
    """Put the account before its part (教育支出300亿元。其中，中央本级支出90亿元), "" if `name` is none."""
    if slot.quantity.unit not in ("元", "美元") or not _PART.fullmatch(name):
        return ""
    told = (said for said in reversed(carried.names) if said.endswith(("支出", "收入")) and "本级" not in said)
    account = _ACCOUNT.fullmatch(next(told, ""))
    return account["of"] + name if account and not pattern("doing").match(account["of"]) else ""


def spent_for(slot: Slot, name: str) -> str:
    """Put the deed of the clause before behind which money was spent before 支出 alone, or return ""."""
    if name not in _SPENDS or slot.quantity.unit not in ("元", "美元"):
        return ""
    deed = clean(slot.clause_before)
    return deed + name if len(deed) <= _LONGEST and pattern("doing").match(deed) else ""
