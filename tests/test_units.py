"""Measure words: where they stand, what they measure, how they convert."""

from decimal import Decimal

import pytest

from pipeline.units import canonical, currency_code, dimension, matcher, units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元。", "元"),
        ("美元", "美元"),
        ("千瓦时，", "千瓦时"),
        ("千瓦装机", "千瓦"),
        ("吨标准煤", "吨标准煤"),
        ("平方公里", "平方公里"),
        ("微克/立方米", "微克/立方米"),
        ("微克每立方米", "微克每立方米"),
        ("人/百亿元", "人/百亿元"),
        ("元/月", "元/月"),
        ("个百分点", "个百分点"),
        ("个省", "个"),
        ("人次", "人次"),
        ("台（套）", "台（套）"),
        ("km²的", "km²"),
        ("项每年", "项"),
        ("家国家级园区", "家"),
        ("所学校", "所"),
    ],
)
def test_longest_form_wins(text, unit):
    assert matcher()(text, 0) == (len(unit), unit)


@pytest.mark.parametrize(
    "text", ["人口", "人民", "个体工商户", "家庭", "名义", "台湾", "项目", "方面", "元旦", "kmh", "农民", ""]
)
def test_other_words(text):
    assert matcher()(text, 0) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((2000, "斤"), (1, "吨")),
        ((1000, "公斤"), (1, "吨")),
        ((20, "担"), (1, "吨")),
        ((15, "亩"), (1, "公顷")),
        ((1500, "亩"), (1, "平方公里")),
        ((7, "度"), (7, "千瓦时")),
        ((10000, "千瓦"), (10, "兆瓦")),
        ((2, "里"), (1, "公里")),
        ((3, "丈"), (10, "米")),
        ((5, "‰"), (Decimal("0.5"), "%")),
        ((30, "基点"), (Decimal("0.3"), "百分点")),
        ((2, "年"), (24, "个月")),
        ((1, "TEU"), (1, "标箱")),
        ((300, "名"), (300, "位")),
        ((2, "元/斤"), (4000, "元/吨")),
        ((8, "件/万人"), (Decimal("0.0008"), "件/人")),
    ],
)
def test_units_of_one_dimension_compare(left, right):
    assert canonical(Decimal(left[0]), left[1]) == canonical(Decimal(right[0]), right[1]) != None  # noqa: E711


def test_units_of_different_kinds_do_not_compare():
    assert canonical(Decimal(1), "元")[1] != canonical(Decimal(1), "美元")[1]
    assert canonical(Decimal(1), "%")[1] != canonical(Decimal(1), "百分点")[1]
    assert canonical(Decimal(1), "人")[1] != canonical(Decimal(1), "人次")[1]
    assert canonical(Decimal(1), "无此单位") is None
    assert canonical(Decimal(1), "元/无此单位") is None


@pytest.mark.parametrize(
    ("unit", "name"),
    [("斤", "mass"), ("亩", "area"), ("元", "money"), ("家", "count"), ("元/平方米", "money/area"), ("无此单位", None)],
)
def test_dimension(unit, name):
    assert dimension(unit) == name


@pytest.mark.parametrize(
    ("unit", "code"),
    [("元", "CNY"), ("美元", "USD"), ("港元", "HKD"), ("元/吨", "CNY"), ("角", "CNY"), ("吨", None), ("?", None)],
)
def test_currency(unit, code):
    assert currency_code(unit) == code


def test_table_is_sound():
    for form, unit in units().items():
        assert unit.factor > 0
        assert canonical(Decimal(1), form) is not None
        target = units().get(unit.canonical)
        assert target is not None, f"{form}: its canonical unit {unit.canonical} is not in the table"
        assert target.canonical == unit.canonical
        assert target.dimension == unit.dimension
