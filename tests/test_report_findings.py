"""What the report makes of the analyses: figures over years, promises, audit, key terms, and its other forms."""

import json
import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from pipeline.analyses import analyse
from pipeline.document import Document, Metadata
from pipeline.report import Report, charts, plots
from pipeline.report.charts import Point
from pipeline.report.tables import Cell, Column, Records, Table
from pipeline.report.wording import LANGUAGES, Wording
from pipeline.report.workbook import sheet, workbook
from pipeline.stages import process
from tests.test_report import Page

#: Year of the text, growth of the year before, growth promised for the year.
YEARS = [
    (2019, "6.2", "6"),
    (2020, "5.1", "6"),
    (2021, "2.3", "6.5"),
    (2022, "7.0", "5"),
    (2023, "3.1", "5.5"),
    (2024, "4.9", "5"),
]
LINE = (
    "去年，全市地区生产总值增长{grown}%，城镇新增就业3.{year}万人，园区由12个增加到15个，增长{part}%。"
    "新增绿化面积达到{year}万亩，环境持续改善。今年，全市地区生产总值力争增长{target}%以上。"
    "支持{theme}，依靠{theme}，振兴{theme}。{age}、{age}和{age}。"
)
THEMES = ("草原", "港口", "学校", "医院", "工厂", "蔬菜")


def report_of(year: int, grown: str, target: str) -> Document:
    theme, age = THEMES[year - 2019], "煤炭" if year < 2022 else "机器人"
    text = LINE.format(
        grown=grown, target=target, year=year - 2010, part="40" if year == 2022 else "25", theme=theme, age=age
    )
    given = Metadata(title=f"{year}年报告", date=f"{year}-02-01", region="山西省大同市", issuer="大同市人民政府")
    return process(Document(text, doc_id=str(year), given=given))


@pytest.fixture(scope="module")
def docs() -> list[Document]:
    return [report_of(*year) for year in YEARS]


def made(docs: list[Document], language: str = "zh") -> Report:
    return Report(docs, analyse(docs), "1.2.3", language)


def table(docs: list[Document], name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(made(docs).json())["tables"][name]
    return rows


def test_an_indicator_is_a_line_over_the_years_with_its_figures_below(docs: list[Document]) -> None:
    found, records = analyse(docs), Records(docs)
    titles = {doc.doc_id: doc.metadata.title or "" for doc in docs}
    drawn = {plot.title: plot for plot in plots.series_plots(found.series, records, titles, Wording())}
    plot = drawn["地区生产总值 · 增长率 · 大同市 · %"]
    assert charts.draw([plot.chart])[0].count("<a href=") == 12, "a link for each fact and each target"
    assert plot.table is not None
    assert [cell.text for cell in plot.table.rows[1]] == ["2019年", "5.1%", "6%以上"]
    claims = {f"#{records.claim_anchor(claim)}" for doc in docs for claim in doc.claims}
    assert (
        set(re.findall(r'href="([^"]+)"', "".join(cell.__html__() for row in plot.table.rows for cell in row)))
        <= claims
    )


def test_a_line_breaks_where_years_are_missing() -> None:
    years = (2001, 2002, 2003, 2010, 2011)
    points = [Point(at=year, value=float(year % 7), series="实际") for year in years]
    (svg,) = charts.draw([charts.lines(points, ["实际", "目标"], "一图")])
    assert len(re.findall(r'<path d="[^"]*" stroke="#1d5a86"', svg)) == 2
    assert "2004" in svg and 'aria-label="一图"' in svg


def test_every_chart_has_a_size(docs: list[Document]) -> None:
    sizes = re.findall(r'<svg class="chart"[^>]* width="([^"]*)" height="([^"]*)"', made(docs, "en").html())
    assert len(sizes) >= 4
    assert all(float(width) > 100 and float(height) > 60 for width, height in sizes)


def test_a_chart_is_plain_svg_with_its_text(docs: list[Document]) -> None:
    cells = [("绿色", "2001", 2.0), ("绿色", "2002", 0.1)]
    (svg,) = charts.draw([charts.heat(cells, ["绿色", "数字"], ["2001", "2002"], charts.SLOGAN, "<图>")])
    assert svg.count('fill="#a1401f"') == 1, "what is next to nothing is not drawn"
    assert {"绿色", "数字", "2001"} <= set(re.findall(r">([^<]+)</text>", svg))
    assert "http" not in svg and "&lt;图&gt;" in svg and " id=" not in svg


@pytest.mark.parametrize(
    "rows",
    [
        ["工业增加值", "“双碳”（试点）", "a&b <c>"],
        ["Beşiktaş 与青岛", "合作"],  # has letters that stand in for characters in the others
        [chr(0x4E00 + number) for number in range(300)],  # more characters than there are pairs of letters
    ],
)
def test_a_chart_shows_its_own_characters(rows: list[str]) -> None:
    (svg,) = charts.draw([charts.heat([(row, "2001", 1.0) for row in rows], rows, ["2001"], charts.SLOGAN, "图")])
    assert [unescape(text) for text in re.findall(r">([^<]+)</text>", svg)] == ["2001", *rows]


def test_a_chinese_character_takes_as_much_room_as_the_font_is_high() -> None:
    def width(row: str) -> float:
        (svg,) = charts.draw([charts.heat([(row, "2001", 1.0)], [row], ["2001"], charts.SLOGAN, "图")])
        return float(re.findall(r' width="([^"]*)"', svg)[0])

    assert width("工业增加值与就业") - width("工业增加") == pytest.approx(4 * 11, abs=1)


def test_promises_meet_the_results_of_the_year_after(docs: list[Document]) -> None:
    rows = [row for row in table(docs, "promises") if row["result"]]
    assert [(row["period"], row["outcome"], row["margin"]) for row in rows] == [
        ("2019", "missed", "−0.9百分点"),
        ("2020", "missed", "−3.7百分点"),
        ("2021", "met", "+0.5百分点"),
        ("2022", "missed", "−1.9百分点"),
        ("2023", "missed", "−0.6百分点"),
    ]
    assert rows[0]["margin_exact"] == "-0.9"
    assert rows[0]["target_doc_id"] == "2019" and rows[0]["result_doc_id"] == "2020"


def test_the_audit_shows_conflicts_first_with_their_working(docs: list[Document]) -> None:
    rows = table(docs, "audit")
    assert [row["outcome"] for row in rows].index("consistent") == 1
    assert (rows[0]["stated"], rows[0]["computed"]) == ("40%", "25.0%")
    assert rows[0]["working"].startswith("15 ÷ 12 − 1 = 25.0%")
    assert docs[3].text[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["quote"]


def test_key_terms_are_a_text_s_own_and_trends_are_of_years(docs: list[Document]) -> None:
    own = {row["group"]: row["term"] for row in table(docs, "keys") if row["by"] == "document"}
    assert own == dict(zip((doc.doc_id for doc in docs), THEMES, strict=True))
    assert {row["by"] for row in table(docs, "keys")} == {"document"}, "years and issuers tell nothing more"
    assert {(row["term"], row["trend"]) for row in table(docs, "trends")} == {("机器人", "rising"), ("煤炭", "falling")}


def test_two_texts_that_disagree_are_shown_so(docs: list[Document]) -> None:
    given = Metadata(title="公报", date="2024-03-01", region="山西省大同市", issuer="大同市统计局")
    other = process(Document("2023年，全市地区生产总值增长5.2%。", doc_id="other", given=given))
    rows = [row for row in table([*docs, other], "indicators") if row["agreement"] == "conflict"]
    assert [(row["period"], row["quote"], row["doc_id"]) for row in rows] == [
        ("2023", "4.9%", "2024"),
        ("2023", "5.2%", "other"),
    ]
    assert "两篇文本说法不一" in made([*docs, other]).html()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_section_and_every_link_leads_somewhere(docs: list[Document], language: str) -> None:
    html = made(docs, language).html()
    page = Page(html)
    assert {"overview", "indicators", "promises", "audit", "keys", "trends", "topics"} <= set(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"https?:|@import|url\(", html)


def test_the_page_opens_with_what_was_found(docs: list[Document]) -> None:
    text = Page(made(docs).html()).text
    assert "5 个目标在后文有结果：达到 1，未达到 4。" in text
    assert "一致 5，舍入可解释 0，矛盾 1。" in text
    assert "地区生产总值 · 2019年：目标增长不低于6%，结果增长5.1%" in text


def test_markdown_has_every_section(docs: list[Document]) -> None:
    text = made(docs, "en").markdown()
    for heading in ("Indicators", "Promises and results", "Audit", "Claims", "Keywords", "Key terms", "Topics"):
        assert f"\n## {heading}\n" in text


class TestWorkbook:
    def test_a_sheet_for_each_table_with_numbers_as_numbers(self, docs: list[Document]) -> None:
        book = CalamineWorkbook.from_filelike(BytesIO(made(docs).workbook()))
        assert book.sheet_names[:5] == ["文本", "指标", "目标与结果", "算术核查", "数字"]
        head, first, *_ = book.get_sheet_by_name("数字").to_python()
        row = dict(zip(head, first, strict=True))
        assert (row["指标"], row["精确值"], row["原文"]) == ("地区生产总值", 6.2, "6.2%")
        assert len(book.get_sheet_by_name("数字").to_python()) == 1 + sum(len(doc.claims) for doc in docs)

    def test_what_looks_like_a_formula_or_an_address_stays_text(self) -> None:
        written = "=1+1", "https://example.org", "@cmd"
        rows = [(Cell(text),) for text in written]
        book = CalamineWorkbook.from_filelike(BytesIO(workbook([sheet("a/b", Table("t", (Column("x", "X"),), rows))])))
        assert book.sheet_names == ["a b"]
        assert book.get_sheet_by_index(0).to_python() == [["X"], *([text] for text in written)]

    def test_what_xml_has_another_form_of_is_kept(self) -> None:
        written = ["a<b&c>", ' "two\nlines" ', "_x0041_", "<r>rich</r>", "页\x0b页\r", "长" * 70]
        found = workbook(
            [sheet("a", Table("t", (Column("x", "X"), Column("y", "Y")), [(Cell(w), Cell("")) for w in written]))]
        )
        read = CalamineWorkbook.from_filelike(BytesIO(found)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in read[1:]] == written
        with ZipFile(BytesIO(found)) as book:
            page = book.read("xl/worksheets/sheet1.xml").decode()
        assert '<dimension ref="A1:B7"/>' in page and '<autoFilter ref="A1:B7"/>' in page
        (style,) = re.findall('<col min="1" max="1" [^>]*style="([0-9]+)"', page)
        assert f'<c r="A2" s="{style}" t="s">' in page, "wide columns wrap"

    def test_columns_past_the_alphabet(self) -> None:
        columns = tuple(Column(str(n), str(n)) for n in range(80))
        found = workbook([sheet("a", Table("t", columns, [tuple(Cell(str(n)) for n in range(80))]))])
        assert CalamineWorkbook.from_filelike(BytesIO(found)).get_sheet_by_index(0).to_python()[1] == [
            str(n) for n in range(80)
        ]

    def test_the_same_bytes_twice(self, docs: list[Document]) -> None:
        assert made(docs).workbook() == made(docs).workbook()


def test_json_has_codes_and_exact_values(docs: list[Document]) -> None:
    found = json.loads(made(docs).json())
    claim = found["tables"]["claims"][0]
    assert (claim["kind"], claim["status"], claim["exact"], claim["period"]) == ("growth_rate", "actual", "6.2", "2018")
    assert found["totals"]["documents"] == 6 and found["gongbao"] == "1.2.3"
    assert json.loads(made(docs, "en").json())["tables"]["claims"][0]["kind"] == "growth_rate"
