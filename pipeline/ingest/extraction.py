"""One file to one text: its format found, read by the module for it, and what was done recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from pipeline.encodings import decode, decode_as
from pipeline.errors import InputError
from pipeline.ingest import office
from pipeline.ingest.blocks import as_text
from pipeline.ingest.formats import mismatch, sniff
from pipeline.ingest.limits import Limits
from pipeline.ingest.sandbox import Sandbox

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """The bytes of a file or page, and what is known of them from outside."""

    data: bytes
    name: str  #: of the file; it decides the format only where the content cannot
    url: str | None = None
    charset: str | None = None  #: what the sender of a page says
    encoding: str | None = None  #: what the user says


class Extracted(msgspec.Struct, frozen=True):
    """A text, how it was read, and what its source says of it."""

    text: str
    format: str
    encoding: str | None = None
    said: dict[str, str] = msgspec.field(default_factory=dict)  #: title, published
    remarks: tuple[str, ...] = ()  #: what a user should know


def extract(source: Source, limits: Limits, sandbox: Sandbox) -> Extracted:
    """Return the text of `source`; raises InputError for what has none and what goes beyond `limits`."""
    limits.check_size(len(source.data))
    if not source.data:
        raise InputError("empty file")
    kind = sniff(source.data, source.name)
    data, encoding = source.data, None
    said: dict[str, str] = {}
    remarks = [remark] if (remark := mismatch(kind, source.name)) else []
    if kind == "text":
        text, encoding = _decoded(source)
    elif kind == "html":
        page, encoding = _decoded(source)
        limits.check_text(page)
        text, said, more = sandbox.call("html", page.encode())
        remarks += more
    elif kind in ("docx", "pdf", "office"):
        if kind == "office":
            data = office.to_docx(data, limits)
        text, said, more = sandbox.call("pdf" if kind == "pdf" else "docx", data)
        remarks += more
    else:
        raise InputError(f"a table ({kind}) holds many texts; it has no one text")
    if not text.strip():
        raise InputError(f"no text in this {kind} file")
    limits.check_text(text)
    return Extracted(text, kind, encoding, said, tuple(remarks))


def extract_rows(source: Source, columns: Mapping[str, str], limits: Limits, sandbox: Sandbox) -> list[dict[str, str]]:
    """Return the rows of a table of texts (see `pipeline.ingest.tables`); raises InputError."""
    limits.check_size(len(source.data))
    return sandbox.rows(sniff(source.data, source.name), source.data, columns)


def _decoded(source: Source) -> tuple[str, str]:
    if source.encoding:
        return decode_as(source.data, source.encoding)
    declared = source.charset
    if declared is None and (found := _DECLARED.search(source.data[:4096])):
        declared = found[1].decode("ascii")
    return decode(source.data, declared)


def read_blocks(kind: str, data: bytes, limits: Limits) -> tuple[str, dict[str, str], list[str]]:
    """Return the text of a page or file of `kind` (html, docx, pdf), what it says of itself, and remarks."""
    remarks: list[str] = []
    if kind == "html":
        from pipeline.ingest.html import read_html

        blocks, said = read_html(data.decode())
    elif kind == "docx":
        from pipeline.ingest.docx import read_docx

        blocks, said = read_docx(data, limits)
    else:
        from pipeline.ingest.pdf import read_pdf

        blocks, said, remarks = read_pdf(data)
    return as_text(blocks), said, remarks
