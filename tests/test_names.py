"""Many names at once: the same ones found whether the automaton of all has been built or not."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.names import Names

NAMES = ("大同", "大同市", "同市区", "市", "云州区", "云州")


def test_the_longest_of_those_that_begin_first() -> None:
    for text in ("在大同市区和云州区", "在大同市区和云州区" + "。" * 60_000):
        assert Names(NAMES).find(text) == [("大同市", 1, 4), ("云州区", 6, 9)]
    assert Names(NAMES).find("") == Names(()).find("大同") == []


@given(texts=st.lists(st.text("大同市区云州，", max_size=30), max_size=12))
def test_what_is_found_does_not_depend_on_the_texts_before(texts: list[str]) -> None:
    names = Names(NAMES)
    for text in texts:
        warm = Names(NAMES)
        warm.find("。" * 60_000)
        assert names.find(text) == warm.find(text)
