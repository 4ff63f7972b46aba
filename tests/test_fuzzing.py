"""A few inputs for everything that reads what others have written; `python -m tests.fuzzing` goes on without end."""

import logging
import random
import signal
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from pipeline import find_quantities
from pipeline.confidence import Model
from pipeline.document import Document, Metadata
from pipeline.errors import DataError, GongbaoError, InputError
from pipeline.ingest.html import read_html
from pipeline.reading import read_document
from pipeline.review.exchange import excel, label_studio, web_annotation
from pipeline.slogans.knowledge import parse
from pipeline.slogans.members import _enumerations
from pipeline.slogans.unquoted import Found
from pipeline.stages import process
from pipeline.versions import in_use
from pipeline.writing import read_rows
from tests.fuzzing.__main__ import Broken, inputs_of, too_long, try_input
from tests.fuzzing.targets import targets

#: How many inputs a target gets where one costs much; the rest get more.
COSTLY = {"analyses": 2, "query": 20, "pdf": 10, "gold": 8, "extensions": 6, "server": 25}


@pytest.mark.parametrize("name", targets(Path()))
def test_nothing_breaks(name: str, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGPROF, too_long)
    logging.disable(logging.ERROR)
    try:
        target, broken = targets(tmp_path)[name](), Broken(name)
        for data in islice(inputs_of(target, random.Random(7)), len(target.seeds) + COSTLY.get(name, 40)):
            try_input(target, data, broken)
    finally:
        logging.disable(logging.NOTSET)
        signal.signal(signal.SIGPROF, before)
    assert not broken.found


# --- what was found -------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", ["9" * 25, "9" * 40, "0." + "3" * 60, "9" * 5000, "9" * 20])
def test_a_numeral_however_long_breaks_nothing(digits: str) -> None:
    for text in (f"完成百分之{digits}左右", f"投资{digits}万亿元", f"占{digits}分之{digits}", f"增长{digits}%"):
        process(Document(text))
        assert all(abs(q.value or Decimal(0)) < Decimal(10) ** 40 for q in find_quantities(text))


@pytest.mark.parametrize("text", ["0000年“", "9999年政府工作报告", "0001年以来", "回顾9999年工作"])
def test_a_year_that_is_none_dates_no_text(text: str) -> None:
    assert process(Document(text)).metadata.date is None


def test_the_last_month_of_the_last_year_has_an_end() -> None:
    assert Document("", given=Metadata(date="9999-12")).reference.isoformat() == "9999-12-31"
    assert Document("", given=Metadata(date="2024-02")).reference.isoformat() == "2024-02-29"


def test_a_row_of_arrows_is_read_as_fast_as_other_lines() -> None:
    """The pattern of the way to a page took twice as long for every arrow more."""
    read_html("<title>通知</title><p>" + ">" * 3000 + "甲" * 3000 + "</p>")


@pytest.mark.parametrize("name", ["甲\n乙", "\x1b[31m", "\u2028", "a\rb"])
def test_an_error_is_one_line_whatever_it_quotes(name: str) -> None:
    said = str(InputError(f"{name}: no such file"))
    assert said.splitlines() == [said]
    assert "\x1b" not in said
    with pytest.raises(DataError) as error:
        parse(f"[[formulation]]\nname = {name.encode('unicode_escape').decode()!r}\n".replace("'", '"'))
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("data", [b'{"a": "\xff"}', b"[" * 100_000, b"\xff\xfe", b"[1", b"null", b"7", b'"a"', b"{}"])
def test_what_is_not_json_is_an_error_of_one_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    for read in (label_studio.read, web_annotation.read, lambda path: read_rows(path, list[str])):
        with pytest.raises(InputError, match=r"a\.json"):
            list(read(path))  # type: ignore[operator]


def test_an_annotation_without_a_body_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text('{"items": [{"body": [], "target": {"selector": []}}]}')
    (refused,) = web_annotation.read(path)
    assert "the kind must be one of" in refused.message  # type: ignore[union-attr]


def test_a_sheet_that_is_not_in_its_workbook_is_an_error_of_one_line(tmp_path: Path) -> None:
    import zipfile

    import xlsxwriter

    whole, cut = tmp_path / "whole.xlsx", tmp_path / "cut.xlsx"
    with xlsxwriter.Workbook(whole) as book:
        book.add_worksheet("claims").write(0, 0, "doc_id")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            if not name.startswith("xl/worksheets/"):
                target.writestr(name, source.read(name))
    with pytest.raises(InputError, match="claims: a broken sheet"):
        list(excel.read(cut))


@pytest.mark.parametrize("number", [b"9" * 5000, "²".encode(), b"-1", b"1e3"])
def test_a_version_that_is_no_number_is_an_error(number: bytes, tmp_path: Path) -> None:
    (tmp_path / "confidence.use").write_bytes(number)
    with pytest.raises(InputError, match="must hold the number"):
        in_use(tmp_path)


def test_a_model_s_weights_may_be_as_large_as_they_like() -> None:
    assert Model(-1e9, {}).probability(()) == pytest.approx(0)
    assert Model(1e9, {}).probability(()) == 1


def test_a_slogan_that_declares_one_part_alone_has_members_or_none() -> None:
    doc = process(Document("推进“三医”改革。"))
    assert not any(_enumerations(doc.view, Found(3, 5, "numeral_phrase", [3], "single"), None))


def test_rows_in_a_folder_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").mkdir()
    with pytest.raises(GongbaoError, match="is a directory"):
        list(read_rows(tmp_path / "claims.jsonl", dict))
    with pytest.raises(GongbaoError):
        read_document(tmp_path, "a")
