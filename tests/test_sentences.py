"""What is a heading and what is said."""

import pytest

from pipeline.sentences import is_heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、2024年工作回顾", True),
        ("（三）着力改善民生", True),
        ("第三章 产业发展", True),
        ("政府工作报告", True),
        ("最后一公里畅通工程", True),
        ("第一是粮食产量增长5%", False),
        ("三是新增就业3万人", False),
        ("二要稳住投资", False),
        ("其次，城镇居民收入增长6%", False),
        ("今年粮食产量增长5%。", False),
        ("粮食产量\t25万吨", False),
    ],
)
def test_a_heading_is_told_from_what_is_said(line: str, heading: bool) -> None:
    assert is_heading(line, 0, len(line)) is heading
