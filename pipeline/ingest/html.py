"""Web pages: the text of the page without what stands around it.

The page becomes a list of blocks in reading order. Its body is the element that a portal's known selectors point at,
if it holds most of the page's prose, else the smallest element that does. What stands between the title and the body
is kept as well (the day and the meeting, the speaker), and so is what the page's own metadata say.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.errors import DataError, InputError
from pipeline.ingest.blocks import Block, clean, continues, joined, row
from pipeline.layout import rule_for
from pipeline.regex import Regex

_LEVELS = 500  # elements within elements
_OPEN_TAGS = 10_000
_NESTING = Regex(
    "<(/?)(?!(?:p|li|td|th|tr|dd|dt|br|hr|img|col|input|meta|link|option|area|base|wbr)[\\s/>])[a-z][a-z0-9]*", re.I
)
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PROSE = Regex("[。；，！]")
_SELECTED_SHARE = 0.5  # of the page's prose, for a known selector
_BODY_SHARE = 0.85  # of the page's prose, for an element that no selector names
_CELL_CHARS = 400  # a table with longer cells lays out the page
_LINKED = 0.6  # of a block's characters; more makes it navigation
_SITE = Regex("(?:[网站页道]|平台|门户|客户端)$")  # how the title of a page ends that names only the site
_DATE = Regex(r"(?P<year>[12][0-9]{3})[-/.年](?P<month>[01]?[0-9])[-/.月](?P<day>[0-3]?[0-9])")


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bodies: tuple[str, ...]
    dropped: tuple[str, ...]
    titles: tuple[str, ...]
    published: tuple[str, ...]


@cache
def _rules() -> _Rules:
    try:
        return msgspec.toml.decode((files("pipeline.data") / "html.toml").read_bytes(), type=_Rules)
    except msgspec.MsgspecError as error:
        raise DataError(f"html.toml: {error}") from error


class _Piece(msgspec.Struct):
    """A block, where it stands in the page and how much of it is links."""

    block: Block
    linked: float
    inside: bool


def read_html(page: str) -> tuple[list[Block], dict[str, str]]:
    """Return the blocks of the text of `page`, and what the page says of it (title, published); raises InputError."""
    rules = _rules()
    if _open_tags(page) > _OPEN_TAGS:
        raise InputError(f"a web page with elements nested more than {_LEVELS} deep")
    try:
        tree = LexborHTMLParser(page)
    except SelectolaxError as error:
        raise InputError(
            f"a web page that cannot be parsed, or not within the memory (setting max_memory_mb): {error}"
        ) from error
    root = tree.root
    if root is None or tree.body is None:
        raise InputError("a web page without a body")
    _check_depth(root)
    said = {
        field: value
        for field, selectors in (("title", rules.titles), ("published", rules.published))
        if (value := _meta(tree, selectors))
    }
    if day := _day(_DATE.match(said.pop("published", ""))):
        said["published"] = day
    for selector in rules.dropped:
        for node in tree.css(selector):
            if node.tag not in ("html", "body"):
                node.decompose()
    body = _body(tree)
    heading = next((clean(node.text()) for node in tree.css("h1") if clean(node.text())), "")
    if "title" not in said:
        shown = tree.css_first("title")
        name = clean(shown.text()) if shown else ""
        name = re.split(r" *[-_|–—] *(?=[^-_|–—]{2,20}$)", name)[0]
        said["title"] = heading if len(heading) >= 4 else "" if _SITE.search(name) else name
    pieces = list(_pieces(tree.body, body))
    blocks = _without_repetition(list(_text_of(pieces, said)))
    if said["title"] and not any(_same(said["title"], block.text) for block in blocks[:6]):
        blocks.insert(0, Block("heading", said["title"]))
    said = {field: value for field, value in said.items() if value}
    return blocks, said


def _day(found: re.Match[str] | None) -> str | None:
    """Return the day that was found in the form YYYY-MM-DD; None where the calendar has no such day."""
    try:
        return datetime.date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _without_repetition(blocks: list[Block]) -> list[Block]:
    """Return `blocks` without a title that the page shows above a text which begins with it, too."""
    again = next((i for i, b in enumerate(blocks[1:4], 1) if len(b.text) > 3 and _same(blocks[0].text, b.text)), 0)
    return blocks[:again] + blocks[again + 1 :] if again else blocks


def _same(title: str, line: str) -> bool:
    strip = str.maketrans("", "", " \u3000\u200b")
    return title.translate(strip) == line.translate(strip)


def _meta(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (value := clean(node.attributes.get("content") or "")):
            return value
    return ""


def _open_tags(page: str) -> int:
    """Return how many elements are open at once at most, as the tags say; parsing takes its square in time."""
    depth = deepest = 0
    for tag in _NESTING.finditer(page):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _check_depth(root: LexborNode) -> None:
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        if node.child is not None:
            node, depth = node.child, depth + 1
            if depth > _LEVELS:
                raise InputError(f"a web page with elements nested more than {_LEVELS} deep")
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if node is None or depth <= 0:
                return
        node = node.next if node is not None else None


def _prose(node: LexborNode) -> int:
    """Return how many characters of prose are in `node`, links left out."""
    total = 0
    for text in _texts(node):
        parent = text.parent
        content = text.text_content or ""
        if _PROSE.search(content) and not (parent is not None and parent.tag == "a"):
            total += len(content.strip())
    return total


def _texts(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            yield child


def _body(tree: LexborHTMLParser) -> LexborNode:
    """Return the element that holds the text."""
    page = tree.body
    assert page is not None
    everything = _prose(page)
    if not everything:
        return page
    chosen, most = page, 0
    for selector in _rules().bodies:
        for node in tree.css(selector):
            found = _prose(node)
            if found > most:
                chosen, most = node, found
    if most >= _SELECTED_SHARE * everything:
        return chosen
    node = page
    while True:
        deeper = [(child, _prose(child)) for child in node.iter()]
        best = max(deeper, key=lambda item: item[1], default=(node, 0))
        if best[1] < _BODY_SHARE * everything or best[0].tag in ("p", "table", "tbody", "tr"):
            return node
        node = best[0]


def _pieces(page: LexborNode, body: LexborNode) -> Iterator[_Piece]:
    yield from _Lines(body.mem_id).pieces(page)


class _Lines:
    """Turns elements into blocks: inline text is gathered until a block element or a line break ends it."""

    def __init__(self, body: int) -> None:
        self._body = body
        self._text: list[str] = []
        self._linked = 0

    def pieces(
        self, node: LexborNode, kind: str = "paragraph", inside: bool = False, link: bool = False
    ) -> Iterator[_Piece]:
        """Yield the pieces of `node`."""
        inside = inside or node.mem_id == self._body
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                content = child.text_content or ""
                self._text.append(content)
                self._linked += len(content.strip()) if link else 0
            elif tag == "br":
                self._text.append("\x1e")
            elif tag == "table" and (rows := _data_rows(child)):
                yield from self._flush(kind, inside)
                for line in rows:
                    yield _Piece(line, 0.0, inside or child.mem_id == self._body)
            elif tag in _BLOCK_TAGS:
                yield from self._flush(kind, inside)
                below = "heading" if tag in _HEADINGS else "item" if tag == "li" else kind
                yield from self.pieces(child, below, inside, link)
                yield from self._flush(below, inside or child.mem_id == self._body)
            else:
                yield from self.pieces(child, kind, inside, link or tag == "a")
        if node.mem_id == self._body:
            yield from self._flush(kind, inside)

    def _flush(self, kind: str, inside: bool) -> Iterator[_Piece]:
        whole, linked = "".join(self._text), self._linked
        self._text, self._linked = [], 0
        lines: list[str] = []
        for part in whole.split("\x1e"):
            line = part.strip("\r\n\t")
            if lines and lines[-1] and continues(clean(lines[-1]) or "。", line):
                lines[-1] = joined(clean(lines[-1]), clean(line))
            else:
                lines.append(line)
        chars = max(len(whole.strip()), 1)
        for line in lines:
            for piece in re.split("\u3000{2,}", line):  # an indent in the middle begins a paragraph
                if text := clean(piece):
                    yield _Piece(Block(kind, text), linked / chars, inside)


def _data_rows(table: LexborNode) -> list[Block]:
    """Return the rows of a table of data; none for a table that lays out the page."""
    if table.css_first("table table, h1, h2, li") is not None:
        return []
    rows = []
    for line in table.css("tr"):
        cells = [cell.text(separator="\n") for cell in line.iter() if cell.tag in ("td", "th")]
        if any(len(cell) > _CELL_CHARS for cell in cells):
            return []
        rows.append(cells)
    if max(map(len, rows), default=0) < 2:
        return []
    return [row(cells) for cells in rows]


def _text_of(pieces: list[_Piece], said: dict[str, str]) -> Iterator[Block]:
    """Yield the blocks of the text: those of the body, and those between the title and it."""
    first = next((i for i, piece in enumerate(pieces) if piece.inside), len(pieces))
    titles = [i for i, piece in enumerate(pieces[:first]) if said["title"] and _same(said["title"], piece.block.text)]
    start = titles[-1] if titles else first
    chosen = [p for i, p in enumerate(pieces) if p.inside or (start <= i < first and p.linked < _LINKED)]
    prose = [
        i
        for i, p in enumerate(chosen)
        if len(p.block.text) >= 30 and _PROSE.search(p.block.text) and p.linked < _LINKED
    ]
    head, tail = (prose[0], prose[-1]) if prose else (len(chosen), -1)
    crumbs = {i + step for i in range(head) if chosen[i].block.text in (">", "›", "»") for step in (-1, 0, 1)}
    for i, piece in enumerate(chosen):
        text = piece.block.text
        edge = i < head or i > tail
        rule = rule_for(text, "anywhere") or (rule_for(text, "edge") if edge else None)
        if i > tail and rule_for(text, "end"):
            return
        byline = edge and rule is not None and rule.kind == "byline"
        if byline and "published" not in said and (day := _day(_DATE.search(text))):
            said["published"] = day
        linked = edge and piece.linked >= _LINKED and not text.startswith("附件")
        if rule is None and i not in crumbs and not linked:
            yield piece.block
