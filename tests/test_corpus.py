"""The corpus: what `add` puts there, and what it refuses."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from pipeline.corpus import Corpus, valid_name
from pipeline.errors import InputError, MetadataError
from pipeline.inputs import find_inputs
from tests.conftest import CORPUS, SHARED

TEXT = "全市新增就业3万人。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def test_a_document_is_a_folder_of_plain_files(corpus: Corpus, file: Path) -> None:
    path = corpus.add(file, date="2024-02-08", issuer="大同市人民政府")
    assert path == corpus.root / "speech" / "speech.txt"
    assert path.read_text("utf-8") == TEXT
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "speech.meta.json",
        "speech.provenance.json",
        "speech.txt",
    ]
    assert json.loads((path.parent / "speech.meta.json").read_bytes()) == {
        "date": "2024-02-08",
        "issuer": "大同市人民政府",
    }
    provenance = json.loads((path.parent / "speech.provenance.json").read_bytes())
    assert (provenance["file"], provenance["encoding"]) == ("speech.txt", "utf-8")
    assert provenance["sha256"] == provenance["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_other_bytes_are_kept_beside_the_text(corpus: Corpus, file: Path) -> None:
    file.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    path = corpus.add(file)
    assert path.read_bytes() == TEXT.encode()
    original = path.with_name("speech.original.txt")
    assert original.read_bytes() == file.read_bytes()
    inputs, _ = find_inputs([corpus.root])
    assert [(item.path, item.doc_id) for item in inputs] == [(str(path), "speech")]


def test_metadata_beside_the_file_come_along_and_flags_win(corpus: Corpus, file: Path) -> None:
    file.with_name("speech.meta.json").write_text('{"date": "2023", "title": "讲话"}', "utf-8")
    path = corpus.add(file, date="2024")
    assert json.loads(path.with_name("speech.meta.json").read_bytes()) == {"date": "2024", "title": "讲话"}


def test_a_duplicate_is_refused_with_its_twins_name(corpus: Corpus, file: Path) -> None:
    corpus.add(file, name="first")
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())  # the same text in other bytes
    with pytest.raises(InputError, match="has this text already, as first"):
        corpus.add(file, name="second")
    assert list(corpus.names()) == ["first"]


def test_a_duplicate_of_what_was_put_there_by_hand_is_refused(corpus: Corpus, file: Path) -> None:
    (corpus.root / "byhand").mkdir(parents=True)
    (corpus.root / "byhand" / "byhand.txt").write_text(TEXT, "utf-8")
    with pytest.raises(InputError, match="as byhand"):
        corpus.add(file)


def test_a_name_that_is_taken_is_refused(corpus: Corpus, file: Path) -> None:
    corpus.add(file)
    file.write_text("另一篇讲话。", "utf-8")
    with pytest.raises(InputError, match="exists already; give another name"):
        corpus.add(file)
    assert corpus.text_path("speech").read_text("utf-8") == TEXT


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3"])
def test_what_is_no_text_is_refused(corpus: Corpus, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(InputError):
        corpus.add(file)
    assert not corpus.root.exists()


def test_a_wrong_date_is_refused(corpus: Corpus, file: Path) -> None:
    with pytest.raises(MetadataError):
        corpus.add(file, date="yesterday")
    assert not corpus.root.exists()


def test_a_failed_add_leaves_nothing(corpus: Corpus, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        corpus.add(file)
    assert list(corpus.root.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("大同 2024/新春", "大同-2024-新春"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("a\tb\nc:d", "a-b-c-d"),
        ("长" * 300, "长" * 50),
    ],
)
def test_names_are_safe(given: str, name: str) -> None:
    assert valid_name(given) == name


@pytest.mark.parametrize("given", ["", "...", "///", " "])
def test_what_gives_no_name_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="cannot be a document's name"):
        valid_name(given)


@pytest.mark.parametrize("name", ["datong-decade", "datong-newyear-2024"])
def test_the_corpus_texts_are_as_they_were_given(name: str) -> None:
    provenance = json.loads((CORPUS / name / f"{name}.provenance.json").read_bytes())
    data = (CORPUS / name / f"{name}.txt").read_bytes()
    assert provenance["sha256"] == provenance["text_sha256"] == hashlib.sha256(data).hexdigest()
    given = SHARED / "gold" / "dev" / f"{name}.txt"
    if given.is_file():
        assert given.read_bytes() == data
