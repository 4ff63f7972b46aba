"""Patterns are compiled when they are first used; here all of them are."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import pipeline
from pipeline.errors import DataError
from pipeline.regex import Regex


def test_is_compiled_by_its_first_use_only() -> None:
    wrong = Regex("(一")
    assert wrong.pattern == "(一"
    with pytest.raises(re.error):
        wrong.search("一")


def test_a_wrong_pattern_of_a_data_file_is_an_error_that_names_it() -> None:
    wrong = Regex("甲|(乙", source="words.toml: rule 'x'")
    with pytest.raises(DataError, match=r"words\.toml: rule 'x': .*: 甲\|\(乙"):
        wrong.match("一")


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("search", ("甲乙丙", 1)),
        ("match", ("甲乙丙", 1, 2)),
        ("fullmatch", ("乙",)),
        ("finditer", ("乙甲乙",)),
        ("findall", ("乙甲乙",)),
        ("split", ("甲乙丙",)),
        ("sub", ("丁", "乙乙", 1)),
    ],
)
def test_does_what_the_compiled_pattern_does(method: str, args: tuple[str | int, ...]) -> None:
    lazy, compiled = Regex("[乙]"), re.compile("[乙]")
    for _ in range(2):  # the first call compiles, the second is the pattern's own
        found, expected = getattr(lazy, method)(*args), getattr(compiled, method)(*args)
        if method == "finditer":
            found, expected = [m.span() for m in found], [m.span() for m in expected]
        if isinstance(expected, re.Match):
            found, expected = found.span(), expected.span()
        assert found == expected


def test_every_pattern_compiles() -> None:
    patterns = list(every_pattern())
    assert len(patterns) > 400
    for name, pattern in patterns:
        try:
            re.compile(pattern.pattern, pattern.flags)
        except re.error as error:
            pytest.fail(f"{name}: {error}: {pattern.pattern}")


def every_pattern() -> Iterator[tuple[str, Regex]]:
    """Yield the patterns of all modules, also those in tables of them, by name."""
    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if "migrations" in info.name:
            continue  # run by Alembic alone
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            for one in held:
                for pattern in one if isinstance(one, tuple) else [one]:
                    if isinstance(pattern, Regex):
                        yield f"{info.name}.{name}", pattern
