"""Terms and keywords."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import terms
from pipeline.document import Document, Entity, Metadata, Slogan
from pipeline.errors import DataError
from pipeline.keywords import CORPUS_TERMS, DOCUMENT_TERMS
from pipeline.keywords import keywords as corpus_keywords
from pipeline.stages import process, select
from pipeline.terms import sentence_runs, stopwords

FORESTS = (
    "全县完成造林绿化三万亩。防风固沙林带向北延伸，草原生态修复稳步推进。防风固沙林带护住了草原，也护住了牧民的生活。"
    "国家草原公园开园，草原生态修复经验在全省推广。"
)
HARBOURS = (
    "港口吞吐量再创新高。集装箱航线新开通六条，智慧港口建设走在前列。集装箱航线连接四大洲，海铁联运班列常态化开行。"
    "智慧港口建设带动海铁联运班列增长，港口功能更加完善。"
)


def document(text, doc_id="text", region=None, slogans=(), entities=()):
    doc = process(Document(text, doc_id=doc_id, given=Metadata(region=region)), select(["sentences"]))
    doc.quantities = ()
    for attribute, kind, found in (("slogans", Slogan, slogans), ("entities", Entity, entities)):
        records = []
        for wording, type_, canonical in found:
            start = doc.view.index(wording)
            span = (start, start + len(wording))
            records.append(doc.record(kind, *span, type=type_, canonical=canonical, rule="test", confidence=0.5))
        setattr(doc, attribute, tuple(records))
    tokens = next(stage for stage in select(["tokens"]) if stage.name == "tokens")
    return process(doc, (tokens,))


def keywords(*docs):
    return corpus_keywords(terms.count_terms(docs))


def weights(entries):
    return {entry["term"]: entry["weight"] for entry in entries}


def texts(runs):
    return [[unit.text for unit in run] for run in runs]


class TestRuns:
    def test_function_words_marks_and_verbs_of_form_end_a_run(self):
        (runs,) = sentence_runs(document("草原的生态、沙地和森林"))
        assert texts(runs) == [["草原"], ["生态"], ["沙地"], ["森林"]]

    def test_a_name_is_a_run_of_its_own_under_its_canonical_form(self):
        doc = document("县文旅局保护草原生态", entities=[("县文旅局", "org", "云岭县文化和旅游局")])
        (runs,) = sentence_runs(doc)
        assert texts(runs)[0] == ["云岭县文化和旅游局"]
        assert runs[0][0].kind == "entity"
        assert "文旅局" not in str(texts(runs))

    def test_a_name_inside_a_name_counts_too_and_no_word_counts_twice(self):
        doc = document(
            "让云岭蓝成为底色",
            slogans=[("云岭蓝", "coinage", "云岭蓝")],
            entities=[("云岭", "place", "云岭县")],
        )
        (runs,) = sentence_runs(doc)
        assert texts(runs)[:2] == [["云岭县"], ["云岭蓝"]] or texts(runs)[:2] == [["云岭蓝"], ["云岭县"]]
        assert "蓝" not in [unit for run in texts(runs) for unit in run]

    @pytest.mark.parametrize(("wording", "canonical"), [("云岭", "云岭县"), ("中国", "中国")])
    def test_the_own_region_is_no_term(self, wording, canonical):
        doc = document(f"{wording}草原", region="某省云岭县", entities=[(wording, "place", canonical)])
        assert texts(run for runs in sentence_runs(doc) for run in runs) == [["草原"]]

    def test_one_list_of_runs_for_each_sentence(self):
        doc = document("草原辽阔。港口繁忙！\n第三段的森林")
        assert len(list(sentence_runs(doc))) == len(doc.sentences) == 3


def phrases(counted):
    return {
        counted.terms[number]
        for number, n in enumerate(counted.totals.tolist())
        if n and counted.kinds[number] == "phrase"
    }


class TestPhrases:
    def test_what_recurs_and_holds_together_is_a_phrase(self):
        found = phrases(terms.count_terms([document(FORESTS)]))
        assert "草原生态修复" in found
        assert "草原生态" not in found, "a fragment of the longer phrase"

    def test_nothing_that_stands_there_once(self):
        assert terms.count_terms([document("草原生态修复。集装箱航线。")]).phrases == 0

    def test_nothing_that_a_mark_parts(self):
        assert "草原生态修复" not in phrases(terms.count_terms([document("草原、生态、修复。" * 3)]))

    @pytest.mark.parametrize("texts", [[], [""], ["。"]])
    def test_no_runs_no_phrases(self, texts):
        counted = terms.count_terms([document(text) for text in texts])
        assert (counted.terms, counted.phrases, counted.words) == ([], 0, 0)
        assert corpus_keywords(counted)["corpus"] == []


class TestCounts:
    def test_sentences_documents_and_both_together(self):
        counted = terms.count_terms([document("草原的沙地。草原。", "a"), document("沙地的港口。", "b")])
        words = [
            [[counted.terms[n] for n in sentence] for sentence in found.sentences]
            for found in counted.documents.values()
        ]
        assert words == [[["草原", "沙地"], ["草原"]], [["沙地", "港口"]]]
        number = counted.numbers
        assert counted.by_document(number["草原"]).tolist() == [2, 0]
        assert counted.by_document(number["沙地"]).tolist() == [1, 1]
        assert counted.totals[number["沙地"]] == 2
        assert counted.sizes == {"a": 3, "b": 2}
        assert counted.together(["a", "b"]).sentences == [
            [number[word] for word in sentence] for found in words for sentence in found
        ]

    def test_once_a_name_always_a_name(self):
        doc = document("草原公园。保护草原公园。", entities=[("草原公园", "project", "草原")])
        counted = terms.count_terms([doc, document("草原。", "other")])
        assert counted.kinds[counted.numbers["草原"]] == "entity"


class TestKeywords:
    def test_a_document_s_own_terms_come_first(self):
        found = keywords(document(FORESTS, "forests"), document(HARBOURS, "harbours"))
        assert "草原生态修复" in list(weights(found["documents"]["forests"]))[:3]
        assert "智慧港口建设" in weights(found["documents"]["harbours"])
        assert "港口" not in weights(found["documents"]["forests"])

    def test_what_every_document_says_weighs_less(self):
        common = "乡村旅游。"
        found = keywords(document(common + "草原牧歌。", "a"), document(common + "渔港晚唱。", "b"))
        of_a = weights(found["documents"]["a"])
        assert of_a["牧歌"] > next(weight for term, weight in of_a.items() if "旅游" in term)

    def test_weights_are_tf_idf_of_unit_length(self):
        doc = document("草原草原。沙地。", "one")
        found = keywords(doc)["documents"]["one"]
        assert {entry["term"]: (entry["count"], entry["weight"]) for entry in found} == {
            "草原": (2, 0.8944),
            "沙地": (1, 0.4472),
        }

    def test_kinds(self):
        doc = document(
            FORESTS + "抓好五大赛道。",
            slogans=[("五大赛道", "numeral_phrase", "五大赛道")],
            entities=[("国家草原公园", "project", "国家草原公园")],
        )
        kinds = {entry["term"]: entry["kind"] for entry in keywords(doc)["corpus"]}
        assert kinds["五大赛道"] == "slogan"
        assert kinds["国家草原公园"] == "entity"
        assert kinds["草原生态修复"] == "phrase"

    def test_figures_and_order(self):
        found = keywords(document(FORESTS, "a"), document(HARBOURS, "b"))
        for entries in (found["corpus"], *found["documents"].values()):
            assert all(one["weight"] >= other["weight"] for one, other in pairwise(entries))
        assert len(found["corpus"]) <= CORPUS_TERMS
        assert all(len(entries) <= DOCUMENT_TERMS for entries in found["documents"].values())
        assert {entry["documents"] for entry in found["corpus"]} <= {1, 2}
        json.dumps(found)

    def test_no_documents(self):
        assert keywords()["corpus"] == []

    def test_a_document_without_words(self):
        assert keywords(document("（12）", "empty"))["documents"] == {"empty": []}

    @settings(max_examples=40)
    @given(st.lists(st.text(st.sampled_from("草原生态修复港口建设的、。2024\n人民A"), max_size=40), max_size=4))
    def test_any_texts_and_the_same_twice(self, written):
        docs = [document(text, str(i)) for i, text in enumerate(written)]
        assert keywords(*docs) == keywords(*docs)


class TestStopwords:
    @pytest.mark.parametrize("name", ["stopwords.txt", "stopwords_alone.txt"])
    def test_lists_load(self, name):
        assert len(stopwords(name)) > 100

    def test_no_word_is_in_both(self):
        assert sorted(stopwords("stopwords.txt") & stopwords("stopwords_alone.txt")) == []

    @pytest.mark.parametrize(("content", "said"), [("甲\n乙 丙\n", "more than one word"), ("甲\n乙\n甲\n", "twice")])
    def test_a_malformed_list_names_file_and_entry(self, tmp_path, monkeypatch, content, said):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "bad.txt").write_text(content, encoding="utf-8")
        monkeypatch.setattr(terms, "files", lambda package: tmp_path)
        with pytest.raises(DataError, match=rf"bad\.txt: '.*' .*{said}"):
            stopwords("bad.txt")
