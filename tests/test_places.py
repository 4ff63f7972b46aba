"""Places: divisions by year and parent, named regions, mentions in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.places import find_places, full_name, own_place, parse_region, resolve, short_name

RESOLVED = [
    ("张家界", None, None, ("张家界市", "430800")),
    ("大同县", 2015, None, ("大同县", "140227")),
    ("云州区", 2022, None, ("云州区", "140215")),
    ("莱芜市", 2010, None, ("莱芜市", "371200")),
    ("莱芜", 2022, None, ("莱芜区", "370116")),
    ("崇文区", 2005, None, ("崇文区", "110103")),
    ("鼓楼区", 2020, "江苏省南京市", ("鼓楼区", "320106")),
    ("鼓楼区", 2020, "福建省", ("鼓楼区", "350102")),
    ("鼓楼区", 2020, None, ("鼓楼区", None)),  # four cities have one
    ("吉林", None, None, ("吉林省", "220000")),
    ("海南", None, None, ("海南省", "460000")),
    ("湘西", None, "广东省", ("湘西地区", None)),
    ("晋", None, None, ("山西省", "140000")),
    ("湖南张家界", None, None, ("张家界市", "430800")),
    ("京津冀", None, None, ("京津冀地区", None)),
    ("绍兴", 1955, None, ("绍兴市", None)),
]


@pytest.mark.parametrize(("name", "year", "region", "want"), RESOLVED)
def test_resolve(name: str, year: int | None, region: str | None, want: tuple[str, str | None]) -> None:
    place = resolve(name, year, region)
    assert place is not None
    assert place.name == want[0]
    if want[1]:
        assert place.code == want[1]


def test_what_is_no_place_has_none() -> None:
    assert resolve("高质量发展") is None
    assert full_name("高质量发展") == "高质量发展"


@pytest.mark.parametrize(
    ("word", "region", "want"),
    [
        ("全省", "山西省大同市", "山西省"),
        ("全市", "山西省大同市", "大同市"),
        ("我市", "上海市", "上海市"),
        ("全区", "宁夏回族自治区", "宁夏回族自治区"),
        ("全市", "湖南省", None),
        ("全国", None, "中国"),
        ("我省", "中国", None),
    ],
)
def test_own_words(word: str, region: str | None, want: str | None) -> None:
    place = own_place(word, region)
    assert (place.name if place else None) == want


def test_region_path() -> None:
    place = parse_region("山西省大同市")
    assert place is not None
    assert (place.name, place.level, place.province, place.city) == ("大同市", "city", "山西省", "大同市")
    assert place.parents == ("山西省",)
    assert parse_region("没有的地方") is None


def test_members_of_a_region() -> None:
    place = resolve("京津冀")
    assert place is not None
    assert place.members == ("北京市", "天津市", "河北省")


MENTIONS = [
    ("山西省大同市平城区", "山西省", ["山西省大同市平城区=平城区"]),
    ("北京—大同开行动车", "山西省大同市", ["北京=北京市", "大同=大同市"]),
    ("扩大同各国的合作，天下大同", "中国", []),
    ("长治久安，确保定期检查，黄河南岸，长江西岸", "中国", []),
    ("新增城市绿地，沿海城市，适应城市发展", "中国", []),
    ("驻京招商，在湘布局，进京检查", "湖南省", ["京=北京市", "湘=湖南省", "京=北京市"]),
    ("平安建设、和平发展、新华社", "青海省", []),
    ("浏阳和醴陵", "湖南省", ["浏阳=浏阳市", "醴陵=醴陵市"]),
    ("浏阳和醴陵", "山西省", []),
    ("京津冀与粤港澳大湾区", "中国", ["京津冀=京津冀地区", "粤港澳大湾区=粤港澳大湾区"]),
    ("提高县域经济水平", "四川省", []),
]


@pytest.mark.parametrize(("text", "region", "want"), MENTIONS)
def test_mentions(text: str, region: str, want: list[str]) -> None:
    found = find_places(text, year=2026, region=region)
    assert [f"{text[m.start : m.end]}={m.place.name}" for m in found] == want


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("大同市", "大同"),
        ("湘西土家族苗族自治州", "湘西"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("赵县", None),
        ("浦东新区", "浦东"),
        ("阿拉善盟", "阿拉善"),
        ("香港特别行政区", "香港"),
    ],
)
def test_short_name(name: str, want: str | None) -> None:
    assert short_name(name) == want


@settings(max_examples=100)
@given(st.text(alphabet="北京市上海南省湖山西大同县区城新安平州江东全驻在京湘 \n，", max_size=40))
def test_any_text(text: str) -> None:
    last = 0
    for mention in find_places(text, year=2020, region="山西省大同市"):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
