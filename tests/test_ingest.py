"""Files of any sort to texts: what stays, what goes, and that files made to do harm cost only themselves."""

import contextlib
import gzip
import io
import struct
import threading
import time
import zipfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.ingest import Extracted, Limits, Source, extract, extract_rows
from pipeline.ingest.blocks import as_text, clean, continues
from pipeline.ingest.docx import parse_xml, read_docx
from pipeline.ingest.fetch import _refused, fetch
from pipeline.ingest.formats import sniff
from pipeline.ingest.html import read_html
from pipeline.ingest.office import converter
from pipeline.ingest.sandbox import Sandbox
from pipeline.ingest.tables import parse_columns

LIMITS = Limits()
PROSE = "过去的一年，全市上下团结一心，新增就业3万人，各项事业取得了新的进步，人民生活得到了新的改善。"
SECOND = "今年，我们将扎实做好各项工作，力争地区生产总值增长6%左右，让发展的成果惠及更多的群众。"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as box:
        yield box


def read(data: bytes, name: str, sandbox: Sandbox, limits: Limits = LIMITS) -> Extracted:
    return extract(Source(data, name), limits, sandbox)


# -- HTML ------------------------------------------------------------------------------------------

PAGE = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>新春贺词_某市人民政府</title>
<meta name="PubDate" content="2024-02-09 08:30"><script>var a = "脚本，不是正文。";</script></head><body>
<div class="top"><a href="/">首页</a><a href="/a">政务公开</a></div>
<ul><li><a href="#">要闻动态</a></li><li><a href="#">数据发布</a></li></ul>
<div>当前位置：<a href="#">首页</a> &gt; <a href="#">要闻</a></div>
<h1>新春贺词</h1><p>（2024年2月8日）</p>
<div><span>来源：某日报</span> <span>发布时间：2024-02-09 08:30</span>
<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="body"><h2>一、回顾</h2><p>　　{PROSE[:20]}
{PROSE[20:]}</p>
<table><tr><th>指标</th><th>数值</th></tr><tr><td>粮食产量</td><td>12<br>亿斤</td></tr></table>
<ul><li>第一件，修路。</li><li>第二件，架桥。</li></ul>
<p>　　{SECOND}<br>　　{PROSE}<img src="a.jpg"></p></div>
<div>扫一扫在手机打开当前页</div><div><h3>相关链接</h3><ul><li><a href="#">热议贺词，大家都来说。</a></li></ul></div>
<div class="foot">主办：某市人民政府办公室 版权所有</div></body></html>"""


def test_a_page_gives_its_text_with_structure_and_without_chrome(sandbox: Sandbox) -> None:
    found = read(PAGE.encode("gb2312"), "a.html", sandbox)
    assert found.text.splitlines() == [
        "新春贺词",
        "（2024年2月8日）",
        "一、回顾",
        PROSE,
        "指标\t数值",
        "粮食产量\t12亿斤",
        "第一件，修路。",
        "第二件，架桥。",
        SECOND,
        PROSE,
    ]
    assert (found.format, found.encoding) == ("html", "gb18030")
    assert found.said == {"title": "新春贺词", "published": "2024-02-09"}


@pytest.mark.parametrize("day", ["2024-02-00", "2023-02-29", "2024-13-01"])
def test_a_day_that_the_calendar_does_not_have_is_none(sandbox: Sandbox, day: str) -> None:
    page = PAGE.replace("2024-02-09", day)
    assert page != PAGE
    assert read(page.encode("gb2312"), "a.html", sandbox).said == {"title": "新春贺词"}


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=zoom><p>{PROSE}</p><p>{SECOND}</p></div>",
        f"<div><div><div>{PROSE}<br><br>{SECOND}</div></div></div>",
        f"<table><tr><td>栏目</td><td>{PROSE * 10}<p>{SECOND}</p></td></tr></table>",
        f"<article><p><span>{PROSE[:9]}</span><span>{PROSE[9:]}</span></p><p>{SECOND}</article>",
        f"<center><font>{PROSE}<p>{SECOND}",
    ],
)
def test_nothing_of_the_body_is_lost_however_it_is_marked_up(body: str) -> None:
    text = as_text(read_html(f"<body><div><a href=/>首页</a></div>{body}")[0])
    assert PROSE in text
    assert SECOND in text


def test_a_title_that_stands_above_the_body_and_in_it_is_kept_once() -> None:
    body = f"<p>政府 工作报告</p><p>（2024年2月8日）</p><p>{PROSE}</p>"
    text = as_text(read_html(f"<h1>政府工作报告</h1><div>来源：某报</div><div id=zoom>{body}</div>")[0])
    assert text == f"政府工作报告\n（2024年2月8日）\n{PROSE}\n"


def test_a_page_without_prose_keeps_what_it_has() -> None:
    assert as_text(read_html("<title>通知</title><p>会议改期</p>")[0]) == "通知\n会议改期\n"


@given(st.text(max_size=60).map(lambda text: f"<div>{text}</p><table><td>{text}"))
def test_any_page_is_read(page: str) -> None:
    for block in read_html(page)[0]:
        assert "\n" not in block.text
        block.text.encode()


# -- blocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  全市\n上下 ", "全市上下"),
        ("GDP\ngrowth", "GDP growth"),
        ("增长\n6%\n以上", "增长6%以上"),
        ("a\x00b\ud800c\u200bd", "abcd"),
        ("　　正文", "正文"),
    ],
)
def test_white_space_is_as_it_shows(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("过去的一年，全市上下团结一心，取得了新的成绩，新增", "就业3万人。", True),
        ("过去的一年，全市上下团结一心，取得了新的成绩。", "就业3万人。", False),
        ("过去的一年，全市上下团结一心，取得了新的成绩，新增", "　　就业3万人。", False),
        ("一、工作回顾", "过去的一年", False),
        ("过去的一年，全市上下团结一心，取得了新的成绩，新增", "二、今年", False),
    ],
)
def test_a_line_that_is_broken_by_its_width_goes_on(line: str, following: str, goes_on: bool) -> None:
    assert continues(line, following) is goes_on


# -- docx ------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_docx(body: str, **parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return held.getvalue()


@pytest.mark.parametrize("number", ["x", "²", "-1", "9" * 5000, ""])
def test_numbers_and_symbols_that_are_none_cost_a_word_file_nothing(sandbox: Sandbox, number: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{number}"><w:start w:val="{number}"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbered = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="{number}"/>'
    symbols = "".join(f'<w:r><w:sym w:char="{code}"/></w:r>' for code in (number, "D800", "0000", "F0B7", "25CF"))
    body = p("回顾", numbered) + f"<w:p>{symbols}<w:r><w:t>展望</w:t></w:r></w:p>"
    found = read(make_docx(body, numbering=numbering), "a.docx", sandbox)
    assert found.text.splitlines() == ["1、回顾", "●展望"]


def test_a_word_file_gives_headings_numbers_tables_and_notes(sandbox: Sandbox) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = '<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    body = (
        p("新春贺词", '<w:pStyle w:val="H"/>')
        + p("回顾", numbered.format(0))
        + p("就业", numbered.format(1))
        + p("展望", numbered.format(0))
        + "<w:p><w:r><w:t>增加</w:t></w:r><w:ins><w:r><w:t>3万人</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>2万人</w:delText></w:r></w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>粮食</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>12亿斤</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent>" + p("控件里的字") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        + p("文本框")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        + p("文本框")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    notes = f'<w:footnote w:id="2">{p("城镇新增就业")}</w:footnote>'
    data = make_docx(body, styles=styles, numbering=numbering, footnotes=notes, header1=p("页眉"))
    found = read(data, "a.docx", sandbox)
    assert found.text.splitlines() == [
        "新春贺词", "一、回顾", "1. 就业", "二、展望", "增加3万人[1]",
        "粮食\t12亿斤", "控件里的字", "文本框", "[1] 城镇新增就业",
    ]  # fmt: skip
    assert found.format == "docx"


def test_a_wrong_extension_is_said_and_the_content_is_read(sandbox: Sandbox) -> None:
    found = read(make_docx(p("正文")), "a.txt", sandbox)
    assert found.text == "正文\n"
    assert found.remarks == ("its name ends in .txt but it is docx",)
    assert read("正文".encode(), "a.docx", sandbox).format == "text"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (f'<!DOCTYPE a [<!ENTITY b "bbb">]><w:document {W}>&b;</w:document>', "document type"),
        (f"<w:document {W}>" + "<w:p>" * 5000, "nested more than 200 deep"),
        (f"<w:document {W}><w:body>", "broken XML"),
    ],
)
def test_xml_made_to_do_harm_is_refused(document: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_xml(document.encode())
    with pytest.raises(InputError, match=message):
        parse_xml(document.encode("utf-16"))


def test_a_zip_bomb_is_refused_before_it_unpacks(sandbox: Sandbox) -> None:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(150):
            part.write(bytes(1024 * 1024))
    bomb = held.getvalue()
    assert len(bomb) < 500_000
    with pytest.raises(InputError, match=r"the unpacked file has .* the limit is 100 MB"):
        read(bomb, "a.docx", sandbox)
    at = bomb.rindex(b"PK\x01\x02") + 24  # the directory says that it unpacks to one byte
    with pytest.raises(InputError):
        read(bomb[:at] + struct.pack("<I", 1) + bomb[at + 4 :], "a.docx", sandbox)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "word\\..\\..\\x", "a\0b"])
def test_names_in_archives_lead_nowhere(name: str) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{p('正文')}</w:body></w:document>")
        archive.writestr(zipfile.ZipInfo(name), "x")
    blocks, _ = read_docx(held.getvalue(), LIMITS)
    assert as_text(blocks) == "正文\n"


# -- PDF -------------------------------------------------------------------------------------------


def make_pdf(pages: list[list[tuple[float, float, int, str]]], images: bool = False) -> bytes:
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed")
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = canvas_module.Canvas(held, pagesize=(595, 842))
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(x, y, text)
        if images:
            from PIL import Image

            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "white")), 50, 50, 400, 700)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def set_page(text: str, number: int, top: float = 760) -> list[tuple[float, float, int, str]]:
    lines = [text[i : i + 26] for i in range(0, len(text), 26)]
    set_lines = [(90, top - 28 * i, 16, line) for i, line in enumerate(lines)]
    return [(90, 810, 9, "某市人民政府公报"), *set_lines, (280, 40, 9, f"— {number} —")]


def test_a_pdf_gives_whole_paragraphs_without_running_heads_and_page_numbers(sandbox: Sandbox) -> None:
    first, second = "　　" + PROSE * 12, "　　" + SECOND * 3
    lines = [first[i : i + 26] for i in range(0, len(first), 26)] + [
        second[i : i + 26] for i in range(0, len(second), 26)
    ]
    pages = []
    for number, start in enumerate(range(0, len(lines), 9), start=1):
        part = [(90.0, 760 - 28.0 * i, 16, line) for i, line in enumerate(lines[start : start + 9])]
        pages.append([(90.0, 810.0, 9, "某市人民政府公报"), *part, (280.0, 40.0, 9, f"— {number} —")])
    assert len(pages) >= 3
    found = read(make_pdf(pages), "a.pdf", sandbox)
    assert found.text == f"{PROSE * 12}\n{SECOND * 3}\n"


def test_a_numbered_item_begins_a_paragraph_however_long_the_line_before_is(sandbox: Sandbox) -> None:
    first = "去年，全市地区生产总值增长了百分之六，新增就业3万人。"
    second = "（一）粮食产量达到25万吨，比上年增长了百分之二点一。"
    third = ["二、今年要做好下面的几件大事，件件都要落到实处才行", "做到好。"]
    lines = [first, second, *third]
    page = [(90, 760 - 28 * i, 16, line) for i, line in enumerate(lines)]
    found = read(make_pdf([page]), "a.pdf", sandbox)
    assert found.text.splitlines() == [first, second, "".join(third)]


def test_a_line_of_narrow_digits_that_ends_before_the_edge_goes_on(sandbox: Sandbox) -> None:
    first, second = "——2031年1月18日在某某市第十四届人民代表大会第五次会", "议上"
    page = [(90, 760, 16, first), (90, 732, 16, second), (122, 704, 16, PROSE[:26]), (90, 676, 16, PROSE[26:])]
    found = read(make_pdf([page]), "a.pdf", sandbox)
    assert found.text.splitlines() == [first + second, PROSE]


def test_the_soft_hyphen_of_a_font_is_a_hyphen(sandbox: Sandbox) -> None:
    held = io.BytesIO()
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed").Canvas(held)
    canvas.setFont("Helvetica", 16)
    canvas.drawString(90, 700, "The plan for 2014\u00ad2020")
    canvas.save()
    assert read(held.getvalue(), "a.pdf", sandbox).text == "The plan for 2014-2020\n"


def test_two_columns_are_read_one_after_the_other(sandbox: Sandbox) -> None:
    left, right = PROSE * 3, SECOND * 3
    # No line is a full stop alone: where no font of the system has its glyph, PDFium leaves such a line out.
    columns = [[text[i : i + 15] for i in range(0, len(text), 15)] for text in (left, right)]
    page = [(60, 760 - 20 * i, 14, line) for i, line in enumerate(columns[0])]
    page += [(320, 760 - 20 * i, 14, line) for i, line in enumerate(columns[1])]
    found = read(make_pdf([page]), "a.pdf", sandbox)
    assert found.text.replace("\n", "") == left + right


def test_a_scan_is_said_to_be_one(sandbox: Sandbox) -> None:
    with pytest.raises(InputError, match="a scanned PDF: 2 pages"):
        read(make_pdf([[], []], images=True), "a.pdf", sandbox)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\xff" * 500, b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj"]
)
def test_a_broken_pdf_is_an_error(data: bytes, sandbox: Sandbox) -> None:
    with pytest.raises(InputError, match="PDF"):
        read(data, "a.pdf", sandbox)


def test_a_pdf_whose_pages_lead_in_a_circle_ends(sandbox: Sandbox) -> None:
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(InputError):
        read(data, "a.pdf", sandbox)


# -- LibreOffice -----------------------------------------------------------------------------------

RTF = rb"{\rtf1\ansi\uc1 \u25919?\u24220?\u24037?\u20316?\u25253?\u21578?\par \u27491?\u25991?\u12290?\par}"


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["a.rtf", "a.wps", "a.txt"])
def test_libreoffice_reads_the_old_formats(name: str, sandbox: Sandbox) -> None:
    found = read(RTF, name, sandbox)
    assert found.text.splitlines() == ["政府工作报告", "正文。"]
    assert found.format == "office"


def test_without_libreoffice_it_is_said(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr("pipeline.ingest.office.converter", lambda: None)
    with pytest.raises(InputError, match="need LibreOffice"):
        read(RTF, "a.rtf", sandbox)


# -- what is no text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "empty file"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "an image"),
        (b"PK\x03\x04 broken", "a.docx", "broken zip"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "spreadsheet"),
        (b"a\0b" * 100, "a.txt", "binary"),
        ("\ud800正文".encode("utf-16-le", "surrogatepass"), "a.txt", "unknown encoding|binary"),
        (b"<html><body></body></html>", "a.html", "no text"),
        (b"PAR1" + b"\0" * 50, "a.parquet", "a table"),
    ],
)
def test_what_is_no_text_is_an_error_of_one_line(data: bytes, name: str, message: str, sandbox: Sandbox) -> None:
    with pytest.raises(InputError, match=message) as error:
        read(data, name, sandbox)
    assert "\n" not in str(error.value)


def test_an_archive_is_not_a_text() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match="an archive"):
        sniff(held.getvalue(), "a.zip")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a", "a.doc.pdf", "a.csv"]))
def test_any_bytes_have_a_format_or_are_refused(data: bytes, name: str) -> None:
    try:
        assert sniff(data, name) in ("text", "html", "docx", "pdf", "office", "csv", "parquet")
    except InputError as error:
        assert "\n" not in str(error)


# -- limits ----------------------------------------------------------------------------------------


def test_a_file_beyond_a_limit_is_refused_with_the_setting(sandbox: Sandbox) -> None:
    small = Limits(max_file_mb=1, max_chars=1000)
    with pytest.raises(InputError, match="max_file_mb"):
        read(b"a" * 2_000_000, "a.txt", sandbox, small)
    with pytest.raises(InputError, match="max_chars"):
        read(b"a" * 2000, "a.txt", sandbox, small)


def test_deep_nesting_is_refused_and_the_next_file_is_read(sandbox: Sandbox) -> None:
    with pytest.raises(InputError, match="nested more than"):
        read(b"<html>" + b"<div>" * 100_000, "a.html", sandbox)
    assert read(PAGE.encode("gbk"), "a.html", sandbox).text.startswith("新春贺词")


def test_a_reader_that_hangs_or_wants_all_memory_costs_its_file_only() -> None:
    page = "<html>" + "".join(f"<div><p>{PROSE}</p>" for _ in range(450)) + "<p>a</p>" * 300_000
    with Sandbox(Limits(max_seconds=1)) as box, pytest.raises(InputError, match="took longer than 1 s"):
        box.call("html", page.encode())
    with Sandbox(Limits(max_memory_mb=200)) as box:
        with pytest.raises(InputError, match="max_memory_mb"):
            box.call("html", page.encode() * 4)
        assert box.call("html", PAGE.encode())[0].startswith("新春贺词")


# -- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", '标题,日期,正文\n贺词,2024-02-08,"第一行\n第二行"\n报告,2023,正文\n'.encode("gbk")),
        ("a.tsv", 'title\tdate\ttext\n贺词\t2024-02-08\t"第一行\n第二行"\n报告\t2023\t正文\n'.encode()),
        (
            "a.jsonl",
            '{"title":"贺词","date":"2024-02-08","text":"第一行\\n第二行"}\n\n'
            '{"title":"报告","date":2023,"text":"正文"}\n'.encode(),
        ),
    ],
)
def test_a_table_gives_its_rows(name: str, data: bytes, sandbox: Sandbox) -> None:
    rows = extract_rows(Source(data, name), {}, LIMITS, sandbox)
    assert rows == [
        {"title": "贺词", "date": "2024-02-08", "text": "第一行\n第二行"},
        {"title": "报告", "date": "2023", "text": "正文"},
    ]


def test_parquet_and_columns_by_name(sandbox: Sandbox) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import write_table

    held = io.BytesIO()
    write_table(pyarrow.table({"speech": ["正文"], "when": ["2024"], "n": [None]}), held)
    columns = parse_columns(["text=speech", "date=when"])
    assert extract_rows(Source(held.getvalue(), "a.parquet"), columns, LIMITS, sandbox) == [
        {"text": "正文", "date": "2024"}
    ]
    with pytest.raises(InputError, match="which column holds the texts"):
        extract_rows(Source(held.getvalue(), "a.parquet"), {}, LIMITS, sandbox)
    with pytest.raises(InputError, match="no column is called 'x'"):
        extract_rows(Source(held.getvalue(), "a.parquet"), {"text": "x"}, LIMITS, sandbox)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jsonl", b'{"text": "\\ud800"}\n', "line 1|surrogate"),
        ("a.jsonl", b"[1]\n", "line 1"),
        ("a.jsonl", b'{"text": ' + b"[" * 100_000, "line 1|depth|deep|recursion|cannot be read"),
        ("a.csv", b"text\na,b\n", "more cells"),
        ("a.csv", b"a,b\n1,2\n", "which column"),
        ("a.csv", b"text\n", "without rows"),
        ("a.parquet", b"PAR1" + b"\1" * 100, "broken Parquet"),
    ],
)
def test_a_broken_table_says_where(name: str, data: bytes, message: str, sandbox: Sandbox) -> None:
    with pytest.raises(InputError, match=message):
        extract_rows(Source(data, name), {}, LIMITS, sandbox)


@pytest.mark.parametrize("option", ["text", "text=", "nonsense=a"])
def test_a_column_option_has_one_form(option: str) -> None:
    with pytest.raises(InputError, match="FIELD=COLUMN"):
        parse_columns([option])


# -- the web ---------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.server.server_address[1]
        path = self.path
        if path.startswith("/to/"):
            target = {
                "file": "file:///etc/passwd",
                "page": f"http://127.0.0.1:{port}/page",
                "loop": "/to/loop",
                "private": "http://169.254.169.254/latest",
                "ftp": "ftp://127.0.0.1/a",
            }[path[4:]]
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
        elif path == "/missing":
            self.send_error(404)
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/large":
            self.send_response(200)
            self.end_headers()
            for _ in range(64):
                self.wfile.write(bytes(65536))
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"<html>")
        else:
            data = PAGE.encode("gb2312")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=gb2312")
            if path == "/packed":
                data = gzip.compress(data)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *arguments: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client has had enough
            super().handle()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


INSIDE = Limits(private_addresses=True, max_seconds=2, max_file_mb=1)


@pytest.mark.parametrize("path", ["/page", "/packed", "/to/page", "/页面"])
def test_a_page_is_fetched(path: str, server: str, sandbox: Sandbox) -> None:
    source = fetch(server + path, INSIDE)
    assert source.name.endswith(".html")
    assert extract(source, LIMITS, sandbox).text.startswith("新春贺词\n（2024年2月8日）\n")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/to/file", "a redirect to 'file:///etc/passwd', which is no web page"),
        ("/to/ftp", "a redirect to 'ftp:.*, which is no web page"),
        ("/to/loop", "more than 5 redirects, or redirects in a circle$"),
        ("/missing", "404"),
        ("/slow", "no answer within 2 s"),
        ("/large", "the page has .* MB; the limit is 1 MB"),
        ("/cut", "broke off|IncompleteRead|incomplete"),
    ],
)
def test_what_is_not_to_be_had_is_an_error_that_names_the_page(path: str, message: str, server: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        fetch(server + path, INSIDE)
    assert str(error.value).startswith(server + path)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a", "http://localhost:1/a", "http://[::1]:1/a"])
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="an address of a private network"):
        fetch(url, LIMITS)


@pytest.mark.parametrize("limits", [LIMITS, INSIDE])
def test_a_redirect_to_the_secrets_of_a_cloud_is_refused(
    limits: Limits, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = server.removeprefix("http://").partition(":")[0]
    refused = _refused
    monkeypatch.setattr(
        "pipeline.ingest.fetch._refused", lambda address, limits: None if address == own else refused(address, limits)
    )
    with pytest.raises(InputError, match=r"169\.254\.169\.254, an address that no web page has"):
        fetch(f"{server}/to/private", limits)


def test_a_name_that_has_no_address_is_an_error_of_one_line() -> None:
    with pytest.raises(InputError, match=r"^http://nobody\.invalid/: [^\n\[]+$"):
        fetch("http://nobody.invalid/", LIMITS)


@pytest.mark.parametrize(
    ("address", "public", "inside"),
    [
        ("8.8.8.8", True, True), ("2606:4700::1111", True, True),
        ("10.0.0.1", False, True), ("127.0.0.1", False, True), ("192.168.1.1", False, True),
        ("100.64.0.1", False, True),
        ("::1", False, True), ("::ffff:127.0.0.1", False, True),
        ("169.254.169.254", False, False), ("fe80::1%eth0", False, False), ("::ffff:169.254.1.1", False, False),
        ("224.0.0.1", False, False), ("0.0.0.0", False, False),
    ],
)  # fmt: skip
def test_which_addresses_may_be_asked(address: str, public: bool, inside: bool) -> None:
    assert (_refused(address, LIMITS) is None) is public
    assert (_refused(address, INSIDE) is None) is inside


def test_the_real_pdf_against_its_reference() -> None:
    folder = Path(__file__).parent.parent.parent / "shared" / "data" / "pdf"
    if not folder.is_dir():
        pytest.skip("needs the PDF beside the repository (../shared/data/pdf)")
    for reference in folder.glob("*.txt"):
        with Sandbox(LIMITS) as box:
            found = read(reference.with_suffix(".pdf").read_bytes(), "a.pdf", box)
        wanted, got = ("".join(text.split()) for text in (reference.read_text("utf-8"), found.text))
        blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
        kept = sum(block.size for block in blocks)
        assert kept == len(got)  # nothing foreign
        assert len(wanted) - kept < len(wanted) * 0.004  # full stops that the reference sets behind headings
