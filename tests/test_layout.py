"""What of a plain text belongs to the page around it, and that extraction passes over it."""

import pytest
from hypothesis import given

from pipeline.document import Document
from pipeline.layout import find_passages, rule_for, rules
from pipeline.stages import process, select
from tests.test_contract import TEXTS

RULES = rules()
PROSE = "过去的一年，全市上下团结一心，新增就业3万人，各项事业取得了新的进步，人民生活得到了新的改善。"
PAGE = (
    "下载\n打印\n【字号：\n大\n中\n小\n】\n首页\n>\n政务\n>\n要闻\n"
    "新春贺词\n（2024年2月8日）\n来源：某日报\n2024-02-09 08:00:00\n"
    f"{PROSE}\n市长某某作报告。本报记者 张三 摄\n{PROSE}\n"
    f"{PROSE}\n{PROSE}\n{PROSE}\n{PROSE}\n（来源：某日报）\n编辑：李四\n相关报道：\n热议报告\n"
)


@pytest.mark.parametrize("name", RULES)
def test_the_rules_hit_and_miss_what_they_say(name: str) -> None:
    rule = RULES[name]
    for hit in rule.hits:
        found = rule_for(hit, rule.where)
        assert found is not None, hit
        assert found.kind == rule.kind, hit
    for miss in rule.misses:
        assert rule_for(miss, rule.where) is None, miss


def test_a_page_around_a_text_is_marked() -> None:
    marked = {PAGE[p.start : p.end]: p.kind for p in find_passages(PAGE)}
    assert marked == {
        **dict.fromkeys(("下载", "打印", "【字号：", "大", "中", "小", "】", "首页", ">", "政务", "要闻"), "chrome"),
        **dict.fromkeys(("来源：某日报", "（来源：某日报）"), "credit"),
        **dict.fromkeys(("2024-02-09 08:00:00", "编辑：李四"), "byline"),
        "市长某某作报告。本报记者 张三 摄": "caption",
        **dict.fromkeys(("相关报道：", "热议报告"), "chrome"),
    }


def test_the_same_lines_in_the_middle_of_a_text_are_the_text_s() -> None:
    text = f"{PROSE}\n大\n中\n小\n时间：2024年\n{PROSE}\n"
    assert list(find_passages(text)) == []


def test_extraction_passes_over_it_and_offsets_stay() -> None:
    doc = process(Document(PAGE), select(["sentences", "metadata"]))
    shown = [doc.text[s.start : s.end] for s in doc.sentences]
    assert shown[:4] == ["新春贺词", "（2024年2月8日）", "来源：某日报", PROSE]
    assert not any(word in "".join(shown) for word in ("打印", "字号", "首页", "编辑", "热议"))
    assert doc.metadata.title == "新春贺词"
    assert doc.metadata.date == "2024-02-08"
    assert doc.metadata.published == "2024-02-09"


def test_a_sentence_that_a_page_number_breaks_is_whole() -> None:
    text = (
        "过去的一年很不平凡。全市上下团结一心，深入推进各项工作，全年新增城镇\n"
        "— 12 —\n就业3万人，居民收入增长6%，各项工作都取得了新的成绩。\n"
    )
    doc = process(Document(text), select(["sentences"]))
    assert len(doc.sentences) == 2
    assert "城镇就业3万人" in doc.view


@given(TEXTS)
def test_passages_are_in_order_and_within_lines(text: str) -> None:
    done = 0
    for passage in find_passages(text):
        assert done <= passage.start < passage.end <= len(text)
        assert "\n" not in text[passage.start : passage.end]
        done = passage.end
