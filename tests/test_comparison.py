"""Two groups side by side: the same findings in every form."""

import csv
import json

import pytest
from typer.testing import CliRunner

from cli import app
from pipeline.keyness import compare, comparison_rows
from pipeline.listing import sections_as_csv
from pipeline.report.comparison import comparison_text
from tests.test_keyness import processed
from tests.test_report import Page

DOCS = [
    processed(
        "支持<草原>，依靠草原，振兴草原。草原、草原和草原。粮食产量12亿斤。打造“四大赛道”。", "a", "2023", "甲局"
    ),
    processed("支持港口，依靠港口，振兴港口。粮食产量11亿斤。", "b", "2024", "乙局"),
    processed("支持港口，依靠港口，振兴港口。", "c", "2024", "乙局"),
]


def written(form: str, language: str = "zh") -> str:
    found = compare(DOCS, "a", "b,c")
    return comparison_text(DOCS, found, comparison_rows(found, 5), form, version="1.2.3", language=language)


def test_the_page_is_whole_and_has_every_section() -> None:
    read = Page(written("html"))
    assert {"terms", "slogans", "indicators"} <= set(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    for said in ("a与B组（2篇）的比较", "草原", "港口", "四大赛道", "12亿斤", "11亿斤"):
        assert said in read.text
    assert "http" not in written("html")


def test_markdown_says_the_same() -> None:
    text = written("md", "en")
    assert text.startswith("# a and group B (2 texts) compared\n")
    assert "\n| B | 港口 | word | 0 | 6 |" in text
    assert "\n## Indicators of both\n" in text


def test_csv_has_all_sections_under_one_head() -> None:
    rows = list(csv.DictReader(sections_as_csv(comparison_rows(compare(DOCS, "a", "b,c"), 5)).decode().splitlines()))
    assert {row["section"] for row in rows} == {"terms", "slogans", "indicators"}
    assert [row["value"] for row in rows if row["section"] == "indicators"] == ["600000", "550000"]
    assert sections_as_csv({"terms": []}) == b""


@pytest.mark.parametrize("form", ["json", "csv", "md", "html", "table"])
def test_every_form_is_asked_for_by_its_name(form: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    for doc in DOCS:
        (tmp_path / f"{doc.doc_id}.txt").write_text(doc.text, "utf-8")
    runner = CliRunner()
    assert runner.invoke(app, ["run", "--quiet", "--out", "o", "a.txt", "b.txt"]).exit_code == 0
    done = runner.invoke(app, ["compare", "a", "b", "--run", "o", *([] if form == "table" else [f"--{form}"])])
    assert done.exit_code == 0 and "草原" in done.stdout
    if form == "json":
        assert set(json.loads(done.stdout)) == {"terms", "slogans", "indicators"}
