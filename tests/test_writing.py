"""Files that are whole or not there, and numbers as plain decimals."""

import errno
import stat
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.document import Document, Sentence, Token
from pipeline.errors import InputError
from pipeline.writing import FileSet, plain, sentence_rows, write_file


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("8.743E+10", "87430000000"),
        ("87430000000.0", "87430000000"),
        ("6.10", "6.1"),
        ("-0.30", "-0.3"),
        ("0", "0"),
        ("0.00", "0"),
        ("1E-9", "0.000000001"),
        ("100", "100"),
    ],
)
def test_decimals_are_written_without_exponent(value: str, written: str) -> None:
    assert plain(Decimal(value)) == written


def test_files_appear_together_at_commit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with FileSet(tmp_path) as files:
        files.put("a", b"after")
        files.put("b", "后".encode())
        assert (tmp_path / "a").read_bytes() == b"before"
        assert not (tmp_path / "b").exists()
        files.commit()
    assert (tmp_path / "a").read_bytes() == b"after"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_an_error_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), FileSet(tmp_path) as files:
        files.put("a", b"half")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"before"


def test_a_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    write_file(tmp_path / "new" / "a", b"x")
    (tmp_path / "b").write_bytes(b"x")
    rights = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new" / "a", tmp_path / "b")]
    assert rights[0] == rights[1]


def test_each_sentence_has_its_own_tokens() -> None:
    doc = Document("今天。 明天。")
    doc.sentences = (
        Sentence(id=0, start=0, end=3, paragraph=0),
        Sentence(id=1, start=4, end=7, paragraph=0),
    )
    doc.tokens = (Token(0, 2, "t"), Token(2, 3, "x"), Token(4, 6, "t"), Token(6, 7, "x"))
    assert [row.tokens for row in sentence_rows(doc)] == [doc.tokens[:2], doc.tokens[2:]]


def test_a_full_disk_is_an_error_of_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    def write() -> None:
        with FileSet(tmp_path / "out") as files:
            files.put("a.jsonl", b"a" * 100_000)
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InputError, match="out: no space left on device"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_another_error_of_the_system_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), FileSet(tmp_path):
        (tmp_path / "none").read_bytes()
