"""What period rules where: headings, openings, sentences, and what must not rule."""

import datetime
import doctest
import importlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import Alignment
from pipeline.document import Document, Metadata
from pipeline.periods import Periods
from pipeline.sentences import Sentences
from pipeline.timeline import Ruling, Timeline, cues

REPORT = {"date": "2024-01-20", "genre": "政府工作报告"}


def read(text: str, **metadata: str) -> tuple[Document, Timeline]:
    doc = Document(text, given=Metadata(**(metadata or REPORT)))
    doc.view = Alignment().find(doc)
    doc.sentences = tuple(Sentences().find(doc))
    doc.periods = tuple(Periods().find(doc))
    return doc, Timeline(doc)


def ruling(text: str, **metadata: str) -> Ruling:
    """Return what rules at ※ in `text`."""
    _, timeline = read(text.replace("※", ""), **metadata)
    return timeline.at(text.index("※"))


OPENINGS = [
    # a heading rules until another of its level replaces it
    ("一、2023年工作回顾\n（一）工业。\n产值增长※5%。", "2023", False),
    ("一、2023年工作回顾\n产值增长5%。\n二、2024年工作安排\n产值增长※5%。", "2024", True),
    ("一、“十三五”时期工作回顾\n（一）工业发展\n产值年均增长※5%。", "2016/2020", False),
    ("一、2023年工作回顾\n成绩很大。\n二、“十五五”时期主要目标\n城镇化率达到※70%。", "2026/2030", True),
    ("一、2023年和“十三五”时期工作回顾\n增长※5%。\n五年来，我们艰苦奋斗。\n增长6%。", "2023", False),
    ("一、2023年和“十三五”时期工作回顾\n增长5%。\n五年来，我们艰苦奋斗。\n增长※6%。", "2019/2023", False),
    ("一、过去五年工作回顾\n成绩很大。\n刚刚过去的2023年，我们攻坚克难。\n新建学校※8所。", "2023", False),
    # 各位代表 before an opening does not hide it
    ("一、“十三五”时期工作回顾\n好。\n各位代表！刚刚过去的2023年，极不平凡。\n新建学校※8所。", "2023", False),
    # the third sentence of a paragraph may still say what the next ones are about
    (
        "2023年极不平凡。\n产值增长5%。\n各位代表！2023年是收官之年。五年来，成绩很大。\n新建学校※8所。",
        "2019/2023",
        False,
    ),
    # an opening of a year rules its paragraph, not the next
    ("过去五年，成绩很大。\n2023年，产值增长5%。新建学校※8所。", "2023", False),
    ("过去五年，成绩很大。\n2023年，产值增长5%。\n新建学校※8所。", "2019/2023", False),
    # targets
    ("一、2023年工作回顾\n好。\n二、工作安排\n今年主要预期目标是：产值增长5%；就业※6万人。", "2024", True),
    ("今年要继续努力。\n到2030年，产值达到※5亿元。", "../2030", True),
    # a few years to come are a paragraph's, five are a plan's
    ("一、工作安排\n今后三年要投入90亿元。\n新建学校※8所。", "2024", True),
    ("一、工作安排\n今后五年要继续努力。\n新建学校※8所。", "2024/2028", True),
    # a look back among plans, until plans go on
    ("二、2024年工作\n2024年很重要。过去一年，工作有成绩。产值增长※5%。", "2023", False),
    ("二、2024年工作\n2024年很重要。过去一年，工作有成绩。今年要努力。产值增长※5%。", "2024", True),
    # in three years to come, whatever three years were spoken of before; what began before the day is in force
    ("近三年，成绩很大。\n二、2024年工作\n三年内覆盖率提高到※90%。", "2024/2026", True),
    ("一、2023年工作回顾\n从2024年1月1日起，关税降到※5%。", "2024", False),
    # a year inside a sentence is but the last of the years that it is told under
    ("五年来，成绩很大。\n钢产量2023年达到8亿吨。新增校舍※9万平方米。", "2019/2023", False),
    ("五年来，成绩很大。\n2023年，钢产量达到8亿吨。新增校舍※9万平方米。", "2023", False),
    # the last two of more years hold for their sentence, the last three under none for the paragraph
    ("五年来，成绩很大。\n治理了污染。近两年，出台了办法。关停小矿※80座。", "2019/2023", False),
    ("治理了污染。近三年，出台了办法。关停小矿※80座。", "2021/2023", False),
    # what is announced for a year to come is said in the paragraphs that follow
    ("新增学校8所。\n2025年的主要计划安排如下。\n粮食产量※8亿吨。", "2025", True),
    ("新增学校8所。\n2023年的主要情况如下。\n粮食产量※8亿吨。", "2023", False),
    # a list of works of a year is a section
    ("取得了成绩。\n2024年市十件实事\n一、提高补助标准\n补助※800名学生。", "2024", True),
    # years to come that nobody counts, for their sentence; under years that are counted they are these
    ("二、2024年工作\n今后一个时期，帮助※8万人迁居。新建学校8所。", None, True),
    ("二、2024年工作\n今后一个时期，帮助8万人迁居。新建学校※8所。", "2024", True),
    ("二、“十五五”时期工作\n今后一个时期，帮助※8万人迁居。", "2026/2030", True),
    # nothing stated
    ("工业增长了※5%，取得成效。", "2023", False),
    ("要加快发展，力争工业增长※5%左右。", "2024", True),
]

SENTENCES = [
    ("2022年参保人数2亿人，比2017年增加※5400万人；试点扩大到11个省。", "2022"),
    ("2022年参保人数2亿人，比2017年增加5400万人；试点扩大到※11个省。", "2022"),
    ("产值从2012年的※8亿元增长到2021年的16亿元。", "2012"),
    ("产值从2012年的8亿元增长到2021年的※16亿元，增长1倍。", "2021"),
    ("产值从2012年的8亿元增长到2021年的16亿元，增长※1倍。", "2021"),
    ("2021年，产值是2012年的※3.4倍。", "2021"),
    ("在2012年的基础上，产值增长※5%。", "2023"),
    ("粮食产量连续6年稳定在※3亿斤以上，", "2018/2023"),
    ("粮食产量连续6年稳定在3亿斤以上，新增就业※5万人。", "2023"),
    ("编制《2025年规划》，新增就业※5万人。", "2023"),
    ("举办“2021年春季行动”，新增就业※5万人。", "2023"),
    ("落实2021年召开的会议精神，新增就业※5万人。", "2023"),
    ("产值达到5亿元（2020年不变价），新增就业※5万人。", "2023"),
    ("产值达到5亿元（截至2022年底），新增就业※5万人。", "2023"),
    ("创2016年以来新高，新增就业※5万人。", "2023"),
    ("2023年增长5%。新增就业※5万人。", "2023"),
    ("2019年增长5%。新增就业※5万人。", "2023"),
    ("产值提高。2022年增长5%。新增就业※5万人。", "2023"),
    ("2021年，上半年增长※5%。", "2021-01/2021-06"),
    ("2021年，年末贷款余额※5亿元。", "2021"),
    ("2010年以来，累计投资※5亿元。", "2010/2023"),
    ("“十五五”开局在即，新增就业※5万人。", "2023"),
]


@pytest.mark.parametrize(("text", "value", "future"), OPENINGS, ids=range(len(OPENINGS)))
def test_headings_and_openings(text, value, future):
    found = ruling(text)
    assert (found.value, found.future) == (value, future)


@pytest.mark.parametrize(("text", "value"), SENTENCES, ids=range(len(SENTENCES)))
def test_sentences(text, value):
    assert ruling("一年来，工作有了成效。\n" + text).value == value


FIRST_YEAR = {"date": "2026-01-20", "genre": "政府工作报告"}  # of a five-year plan

EXCERPTS = [
    # above the first heading the words of the sentences tell
    (
        "今年主要预期目标是：产值增长5%。\n税率按3%安排，债券※40亿元。\n三、2026年工作任务\n（一）加快发展。",
        "2026",
        True,
    ),
    ("去年完成了改造，投资增长6.2%。\n新建学校※8所。\n三、2026年工作任务\n（一）加快发展。", "2025", False),
    # a section above says it for good
    ("一、2025年工作回顾\n要看到，改造要抓好，学校※8所。\n二、2026年工作任务\n加快发展。", "2025", False),
    # a sentence or two that sound like plans at its end make no plan part
    (
        "去年产值增长6.2%。已建成学校8所，取得了新成效。累计投资3.4亿元。\n加快推动文旅融合，接待游客※11万人次。",
        "2025",
        False,
    ),
    # it begins among the goals of five years if it turns to the first of them only later
    ("要加快创新，研发投入年均增长※7%以上。\n今年是“十五五”开局之年，要抓好落实。", "2026/2030", True),
    ("要加快创新，研发投入增长※7%以上。\n要抓好落实。", "2026", True),
    # under a heading of review there are no plans until another heading
    ("一、2025年工作回顾\n要确保增产。\n加快改造，抓好落实。必须做好工作。\n新建学校※8所。", "2025", False),
    # who is addressed in its middle
    ("刚刚过去的2024年，产值增长5%。\n各位代表！要看到，新建学校※8所。", "2025", False),
    ("刚刚过去的2024年，产值增长※5%。\n各位代表！要看到，成绩来之不易。", "2024", False),
    # what is so now holds against the plans of later sentences
    (
        "小厂由三百个减少到现在的二百个，每吨成本由九元降到※八元，管理费由五元降到四元。必须抓好管理。\n要确保改造，力争办好学校。",
        "2025",
        False,
    ),
    ("要把小厂由三百个减少到※二百个。必须抓好管理。\n要确保改造，力争办好学校。", "2026", True),
    # many a review is told in bare verbs
    (
        "支持研究。加快创新。鼓励投资。中小企业已达7万多家。\n持续推进开放。提高收入，保有量突破3亿辆。支持企业。新增学校※8所。",
        "2025",
        False,
    ),
    # five years that it turns to only later don't hold for what comes before
    ("已建成学校※8所。\n“十四五”时期是攻坚克难的五年。\n这五年，产值翻番。\n这五年，投资翻番。", "2025", False),
    ("已建成学校※8所。\n各项目标实现，标志着“十四五”计划结束。这五年，产值翻番。\n五年来，投资翻番。", "2025", False),
    # what stands before it comes to the last year is of the years before
    ("已建成学校※8所，取得成效。\n刚刚过去的2025年，是收官之年。", "2021/2025", False),
    ("已建成学校※8所。\n2025年，产值增长5.2%。\n刚刚过去的一年，很不平凡。", "2025", False),
    ("刚刚过去的2025年，是收官之年，已建成学校※8所。", "2025", False),
    # what is reached in round figures may be a plan
    ("产值达到5000亿元，养殖产值达到800亿元。加快改造。\n学校达到※90所。抓好落实，要确保增产。", "2026", True),
    ("产值达到5612亿元。养殖产值达到834亿元。加快改造。\n学校达到※94所。已完成验收。", "2025", False),
    # five years that it comes back to, and changes over them, and nothing of one year
    ("已建成学校※8所。\n普及率由52%提高到61%。五年来，各县投资3.4亿元。", "2021/2025", False),
    ("已建成学校※8所。\n普及率比上年提高2个百分点，产量由52万吨提高到61万吨。五年来，各县投资3.4亿元。", "2025", False),
    ("已建成学校※8所。\n五年来，各县投资3.4亿元。", "2025", False),
    ("已建成学校※8所，这五年，产值翻番。\n这五年，投资翻番。\n这五年，收入翻番。", "2021/2025", False),
]


@pytest.mark.parametrize(("text", "value", "future"), EXCERPTS)
def test_excerpts(text, value, future):
    found = ruling(text, **FIRST_YEAR)
    assert (found.value, found.future) == (value, future)


def test_a_plan_that_runs_is_to_come():
    found = ruling("第一个五年计划的重点是工业。\n在五年内，投资※427亿元。", date="1955-07-05", genre="政府工作报告")
    assert (found.value, found.future) == ("1953/1957", True)
    found = ruling("五年新增就业※427万人。\n“十一五”规划实施过半。", date="2008-03-05", genre="政府工作报告")
    assert (found.value, found.future) == ("2003/2007", False)
    found = ruling("五年内，投资※427亿元。\n这是第一个五年计划的重点。", date="1955-07-05", genre="政府工作报告")
    assert (found.value, found.future) == ("1953/1957", True)


def test_a_government_that_reviews_its_five_years_means_these():
    text = "五年来，投资※5亿元，取得成效。\n国务院调整了第八个五年计划的指标。"
    assert ruling(text, date="1993-03-15", genre="政府工作报告").value == "1988/1992"


def test_a_span_of_years():
    found = ruling("五年来，累计投资※5亿元，城镇化率提高到60%。", date="2013-03-05", genre="政府工作报告")
    assert (found.value, found.span, found.last_year, found.start_before) == ("2008/2012", True, "2012", "2007")


def test_the_years_that_a_bare_number_means():
    text = "过去五年，工作取得成效。\n五年转移人口※800万人。"
    assert ruling(text, date="2013-03-05", genre="政府工作报告").value == "2008/2012"
    assert ruling("用好两年窗口，转移人口※800万人，取得成效。").value == "2023"


def test_year_ends_do_not_make_a_review_one_of_a_year():
    text = "企业办事时间从40天减少到4天，取得成效。减税※3亿元。{}企业超过5万家。"
    given = {"date": "2023-03-05", "genre": "政府工作报告"}
    assert ruling(text.format("去年底"), **given).value == "2018/2022"
    assert ruling(text.format("比去年多一成，"), **given).value == "2022"


def test_from_to_is_carried_on():
    found = ruling("资本充足率从2017年底的8.4%提升到2022年底的13.3%，不良贷款率由※6.1%降到0.95%。")
    assert (found.value, found.start_before) == ("2022", "2017")


def test_evidence_points_at_the_words():
    text = "一、2023年工作回顾\n产值增长5%，到2030年达到8亿元。"
    doc, timeline = read(text)
    for words, quote, rule in (("5%", "2023年", "heading"), ("8亿", "到2030年", "sentence")):
        found = timeline.at(text.index(words))
        assert doc.view[found.start : found.end] == quote
        assert found.rule == rule
    assert ruling("产值增长※5%。").rule == "default"


def test_as_much_as_last_year_is_a_comparison():
    assert ruling("一、2024年工作安排\n信贷规模与去年大体持平，物价涨幅控制在※6%以内。").value == "2024"


def test_that_time_is_the_span_told_of_before():
    text = "按照部署，第六个五年计划期间，要继续调整，为第七个五年计划期间打好基础。在这个期间，产值增长※5%。"
    assert ruling(text, date="1982-11-30").value == "1981/1985"
    text = "产值有所增长。在这个期间，产量增长※5%。"
    assert ruling(text, date="1982-11-30").value is None
    text = "1961年到1963年，我们克服了困难。\n会议指出，这一时期没有借债。借款共计※5亿元。"
    assert ruling(text, date="1964-12-21", genre="政府工作报告").value == "1964"


def test_years_in_a_row_rule_their_own_words():
    text = "五年来，甲河连续8年、乙河连续5年保持达标，考核连续7年优秀，能耗累计下降※16%。"
    assert ruling(text, date="2026-01-20").value == "2021/2025"
    text = "五年来，湖水30年来首次达标，建成水库※6座。"
    assert ruling(text, date="2026-01-20").value == "2021/2025"
    text = "30年来，建成水库※6座。"
    assert ruling(text, date="2026-01-20").value == "1996/2025"


def test_what_works_are_for_rules_nothing():
    assert ruling("2016年，部署面向2035年的重大项目，新设试验区※3个。").value == "2016"
    assert ruling("2016年，部署重大项目，到2035年新设试验区※3个。").value == "../2035"


def test_roles():
    text = "2022年产值由2012年的8亿元增长到2021年的16亿元，比2010年增长1倍，纳入《2035年规划》。"
    doc, timeline = read(text)
    assert [timeline.role(period) for period in doc.periods] == ["rules", "from", "to", "basis", "named"]


def test_the_last_report_of_a_government_reviews_its_five_years():
    text = "全市财政支出五年累计8亿元。\n新建学校※9所，取得成效。"
    assert ruling(text, date="2008-03-05", genre="政府工作报告").value == "2003/2007"
    assert ruling(text, date="2010-03-05", genre="政府工作报告").value == "2009"


def test_other_texts_have_no_default():
    assert ruling("产值增长※5%。", date="2022-09-01").value is None
    text = "这十年，成果※150项。\n站在新的起点，我们将继续奋斗。\n培育集群3个。"
    assert ruling(text, date="2022-09-01").value == "2012/2022"
    text = "这十年，成果150项。\n站在新的起点，我们将继续奋斗。\n培育集群※3个。"
    assert ruling(text, date="2022-09-01").value is None


def test_a_text_without_a_date():
    doc, timeline = read("去年增长5%，2012年增长6%。", title="无题")
    assert timeline.at(doc.view.index("5%")).value is None
    assert timeline.at(doc.view.index("6%")).value == "2012"


def test_the_plans_of_a_report_without_a_date_have_no_year():
    text = "一、过去一年的工作\n产量增长5%。\n二、今年的目标\n产量稳定在※8亿斤。"
    stated = ruling(text, genre="政府工作报告")
    assert (stated.value, stated.future) == (None, True)


def test_title_and_byline_rule_nothing():
    text = "2026年政府工作报告\n——2026年1月28日\n各位代表：\n新建学校※8所，取得成效。"
    assert ruling(text, date="2026-01-28", genre="政府工作报告").value == "2025"


def test_a_superlative_is_no_span():
    assert ruling("2023年，取得改革开放以来最好的成绩，税收增长※3%。").value == "2023"
    assert ruling("战胜了几十年来最重的旱灾，粮食增产※3%。", date="2024-01-20", genre="讲话").value is None
    assert ruling("五年来最低工资提高※3%。").value == "2019/2023"


def test_a_plan_that_is_fulfilled_rules_nothing():
    text = "记者今天获悉：水泥行业提前一年完成“十三五”计划，年产量※800万吨。"
    assert ruling(text, date="2019-12-28", genre="新闻报道").value is None


def test_the_years_before_a_stated_year():
    text = "2022年，能耗由前三年分别上升※5%、4%、3%，转为下降2%。"
    assert ruling(text, date="2023-03-05").value == "2019/2021"
    assert ruling("2022年，能耗由前三年分别上升5%、4%、3%，转为下降※2%。", date="2023-03-05").value == "2022"


def test_a_line_that_is_a_year_rules_till_the_next():
    text = "2022年\n新建公园※8个\n“丰收”在望\n种植大豆{}3万亩\n2023年\n新增床位{}900张\n"
    news = {"date": "2024-01-21", "genre": "新闻报道", "title": "数读河东"}
    assert ruling(text.format("", ""), **news).value == "2022"
    assert ruling(text.replace("※", "").format("※", ""), **news).value == "2022"
    assert ruling(text.replace("※", "").format("", "※"), **news).value == "2023"


def test_a_title_says_what_year_is_told():
    communique = {"date": "2020", "genre": "统计公报", "title": "2019年河东县国民经济和社会发展统计公报"}
    assert ruling("一、综合\n全年全县生产总值※148亿元。", **communique).value == "2019"
    assert ruling("年末常住人口※53万人。", **communique).value == "2019"
    tasks = {"date": "2012-04-20", "genre": "民生实事", "title": "2012年河东市民生实事项目"}
    found = ruling("教育方面：\n新建幼儿园※80所。", **tasks)
    assert (found.value, found.future) == ("2012", True)


def test_a_sentence_that_announces_figures():
    text = "根据对农户的抽样调查和对单位的全面统计，推算出2021年全县油料播种面积和总产量如下：\n一、面积※8万亩。"
    assert ruling(text, date="2021-12-04", genre="公告").value == "2021"


def test_the_items_of_a_list_go_on_with_what_opens_it():
    text = "十年来，我们艰苦奋斗。\n——我们坚持改革，取得成效；坚持安全，大力提高效率，绿地由※3万亩增加到5万亩。"
    found = ruling(text, date="2022-10-16", genre="报告")
    assert (found.value, found.start_before) == ("2012/2022", "2012")


def test_this_year_is_the_one_told_of():
    assert ruling("1969年，生产恢复。这一年产值达到※20亿元。", date="2011-05-25", genre="文章").value == "1969"


def test_what_was_completed_announces_no_tasks():
    text = "过去一年，我们较好地完成了会议确定的目标任务。\n——扶贫告捷。摘帽的县※6个。\n——抗旱胜利。打井9眼。"
    found = ruling(text, date="2020-01-11", genre="政府工作报告")
    assert (found.value, found.future) == ("2019", False)


def test_a_new_year_message_looks_back():
    text = "2019年的日历翻去，崭新的2020年扑面而来。回望2019，我们心潮澎湃。这一年，产值突破※22亿元。"
    found = ruling(text, date="2020-01-01", genre="新年贺词")
    assert (found.value, found.future) == ("2019", False)


def test_a_title_in_the_text_rules_nothing():
    text = "河东2005年政府工作报告一、2004年的工作2004年，是稳步发展的一年。预计产值※19亿元。"
    assert ruling(text, date="2005", genre="政府工作报告").value == "2004"


def test_a_list_behind_a_colon():
    text = "人们这样描写1949年的棉纺业：\n——棉纱产量※30万件；\n——棉布产量18亿米。"
    assert ruling(text, date="1989-10-05", genre="报道").value == "1949"


def test_a_report_in_the_news_goes_on_to_tasks():
    news = {"date": "2024-01-31", "genre": "新闻报道", "title": "河东州政府工作报告：民生实事"}
    text = "1月31日，大会开幕。\n报告明确，今年将办好“十件民生实事”。\n（一）\n新建小学※20所。\n（二）\n改造危桥{}9座。"
    found = ruling(text.format(""), **news)
    assert (found.value, found.future) == ("2024", True)
    found = ruling(text.replace("※", "").format("※"), **news)
    assert (found.value, found.future) == ("2024", True)
    done = "报告指出，过去一年完成了主要目标任务。\n（一）新建小学※20所。\n（二）改造危桥9座。"
    assert not ruling(done, **news).future


@pytest.mark.parametrize(("cue", "pattern"), cues(), ids=[cue.name for cue, _ in cues()])
def test_cues(cue, pattern):
    assert all(pattern.search(hit) for hit in cue.hits)
    assert not any(pattern.search(miss) for miss in cue.misses)


_PIECES = st.sampled_from(
    re.findall(
        "[^ ]+|  ",
        "一、 2021年 五年来 ， 。 （ ） 《 “ ” 由 到 提高到 的 8亿元 比 要 了 连续三年 五年 上半年 到2030年 "
        "各位代表！ 回顾 目标 同期 今年 \n",
    )
)


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(), st.sampled_from(["2024-01-20", "2022-09", "1955"]))
def test_any_text(text, date):
    doc, timeline = read(text, date=date, genre="政府工作报告")
    for offset in range(0, len(doc.view), 3):
        found = timeline.at(offset)
        assert 0 <= found.start <= found.end <= len(doc.view)
        assert not found.span or found.start_before
        assert not (found.first and found.last) or found.first <= found.last
    for period in doc.periods:
        assert timeline.role(period) in ("rules", "from", "to", "basis", "named")


def test_rulings_have_days():
    found = ruling("2021年，上半年增长※5%。")
    assert (found.first, found.last) == (datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))


@pytest.mark.parametrize("module", ["pipeline.timeline", "pipeline.periods"])
def test_worked_examples(module):
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed


def test_the_second_subject_of_a_title_rules_where_the_text_comes_to_it():
    title, report = "关于生产的恢复和一九八〇年的工作安排\n", {"date": "1980-06-20", "genre": "政府工作报告"}
    review = "工业打了翻身仗。产量增长{}5%。\n问题也很多。停工的企业有{}9家。\n"
    plans = "今年要集中力量调整。\n要节约用电。节约{}5亿度。"
    told = [(1979, False), (1979, False), (1980, True)]
    for nth, (year, future) in enumerate(told):
        marks = ["※" if i == nth else "" for i in range(3)]
        now = ruling((title + review + plans).format(*marks), **report)
        assert (now.value, now.future) == (str(year), future)
    assert ruling("关于一九八〇年的工作安排\n产量增长※5%。", **report).value == "1980"


def test_items_that_tell_outcomes_are_no_list_of_tasks():
    opening = "2025年很不平凡。全省上下落实决策部署，规划主要任务如期收官，生产总值增长5.1%。\n"
    parts = [
        "一、产业转型迈出坚实步伐。材料产值达{}680亿元，28个重大项目建成投产，收入增长19.5%，比上年多30亿元。\n",
        "二、文旅融合亮点纷呈。接待游客增长28%，累计举办赛事300场，总花费比上年增长9.6%。\n",
        "三、城乡面貌持续改善。高速公路通车里程达9210公里，建成示范点200个，收入增长6.3%。\n",
    ]
    report = {"date": "2026-01-27", "genre": "政府工作报告"}
    told = ruling(opening + "".join(parts).format("※"), **report)
    assert (told.value, told.future) == ("2025", False)
    assert ruling(
        "今年将完成好十件实事。\n一、新建学校※8所。\n二、改造管网30公里。\n三、培训2万人次。\n", **report
    ).future


def test_years_summed_up_in_a_review_are_over():
    report = {"date": "2026-01-20", "genre": "政府工作报告"}
    text = "2025年，森林面积扩大。能耗五年累计下降※15%。\n今年是“十五五”开局之年，产值要增长5%。"
    found = ruling(text, **report)
    assert (found.value, found.future) == ("2021/2025", False)


def test_what_was_spent_is_what_is_cut_from():
    found = ruling("今年的开支要节约。行政经费按上年实际支出压缩※5%。", date="1990-03-20", genre="政府工作报告")
    assert found.value == "1990"
