"""Adding: files, folders, pages and tables become documents; what fails is told, and the rest goes on."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path, PurePath

import msgspec

from pipeline.corpus.similarity import Overlap
from pipeline.corpus.store import Corpus, Entry, provenance_of, valid_name
from pipeline.detection import detect
from pipeline.document import Metadata
from pipeline.errors import GongbaoError, InputError
from pipeline.ingest import Extracted, Limits, Source, extract, extract_rows
from pipeline.ingest.formats import ALL_SUFFIXES, SUFFIXES, is_url
from pipeline.ingest.sandbox import Sandbox
from pipeline.metadata import DETECTED, Finding, companion, known_metadata, read_metadata
from pipeline.regex import Regex
from pipeline.writing import pretty

_OTHER_ADDRESS = Regex("[A-Za-z][A-Za-z0-9+.-]*://")
_TABLES = frozenset((*SUFFIXES["csv"], *SUFFIXES["jsonl"], *SUFFIXES["parquet"]))


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to add: what is known of every text, and what to do with it."""

    known: Mapping[str, str | None] = msgspec.field(default_factory=dict)
    name: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = msgspec.field(default_factory=dict)
    update: str | None = None  #: the document whose text is to be replaced
    dry_run: bool = False


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is about to be added: what it is called and what is known of it, and how."""

    source: str
    name: str
    extracted: Extracted
    metadata: Metadata
    findings: tuple[Finding, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that are neither given nor found."""
        return tuple(field for field in DETECTED if getattr(self.metadata, field) is None)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file, page or row: the path of its text, or why there is none."""

    source: str
    path: Path | None = None
    error: str | None = None
    proposal: Proposal | None = None


Confirm = Callable[[Proposal], Metadata | None]  #: what is to be known of the text; None to leave it out


class _Item(msgspec.Struct, frozen=True, kw_only=True):
    """One text to be added, before anything is known of it."""

    source: str
    stem: str
    data: bytes
    suffix: str
    extracted: Extracted
    beside: Metadata
    row: int | None = None
    url: str | None = None
    file: str


def add_all(
    corpus: Corpus, paths: Sequence[str], options: Options, limits: Limits, confirm: Confirm | None = None
) -> Iterator[Outcome]:
    """Add the texts behind `paths` (files, folders, addresses of pages), and yield what became of each.

    Without `confirm` what was detected is taken as it is, and the corpus is held for the whole batch.
    """
    held = corpus.writing() if confirm is None and not options.dry_run else nullcontext()
    with held, Sandbox(limits) as sandbox:
        for source in _sources(paths):
            try:
                for item in _items(source, options, limits, sandbox):
                    yield _outcome(corpus, item, options, confirm)
            except (GongbaoError, OSError) as error:
                message = str(error) if isinstance(error, GongbaoError) else (error.strerror or str(error)).lower()
                yield Outcome(source=source, error=message if source in message else f"{source}: {message}")


def _sources(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        if not is_url(path) and Path(path).is_dir():
            found = list(_below(Path(path)))
            yield from map(str, found)
            if not found:
                yield path  # which says what is wrong with it
        else:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that may be texts, in order; nothing hidden, no link that leads elsewhere."""
    inside = folder.resolve()
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if (
                name.startswith(".")
                or path.suffix.lower() not in ALL_SUFFIXES
                or path.stem.endswith((".original", ".meta"))
            ):
                continue
            if not path.is_symlink() or path.resolve().is_relative_to(inside):
                yield path


def _items(source: str, options: Options, limits: Limits, sandbox: Sandbox) -> Iterator[_Item]:
    if is_url(source):
        from pipeline.ingest.fetch import fetch  # with all that TLS needs, for pages only

        fetched = fetch(source, limits)
        path = PurePath(fetched.name)
        beside = Metadata(url=source)
    else:
        if _OTHER_ADDRESS.match(source):
            raise InputError("an address of a sort that is not fetched; http:// and https:// are")
        path = Path(source)
        fetched = Source(_read(path, limits), path.name, encoding=options.encoding)
        beside = read_metadata(companion(path))
    if path.suffix.lower() in _TABLES:
        yield from _rows(source, path, fetched, options, limits, sandbox)
        return
    yield _Item(
        source=source,
        stem=options.name or path.stem,
        data=fetched.data,
        suffix=_safe_suffix(path),
        extracted=extract(fetched, limits, sandbox),
        beside=beside,
        url=fetched.url,
        file=path.name,
    )


def _rows(
    source: str, path: PurePath, table: Source, options: Options, limits: Limits, sandbox: Sandbox
) -> Iterator[_Item]:
    for number, line in enumerate(extract_rows(table, options.columns, limits, sandbox), start=1):
        text = line.pop("text", "")
        name = line.pop("name", None) or line.get("title") or f"{path.stem}-{number}"
        record = pretty({"row": number, **line, "text": text})
        yield _Item(
            source=f"{source}:{number}",
            stem=name,
            data=record,
            suffix=".json",
            extracted=Extracted(text if text.endswith("\n") or not text else f"{text}\n", "row"),
            beside=known_metadata(Metadata(), **{key: _iso(key, value) for key, value in line.items()}),
            row=number,
            file=path.name,
        )


def _iso(field: str, value: str) -> str:
    """Return a date as a table may write it (2024/2/8, 2024-02-08 00:00:00) in the form of the metadata."""
    if field != "date":
        return value
    parts = value.split(" ")[0].split("T")[0].replace("/", "-").replace(".", "-").split("-")
    return "-".join(part.zfill(2) for part in parts) if all(part.isdigit() for part in parts) else value


def _read(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise InputError("no text in this folder")
        if path.exists() and not path.is_file():
            raise InputError("not a regular file")
        limits.check_size(path.stat().st_size)
        return path.read_bytes()
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {(getattr(error, 'strerror', None) or str(error)).lower()}") from error


def _safe_suffix(path: PurePath) -> str:
    suffix = path.suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 10 else ""


def _outcome(corpus: Corpus, item: _Item, options: Options, confirm: Confirm | None) -> Outcome:
    proposal = None
    try:
        if not item.extracted.text.strip():
            raise InputError("no text in this row")
        proposal = _propose(corpus, item, options)
        metadata: Metadata | None = proposal.metadata
        if options.dry_run:
            return Outcome(source=item.source, proposal=proposal)
        if confirm is not None:
            metadata = confirm(proposal)
        if metadata is None:
            return Outcome(source=item.source, error=f"{item.source}: left out", proposal=proposal)
        entry = _entry(item, proposal, metadata)
        path = (
            corpus.replace(options.update, msgspec.structs.replace(entry, name=options.update))
            if options.update
            else corpus.put(entry)
        )
        return Outcome(source=item.source, path=path, proposal=proposal)
    except GongbaoError as error:
        return Outcome(source=item.source, error=f"{item.source}: {error}", proposal=proposal)


def _propose(corpus: Corpus, item: _Item, options: Options) -> Proposal:
    text = item.extracted.text
    twin = corpus.twin(text)
    if twin is not None and twin != options.update:
        raise InputError(f"the corpus has this text already, as {twin}")
    overlaps = corpus.overlaps(text, leave_out=options.update)
    given = known_metadata(item.beside, **options.known)
    if options.update:
        given = known_metadata(read_metadata(corpus.metadata_path(options.update)), **_set(given))
    metadata, findings = detect(text, given, item.extracted.said)
    link = next((one for one in overlaps if one.link), None)
    if link is not None and link.link and not (metadata.version_of or metadata.excerpt_of):
        metadata = msgspec.structs.replace(metadata, **{link.link: link.name})
    name = valid_name(item.stem)
    if item.row is not None or options.name is None:
        name = name if options.update else corpus.free_name(name)
    return Proposal(
        source=item.source,
        name=options.update or name,
        extracted=item.extracted,
        metadata=metadata,
        findings=findings,
        overlaps=tuple(overlaps[:5]),
    )


def _set(metadata: Metadata) -> dict[str, str]:
    return {key: value for key, value in msgspec.structs.asdict(metadata).items() if value is not None}


def _entry(item: _Item, proposal: Proposal, metadata: Metadata) -> Entry:
    kept = tuple(one for one in proposal.findings if getattr(metadata, one.field) == one.value)
    return Entry(
        name=proposal.name,
        text=item.extracted.text,
        data=item.data,
        suffix=item.suffix,
        metadata=metadata,
        provenance=provenance_of(
            item.data,
            item.extracted.text,
            item.file,
            encoding=item.extracted.encoding,
            format=item.extracted.format,
            url=item.url,
            row=item.row,
            remarks=item.extracted.remarks,
            detected=kept,
        ),
    )
