"""How much of a text comes out of pages, Word files and PDFs, what is foreign in it, and what metadata are found.

    python benchmarks/layout.py FOLDER ...

Each text with a NAME.meta.json beside it is set in every template below, with chrome, bylines and page numbers that
are made up, read back as `gongbao add` reads it, and compared with what was set. Characters are counted without white
space. Half of the pages are of the year of the text, half were put there again years later. The date counts as right
if it is the day of the speech where the text has one, else the one that is given.
"""

# ruff: noqa: E501  # pages as portals write them
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from html import escape
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.detection import detect
from pipeline.ingest import Limits, Source, extract
from pipeline.ingest.sandbox import Sandbox
from pipeline.layout import find_passages
from pipeline.metadata import companion, read_metadata
from pipeline.reading import read_text

MENU = "".join(
    f'<li><a href="/{i}">{name}</a></li>'
    for i, name in enumerate(("首页", "政务公开", "办事服务", "互动交流", "走进本地"))
)
RELATED = "".join(
    f'<li><a href="/n{i}">图解：一图读懂报告的第{i}个看点，数字里看变化</a><span>2027-03-0{i}</span></li>'
    for i in range(1, 5)
)
FOOT = (
    "主办：某地人民政府办公室 承办：某地大数据中心 网站标识码：6200000001 备案号：陇ICP备05000001号 联系我们 网站地图"
)


def central(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a page with a breadcrumb, a line for the source and a named body, as the portals of ministries are."""
    body = "".join(f"<p style='text-indent:2em'>{escape(line)}</p>\n" for line in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}_要闻_某地人民政府门户网站</title></head><body>
<div class="header"><a href="/">返回首页</a><input placeholder="请输入关键词"><ul>{MENU}</ul></div>
<div class="crumb">首页 &gt; 政务公开 &gt; 政府工作报告</div><h1>{escape(title)}</h1>
<div class="pages-date">{year}-03-09 08:31 <span>来源：本地日报</span><div class="share">分享到：<a>微信</a><a>微博</a></div></div>
<div class="pages_content" id="UCAP-CONTENT">{body}<div class="editor"><span>【我要纠错】</span>责任编辑：王某某</div></div>
<div class="related"><h3>相关稿件</h3><ul>{RELATED}</ul></div><div class="footer"><p>{FOOT}</p></div></body></html>""".encode()


def tables(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return an old page in GB2312: laid out by tables, breaks instead of paragraphs, a byline in a cell."""
    body = "<BR>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in paragraphs)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>某地政府网</TITLE></HEAD><BODY>
<TABLE width=960><TR><TD><A href=/>网站首页</A> | <A href=/1>新闻中心</A> | <A href=/2>政务信息</A></TD></TR></TABLE>
<TABLE><TR><TD width=180><TABLE>{"".join(f"<TR><TD><A href=/c{i}>栏目之{i}</A></TD></TR>" for i in range(9))}</TABLE></TD>
<TD><TABLE><TR><TD align=center><B><FONT size=5>{escape(title)}</FONT></B></TD></TR>
<TR><TD align=center>发布日期：{year}年3月9日　信息来源：政府办公室　浏览次数：2036　字号：[ 大 中 小 ]</TD></TR>
<TR><TD class=content>{body}</TD></TR><TR><TD align=right>【打印本页】【关闭窗口】</TD></TR></TABLE></TD></TR></TABLE>
<TABLE><TR><TD>{FOOT}</TD></TR></TABLE></BODY></HTML>""".encode("gb18030")


def spans(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a page whose paragraphs are cut into spans, with a side bar and comments, and nothing named."""

    def cut(line: str) -> str:
        return "".join(f"<span>{escape(line[i : i + 17])}</span>" for i in range(0, len(line), 17))

    body = "".join(f'<p class="x{i % 3}">　　{cut(line)}</p>' for i, line in enumerate(paragraphs))
    return f"""<!doctype html><html lang=zh><head><meta charset=utf-8><title>{escape(title)} - 本地新闻网</title>
<meta property="og:title" content="{escape(title)}"></head><body><nav><ul>{MENU}</ul></nav><main><div class=a1><h2>{escape(title)}</h2>
<p class=m><em>{year}/03/09 10:15:00</em> <em>来源： 本地发布</em> <em>作者： 李某某</em> <em>阅读量：3.2万</em></p>{body}
<p>（来源：本地日报 编辑：赵某某）</p></div><aside><h4>热点推荐</h4><ul>{RELATED}</ul></aside>
<section><h4>网友评论</h4><p>登录后可以发表评论</p></section></main><footer>{FOOT}</footer></body></html>""".encode()


def sections(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a page made of nested sections without paragraphs, as accounts on phones write them."""
    body = "".join(
        f"<section><section><span>{escape(line)}</span></section></section><section><br></section>"
        for line in paragraphs
    )
    return f"""<html><head><meta charset=utf-8><meta property=og:title content="{escape(title)}"></head><body>
<div><h1>{escape(title)}</h1><div><span>某地发布</span> <em>{year}年3月9日 07:02</em> <span>甘肃</span></div>
<div id=js_content><section>点击上方蓝字关注我们</section>{body}<section>来源：某地日报</section><section>编辑：孙某某 校对：周某某 审核：吴某某</section></div>
<div>阅读原文</div><div>喜欢此内容的人还喜欢</div></div></body></html>""".encode()


def word(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a Word file with a header, page numbers and the title in a style of its own."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def paragraph(line: str, style: str = "") -> str:
        runs = "".join(
            f'<w:r><w:t xml:space="preserve">{escape(line[i : i + 40])}</w:t></w:r>' for i in range(0, len(line), 40)
        )
        return f"<w:p><w:pPr>{f'<w:pStyle w:val={chr(34)}{style}{chr(34)}/>' if style else ''}</w:pPr>{runs}</w:p>"

    body = paragraph(title, "Title") + "".join(paragraph(f"　　{line}") for line in paragraphs)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/header1.xml", f"<w:hdr {space}>{paragraph('某地人民政府文件 内部资料 注意保存')}</w:hdr>"
        )
        archive.writestr("word/footer1.xml", f"<w:ftr {space}>{paragraph('— 1 —')}</w:ftr>")
    return held.getvalue()


def gazette(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a PDF of a gazette: justified lines, a running head, page numbers."""
    return _pdf(title, paragraphs, across=30, size=15, head=f"某地人民政府公报 {year}年第3期", foot="— {} —", indent=2)


def newspaper(title: str, paragraphs: list[str], year: str) -> bytes:
    """Return a PDF of small type with the name of the paper, the day and the page of a newspaper on every page."""
    return _pdf(
        title,
        paragraphs,
        across=42,
        size=10,
        head=f"要闻 {year}年3月9日 星期二 某地日报",
        foot="第 {} 版 责编：郑某 版式：冯某",
        indent=2,
    )


def _pdf(title: str, paragraphs: list[str], *, across: int, size: int, head: str, foot: str, indent: int) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842), invariant=True)
    lines = [("", title)]
    for paragraph in paragraphs:
        first = across - indent
        parts = [paragraph[:first], *(paragraph[i : i + across] for i in range(first, len(paragraph), across))]
        lines += [("　" * indent if i == 0 else "", part) for i, part in enumerate(parts)]
    leading = size * 1.7
    rows = int(680 / leading)
    for number, start in enumerate(range(0, len(lines), rows), start=1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(70, 800, head)
        canvas.drawCentredString(297, 40, foot.format(number))
        for i, (blank, line) in enumerate(lines[start : start + rows]):
            heading = number == 1 and i == 0
            canvas.setFont("STSong-Light", size + 6 if heading else size)
            place = 760 - leading * i
            (canvas.drawCentredString(297, place, line) if heading else canvas.drawString(70, place, blank + line))
        canvas.showPage()
    canvas.save()
    return held.getvalue()


TEMPLATES: dict[str, tuple[Callable[[str, list[str], str], bytes], str]] = {
    "html, named body": (central, ".html"),
    "html, tables": (tables, ".html"),
    "html, spans": (spans, ".html"),
    "html, sections": (sections, ".html"),
    "docx": (word, ".docx"),
    "pdf, gazette": (gazette, ".pdf"),
    "pdf, newspaper": (newspaper, ".pdf"),
}


def body_of(text: str) -> list[str]:
    """Return the paragraphs of a plain text without what belongs to the page around it."""
    passages = {passage.start for passage in find_passages(text)}
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip() and start not in passages:
            lines.append("".join(line.strip("\n \u3000\u200b\ufeff").split("\u3000\u3000")))
        start += len(line)
    return lines


def survived(wanted: Iterable[str], found: Iterable[str]) -> tuple[int, int, int]:
    """Return the characters set, those of them that were read, and those that were read but not set."""
    a, b = (["".join(line.split()) for line in lines] for lines in (wanted, found))
    kept = 0
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[i:j]), "".join(b[k:m])
        if tag == "equal":
            kept += len(before)
        elif before and after:
            kept += sum(
                block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
            )
    size = sum(map(len, a))
    return size, kept, sum(map(len, b)) - kept


def main(folders: list[str]) -> None:
    """Print for each template the shares of characters kept and foreign, and of metadata found."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    paths = sorted(text for folder in folders for text in Path(folder).rglob("*.txt") if companion(text).is_file())
    with Sandbox(Limits()) as sandbox:
        for name, (template, suffix) in TEMPLATES.items():
            chars: Counter[str] = Counter()
            right: Counter[str] = Counter()
            given: Counter[str] = Counter()
            for number, path in enumerate(paths):
                text = read_text(path)
                known, lines = read_metadata(companion(path)), body_of(text)
                year = (known.date or "")[:4] if number % 2 else "2027"
                title = known.title or lines[0]
                lines = [line for line in lines if line != title]
                read = extract(Source(template(title, lines, year), f"a{suffix}"), Limits(), sandbox)
                size, kept, foreign = survived([title, *lines], read.text.split("\n"))
                chars.update(size=size, kept=kept, foreign=foreign)
                found, _ = detect(read.text, None, read.said)
                day = next((f.value for f in detect(text)[1] if (f.field, f.rule) == ("date", "meeting")), known.date)
                wanted = {"title": title, "date": day, "issuer": known.issuer, "region": known.region}
                if suffix == ".html":
                    wanted["published"] = f"{year}-03-09"
                for field, value in wanted.items():
                    if value:
                        given[field] += 1
                        got = getattr(found, field) or ""
                        right[field] += (got[: len(value)] if field == "date" else got) == value
            shares = "  ".join(f"{field} {right[field] / given[field]:.1%}" for field in given)
            print(
                f"{name:<18} kept {chars['kept'] / chars['size']:.4%}  foreign {chars['foreign'] / chars['size']:.4%}  {shares}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
