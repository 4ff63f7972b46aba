"""What is given, what is detected, and that what is given wins."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from pipeline.document import Document, Metadata
from pipeline.errors import MetadataError
from pipeline.metadata import DetectMetadata, check_date, read_metadata

CASES = tomllib.loads((Path(__file__).parent / "cases" / "metadata.toml").read_text("utf-8"))["case"]


def detect(text: str, **given: str) -> Metadata:
    return DetectMetadata().find(Document(text, given=Metadata(**given)))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_detection(case: dict[str, str]) -> None:
    found = msgspec.structs.asdict(detect(case["text"]))
    wanted = {
        field: None if value == "none" else value for field, value in case.items() if field not in ("name", "text")
    }
    assert {field: found[field] for field in wanted} == wanted


def test_what_is_given_wins_and_helps_to_find_the_rest() -> None:
    text = "政府工作报告\n（2019年1月8日）\n各位代表：\n我代表市人民政府，向大会报告工作。"
    found = detect(text, title="另一个题目", region="山西省大同市")
    assert found.title == "另一个题目"
    assert found.issuer == "大同市人民政府"
    assert found.date == "2019-01-08"


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29", None])
def test_dates_in_the_right_form(date: str | None) -> None:
    check_date(date)


@pytest.mark.parametrize("date", ["2024-2-8", "2024年", "24-02-08", "2024-13", "2023-02-29", "2024/02/08", "", "0000"])
def test_dates_in_the_wrong_form(date: str) -> None:
    with pytest.raises(MetadataError, match="is not of the form YYYY"):
        check_date(date)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"titel": "a"}', "unknown field `titel`"),
        ('{"date": "8.2.2024"}', "date '8.2.2024' is not of the form"),
        ('{"title": 5}', "Expected `str"),
        ("title: a", "malformed"),
        ("[]", "Expected `object`"),
    ],
)
def test_malformed_metadata_name_the_file_and_the_fault(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.meta.json"
    path.write_text(content, "utf-8")
    with pytest.raises(MetadataError, match=message) as error:
        read_metadata(path)
    assert str(error.value).startswith(f"{path}: ")


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "a.meta.json") == Metadata()
