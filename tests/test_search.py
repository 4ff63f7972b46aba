"""Search, keywords in context, and trends."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.search import INDEX, Index, occurrence, open_index, spaced, struct_rows
from pipeline.stages import process
from pipeline.trends import slogan_trend, term_trend, trend_rows


def processed(text: str, doc_id: str, date: str, region: str = "山西省大同市") -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(date=date, region=region)))


DOCS = [
    processed("全市打造“四大赛道”，用电量突破27亿千瓦时。天更蓝了。", "一", "2023-01-10"),
    processed("聚焦“四大赛\n道”，融入京津冀。ＰＭ2.5浓度28微克/立方米。", "二", "2024-02-08"),
    processed("继续融入京津冀，京津冀的市场更近了。", "三", "2024-03-01"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("蓝", ["一"]),
        ("京津冀", ["二", "三"]),
        ("京津", ["二", "三"]),
        ("京冀", []),
        ("四大赛道", ["一", "二"]),
        ("pm2.5", ["二"]),
        ("融入 市场", ["三"]),
    ],
)
def test_sentences_are_found(query: str, found: list[str]) -> None:
    hits = Index(DOCS).find(query, ("sentence",))
    assert list(dict.fromkeys(hit.doc_id for hit in hits)) == found


def test_records_are_found_by_indicator_and_canonical_name() -> None:
    index = Index(DOCS)
    (claim,) = index.find("用电量", ("claim",))
    assert claim.record == DOCS[0].claims[0].id
    assert {hit.doc_id for hit in index.find("四大赛道", ("slogan",))} == {"一", "二"}
    assert index.find("京津冀地区", ("entity",))
    assert len(index.find("京津冀", limit=2)) == 2


def test_a_hit_in_a_sentence_has_the_place_of_the_word() -> None:
    (hit,) = Index(DOCS).find("市场 京津冀", ("sentence",))
    assert DOCS[2].text[hit.start : hit.end] == hit.quote == "市场"
    assert hit.sentence == DOCS[2].text


@pytest.mark.parametrize("query", ["", "  ", "，。", '"'])
def test_a_query_of_nothing_is_an_error(query: str) -> None:
    with pytest.raises(InputError, match="nothing to search for"):
        Index(DOCS).find(query)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(InputError, match="no kind is called 'clam'"):
        Index(DOCS).find("蓝", ("clam",))


def test_kwic_shows_every_occurrence_where_it_stands() -> None:
    lines = Index(DOCS).kwic("京津冀", width=5)
    assert [(line.doc_id, line.left, line.keyword, line.right) for line in lines] == [
        ("二", "道”，融入", "京津冀", "。ＰＭ2."),
        ("三", "继续融入", "京津冀", "，京津冀的"),
        ("三", "入京津冀，", "京津冀", "的市场更近"),
    ]
    for line in lines:
        doc = next(doc for doc in DOCS if doc.doc_id == line.doc_id)
        assert doc.text[line.start : line.end] == "京津冀"
    assert [line.start for line in Index(DOCS).kwic("京津冀", limit=1)] == [lines[0].start]


def test_kwic_reads_over_a_line_break() -> None:
    (line,) = (line for line in Index(DOCS).kwic("四大赛道") if line.doc_id == "二")
    assert line.keyword == "四大赛道"
    assert DOCS[1].text[line.start : line.end] == "四大赛\n道"


def test_the_index_is_kept_and_built_anew_when_the_texts_change(tmp_path: Path) -> None:
    with open_index(DOCS, tmp_path) as index:
        assert index.find("蓝")
    first = (tmp_path / INDEX).stat().st_mtime_ns
    with open_index(DOCS, tmp_path) as index:
        assert index.find("蓝")
    assert (tmp_path / INDEX).stat().st_mtime_ns == first
    with open_index(DOCS[1:], tmp_path) as index:
        assert not index.find("蓝")
    (tmp_path / INDEX).write_bytes(b"not a database")
    with open_index(DOCS, tmp_path) as index:
        assert struct_rows(index.find("蓝", ("sentence",)))[0]["sentence"] == "天更蓝了。"
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]


@given(st.text(max_size=20))
def test_any_query_is_answered_or_refused(query: str) -> None:
    try:
        Index(DOCS[:1]).kwic(query)
    except InputError:
        assert not spaced(query)


def test_an_occurrence_is_found_in_either_case() -> None:
    assert occurrence("pm 2.5").search("PM2.5")


def test_trends_of_terms_and_slogans() -> None:
    points = term_trend(DOCS, "京津冀")
    assert [(point.year, point.count, point.documents, point.of) for point in points] == [
        (2023, 0, 0, 1),
        (2024, 3, 2, 2),
    ]
    assert points[1].per_10k == round(3 * 10_000 / (len(DOCS[1].text) + len(DOCS[2].text)), 2)
    assert [point.count for point in slogan_trend(DOCS, "“四大赛道”")] == [1, 1]


def test_trends_as_rows() -> None:
    assert [row["year"] for row in trend_rows(DOCS, ["蓝"], "term", region="大同")] == [2023, 2024]
    assert trend_rows(DOCS, ["用电量"], "indicator")[0]["quote"] == "突破27亿千瓦时"
    with pytest.raises(InputError, match="no trends of 'colour'"):
        trend_rows(DOCS, ["蓝"], "colour")
