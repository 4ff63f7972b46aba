"""The `gongbao` command. It parses, calls one function of the library and prints; stdout is data, stderr the rest."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_corpus import corpus_app
from cli_review import review_app
from pipeline.collecting import collect_seldom
from pipeline.errors import GongbaoError, InputError
from pipeline.settings import help_for, load_settings

# Everything else is imported by the command that needs it, so that `gongbao --help` is quick.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from rich.console import Console
    from rich.table import Table

    from pipeline.document import Document
    from pipeline.gathering import Gathered, R
    from pipeline.listing import Row
    from pipeline.processing import Progress
    from pipeline.settings import Settings

app = typer.Typer(
    name="gongbao",
    help="Numeric claims, slogans and policy entities from Chinese government texts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(corpus_app)
app.add_typer(review_app)


def main() -> None:
    """Run the command; an error that a user can act on is one line and exit code 1."""
    collect_seldom()
    os.environ.setdefault("GONGBAO_CACHE", _cache())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what the terminal's encoding has no letters for is shown all the same
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except GongbaoError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


def _cache() -> str:
    """Return where the user's programs keep what they can make again; nothing where there is no such place."""
    said = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(said or "~/.cache").expanduser()
    except RuntimeError:  # nobody's home
        return ""
    return str(folder / "gongbao") if folder.is_absolute() else ""


def _print_version(wanted: bool) -> None:
    if wanted:
        from pipeline import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Numeric claims, slogans and policy entities from Chinese government texts."""


Added = Annotated[list[str] | None, typer.Option("--extensions", metavar="PATH", help=help_for("extensions"))]


@app.command()
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH ...]",
            help="Texts, folders of texts, or files of many (.jsonl, .parquet); the corpus, if none.",
        ),
    ] = None,
    out: Annotated[str | None, typer.Option(metavar="DIR", help=help_for("out"))] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help=help_for("workers"))] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="STAGE", help=help_for("only"))] = None,
    ner: Annotated[str | None, typer.Option(help=help_for("ner"))] = None,
    language: Annotated[str | None, typer.Option("--lang", help=help_for("language"))] = None,
    topics: Annotated[str | None, typer.Option(help=help_for("topics"))] = None,
    extensions: Added = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            help="Let the Dask cluster there do it: shards of documents, at paths or URLs, become shards of records.",
        ),
    ] = None,
    shard_format: Annotated[str | None, typer.Option("--format", help=help_for("shard_format"))] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Take over nothing from earlier runs.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name each text, and show where a defect arose.")
    ] = False,
) -> None:
    """Find the records in texts; write them, keywords, topics and reports to a folder."""
    settings = load_settings(
        out=out,
        workers=workers,
        only=only or None,
        ner=ner,
        language=language,
        topics=topics,
        extensions=extensions or None,
        shard_format=shard_format,
    )
    if cluster is not None:
        useless = {"--workers": workers, "--lang": language, "--topics": topics}
        for flag in (name for name, value in useless.items() if value is not None):
            raise typer.BadParameter("is of no use with --cluster", param_hint=flag)
        _run_on_cluster(paths or [], settings, cluster, fresh=fresh, quiet=quiet, verbose=verbose)
        return
    if shard_format is not None:
        raise typer.BadParameter("is of shards, which only a run with --cluster writes", param_hint="--format")
    for place in (*(paths or []), settings.out):
        if "://" in place:
            raise InputError(f"{place}: only a run with --cluster reads and writes elsewhere than in local folders")
    from pipeline.display import summary_table
    from pipeline.run import run as run_pipeline

    console = _stderr()
    with _progress(console, shown=not quiet, verbose=verbose) as progress:
        summary = run_pipeline([Path(path) for path in paths or []], settings, progress, fresh=fresh)
    if not quiet:
        console.print(summary_table(summary))
    for failure in summary.failures:
        print(f"error: {failure.message}", file=sys.stderr)
        if verbose and failure.detail:
            print(failure.detail, file=sys.stderr)
    if summary.out is not None and not quiet:
        print(summary.out / "report.html")
    if summary.failures:
        raise typer.Exit(1)


def _run_on_cluster(
    places: list[str], settings: Settings, address: str, *, fresh: bool, quiet: bool, verbose: bool
) -> None:
    from pipeline.cluster.client import run_on_cluster
    from pipeline.display import delivered_table

    console = _stderr()
    with _progress(console, shown=not quiet, verbose=verbose) as progress:
        delivered = run_on_cluster(places, settings, address, progress, fresh=fresh)
    if not quiet:
        console.print(delivered_table(delivered))
    if delivered.out and not quiet:
        print(
            "no analyses, no report and no explanations from other documents: choose texts with "
            "`gongbao query SQL --run OUT --texts DIR` and run over them",
            file=sys.stderr,
        )
    for failure in delivered.failures:
        print(f"error: {failure}", file=sys.stderr)
    if unnamed := delivered.failed - len(delivered.failures):
        print(f"error: and {unnamed:,} more; the markers in {delivered.out}/done name all", file=sys.stderr)
    if delivered.out and not quiet:
        print(delivered.out)
    if delivered.failed:
        raise typer.Exit(1)


@app.command()
def show(
    text_or_file: Annotated[str, typer.Argument(help="A file, or a text itself.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything found as JSON.")] = False,
    date: Annotated[str | None, typer.Option(help="The text's date: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    region: Annotated[str | None, typer.Option(help="The place that the text speaks of.")] = None,
    ner: Annotated[str | None, typer.Option(help=help_for("ner"))] = None,
    extensions: Added = None,
) -> None:
    """Show what is found in one text."""
    settings = load_settings(ner=ner, extensions=extensions or None)
    from pipeline.confidence import rescore
    from pipeline.extensions.loading import use_extensions
    from pipeline.reading import open_document
    from pipeline.stages import process, select
    from pipeline.versions import models_in_use

    use_extensions(settings.extensions)
    chosen = select(skip=["tokens"], ner=settings.ner)  # words are no records, and their dictionary takes time
    doc = process(open_document(text_or_file, date=date, region=region), chosen)
    if models := models_in_use(Path(settings.models)):
        rescore(doc, models)
    if as_json:
        from pipeline.writing import document_as_json

        sys.stdout.buffer.write(document_as_json(doc))
    else:
        from rich.console import Console

        from pipeline.display import show_document

        show_document(Console(highlight=False), doc)


@app.command("eval")
def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(help="Annotated texts: NAME.txt and NAME.claims.gold.jsonl, .slogans, .entities.")
    ],
    out_dir: Annotated[
        Path | None, typer.Argument(help="What a run over them wrote; without it they are processed now.")
    ] = None,
    errors: Annotated[int, typer.Option(metavar="N", help="Print up to N differences of each sort.", min=0)] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure a run against annotated texts: precision, recall, F1 and the errors by sort."""
    from pipeline.evaluation import evaluate as score_run

    scores = score_run(gold_dir, out_dir, load_settings())
    if as_json:
        from pipeline.writing import pretty

        sys.stdout.buffer.write(pretty({score.kind: score.as_row() for score in scores}))
    else:
        from rich.console import Console

        from pipeline.display import show_scores

        show_scores(Console(highlight=False), scores, errors)


@app.command()
def train(
    gold_dirs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[GOLD_DIR ...]", help="Folders of annotated texts; if none, what a review decided."),
    ] = None,
    db: Annotated[str | None, typer.Option("--db", metavar="FILE or URL", help=help_for("review"))] = None,
    models: Annotated[str | None, typer.Option(metavar="DIR", help=help_for("models"))] = None,
    told: Annotated[str | None, typer.Option(help="What the texts are, for the model card.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the versions, and which of them runs use.")] = False,
    use: Annotated[int | None, typer.Option(metavar="N", help="Let runs use version N; 1 comes with gongbao.")] = None,
) -> None:
    """Fit the confidence of records on a review or on annotated texts, as a new version that runs use from then on."""
    settings = load_settings(review=db, models=models)
    folder = Path(settings.models)
    from pipeline import versions

    if use is not None:
        versions.use(folder, use)
    if list_ or use is not None:
        used = versions.in_use(folder)
        for version in versions.versions(folder):
            print(f"{'*' if version.number == used else ' '} {version.number}\t{version.told}")
        return
    from pipeline.training import learn

    review = settings.review if db is not None or not gold_dirs else None
    lesson = learn(gold_dirs or [], review, folder, told)
    for line in lesson.lines:
        print(line, file=sys.stderr)
    if lesson.number is not None:
        print(folder / f"confidence-{lesson.number:04}.md")


Found = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH or OUT_DIR ...]",
        help="Texts, folders of texts, or folders that runs wrote; the corpus, if none.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print all of it as CSV.")]


@app.command()
def entities(
    paths: Found = None,
    types: Annotated[list[str] | None, typer.Option("--type", help="Only this type; may be repeated.")] = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """List entities under their canonical names, with their wordings and their mentions by document."""
    from pipeline.display import entities_listed
    from pipeline.document import Entity
    from pipeline.entities import list_entities, listing_row

    with _gathered(paths, Entity) as gathered:
        mentioned = (entity for _, found in gathered.documents for entity in found)
        listed = list_entities(mentioned, types=frozenset(types or ()))
        _print_items(listed, listing_row, entities_listed, as_json=as_json, as_csv=as_csv)


@app.command()
def slogans(
    paths: Found = None,
    since: Annotated[str | None, typer.Option(help="Only documents from then on: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Only documents with this in their issuer or region.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", help="Only this type; may be repeated.")] = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Follow slogans through documents: variants, owner, first and last use, uses by year, members, explanation."""
    from pipeline.display import slogans_followed
    from pipeline.document import Slogan
    from pipeline.slogans import flat_row, follow

    with _gathered(paths, Slogan) as gathered:
        trails = follow(gathered.documents, since=since, issuer=issuer, types=types or ())
        _print_items(trails, flat_row, slogans_followed, as_json=as_json, as_csv=as_csv)


@contextmanager
def _gathered(paths: list[Path] | None, kind: type[R]) -> Iterator[Gathered[R]]:
    """Yield the records of `kind` behind `paths`; afterwards say which texts could not be processed."""
    from pipeline.gathering import gather

    with _progress(_stderr(), shown=True, verbose=False) as progress:
        gathered = gather(paths or [], kind, load_settings(), progress)
    yield gathered
    for failure in gathered.failures:
        print(f"error: {failure.message}", file=sys.stderr)
    if gathered.failures:
        raise typer.Exit(1)


def _print_items(
    items: Sequence[Any],
    row: Callable[[Any], dict[str, Any]],
    table: Callable[[Sequence[Any]], Table],
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print `items` as a table for readers, all of them as JSON, or each as a `row` of CSV."""
    from pipeline import writing

    if as_json:
        sys.stdout.buffer.write(writing.pretty(items))
    elif as_csv:
        sys.stdout.buffer.write(writing.as_csv([row(item) for item in items]))
    else:
        from rich.console import Console

        Console(highlight=False).print(table(items))


Run = Annotated[str | None, typer.Option("--run", metavar="DIR", help="Folder of a run [default: outputs]")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the table, zh or en [default: zh]")]


@app.command()
def audit(
    run: Run = None,
    every: Annotated[bool, typer.Option("--all", help="Print what is consistent too.")] = False,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Check the arithmetic that the texts of a run make checkable; say what doesn't agree, with the working."""
    settings, docs = _load(run, lang)
    from pipeline.audit import CONSISTENT, audit_summary, check_rows
    from pipeline.audit import audit as check_all

    found = check_all(docs)
    rows = check_rows(check for check in found.checks if every or check.outcome != CONSISTENT)
    columns = ("outcome", "test", "place", "stated", "computed", "working", "quote")
    _print("audit", columns, rows, settings.language, as_json=as_json, as_csv=as_csv)
    print(audit_summary(found), file=sys.stderr)


@app.command()
def indicator(
    name: Annotated[str, typer.Argument(help="The indicator, by any of its names: GDP, 地区生产总值.")],
    run: Run = None,
    region: Annotated[str | None, typer.Option(help="A part of the region's name.")] = None,
    status: Annotated[str | None, typer.Option(help="actual or target; both, if not given.")] = None,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show what the texts of a run say of an indicator, by region and period, with conflicts between texts."""
    settings, docs = _load(run, lang)
    from pipeline.indicators import cell_rows, indicator_table

    rows = cell_rows(indicator_table(docs, name, region=region, status=status))
    columns = ("region", "period", "kind", "direction", "status", "quote", "agreement", "place")
    _print("indicator", columns, rows, settings.language, as_json=as_json, as_csv=as_csv)


@app.command()
def promises(
    run: Run = None,
    indicator: Annotated[str | None, typer.Option(help="One indicator, by any of its names.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Print targets without a result too.")] = False,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Meet the targets of one text with the results in later ones: met, missed, by how much, not found."""
    settings, docs = _load(run, lang)
    from pipeline.promises import outcome_summary, promise_rows
    from pipeline.promises import promises as meet

    found = meet(docs, indicator=indicator)
    rows = promise_rows(promise for promise in found if every or promise.result)
    columns = ("indicator", "region", "period", "target", "target_doc", "result", "result_doc", "outcome", "margin")
    _print("promises", columns, rows, settings.language, as_json=as_json, as_csv=as_csv)
    print(outcome_summary(found), file=sys.stderr)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words; all of them must stand in a sentence or record.")],
    run: Run = None,
    kind: Annotated[list[str] | None, typer.Option(help="sentence, claim, slogan or entity; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(help="Print at most so many.", min=1)] = 50,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Search the texts and records of a run."""
    settings, docs = _load(run, lang)
    from pipeline.search import KINDS, open_index, struct_rows

    with open_index(docs, Path(settings.out)) as index:
        rows = struct_rows(index.find(query, kind or KINDS, limit))
    _print("search", ("kind", "place", "quote", "sentence"), rows, settings.language, as_json=as_json, as_csv=as_csv)


@app.command()
def kwic(
    term: Annotated[str, typer.Argument(help="What to look for.")],
    run: Run = None,
    width: Annotated[int, typer.Option(help="Characters on either side.", min=1, max=200)] = 20,
    limit: Annotated[int | None, typer.Option(help="Print at most so many.", min=1)] = None,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show every occurrence of a term in the texts of a run, in its context."""
    settings, docs = _load(run, lang)
    from pipeline.search import open_index, struct_rows

    with open_index(docs, Path(settings.out)) as index:
        rows = struct_rows(index.kwic(term, width, limit))
    _print("kwic", ("place", "left", "keyword", "right"), rows, settings.language, as_json=as_json, as_csv=as_csv)


@app.command()
def trend(
    names: Annotated[list[str], typer.Argument(metavar="TERM ...", help="Terms, slogans or indicators.")],
    run: Run = None,
    of: Annotated[str, typer.Option(help="What they are: term, slogan or indicator.")] = "term",
    region: Annotated[str | None, typer.Option(help="A part of the region's name.")] = None,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show how often the texts of each year use terms or slogans, or what an indicator was from period to period."""
    settings, docs = _load(run, lang)
    from pipeline.trends import COLUMNS, trend_rows

    rows = trend_rows(docs, names, of, region=region)
    _print("trend", COLUMNS[of], rows, settings.language, as_json=as_json, as_csv=as_csv)


@app.command()
def keyness(
    run: Run = None,
    by: Annotated[str, typer.Option(help="document, issuer or year.")] = "document",
    most: Annotated[int, typer.Option("--limit", help="Terms of each.", min=1)] = 10,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show the terms that tell each document, issuer or year from all others."""
    settings, docs = _load(run, lang)
    from pipeline.keyness import key_rows

    rows = key_rows(docs, by, most)
    _print(
        "keyness",
        ("group", "term", "kind", *_KEY_COLUMNS, "text_rank"),
        rows,
        settings.language,
        as_json=as_json,
        as_csv=as_csv,
    )


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Documents: ids, patterns, year:2010-2015, issuer:…, region:…")],
    b: Annotated[str, typer.Argument(metavar="B", help="The documents to compare with.")],
    run: Run = None,
    most: Annotated[int, typer.Option("--limit", help="Terms of each side; twice as many slogans.", min=1)] = 15,
    lang: Lang = None,
    as_json: Json = False,
    as_csv: Csv = False,
    as_md: Annotated[bool, typer.Option("--md", help="Print a document in Markdown.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print a page.")] = False,
) -> None:
    """Compare two documents or two groups: terms, slogans, and the indicators of which both speak."""
    settings, docs = _load(run, lang)
    from pipeline.keyness import compare as compare_groups
    from pipeline.keyness import comparison_rows

    found = compare_groups(docs, a, b)
    sections = comparison_rows(found, most)
    if as_md or as_html:
        from pipeline import __version__
        from pipeline.report.comparison import comparison_text

        text = comparison_text(
            docs, found, sections, "md" if as_md else "html", version=__version__, language=settings.language
        )
        sys.stdout.buffer.write(text.encode())
        return
    if as_json or as_csv:
        from pipeline import listing

        written = listing.as_json(sections) if as_json else listing.sections_as_csv(sections)
        sys.stdout.buffer.write(written)
        return
    columns = {
        "terms": ("group", "term", "kind", *_KEY_COLUMNS),
        "slogans": ("slogan", "type", "count", "reference_count"),
        "indicators": ("indicator", "kind", "group", "region", "period", "quote", "place"),
    }
    for name, rows in sections.items():
        shown = rows[: 2 * most] if name == "slogans" else rows
        _print(name, columns[name], shown, settings.language)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT statement, in DuckDB's SQL.")],
    run: Run = None,
    as_json: Json = False,
    as_csv: Csv = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to FILE, which ends in .csv or .json.")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", help="Write the texts whose doc_id it gives to a new folder instead."),
    ] = None,
) -> None:
    """Query the documents, texts, sentences, claims, slogans and entities of a run with SQL."""
    if texts is not None:
        if as_json or as_csv or out is not None:
            raise typer.BadParameter("goes without --json, --csv and --out", param_hint="--texts")
        from pipeline.choosing import write_texts

        number = write_texts(load_settings(out=run).out, sql, texts)
        print(f"{texts}: {number:,} texts", file=sys.stderr)
        return
    if out is not None and not (as_json or as_csv):
        as_json, as_csv = out.suffix.lower() == ".json", out.suffix.lower() == ".csv"
        if not (as_json or as_csv):
            raise typer.BadParameter("ends neither in .csv nor in .json; or say --csv or --json", param_hint="--out")
    from pipeline import query as queries

    if out is not None and out.is_dir():
        raise InputError(f"{out}: is a folder; give the name of a file")
    answer = queries.query(load_settings(out=run).out, sql)
    if as_json or as_csv:
        written = queries.as_json(answer) if as_json else queries.as_csv(answer)
    else:
        from pipeline.display import ANSWER_ROWS, answer_table, printed

        written = printed(answer_table(answer))
        if len(answer.rows) > ANSWER_ROWS:
            print(
                f"the first {ANSWER_ROWS} of {len(answer.rows):,} rows; --csv and --json print all",
                file=sys.stderr,
            )
    if out is None:
        sys.stdout.buffer.write(written)
    else:
        from pipeline.writing import write_file

        write_file(out, written)


@app.command()
def sqlite(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The database to write.")],
    run: Run = None,
) -> None:
    """Write the records of a run as tables of an SQLite database, for Datasette and other programs."""
    from pipeline.database import write_database

    rows = write_database(load_settings(out=run).out, out)
    print(f"{out}: {', '.join(f'{count:,} {table}' for table, count in rows.items())}", file=sys.stderr)


_KEY_COLUMNS = ("count", "reference_count", "log_likelihood", "log_ratio", "log_odds", "dispersion")


def _load(run: str | None, language: str | None) -> tuple[Settings, list[Document]]:
    """Return the settings, and the documents of the run that they or `run` name."""
    settings = load_settings(out=run, language=language)
    from pipeline.collection import load_run
    from pipeline.extensions.loading import use_extensions

    use_extensions(settings.extensions)
    return settings, load_run(Path(settings.out))


def _print(
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    language: str,
    *,
    as_json: bool = False,
    as_csv: bool = False,
) -> None:
    """Print `rows` as a table, or all of their fields as JSON or CSV."""
    from pipeline import listing

    if as_json:
        sys.stdout.buffer.write(listing.as_json(list(rows)))
    elif as_csv:
        sys.stdout.buffer.write(listing.as_csv(rows))
    else:
        from rich.console import Console

        Console(highlight=False, markup=False).print(listing.Listing(name, columns, rows).table(language))


def _stderr() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def _progress(console: Console, *, shown: bool, verbose: bool) -> Iterator[Progress]:
    """Yield a function to call after each text: a bar on a terminal, a line each if `verbose`."""
    if not shown or not (console.is_terminal or verbose):
        yield lambda done, total, what: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def update(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)
            if verbose:
                console.print(f"{done}/{total} {what}", markup=False)

        yield update


if __name__ == "__main__":
    main()
