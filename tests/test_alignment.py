"""Which line breaks are inside a sentence, and what is left out of the view."""

import pytest

from pipeline.alignment import align


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("公路里程达到38\n多万公里，增长2%。", "公路里程达到38多万公里，增长2%。"),
        (
            "实施积极的政策。新增\n\u200b\n产值比去年多3亿元，突出重点。",
            "实施积极的政策。新增产值比去年多3亿元，突出重点。",
        ),
        ("进出口值为74.4\n\u200b\n万亿元，增长2%。", "进出口值为74.4万亿元，增长2%。"),
        (
            "交通更加便捷。新建\n轻轨\n通车里程90公里，新建改建\n农村道路\n1200公里。",
            "交通更加便捷。新建轻轨通车里程90公里，新建改建农村道路1200公里。",
        ),
        ("过去一年成绩不小。推动\n某某合作协定\n（某某）生效，贸易更畅。", None),
    ],
)
def test_breaks_inside_a_sentence_are_left_out(text, view):
    assert align(text)[0] == (view or text.replace("\n", ""))


def test_spaces_that_a_page_has_left_in_words_are_left_out():
    text = "全年新 增 A 股上市公司3家，总数居全区第 五，打响“山水河东 天下粮仓”品牌，"
    text += "各项指标好于预期，群众更加满意，实现了年初的目标。"
    assert align(text)[0] == text.replace("新 增 A 股", "新增A股").replace("第 五", "第五")
    row = "指标 单位 总量 增幅\n产值 亿元 总量 增长"
    assert align(row)[0] == row


@pytest.mark.parametrize(
    "text",
    [
        "各项任务圆满完成。\n二、主要任务\n今年要抓好粮食生产，确保丰收。",
        "各项任务圆满完成。谢谢大家\n附件\n",
        "产业振兴\n乡村建设\n今年新建村道，改造厕所。",
        "一年来成绩不小。各位代表\n一、去年工作\n全年粮食丰收，农民增收。",
    ],
)
def test_headings_and_paragraphs_stay_apart(text):
    assert align(text)[0] == text


def test_a_long_paragraph_in_short_lines_is_one():
    sentence = "全市粮食产量稳步提高，\n农民收入继续增加，农村\n面貌有了新的变化。"
    text = "一年来，全市上下共同努力，各项工作都取得了进展。" + sentence * 300
    assert align(text)[0] == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("推进“两区“建设，落实“三网“工作。", "推进“两区”建设，落实“三网”工作。"),
        ("推进”两区”建设，落实“三网”工作。", "推进“两区”建设，落实“三网”工作。"),
        ("推进”两区“建设。", "推进“两区”建设。"),
        ("推进‘两区’建设，『三网』融合。", "推进“两区”建设，“三网”融合。"),
        ("推进″两区″建设，〝三网〞融合。", "推进“两区”建设，“三网”融合。"),
    ],
)
def test_quotation_marks_pair(text, view):
    assert align(text)[0] == view


@pytest.mark.parametrize(
    "text",
    [
        "他说：“要坚持“两个维护”，要落实“四个自信”。”",
        "他说：“要把‘好’字放在前头。”",
        "他说：“今年要丰收。\n　　“明年也要丰收。”",
        "推进“甲、乙、\n丙”“丁”建设。",
        "要丰收。”他的话和“三网”一样。",
    ],
)
def test_quotation_marks_inside_others_stay(text):
    assert align(text)[0].replace("\n", "") == text.replace("\n", "")
