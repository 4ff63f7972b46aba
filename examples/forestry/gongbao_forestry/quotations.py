"""Quoted speech and who said it."""

import re
from collections.abc import Iterator

from pipeline.document import Bounds, Document, Record

_SPEECH = re.compile(r"(?P<speaker>[\u4e00-\u9fff]{2,8}?)(?:指出|强调|表示)[，：]“(?P<words>[^“”]{4,200})”")


class Quotation(Record, frozen=True, kw_only=True):
    """Words that a text quotes, and who said them."""

    speaker: str
    sentence: Bounds
    rule: str


def find(doc: Document) -> Iterator[Quotation]:
    """Yield the quotations of `doc`."""
    for match in _SPEECH.finditer(doc.view):
        yield doc.record(Quotation, *match.span("words"), speaker=match["speaker"], rule="said")
