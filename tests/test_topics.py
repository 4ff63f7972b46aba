"""Topics."""

import json
import math
import sys

import pytest

from pipeline.aside import Aside
from pipeline.document import Document, Metadata
from pipeline.errors import SettingsError
from pipeline.stages import process, select
from pipeline.terms import count_terms
from pipeline.topics import LEAST_PARAGRAPHS, NEAR, TOPIC_SENTENCES, TOPIC_TERMS, load, topics

THEMES = {
    "草原": ["草原", "牧民", "羊群", "绿洲", "沙地", "森林", "防护林", "水土", "候鸟", "苗木", "林场", "草种"],
    "港口": ["港口", "航线", "集装箱", "船舶", "码头", "海关", "货轮", "泊位", "班列", "口岸", "渔港", "堆场"],
    "学校": ["学校", "教师", "学生", "课堂", "教材", "校舍", "大学", "幼儿园", "职业教育", "操场", "课程", "奖学金"],
    "医院": ["医院", "医生", "病床", "药品", "疫苗", "诊所", "中医", "医保", "救护车", "护士", "手术", "门诊"],
    "工厂": ["工厂", "机床", "钢材", "芯片", "机器人", "车间", "锅炉", "轴承", "模具", "焊接", "铸件", "电池"],
}


def corpus(repeats=25):
    """Return two documents in whose paragraphs the words of one theme stand together."""
    for half in range(2):
        paragraphs = []
        for n in range(half, repeats, 2):
            for words in THEMES.values():
                chosen = [words[(n * step + 3 * step * step) % len(words)] for step in range(1, 8)]
                paragraphs.append(f"今年要把{'、'.join(chosen)}放在第{n + 1}位来抓。")
        text = "\n".join(paragraphs)
        yield process(Document(text, doc_id=f"half-{half}"), select(["tokens"], skip=["entities", "claims", "slogans"]))


def topics_of(*docs, method="nmf"):
    return topics(docs, count_terms(docs), method)


@pytest.fixture(scope="module")
def result():
    return topics_of(*corpus())


def test_words_that_stand_together_are_one_topic(result):
    assert len(result["topics"]) == len(THEMES)
    for topic in result["topics"]:
        found = {entry["term"] for entry in topic["terms"]}
        assert any(found <= set(words) for words in THEMES.values()), found


def test_figures(result):
    topics = result["topics"]
    assert [topic["id"] for topic in topics] == [1, 2, 3, 4, 5]
    assert all(topic["years"] == {} for topic in topics), "the texts have no date"
    assert math.isclose(sum(topic["share"] for topic in topics), 1, abs_tol=0.001)
    for doc_id in ("half-0", "half-1"):
        assert math.isclose(sum(topic["documents"][doc_id] for topic in topics), 1, abs_tol=0.001)
    for topic in topics:
        assert len(topic["terms"]) == TOPIC_TERMS
        assert -1 <= topic["coherence"] <= 1
    assert result["sizes"][0]["topics"] == 5
    json.dumps(result)


def test_typical_sentences_are_of_the_topic_and_slice_back(result):
    texts = {doc.doc_id: doc.text for doc in corpus()}
    for topic in result["topics"]:
        assert len(topic["sentences"]) == TOPIC_SENTENCES
        assert len({sentence["doc_id"] for sentence in topic["sentences"]}) == 2, "of different documents first"
        for sentence in topic["sentences"]:
            assert texts[sentence["doc_id"]][sentence["start"] : sentence["end"]] == sentence["quote"]
            assert any(entry["term"] in sentence["quote"] for entry in topic["terms"])


def test_the_same_corpus_gives_the_same_topics(result):
    assert topics_of(*corpus()) == result


def test_coherence_and_then_stability_choose_the_size(result):
    best = max(size["coherence"] for size in result["sizes"])
    near = [size for size in result["sizes"] if size["coherence"] >= best - NEAR]
    assert all((size["stability"] is not None) == (size in near) for size in result["sizes"])
    assert all(0 <= size["stability"] <= 1 for size in near)
    taken = max(near, key=lambda size: (size["stability"], -size["topics"]))
    assert taken["topics"] == len(result["topics"])


def test_the_share_of_a_year_is_that_of_its_documents(result):
    docs = list(corpus())
    for doc, year in zip(docs, ("2021", "2023"), strict=True):
        doc.metadata = Metadata(date=year)
    for topic, undated in zip(topics_of(*docs)["topics"], result["topics"], strict=True):
        assert topic["documents"] == undated["documents"]
        assert topic["years"] == {"2021": topic["documents"]["half-0"], "2023": topic["documents"]["half-1"]}


def test_lda_finds_them_too():
    found = topics_of(*corpus(), method="lda")
    assert found["method"] == "lda"
    assert math.isclose(sum(topic["share"] for topic in found["topics"]), 1, abs_tol=0.001)
    with pytest.raises(SettingsError, match="nmf or lda, not by 'lsa'"):
        topics_of(method="lsa")


def test_a_small_corpus_gives_none_and_says_why():
    found = topics_of(*corpus(repeats=4))
    assert found["topics"] == []
    assert found["reason"] == {
        "code": "too_few_paragraphs",
        "paragraphs": found["paragraphs"],
        "needed": LEAST_PARAGRAPHS,
    }


def test_no_documents_at_all():
    assert topics_of()["reason"]["paragraphs"] == 0


def test_a_paragraph_in_several_documents_counts_once():
    doc = next(corpus())
    copies = []
    for doc_id in ("a", "b"):
        copy = Document(doc.text, doc_id=doc_id)
        copy.slogans = copy.entities = ()
        copy.sentences, copy.tokens = doc.sentences, doc.tokens
        copies.append(copy)
    assert topics_of(*copies)["paragraphs"] == topics_of(copies[0])["paragraphs"]


def test_recurring_terms_are_needed():
    text = "\n".join(f"草原、沙地、森林、港口、学校和{n}号。" for n in range(120))
    doc = process(Document(text), select(["tokens"], skip=["entities", "claims", "slogans"]))
    assert topics_of(doc)["reason"]["code"] == "too_few_terms"


def has_loaded(library: str) -> bool:
    return library in sys.modules


def test_the_libraries_are_loaded_before_there_is_anything_to_find() -> None:
    with Aside(apart=True) as aside:
        before = aside(has_loaded, "sklearn.decomposition")
        aside(load)
        assert (before(), aside(has_loaded, "sklearn.decomposition")()) == (False, True)
