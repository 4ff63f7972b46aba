"""Files to text: encodings, line ends, and one clear line for what is no text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encodings import decode, decode_as
from pipeline.errors import InputError, MetadataError
from pipeline.reading import open_document, read_document, read_text

TEXT = "全市地区生产总值增长６．１％，新增就业3万人。\n这一年，我们在“四大赛道”上迈出了新的步伐。\n"

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "gb18030": b"",
    "gbk": b"",
    "utf-16": b"",
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-32": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8"), ("gbk", "gb18030"), ("gb2312", "gb18030"), ("utf-16-be", "utf-16-be")],
)
def test_the_encoding_is_named(encoding: str, named: str) -> None:
    assert decode("这是我们的报告。\n".encode(encoding))[1] == named


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8", "utf-16"])
def test_traditional_characters_in_every_encoding(encoding: str) -> None:
    text = "增長百分之六，這是我們的報告，謝謝大家。"
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_and_without_nul_bytes(encoding: str) -> None:
    text = "这是我们的报告，请予审议。"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_what_is_declared_decides_only_where_it_can_be() -> None:
    data = "這是我們的報告。".encode("big5")
    assert decode(data, "big5")[1] == "big5hkscs"
    assert decode("这是我们的报告。".encode(), "gb2312") == ("这是我们的报告。", "utf-8")
    assert decode("这是我们的报告。".encode("gbk"), "no-such-thing")[1] == "gb18030"


def test_an_encoding_that_is_named_is_used_or_refused() -> None:
    assert decode_as("报告".encode("gbk"), "GBK") == ("报告", "gb18030")
    with pytest.raises(InputError, match="not utf-8"):
        decode_as("报告".encode("gbk"), "utf-8")
    with pytest.raises(InputError, match="no encoding is called"):
        decode_as(b"a", "klingon")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(ends: str) -> None:
    assert decode(f"第一行{ends}第二行{ends}".encode())[0] == "第一行\n第二行\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty file"),
        (b" \r\n\t\n", "empty file"),
        (b"\xef\xbb\xbf\n", "empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary file"),
        (b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)), "binary file"),
        (b"\x01\x02\x03\x04 text", "binary file"),
        (b"caf\xe9 au lait \xff\xff", "unknown encoding"),
        (b"\xff\xfe\x00", "byte-order mark"),
    ],
)
def test_what_is_no_text_is_an_error_of_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as error:
        read_text(path)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="is a directory"):
        read_text(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_an_input_error(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except InputError:
        return
    assert text.strip() and "\r" not in text


# Without NUL, which is a sign of UTF-16 or of a binary file.
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(lambda text: text.strip()))
def test_utf8_is_kept_to_the_character(text: str) -> None:
    try:
        kept, _ = decode(text.encode())
    except InputError as error:
        assert "binary" in str(error) or "empty" in str(error) or "mark" in str(error)
    else:
        assert kept == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def test_metadata_beside_a_text_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"date": "2024-02-08", "region": "大同市"}), "utf-8")
    doc = read_document(tmp_path / "a.txt", "a")
    assert (doc.given.date, doc.given.region, doc.given.title) == ("2024-02-08", "大同市", None)


def test_a_sentence_is_a_document_and_a_file_name_is_a_file(tmp_path: Path) -> None:
    assert open_document("今年增长6%。", date="2024").metadata.date == "2024"
    assert open_document("很长的一段话，" * 200).text.startswith("很长")
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    assert open_document(str(path), region="大同市").metadata.region == "大同市"
    with pytest.raises(InputError, match="no such file"):
        open_document("missing.txt")
    with pytest.raises(InputError, match="is a directory"):
        open_document(str(tmp_path))
    with pytest.raises(InputError, match="not UTF-8"):
        open_document("增长\udcff")
    with pytest.raises(MetadataError, match="2024-13"):
        open_document("今年增长6%。", date="2024-13")
