"""What the commands show in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.document import Claim, Document
from pipeline.writing import RECORD_KINDS, plain

if TYPE_CHECKING:  # to show a sentence needs none of them
    from pipeline.cluster.client import Delivered
    from pipeline.entities import Listing
    from pipeline.evaluation import Error, Score
    from pipeline.query import Answer
    from pipeline.run import Summary
    from pipeline.slogans import Trail

ANSWER_ROWS = 200  #: of a query, in a table
_STYLES = {"claims": "bold green", "slogans": "bold magenta", "entities": "cyan"}
_ROWS = 50  # of a list over many documents
_FEW = 4
_SIGNS = {"approx": "≈", "near": "≲", "gt": ">", "ge": "≥", "lt": "<", "le": "≤"}


def printed(table: Table) -> bytes:
    """Return `table` in plain letters, as wide as the terminal."""
    console = Console(highlight=False, color_system=None)
    with console.capture() as capture:
        console.print(table)
    return capture.get().encode()


def show_document(console: Console, doc: Document) -> None:
    """Print the text of `doc` with its records marked, and a table of each kind."""
    console.print(highlighted(doc))
    console.print()
    if doc.claims:
        console.print(_claims(doc.claims))
    if doc.slogans:
        table = _table("slogans", "slogan", "type", "canonical", "declared", "members")
        for slogan in doc.slogans:
            members = "、".join(member.quote for member in slogan.members)
            declared = "" if slogan.declared is None else str(slogan.declared)
            table.add_row(slogan.quote, slogan.type, slogan.canonical, declared, members)
        console.print(table)
    if doc.entities:
        table = _table("entities", "entity", "type", "canonical", "link")
        for entity in doc.entities:
            table.add_row(entity.quote, entity.type, entity.canonical, entity.link or "")
        console.print(table)
    if not (doc.claims or doc.slogans or doc.entities):
        console.print("no claim, slogan or entity found")


def highlighted(doc: Document) -> Text:
    """Return the text of `doc`, each record in the colour of its kind."""
    text = Text(doc.text.strip("\n"))
    shift = len(doc.text) - len(doc.text.lstrip("\n"))
    for kind in reversed(RECORD_KINDS):  # claims last: they show where kinds overlap
        for record in getattr(doc, kind):
            text.stylize(_STYLES[kind], record.start - shift, record.end - shift)
    return text


def _claims(claims: Iterable[Claim]) -> Table:
    table = _table("claims", "claim", "indicator", "value", "kind", "period", "region", "status")
    for claim in claims:
        kind = claim.kind + {"up": " ↑", "down": " ↓", None: ""}[claim.direction]
        if claim.basis:
            kind += f" ({claim.basis})"
        table.add_row(
            claim.quote, claim.indicator, amount(claim), kind, claim.period or "", claim.region or "", claim.status
        )
    return table


def amount(claim: Claim) -> str:
    """Return the number of `claim` with its unit, as one would write it: ``>27亿千瓦时``, ``6–6.5%``."""
    if claim.value is not None:
        number = _scaled(claim.value)
    else:
        number = "–".join("…" if bound is None else _scaled(bound) for bound in (claim.low, claim.high))
    return f"{_SIGNS.get(claim.comparator, '')}{number}{claim.unit or ''}"


def _scaled(value: Decimal) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if abs(value) >= size:
            return plain(value / size) + name
    return plain(value)


def _table(kind: str, *columns: str) -> Table:
    table = Table(title=kind, title_justify="left", title_style=_STYLES.get(kind, "bold"))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def slogans_followed(trails: Sequence[Trail]) -> Table:
    """Return the most used of `trails`; members that no document enumerates, but everybody knows, stand in brackets."""
    table = _table("slogans", "slogan", "type", "owner", "uses", "documents", "years", "members", "explained in")
    shown = trails[:_ROWS]
    for trail in shown:
        name = Text(trail.canonical)
        if others := [variant for variant in trail.variants if variant != trail.canonical]:
            name.append(f"\n{_few(others)}", style="dim")
        members = Text("、".join(trail.members))
        if not trail.members and trail.known_members:
            members = Text(f"[{'、'.join(trail.known_members)}]", style="dim")
        if trail.expansion == "mismatch":
            members.append(f"\n{len(trail.members)}, not as announced", style="red")
        documents = "\n".join(filter(None, (str(len(trail.by_document)), _few(trail.regions))))
        explained = _few(list(dict.fromkeys(explanation.doc_id for explanation in trail.explained)))
        cells = (trail.type, trail.level or "", str(trail.count), documents, _years(trail.by_year))
        table.add_row(name, *map(Text, cells), members, Text(explained))
    bracketed = any(trail.known_members and not trail.members for trail in shown)
    return _cut(table, len(trails), "in [brackets]: known, not found in these documents" if bracketed else "")


def entities_listed(listed: Sequence[Listing]) -> Table:
    """Return the most mentioned of the names `listed`."""
    table = _table("entities", "entity", "type", "code", "mentions", "as written", "documents")
    for name in listed[:_ROWS]:
        variants = _few([f"{wording} {count}" for wording, count in name.variants.items()])
        documents = _few([f"{doc_id} {count}" for doc_id, count in name.documents.items()])
        cells = (name.canonical, name.type, name.link or "", str(name.mentions), variants, documents)
        table.add_row(*map(Text, cells))
    return _cut(table, len(listed))


def _few(names: Sequence[str]) -> str:
    """Return the first of `names`, and how many there are if that is not all."""
    shown = "、".join(names[:_FEW])
    return shown if len(names) <= _FEW else f"{shown} … ({len(names)})"


def _years(by_year: dict[str, int]) -> str:
    """Return the uses of each year, or the first and last year and the one with the most uses."""
    if len(by_year) <= _FEW:
        return "\n".join(f"{year}: {count}" for year, count in by_year.items())
    most = max(by_year, key=lambda year: by_year[year])
    return f"{min(by_year)}–{max(by_year)}\n{most}: {by_year[most]}"


def _cut(table: Table, total: int, note: str = "") -> Table:
    """Return `table` with `note`, and with how much of it is shown if that is not all."""
    more = f"the first {_ROWS} of {total:,}; --json and --csv print all" if total > _ROWS else ""
    table.caption = Text("\n".join(filter(None, (more, note))), justify="left", style="dim")
    return table


def answer_table(answer: Answer) -> Table:
    """Return the first rows of `answer`, numbers at the right."""
    from pipeline.query import shown

    table = Table()
    for number, column in enumerate(answer.columns):
        numeric = any(isinstance(row[number], int | float | Decimal) for row in answer.rows)
        table.add_column(Text(column), overflow="fold", justify="right" if numeric else "left")
    for row in answer.rows[:ANSWER_ROWS]:
        table.add_row(*(Text(shown(value)) for value in row))
    return table


def summary_table(summary: Summary) -> Table:
    """Return how much a run found."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in summary.counts.items():
        table.add_row(name, f"{count:,}")
    if summary.unchanged:
        table.add_row("unchanged", f"{summary.unchanged:,}", style="dim")
    if summary.failures:
        table.add_row("failed", str(len(summary.failures)), style="red")
    table.add_row("seconds", f"{summary.seconds:.1f}")
    return table


def delivered_table(delivered: Delivered) -> Table:
    """Return how much a run on a cluster found."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, count in {"shards": delivered.shards, **delivered.counts}.items():
        table.add_row(name, f"{count:,}")
    if delivered.unchanged:
        table.add_row("unchanged shards", f"{delivered.unchanged:,}", style="dim")
    if delivered.failed:
        table.add_row("failed", f"{delivered.failed:,}", style="red")
    table.add_row("seconds", f"{delivered.seconds:.1f}")
    return table


def show_scores(console: Console, scores: Sequence[Score], errors: int) -> None:
    """Print the figures of `scores` and up to `errors` differences of each sort."""
    for score in scores:
        loose, strict = score.names
        table = _table(score.kind, "document", "n", loose, strict)
        for name, figures in score.documents.items():
            table.add_row(name, str(figures.n), f"{figures.found:.3f}", f"{figures.whole:.3f}")
        table.add_section()
        table.add_row("all (F1)", str(score.found.n), f"{score.found.f1:.3f}", f"{score.whole.f1:.3f}")
        table.add_row("precision", "", f"{score.found.p:.3f}", f"{score.whole.p:.3f}")
        table.add_row("recall", "", f"{score.found.r:.3f}", f"{score.whole.r:.3f}")
        console.print(table)
        shares = [f"{name} {share:.3f}" for name, share in score.fields.items()]
        if score.members is not None:
            shares.append(f"members F1 {score.members.f1:.3f} (n={score.members.n})")
        console.print("  ".join(shares), style="dim")
        _show_errors(console, score.errors, errors)
        console.print()


def _show_errors(console: Console, errors: Sequence[Error], most: int) -> None:
    sorts: dict[str, list[Error]] = {}
    for error in errors:
        sorts.setdefault(error.sort, []).append(error)
    for sort, group in sorted(sorts.items(), key=lambda item: (-len(item[1]), item[0])):
        console.print(f"{sort}: {len(group)}", style="bold")
        for error in group[:most]:
            wanted = "" if error.wanted is None else f"  want {error.wanted}"
            got = "" if error.got is None else f"  got {error.got}"
            console.print(
                f"  {error.document} {error.start}  {error.quote}{wanted}{got}", highlight=False, markup=False
            )
