"""The tables of the analyses: figures of indicators, promises, audit, key terms, trends, topics."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from pipeline.analyses import Analyses
from pipeline.audit import OUTCOMES, Audit
from pipeline.indicators import Figure, Series
from pipeline.promises import OUTCOMES as PROMISE_OUTCOMES
from pipeline.promises import Promise
from pipeline.report.markup import unbroken
from pipeline.report.tables import Cell, Column, Records, Table, clipped, linked, tagged
from pipeline.report.trails import Anchor
from pipeline.report.wording import Wording
from pipeline.trends import TermTrend

Titles = Mapping[str, str]  #: what the report calls each document


def indicators_table(found: Sequence[Series], records: Records, titles: Titles, say: Wording) -> Table:
    """Return every figure of the series, each linked to its sentence; where figures conflict it is said."""
    columns = (
        Column("indicator", say.column("indicator"), "choice"),
        Column("kind", say.column("kind"), "choice"),
        Column("region", say.column("region"), "choice"),
        Column("period", say.column("period")),
        Column("status", say("label", "status"), "choice"),
        Column("value", say("label", "value"), "number"),
        Column("basis", say("label", "basis")),
        Column("agreement", say.column("agreement"), "choice"),
        Column("place", say("label", "documents"), "choice"),
        Column("quote", say("label", "quote"), "data"),
        Column("exact", say("label", "exact"), "data"),
        Column("unit", say("label", "unit"), "data"),
        Column("named", say("label", "named"), "data"),
        *(Column(name, name, "data") for name in _EVIDENCE),
    )
    rows = []
    for one in found:
        for cell in one.cells:
            for figure in cell.figures:
                claim = figure.claim
                rows.append(
                    (
                        Cell(one.indicator),
                        Cell(say("kind", one.kind), code=one.kind),
                        Cell(cell.region or ""),
                        Cell(say.period(cell.period), key=cell.period or "", code=cell.period),
                        tagged(say("status", cell.status), cell.status),
                        _amount(figure, records, say),
                        Cell(say.basis(claim), code=claim.basis),
                        tagged(say.code(cell.agreement), cell.agreement),
                        Cell(titles[figure.doc_id]),
                        Cell("", data=claim.quote),
                        Cell("", data=figure.amount),
                        Cell("", data=figure.unit),
                        Cell("", data=claim.indicator),
                        *_of_claim(figure),
                    )
                )
    return Table("indicators", columns, rows)


def promises_table(found: Sequence[Promise], records: Records, titles: Titles, say: Wording) -> Table:
    """Return the promises: first those that have a result, then those over without one, then those still open."""
    columns = (
        Column("indicator", say.column("indicator")),
        Column("region", say.column("region"), "choice"),
        Column("period", say.column("period")),
        Column("target", say.column("target"), "number"),
        Column("target_doc", say.column("target_doc"), "choice"),
        Column("result", say.column("result"), "number"),
        Column("result_doc", say.column("result_doc")),
        Column("outcome", say.column("outcome"), "choice"),
        Column("margin", say.column("margin"), "number"),
        Column("kind", say.column("kind"), "data"),
        Column("margin_exact", say("label", "exact"), "data"),
        Column("unit", say("label", "unit"), "data"),
        *(
            Column(f"{side}_{name}", f"{say.column(side)} {name}", "data")
            for side in ("target", "result")
            for name in _EVIDENCE
        ),
    )
    order = sorted(found, key=lambda promise: PROMISE_OUTCOMES.index(promise.outcome) if not promise.result else -1)
    rows = [
        (
            Cell(promise.indicator),
            Cell(promise.target.claim.region or ""),
            Cell(say.period(promise.period), key=promise.period, code=promise.period),
            _amount(promise.target, records, say),
            Cell(titles[promise.target.doc_id]),
            _amount(promise.result, records, say) if promise.result else Cell(""),
            Cell(titles[promise.result.doc_id] if promise.result else ""),
            tagged(say.code(promise.outcome), promise.outcome),
            _margin(promise, say),
            Cell("", data=promise.target.claim.kind),
            Cell("", data=promise.margin),
            Cell("", data=promise.target.unit),
            *_of_claim(promise.target),
            *(_of_claim(promise.result) if promise.result else (Cell(""),) * len(_EVIDENCE)),
        )
        for promise in order
    ]
    return Table("promises", columns, rows)


def audit_table(found: Audit, anchor: Anchor, titles: Titles, say: Wording) -> Table:
    """Return the checks with their working: first the conflicts, last what is consistent."""
    columns = (
        Column("outcome", say.column("outcome"), "choice"),
        Column("test", say.column("test"), "choice"),
        Column("stated", say.column("stated")),
        Column("computed", say.column("computed")),
        Column("working", say.column("working")),
        Column("quote", say("label", "quote")),
        Column("place", say("label", "documents"), "choice"),
        Column("sentence", say("label", "sentence"), "data"),
        Column("doc_id", "doc_id", "data"),
        Column("start", "start", "data"),
        Column("end", "end", "data"),
        Column("id", "id", "data"),
    )
    rows = [
        (
            tagged(say.code(check.outcome), check.outcome),
            Cell(say.code(check.test), code=check.test),
            Cell(check.stated),
            Cell(check.computed),
            Cell(check.working),
            Cell(check.quote, linked(anchor(check.doc_id, check.start), check.quote)),
            Cell(titles[check.doc_id]),
            Cell("", data=check.sentence or None),
            Cell("", data=check.doc_id),
            Cell("", data=check.start),
            Cell("", data=check.end),
            Cell("", data=check.id),
        )
        for check in sorted(found.checks, key=lambda check: OUTCOMES.index(check.outcome))
    ]
    return Table("audit", columns, rows)


def keywords_table(keywords: Mapping[str, Any], titles: Titles, say: Wording) -> Table:
    """Return the keywords of the corpus and then of each document, heaviest first."""
    columns = (
        Column("of", say("label", "documents"), "choice"),
        Column("term", say.column("term")),
        Column("kind", say.column("kind"), "choice"),
        Column("count", say("label", "count"), "number"),
        Column("documents", say("label", "documents_with"), "number"),
        Column("weight", say("label", "weight"), "number"),
    )
    lists = [(None, keywords["corpus"]), *keywords["documents"].items()]
    rows = [
        (
            Cell(titles[doc_id] if doc_id else say("label", "corpus"), code=doc_id or "*"),
            Cell(entry["term"]),
            Cell(say("term_kind", entry["kind"]), code=entry["kind"]),
            _number(entry["count"]),
            _number(entry.get("documents")),
            _number(entry["weight"], 4),
        )
        for doc_id, found in lists
        for entry in found
    ]
    return Table("keywords", columns, rows, "keywords.json")


def keys_table(analyses: Analyses, titles: Titles, numbers: Mapping[str, int], say: Wording) -> Table:
    """Return the terms that tell each document, issuer and year from all others."""
    columns = (
        Column("by", say("label", "grouping"), "choice"),
        Column("group", say.column("group"), "choice"),
        Column("term", say.column("term")),
        Column("kind", say.column("kind"), "choice"),
        *(Column(name, say.column(name), "number") for name in ("count", "reference_count")),
        Column("tf_idf", "TF-IDF", "number"),
        *(
            Column(name, say.column(name), "number")
            for name in ("text_rank", "log_likelihood", "log_ratio", "log_odds", "dispersion")
        ),
    )
    weights = {
        doc_id: {entry["term"]: entry["weight"] for entry in found}
        for doc_id, found in analyses.keywords["documents"].items()
    }
    rows = []
    for by, found in analyses.keys.items():
        for row in found:
            name, weight = row["group"], weights.get(row["group"], {}).get(row["term"]) if by == "document" else None
            title = titles[name] if by == "document" else name
            rows.append(
                (
                    Cell(say("grouping", by), code=by),
                    Cell(title, linked(f"d{numbers[name]}", title) if by == "document" else None, code=name),
                    Cell(row["term"], Markup(f'<span class="term {row["kind"]}">{escape(row["term"])}</span>')),
                    Cell(say("term_kind", row["kind"]), code=row["kind"]),
                    _number(row["count"]),
                    _number(row["reference_count"]),
                    _number(weight, 3),
                    _number(row["text_rank"], 4),
                    _number(row["log_likelihood"], 1),
                    _number(row["log_ratio"], 2),
                    _number(row["log_odds"], 2),
                    _number(row["dispersion"], 2),
                )
            )
    return Table("keys", columns, rows)


def trends_table(found: Sequence[TermTrend], say: Wording) -> Table:
    """Return the terms that rise and fall, with their use year by year."""
    columns = (
        Column("term", say.column("term")),
        Column("kind", say.column("kind"), "choice"),
        Column("trend", say("label", "trend"), "choice"),
        Column("early", say("label", "early"), "number"),
        Column("late", say("label", "late"), "number"),
        Column("log_ratio", say.column("log_ratio"), "number"),
        Column("log_odds", say.column("log_odds"), "number"),
        Column("by_year", say("label", "per_10k_by_year")),
    )
    rows = []
    for trend in found:
        key, way = trend.key, "rising" if trend.key.log_odds > 0 else "falling"
        uses = {year: use for year, use in trend.by_year.items() if use}
        rows.append(
            (
                Cell(key.term, Markup(f'<span class="term {key.kind}">{escape(key.term)}</span>')),
                Cell(say("term_kind", key.kind), code=key.kind),
                Cell(say("label", way), code=way),
                _number(key.reference_per_10k, 1),
                _number(key.per_10k, 1),
                _number(key.log_ratio, 2),
                _number(key.log_odds, 2),
                clipped(say("mark", "comma").join(f"{year}: {use:.1f}" for year, use in uses.items())),
            )
        )
    return Table("trends", columns, rows)


def topics_table(topics: Mapping[str, Any], anchor: Anchor, titles: Titles, say: Wording) -> Table:
    """Return the topics with their terms, share, coherence and typical sentences."""
    columns = (
        Column("number", say("label", "number"), "number"),
        Column("terms", say("label", "terms")),
        Column("share", say("label", "share"), "number"),
        Column("coherence", say("label", "coherence"), "number"),
        Column("sentences", say("label", "typical")),
    )
    rows = [
        (
            Cell(f"T{topic['id']}", key=topic["id"]),
            Cell("、".join(entry["term"] for entry in topic["terms"])),
            _percent(topic["share"]),
            _number(topic["coherence"], 2),
            Cell(
                " ／ ".join(f"{unbroken(s['quote'])}（{titles[s['doc_id']]}）" for s in topic["sentences"]),
                Markup("<br>").join(
                    linked(anchor(s["doc_id"], s["start"]), unbroken(s["quote"])) for s in topic["sentences"]
                ),
            ),
        )
        for topic in topics["topics"]
    ]
    return Table("topics", columns, rows, "topics.json")


def topic_tables(topics: Mapping[str, Any], titles: Titles, say: Wording) -> list[Table]:
    """Return the sizes tried and the shares of topics by year and document; nothing where there are no topics."""
    if not topics["topics"]:
        return []
    years = {year: year for year in topics["topics"][0]["years"]}
    documents = {doc_id: titles[doc_id] for doc_id in topics["topics"][0]["documents"]}
    return [
        topic_sizes_table(topics, say),
        topic_shares_table(topics, "years", years, say),
        topic_shares_table(topics, "documents", documents, say),
    ]


def topic_sizes_table(topics: Mapping[str, Any], say: Wording) -> Table:
    """Return the numbers of topics that were tried, with what the choice was made by."""
    columns = (
        Column("topics", say("label", "topic_number"), "number"),
        Column("coherence", say("label", "coherence"), "number"),
        Column("stability", say("label", "stability"), "number"),
        Column("taken", say("label", "taken")),
    )
    taken = len(topics["topics"])
    rows = [
        (
            _number(size["topics"]),
            _number(size["coherence"], 3),
            _number(size["stability"], 3),
            Cell("✓" if size["topics"] == taken else ""),
        )
        for size in topics.get("sizes", ())
    ]
    return Table("topic_sizes", columns, rows, "topics.json")


def topic_shares_table(topics: Mapping[str, Any], over: str, names: Mapping[str, str], say: Wording) -> Table:
    """Return the share of each topic in each of `names`: the ``documents`` or ``years`` that `over` says."""
    columns = (
        Column("name", say("label", {"documents": "documents", "years": "year"}[over])),
        *(
            Column(f"T{topic['id']}", f"T{topic['id']} {topic['terms'][0]['term']}", "number")
            for topic in topics["topics"]
        ),
    )
    rows = [
        (Cell(title, code=name), *(_percent(topic[over].get(name, 0.0)) for topic in topics["topics"]))
        for name, title in names.items()
    ]
    return Table(f"topic_{over}", columns, rows, "topics.json")


_EVIDENCE = ("sentence", "doc_id", "start", "end", "claim")  #: where a figure stands, for programs


def _of_claim(figure: Figure) -> tuple[Cell, ...]:
    """Return the cells of `_EVIDENCE`."""
    claim = figure.claim
    return tuple(Cell("", data=value) for value in (figure.sentence, figure.doc_id, claim.start, claim.end, claim.id))


def _amount(figure: Figure, records: Records, say: Wording) -> Cell:
    text = say.amount(figure.claim)
    value = figure.amount if figure.amount is not None else figure.claim.low
    key = None if value is None else float(value) * (-1 if figure.claim.direction == "down" else 1)
    return Cell(text, records.claim_link(figure.claim, text), key, data=text)


def _margin(promise: Promise, say: Wording) -> Cell:
    if promise.margin is None:
        return Cell("")
    unit = promise.target.unit or ""
    sign = "+" if promise.margin > 0 else "−" if promise.margin < 0 else "±"
    space = " " if say.language == "en" else ""
    text = f"{sign}{say.number(abs(promise.margin))}{say('label', 'points') if unit == '%' else space + unit}"
    return Cell(text, key=float(promise.margin), data=text)


def _number(value: float | Decimal | None, decimals: int = 0) -> Cell:
    return Cell("") if value is None else Cell(f"{value:,.{decimals}f}", key=float(value) if decimals else int(value))


def _percent(value: float) -> Cell:
    return Cell(f"{value:.1%}" if value >= 0.0005 else "", key=value)
