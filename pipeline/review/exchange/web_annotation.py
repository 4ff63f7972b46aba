"""W3C Web Annotation (JSON-LD): an annotation for each record, anchored by its place and by its words.

`TextPositionSelector` counts code points; `TextQuoteSelector` finds the words again in a text that has changed. A
record whose words are gone has the latter alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from pipeline.errors import InputError
from pipeline.review.exchange.entries import Entry, Export, Refused, Row
from pipeline.writing import RECORD_KINDS, decode_json, pretty, write_file

_ANNO = "http://www.w3.org/ns/anno.jsonld"
_GONGBAO = "urn:gongbao:"
_TOLD = ("verdict", "note", "flagged", "state", "rule", "confidence", "seen", "fields")


def write(export: Export, path: Path, language: str) -> None:
    """Write all entries as one page of annotations to the file at `path`."""
    page = {
        "@context": [_ANNO, {"gongbao": _GONGBAO, "record": {"@id": "gongbao:record", "@type": "@json"}}],
        "id": f"{_GONGBAO}records",
        "type": "AnnotationPage",
        "items": [_annotation(entry) for entry in export.entries],
    }
    write_file(path, pretty(page))


def _annotation(entry: Entry) -> dict[str, Any]:
    words = {"type": "TextQuoteSelector", "exact": entry.quote, "prefix": entry.prefix, "suffix": entry.suffix}
    selector: list[dict[str, Any]] = [words]
    if entry.start is not None:
        selector.insert(0, {"type": "TextPositionSelector", "start": entry.start, "end": entry.end})
    return {
        "id": f"{_GONGBAO}record:{quote(entry.id or '', safe='')}",
        "type": "Annotation",
        "motivation": "assessing" if entry.verdict else "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": entry.kind},
            {"type": "Dataset", "format": "application/json", "record": {k: getattr(entry, k) for k in _TOLD}},
        ],
        "target": {
            "source": f"{_GONGBAO}document:{quote(entry.doc_id, safe='')}",
            "state": {"type": "gongbao:TextState", "gongbao:sha256": entry.sha256},
            "selector": selector,
        },
    }


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries in the page of annotations at `path`; raises InputError where it is none."""
    try:
        page: Any = decode_json(path.read_bytes(), object)
    except (msgspec.MsgspecError, OSError) as error:
        raise InputError(f"{path}: not a page of annotations in JSON-LD: {error}") from error
    annotations = page.get("items") if isinstance(page, dict) else page
    if not isinstance(annotations, list):
        raise InputError(f"{path}: no annotations here; they stand in the items of an AnnotationPage")
    for number, annotation in enumerate(annotations, start=1):
        place = f"annotation {number}"
        try:
            yield Row(place, _entry(annotation))
        except (KeyError, TypeError, ValueError, AttributeError, msgspec.ValidationError) as error:
            yield Refused(place, f"not an annotation of a record: {type(error).__name__}: {error}")


def _entry(annotation: dict[str, Any]) -> Entry:
    bodies, target = annotation["body"], annotation["target"]
    kind = next((body["value"] for body in bodies if body["type"] == "TextualBody"), None)
    if kind not in RECORD_KINDS:
        raise ValueError(f"the kind must be one of {', '.join(RECORD_KINDS)}, not {kind!r:.40}")
    selectors = {selector["type"]: selector for selector in target["selector"]}
    words, place = selectors["TextQuoteSelector"], selectors.get("TextPositionSelector", {})
    told = {
        "id": unquote(annotation["id"].removeprefix(f"{_GONGBAO}record:")) or None,
        "doc_id": unquote(target["source"].removeprefix(f"{_GONGBAO}document:")),
        "kind": kind,
        "start": place.get("start"),
        "end": place.get("end"),
        "quote": words["exact"],
        "prefix": words.get("prefix", ""),
        "suffix": words.get("suffix", ""),
        "sha256": target.get("state", {}).get("gongbao:sha256"),
    }
    record: dict[str, Any] = next((body["record"] for body in bodies if "record" in body), {})
    return msgspec.convert(told | {name: record[name] for name in _TOLD if name in record}, Entry)
