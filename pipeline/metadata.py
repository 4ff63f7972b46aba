"""What is known of a text: read from beside it, or detected in it."""

import datetime
import re
from pathlib import Path

import msgspec

from pipeline.document import Document, Metadata
from pipeline.errors import MetadataError

_DATE_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def companion(path: Path) -> Path:
    """Return where the metadata of the text at `path` stand: ``NAME.meta.json`` for ``NAME.txt``."""
    return path.with_name(f"{path.stem}.meta.json")


def read_metadata(path: Path) -> Metadata:
    """Return what the file at `path` says; nothing is known if there is none.

    Raises MetadataError for a file that is not JSON, an unknown key and a date in the wrong form.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Metadata()
    except OSError as error:
        raise MetadataError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    try:
        metadata = msgspec.json.decode(data, type=Metadata)
        check_date(metadata.date)
    except (msgspec.MsgspecError, UnicodeDecodeError, MetadataError) as error:
        raise MetadataError(f"{path}: {error}") from error
    return metadata


def known_metadata(metadata: Metadata, **known: str | None) -> Metadata:
    """Return `metadata` with what is `known` (not None) in its place; raises MetadataError for a malformed date."""
    check_date(known.get("date"))
    return msgspec.structs.replace(metadata, **{name: value for name, value in known.items() if value is not None})


def check_date(date: str | None) -> None:
    """Raise MetadataError if `date` is neither None nor a day, month or year in the form YYYY[-MM[-DD]]."""
    if date is None:
        return
    try:
        if not _DATE_FORM.fullmatch(date):
            raise ValueError
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        raise MetadataError(f"date {date!r} is not of the form YYYY, YYYY-MM or YYYY-MM-DD") from None


class DetectMetadata:
    """Completes what is given with what the text says of itself."""

    name = "metadata"
    description = "title, date, issuer, region and genre: what is given wins, the rest is read from the text"
    requires = ("text",)
    assigns = "metadata"
    example = "新春贺词\n（2024年2月8日）"

    def find(self, doc: Document) -> Metadata:
        """Return what is known of `doc`."""
        return doc.given
