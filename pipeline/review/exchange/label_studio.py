"""Label Studio: a task for each document, with what was extracted as its prediction, and its export back.

A region is a record, labelled with its kind; each of its fields is a choice or a text area of the region. Beside the
tasks stands the labelling configuration that they need. In an annotation that comes back, a region that is there is
right, with the fields that it has; one marked ``reject`` or deleted is wrong; one marked ``open`` is undecided; a new
one was missed. Offsets are code points, as Label Studio 1.23 counts; where words stand at them only as UTF-16 counts,
they are read so.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msgspec

from pipeline.errors import InputError
from pipeline.review.exchange.cells import FLAGGED, member_line, member_of
from pipeline.review.exchange.entries import RIGHT, Entry, Export, Refused, Row, Text, all_fields, with_context
from pipeline.review.fields import FIELDS, Field
from pipeline.writing import RECORD_KINDS, FileSet, decode_json, pretty, text_hash

_TO = "text"
_LABELS, _VERDICT, _NOTE, _FLAG = "record", "verdict", "note", "flag"
_OPEN = "open"
_COLOURS = {"claims": "#2b6cb0", "slogans": "#b7791f", "entities": "#2f855a"}


def write(export: Export, path: Path, language: str) -> None:
    """Write the tasks to the file at `path`, and the configuration beside it under the same name with .xml."""
    with FileSet(path.parent) as files:
        files.put(path.name, pretty([_task(export, text) for text in export.texts]))
        files.put(path.with_suffix(".xml").name, configuration())
        files.commit()


def configuration() -> bytes:
    """Return the labelling configuration of the tasks, as XML."""
    view = Element("View")
    labels = SubElement(view, "Labels", {"name": _LABELS, "toName": _TO})
    for kind in RECORD_KINDS:
        SubElement(labels, "Label", {"value": kind, "background": _COLOURS[kind]})
    SubElement(view, "Text", {"name": _TO, "value": "$text", "granularity": "symbol"})
    _add_choices(view, _VERDICT, ("accept", "reject", _OPEN))
    for kind in RECORD_KINDS:
        shown = {"visibleWhen": "region-selected", "whenTagName": _LABELS, "whenLabelValue": kind}
        part = SubElement(view, "View", shown)
        for field in FIELDS[kind]:
            SubElement(part, "Header", {"value": field.name, "size": "5"})
            if field.sort == "choice":
                _add_choices(part, _control(kind, field), field.choices)
            else:
                _add_area(part, _control(kind, field), several=field.sort == "members")
    SubElement(view, "Header", {"value": _NOTE, "size": "5"})
    _add_area(view, _NOTE, several=False)
    _add_choices(view, _FLAG, (FLAGGED,), "multiple")
    indent(view)
    return b"".join((tostring(view, encoding="utf-8"), b"\n"))


def _add_choices(parent: Element, name: str, values: Sequence[str], choice: str = "single-radio") -> None:
    about = {"name": name, "toName": _TO, "perRegion": "true", "choice": choice, "showInline": "true"}
    control = SubElement(parent, "Choices", about)
    for value in values:
        SubElement(control, "Choice", {"value": value})


def _add_area(parent: Element, name: str, *, several: bool) -> None:
    about = {"name": name, "toName": _TO, "perRegion": "true", "editable": "true", "rows": "1"}
    SubElement(parent, "TextArea", about if several else about | {"maxSubmissions": "1"})


def _control(kind: str, field: Field) -> str:
    return f"{kind}_{field.name}"


def _task(export: Export, text: Text) -> dict[str, Any]:
    about, entries = text.about, export.of(text)
    extracted: list[dict[str, Any]] = []
    for entry in entries:
        if row := export.extracted.get(entry.id or ""):
            fields = all_fields(entry.kind, row.items())
            plain = Entry(doc_id=entry.doc_id, kind=entry.kind, id=entry.id, fields=fields)
            placed = msgspec.structs.replace(plain, start=row["start"], end=row["end"])
            extracted += _region(with_context(placed, text.text, about.sha256), about_review=False)
    task: dict[str, Any] = {
        "data": {
            "text": text.text,
            "doc_id": about.doc_id,
            "title": about.title or about.doc_id,
            "records": [msgspec.to_builtins(entry) for entry in entries],
        },
        "predictions": [{"model_version": about.extractor, "result": extracted}],
    }
    if any(entry.state != _OPEN or entry.verdict or entry.note or entry.flagged for entry in entries):
        results = [part for entry in entries if entry.start is not None for part in _region(entry)]
        task["annotations"] = [{"result": results}]
    return task


def _region(entry: Entry, *, about_review: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the results that say one record."""
    at = {"start": entry.start, "end": entry.end}

    def result(control: str, sort: str, value: list[str], key: str | None = None) -> dict[str, Any]:
        words = {"text": entry.quote} if sort != "textarea" else {}
        return {
            "id": entry.id,
            "from_name": control,
            "to_name": _TO,
            "type": sort,
            "value": {**at, **words, key or sort: value},
        }

    yield result(_LABELS, "labels", [entry.kind])
    for field in FIELDS[entry.kind]:
        value = entry.fields.get(field.name)
        if value is None or value == []:
            continue
        if field.sort == "choice":
            yield result(_control(entry.kind, field), "choices", [value])
        elif field.sort == "members":
            yield result(_control(entry.kind, field), "textarea", [member_line(member) for member in value], "text")
        else:
            word = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            yield result(_control(entry.kind, field), "textarea", [word], "text")
    if about_review:
        verdict = "accept" if entry.verdict in RIGHT else entry.verdict or _OPEN
        yield result(_VERDICT, "choices", [verdict])
        if entry.note:
            yield result(_NOTE, "textarea", [entry.note], "text")
        if entry.flagged:
            yield result(_FLAG, "choices", [FLAGGED])


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries in the tasks at `path`, as exported here or by Label Studio (as JSON, not JSON-MIN)."""
    try:
        tasks = decode_json(path.read_bytes(), list[dict[str, Any]])
    except (msgspec.MsgspecError, OSError) as error:
        raise InputError(f"{path}: not what Label Studio exports as JSON: {error}") from error
    for number, task in enumerate(tasks, start=1):
        place = f"task {number}"
        data = task.get("data")
        if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not data.get("doc_id"):
            yield Refused(place, "no data with text and doc_id; export the project as JSON, not as JSON-MIN")
            continue
        try:
            known = msgspec.convert(data.get("records", []), list[Entry])
            answers = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
            if len(answers) > 1:
                raise ValueError(f"{len(answers)} annotations; export those of one annotator at a time")
            yield from (
                _annotated(place, data, known, answers[0]["result"])
                if answers
                else (Row(place, entry) for entry in known)
            )
        except (ValueError, KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
            yield Refused(place, f"not an annotation as Label Studio exports it: {error}")


def _annotated(
    place: str, data: Mapping[str, Any], known: Sequence[Entry], results: Sequence[Mapping[str, Any]]
) -> Iterator[Row | Refused]:
    """Yield the entries of a task that was annotated, those in the order of `known` first."""
    text, sha256 = data["text"], text_hash(data["text"])
    regions: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        if "from_name" in result and "id" in result:  # relations between regions have none
            regions.setdefault(result["id"], []).append(result)
    by_id = {entry.id: entry for entry in known}
    by_place = {(entry.kind, entry.start, entry.end): entry for entry in known if entry.id not in regions}
    met: dict[str | None, Row | Refused] = {}
    new: list[Row | Refused] = []
    for key, parts in regions.items():
        where = f"{place} region {key}"
        try:
            kind, start, end = _label(parts, text)
            before = by_id.get(key) or by_place.get((kind, start, end))
            row: Row | Refused = Row(
                where, _entry(parts, kind, before, str(data["doc_id"]), (start, end), text, sha256)
            )
        except ValueError as error:
            row, before = Refused(where, str(error)), by_id.get(key)
        if before is None:
            new.append(row)
        else:
            met[before.id] = row
    for entry in known:
        if entry.id in met:
            yield met[entry.id]
        elif entry.start is None:
            yield Row(place, entry)
        else:
            yield Row(f"{place} region {entry.id}", msgspec.structs.replace(entry, verdict="reject"))
    yield from new


def _label(parts: Sequence[Mapping[str, Any]], text: str) -> tuple[str, int, int]:
    value = next((part["value"] for part in parts if part["from_name"] == _LABELS), None)
    if value is None:
        raise ValueError("it has no label")
    (kind,) = value["labels"]
    if kind not in FIELDS:
        raise ValueError(f"the label must be one of {', '.join(FIELDS)}, not {kind!r:.40}")
    start, end, quote = value["start"], value["end"], value.get("text")
    if quote is None or text[start:end] in (quote, quote.replace("\\n", "\n")):
        return kind, start, end
    units = text.encode("utf-16-le")
    try:
        before, words = (units[2 * a : 2 * b].decode("utf-16-le") for a, b in ((0, start), (start, end)))
    except UnicodeDecodeError:
        words = before = ""
    if words != quote:
        raise ValueError(f"{quote!r:.40} does not stand at [{start}, {end}) of the text")
    return kind, len(before), len(before) + len(words)


def _entry(
    parts: Sequence[Mapping[str, Any]],
    kind: str,
    before: Entry | None,
    doc_id: str,
    span: tuple[int, int],
    text: str,
    sha256: str,
) -> Entry:
    said: dict[str, list[str]] = {}
    for part in parts:
        value = part["value"]
        found = value.get("choices" if part["type"] == "choices" else "text")
        if part["type"] in ("choices", "textarea"):
            said[part["from_name"]] = [found] if isinstance(found, str) else found
    fields: dict[str, Any] = {}
    for field in FIELDS[kind]:
        words = said.get(_control(kind, field), [])
        if field.sort == "members":
            fields[field.name] = [member_of(line) for line in words]
        elif len(words) > 1:
            raise ValueError(f"{field.name} has {len(words)} values")
        elif field.sort == "declared":
            fields[field.name] = _declared(words)
        else:
            fields[field.name] = words[0] if words else None
    verdict = _verdict(said.get(_VERDICT, ["accept"])[0], before)
    entry = before if before is not None and before.kind == kind else Entry(doc_id=doc_id, kind=kind, fields={})
    changed = msgspec.structs.replace(
        entry,
        start=span[0],
        end=span[1],
        fields=all_fields(kind, fields.items()),
        verdict=verdict,
        note="\n".join(said.get(_NOTE, [])),
        flagged=bool(said.get(_FLAG)),
    )
    return with_context(changed, text, sha256)


def _declared(words: Sequence[str]) -> Any:
    try:
        return msgspec.json.decode(words[0], type=int | list[int | None]) if words else None
    except msgspec.MsgspecError as error:
        raise ValueError(f"declared must be a number, or several like [1,2,6,null], not {words[0]!r:.40}") from error


def _verdict(said: str, before: Entry | None) -> str | None:
    if said == _OPEN:
        return None
    if said == "accept" and before is not None and before.verdict in RIGHT:
        return before.verdict
    return said
