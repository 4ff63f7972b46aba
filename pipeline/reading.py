"""A file's text, and what stands beside it, as a document."""

from pathlib import Path

from pipeline.document import Document
from pipeline.encodings import decode
from pipeline.errors import GongbaoError, InputError
from pipeline.inputs import NO_UNICODE, Input, is_text, is_unicode, require_plain
from pipeline.metadata import companion, known_metadata, read_metadata
from pipeline.shards import document_at, is_shard


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


def read_input(item: Input) -> Document:
    """Return the document that `item` is; raises InputError, in one line, for one that cannot be read."""
    if item.row is None:
        return read_document(Path(item.path), item.doc_id)
    try:
        doc = document_at(Path(item.path), item.row)
    except GongbaoError as error:
        raise InputError(f"{item.place}: {error}") from error
    doc.doc_id = item.doc_id
    return doc


def open_document(text_or_file: str, **known: str | None) -> Document:
    """Return the document that `text_or_file` names or, if nothing is called so, is; with what is `known` of it.

    Raises InputError for a name that ends like a text's and is none, MetadataError for a date in the wrong form.
    """
    path = Path(text_or_file)
    if is_text(path) or _exists(path):
        require_plain(path)
        if is_shard(path.name):
            raise InputError(f"{path}: a file of many documents; `gongbao run {path}` processes them")
        if not is_unicode(text_or_file):
            raise InputError(NO_UNICODE.format(path))
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
