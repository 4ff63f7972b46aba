"""The report."""

import base64
import json
import re
import zlib
from decimal import Decimal
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline import report as report_module
from pipeline.alignment import Alignment
from pipeline.analyses import analyse
from pipeline.document import Claim, Document, Entity, Member, Metadata, Slogan
from pipeline.errors import SettingsError
from pipeline.report import Report, charts
from pipeline.report.markup import Mark, mark_up
from pipeline.report.plots import trail_plot
from pipeline.report.tables import Records, claims_table, entities_table, slogans_table
from pipeline.report.wording import LANGUAGES, Wording, strings
from pipeline.sentences import Sentences
from pipeline.slogans import shared_trails
from pipeline.stages import process
from pipeline.tokens import Tokens

VERSION = "1.2.3"
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Reads a page; fails on elements that are not closed in order, and collects what the tests look at."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links, self.marks = [], [], [], []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if attrs.get("href"):
            self.links.append(attrs["href"])
        if tag == "mark" and "title" in attrs:
            self.marks.append(attrs)
        assert "src" not in attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"script", "style"} & set(self.open):
            self.text += data


def claim(doc, quote, **fields):
    start = doc.view.index(quote)
    fields = {"indicator": "粮食产量", "kind": "level", "status": "actual", "rule": "test", "confidence": 0.5} | fields
    return doc.record(Claim, start, start + len(quote), **fields)


def slogan(doc, quote, type="coinage", **fields):
    start = doc.view.index(quote)
    fields = {"canonical": quote, "rule": "test", "confidence": 0.5} | fields
    return doc.record(Slogan, start, start + len(quote), type=type, **fields)


def entity(doc, quote, type="place", **fields):
    start = doc.view.index(quote)
    fields = {"canonical": quote, "rule": "test", "confidence": 0.5} | fields
    return doc.record(Entity, start, start + len(quote), type=type, **fields)


def document(text, doc_id="a", **metadata):
    doc = Document(text, doc_id=doc_id, given=Metadata(**metadata))
    return process(doc, (Alignment(), Sentences()))


@pytest.fixture
def docs():
    first = document(
        "一、农业\n去年粮食产量达到30.5亿斤，增长2.1%。守护“云岭蓝”，推进<三大攻坚>，A&B项目落地。",
        title="云岭县<工作>报告",
        date="2024-01-05",
        issuer="云岭县人民政府",
        region="云岭县",
    )
    first.claims = (
        claim(first, "30.5亿斤", value=Decimal("3050000000"), unit="斤", period="2023", region="云岭县"),
        claim(first, "2.1%", value=Decimal("2.1"), unit="%", kind="growth_rate", direction="up", period="2023"),
    )
    member = first.view.index("A&B项目")
    first.slogans = (
        slogan(first, "云岭蓝"),
        slogan(
            first,
            "三大攻坚",
            "numeral_phrase",
            declared=3,
            members=(Member(doc_id="a", start=member, end=member + 5, quote="A&B项目"),),
            expansion="mismatch",
        ),
    )
    first.entities = (entity(first, "云岭", canonical="云岭县", link="999999"),)
    second = document("县里坚持造林。云岭蓝又回来了。", "b", title="第二篇")
    second.slogans = (slogan(second, "云岭蓝"),)
    second.entities = (entity(second, "云岭", canonical="云岭县", link="999999"),)
    return [process(doc, (Tokens(),)) for doc in (first, second)]


def report(docs, language="zh", **replaced):
    found = msgspec.structs.replace(analyse(docs), **replaced)
    return Report(docs, found, VERSION, language)


def page(docs, language="zh"):
    return report(docs, language).html()


def markdown(docs, language="zh"):
    return report(docs, language).markdown()


def unpacked(html):
    scripts = re.findall(r'<script type="text/plain" class="packed">([^<]*)</script>', html)
    return [zlib.decompress(base64.b64decode(script)).decode() for script in scripts]


@pytest.mark.parametrize("language", LANGUAGES)
class TestPage:
    def test_it_is_one_whole_page_without_outside_addresses(self, docs, language):
        html = page(docs, language)
        read = Page(html)
        assert html.startswith("<!DOCTYPE html>\n<html lang=")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", html)
        assert len(read.ids) == len(set(read.ids))

    def test_every_link_goes_somewhere(self, docs, language):
        read = Page(page(docs, language))
        assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
        assert {"c1", "c2", "s1", "s2", "s3", "e1", "e2", "t1.0", "t2.1", "d1", "d2"} <= set(read.ids)

    def test_texts_are_escaped_and_whole(self, docs, language):
        html = page(docs, language)
        read = Page(html)
        assert "<三大攻坚>" not in html and "A&B" not in html
        for doc in docs:
            for sentence in doc.sentences:
                assert doc.text[sentence.start : sentence.end] in read.text

    def test_the_same_input_gives_the_same_bytes(self, docs, language):
        assert page(docs, language) == page(docs, language)

    def test_no_documents(self, docs, language):
        Page(page([], language))
        assert markdown([], language)


class TestContent:
    def test_marks_say_their_fields(self, docs):
        titles = {mark["id"]: mark["title"] for mark in Page(page(docs)).marks}
        assert titles["c1"].split("\n") == [
            "数字 C1",
            "地区\t云岭县",
            "指标\t粮食产量",
            "期间\t2023年",
            "数值\t30.5亿斤",
            "状态\t实际",
            "类型\t水平",
            "规则\ttest (0.50)",
        ]
        assert "所含各项\tA&B项目" in titles["s2"] and "展开\t数目不符" in titles["s2"]
        assert "区划代码\t999999" in titles["e1"]

    def test_a_single_document_gives_its_title_to_the_report(self, docs):
        assert "<h1>云岭县&lt;工作&gt;报告</h1>" in page(docs[:1])

    def test_a_document_without_title_goes_by_its_id(self):
        assert "<h1>lonely</h1>" in page([document("一句。", "lonely")])

    def test_why_there_are_no_topics(self, docs):
        assert "少于建立主题模型所需的 100 个" in page(docs)

    def test_topics(self, docs):
        sentence = docs[0].sentences[1]
        topic = {
            "id": 1,
            "terms": [{"term": word, "weight": 0.1} for word in ("粮食", "产量", "种子", "耕地")],
            "coherence": 0.25,
            "share": 1.0,
            "sentences": [{"doc_id": "a", "start": sentence.start, "end": sentence.end, "quote": "去年粮食产量\n达到"}],
            "documents": {"a": 0.75, "b": 0.0},
            "years": {"2023": 1.0, "2024": 0.4},
        }
        other = {**topic, "id": 2, "terms": topic["terms"][::-1], "share": 0.0, "years": {"2023": 0.2, "2024": 0.0}}
        size = {"topics": 2, "coherence": 0.2, "stability": 0.4}
        topics = {"method": "nmf", "paragraphs": 200, "sizes": [size], "topics": [topic, other]}
        made = report(docs, topics=topics)
        read = Page(made.html())
        assert "粮食 · 产量 · 种子" in read.text
        assert "去年粮食产量达到" in read.text
        assert f"#t1.{sentence.id}" in read.links
        assert "主题数的选定" in read.text and "0.400" in read.text
        assert "各年主题份额" in read.text and "各篇主题份额" in read.text
        text = made.markdown()
        assert "### T1 粮食、产量、种子 (100.0%)" in text
        assert "| 2023 | 100.0% | 20.0% |" in text

    def test_markdown(self, docs):
        text = markdown(docs)
        rows = [line for line in text.splitlines() if line.startswith("| C")]
        assert rows[0].startswith("| C1 | 云岭县 | 粮食产量 | 2023年 | 30.5亿斤 |")
        assert "云岭县&lt;工作>报告" in text
        assert "\n\n\n\n" not in text

    def test_markdown_tables_are_whole(self, docs):
        tables = re.findall(r"(?:^\|.*\n)+", markdown(docs), re.M)
        assert len(tables) == 6
        for table in tables:
            assert len({row.count("|") - row.count("\\|") for row in table.splitlines()}) == 1, table

    def test_markdown_lists_the_first_rows_of_a_long_table_and_says_so(self, docs, monkeypatch):
        monkeypatch.setattr(report_module, "MARKDOWN_ROWS", 1)
        assert "只列前 1 行，共 2 行；全部见 claims.jsonl。" in markdown(docs)


class TestPacked:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setattr(report_module, "WRITTEN_OUT", 10)
        monkeypatch.setattr(report_module, "PACKED_ROWS", 0)

    def tables(self, html):
        """Return the rows of each packed table by its name."""
        found = re.findall(r'data-table="(\w+)">(?:(?!data-table).)*?class="packed">([^<]*)<', html, re.DOTALL)
        return {name: json.loads(zlib.decompress(base64.b64decode(packed))) for name, packed in found}

    def test_everything_is_in_it_and_it_says_so(self, docs):
        html = page(docs)
        tables = self.tables(html)
        *_, first, second = unpacked(html)
        assert "需要启用 JavaScript" in html
        assert [row[2] for row in tables["claims"]] == ["粮食产量", "粮食产量"]
        assert tables["slogans"][0][0] == "云岭蓝"
        assert tables["entities"][0][3] == "999999"
        assert 'id="c1" data-row="0">30.5亿斤</mark>' in first
        assert 'class="slogan" id="s3" data-row="0"' in second
        Page(first)
        Page(second)

    def test_ranges_lead_from_an_anchor_to_its_text(self, docs):
        html = page(docs)
        assert 'id="d1" data-records="c1-2 s1-2 e1-1"' in html
        assert 'id="d2" data-records="s3-3 e2-2"' in html

    def test_the_last_texts_of_too_large_a_page_are_left_out_by_name(self, docs, monkeypatch):
        docs = [document("甲" * 50 + "。", "first"), *docs]
        whole = page(docs)
        monkeypatch.setattr(report_module, "PAGE", len(whole.encode()) - 500)
        html = page(docs)
        assert "以下 1 篇的正文没有收入" not in whole and 'id="d3"' in whole
        assert "第二篇" in html.split("篇的正文没有收入")[1]
        assert 'id="d3"' not in html and 'id="d1"' in html


class TestMarkUp:
    def marks(self, *spans):
        return [Mark(start, end, kind, f"{kind}{i}", Markup('title="x"')) for i, (start, end, kind) in enumerate(spans)]

    def test_nested(self):
        html = mark_up("一二三四五", 0, 5, self.marks((0, 4, "s"), (1, 2, "c")))
        assert html == ('<mark class="s" id="s0" title="x">一<mark class="c" id="c1" title="x">二</mark>三四</mark>五')

    def test_crossing(self):
        html = mark_up("一二三四五", 0, 5, self.marks((0, 3, "s"), (2, 5, "c")))
        assert html == (
            '<mark class="s" id="s0" title="x">一二<mark class="c" id="c1" title="x">三</mark></mark>'
            '<mark class="c" title="x">四五</mark>'
        )

    def test_the_same_span_twice(self):
        html = mark_up("一二", 0, 2, self.marks((0, 2, "s"), (0, 2, "e")))
        assert html.count("</mark></mark>") == 1

    def test_a_mark_that_goes_over_the_edge_of_its_sentence(self):
        marks = self.marks((1, 4, "s"))
        assert mark_up("一二三四", 0, 2, marks) == '一<mark class="s" id="s0" title="x">二</mark>'
        assert mark_up("一二三四", 2, 4, marks) == '<mark class="s" title="x">三四</mark>'

    def test_code_points_beyond_the_first_plane(self):
        assert mark_up("𠮷𠮷好", 0, 3, self.marks((1, 2, "e"))) == '𠮷<mark class="e" id="e0" title="x">𠮷</mark>好'

    def test_line_breaks_inside_a_sentence_are_left_out(self):
        assert mark_up("PM\n2.5 微\n克", 0, 10, []) == "PM2.5 微克"

    @given(
        st.text(st.sampled_from("一二<&>\"'𠮷"), min_size=1, max_size=12),
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8),
    )
    def test_any_marks(self, text, spans):
        spans = [(a, b, "c") for a, b in spans if a < b <= len(text)]
        read = Page(str(mark_up(text, 0, len(text), self.marks(*spans))))
        assert read.text == text
        assert sorted(read.ids) == sorted(f"c{i}" for i in range(len(spans)))


class TestTables:
    def test_slogans_are_joined_under_one_name(self, docs):
        table = slogans_table(Records(docs), Wording())
        assert [row[0].text for row in table.rows] == ["云岭蓝", "三大攻坚"]
        assert [cell.text for cell in table.rows[0]][2] == "2"
        assert [cell.text for cell in table.rows[1]][3:6] == ["3", "A&B项目", "数目不符"]
        assert table.rows[0][-1].text == "S1 S3"

    def test_entities_show_how_they_are_written(self, docs):
        (row,) = entities_table(Records(docs), Wording()).rows
        assert [cell.text for cell in row] == ["云岭县", "地点", "2", "999999", "云岭", "2", "E1 E2"]

    def test_many_uses_are_cut_with_their_number(self):
        doc = document("。".join(["云岭"] * 12))
        starts = [m.start() for m in re.finditer("云岭", doc.view)]
        fields = {"type": "place", "canonical": "云岭县", "rule": "test", "confidence": 0.5}
        doc.entities = tuple(doc.record(Entity, s, s + 2, **fields) for s in starts)
        (row,) = entities_table(Records([doc]), Wording()).rows
        assert row[-1].__html__().endswith("等 12 处")

    def test_columns_that_are_empty_in_all_rows_are_left_out(self, docs):
        table = claims_table(docs, Records(docs), Wording())
        assert "basis" in [column.name for column in table.columns]
        assert "basis" not in [column.name for column in table.filled.columns]

    def test_columns_for_programs_are_not_shown(self, docs):
        table = claims_table(docs, Records(docs), Wording())
        (exact,) = [i for i, column in enumerate(table.columns) if column.name == "exact"]
        assert list(table.values)[exact][0] == Decimal("3050000000")
        assert "exact" not in [column.name for column in table.filled.columns]

    def test_values_sort_by_size(self, docs):
        table = claims_table(docs, Records(docs), Wording())
        assert [row[4].key for row in table.rows] == [3050000000.0, 2.1]


def stated(language, **fields):
    doc = document("甲")
    fields = {"indicator": "x", "kind": "level", "status": "actual", "rule": "test", "confidence": 0.5} | fields
    for name in ("value", "low", "high"):
        if name in fields:
            fields[name] = Decimal(fields[name])
    say = Wording(language)
    found = doc.record(Claim, 0, 1, **fields)
    return f"{say.amount(found)} {say.basis(found)}".strip()


class TestTrails:
    """Slogans across documents."""

    @pytest.fixture
    def years(self, docs):
        docs[1].metadata = Metadata(title="第二篇", date="2026", issuer="云岭县人民政府", region="云岭县")
        return docs

    def test_texts_of_one_year_and_issuer_have_none(self, docs):
        docs[1].metadata = docs[0].metadata
        assert 'id="trails"' not in page(docs)
        assert "提法沿革" not in markdown(docs)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_chart_and_its_table(self, years, language):
        html = page(years, language)
        read = Page(html)
        assert "#trails" in read.links and "trails" in read.ids
        assert {"zh": "2024:1、2026:1", "en": "2024:1, 2026:1"}[language] in read.text
        assert "2024-01-05 – 2026" in read.text
        assert not re.search(r"https?:", html)

    def test_the_chart_has_a_row_for_each_slogan_and_a_column_for_each_year(self, years):
        trails = shared_trails(years)
        assert [trail.canonical for trail in trails] == ["云岭蓝"]
        (svg,) = charts.draw([trail_plot(trails, years, Wording()).chart])
        assert set(re.findall(r">([^<]+)</text>", svg)) == {"云岭蓝", "2024", "2026"}
        assert svg.count('fill="#a1401f"') == 2

    def test_several_issuers_of_one_year_have_a_table_without_chart(self, years):
        years[1].metadata = Metadata(title="第二篇", date="2024", issuer="乙县人民政府")
        html = page(years)
        assert 'id="trails"' in html and "<svg" not in html

    def test_an_explanation_is_linked_and_knowledge_is_marked(self):
        texts = ("打好治水、修路、兴学“三大会战”，推进“三农”工作。", "打好“三大会战”，做好“三农”工作。")
        docs = [
            process(Document(text, doc_id=year, given=Metadata(title=f"{year}年", date=year, region="甲市")))
            for year, text in zip(("2023", "2024"), texts, strict=True)
        ]
        read = Page(page(docs))
        assert "治水；修路；兴学" in read.text and "#t1.0" in read.links
        assert "农业；农村；农民 （公认，未见于文中）" in read.text
        assert "| 三大会战 | 数字概括 | 市级 | 2 | 2 | 2023 – 2024 | 治水；修路；兴学 | 2023年 |" in markdown(docs)

    def test_in_a_large_report_it_is_packed(self, years, monkeypatch):
        monkeypatch.setattr(report_module, "WRITTEN_OUT", 10)
        monkeypatch.setattr(report_module, "PACKED_ROWS", 0)
        trails = TestPacked().tables(page(years))["trails"]
        assert trails[0][0] == "云岭蓝" and ">2024:1、2026:1<" in trails[0][-1]


class TestWording:
    @pytest.mark.parametrize(
        ("fields", "zh", "en"),
        [
            ({"value": "87430000000", "unit": "元"}, "874.3亿元", "87.43 billion 元"),
            ({"value": "5200000000000", "unit": "元"}, "5.2万亿元", "5.2 trillion 元"),
            ({"value": "63000", "unit": "人", "comparator": "ge"}, "不低于6.3万人", "at least 63,000 人"),
            ({"value": "10000000000", "comparator": "gt"}, "超过100亿", "over 10 billion"),
            ({"value": "28", "unit": "微克"}, "28微克", "28 微克"),
            ({"low": "6", "high": "6.5", "unit": "%"}, "6–6.5%", "6–6.5%"),
            (
                {"value": "6.10", "unit": "%", "kind": "growth_rate", "direction": "up", "basis": "yoy"},
                "增长6.1% 同比",
                "+6.1% year on year",
            ),
            (
                {"value": "40", "unit": "%", "kind": "growth_rate", "direction": "down", "basis": "2013"},
                "下降40% 与2013年比",
                "−40% 2013",
            ),
            ({"value": "3.4", "unit": "倍", "kind": "growth_rate", "basis": "2010"}, "3.4倍 与2010年比", "3.4 倍 2010"),
            ({"value": "1", "unit": "百分点", "kind": "change_amount", "direction": "up"}, "增加1百分点", "+1 百分点"),
            (
                {"value": "0.3", "unit": "百分点", "kind": "gap", "direction": "up", "basis": "中国"},
                "高0.3百分点 与中国比",
                "+0.3 百分点 中国",
            ),
            (
                {"value": "11", "unit": "名", "kind": "rank", "basis": "全国普通地级市"},
                "第11名 在全国普通地级市中",
                "No. 11 名 among 全国普通地级市",
            ),
            ({"value": "10", "unit": "名", "kind": "rank", "comparator": "le"}, "前10名", "top 10 名"),
            ({}, "甲", "甲"),
        ],
    )
    def test_amounts(self, fields, zh, en):
        assert stated("zh", **fields) == zh
        assert stated("en", **fields) == en

    @pytest.mark.parametrize(
        ("value", "zh", "en"),
        [
            ("2012", "2012年", "2012"),
            ("2023-Q1", "2023年第1季度", "Q1 2023"),
            ("2024-02", "2024年2月", "2024-02"),
            ("2024-02-08", "2024年2月8日", "2024-02-08"),
            ("2016/2020", "2016—2020年", "2016–2020"),
            ("2023-01/2023-06", "2023年1月—2023年6月", "2023-01–2023-06"),
            ("../2025", "到2025年", "by 2025"),
            ("2012/..", "2012年以来", "since 2012"),
            ("unheard of", "unheard of", "unheard of"),
            (None, "", ""),
        ],
    )
    def test_periods(self, value, zh, en):
        assert (Wording("zh").period(value), Wording("en").period(value)) == (zh, en)

    @pytest.mark.parametrize(("declared", "said"), [(4, "4"), ([1, 2, 6, None], "1·2·6·?"), (None, "")])
    def test_declared(self, declared, said):
        doc = document("甲")
        assert Wording().declared(slogan(doc, "甲", declared=declared)) == said

    def test_both_languages_say_the_same_things(self):
        zh, en = (strings(language) for language in LANGUAGES)
        assert {group: sorted(entries) for group, entries in zh.items()} == {g: sorted(e) for g, e in en.items()}
        for group, entries in zh.items():
            for key, form in entries.items():
                placeholders = [set(re.findall(r"{(\w+)", text)) for text in (form, en[group][key])]
                assert placeholders[0] == placeholders[1], f"{group}.{key}"

    def test_no_other_language(self):
        with pytest.raises(SettingsError, match="zh or en, not in 'fr'"):
            report([], "fr")
