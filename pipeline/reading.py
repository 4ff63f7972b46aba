r"""A file's text: its encoding found, its line ends made `\n`, nothing else changed.

The encoding is found by one rule, in this order:

1. A byte-order mark says UTF-8, UTF-16 or UTF-32.
2. A file with NUL bytes is UTF-16, if one of its byte orders gives text, and binary otherwise.
3. What is valid UTF-8 is UTF-8.
4. What is valid GB18030 (which holds GBK and GB2312) and reads as Chinese is GB18030.
5. Everything else is an error.
"""

import codecs
import re
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.inputs import is_text
from pipeline.metadata import companion, known_metadata, read_metadata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: Characters that make up about a fifth of any modern Chinese text; what is decoded wrongly has next to none of them.
_COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经]"
)
_COMMON_SHARE = 0.05


def read_text(path: Path) -> str:
    """Return the text of the file at `path`.

    Raises InputError, in one line, for a file that is missing, unreadable, empty, binary or in an unknown encoding.
    """
    return decode_file(path)[0]


def decode_file(path: Path) -> tuple[str, str, bytes]:
    """Return the text of the file at `path`, the name of its encoding, and its bytes; raises InputError."""
    try:
        data = path.read_bytes()
        return *decode(data), data
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def read_document(path: Path, doc_id: str) -> Document:
    """Return the text at `path`, with what its companion ``NAME.meta.json`` says of it, as a document."""
    return Document(read_text(path), doc_id=doc_id, source=str(path), given=read_metadata(companion(path)))


def open_document(text_or_file: str, **known: str | None) -> Document:
    """Return the document that `text_or_file` names or, if nothing is called so, is; with what is `known` of it.

    Raises InputError for a name that ends like a text's and is none, MetadataError for a date in the wrong form.
    """
    path = Path(text_or_file)
    if is_text(path) or _exists(path):
        doc = read_document(path, path.stem)
    else:
        doc = Document(_unicode(text_or_file).replace("\r\n", "\n").replace("\r", "\n"))
    doc.given = doc.metadata = known_metadata(doc.given, **known)
    return doc


def _unicode(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:  # bytes of another encoding on the command line
        raise InputError("the text is not UTF-8; put it into a file") from error
    return text


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a whole text is too long for a name
        return False


def decode(data: bytes) -> tuple[str, str]:
    """Return the text that `data` holds and the name of its encoding, by the rule above; raises InputError."""
    text, encoding = _decode(data)
    if not text.replace("\ufeff", "").strip():
        raise InputError("empty file")
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise InputError("binary file, not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is None:
                raise InputError(f"begins with the byte-order mark of {encoding.upper()} but is not")
            return text, encoding
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = _strictly(data, encoding)
            if text is not None and not _CONTROL.search(text) and _reads_as_chinese(text):
                return text, encoding
        raise InputError("binary file, not a text")
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _strictly(data, "gb18030")
    if text is not None and _reads_as_chinese(text):
        return text, "gb18030"
    raise InputError("unknown encoding: neither UTF-8, UTF-16 nor GB18030; save it as UTF-8")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_chinese(text: str) -> bool:
    han = len(_HAN.findall(text))
    return han > 0 and len(_COMMON.findall(text)) >= han * _COMMON_SHARE
