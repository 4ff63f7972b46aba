"""Documents in TEI, as the ParlaMint corpora are made: a file for each, and a root that includes them.

What ParlaMint demands and such texts do not tell (roles, parties, licence, funder) is left out, so the files are TEI,
and not ParlaMint by its schema. A document is one speech (`u`) of paragraphs (`seg`) and sentences (`s`), its headings
are notes. Who speaks is a person, or the bodies in whose name the text is where no person is known; both are listed in
the root.
"""

import io
from collections.abc import Iterable, Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from pipeline import __version__
from pipeline.document import Document, Metadata
from pipeline.regex import Regex

_ROOT = "corpus"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TEI = "http://www.tei-c.org/ns/1.0"
_XINCLUDE = "http://www.w3.org/2001/XInclude"
_NOT_XML = Regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tei_files(docs: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the file of each document, which has been cut into sentences, and of the root last."""
    persons: dict[str, str] = {}
    bodies: dict[str, str] = {}
    names = []
    for number, doc in enumerate(docs, start=1):
        names.append(doc.doc_id)
        yield f"{doc.doc_id}.xml", _as_bytes(_component(doc, f"d{number}", persons, bodies))
    root = _ROOT
    while root in names:
        root += "-of-all"
    yield f"{root}.xml", _as_bytes(_root(names, persons, bodies))


def _root(names: list[str], persons: dict[str, str], bodies: dict[str, str]) -> Element:
    root = Element("teiCorpus", {"xmlns": _TEI, "xmlns:xi": _XINCLUDE, f"{_XML}id": "corpus", f"{_XML}lang": "zh"})
    header = SubElement(root, "teiHeader")
    file = _file_description(header, "gongbao", None, len(names))
    SubElement(SubElement(file, "sourceDesc"), "p").text = "The sources stand in the files that are included."
    profile = SubElement(header, "profileDesc")
    if persons or bodies:
        participants = SubElement(profile, "particDesc")
        for group, one, name, listed in (
            ("listOrg", "org", "orgName", bodies),
            ("listPerson", "person", "persName", persons),
        ):
            if listed:
                members = SubElement(participants, group)
                for told, identity in listed.items():
                    SubElement(SubElement(members, one, {f"{_XML}id": identity}), name).text = told
    SubElement(SubElement(profile, "langUsage"), "language", {"ident": "zh"}).text = "中文"
    for name in names:
        SubElement(root, "xi:include", {"href": quote(f"{name}.xml")})
    return root


def _component(doc: Document, identity: str, persons: dict[str, str], bodies: dict[str, str]) -> Element:
    metadata = doc.metadata
    root = Element("TEI", {"xmlns": _TEI, f"{_XML}id": identity, f"{_XML}lang": "zh", "n": _xml(doc.doc_id)})
    header = SubElement(root, "teiHeader")
    file = _file_description(header, metadata.title or doc.doc_id, metadata.meeting, 1)
    _source(SubElement(file, "sourceDesc"), metadata, doc.doc_id)
    if metadata.region or metadata.date:
        setting = SubElement(SubElement(SubElement(header, "profileDesc"), "settingDesc"), "setting")
        if metadata.region:
            SubElement(setting, "name", {"type": "place"}).text = _xml(metadata.region)
        if metadata.date:
            SubElement(setting, "date", {"when": metadata.date}).text = metadata.date
    division = SubElement(SubElement(SubElement(root, "text"), "body"), "div", {"type": "debateSection"})
    speakers = _speakers(metadata, persons, bodies)
    speech = segment = None
    paragraph = -1
    for sentence in doc.sentences:
        words = _xml(doc.text[sentence.start : sentence.end])
        if sentence.heading:
            SubElement(division if speech is None else speech, "note", {"type": "heading"}).text = words
            continue
        if speech is None:
            speech = SubElement(division, "u", {f"{_XML}id": f"{identity}.u", **speakers})
        if segment is None or sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            segment = SubElement(speech, "seg", {f"{_XML}id": f"{identity}.p{paragraph}"})
        SubElement(segment, "s", {f"{_XML}id": f"{identity}.s{sentence.id}"}).text = words
    return root


def _speakers(metadata: Metadata, persons: dict[str, str], bodies: dict[str, str]) -> dict[str, str]:
    """Return the attribute that says who speaks; whoever is new is listed."""
    if metadata.speaker:
        found = [persons.setdefault(_xml(metadata.speaker), f"p{len(persons) + 1}")]
    else:
        found = [bodies.setdefault(body, f"o{len(bodies) + 1}") for body in _xml(metadata.issuer or "").split()]
    return {"who": " ".join(f"#{identity}" for identity in found)} if found else {}


def _file_description(header: Element, title: str, meeting: str | None, texts: int) -> Element:
    file = SubElement(header, "fileDesc")
    titles = SubElement(file, "titleStmt")
    SubElement(titles, "title", {"type": "main"}).text = _xml(title)
    if meeting:
        SubElement(titles, "meeting").text = _xml(meeting)
    SubElement(SubElement(file, "extent"), "measure", {"unit": "texts", "quantity": str(texts)})
    SubElement(SubElement(file, "publicationStmt"), "p").text = f"gongbao {__version__}"
    return file


def _source(description: Element, metadata: Metadata, doc_id: str) -> None:
    source = SubElement(description, "bibl")
    for tag, attributes, value in (
        ("title", {}, metadata.title or doc_id),
        ("author", {}, metadata.speaker),
        ("publisher", {}, metadata.issuer),
        ("pubPlace", {}, metadata.region),
        ("idno", {"type": "URI"}, metadata.url),
        ("date", {"when": metadata.date or ""}, metadata.date),
    ):
        if value:
            SubElement(source, tag, attributes).text = _xml(value)


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _as_bytes(root: Element) -> bytes:
    indent(root, " ")
    held = io.BytesIO()
    ElementTree(root).write(held, encoding="utf-8", xml_declaration=True)
    return held.getvalue() + b"\n"
