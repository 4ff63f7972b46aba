"""The rules that propose claims: what stands around a quantity where each of them applies."""

RULES: dict[str, str] = {
    "change": "a verb of change governs it: 产量增长3%",
    "change.against": "a verb of distance compares it with another time: 快于2019年0.6个百分点",
    "change.first": "a verb of change begins the clause: 净增市场主体12万户",
    "change.noun": "a noun of change is its name's head: 涨幅3%左右",
    "change.within": "a verb of change stands inside the clause: 各单位减少租赁费1亿元",
    "distributed": "several stand in a row, one for each name before them: 水泥、玻璃产量分别增长3%、4%",
    "from_to": "it is one end of a from–to: 由48%提高到79%",
    "gap": "it is compared with another place's value: 高于全国0.9个百分点",
    "gap.plan": "it is compared with a plan: 超计划19家",
    "level.bare": "it follows its name directly: 粮食产量412万吨",
    "level.reached": "a verb of change leads up to it: 产量提高到412万吨",
    "level.verb": "a verb of being or reaching governs it: 产量达到412万吨",
    "multiple": "it is a multiple of an earlier value: 是2012年的2.6倍",
    "noun.behind": "what it counts stands behind it: 新建48所幼儿园",
    "rank": "a verb of rank governs it: 居全国第7",
    "share": "it is a part of a named whole: 占出口总额的31%",
    "share.change": "it is a change of such a part: 占比重提高1.3个百分点",
    "share.plan": "it is a part of a plan: 完成年度计划的103%",
    "share.use": "what the part is for or of stands behind it: 78%用于民生",
    "share.verb": "占 alone governs it: 工业投资占88%",
}
