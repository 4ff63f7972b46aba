"""Members from another document, held against the definition of which one is taken."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Bounds, Member, Slogan
from pipeline.slogans import Source, link_members
from pipeline.slogans.knowledge import known

sources = st.builds(
    Source,
    doc_id=st.sampled_from(["a", "b", "c", "d"]),
    date=st.sampled_from([None, "2020", "2020-01", "2020-01-01", "2021-06-30", "2022", "2023-12-31"]),
    issuer=st.sampled_from([None, "甲市人民政府", "中共甲市委员会", "国务院"]),
    region=st.sampled_from([None, "甲市", "乙市", "中国"]),
)


@given(
    corpus=st.lists(
        st.tuples(sources, st.sampled_from(["use", "complete", "mismatch"])),
        max_size=12,
        unique_by=lambda item: (item[0].doc_id, item[0].date),
    ),
    wording=st.sampled_from(["三大会战", "三资"]),
)
def test_linking_takes_the_nearest_by_what_is_said_of_it(corpus, wording):
    """Against the definition, over all pairs."""

    def mention(place: int, source: Source, expansion: str) -> Slogan:
        names = ("治水", "修路", "兴学") if wording == "三大会战" else ("资金", "资产", "资源")
        members = names if expansion == "complete" else names[:2]
        return Slogan(
            id=str(place),
            doc_id=source.doc_id,
            start=place,
            end=place + 4,
            quote=wording,
            type="numeral_phrase",
            canonical=wording,
            declared=3,
            sentence=Bounds(0, 4),
            rule="r",
            expansion="none" if expansion == "use" else expansion,
            members=()
            if expansion == "use"
            else tuple(Member(doc_id=source.doc_id, start=0, end=2, quote=name) for name in members),
        )

    mentions = [(source, mention(place, source, expansion)) for place, (source, expansion) in enumerate(corpus)]

    def distance(other: Source, explaining: Slogan, source: Source) -> tuple[object, ...]:
        days = [date_of(s.date) for s in (other, source)]
        return (
            explaining.expansion != "complete",
            other.issuer is None or other.issuer != source.issuer,
            other.region != source.region,
            abs((days[0] - days[1]).days) if all(days) else 10**6,
            other.date or "",
            other.doc_id,
            explaining.start,
        )

    linked = link_members([(source, [slogan]) for source, slogan in mentions])
    for (source, slogan), (found,) in zip(mentions, linked, strict=True):
        others = [
            (other, told)
            for other, told in mentions
            if told.members and (known(wording) or other.level == "central" or other.region == source.region)
        ]
        if slogan.members or not others:
            assert found == slogan
        else:
            _, nearest = min(others, key=lambda pair: distance(*pair, source))
            assert (found.members, found.expansion) == (nearest.members, nearest.expansion)
            assert found.members[0].doc_id == nearest.doc_id


def test_what_a_text_leaves_without_members_beside_its_own_list_stays_so():
    """推进数字化“三大会战”: another thing of the same name."""

    def mention(start: int, members: tuple[Member, ...]) -> Slogan:
        return Slogan(
            id=str(start),
            doc_id="a",
            start=start,
            end=start + 4,
            quote="三大会战",
            type="numeral_phrase",
            canonical="三大会战",
            declared=3,
            sentence=Bounds(0, 90),
            rule="r",
            expansion="complete" if members else "none",
            members=members,
        )

    told = mention(
        20,
        tuple(
            Member(doc_id="a", start=at, end=at + 2, quote=name)
            for at, name in ((8, "治水"), (11, "修路"), (14, "兴学"))
        ),
    )
    source = Source(doc_id="a")
    assert link_members([(source, [told, mention(60, ())])]) == [(told, mention(60, ()))]


def date_of(date: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat((date + "-01-01")[:10]) if date else None
