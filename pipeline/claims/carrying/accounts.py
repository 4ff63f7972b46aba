"""Money of a budget: whose part of an account it is, and what it was spent for."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.naming import clean
from pipeline.claims.wordings import pattern
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


#: 收支相抵，| 结余; 收大于支 | 9亿元: what is left of an account.
_NEAR = 4  # names back, over the end of a sentence
_LEFT_OVER = Regex(
    "(?:当年|全年|年终|结果)*(?:出现|形成|发生|造成)?了?(?:收支)?(?P<what>结余|节余|赤字|差额|亏空|盈余)(?:额|为|是)?|(?P<more>收(?:入)?大于支(?:出)?|收多于支|收大支小)|(?P<less>支(?:出)?大于收(?:入)?|支多于收|入不敷出)"
)
_WHOSE_ACCOUNT = Regex("(?P<of>[^，；、占的]{2,10}?)(?:总?收入|总?支出)(?:总额)?$")


def left_over(carried: Carried, slot: Slot, name: str) -> str:
    """Put whose account was told before what is left of it (财政收入9亿元，支出8亿元，结余1亿元), "" if none was."""
    if slot.quantity.unit not in ("元", "美元") or slot.link not in (",", "；", "start") or not name:
        return ""
    found = _LEFT_OVER.fullmatch(name) if name[0] in "收结节赤差亏盈支入当全年出形发造" else None
    goes_on = slot.link != "start" or "收支" in slot.clause_before  # …。收支相抵，结余1亿元
    if found is None or not goes_on:
        return ""
    account = next(filter(None, map(_WHOSE_ACCOUNT.match, reversed(carried.told or carried.names[-_NEAR:]))), None)
    if account is None or pattern("doing").match(account["of"]):
        return ""
    return account["of"] + (found["what"] or ("结余" if found["more"] else "赤字"))


def spent_for(slot: Slot, name: str) -> str:
    """Put the deed of the clause before behind which money was spent before 支出 alone, or return ""."""
    if name not in _SPENDS or slot.quantity.unit not in ("元", "美元"):
        return ""
    deed = clean(slot.clause_before)
    return deed + name if len(deed) <= _LONGEST and pattern("doing").match(deed) else ""
