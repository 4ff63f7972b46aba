"""What time, and whether done or planned, the figures of whole reports are (cases/reports.txt)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.document import Document, Metadata
from pipeline.stages import process, select

CASES = (Path(__file__).parent / "cases" / "reports.txt").read_text("utf-8")
MARK = re.compile("〔([^ ]+) ([at])〕")
STATUS = {"a": "actual", "t": "target"}
STAGES = select(["claims"])


def reports() -> Iterator[tuple[Metadata, str, list[tuple[int, str, str]]]]:
    for report in CASES.split("=== ")[1:]:
        head, body = report.split("\n", 1)
        date, region, title = head.split("|")
        text, marks, at = "", [], 0
        for mark in MARK.finditer(body):
            text += body[at : mark.start()]
            marks.append((len(text), mark[1], STATUS[mark[2]]))
            at = mark.end()
        yield Metadata(date=date, region=region, title=title, genre="政府工作报告"), text + body[at:], marks


@pytest.mark.parametrize(("given", "text", "marks"), list(reports()), ids=lambda part: str(part)[:40])
def test_each_figure_has_the_time_that_the_report_says(given: Metadata, text: str, marks: list) -> None:
    claims = {claim.end: claim for claim in process(Document(text, given=given), STAGES).claims}
    wrong = {}
    for end, period, status in marks:
        claim = claims.get(end)
        if claim is None or (claim.period, claim.status) != (period, status):
            wrong[text[max(0, end - 30) : end]] = claim and (claim.period, claim.status)
    assert not wrong
