"""Numerals: what each form reads as, and what is no numeral."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numerals import RUN, plain, read

DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """Write a number below 10^12 in Chinese, section by section."""
    text, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, scale)
        if not section:
            gap = bool(text)
            continue
        part = ""
        for power, small in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, power)
            if digit:
                part += DIGITS[digit] + small
            elif part and section and not part.endswith("零"):
                part += "零"
            elif not part and (text or gap) and section:
                part = "零"
        if gap and not part.startswith("零"):
            part = "零" + part
        text, gap = text + part + name, False
    return text


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("0", "0"),
        ("1,234.5", "1234.5"),
        ("12.3万亿", "12300000000000"),
        ("8.50亿", "850000000"),
        ("8亿5000万", "850000000"),
        ("3万4千", "34000"),
        ("一百二十三亿七千万", "12370000000"),
        ("一千八百七十一点八亿", "187180000000"),
        ("三万五千亿", "3500000000000"),
        ("二〇二四", "2024"),
        ("两千三", "2300"),
        ("两千零三", "2003"),
        ("三万五", "35000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("十", "10"),
        ("十三点四", "13.4"),
        ("零点五", "0.5"),
        ("百亿", "10000000000"),
        ("万亿", "1000000000000"),
        ("四万万", "400000000"),
        ("五百亿亿", "5000000000000000000"),
        ("五兆二亿", "5000200000000"),
        ("壹佰贰拾叁万", "1230000"),
        ("柒拾萬", "700000"),
        ("廿三", "23"),
        ("一百 二 十", "120"),
        ("5000千", "5000000"),
    ],
)
def test_values(run, value):
    assert str(read(run).value) == value
    assert re.fullmatch(RUN, run)


@pytest.mark.parametrize(
    ("run", "low", "high"),
    [
        ("几十万", 200000, 900000),
        ("数百", 200, 900),
        ("十几", 11, 19),
        ("二十几", 21, 29),
        ("三四十", 30, 40),
        ("两三", 2, 3),
        ("十七八", 17, 18),
        ("二三百万", 2000000, 3000000),
        ("一百二三十", 120, 130),
        ("千百亿", 10**10, 10**11),
    ],
)
def test_bounds(run, low, high):
    numeral = read(run)
    assert (numeral.value, numeral.low, numeral.high) == (None, low, high)


@pytest.mark.parametrize(
    ("run", "comparator"), [("20余万", "gt"), ("三千多万", "gt"), ("十来万", "approx"), ("三百", "eq")]
)
def test_hedges_inside(run, comparator):
    assert read(run).comparator == comparator


@pytest.mark.parametrize(
    "run", ["亿万", "千千万万", "2一", "1,23", "1.2.3", "三百点", "一 二 三", "十万八千里", "9" * 40]
)
def test_no_numeral(run):
    assert read(run) is None


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_every_whole_number_reads_back(number):
    assert read(spell(number)).value == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿兆点几多余数0123456789.,廿壹佰", min_size=1, max_size=12))
def test_any_run_is_read_or_refused(run):
    numeral = read(run)
    if numeral is not None:
        bounds = (numeral.low, numeral.high)
        assert (numeral.value is None) == (None not in bounds)
        assert numeral.value is not None or numeral.low <= numeral.high


@pytest.mark.parametrize(
    ("value", "text"), [("850000000.0", "850000000"), ("1.50", "1.5"), ("1E+3", "1000"), ("0.00", "0")]
)
def test_plain(value, text):
    assert str(plain(Decimal(value))) == text
