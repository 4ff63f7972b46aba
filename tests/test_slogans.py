"""Slogans: finding, reading numerals, members, the lists of words and formulations, following."""

import itertools
import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Metadata, Slogan
from pipeline.errors import DataError, MetadataError, SettingsError
from pipeline.extensions.content import Extensions, Part, use
from pipeline.slogans import Source, flat_row, follow, link_members, source_of
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.knowledge import formulations, known
from pipeline.slogans.knowledge import parse as parse_formulations
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lexicon import parse as parse_lexicon
from pipeline.slogans.nested import segments
from pipeline.slogans.quoted import fires, quoted_rows
from pipeline.slogans.summing import announced, read
from pipeline.stages import process, select

CASES = tomllib.loads((Path(__file__).parent / "cases" / "slogans.toml").read_text("utf-8"))
STAGES = select(only=["slogans"])


def find(text: str, **metadata: str) -> tuple[Slogan, ...]:
    return document(text, **metadata).slogans


def document(text: str, doc_id: str = "text", **metadata: str) -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(**metadata)), STAGES)


def plain(declared: int | list[int | None] | None) -> int | list[int]:
    if isinstance(declared, list):
        return [number or 0 for number in declared]
    return -1 if declared is None else declared


@pytest.mark.parametrize("case", CASES["find"], ids=lambda case: case["name"])
def test_find(case):
    found = [[s.quote, s.type, plain(s.declared)] for s in find(case["text"]) if s.type != "formula"]
    assert found == case["found"]


@pytest.mark.parametrize("case", CASES["members"], ids=lambda case: case["name"])
def test_members(case):
    first = next(s for s in find(case["text"]) if s.type in ("numeral_code", "numeral_phrase"))
    assert [member.quote for member in first.members] == case["members"]
    assert first.expansion == case["expansion"]


def enumerations():
    for line in (Path(__file__).parent / "cases" / "enumerations.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            gap = pytest.mark.xfail(reason="known gap", strict=True) if line.startswith("? ") else ()
            yield pytest.param(line.removeprefix("? ").replace("\\n", "\n"), marks=gap)


def unmarked(marked: str) -> str:
    return re.sub("[⟦⟧{}]", "", marked)


@pytest.mark.parametrize("marked", list(enumerations()))
def test_enumerations(marked):
    before = "前言已述。"
    slogan, *members = (
        [(len(unmarked(marked[: m.start()])), len(unmarked(marked[: m.end()]))) for m in re.finditer(pattern, marked)]
        for pattern in ("⟦.*?⟧", "{.*?}")
    )
    found = [s for s in find(before + unmarked(marked)) if [(s.start - len(before), s.end - len(before))] == slogan]
    assert len(found) == 1
    assert [[(m.start - len(before), m.end - len(before)) for m in found[0].members]] == members


@pytest.mark.parametrize("case", CASES["canonical"], ids=lambda case: case["form"])
def test_canonical_form(case):
    assert {canonical_form(form) for form in case["forms"]} == {case["form"]}


def test_a_known_formula_is_one_with_its_verbs():
    quoted = [
        s
        for s in find("“推动构建人类命运共同体”“坚持以人民为中心”写入文件，“推动构建山城蓝”不是。")
        if "“" not in s.quote
    ]
    assert [(s.quote, s.type) for s in quoted if s.rule == "known"] == [
        ("推动构建人类命运共同体", "formula"),
        ("坚持以人民为中心", "formula"),
    ]


@pytest.mark.parametrize("rule", lexicon().rules, ids=lambda rule: rule.id)
def test_rule(rule):
    for text in rule.hits:
        assert any(fires(rule, quoted) for row in quoted_rows(text) for quoted in row), text
    for text in rule.misses:
        assert not any(fires(rule, quoted) for row in quoted_rows(text) for quoted in row), text


@pytest.mark.parametrize(
    ("phrase", "declared"),
    [
        ("五位一体", 5),
        ("双随机、一公开", [2, 1]),
        ("一个中心、两个基本点", [1, 2]),
        ("两高地、两基地、一屏障", [2, 2, 1]),
        ("八八战略", [8, 8]),
        ("新三样", 3),
        ("民生十大工程", 10),
        ("3个100", 3),
        ("一体两翼", [1, 2]),
        ("四个现代化", 4),
        ("十一连增", 11),
        ("33条", 33),
        ("四个进一步到位", 4),
        ("三统一、两公开", [3, 2]),
        ("一个国家两种制度", [1, 2]),
        ("十四个坚持", 14),
        ("一喷多促", [1, None]),
        ("一江两湖", [1, 2]),
        ("一核", 1),
    ],
)
def test_summing_numerals(phrase, declared):
    reading = read(phrase)
    assert reading is not None
    assert reading.declared == declared


NO_SUM = (
    *("一网通办", "一刀切", "三峡", "两岸", "十年磨一剑", "一要吃饭、二要建设", "万企兴万村", "一县一品"),
    *("三年行动", "2035", "7×24小时", "双向奔赴", "12345", "117项目", "八闽工匠", "百花齐放、百家争鸣"),
)


@pytest.mark.parametrize("phrase", NO_SUM)
def test_numerals_that_sum_nothing_up(phrase):
    assert read(phrase) is None


def test_announced_members():
    assert announced([4, 4]) == (8, 2, 4)
    assert announced([1, None]) == ()
    assert announced(None) == ()
    assert announced(6) == (6,)


def test_a_slogan_broken_over_lines_is_found_whole():
    text = "深入推进“五个\n中心”建设，“四大\n赛道”加快发展。"
    found = find(text)
    assert [(s.quote, s.canonical) for s in found] == [("五个\n中心", "五个中心"), ("四大\n赛道", "四大赛道")]
    assert all(text[s.start : s.end] == s.quote for s in found)


def test_later_mentions_have_the_members_that_the_document_gives():
    text = "开拓旅游、能源、农业“三大赛道”。今年继续深耕“三大赛道”。"
    first, second = find(text)
    assert second.members == first.members
    assert [text[m.start : m.end] for m in second.members] == ["旅游", "能源", "农业"]


def test_of_slogans_side_by_side_none_is_the_member_of_another():
    assert [slogan.members for slogan in find("统筹“两片”“两带”“两点”。")] == [(), (), ()]


def test_evidence_names_what_decided():
    (slogan,) = find("深入落实省委“2468”工作体系，即两个目标、四项任务、六个抓手、八项保障。")
    evidence = {e.role: e.quote for e in slogan.evidence}
    assert evidence["type"] == "“2468”"
    assert evidence["owner:province"] == "省委"
    assert evidence["kind"] == "工作体系"
    assert evidence["gloss"].startswith("两个目标")


# -- data ------------------------------------------------------------------------------------------


def test_the_list_of_formulations_is_long_and_sourced():
    entries = list({entry.name: entry for entry in formulations().values()}.values())
    assert len(entries) >= 150
    assert all(entry.source for entry in entries)
    assert sum(bool(entry.members) for entry in entries) >= 80
    entry = known("“两不愁三保障”")
    assert entry is not None
    assert entry.declared == [2, 3]


@pytest.mark.parametrize("form", sorted(formulations()))
def test_a_known_formulation_is_found_where_it_is_quoted(form):
    (slogan,) = [s for s in find(f"全面落实“{form}”要求。") if s.quote == form]
    assert (slogan.type, slogan.declared) == (formulations()[form].type, formulations()[form].declared)


GOOD = '[[formulation]]\nname = "四大赛道"\ntype = "numeral_phrase"\ndeclared = 4\nsource = "某文"\n'
CODE = '[[formulation]]\nname = "416"\ntype = "numeral_code"\ndeclared = [4, 16]\nsource = "某文"\n'


def test_the_groups_of_a_code_may_have_two_digits():
    assert parse_formulations(CODE)["416"].declared == [4, 16]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (GOOD + GOOD, "listed twice"),
        (GOOD + "since = 2020\n", "since"),
        (GOOD.replace("numeral_phrase", "phrase"), "type must be"),
        (GOOD.replace("declared = 4", "declared = 5"), "its numerals say 4"),
        (GOOD + 'members = ["甲", "乙"]\n', "declares 4 and lists 2"),
        (CODE.replace("[4, 16]", "[4, 6]"), "its numerals say"),
        (GOOD + 'level = "world"\n', "level must be"),
        (GOOD + "first = 20\n", "must be a year"),
        (GOOD.replace('source = "某文"\n', ""), "source"),
        ("[[formulation", "formulations.toml"),
    ],
)
def test_a_bad_formulation_is_named(source, message):
    with pytest.raises(DataError, match=message):
        parse_formulations(source)


@pytest.fixture
def own_formulations():
    """Yield a function that makes the formulations of a text known; afterwards only the list is."""
    yield lambda source: use(Extensions((Part("own", "own.toml", source),)))
    use(Extensions())


OWN = """
[[formulation]]
name = "五湖会战"
type = "motto"
source = "某市文件"
bare = true

[[formulation]]
name = "三农"
type = "numeral_phrase"
declared = 3
members = ["粮农", "菜农", "果农"]
source = "某市文件"
"""


def test_own_formulations_add_to_the_list_and_replace_its_entries(own_formulations):
    assert find("全市打响五湖会战。") == ()
    own_formulations(OWN)
    assert [(s.quote, s.type) for s in find("全市打响五湖会战，做好三农工作。")] == [("五湖会战", "motto")]
    entry = known("三农")
    assert entry is not None
    assert entry.members == ("粮农", "菜农", "果农")
    assert known("四个自信") is not None


def lexicon_source() -> str:
    return (Path(__file__).parents[1] / "pipeline" / "data" / "slogans.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s + "\n[extra]\n", "extra"),
        (lambda s: s.replace('verdict = "plan"', 'verdict = "maybe"', 1), "plan_number.*verdict"),
        (lambda s: s.replace("strong = true", "strnog = true", 1), "plan_number.*strnog"),
        (lambda s: s.replace('id = "date"', 'id = "plan_number"', 1), "two rules"),
        (lambda s: s.replace("hits =", "hints =", 1), "plan_number"),
        (lambda s: s.replace("county =", "village =", 1), "owners"),
    ],
)
def test_a_bad_lexicon_entry_is_named(change, message):
    with pytest.raises(DataError, match=message):
        parse_lexicon(change(lexicon_source()))


def test_a_bad_pattern_is_named_by_its_first_use():
    rule = parse_lexicon(lexicon_source().replace('inside = "', 'inside = "(', 1)).rules[0]
    with pytest.raises(DataError, match=r"slogans\.toml: rule 'plan_number'"):
        rule.inside.search("十四五")


# -- following -------------------------------------------------------------------------------------


def corpus() -> list[tuple[Source, tuple[Slogan, ...]]]:
    docs = [
        document("开拓旅游、能源、农业“三大赛道”，落实“1310”部署。", "a-2023", date="2023-01-05", region="甲市"),
        document("深耕三大赛道建设，深耕“三大 赛道”。", "a-2024", date="2024-01-05", region="甲市"),
        document("发展钢铁、茶叶、陶瓷“三大赛道”，推进“1310”工程。", "b-2024", date="2024-02-01", region="乙市"),
        document("做好“三农”工作。", "cn-2022", date="2022", issuer="国务院", region="中国"),
    ]
    return [(source_of(doc), doc.slogans) for doc in docs]


def test_follow_merges_variants_and_keeps_different_members_apart():
    trails = [t for t in follow(corpus()) if t.canonical == "三大赛道"]
    assert [(t.regions, t.count, t.members) for t in trails] == [
        (("甲市",), 3, ("旅游", "能源", "农业")),
        (("乙市",), 1, ("钢铁", "茶叶", "陶瓷")),
    ]
    first = trails[0]
    assert (first.first, first.last, first.by_year) == ("2023-01-05", "2024-01-05", {"2023": 1, "2024": 2})
    assert [(use.doc_id, use.count) for use in first.by_document] == [("a-2023", 1), ("a-2024", 2)]
    assert [(e.doc_id, e.by) for e in first.explained] == [("a-2023", "members")]
    assert first.level == "city"


def test_follow_keeps_the_same_code_of_two_cities_apart():
    assert sorted(t.regions for t in follow(corpus()) if t.canonical == "1310") == [("乙市",), ("甲市",)]


def test_what_texts_say_is_the_centres_is_one_slogan():
    docs = [
        document("落实党中央提出的“四个必办”要求。", "a", date="2024", region="甲市"),
        document("落实中央“四个必办”要求。", "b", date="2024", region="乙市"),
        document("落实“四个必办”要求。", "c", date="2024", region="丙市"),
    ]
    trails = [(t.regions, t.level) for t in follow((source_of(doc), doc.slogans) for doc in docs)]
    assert trails == [(("甲市", "乙市"), "central"), (("丙市",), "city")]


def test_what_stands_for_the_country_is_not_therefore_the_centres():
    doc = document("维护国家“五大保障”。", "a", date="2024", region="甲市")
    (trail,) = follow([(source_of(doc), doc.slogans)])
    assert trail.level == "city"


def test_follow_marks_knowledge_as_knowledge():
    (trail,) = [t for t in follow(corpus()) if t.canonical == "三农"]
    assert (trail.level, trail.members, trail.known_members) == ("central", (), ("农业", "农村", "农民"))


def test_follow_selects():
    assert {t.canonical for t in follow(corpus(), since="2024")} == {"三大赛道", "1310"}
    assert {t.canonical for t in follow(corpus(), issuer="国务院")} == {"三农"}
    assert {t.type for t in follow(corpus(), types=["numeral_code"])} == {"numeral_code"}


def test_members_come_from_another_document():
    docs = [
        document("今年继续打好“三大会战”。", "use", date="2024-01-05", region="甲市"),
        document("打好治水、修路、兴学“三大会战”。", "list", date="2023-01-05", region="甲市"),
    ]
    assert docs[0].slogans[0].members == ()
    (trail,) = follow((source_of(doc), doc.slogans) for doc in docs)
    assert (trail.declared, trail.members, trail.expansion) == (3, ("治水", "修路", "兴学"), "complete")
    assert [use.doc_id for use in trail.by_document] == ["list", "use"]
    assert [(e.doc_id, e.by, e.quotes) for e in trail.explained] == [("list", "members", ("治水", "修路", "兴学"))]
    (source,) = [doc for doc in docs if doc.doc_id == "list"]
    assert source.text[trail.explained[0].start : trail.explained[0].end] == "治水、修路、兴学"


def test_follow_says_what_it_cannot_select():
    with pytest.raises(SettingsError, match="no slogan has the type 'code'; there are: numeral_code"):
        follow(corpus(), types=["coinage", "code"])
    with pytest.raises(MetadataError, match="date 'May' is not of the form"):
        follow(corpus(), since="May")


def test_members_come_from_a_document_that_is_left_out():
    docs = [
        document("打好治水、修路、兴学“三大会战”。", "list", date="2023-01-05", region="甲市"),
        document("今年继续打好“三大会战”。", "use", date="2024-01-05", region="甲市"),
    ]
    (trail,) = follow([(source_of(doc), doc.slogans) for doc in docs], since="2024")
    assert (trail.count, trail.members) == (1, ("治水", "修路", "兴学"))
    assert [e.doc_id for e in trail.explained] == ["list"]


# -- members in another document -------------------------------------------------------------------

LIST = "打好治水、修路、兴学“三大会战”。"
OTHER = "打好种茶、养蜂、栽桑“三大会战”。"
SHORT = "打好“三大会战”：治水、修路。"
USE = "继续打好“三大会战”。"


def linked(*docs: Document) -> dict[str, list[tuple[str, ...]]]:
    """Return the members of each slogan of `docs`, by document, each with where it stands."""
    found = link_members([(source_of(doc), doc.slogans) for doc in docs])
    return {
        doc.doc_id: [tuple(f"{m.doc_id}:{m.quote}" for m in slogan.members) for slogan in slogans]
        for doc, slogans in zip(docs, found, strict=True)
    }


def members(doc_id: str, text: str = LIST) -> tuple[str, ...]:
    return tuple(f"{doc_id}:{m.quote}" for m in find(text)[0].members)


@pytest.mark.parametrize(
    ("explaining", "taken"),
    [
        ([(LIST, "2023", "甲市")], members("0")),
        ([(LIST, "2020", "甲市"), (LIST, "2023", "甲市")], members("1")),  # the nearest in time
        ([(LIST, "2025", "甲市"), (LIST, "2023", "甲市")], members("1")),  # the earlier of two as near
        ([(SHORT, "2024", "甲市"), (LIST, "2020", "甲市")], members("1")),  # a complete list before others
        ([(LIST, None, "甲市"), (LIST, "2009", "甲市")], members("1")),
        ([(OTHER, "2024", "乙市"), (LIST, "2020", "甲市")], members("1")),  # not another region's
        ([(OTHER, "2024", "乙市")], ()),
        ([("打好治水、修路、兴学、办医“四大会战”。", "2024", "甲市")], ()),  # another name
        ([(LIST, "2024", "中国")], members("0")),  # a central text explains what is repeated below
        ([(OTHER, "2024", "乙市"), (USE, "2024", "中国")], ()),  # one that only repeats it makes it no other region's
    ],
)
def test_linking(explaining, taken):
    texts = [
        document(text, str(number), region=region, **({"date": date} if date else {}))
        for number, (text, date, region) in enumerate(explaining)
    ]
    user = document(USE, "use", date="2024", region="甲市")
    assert linked(*texts, user)["use"] == [taken]
    assert linked(user, *reversed(texts))["use"] == [taken]


def test_linking_prefers_the_same_issuer():
    own = document(LIST, "own", date="2010", region="甲市", issuer="甲市人民政府")
    near = document(LIST, "near", date="2024", region="甲市", issuer="中共甲市委员会")
    user = document(USE, "use", date="2024", region="甲市", issuer="甲市人民政府")
    assert linked(near, own, user)["use"] == [members("own")]


def test_linking_keeps_what_a_document_says_itself_and_can_be_repeated():
    docs = [document(LIST + USE, "own", region="甲市"), document(USE, "use", region="甲市")]
    assert linked(*docs) == {"own": [members("own")] * 2, "use": [members("own")]}
    once = link_members([(source_of(doc), doc.slogans) for doc in docs])
    again = link_members([(source_of(doc), slogans) for doc, slogans in zip(docs, once, strict=True)])
    assert again == once
    assert once[1][0].expansion == "complete"


def test_a_known_formulation_is_not_explained_by_what_another_region_calls_the_same():
    docs = [
        document("抓好茶叶、竹木、药材等“三资”产业。", "list", region="甲省"),
        document("盘活“三资”。", "use", region="乙省"),
        document("做强“三资”。", "own", region="甲省"),
    ]
    assert linked(*docs)["use"] == [()]
    assert linked(*docs)["own"] == [("list:茶叶", "list:竹木", "list:药材")]


def test_a_text_before_a_formulation_is_not_explained_by_it():
    explaining = document("弘扬大众创业、万众创新的“双创”文化。", "list", date="2016", region="中国")
    assert linked(explaining, document("推进“双创”。", "later", date="2017", region="中国"))["later"][0]
    assert linked(explaining, document("推进“双创”。", "earlier", date="2001", region="中国"))["earlier"] == [()]


def test_a_known_formulation_is_explained_by_any_document():
    docs = [
        document("推进资源、资产、资金“三资”清理。", "list", region="甲省"),
        document("盘活“三资”。", "use", region="乙省"),
    ]
    assert linked(*docs)["use"] == [("list:资源", "list:资产", "list:资金")]


def test_a_mismatch_is_told_with_both_numbers():
    doc = document("实施“五大工程”：治水、修路、兴学、办医。", date="2024", region="甲市")
    (trail,) = follow([(source_of(doc), doc.slogans)])
    row = flat_row(trail)
    assert (row["declared"], row["enumerated"], row["expansion"]) == ("5", 4, "mismatch")


def test_a_complete_list_elsewhere_mends_a_mismatch():
    docs = [
        document("实施“四大工程”：治水、修路、兴学。", "short", date="2023", region="甲市"),
        document("实施“四大工程”：治水、修路、兴学、办医。", "full", date="2024", region="甲市"),
    ]
    (trail,) = follow((source_of(doc), doc.slogans) for doc in docs)
    assert (trail.expansion, len(trail.members)) == ("complete", 4)
    assert [e.doc_id for e in trail.explained] == ["short", "full"]


def test_a_doctrine_has_its_whole_name_and_a_title_says_none():
    text = (
        "以习近平新时代中国特色社会主义思想为指导，完善社会主义市场经济体制，"
        "印发《关于坚持以人民为中心办好实事的意见》，坚持以人民为中心。"
    )
    found = find(text)
    assert [s.quote for s in found] == ["习近平新时代中国特色社会主义思想", "社会主义市场经济体制", "以人民为中心"]
    assert {s.type for s in found} == {"formula"}


def test_a_part_of_none_has_no_members():
    text = "以甲为核心，乙丙丁戊"
    assert segments(text, [1, 0], 0, len(text)) == []


def test_blank_quotation_marks_quote_nothing():
    assert find("“ ”和“　”") == ()


def test_follow_rows_are_flat_and_trails_are_json():
    trails = follow(corpus())
    assert all(isinstance(value, str | int) for trail in trails for value in flat_row(trail).values())
    assert msgspec.json.decode(msgspec.json.encode(trails))[0]["canonical"] == trails[0].canonical


# -- any text --------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*list("“”‘’、，。：；（）—+×一二两三十百大个双N15等即是\n \u3000"), "四大", "赛道", "一是", "二是", "三农"]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_is_survived_and_offsets_slice_back(text):
    slogans = find(text)
    for slogan in slogans:
        assert slogan.quote
        assert text[slogan.start : slogan.end] == slogan.quote
        for part in (*slogan.members, *slogan.evidence):
            assert text[part.start : part.end] == part.quote
    assert slogans == find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(slogans))
