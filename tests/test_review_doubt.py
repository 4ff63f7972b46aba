"""What is doubted, and how much."""

import msgspec

from pipeline.review.doubt import WEIGHTS, Reason, doubt, reasons
from tests.test_review_core import document


def found(text: str, kind: str) -> dict[str, list[str]]:
    """Return the reasons against each record of `kind` in `text`, by quote."""
    doc = document(text)
    against = reasons([doc])
    quotes = {record.id: record.quote for record in getattr(doc, kind)}
    return {quotes[key[2]]: [reason.name for reason in told] for key, told in against.items() if key[1] == kind}


def test_figures_that_do_not_agree_are_doubted() -> None:
    wrong = "全市优良天数由2013年的200天增加到2023年的300天，增加35天。"
    assert found(wrong, "claims") == {"200天": ["audit"], "300天": ["audit"], "35天": ["audit"]}
    assert found(wrong.replace("35天", "100天"), "claims") == {}


def test_a_slogan_with_another_number_of_members_is_doubted() -> None:
    assert found("我们做强“三大产业”：煤炭、电力。", "slogans") == {"三大产业": ["audit", "members"]}
    assert found("我们做强“三大产业”：煤炭、电力、文旅。", "slogans") == {}


def test_one_name_of_two_types_is_doubted_where_it_is_rarer() -> None:
    doc = document("大同市文化和旅游局成立。大同市文化和旅游局开会。大同市文化和旅游局发文。")
    assert len(doc.entities) == 3 and reasons([doc]) == {}
    first, *rest = doc.entities
    doc.entities = (msgspec.structs.replace(first, type="project" if first.type != "project" else "org"), *rest)
    assert [key[2] for key in reasons([doc])] == [first.id]


def test_records_that_overlap_are_doubted() -> None:
    doc = document("去年，城镇新增就业3.1万人。")
    (claim,) = doc.claims
    doc.claims = (claim, msgspec.structs.replace(claim, id="other", start=claim.start + 1, quote=claim.quote[1:]))
    assert {reason.name for told in reasons([doc]).values() for reason in told} == {"overlap"}


def test_doubt_grows_with_every_reason() -> None:
    steps = [[], ["audit"], ["audit", "types"], ["audit", "types", "overlap"]]
    doubts = [doubt(0.9, [Reason(name, "") for name in names]) for names in steps]
    assert doubts == sorted(doubts) and doubts[0] == 0.1 and doubts[-1] < 1
    assert doubt(1.0, []) == 0.0 and doubt(0.0, []) == 1.0
    assert doubt(0.5, [Reason("audit", "a"), Reason("audit", "b")]) == doubt(0.5, [Reason("audit", "a")])
    assert all(weight > 1 for weight in WEIGHTS.values())
