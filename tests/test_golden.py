"""Everything found in each text of the corpus, line by line, as it was when last reviewed.

``make golden`` writes the files anew; what they then differ in is what a change does, to be read as a diff.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pipeline.document import Document
from pipeline.reading import read_document
from pipeline.stages import process
from pipeline.writing import RECORD_KINDS, document_row, record_row
from tests.conftest import CORPUS

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("datong-decade", "datong-newyear-2024")
UNSTABLE = ("doc_id", "confidence")  # the one says nothing, the other moves with every measurement


def lines(doc: Document) -> Iterator[str]:
    """Yield a line for the document, for each sentence with its words, and for each record."""
    yield _line("document", {name: value for name, value in document_row(doc).items() if name != "source"})
    for sentence in doc.sentences:
        words = (token for token in doc.tokens if sentence.start <= token.start < sentence.end)
        tokens = " ".join(f"{doc.text[token.start : token.end]}/{token.pos}" for token in words)
        yield _line("sentence", {**msgspec.structs.asdict(sentence), "tokens": tokens})
    for kind in RECORD_KINDS:
        for record in getattr(doc, kind):
            yield _line(kind, {name: value for name, value in record_row(record).items() if name not in UNSTABLE})


def _line(kind: str, fields: dict[str, object]) -> str:
    said = {name: value for name, value in fields.items() if value not in (None, (), "")}
    return f"{kind} {msgspec.json.encode(said).decode()}\n"


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.txt"
    found = "".join(lines(process(read_document(CORPUS / name / f"{name}.txt", name))))
    if request.config.getoption("--golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    elif not path.exists():
        pytest.skip("no golden file yet; `make golden` writes it")
    assert found.splitlines() == path.read_text("utf-8").splitlines()
