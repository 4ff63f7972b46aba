"""Charts as SVG that stands in a page, coloured by the page's style sheet, its text left as text.

No font is needed where a chart is made: whoever looks at it has one. Colours are those of the light page; the style
sheet maps each to its name, so that charts turn dark with the page. Shades are opacities for the same reason. The few
forms that a report has are drawn here: a library for any form takes a thousand times as long.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from markupsafe import Markup, escape

from pipeline.report.scales import Scale, exact_scale, number, round_scale

INK, SOFT, LINE = "#23262b", "#686b70", "#e3dfd6"
CLAIM, TARGET, SLOGAN, ENTITY = "#1d5a86", "#a3261f", "#a1401f", "#3a7350"

WIDTH = 300  #: pixels of a chart that stands beside others, and fits a phone
_HEIGHT = 150
_COLUMN, _ROW = 13, 17  #: pixels of a heat map's cell
_FONT = 11
_LABEL = 190  #: pixels that the name of a row may take; longer ones are cut
_GAP = 6  #: between an axis and what it says
_MARGIN = 4
_FAINT = 0.08  #: a smaller share of its row's highest value is not drawn


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a series: where it stands on the axis, its value or range, and what is linked to it."""

    at: int | str
    value: float | None
    low: float | None = None
    high: float | None = None
    series: str
    link: str | None = None  #: an anchor
    said: str = ""  #: shown when pointing at it


def lines(points: Sequence[Point], series: Sequence[str], said: str) -> Markup:
    """Return `points` over years: the first of `series` as a line, broken where years are missing."""
    years = [int(point.at) for point in points]
    chart = _Chart(WIDTH - 45, _HEIGHT)
    x = exact_scale(min(years), max(years), chart.width)
    y = round_scale(_values(points), chart.height)
    chart.scale_below(x, grid=False, form="{:f}")
    chart.scale_beside(y)
    colours = dict(zip(series, (CLAIM, TARGET), strict=True))
    for run in _runs(point for point in points if point.series == series[0] and point.value is not None):
        chart.line([(x(int(point.at)), chart.up(y, point.value or 0)) for point in run], CLAIM)
    for point in points:
        chart.point(point, x(int(point.at)), y, colours[point.series], upright=True)
    chart.legend(colours)
    return chart.svg(said)


def dots(points: Sequence[Point], series: Sequence[str], said: str) -> Markup:
    """Return `points` by name, the highest of the first of `series` on top; ranges as bars."""
    first = {
        point.at: point.value if point.value is not None else point.low for point in points if point.series == series[0]
    }
    names = sorted({str(point.at) for point in points}, key=lambda name: (-(first.get(name) or 0), name))
    chart = _Chart(WIDTH - 115, len(names) * (_ROW - 3))
    x = round_scale(_values(points), chart.width)
    chart.scale_below(x)
    places = chart.names_beside(names, grid=True)
    colours = dict(zip(series, (CLAIM, TARGET), strict=True))
    for point in points:
        chart.point(point, places[str(point.at)], x, colours[point.series], upright=False)
    chart.legend(colours)
    return chart.svg(said)


def stacks(counts: Mapping[tuple[str, str], int], parts: Mapping[str, str], said: str) -> Markup:
    """Return a bar for each name of `counts` (by name and part), cut into `parts`, each with its colour."""
    names = list(dict.fromkeys(name for name, _ in counts))
    chart = _Chart(max(round(WIDTH - 20 - min(max(map(_width, names)), _LABEL)), WIDTH // 3), len(names) * _ROW)
    totals = [sum(counts.get((name, part), 0) for part in parts) for name in names]
    x = round_scale([0, *totals], chart.width, least=1)
    chart.scale_below(x)
    for name, middle in chart.names_beside(names).items():
        start = 0
        for part, colour in parts.items():
            if count := counts.get((name, part), 0):
                chart.bar(x(start), middle, x(start + count) - x(start), colour)
                start += count
    chart.legend(parts)
    return chart.svg(said)


def curves(values: Mapping[str, Mapping[int, float]], axis: str, taken: int, said: str) -> Markup:
    """Return the `values` of series over a number, and a line where the number that was `taken` is."""
    chart = _Chart(WIDTH - 45, _HEIGHT)
    x = round_scale([at for found in values.values() for at in found], chart.width, least=1)
    y = round_scale([value for found in values.values() for value in found.values()], chart.height)
    chart.scale_below(x, grid=False)
    chart.scale_beside(y)
    chart.text(chart.width / 2, chart.height + 3 * _GAP + 1.5 * _FONT, axis, "middle")
    chart.upright(x(taken), TARGET)
    colours = dict(zip(values, (CLAIM, ENTITY), strict=True))
    for name, found in values.items():
        places = [(x(at), chart.up(y, value)) for at, value in sorted(found.items())]
        chart.line(places, colours[name])
        for place in places:
            chart.dot(*place, colours[name])
    chart.legend(colours)
    return chart.svg(said)


def heat(
    cells: Sequence[tuple[str, str, float]], rows: Sequence[str], columns: Sequence[str], colour: str, said: str
) -> Markup:
    """Return a map of `cells` (row, column, value); the darker the higher, each row against its own highest value."""
    highest: dict[str, float] = defaultdict(float)
    for row, _, value in cells:
        highest[row] = max(highest[row], value)
    chart = _Chart(len(columns) * _COLUMN, len(rows) * _ROW)
    chart.names_above(columns)
    chart.names_beside(rows, fill=INK)
    across = {name: at * _COLUMN for at, name in enumerate(columns)}
    down = {name: at * _ROW for at, name in enumerate(rows)}
    shaded: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, column, value in cells:
        if highest[row] and value / highest[row] >= _FAINT:
            shaded[round(100 * value / highest[row])].append((down[row], across[column]))
    for shade, places in sorted(shaded.items()):
        chart.cells(sorted(places), colour, 0.06 + 0.94 * shade / 100)
    return chart.svg(said)


def _values(points: Iterable[Point]) -> list[float]:
    return [value for point in points for value in (point.value, point.low, point.high) if value is not None]


def _runs(points: Iterable[Point]) -> Iterator[list[Point]]:
    """Yield `points` in the order of their years, apart where more than one year is missing between them."""
    run: list[Point] = []
    for point in sorted(points, key=lambda point: int(point.at)):
        if run and int(point.at) - int(run[-1].at) > 2:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


class _Chart:
    """The marks of a chart; the upper left corner of what its axes enclose is the origin, and y grows downwards."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._behind: list[str] = []  # grid and axes
        self._marks: list[str] = []
        self._texts: dict[tuple[str, str], list[str]] = defaultdict(list)  # by colour and anchor
        self._left = self._top = 0.0  # how far the chart reaches beyond its axes
        self._right, self._bottom = width, height

    def svg(self, said: str) -> Markup:
        """Return the chart; `said` is what a screen reader says of it."""
        left, top = self._left - _MARGIN, self._top - _MARGIN
        width, height = self._right + _MARGIN - left, self._bottom + _MARGIN - top
        texts = (
            f'<g fill="{fill}" font-size="{_FONT}" text-anchor="{anchor}">{"".join(pieces)}</g>'
            for (fill, anchor), pieces in self._texts.items()
        )
        return Markup(
            f'<svg class="chart" role="img" aria-label="{escape(said)}" width="{_px(width)}" height="{_px(height)}"'
            f' viewBox="{_px(left)} {_px(top)} {_px(width)} {_px(height)}">'
            f'<g stroke="{LINE}">{"".join(self._behind)}</g>{"".join(texts)}{"".join(self._marks)}</svg>'
        )

    # -- axes ----------------------------------------------------------------------------------

    def scale_below(self, scale: Scale, *, grid: bool = True, form: str = "") -> None:
        """Draw the axis of `scale` below the chart."""
        self._rule(0, self.height, self.width, self.height)
        for mark in scale.marks:
            x = scale(mark)
            self._rule(x, 0 if grid else self.height, x, self.height + _GAP - 1)
            said = form.format(mark) if form else number(mark)
            self.text(x, self.height + _GAP + _FONT, said, "middle")

    def scale_beside(self, scale: Scale) -> None:
        """Draw the axis of `scale`, which goes upwards, on the left."""
        for mark in scale.marks:
            y = self.up(scale, mark)
            self._rule(1 - _GAP, y, self.width, y)
            self.text(-_GAP - 2, y + 0.35 * _FONT, number(mark), "end")

    def names_beside(self, names: Sequence[str], *, grid: bool = False, fill: str = SOFT) -> dict[str, float]:
        """Write `names` on the left, from top to bottom, and return where the middle of each is."""
        step = self.height / len(names)
        places = {name: step * (at + 0.5) for at, name in enumerate(names)}
        for name, y in places.items():
            if grid:
                self._rule(0, y, self.width, y)
            self.text(-_GAP, y + 0.35 * _FONT, _cut(name), "end", fill)
        return places

    def names_above(self, names: Sequence[str]) -> None:
        """Write `names` above, from left to right, upright where they are wider than their column."""
        step = self.width / len(names)
        turned = any(_width(name) > step - 2 for name in names)
        for at, name in enumerate(names):
            if turned:
                self.text(step * (at + 0.5) + 0.35 * _FONT, -_GAP, name, "start", turned=True)
            else:
                self.text(step * (at + 0.5), -_GAP, name, "middle")

    def legend(self, colours: Mapping[str, str]) -> None:
        """Say above the chart what its colours are."""
        widths = [_width(name) + 2.5 * _FONT for name in colours]
        x = max(min(0, self.width - sum(widths)), self._left)
        y = self._top - _FONT
        for (name, colour), width in zip(colours.items(), widths, strict=True):
            self.dot(x + 4, y, colour, radius=4)
            self.text(x + 11, y + 0.35 * _FONT, name, "start")
            x += width

    def text(self, x: float, y: float, said: str, anchor: str, fill: str = SOFT, *, turned: bool = False) -> None:
        """Write `said` at its `anchor`; `turned`, from the bottom to the top."""
        turn = f' transform="rotate(-90 {_px(x)} {_px(y)})"' if turned else ""
        self._texts[fill, anchor].append(f'<text x="{_px(x)}" y="{_px(y)}"{turn}>{escape(said)}</text>')
        width = _width(said)
        before = {"start": 0, "middle": width / 2, "end": width}[anchor]
        if turned:
            self._reach(x - _FONT, y - width + before, x, y + before)
        else:
            self._reach(x - before, y - _FONT, x + width - before, y + 0.3 * _FONT)

    def up(self, scale: Scale, value: float | Decimal) -> float:
        """Return where `value` stands on an axis that goes upwards."""
        return self.height - scale(value)

    # -- marks ---------------------------------------------------------------------------------

    def line(self, places: Iterable[tuple[float, float]], colour: str) -> None:
        """Draw a line through `places`."""
        path = "L".join(f"{_px(x)},{_px(y)}" for x, y in places)
        self._marks.append(f'<path d="M{path}" stroke="{colour}" stroke-width="1.8" fill="none"/>')

    def point(self, point: Point, at: float, scale: Scale, colour: str, *, upright: bool) -> None:
        """Draw `point` at its place `at` on one axis, its value or range on that of `scale`, linked."""

        def place(value: float) -> tuple[float, float]:
            return (at, self.up(scale, value)) if upright else (scale(value), at)

        drawn = []
        if point.low is not None and point.high is not None:
            (x, y), (x2, y2) = place(point.low), place(point.high)
            path = f"M{_px(x)},{_px(y)}L{_px(x2)},{_px(y2)}"
            drawn.append(f'<path d="{path}" stroke="{colour}" stroke-width="3"/>')
        if point.value is not None:
            drawn.append(_circle(*place(point.value), colour, 2.6 if upright else 3.3))
        mark = "".join(drawn)
        if point.link:
            mark = f'<a href="#{point.link}"><title>{escape(point.said)}</title>{mark}</a>'
        self._marks.append(mark)

    def dot(self, x: float, y: float, colour: str, radius: float = 2.6) -> None:
        """Draw a dot."""
        self._reach(x - radius, y - radius, x + radius, y + radius)
        self._marks.append(_circle(x, y, colour, radius))

    def bar(self, x: float, middle: float, width: float, colour: str) -> None:
        """Draw a bar of the height of a row."""
        height = 0.7 * _ROW
        place = f'x="{_px(x)}" y="{_px(middle - height / 2)}" width="{_px(width)}" height="{_px(height)}"'
        self._marks.append(f'<rect {place} fill="{colour}"/>')

    def upright(self, x: float, colour: str) -> None:
        """Draw a dashed line from the axis to the top."""
        path = f"M{_px(x)},0V{_px(self.height)}"
        self._marks.append(f'<path d="{path}" stroke="{colour}" stroke-dasharray="3,3"/>')

    def cells(self, places: Iterable[tuple[int, int]], colour: str, opacity: float) -> None:
        """Fill the cells of a heat map that are at `places` (y, x)."""
        path = "".join(f"M{x},{y}h{_COLUMN}v{_ROW}h-{_COLUMN}z" for y, x in places)
        self._marks.append(f'<path d="{path}" fill="{colour}" fill-opacity="{opacity:.2f}"/>')

    def _rule(self, x: float, y: float, x2: float, y2: float) -> None:
        self._behind.append(f'<path d="M{_px(x)},{_px(y)}L{_px(x2)},{_px(y2)}"/>')

    def _reach(self, left: float, top: float, right: float, bottom: float) -> None:
        self._left, self._top = min(self._left, left), min(self._top, top)
        self._right, self._bottom = max(self._right, right), max(self._bottom, bottom)


def _circle(x: float, y: float, colour: str, radius: float) -> str:
    return f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{radius}" fill="{colour}"/>'


def _px(value: float) -> str:
    """Return `value` with one digit after the point, if it needs one."""
    digits = f"{value:.1f}".removesuffix(".0")
    return "0" if digits == "-0" else digits


def _width(text: str) -> float:
    """Return about how many pixels `text` takes: a Chinese character the size of the font, another less."""
    return sum(_FONT if char > "\u2e80" else 0.6 * _FONT for char in text)


def _cut(text: str) -> str:
    """Return `text`, cut where it is wider than `_LABEL`."""
    if _width(text) <= _LABEL:
        return text
    while _width(text) > _LABEL - _FONT:
        text = text[:-1]
    return f"{text}…"
