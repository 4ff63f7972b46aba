"""The `gongbao` command. It parses, calls one function of the library and prints; stdout is data, stderr the rest."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import GongbaoError
from pipeline.settings import help_for, load_settings

# Everything else is imported by the command that needs it, so that `gongbao --help` is quick.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from rich.console import Console
    from rich.table import Table

    from pipeline.gathering import Gathered, R
    from pipeline.run import Progress

app = typer.Typer(
    name="gongbao",
    help="Numeric claims, slogans and policy entities from Chinese government texts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command; an error that a user can act on is one line and exit code 1."""
    try:
        app()
    except GongbaoError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


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


@app.command()
def run(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH ...]", help="Texts, or folders of texts; the corpus, if none.")
    ] = None,
    out: Annotated[str | None, typer.Option(metavar="DIR", help=help_for("out"))] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help=help_for("workers"))] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="STAGE", help=help_for("only"))] = None,
    ner: Annotated[str | None, typer.Option(help=help_for("ner"))] = None,
    language: Annotated[str | None, typer.Option(help=help_for("language"))] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name each text, and show where a defect arose.")
    ] = False,
) -> None:
    """Find the records in texts; write them, keywords, topics and reports to a folder."""
    settings = load_settings(out=out, workers=workers, only=only or None, ner=ner, language=language)
    from pipeline.display import summary_table
    from pipeline.run import run as run_pipeline

    console = _stderr()
    with _progress(console, shown=not quiet, verbose=verbose) as progress:
        summary = run_pipeline(paths or [], settings, progress)
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


@app.command()
def show(
    text_or_file: Annotated[str, typer.Argument(help="A file, or a text itself.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything found as JSON.")] = False,
    date: Annotated[str | None, typer.Option(help="The text's date: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    region: Annotated[str | None, typer.Option(help="The place that the text speaks of.")] = None,
    ner: Annotated[str | None, typer.Option(help=help_for("ner"))] = None,
) -> None:
    """Show what is found in one text."""
    settings = load_settings(ner=ner)
    from pipeline.reading import open_document
    from pipeline.stages import process, stages

    doc = process(open_document(text_or_file, date=date, region=region), stages(settings.ner))
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
    gold_dirs: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR ...", help="Folders of annotated texts.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the models are written.")] = Path("models"),
    told: Annotated[str, typer.Option(help="What the texts are, for the model card.")] = "texts named by their user",
) -> None:
    """Fit the confidence of records on annotated texts, and say how well it is calibrated."""
    from pipeline.training import train as fit_models
    from pipeline.training import write_models

    write_models(fit_models(gold_dirs), out, told)
    print(out / "confidence.md")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A plain text: UTF-8, UTF-16 or GB18030.")],
    date: Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The body that speaks.")] = None,
    title: Annotated[str | None, typer.Option(help="The text's title.")] = None,
    region: Annotated[str | None, typer.Option(help="The place that the text speaks of.")] = None,
    genre: Annotated[str | None, typer.Option(help="The sort of text, such as 政府工作报告.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the text was published.")] = None,
    name: Annotated[str | None, typer.Option(help="The text's name in the corpus; the file's, if not given.")] = None,
    corpus: Annotated[str | None, typer.Option(metavar="DIR", help=help_for("corpus"))] = None,
) -> None:
    """Put a text into the corpus, with what is known of it."""
    from pipeline.corpus import Corpus

    settings = load_settings(corpus=corpus)
    known = {"date": date, "issuer": issuer, "title": title, "region": region, "genre": genre, "url": url}
    print(Corpus(Path(settings.corpus)).add(file, name=name, **known))


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
    type_: Annotated[str | None, typer.Option("--type", help="Only slogans of this type.")] = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Follow slogans through documents: variants, owner, first and last use, uses by year, members, explanation."""
    from pipeline.display import slogans_followed
    from pipeline.document import Slogan
    from pipeline.slogans import flat_row, follow

    with _gathered(paths, Slogan) as gathered:
        trails = follow(gathered.documents, since=since, issuer=issuer, type=type_)
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
