"""What a file is, by its content; its name decides only where the content cannot (tables)."""

import io
import re
import zipfile
from pathlib import PurePath

from pipeline.errors import InputError

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table)[\s>/]", re.IGNORECASE)
_XHTML = re.compile(
    rb"<\?xml[^>]{0,200}\?>\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL
)
_TABLES = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
#: What may stand for each format at the end of a name.
SUFFIXES = {
    "text": (".txt", ".md", ".markdown", ".text"),
    "html": (".html", ".htm", ".xhtml", ".shtml"),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "office": (".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt"),
    "csv": (".csv", ".tsv"),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet",),
}
ALL_SUFFIXES = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)


def is_url(text: str) -> bool:
    """Whether `text` is an address of the web rather than a file's name."""
    return text.lower().startswith(("http://", "https://"))


def sniff(data: bytes, name: str) -> str:
    """Return the format of the file `name` that holds `data`: a key of `SUFFIXES`.

    Raises InputError for what is recognised and cannot be a text (an image, a spreadsheet, an archive).
    """
    head = data[:4096]
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if suffix in (".xls", ".ppt", ".et", ".dps"):
            raise InputError("a spreadsheet or slides, not a text; save its text as .docx or .txt")
        return "office"
    if head.startswith(b"{\\rtf"):
        return "office"
    if head.startswith(_IMAGES) or head[:4] == b"RIFF":
        raise InputError("an image; run OCR on it first and add the text")
    if suffix in _TABLES and suffix != ".parquet":
        return _TABLES[suffix]
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if suffix in SUFFIXES["html"] or _XHTML.match(plain) or (plain[:1] == b"<" and _HTML.match(plain)):
        return "html"
    return "text"


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "content.xml" in names and "mimetype" in names:
                kind = archive.open("mimetype").read(100)
                if b"opendocument.text" in kind:
                    return "office"
    # NotImplementedError: what zipfile raises for a compression or encryption that it does not know
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise InputError(f"a broken zip file: {error}") from error
    raise InputError("an archive or spreadsheet, not a text; unpack it and add what is in it")


def mismatch(kind: str, name: str) -> str | None:
    """Return what to say of a file whose name ends like another format's."""
    suffix = PurePath(name).suffix.lower()
    named = next((k for k, suffixes in SUFFIXES.items() if suffix in suffixes), None)
    return f"its name ends in {suffix} but it is {kind}" if named not in (None, kind) else None
