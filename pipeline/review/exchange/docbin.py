"""spaCy's DocBin: a `Doc` for each document, its records as span groups, no pickle.

Words are single characters, as the tokenizer of ``spacy.blank("zh")`` makes them. What is right stands in
``doc.spans["claims"]``, ``"slogans"`` and ``"entities"``, what nobody has decided in ``"claims_open"`` and so on, what
was rejected in ``"claims_rejected"``. The id of a span leads to its record in ``doc.user_data["gongbao"]``, which
``span._.record`` gives where `pipeline.spacy_components` is imported.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from pipeline.errors import InputError
from pipeline.review.exchange.entries import RIGHT, Entry, Export, Refused, Row, Text, with_context
from pipeline.writing import RECORD_KINDS, text_hash, write_file

_RECORDS = "gongbao"
_DOCUMENT = "document"
_LARGEST = 1 << 30  # bytes, unpacked


def write(export: Export, path: Path, language: str) -> None:
    """Write a `Doc` for each document to the file at `path`."""
    vocab = spacy.blank("zh").vocab
    held = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for text in export.texts:
        held.add(_doc(text, export.of(text), vocab))
    write_file(path, held.to_bytes())


def _doc(text: Text, entries: list[Entry], vocab: Any) -> Doc:
    doc = Doc(vocab, words=list(text.text), spaces=[False] * len(text.text))
    groups: dict[str, list[Span]] = {}
    for entry in entries:
        if entry.start is not None and entry.end is not None:
            label = entry.fields.get("kind") or entry.fields.get("type") or entry.kind
            group = entry.kind if entry.verdict in RIGHT else f"{entry.kind}_{'rejected' if entry.verdict else 'open'}"
            groups.setdefault(group, []).append(Span(doc, entry.start, entry.end, label=label, span_id=entry.id or ""))
    for group, spans in groups.items():
        doc.spans[group] = spans
    doc.set_ents(filter_spans([Span(doc, s.start, s.end, label=s.label_) for s in groups.get("entities", [])]))
    doc.user_data[_DOCUMENT] = text.about.doc_id
    doc.user_data[_RECORDS] = {entry.id: {**entry.fields, "review": msgspec.to_builtins(entry)} for entry in entries}
    return doc


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries of the file at `path`, spans where they are now; raises InputError where it is no DocBin."""
    try:
        unpacker = zlib.decompressobj()
        unpacker.decompress(data := path.read_bytes(), _LARGEST)
        if unpacker.unconsumed_tail:
            raise InputError(f"{path}: unpacks to more than {_LARGEST >> 20} MB")
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab))
    except InputError:
        raise
    except Exception as error:  # whatever spaCy and msgpack raise on other bytes
        raise InputError(f"{path}: not a DocBin of spaCy: {type(error).__name__}: {error}") from error
    for number, doc in enumerate(docs, start=1):
        place = f"document {number}"
        if _DOCUMENT not in doc.user_data:
            yield Refused(place, "no user_data of gongbao; store it with store_user_data=True")
            continue
        try:
            rows = list(_rows(place, doc))
        except (KeyError, TypeError, AttributeError, ValueError) as error:  # what spaCy raises when a span is asked for
            yield Refused(place, f"a broken document of spaCy: {' '.join(str(error).split()):.200}")
            continue
        yield from rows


def _rows(place: str, doc: Doc) -> Iterator[Row | Refused]:
    text, sha256 = doc.text, text_hash(doc.text)
    spans = {span.id_: (group, span) for group in doc.spans for span in doc.spans[group] if span.id_}
    for key, record in doc.user_data.get(_RECORDS, {}).items():
        where = f"{place} {key}"
        try:
            entry = msgspec.convert(record["review"], Entry, strict=False)
            fields = {name: _listed(value) for name, value in record.items() if name != "review"}
        except (KeyError, TypeError, msgspec.ValidationError) as error:
            yield Refused(where, f"not a record: {error}")
            continue
        entry = msgspec.structs.replace(entry, fields=fields)
        if entry.start is None:
            yield Row(where, entry)
        elif key not in spans:
            yield Row(where, msgspec.structs.replace(entry, verdict="reject"))
        else:
            yield Row(where, _moved(entry, *spans[key], text, sha256))


def _moved(entry: Entry, group: str, span: Span, text: str, sha256: str) -> Entry:
    """Return `entry` as the group and the place of its span say now."""
    kind, _, state = group.partition("_")
    verdict = {"open": None, "rejected": "reject"}.get(state, entry.verdict if entry.verdict in RIGHT else "accept")
    if kind not in RECORD_KINDS:
        verdict = entry.verdict
    moved = msgspec.structs.replace(entry, start=span.start_char, end=span.end_char, verdict=verdict)
    return with_context(moved, text, sha256)


def _listed(value: Any) -> Any:
    """Return `value` with lists where msgpack read tuples."""
    if isinstance(value, tuple | list):
        return [_listed(item) for item in value]
    return value
