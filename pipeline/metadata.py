"""What is known of a text: the file that stands beside it, and the form that its fields have."""

import datetime
from pathlib import Path, PurePath
from typing import TypeVar

import msgspec

from pipeline.document import Metadata
from pipeline.errors import MetadataError
from pipeline.regex import Regex

_DATE_FORM = Regex(r"\d{4}(-\d{2}(-\d{2})?)?")


P = TypeVar("P", bound=PurePath)


def companion(path: P) -> P:
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
    return parse_metadata(data, str(path))


def parse_metadata(data: bytes, place: str) -> Metadata:
    """Return what `data`, the file at `place`, says; raises MetadataError as `read_metadata` does."""
    try:
        metadata = msgspec.json.decode(data, type=Metadata)
        check_date(metadata.date)
        check_date(metadata.published)
    except msgspec.ValidationError as error:
        keys = ", ".join(Metadata.__struct_fields__)
        raise MetadataError(f"{place}: {error}; its keys are {keys}, each of them a text") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, MetadataError) as error:
        raise MetadataError(f"{place}: {error}") from error
    return metadata


def known_metadata(metadata: Metadata, **known: str | None) -> Metadata:
    """Return `metadata` with what is `known` (not None) in its place.

    Raises MetadataError for a malformed date and a value that says nothing.
    """
    for name, value in known.items():
        if value is not None and not value.strip():
            raise MetadataError(f"{name} is empty; leave it out where it is not known")
    check_date(known.get("date"))
    check_date(known.get("published"))
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


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the metadata as it was detected: what was found, by which rule, and the words that say so.

    `start` and `end` are offsets in the text; both are None where a page's own metadata, or another field that
    is given, say it.
    """

    field: str
    value: str
    confidence: float
    rule: str
    start: int | None = None
    end: int | None = None
    quote: str = ""


#: The fields that can be detected, in the order in which they are shown.
DETECTED = ("title", "date", "issuer", "region", "genre", "speaker", "meeting", "published")
