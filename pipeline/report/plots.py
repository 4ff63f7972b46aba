"""What the report draws, each with the table that it is drawn from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from markupsafe import Markup

from pipeline.analyses import Analyses
from pipeline.audit import CONFLICT, CONSISTENT, ROUNDING
from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.indicators import Cell as IndicatorCell
from pipeline.indicators import Figure, Series
from pipeline.promises import MET, MISSED
from pipeline.report import charts
from pipeline.report.charts import Chart, Point
from pipeline.report.findings import Titles, topic_shares_table, topic_sizes_table
from pipeline.report.tables import Cell, Column, Records, Table
from pipeline.report.wording import Wording
from pipeline.slogans import Trail

SERIES_DRAWN = 8  #: indicators
TRAILS_DRAWN = 16  #: slogans
DOCUMENTS_DRAWN = 80
_LEAST = 4  #: years or regions that a chart needs
_STATUSES = ("actual", "target")


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """A chart with its title, a note, and the data below it; `table` is None where they stand elsewhere on the page."""

    title: str
    note: str = ""
    chart: Chart
    svg: Markup = Markup()  #: the chart, once it is drawn
    table: Table | None = None
    wide: bool = False  #: takes the whole width


def series_plots(found: Sequence[Series], records: Records, titles: Titles, say: Wording) -> list[Plot]:
    """Return the indicators with the most figures: over the years of one region, and over the regions of one year."""
    plots: list[Plot] = []
    drawn = 0
    for one in sorted(found, key=lambda one: (not one.known, -one.figures)):
        if drawn == SERIES_DRAWN:
            break
        made = [
            plot for plot in (_over_years(one, records, titles, say), _over_regions(one, records, titles, say)) if plot
        ]
        drawn += bool(made)
        plots += made
    return plots


def _over_years(one: Series, records: Records, titles: Titles, say: Wording) -> Plot | None:
    regions: dict[str, list[IndicatorCell]] = defaultdict(list)
    for cell in _yearly(one):
        regions[cell.region or ""].append(cell)
    region = max(regions, key=lambda name: (len({cell.period for cell in regions[name]}), name), default="")
    chosen = regions.get(region, [])
    if len({cell.period for cell in chosen if cell.status == "actual"}) < _LEAST:
        return None
    unit, points = _points([(cell, int(cell.period or 0)) for cell in chosen], records, titles, say)
    said = _title(one, region, unit, say)
    rows = _pivot(chosen, lambda cell: say.period(cell.period), lambda cell: cell.period or "")
    return Plot(
        title=said,
        chart=charts.lines(points, [say("status", name) for name in _STATUSES], said),
        table=_pivot_table("period", say.column("period"), rows, records, say),
    )


def _over_regions(one: Series, records: Records, titles: Titles, say: Wording) -> Plot | None:
    """Return the regions in the year that most of them give a figure for, with their targets for the year after."""
    years: Counter[str] = Counter()
    for cell in _yearly(one):
        if cell.status == "actual" and cell.region:
            years[cell.period or ""] += 1
    year = max(years, key=lambda name: (years[name], name), default="")
    if years[year] < _LEAST:
        return None
    following = str(int(year) + 1)
    chosen = [
        cell
        for cell in _yearly(one)
        if cell.region and (cell.period, cell.status) in ((year, "actual"), (following, "target"))
    ]
    unit, points = _points([(cell, cell.region or "") for cell in chosen], records, titles, say)
    names = [f"{say.period(year)} {say('status', 'actual')}", f"{say.period(following)} {say('status', 'target')}"]
    renamed = dict(zip((say("status", name) for name in _STATUSES), names, strict=True))
    points = [msgspec.structs.replace(point, series=renamed[point.series]) for point in points]
    said = _title(one, say("label", "by_region"), unit, say)
    rows = _pivot(chosen, lambda cell: cell.region or "", lambda cell: cell.region or "")
    return Plot(
        title=said,
        chart=charts.dots(points, names, said),
        table=_pivot_table("region", say.column("region"), rows, records, say, names),
    )


def _yearly(one: Series) -> Iterable[IndicatorCell]:
    """Yield the cells of whole years that compare with the year before, if with anything."""
    for cell in one.cells:
        if cell.period and len(cell.period) == 4 and cell.basis in (None, "yoy"):
            yield cell


def _title(one: Series, where: str, unit: str, say: Wording) -> str:
    kind = "" if one.kind == "level" else say("kind", one.kind)
    return " · ".join(filter(None, (one.indicator, kind, where, unit)))


def _points(
    cells: Iterable[tuple[IndicatorCell, int | str]], records: Records, titles: Titles, say: Wording
) -> tuple[str, list[Point]]:
    """Return a short unit, and in it the first figure of each text in `cells`, each at its place.

    A text that gives several figures for one place speaks of other things too, mostly after it has given the main one.
    """
    first = {(at, cell.status, figure.doc_id): figure for cell, at in cells for figure in reversed(cell.figures)}
    figures = [(figure, status, at) for (at, status, _), figure in first.items()]
    bounds = [bound for figure, _, _ in figures for bound in _bounds(figure) if bound is not None]
    zeros, multiplier = say.scale(max(map(abs, bounds), default=Decimal(0)))

    def scaled(value: Decimal | None) -> float | None:
        return None if value is None else float(value.scaleb(-zeros))

    points = []
    for figure, status, at in figures:
        value, low, high = map(scaled, _bounds(figure))
        points.append(
            Point(
                at=at,
                value=value,
                low=low if value is None else None,
                high=high if value is None else None,
                series=say("status", status),
                link=records.claim_anchor(figure.claim),
                said=f"{at} {say.amount(figure.claim)} {titles[figure.doc_id]}",
            )
        )
    unit = next((figure.unit for figure, _, _ in figures if figure.unit), "") or ""
    return f"{multiplier}{unit}", [point for point in points if point.value is not None or point.high is not None]


def _bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return value, low and high of `figure` in canonical units, falls as negative numbers."""
    claim = figure.claim
    low = claim.low if claim.canonical_low is None else claim.canonical_low
    high = claim.high if claim.canonical_high is None else claim.canonical_high
    if low is None or high is None:
        low = high = None
    if claim.direction == "down" and claim.kind in ("growth_rate", "change_amount"):
        turned = (figure.amount, high, low)
        value, low, high = (None if bound is None else -bound for bound in turned)
        return value, low, high
    return figure.amount, low, high


Rows = dict[str, tuple[str, dict[str, list[IndicatorCell]]]]


def _pivot(cells: Iterable[IndicatorCell], name: Any, key: Any) -> Rows:
    """Return `cells` by the `key` of their row, each row with its `name`, and then by status."""
    rows: Rows = {}
    for cell in cells:
        _, found = rows.setdefault(key(cell), (name(cell), {status: [] for status in _STATUSES}))
        found[cell.status].append(cell)
    return dict(sorted(rows.items()))


def _pivot_table(
    name: str, label: str, rows: Rows, records: Records, say: Wording, names: Sequence[str] | None = None
) -> Table:
    """Return `rows` as a table with a column for each status; what conflicts is marked."""
    names = names or [say("status", status) for status in _STATUSES]
    columns = (Column(name, label), *(Column(s, title, "number") for s, title in zip(_STATUSES, names, strict=True)))
    return Table(
        "figures",
        columns,
        [
            (Cell(shown, key=key), *(_figures_cell(found[s], records) for s in _STATUSES))
            for key, (shown, found) in rows.items()
        ],
    )


def _figures_cell(cells: Sequence[IndicatorCell], records: Records) -> Cell:
    figures: dict[str, Figure] = {}
    for cell in cells:
        for figure in cell.figures:
            figures.setdefault("".join(figure.claim.quote.split()), figure)
    if not figures:
        return Cell("")
    links = Markup("<br>").join(records.claim_link(figure.claim, quote) for quote, figure in figures.items())
    if any(cell.agreement == "conflict" for cell in cells):
        links = Markup('<span class="conflict">{}</span>').format(links)
    amounts = [_bounds(figure)[0] for figure in figures.values()]
    return Cell("；".join(figures), links, next((float(amount) for amount in amounts if amount is not None), None))


def promise_plot(analyses: Analyses, say: Wording) -> Plot | None:
    """Return how many targets of each year were met and missed."""
    counts: Counter[tuple[str, str]] = Counter()
    for promise in analyses.promises:
        if promise.result:
            counts[promise.period[-4:], promise.outcome] += 1
    years = sorted({year for year, _ in counts})
    if len(years) < 2:
        return None
    names = {MET: say.code(MET), MISSED: say.code(MISSED)}
    rows = [
        {"name": year, "part": names[outcome], "count": counts[year, outcome]}
        for year in years
        for outcome in names
        if counts[year, outcome]
    ]
    title = say("label", "promises_by_year")
    colours = {names[MET]: charts.CLAIM, names[MISSED]: charts.TARGET}
    table = _counts_table("year", say.column("year"), years, names, counts)
    return Plot(title=title, chart=charts.stacks(rows, colours, title), table=table)


def audit_plot(analyses: Analyses, say: Wording) -> Plot | None:
    """Return how many checks of each sort came out how."""
    counts = Counter((check.test, check.outcome) for check in analyses.audit.checks)
    totals = Counter(check.test for check in analyses.audit.checks)
    if len(totals) < 2:
        return None
    tests = [test for test, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))]
    names = {outcome: say.code(outcome) for outcome in (CONSISTENT, ROUNDING, CONFLICT)}
    rows = [
        {"name": say.code(test), "part": names[outcome], "count": counts[test, outcome]}
        for test in tests
        for outcome in names
        if counts[test, outcome]
    ]
    title = say("label", "audit_by_test")
    colours = {names[CONSISTENT]: charts.CLAIM, names[ROUNDING]: charts.SOFT, names[CONFLICT]: charts.TARGET}
    table = _counts_table("test", say.column("test"), tests, names, counts, say)
    return Plot(title=title, chart=charts.stacks(rows, colours, title), table=table)


def _counts_table(
    name: str,
    label: str,
    rows: Sequence[str],
    columns: Mapping[str, str],
    counts: Mapping[tuple[str, str], int],
    say: Wording | None = None,
) -> Table:
    return Table(
        "counts",
        (Column(name, label), *(Column(code, said, "number") for code, said in columns.items())),
        [
            (
                Cell(say.code(row) if say else row),
                *(Cell(str(n) if (n := counts.get((row, code), 0)) else "", key=n) for code in columns),
            )
            for row in rows
        ],
    )


def trail_plot(trails: Sequence[Trail], docs: Sequence[Document], say: Wording) -> Plot | None:
    """Return the most used slogans by year, in uses by text; None if the documents are of one year."""
    documents = Counter(str(year) for doc in docs if (year := year_of(doc)) is not None)
    shown = [trail for trail in trails if trail.by_year][:TRAILS_DRAWN]
    if len(documents) < 2 or not shown:
        return None
    shown.sort(key=lambda trail: (trail.first or "", trail.canonical))
    names = _distinct([trail.canonical for trail in shown])
    cells = [
        (name, year, count / documents[year])
        for name, trail in zip(names, shown, strict=True)
        for year, count in trail.by_year.items()
    ]
    title = say("label", "trails")
    chart = charts.heat(cells, names, sorted(documents), charts.SLOGAN, title)
    return Plot(title=title, note=say("note", "trail_plot", n=len(shown)), chart=chart, wide=True)


def trend_plot(analyses: Analyses, say: Wording) -> Plot | None:
    """Return the terms that rise and fall, by year."""
    if not analyses.trends:
        return None
    names = _distinct([trend.key.term for trend in analyses.trends])
    years = [str(year) for year in analyses.trends[0].by_year]
    cells = [
        (name, str(year), use)
        for name, trend in zip(names, analyses.trends, strict=True)
        for year, use in trend.by_year.items()
    ]
    title = say("label", "trends")
    chart = charts.heat(cells, names, years, charts.CLAIM, title)
    return Plot(title=title, note=say("note", "trend_plot"), chart=chart, wide=True)


def topic_plots(analyses: Analyses, docs: Sequence[Document], titles: Titles, say: Wording) -> list[Plot]:
    """Return what the number of topics was chosen by, and the topics' shares by year and by document."""
    topics = analyses.topics
    if not topics["topics"]:
        return []
    measures = {name: say("label", name) for name in ("coherence", "stability")}
    rows = [
        {"x": size["topics"], "value": size[name], "series": said}
        for name, said in measures.items()
        for size in topics["sizes"]
        if size[name] is not None
    ]
    title = say("label", "topic_sizes")
    chart = charts.curves(rows, list(measures.values()), say("label", "topic_number"), len(topics["topics"]), title)
    plots = [Plot(title=title, chart=chart, table=topic_sizes_table(topics, say))]
    names = {f"T{topic['id']}": f"T{topic['id']} {topic['terms'][0]['term']}" for topic in topics["topics"]}
    years = {year: year for year in topics["topics"][0]["years"]}
    if len(years) > 1:
        title = say("label", "topics_by_year")
        cells = [
            (names[f"T{topic['id']}"], year, share)
            for topic in topics["topics"]
            for year, share in topic["years"].items()
        ]
        chart = charts.heat(cells, list(names.values()), list(years), charts.ENTITY, title)
        note = say("note", "heat")
        plots.append(
            Plot(title=title, note=note, chart=chart, table=topic_shares_table(topics, "years", years, say), wide=True)
        )
    if len(docs) > 1:
        by_title = {doc.doc_id: titles[doc.doc_id] for doc in docs}
        table = topic_shares_table(topics, "documents", by_title, say)
        title = say("label", "topics_by_document")
        if len(docs) <= DOCUMENTS_DRAWN:
            labels = dict(zip(by_title, _distinct(list(by_title.values())), strict=True))
            cells = [
                (labels[doc_id], f"T{topic['id']}", share)
                for topic in topics["topics"]
                for doc_id, share in topic["documents"].items()
            ]
            chart = charts.heat(cells, list(labels.values()), list(names), charts.ENTITY, title)
            plots.append(Plot(title=title, note=say("note", "heat"), chart=chart, table=table, wide=True))
    return plots


def _distinct(names: Sequence[str]) -> list[str]:
    """Return `names`, those that stand several times numbered from their second on."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
