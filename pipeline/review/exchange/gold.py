"""The gold form: a folder that `gongbao eval` and `gongbao train` take, ``NAME.txt`` with ``NAME.KIND.gold.jsonl``.

The gold holds what is right, and, marked optional, what nobody has decided yet: neither required nor wrong. What was
rejected, and what has no place in the text, stands beside it in ``NAME.KIND.aside.jsonl``. Under `review` each line
has what only a review knows.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from pipeline.document import Member
from pipeline.errors import InputError
from pipeline.reading import read_text
from pipeline.regex import Regex
from pipeline.review.exchange.entries import RIGHT, Entry, Export, Refused, Row, all_fields, marked, with_context
from pipeline.review.fields import FIELDS
from pipeline.slogans.members import expansion
from pipeline.writing import RECORD_KINDS, FileSet, pretty, text_hash

_UNSAFE = Regex(r'[\x00-\x1f/\\:*?"<>|]')


class _Known(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a review knows of a record besides what the gold says."""

    doc_id: str
    id: str | None = None
    verdict: str | None = None
    note: str = ""
    flagged: bool = False
    state: str = "open"
    rule: str | None = None
    confidence: float | None = None
    seen: str | None = None
    quote: str | None = None  # where the text has it no longer
    members: list[Any] | None = None  # where the texts no longer have all of them


def write(export: Export, path: Path, language: str) -> None:
    """Write the texts and their entries to the folder at `path`."""
    encoder = msgspec.json.Encoder()
    taken: set[str] = set()
    with FileSet(path) as files:
        for text in export.texts:
            about, entries = text.about, export.of(text)
            name = _name(about.doc_id, taken)
            files.put(f"{name}.txt", text.text.encode())
            told = {key: getattr(about, key) for key in ("title", "date", "issuer", "region", "genre")}
            files.put(f"{name}.meta.json", pretty({key: value for key, value in told.items() if value is not None}))
            for kind in RECORD_KINDS:
                mine = [entry for entry in entries if entry.kind == kind]
                gold = [entry for entry in mine if entry.start is not None and entry.verdict != "reject"]
                aside = [entry for entry in mine if entry not in gold]
                files.put(f"{name}.{kind}.gold.jsonl", encoder.encode_lines(map(_line, gold)))
                if aside:
                    files.put(f"{name}.{kind}.aside.jsonl", encoder.encode_lines(map(_line, aside)))
        files.commit()


def _name(doc_id: str, taken: set[str]) -> str:
    name = base = _UNSAFE.sub("_", doc_id).lstrip(".") or "text"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _line(entry: Entry) -> dict[str, Any]:
    members = entry.fields.get("members") or []
    lost = any(member["start"] is None for member in members)
    line: dict[str, Any] = {"quote": entry.quote, **entry.fields}
    if entry.kind == "slogans":
        placed = [member for member in members if member["start"] is not None]
        line["members"] = [
            {key: value for key, value in member.items() if (key, value) != ("doc_id", entry.doc_id)}
            for member in placed
        ]
        line["expansion"] = expansion(entry.fields["declared"], tuple(Member(**member) for member in placed))
    if entry.verdict not in RIGHT:
        line["optional"] = True
    known = _Known(
        doc_id=entry.doc_id,
        id=entry.id,
        verdict=entry.verdict,
        note=entry.note,
        flagged=entry.flagged,
        state=entry.state,
        rule=entry.rule,
        confidence=entry.confidence,
        seen=entry.seen,
        quote=entry.quote if entry.start is None else None,
        members=members if lost else None,
    )
    return {**line, "start": entry.start, "end": entry.end, "review": known}


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries in the folder at `path`; raises InputError where it is none."""
    if not path.is_dir() or not any(path.glob("*.gold.jsonl")):
        raise InputError(f"{path}: no annotations here; they are called NAME.claims.gold.jsonl, and so on")
    for text_file in sorted(path.glob("*.txt")):
        text = read_text(text_file)
        sha256 = text_hash(text)
        for kind in RECORD_KINDS:
            for sort in ("gold", "aside"):
                file = text_file.with_name(f"{text_file.stem}.{kind}.{sort}.jsonl")
                for number, line in enumerate(file.read_bytes().splitlines() if file.is_file() else [], start=1):
                    place = f"{file.name}:{number}"
                    try:
                        row = msgspec.json.decode(line, type=dict[str, Any])
                        yield Row(place, _entry(row, kind, text_file.stem, text, sha256))
                    except (msgspec.MsgspecError, ValueError) as error:
                        yield Refused(place, str(error))


def _entry(row: Mapping[str, Any], kind: str, name: str, text: str, sha256: str) -> Entry:
    known = msgspec.convert(row["review"], _Known) if "review" in row else None
    start, end = row.get("start"), row.get("end")
    quote = row.get("quote")
    if start is not None and (type(start) is not int or type(end) is not int or text[start:end] != quote):
        raise ValueError(f"{quote!r:.40} does not stand at [{start}, {end}) of {name}.txt")
    if start is None and (known is None or known.quote is None):
        raise ValueError("no start and end")
    doc_id = known.doc_id if known else name
    fields = all_fields(kind, ((field.name, row.get(field.name)) for field in FIELDS[kind]))
    if kind == "slogans":
        members = known.members if known and known.members is not None else row.get("members") or []
        fields["members"] = [_member(member, doc_id, text, sha256) for member in members]
    verdict = known.verdict if known else None if row.get("optional") else "accept"
    entry = Entry(id=known.id if known else None, doc_id=doc_id, kind=kind, start=start, end=end, fields=fields)
    if known:
        told = {key: getattr(known, key) for key in ("note", "flagged", "state", "rule", "confidence", "seen")}
        entry = msgspec.structs.replace(entry, quote=known.quote or "", **told)
    entry = with_context(msgspec.structs.replace(entry, verdict=verdict), text, sha256)
    return entry if known or verdict else marked(entry)  # optional: nothing is said


def _member(member: Mapping[str, Any], doc_id: str, text: str, sha256: str) -> dict[str, Any]:
    where, start, end = member.get("doc_id") or doc_id, member.get("start"), member.get("end")
    quote = member.get("quote", text[start:end] if where == doc_id else "")
    return {"doc_id": where, "start": start, "end": end, "quote": quote}
