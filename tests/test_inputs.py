"""Which files a run reads, in which order, and what their documents are called."""

from pathlib import Path

import pytest

from pipeline.inputs import find_inputs


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def ids(*paths: Path) -> list[str]:
    inputs, errors = find_inputs(paths)
    assert not errors
    return [item.doc_id for item in inputs]


def test_a_folder_is_searched_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.md", "省/2024.txt", "省/2023.TXT", "c.docx")
    assert ids(tmp_path) == ["a", "b", "省/2023", "省/2024"]


def test_hidden_files_and_companions_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.meta.json", "a.original.txt", ".b.txt", ".git/c.txt", "d.meta.md")
    assert ids(tmp_path) == ["a"]


def test_a_text_named_for_its_folder_has_the_folders_id(tmp_path: Path) -> None:
    make(tmp_path, "datong/datong.txt", "a/b/b.txt", "a/c.txt")
    assert ids(tmp_path) == ["a/b", "a/c", "datong"]


def test_a_file_has_its_stem_wherever_it_is(tmp_path: Path) -> None:
    make(tmp_path, "deep/down/a.txt")
    assert ids(tmp_path / "deep" / "down" / "a.txt") == ["a"]


def test_equal_ids_are_told_apart_in_order(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "y/a.txt", "y/a-2.txt", "z/a.md", "z/a.txt")
    assert ids(tmp_path / "x", tmp_path / "y", tmp_path / "z") == ["a", "a-2", "a-3", "a-4", "a-5"]


def test_a_text_is_taken_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    assert ids(tmp_path / "b.txt", tmp_path, tmp_path / "." / "a.txt") == ["b", "a"]


@pytest.mark.parametrize("name", ["missing", "missing.txt", "empty"])
def test_what_has_no_text_is_an_error_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a.txt", "empty/b.docx")
    inputs, errors = find_inputs([tmp_path / name, tmp_path / "a.txt"])
    assert [item.doc_id for item in inputs] == ["a"]
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{tmp_path / name}: no ")


def test_texts_in_other_forms_are_told_with_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make(tmp_path, "pdfs/a.pdf", "pdfs/b.docx", "pdfs/c/c.original.pdf", "both/a.txt", "both/a.pdf", "both/b.html")
    make(tmp_path, "pdfs/~$b.docx", "pdfs/.d.pdf", "pdfs/notes.json")
    inputs, errors = find_inputs([tmp_path / "pdfs", tmp_path / "pdfs" / "a.pdf", tmp_path / "both"])
    assert [item.doc_id for item in inputs] == ["a"]
    assert [str(error).removeprefix(f"{tmp_path}/") for error in errors] == [
        "pdfs: no text in this folder; texts end in .txt or .md; "
        f"2 files (.docx, .pdf); `gongbao add {tmp_path}/pdfs` puts the text of such files into the corpus",
        f"pdfs/a.pdf: not a plain text; `gongbao add {tmp_path}/pdfs/a.pdf` puts its text into the corpus",
    ]
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path}/both: passed over 1 file (.html); "
        f"`gongbao add {tmp_path}/both` puts the text of such files into the corpus"
    ]
