"""What every component keeps to, held against all of them at once."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.analyses import analyse
from pipeline.document import Document, Metadata
from pipeline.report import Report
from pipeline.stages import Stage, process, select, stages
from pipeline.writing import RECORD_KINDS
from tests.conftest import CORPUS, ROOT

STAGES = pytest.mark.parametrize("stage", stages(), ids=[stage.name for stage in stages()])
GIVEN = Metadata(date="2024-02-08", region="山西省大同市", issuer="大同市人民政府")

#: What government texts are made of, and what breaks readers of them.
FRAGMENTS = (
    "2023年", "去年", "今年上半年", "“十四五”期间", "到2025年末", "一季度", "过去五年", "（2024年2月8日）",
    "地区生产总值", "城镇新增就业", "粮食产量", "空气质量优良天数占比", "第三产业增加值", "三次产业结构",
    "增长", "比上年", "分别", "由", "提高到", "提高", "达到", "超过", "约", "力争", "占", "翻一番", "位居全国",
    "排名第", "6.1%", "８．５％", "百分之五", "五成以上", "3万人", "1871.8亿元", "300亿到500亿", "6%－6.5%",
    "2×100万千瓦", "两千三百", "1.2万亿", "十五里", "几十", "上千家", "11.8∶48.3", "零", "一半", "三分之一",
    "-3", "1,000", "个百分点", "亿", "万", "四大赛道", "“15886”", "一带两屏六区多廊", "“生态+”", "以人民为中心",
    "1+9", "三农", "“双减”", "大同市", "省委", "市文旅局", "京津冀", "《中国制造2025》", "中关村科技园",
    "市委十六届六次全会", "张占兵", "中韩、中澳自贸协定", "，", "。", "、", "；", "：", "！", "“", "”", "（",
    "）", "《", "》", "\n", "　　", "\n\n", "PM\n2.5\n", "一是", "二是", "\ufeff", "\u200b", "𠮷", "é", "👍",
    "…", "——", "\u00a0", " ", "\t", "A", "0", ".", "%", "×",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=30).map("".join)
PATIENT = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def state(doc: Document) -> dict[str, Any]:
    return {stage.assigns: getattr(doc, stage.assigns) for stage in stages()}


def check_offsets(doc: Document) -> None:
    """Every span that leaves the pipeline slices back to its quote and lies in its sentence's paragraph or text."""
    for sentence in doc.sentences:
        assert 0 <= sentence.start < sentence.end <= len(doc.text)
        assert doc.text[sentence.start : sentence.end].strip() == doc.text[sentence.start : sentence.end]
    for before, after in zip(doc.sentences, doc.sentences[1:], strict=False):
        assert before.end <= after.start
        assert (before.id + 1, before.paragraph) <= (after.id, after.paragraph)
    for found in (*doc.quantities, *doc.periods):
        assert doc.view[found.start : found.end] == found.quote != ""
    for kind in RECORD_KINDS:
        records = getattr(doc, kind)
        for record in records:
            assert doc.text[record.start : record.end] == record.quote != ""
            assert record.doc_id == doc.doc_id
            assert 0 <= record.confidence <= 1
            assert any((s.start, s.end) == (record.sentence.start, record.sentence.end) for s in doc.sentences)
            for part in (*record.evidence, *getattr(record, "members", ())):
                assert doc.text[part.start : part.end] == part.quote != ""
        assert len({record.id for record in records}) == len(records)
        assert [(r.start, r.end) for r in records] == sorted((r.start, r.end) for r in records)
    for before, after in zip(doc.tokens, doc.tokens[1:], strict=False):
        assert before.end <= after.start
    for token in doc.tokens:
        assert 0 <= token.start < token.end <= len(doc.text)
        assert token.pos


@STAGES
def test_it_is_documented(stage: Stage) -> None:
    assert re.fullmatch("[a-z]+", stage.name)
    assert len(stage.description) > 10
    assert "being written" not in stage.description
    assert type(stage).__doc__
    assert type(stage).find.__doc__


def test_names_and_what_is_assigned_are_unique() -> None:
    assert len({stage.name for stage in stages()}) == len({stage.assigns for stage in stages()}) == len(stages())


@STAGES
def test_it_requires_what_stages_before_it_assign(stage: Stage) -> None:
    before = stages()[: stages().index(stage)]
    assert set(stage.requires) <= {"text"} | {earlier.assigns for earlier in before}


@STAGES
def test_it_finds_something_in_its_example(stage: Stage) -> None:
    doc = Document(stage.example)
    untouched = getattr(doc, stage.assigns)
    process(doc, select([stage.name]))
    assert getattr(doc, stage.assigns) != untouched
    check_offsets(doc)


@STAGES
def test_it_changes_nothing_itself(stage: Stage) -> None:
    doc = Document(stage.example, given=GIVEN)
    chosen = select([stage.name])
    process(doc, chosen[:-1])
    before = state(doc)
    found = stage.find(doc)
    if not isinstance(found, (str, Metadata)):
        tuple(found)
    assert state(doc) == before
    assert doc.text == stage.example


@STAGES
def test_it_says_the_same_twice(stage: Stage) -> None:
    chosen = select([stage.name])
    first, second = (process(Document(stage.example, given=GIVEN), chosen) for _ in range(2))
    assert state(first) == state(second)


def test_no_result_depends_on_the_order_of_sets(tmp_path: Path) -> None:
    """A process draws its own hash seed; two must find the same."""
    path = tmp_path / "all.txt"
    corpus = [file.read_text("utf-8") for file in sorted(CORPUS.glob("*/*.txt"))]
    path.write_text("\n".join([*corpus, "沱江科学城首开区开工。", *(stage.example for stage in stages())]), "utf-8")
    command = [sys.executable, "-m", "cli", "show", str(path), "--json"]
    found = {
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


@PATIENT
@given(TEXTS)
@example("《\n五成以上")
def test_all_survive_any_text_and_offsets_slice_back(text: str) -> None:
    doc = process(Document(text, given=GIVEN))
    assert doc.text == text
    assert doc.given == GIVEN
    check_offsets(doc)


@settings(PATIENT, max_examples=50)
@given(TEXTS)
def test_all_survive_a_text_of_which_nothing_is_known(text: str) -> None:
    check_offsets(process(Document(text)))


@pytest.mark.parametrize("text", ["", " ", "\n", "　　", "。", "“", "1", "亿", "%", "\ufeff", "𠮷"])
def test_next_to_nothing_is_a_text_too(text: str) -> None:
    check_offsets(process(Document(text)))


@settings(PATIENT, max_examples=20)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_corpus_components_survive_any_texts(texts: list[str]) -> None:
    docs = [process(Document(text, doc_id=str(i), source=f"{i}.txt", given=GIVEN)) for i, text in enumerate(texts)]
    results = []
    for _ in range(2):
        found = analyse(docs)
        report = Report(docs, found, "0", "zh")
        forms = (report.html(), report.markdown(), report.workbook(), report.json())
        results.append((msgspec.json.encode((found.keywords, found.topics)), *forms))
    assert results[0] == results[1]
