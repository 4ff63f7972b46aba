"""Axes: round numbers, and where numbers stand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.scales import exact_scale, number, round_scale


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([2.3, 13.4], ["2", "4", "6", "8", "10", "12", "14"]),
        ([0.268, 0.7071], ["0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8"]),
        ([700, 1361], ["700", "800", "900", "1,000", "1,100", "1,200", "1,300", "1,400"]),
        ([-3.6, 4.1], ["−4", "−2", "0", "2", "4", "6"]),
        ([12000, 61000], ["10,000", "20,000", "30,000", "40,000", "50,000", "60,000", "70,000"]),
        ([5.0], ["4.4", "4.6", "4.8", "5.0", "5.2", "5.4", "5.6"]),
        ([0], ["−0.10", "−0.05", "0.00", "0.05", "0.10"]),
    ],
)
def test_an_axis_says_round_numbers(values, said):
    assert [number(mark) for mark in round_scale(values, 100).marks] == said


def test_counts_have_no_halves():
    assert [number(mark) for mark in round_scale([0, 2], 100, least=1).marks] == ["0", "1", "2"]


def test_years_are_said_where_they_stand():
    scale = exact_scale(1993, 2024, 310)
    assert [f"{mark:f}" for mark in scale.marks] == ["1995", "2000", "2005", "2010", "2015", "2020"]
    assert (scale(1993), scale(2024), scale(2003)) == (0, 310, 100)


def test_a_single_year_stands_in_the_middle():
    scale = exact_scale(2024, 2024, 300)
    assert [f"{mark:f}" for mark in scale.marks] == ["2024"]
    assert scale(2024) == 150


@given(st.lists(st.floats(-1e15, 1e15, allow_subnormal=False).map(lambda value: round(value, 6)), min_size=1))
def test_all_values_stand_on_the_axis(values):
    scale = round_scale(values, 100)
    assert 2 <= len(scale.marks) <= 12
    assert all(-1e-6 <= scale(value) <= 100 + 1e-6 for value in values)
    assert all(math.isfinite(scale(value)) for value in values)
