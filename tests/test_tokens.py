"""Words: jieba's, cut along records and numerals."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment import Alignment
from pipeline.document import Document, Entity, Slogan
from pipeline.quantities import Quantities
from pipeline.sentences import Sentences
from pipeline.stages import process
from pipeline.tokens import PythonSegmenter, RustSegmenter, Tokens, segmenter, unknown_pos

SENTENCES = [
    "全市上下砥砺前行，地区生产总值突破一千亿元，增长8.5%左右。",
    "1-5月，规模以上工业增加值同比增长6.1%；6－8月回落0.3个百分点。",
    "PM2.5平均浓度为28微克/立方米，C919大型客机投入运营。",
    "建成“一窗通办、一网通管”平台，办件量达1126万件。",
    "坚持稳中求进工作总基调，加快发展新质生产力，扎实推动高质量发展。",
    "新建（改建）农村公路3×120公里，惠及二〇二四年脱贫人口12.7万人次。",
    "推进A-B级园区及T3航站楼建设，GDP增速居全省第2位。",
    "让老百姓的腰包鼓起来、笑容多起来、日子红火起来。",
]


def document(text, slogans=(), entities=()):
    """Return `text` with records of the given wordings, `entities` as pairs of wording and type."""
    doc = Document(text)
    process(doc, (Alignment(), Sentences(), Quantities()))
    fields = {"rule": "test", "confidence": 0.5}

    def spans(wording):
        start = doc.view.index(wording)
        return start, start + len(wording)

    doc.slogans = tuple(doc.record(Slogan, *spans(w), type=kind, canonical=w, **fields) for w, kind in slogans)
    doc.entities = tuple(doc.record(Entity, *spans(w), type=kind, canonical=w, **fields) for w, kind in entities)
    return process(doc, (Tokens(),))


def words(doc):
    return [doc.text[token.start : token.end] for token in doc.tokens]


def tagged(doc):
    return [f"{doc.text[token.start : token.end]}/{token.pos}" for token in doc.tokens]


@pytest.fixture(scope="module")
def both():
    return RustSegmenter(), PythonSegmenter()


class TestSegmenters:
    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_both_editions_cut_alike(self, both, sentence):
        rust, python = ([word for word, _ in edition.tag(sentence)] for edition in both)
        assert rust == python

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_both_editions_tag_words_of_the_dictionary_alike(self, both, sentence):
        rust, python = (dict(edition.tag(sentence)) for edition in both)
        assert {w: rust[w] for w, pos in python.items() if pos != "x"} == {w: p for w, p in python.items() if p != "x"}

    def test_both_editions_cut_numbers_marks_and_rare_characters_alike(self, both):
        draw = random.Random(20240208)
        pieces = ["1-5", "2.5", "10_000", "A-b.c", "%", "PM2.5", "~", "㑇𠮷", "、", "亿元", "经济", "发展", "×"]
        for _ in range(2000):
            text = "".join(draw.choice(pieces) for _ in range(6))
            rust, python = ([word for word, _ in edition.tag(text)] for edition in both)
            assert rust == python, text

    def test_words_join_to_the_text(self, both):
        text = "a\u3000b\n𠮷野家１２３　Ⅱ类㎡\u200b完"
        for edition in both:
            assert "".join(word for word, _ in edition.tag(text)) == text

    def test_the_python_edition_takes_over(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "rjieba", None)
        assert segmenter.__wrapped__().name.startswith("jieba ")

    @pytest.mark.parametrize(
        ("word", "pos"),
        [("12", "m"), ("3.5", "m"), ("8.5%", "m"), ("C919", "eng"), ("GDP", "eng"), ("云链", "x"), ("-", "x")],
    )
    def test_words_without_dictionary(self, word, pos):
        assert unknown_pos(word) == pos


class TestEdges:
    def test_a_numeral_is_one_word_and_its_unit_another(self):
        assert tagged(document("发电量达1126万亿千瓦时。"))[-3:] == ["1126万亿/m", "千瓦时/q", "。/x"]

    def test_percent_stays_with_its_numeral(self):
        assert "8.5%/m" in tagged(document("财政收入增长8.5％。".replace("％", "%")))

    @pytest.mark.parametrize(
        ("wording", "kind", "pos"),
        [
            ("云岭市", "place", "ns"),
            ("云岭市文旅局", "org", "nt"),
            ("白杉集团", "company", "nt"),
            ("河长制", "policy", "nz"),
        ],
    )
    def test_a_short_name_is_one_word(self, wording, kind, pos):
        assert f"{wording}/{pos}" in tagged(document(f"会议听取了{wording}的介绍。", entities=[(wording, kind)]))

    def test_a_long_name_is_cut_into_words_at_its_edges(self):
        name = "云岭市城乡融合发展先行示范区建设行动计划"
        found = words(document(f"印发{name}全文", entities=[(name, "plan")]))
        assert name not in found
        assert found[0] == "印发" and found[-1] == "全文"
        assert "".join(found) == f"印发{name}全文"

    def test_a_name_with_marks_inside_is_cut(self):
        found = words(document("发布《云岭纲要》。", entities=[("《云岭纲要》", "document")]))
        assert found[1] == "《" and found[-2] == "》"

    def test_slogans(self):
        slogans = [("2468", "numeral_code"), ("五大赛道", "numeral_phrase"), ("以人民为中心", "formula")]
        doc = document("落实“2468”部署，做强五大赛道，坚持以人民为中心。", slogans=slogans)
        assert "2468/nz" in tagged(doc) and "五大赛道/nz" in tagged(doc)
        assert "以人民为中心" not in words(doc)

    def test_an_inner_record_keeps_its_edges(self):
        doc = document("守护云岭蓝。", slogans=[("云岭蓝", "coinage")], entities=[("云岭", "place")])
        assert words(doc) == ["守护", "云岭", "蓝", "。"]

    def test_crossing_records_keep_theirs(self):
        crossing = [("北方能源金三角", "place"), ("金三角合作区", "project")]
        doc = document("打造北方能源金三角合作区样板。", entities=crossing)
        edges = {edge for token in doc.tokens for edge in (token.start, token.end)}
        assert {edge for e in doc.entities for edge in (e.start, e.end)} <= edges

    def test_a_word_goes_on_over_a_line_break(self):
        doc = document("这一年成绩来之不易。我们始终坚持稳中求进、以进促稳，全面推动高质\n量发展，人民生活更加美好。")
        assert "高质\n量" in words(doc)

    def test_white_space_is_no_word(self):
        assert not any(word.isspace() for word in words(document("第一段。　　第二段  完。\n")))


CHARACTERS = st.sampled_from("一二万亿元％%0123456789.．－-“”（）、，。\n\u3000 年增长高质量发展A")


@given(st.text(alphabet=st.one_of(CHARACTERS, st.characters(codec="utf-8")), max_size=60))
def test_any_text(text):
    doc = document(text)
    previous = 0
    for token in doc.tokens:
        assert previous <= token.start < token.end <= len(text)
        previous = token.end
    inside = "".join(text[s.start : s.end] for s in doc.sentences)
    missing = set(inside) - set("".join(words(doc)))
    assert all(c.isspace() or c in "\u200b\u200c\u200d\u2060\ufeff\u00ad" for c in missing)
