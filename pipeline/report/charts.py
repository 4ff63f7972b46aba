"""Charts as SVG that stands in a page: drawn by Vega-Lite, coloured by the page's style sheet, its text left as text.

No font is needed where a chart is made: whoever looks at it has one. Colours are those of the light page; the style
sheet maps each to its name, so that charts turn dark with the page. Shades are opacities for the same reason.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import msgspec
from markupsafe import Markup, escape

from pipeline.regex import Regex

INK, SOFT, LINE = "#23262b", "#686b70", "#e3dfd6"
CLAIM, TARGET, SLOGAN, ENTITY = "#1d5a86", "#a3261f", "#a1401f", "#3a7350"

WIDTH = 300  #: pixels of a chart that stands beside others, and fits a phone
_YEAR_STEP, _ROW = 13, 17  #: pixels of a heat map's cell
_FONT = 11
_LABEL = 190  #: pixels that the name of a row may take; longer ones are cut
_FAINT = 0.08  #: a smaller share of its row's highest value is not drawn

_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "labelFontSize": _FONT,
        "titleFontSize": _FONT,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 0,  # cut here, by `_named`: the library would measure each text over and over
    },
    "legend": {"labelColor": SOFT, "labelFontSize": _FONT, "orient": "top", "title": None, "symbolStrokeWidth": 2},
    "point": {"filled": True, "size": 22, "opacity": 1},
    "line": {"strokeWidth": 1.8},
}
_HALF = "çćĉċčśŝşšýÿŷźżžķ"  #: letters half as wide as the font is high, in what the library takes for sans-serif
_PAIR = Regex(f"[{_HALF}]{{2}}")
#: What the library writes that neither shows nor says anything.
_IDLE = Regex(
    r' xmlns(?::xlink)?="[^"]*"| (?:aria-[a-z]+|role|pointer-events|font-family|stroke-miterlimit|version)="[^"]*"'
    r'| (?:opacity|stroke-width)="1"|<path class="(?:back|fore)ground"[^>]*/>| class="[^"]*"'
)
_EMPTY = Regex(r"<g>(?:<g></g>)*</g>")
_DIGITS = Regex(r"(\.\d\d)\d+")
_LINK = Regex(r'<a xlink:href="[^"#]*#([^"]*)"[^>]*>')


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a series: where it stands on the axis, its value or range, and what is linked to it."""

    at: int | str
    value: float | None
    low: float | None = None
    high: float | None = None
    series: str
    link: str | None = None  #: an anchor
    said: str = ""  #: shown when pointing at it


class Chart(msgspec.Struct, frozen=True):
    """What is to be drawn: a Vega-Lite `spec`; what a screen reader says of it; those of its points that are links."""

    spec: Mapping[str, Any]
    said: str
    points: Sequence[Point] = ()


def draw(charts: Sequence[Chart]) -> list[Markup]:
    """Return `charts` as SVG."""
    return [_drawn(chart) for chart in charts]


def _drawn(chart: Chart) -> Markup:
    import vl_convert

    spec = msgspec.json.encode({**chart.spec, "config": _CONFIG}).decode()
    letters = _in_letters(spec)
    svg = vl_convert.vegalite_to_svg(spec.translate({ord(char): pair for char, pair in letters.items()}))
    if letters:
        chinese = {pair: char for char, pair in letters.items()}
        svg = _PAIR.sub(lambda found: chinese[found[0]], svg)
    head, _, body = svg.partition(">")
    _, _, width, height = re.findall(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', head)[0]
    notes = {point.link: escape(point.said) for point in chart.points}
    body = _LINK.sub(lambda link: f'<a href="#{link[1]}"><title>{notes.get(link[1], "")}</title>', body)
    body = _DIGITS.sub(r"\1", _EMPTY.sub("", _IDLE.sub("", body)))
    return Markup(
        f'<svg class="chart" role="img" aria-label="{escape(chart.said)}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">{body}'
    )


def _in_letters(spec: str) -> dict[str, str]:
    """Return for each Chinese character of `spec` two letters that are drawn in its place, as wide as it together.

    To measure a text the library looks for each character that its font lacks in all fonts of the machine, every time:
    two thirds of the time of a chart, and a layout that depends on the machine. Nothing for the rare text that has
    such letters itself, or more characters than there are pairs.
    """
    chars = sorted({char for char in spec if char > "\u2e80"})
    if len(chars) > len(_HALF) ** 2 or any(letter in spec for letter in _HALF):
        return {}
    return dict(zip(chars, map("".join, product(_HALF, repeat=2)), strict=False))


def lines(points: Sequence[Point], series: Sequence[str], said: str) -> Chart:
    """Return `points` over years: the first of `series` as a line, broken where years are missing."""
    years = [int(point.at) for point in points]
    axis = {
        "format": "d",
        "title": None,
        "tickMinStep": 1,
        "labelFlush": False,
        "tickCount": min(5, max(years) - min(years) + 1),
        "grid": False,
    }
    x = {"field": "at", "type": "quantitative", "axis": axis, "scale": {"domain": [min(years), max(years)]}}
    y, colour = _figures(), _by_series(series)
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": {"field": "series", "equal": series[0]}}, {"filter": "isValid(datum.value)"}],
            "mark": "line",
            "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "run", "type": "nominal"}},
        },
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour, **_link(points)},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": "point",
            "encoding": {"x": x, "y": y, "color": colour, **_link(points)},
        },
    ]
    return Chart({"width": WIDTH - 45, "height": 150, "data": {"values": _rows(points)}, "layer": layers}, said, points)


def _figures() -> dict[str, Any]:
    """Return the encoding of values along an axis that need not begin at zero."""
    axis = {"title": None, "tickCount": 5}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": {"zero": False}}


def _by_series(series: Sequence[str]) -> dict[str, Any]:
    """Return the encoding of facts and targets as colours."""
    return {"field": "series", "type": "nominal", "scale": {"domain": list(series), "range": [CLAIM, TARGET]}}


def dots(points: Sequence[Point], series: Sequence[str], said: str) -> Chart:
    """Return `points` by name, the highest of the first of `series` on top; ranges as bars."""
    first = {
        point.at: point.value if point.value is not None else point.low for point in points if point.series == series[0]
    }
    names = sorted(dict.fromkeys(point.at for point in points), key=lambda name: (-(first.get(name) or 0), str(name)))
    axis = {"title": None, "grid": True, "domain": False, **_named(names)}
    y = {"field": "at", "type": "nominal", "sort": names, "axis": axis}
    x, colour = _figures(), _by_series(series)
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": colour, **_link(points)},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "size": 34},
            "encoding": {"y": y, "x": x, "color": colour, **_link(points)},
        },
    ]
    return Chart(
        {"width": WIDTH - 115, "height": {"step": _ROW - 3}, "data": {"values": _rows(points)}, "layer": layers},
        said,
        points,
    )


def _rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Return `points` as data; years of which at most one is missing between are of one `run`."""
    rows: list[dict[str, Any]] = []
    runs: dict[str, tuple[int | str, int]] = {}  # the last year of each series, and its run
    for point in sorted(points, key=lambda point: str(point.at)):
        last, run = runs.get(point.series, (point.at, 0))
        if isinstance(last, int) and isinstance(point.at, int) and point.at - last > 2:
            run += 1
        runs[point.series] = point.at, run
        link = f"#{point.link}" if point.link else None
        rows.append({**msgspec.structs.asdict(point), "link": link, "run": run})
    return rows


def _named(names: Sequence[int | str]) -> dict[str, Any]:
    """Return what makes an axis say `names`, those that are wider than `_LABEL` cut."""
    cut = {name: _cut(name) for name in names if isinstance(name, str) and _width(name) > _LABEL}
    return {"labelExpr": f"({msgspec.json.encode(cut).decode()})[datum.label] || datum.label"} if cut else {}


def _width(text: str) -> float:
    """Return about how many pixels `text` takes: a Chinese character the size of the font, another less."""
    return sum(_FONT if char > "\u2e80" else 0.6 * _FONT for char in text)


def _cut(text: str) -> str:
    while _width(text) > _LABEL - _FONT:
        text = text[:-1]
    return f"{text}…"


def _link(points: Sequence[Point]) -> dict[str, Any]:
    return {"href": {"field": "link", "type": "nominal"}} if any(point.link for point in points) else {}


def stacks(rows: Sequence[Mapping[str, Any]], parts: Mapping[str, str], said: str) -> Chart:
    """Return bars of `rows` with `name`, `part` and `count`, cut into `parts`, each with its colour."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    labels = min(max(map(_width, names)), _LABEL)
    spec = {
        "width": max(round(WIDTH - 20 - labels), WIDTH // 3),
        "height": {"step": _ROW},
        "data": {"values": [{**row, "order": list(parts).index(row["part"])} for row in rows]},
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": names,
                "axis": {"title": None, "ticks": False, **_named(names)},
            },
            "x": {"field": "count", "type": "quantitative", "axis": {"title": None, "tickMinStep": 1, "tickCount": 5}},
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": list(parts), "range": list(parts.values())},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }
    return Chart(spec, said)


def curves(rows: Sequence[Mapping[str, Any]], series: Sequence[str], axis: str, taken: float, said: str) -> Chart:
    """Return the values of `series` over a number `x`, and a line where the number that was `taken` is."""
    x = {
        "field": "x",
        "type": "quantitative",
        "axis": {"title": axis, "tickMinStep": 1, "grid": False},
        "scale": {"zero": False},
    }
    y = {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 5}, "scale": {"zero": False}}
    colour = {"field": "series", "type": "nominal", "scale": {"domain": list(series), "range": [CLAIM, ENTITY]}}
    layers = [
        {
            "data": {"values": [{"x": taken}]},
            "mark": {"type": "rule", "color": TARGET, "strokeDash": [3, 3]},
            "encoding": {"x": x},
        },
        {"mark": {"type": "line", "point": True}, "encoding": {"x": x, "y": y, "color": colour}},
    ]
    return Chart({"width": WIDTH - 45, "height": 150, "data": {"values": list(rows)}, "layer": layers}, said)


def heat(
    cells: Sequence[tuple[str, str, float]], rows: Sequence[str], columns: Sequence[str], colour: str, said: str
) -> Chart:
    """Return a map of `cells` (row, column, value); the darker the higher, each row against its own highest value."""
    highest = {row: max((value for name, _, value in cells if name == row), default=0) for row in rows}
    values = [
        {"row": row, "column": column, "shade": round(value / highest[row], 2)}
        for row, column, value in cells
        if highest[row] and value / highest[row] >= _FAINT
    ]
    years = all(column.isdigit() for column in columns)
    spec = {
        "width": {"step": _YEAR_STEP},
        "height": {"step": _ROW},
        "data": {"values": values},
        "mark": {"type": "rect", "color": colour},
        "encoding": {
            "y": {
                "field": "row",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": list(rows)},
                "axis": {"title": None, "domain": False, "ticks": False, "labelColor": INK, **_named(rows)},
            },
            "x": {
                "field": "column",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": list(columns)},
                "axis": {
                    "title": None,
                    "domain": False,
                    "orient": "top",
                    "ticks": False,
                    "labelAngle": -90 if years else 0,
                    "labelOverlap": "parity" if years else False,
                },
            },
            "fillOpacity": {
                "field": "shade",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [0.06, 1]},
                "legend": None,
            },
        },
    }
    return Chart(spec, said)
