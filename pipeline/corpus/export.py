"""The corpus in the formats of other programs: JSON Lines, CSV, Parquet, TEI and spaCy's DocBin."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

import msgspec

from pipeline import __version__
from pipeline.corpus.store import Corpus
from pipeline.detection import detect
from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.reading import read_document
from pipeline.regex import Regex
from pipeline.stages import process, select
from pipeline.writing import FileSet

_FIELDS = ("doc_id", "text", *Metadata.__struct_fields__)
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TEI = "http://www.tei-c.org/ns/1.0"
_NOT_XML = Regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def export(corpus: Corpus, form: str, out: Path) -> int:
    """Write the documents of `corpus` to `out` in the format `form`, and return how many there are.

    `out` is a file, for TEI a folder; it appears when it is whole. Raises InputError.
    """
    if form not in FORMATS:
        raise InputError(f"no format is called {form!r}; there are: {', '.join(FORMATS)}")
    names = [name for name in corpus.names() if corpus.text_path(name).is_file()]
    if not names:
        raise InputError(f"{corpus.root}: no documents")
    FORMATS[form](corpus, names, out)
    return len(names)


def _documents(corpus: Corpus, names: list[str]) -> Iterator[Document]:
    for name in names:
        doc = read_document(corpus.text_path(name), name)
        doc.metadata = detect(doc.text, doc.given)[0]
        yield doc


def _rows(corpus: Corpus, names: list[str]) -> Iterator[dict[str, Any]]:
    for doc in _documents(corpus, names):
        yield {"doc_id": doc.doc_id, "text": doc.text, **msgspec.structs.asdict(doc.metadata)}


def _jsonl(corpus: Corpus, names: list[str], out: Path) -> None:
    encoder = msgspec.json.Encoder()
    with FileSet(out.parent) as files:
        file = files.open(out.name)
        for line in _rows(corpus, names):
            file.write(encoder.encode(line) + b"\n")
        files.commit()


def _csv(corpus: Corpus, names: list[str], out: Path) -> None:
    with FileSet(out.parent) as files:
        file = files.open(out.name)
        for line in ({name: name for name in _FIELDS}, *_rows(corpus, names)):
            cells = io.StringIO(newline="")
            csv.writer(cells, lineterminator="\n").writerow(line[name] for name in _FIELDS)
            file.write(cells.getvalue().encode())
        files.commit()


def _parquet(corpus: Corpus, names: list[str], out: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow; install gongbao[parquet]") from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    with FileSet(out.parent) as files:
        with pyarrow.parquet.ParquetWriter(files.open(out.name), schema, compression="zstd") as writer:
            batch: list[dict[str, Any]] = []
            for line in _rows(corpus, names):
                batch.append(line)
                if len(batch) == 256:
                    writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                    batch = []
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))
        files.commit()


def _spacy(corpus: Corpus, names: list[str], out: Path) -> None:
    from spacy.tokens import DocBin

    from pipeline.spacy_components import to_spacy

    held = DocBin(store_user_data=True)
    for doc in _documents(corpus, names):
        held.add(to_spacy(process(doc)))
    with FileSet(out.parent) as files:
        files.put(out.name, held.to_bytes())
        files.commit()


def _tei(corpus: Corpus, names: list[str], out: Path) -> None:
    """Write one TEI file for each document and ``corpus.xml`` that includes them, as the ParlaMint corpora are made."""
    root = Element("teiCorpus", {"xmlns": _TEI, "xmlns:xi": "http://www.w3.org/2001/XInclude", f"{_XML}lang": "zh"})
    speakers: dict[str, str] = {}
    with FileSet(out) as files:
        header = _header(root, "gongbao", len(names), Metadata())
        for number, doc in enumerate(_documents(corpus, names), start=1):
            process(doc, select(["sentences"]))
            file = f"{doc.doc_id}.xml"
            files.put(file, _as_bytes(_tei_document(doc, number, speakers)))
            SubElement(root, "xi:include", {"href": file})
        persons = SubElement(SubElement(SubElement(header, "profileDesc"), "particDesc"), "listPerson")
        for name, identity in speakers.items():
            SubElement(SubElement(persons, "person", {f"{_XML}id": identity}), "persName").text = _xml(name)
        files.put("corpus.xml", _as_bytes(root))
        files.commit()


def _tei_document(doc: Document, number: int, speakers: dict[str, str]) -> Element:
    metadata = doc.metadata
    root = Element("TEI", {"xmlns": _TEI, f"{_XML}id": f"d{number}", f"{_XML}lang": "zh", "n": _xml(doc.doc_id)})
    _header(root, metadata.title or doc.doc_id, 1, metadata)
    body = SubElement(SubElement(root, "text"), "body")
    division = SubElement(body, "div", {"type": "debateSection"})
    who = {}
    if metadata.speaker:
        who["who"] = "#" + speakers.setdefault(metadata.speaker, f"p{len(speakers) + 1}")
    speech: Element | None = None
    segment: Element | None = None
    paragraph = -1
    for sentence in doc.sentences:
        quote = _xml(doc.text[sentence.start : sentence.end])
        if sentence.heading:
            speech = None
            paragraph = -1
            SubElement(division, "note", {"type": "heading"}).text = quote
            continue
        if speech is None:
            speech = SubElement(division, "u", {f"{_XML}id": f"d{number}.u{sentence.id}", **who})
        if segment is None or sentence.paragraph != paragraph:
            segment = SubElement(speech, "seg", {f"{_XML}id": f"d{number}.p{sentence.paragraph}"})
            paragraph = sentence.paragraph
        SubElement(segment, "s", {f"{_XML}id": f"d{number}.s{sentence.id}"}).text = quote
    return root


def _header(root: Element, title: str, texts: int, metadata: Metadata) -> Element:
    header = SubElement(root, "teiHeader")
    file = SubElement(header, "fileDesc")
    titles = SubElement(file, "titleStmt")
    SubElement(titles, "title", {"type": "main"}).text = _xml(title)
    if metadata.meeting:
        SubElement(titles, "meeting").text = _xml(metadata.meeting)
    extent = SubElement(file, "extent")
    SubElement(extent, "measure", {"unit": "texts", "quantity": str(texts)})
    SubElement(SubElement(file, "publicationStmt"), "p").text = f"gongbao {__version__}"
    source = SubElement(SubElement(file, "sourceDesc"), "bibl")
    for tag, value in (
        ("title", metadata.title),
        ("author", metadata.speaker),
        ("publisher", metadata.issuer),
        ("pubPlace", metadata.region),
        ("idno", metadata.url),
    ):
        if value:
            SubElement(source, tag).text = _xml(value)
    if metadata.date:
        SubElement(source, "date", {"when": metadata.date}).text = metadata.date
    return header


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _as_bytes(root: Element) -> bytes:
    indent(root, " ")
    held = io.BytesIO()
    ElementTree(root).write(held, encoding="utf-8", xml_declaration=True)
    return held.getvalue() + b"\n"


FORMATS: dict[str, Callable[[Corpus, list[str], Path], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "tei": _tei,
    "spacy": _spacy,
}
