"""What is given, what is detected, and that what is given wins."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from pipeline.detection import detect as detect_with_evidence
from pipeline.document import Document, Metadata
from pipeline.errors import MetadataError
from pipeline.metadata import DETECTED, check_date, known_metadata, read_metadata
from pipeline.stages import process, select
from tests.test_contract import TEXTS

CASES = tomllib.loads((Path(__file__).parent / "cases" / "metadata.toml").read_text("utf-8"))["case"]


def detect(text: str, **known: str) -> Metadata:
    return process(Document(text, given=Metadata(**known)), select(["metadata"])).metadata


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


REPORT = (
    "政府工作报告\n——2031年1月8日在西宁市第十九届\n人民代表大会第二次会议上\n"
    "西宁市市长　张　三\n来源：某日报\n2031-01-20 08:00:00\n"
    "各位代表：\n我代表市人民政府，向大会报告工作，请予审议。\n"
)


def test_the_evidence_slices_back_and_says_how_sure_it_is() -> None:
    metadata, findings = detect_with_evidence(REPORT)
    assert {finding.field: finding.value for finding in findings} == {
        "title": "政府工作报告",
        "date": "2031-01-08",
        "issuer": "西宁市人民政府",
        "region": "青海省西宁市",
        "genre": "政府工作报告",
        "speaker": "张三",
        "meeting": "西宁市第十九届人民代表大会第二次会议",
        "published": "2031-01-20",
    }
    for finding in findings:
        assert REPORT[finding.start : finding.end] == finding.quote != ""
        assert 0 < finding.confidence < 1
        assert getattr(metadata, finding.field) == finding.value


def test_what_only_a_given_title_says_has_no_place_in_the_text() -> None:
    _, findings = detect_with_evidence("各位市民：新春快乐。\n", Metadata(title="2024年大同市政府工作报告"))
    assert {finding.field: (finding.value, finding.start, finding.quote) for finding in findings} == {
        "date": ("2024", None, ""),
        "region": ("山西省大同市", None, ""),
        "genre": ("政府工作报告", None, ""),
        "issuer": ("大同市人民政府", None, ""),
    }


def test_the_mark_of_a_heading_in_markdown_is_not_of_the_title() -> None:
    text = "## 在企业家座谈会上的讲话\n\n各位企业家：\n今年要做好三件事。\n"
    (title, *_) = detect_with_evidence(text)[1]
    assert (title.value, title.start) == ("在企业家座谈会上的讲话", 3)


def test_what_is_given_is_not_looked_for() -> None:
    _, findings = detect_with_evidence(REPORT, Metadata(title="题目", date="2030"))
    assert {"title", "date"}.isdisjoint(finding.field for finding in findings)


def test_what_the_page_says_of_itself_is_used() -> None:
    metadata, findings = detect_with_evidence("各位代表：\n", said={"title": "新春贺词", "published": "2024-02-09"})
    assert (metadata.title, metadata.genre, metadata.date, metadata.published) == (
        "新春贺词", "新春贺词", "2024-02-09", "2024-02-09",
    )  # fmt: skip
    assert next(finding for finding in findings if finding.field == "title").start is None


@given(TEXTS)
def test_any_text_has_metadata_whose_evidence_slices_back(text: str) -> None:
    for finding in detect_with_evidence(text)[1]:
        assert finding.field in DETECTED
        assert text[finding.start : finding.end] == finding.quote


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
        ('{"titel": "a"}', "unknown field `titel`; its keys are title, date, "),
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


@pytest.mark.parametrize("value", ["", " "])
def test_a_value_that_says_nothing_is_refused(value: str) -> None:
    with pytest.raises(MetadataError, match="title is empty"):
        known_metadata(Metadata(), title=value)


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "a.meta.json") == Metadata()


PAGES = tomllib.loads((Path(__file__).parent / "cases" / "pages.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_pages_of_many_sorts(case: dict[str, str]) -> None:
    metadata, findings = detect_with_evidence(case["text"])
    found = msgspec.structs.asdict(metadata)
    assert {field: found[field] for field in DETECTED if field in case} == {
        field: case[field] for field in DETECTED if field in case
    }
    for finding in findings:
        if finding.start is not None:
            assert case["text"][finding.start : finding.end] == finding.quote
