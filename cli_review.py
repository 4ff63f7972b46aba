"""`gongbao review`: people check what was extracted, on a page that this machine serves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import InputError, ReviewError, SettingsError
from pipeline.settings import help_for, load_settings

if TYPE_CHECKING:
    from pipeline.review.database import Database
    from pipeline.review.queue import Filters

review_app = typer.Typer(
    name="review",
    help="Check what was extracted, on a page in the browser; what is decided is kept and carried over to later runs.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
users_app = typer.Typer(name="users", help="Who may sign in.", no_args_is_help=True, rich_markup_mode=None)
review_app.add_typer(users_app)

_Database = Annotated[str | None, typer.Option("--db", metavar="FILE or URL", help=help_for("review"))]


@review_app.callback()
def review(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="Port [default: 8317, or the next that is free]")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; any but this machine's own asks for passwords.")] = (
        "127.0.0.1"
    ),
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="Name that browsers call this server; repeatable."),
    ] = None,
    run: Annotated[str | None, typer.Option("--run", metavar="DIR", help="Folder of a run [default: outputs]")] = None,
    queue: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD=VALUE,…",
            help="What to show first: kind=claims,state=conflict,text=…; answers=2 asks two reviewers of each.",
        ),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the page, zh or en [default: zh]")] = None,
    login: Annotated[bool, typer.Option("--login", help="Ask for names and passwords on this machine too.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    db: _Database = None,
) -> None:
    """Serve the review of a run; its link is printed."""
    if context.invoked_subcommand is not None:
        return
    settings = load_settings(out=run, language=lang, review=db)
    from pipeline.review.serving import serve

    def tell(link: str) -> None:
        print(link, flush=True)
        if open_:
            typer.launch(link)

    serve(
        Path(settings.out),
        settings.review,
        language=settings.language,
        host=host,
        port=port,
        names=tuple(name or ()),
        queue=_pairs(queue),
        login=login,
        tell=tell,
        say=lambda line: print(line, file=sys.stderr, flush=True),
    )


def _pairs(queue: str | None) -> dict[str, str]:
    pairs = {}
    for part in (queue or "").split(","):
        field, sign, value = part.partition("=")
        if part and not sign:
            raise SettingsError(f"--queue {part!r}: write FIELD=VALUE, like kind=claims")
        if part:
            pairs[field.strip()] = value.strip()
    return pairs


@review_app.command()
def status(db: _Database = None) -> None:
    """Say how far the review is: records in each state, by document."""
    database = _open(db)
    from pipeline.review.queue import documents, progress

    found = progress(database)
    for state, count in found.states.items():
        print(f"{state}\t{count}")
    for document in documents(database):
        print(f"{document.doc_id}\t{document.items - document.todo}/{document.items}")
    print(f"{found.items - found.todo} of {found.items} records done", file=sys.stderr)


_Run = Annotated[
    str | None,
    typer.Option("--run", metavar="DIR", help="Folder of a run to load first; a new database loads outputs."),
]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="excel, csv, gold, labelstudio, webannotation or spacy; as the name ends (.xlsx .csv .json .jsonld .spacy,"
        " a folder: gold), if not given.",
    ),
]


@review_app.command("export")
def export_review(
    out: Annotated[Path, typer.Argument(metavar="FILE or DIR", help="Where to write it; its name says the format.")],
    format_: _Format = None,
    of: Annotated[
        str | None, typer.Option(metavar="FIELD=VALUE,…", help="Only these: kind=claims,state=todo,text=…")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="What this reviewer answered, whatever others say.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the headings in Excel, zh or en.")] = None,
    run: _Run = None,
    db: _Database = None,
) -> None:
    """Write the records with what was decided: Excel, CSV, gold, Label Studio, Web Annotation, spaCy."""
    from pipeline.review.exchange.entries import collect
    from pipeline.review.exchange.formats import format_of

    settings = load_settings(language=lang, review=db)
    form = format_of(out, format_)
    filters = _filters(of)
    export = collect(_open_with_run(db, run), filters, reviewer)
    form.write(export, out, settings.language)
    decided = sum(entry.verdict is not None for entry in export.entries)
    print(f"{len(export.entries)} records of {len(export.texts)} texts, {decided} decided", file=sys.stderr)
    print(out)


@review_app.command("import")
def import_review(
    path: Annotated[Path, typer.Argument(metavar="FILE or DIR", help="What was exported, or made like it.")],
    reviewer: Annotated[str, typer.Option(help="Whose decisions these are.")],
    format_: _Format = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it, and write nothing.")] = False,
    run: _Run = None,
    db: _Database = None,
) -> None:
    """Take the decisions in a file, all of them or none; importing it again changes nothing."""
    from pipeline.review.exchange.formats import format_of
    from pipeline.review.exchange.taking import take

    form = format_of(path, format_)
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    taken = take(_open_with_run(db, run), form.read(path), reviewer, dry_run=dry_run)
    for sort in ("unknown", "conflicts", "refused"):
        for row in getattr(taken, sort):
            print(f"{sort.removesuffix('s')}: {path}: {row.place}: {row.message}", file=sys.stderr)
    if taken.refused:
        raise InputError(f"{path}: {len(taken.refused)} rows refused; nothing was taken")
    for action, count in taken.decisions.items():
        print(f"{action}\t{count}")
    print(
        f"{sum(taken.decisions.values())} decisions{' would be' if dry_run else ''} taken; {taken.known} rows say what "
        f"is known, {taken.undecided} nothing; {len(taken.unknown)} unknown, {len(taken.conflicts)} conflicts",
        file=sys.stderr,
    )


def _filters(given: str | None) -> Filters:
    import msgspec

    from pipeline.review.queue import Filters

    try:
        return msgspec.convert(_pairs(given), Filters, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"--of: {error}; fields are: {', '.join(Filters.__struct_fields__)}") from error


@review_app.command()
def agreement(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the figures as CSV.")] = False,
    db: _Database = None,
) -> None:
    """Say how far reviewers agree on each field: share, Cohen's κ, Krippendorff's α."""
    from pipeline.review.agreement import agreement as measure

    rows = measure(_open(db))
    if as_json:
        from pipeline.writing import pretty

        sys.stdout.buffer.write(pretty(rows))
        return
    if as_csv:
        import msgspec

        from pipeline.writing import as_csv as to_csv

        sys.stdout.buffer.write(to_csv([msgspec.structs.asdict(row) for row in rows]))
        return
    print("kind\tfield\titems\treviewers\tagreed\tkappa\talpha")
    for row in rows:
        figures = ("-" if figure is None else f"{figure:.3f}" for figure in (row.agreed, row.kappa, row.alpha))
        print("\t".join((row.kind, row.field, str(row.items), str(row.reviewers), *figures)))


@users_app.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the password from standard input.")] = False,
    db: _Database = None,
) -> None:
    """Let somebody sign in, or give them another password."""
    database = _open(db)
    from pipeline.review.users import set_password

    password = sys.stdin.readline().rstrip("\n") if stdin else typer.prompt("Password", hide_input=True, err=True)
    if not stdin and password != typer.prompt("Again", hide_input=True, err=True):
        raise ReviewError("these are two different passwords")
    is_new = set_password(database, name, password)
    print(f"{name}: {'may sign in' if is_new else 'has a new password'}", file=sys.stderr)


@users_app.command("list")
def list_users(db: _Database = None) -> None:
    """List who may sign in."""
    from pipeline.review.users import names

    for name in names(_open(db)):
        print(name)


@users_app.command("remove")
def remove_user(name: str, db: _Database = None) -> None:
    """Let somebody sign in no more; what was decided stays."""
    from pipeline.review.users import remove

    remove(_open(db), name)


def _open(db: str | None) -> Database:
    from pipeline.review.database import open_database

    return open_database(load_settings(review=db).review)


def _open_with_run(db: str | None, run: str | None) -> Database:
    """Open the database with the run that it was opened with last, with the one in `run`, or where it is new any."""
    settings = load_settings(out=run, review=db)
    from pipeline.review.loading import load, read_run

    is_new = "://" not in settings.review and not Path(settings.review).exists()
    if run is None and not is_new:
        return _open(db)
    read = read_run(Path(settings.out))
    database = _open(db)
    load(database, *read)
    return database
