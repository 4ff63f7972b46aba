"""The commands that look after the corpus: add, list, info, edit, remove, restore, check, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.settings import help_for, load_settings

# Everything else is imported by the command that needs it, so that `gongbao --help` is quick.
if TYPE_CHECKING:
    from pipeline.corpus import Corpus
    from pipeline.corpus.adding import Outcome, Proposal
    from pipeline.document import Metadata

corpus_app = typer.Typer()

_Name = Annotated[str, typer.Argument(help="The document's name, as `gongbao list` prints it.")]
_CorpusOption = Annotated[str | None, typer.Option("--corpus", metavar="DIR", help=help_for("corpus"))]
_Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
_Date = Annotated[str | None, typer.Option(help="The day of the speech: YYYY, YYYY-MM or YYYY-MM-DD.")]
_Issuer = Annotated[str | None, typer.Option(help="The body that speaks.")]
_Title = Annotated[str | None, typer.Option(help="The text's title.")]
_Region = Annotated[str | None, typer.Option(help="The place that the text speaks of.")]
_Genre = Annotated[str | None, typer.Option(help="The sort of text, such as 政府工作报告.")]
_Url = Annotated[str | None, typer.Option(help="Where the text was published.")]
_Speaker = Annotated[str | None, typer.Option(help="The person who speaks.")]
_Meeting = Annotated[str | None, typer.Option(help="The meeting at which the text was spoken.")]
_Published = Annotated[str | None, typer.Option(help="The day of the page or newspaper, in the form of the date.")]


@corpus_app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH-or-URL ...",
            help="Texts (txt, md, html, docx, pdf; doc, wps, rtf, odt with LibreOffice), tables of texts "
            "(csv, jsonl, parquet), folders of these, addresses of pages.",
        ),
    ],
    date: _Date = None,
    issuer: _Issuer = None,
    title: _Title = None,
    region: _Region = None,
    genre: _Genre = None,
    url: _Url = None,
    speaker: _Speaker = None,
    meeting: _Meeting = None,
    published: _Published = None,
    name: Annotated[str | None, typer.Option(help="The text's name in the corpus; the file's, if not given.")] = None,
    update: Annotated[
        str | None, typer.Option(metavar="NAME", help="Replace the text of this document; the old version is kept.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding, where it is not recognised.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN", help="Which column of a table holds text, name, title, date …; may be repeated."
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take what is detected without asking or showing it.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and add nothing.")] = False,
    corpus: _CorpusOption = None,
) -> None:
    """Put texts into the corpus, with what is known of them and what is detected."""
    settings = load_settings(corpus=corpus)
    from pipeline.corpus.adding import Options, add_all
    from pipeline.errors import InputError
    from pipeline.ingest.tables import parse_columns

    if (name or update) and len(sources) > 1:
        raise InputError("--name and --update are for one text")
    known = {
        "date": date,
        "issuer": issuer,
        "title": title,
        "region": region,
        "genre": genre,
        "url": url,
        "speaker": speaker,
        "meeting": meeting,
        "published": published,
    }
    options = Options(
        known=known, name=name, encoding=encoding, columns=parse_columns(column or []), update=update, dry_run=dry_run
    )
    ask = not yes and not dry_run and sys.stdin.isatty() and sys.stderr.isatty()
    failed = False
    for outcome in add_all(_corpus(corpus), sources, options, settings.limits, _confirm if ask else None):
        if not ask and not yes:
            _show(outcome)
        if outcome.error:
            failed = True
            print(f"error: {outcome.error}", file=sys.stderr)
        elif outcome.path:
            print(outcome.path)
    if failed:
        raise typer.Exit(1)


def _show(outcome: Outcome) -> None:
    """Say on stderr what was detected of a text, what is missing, and what it overlaps with."""
    if outcome.proposal is not None:
        from rich.console import Console

        from pipeline.corpus.showing import show_proposal

        show_proposal(Console(stderr=True, highlight=False), outcome.proposal)


def _confirm(proposal: Proposal) -> Metadata | None:
    """Show what was detected and ask: take it, correct a field, or leave the text out."""
    import msgspec
    from rich.console import Console

    from pipeline.corpus.showing import show_proposal
    from pipeline.errors import MetadataError
    from pipeline.metadata import DETECTED, known_metadata

    console = Console(stderr=True, highlight=False)
    show_proposal(console, proposal)
    metadata = proposal.metadata
    while True:
        answer = _answer("Add it? [y]es, [n]o, or FIELD=VALUE to correct (FIELD= to leave it open) [y]: ") or "y"
        if answer.lower() in ("y", "yes"):
            return metadata
        if answer.lower() in ("n", "no"):
            return None
        field, sign, value = answer.partition("=")
        if not sign or field not in (*DETECTED, "url"):
            console.print(f"fields are: {', '.join((*DETECTED, 'url'))}", markup=False)
            continue
        if not value.strip():
            metadata = msgspec.structs.replace(metadata, **{field: None})
            continue
        try:
            metadata = known_metadata(metadata, **{field: value.strip()})
        except MetadataError as error:
            console.print(str(error), markup=False)


def _answer(question: str) -> str:
    """Ask on stderr, for stdout is data; at the end of the input nothing more is done."""
    print(question, end="", file=sys.stderr, flush=True)
    try:
        return input().strip()
    except EOFError:
        raise typer.Abort from None


@corpus_app.command("list")
def list_documents(as_json: _Json = False, corpus: _CorpusOption = None) -> None:
    """List the documents of the corpus: name, date, region, genre, title, characters."""
    import msgspec

    from pipeline.corpus.store import as_given

    rows = _corpus(corpus).rows()
    if as_json:
        for row in rows:
            line = {"name": row.name, "chars": row.chars, "sha256": row.text_sha256, **as_given(row.metadata)}
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        return
    for row in rows:
        m = row.metadata
        told = (row.name, m.date or "-", m.region or "-", m.genre or "-", m.title or "-", str(row.chars))
        sys.stdout.write("\t".join(told) + "\n")


@corpus_app.command()
def info(name: _Name, as_json: _Json = False, corpus: _CorpusOption = None) -> None:
    """Show what is known of a document, where it came from, and what it has in common with others."""
    from pipeline.corpus.store import as_given
    from pipeline.metadata import read_metadata
    from pipeline.reading import read_text

    store = _corpus(corpus)
    store.require(name)
    provenance = store.provenance(name)
    text = read_text(store.text_path(name))
    overlaps = store.overlaps(text, leave_out=name)
    told = {
        "name": name,
        "path": str(store.text_path(name)),
        "chars": len(text),
        "metadata": as_given(read_metadata(store.metadata_path(name))),
        "provenance": provenance,
        "overlaps": overlaps,
    }
    if as_json:
        from pipeline.writing import pretty

        sys.stdout.buffer.write(pretty(told))
        return
    print(f"{told['path']}  {len(text)} characters")
    for field, value in as_given(read_metadata(store.metadata_path(name))).items():
        print(f"{field:<10} {value}")
    if provenance is not None:
        print(f"{'added':<10} {provenance.added} from {provenance.file} ({provenance.format})")
        for version in provenance.versions:
            print(f"{'version':<10} {version.number}, replaced {version.replaced}")
    for one in overlaps:
        print(f"{'overlap':<10} {one}")


@corpus_app.command()
def edit(
    name: _Name,
    date: _Date = None,
    issuer: _Issuer = None,
    title: _Title = None,
    region: _Region = None,
    genre: _Genre = None,
    url: _Url = None,
    speaker: _Speaker = None,
    meeting: _Meeting = None,
    published: _Published = None,
    version_of: Annotated[str | None, typer.Option(help="The document that this is another version of.")] = None,
    excerpt_of: Annotated[str | None, typer.Option(help="The document that this is a part of.")] = None,
    unset: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="Forget a field; may be repeated.")] = None,
    corpus: _CorpusOption = None,
) -> None:
    """Change what is known of a document."""
    from pipeline.corpus.store import as_given
    from pipeline.writing import pretty

    metadata = _corpus(corpus).edit(
        name,
        unset=unset or (),
        date=date,
        issuer=issuer,
        title=title,
        region=region,
        genre=genre,
        url=url,
        speaker=speaker,
        meeting=meeting,
        published=published,
        version_of=version_of,
        excerpt_of=excerpt_of,
    )
    sys.stdout.buffer.write(pretty(as_given(metadata)))


@corpus_app.command()
def remove(names: Annotated[list[str], typer.Argument(metavar="NAME ...")], corpus: _CorpusOption = None) -> None:
    """Move documents to the trash of the corpus, from which `restore` brings them back."""
    store = _corpus(corpus)
    for name in names:
        print(store.remove(name))


@corpus_app.command()
def restore(
    name: Annotated[str | None, typer.Argument(help="NAME, or NAME@NUMBER; without it the trash is listed.")] = None,
    corpus: _CorpusOption = None,
) -> None:
    """Bring a document back from the trash."""
    store = _corpus(corpus)
    if name is None:
        for removed in store.trash():
            print(removed)
    else:
        print(store.restore(name))


@corpus_app.command()
def check(
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without losing anything.")] = False,
    corpus: _CorpusOption = None,
) -> None:
    """Check that every document is whole and as it was added; exit code 1 if one is not."""
    from pipeline.corpus.check import check as check_corpus

    wrong = 0
    for problem in check_corpus(_corpus(corpus), fix=fix):
        wrong += not problem.mended
        print(f"{problem.name}: {problem.message}{' (mended)' if problem.mended else ''}")
    if wrong:
        raise typer.Exit(1)


@corpus_app.command()
def export(
    out: Annotated[Path, typer.Argument(help="The file to write; for tei, the folder.")],
    form: Annotated[
        str | None,
        typer.Option("--format", help="jsonl, csv, parquet, tei or spacy; from the file's name, if not given."),
    ] = None,
    corpus: _CorpusOption = None,
) -> None:
    """Write the corpus for pandas, quanteda, TEI tools or spaCy."""
    from pipeline.corpus.export import export as export_corpus

    number = export_corpus(_corpus(corpus), form or out.suffix.removeprefix(".") or "tei", out)
    print(f"{out}: {number} documents", file=sys.stderr)


def _corpus(given: str | None) -> Corpus:
    from pipeline.corpus import Corpus

    return Corpus(Path(load_settings(corpus=given).corpus))
