"""Checking the corpus: that every document is whole and as it was added, and mending what can be mended safely."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline.corpus.store import VERSIONS, Corpus, Provenance, valid_name
from pipeline.errors import GongbaoError, InputError
from pipeline.metadata import read_metadata
from pipeline.reading import read_text
from pipeline.writing import pretty, text_hash


class Problem(msgspec.Struct, frozen=True):
    """Something that is wrong with a document; `mended` if it is no longer."""

    name: str
    message: str
    mended: bool = False


def check(corpus: Corpus, *, fix: bool = False) -> Iterator[Problem]:
    """Yield what is wrong with `corpus`; with `fix`, what can be mended without losing anything is.

    Mended are: line ends of texts, dangling links, a missing or outdated hash of a text that was edited by hand (the
    old hash is kept as a note), times of an index that was broken. What a killed process left is settled first in
    either case.
    """
    if not corpus.root.is_dir():
        raise InputError(f"{corpus.root}: no such corpus")
    with corpus.writing():
        names = list(corpus.names())
        known = set(names)
        hashes: dict[str, str] = {}
        for name in names:
            yield from _check_document(corpus, name, known, fix)
            text_path = corpus.text_path(name)
            try:
                digest = text_hash(read_text(text_path))
            except InputError:
                continue
            if digest in hashes:
                yield Problem(name, f"the same text as {hashes[digest]}")
            hashes.setdefault(digest, name)
        for path in sorted(corpus.root.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                yield Problem(path.name, "a file beside the documents; each document is a folder")
        if fix:
            corpus.forget_index()


def _check_document(corpus: Corpus, name: str, known: set[str], fix: bool) -> Iterator[Problem]:
    folder = corpus.root / name
    try:
        if valid_name(name) != name:
            yield Problem(name, f"not a name that add would give; {valid_name(name)} would be")
    except InputError as error:
        yield Problem(name, str(error))
    path = corpus.text_path(name)
    if not path.is_file():
        yield Problem(name, f"{path.name} is missing")
        return
    try:
        data = path.read_bytes()
        text = read_text(path)
    except InputError as error:
        yield Problem(name, str(error))
        return
    if data != text.encode():
        if fix:
            corpus.rewrite(path, text.encode())
        yield Problem(name, "the text is not UTF-8 with line ends \\n and without a byte-order mark", mended=fix)
    yield from _check_metadata(corpus, name, known, fix)
    provenance = None
    try:
        provenance = corpus.provenance(name)
    except InputError as error:
        yield Problem(name, str(error))
    if provenance is not None:
        yield from _check_provenance(corpus, name, text, provenance, fix)
    yield from _check_files(folder, name, text)


def _check_metadata(corpus: Corpus, name: str, known: set[str], fix: bool) -> Iterator[Problem]:
    try:
        metadata = read_metadata(corpus.metadata_path(name))
    except GongbaoError as error:
        yield Problem(name, str(error))
        return
    for field in ("version_of", "excerpt_of"):
        link = getattr(metadata, field)
        if link is not None and (link not in known or link == name):
            if fix:
                corpus.edit(name, unset=[field])
            yield Problem(name, f"{field} leads to {link!r}, which is not there", mended=fix)


def _check_provenance(corpus: Corpus, name: str, text: str, provenance: Provenance, fix: bool) -> Iterator[Problem]:
    digest = text_hash(text)
    if digest != provenance.text_sha256:
        if fix:
            note = f"text changed by hand; it was {provenance.text_sha256} when it was added"
            noted = msgspec.structs.replace(provenance, text_sha256=digest, detected=(), note=provenance.note or note)
            if corpus.original_path(name) is None:
                noted = msgspec.structs.replace(noted, sha256=digest)
            corpus.rewrite(corpus.root / name / f"{name}.provenance.json", pretty(noted))
        yield Problem(name, "the text is not what was added (text_sha256 differs)", mended=fix)
    else:
        for one in provenance.detected:
            if one.start is not None and one.end is not None and text[one.start : one.end] != one.quote:
                yield Problem(name, f"the evidence for {one.field} does not stand at {one.start}")
    original = corpus.original_path(name)
    data = original.read_bytes() if original else corpus.text_path(name).read_bytes()
    if hashlib.sha256(data).hexdigest() != provenance.sha256 and (original or digest == provenance.text_sha256):
        which = f"{original.name} is not the file that was added" if original else "the original file is missing"
        yield Problem(name, f"{which} (sha256 differs)")
    numbers = {str(version.number): version for version in provenance.versions}
    kept = corpus.root / name / VERSIONS
    there = {path.name for path in kept.iterdir()} if kept.is_dir() else set()
    for number in sorted(numbers.keys() | there):
        path = kept / number / f"{name}.txt"
        if number not in numbers:
            yield Problem(name, f"{VERSIONS}/{number} is not in the provenance")
        elif not path.is_file():
            yield Problem(name, f"{VERSIONS}/{number} is missing")
        elif text_hash(read_text(path)) != numbers[number].text_sha256:
            yield Problem(name, f"{VERSIONS}/{number} is not the text that was replaced (text_sha256 differs)")


def _check_files(folder: Path, name: str, text: str) -> Iterator[Problem]:
    """Yield files that do not belong to the document, and annotations whose offsets do not slice back."""
    for path in sorted(folder.iterdir()):
        if path.name == VERSIONS:
            continue
        if not path.name.startswith(f"{name}."):
            yield Problem(name, f"{path.name} is not a file of this document")
        elif path.suffix == ".jsonl":
            yield from _check_offsets(name, path, text)


def _check_offsets(name: str, path: Path, text: str) -> Iterator[Problem]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            record = json.loads(line)
        except ValueError:
            yield Problem(name, f"{path.name}, line {number}: not JSON")
            continue
        if isinstance(record, dict) and {"start", "end", "quote"} <= record.keys():
            start, end = record["start"], record["end"]
            if not (isinstance(start, int) and isinstance(end, int)) or text[start:end] != record["quote"]:
                yield Problem(name, f"{path.name}, line {number}: {record['quote']!r} does not stand at {start}")
