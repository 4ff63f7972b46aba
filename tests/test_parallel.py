"""A map over processes: window, memory, and workers that die."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.parallel import unordered_map


def double_slowly(number: int) -> int:
    time.sleep(0.01 * (number % 3))
    return 2 * number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die_the_first_time(path: str) -> str:
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "recovered"


def lost(item: object) -> int:
    return -1


def allocate(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ZeroDivisionError
    return 2 * number


def test_each_item_comes_with_its_result() -> None:
    assert sorted(unordered_map(double_slowly, range(30), 2, lost)) == [(number, 2 * number) for number in range(30)]
    assert list(unordered_map(double_slowly, [], 2, lost)) == []


def test_only_a_window_of_items_is_taken() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = unordered_map(double_slowly, items(), 2, lost)
    next(results)
    assert taken <= 8
    del results


def test_an_item_that_kills_its_worker_is_lost_and_no_other() -> None:
    wanted = [(number, -1 if number == 3 else 2 * number) for number in range(12)]
    assert sorted(unordered_map(die_at_three, range(12), 2, lost)) == wanted


def test_an_item_whose_worker_was_killed_is_tried_again(tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    assert list(unordered_map(die_the_first_time, [mark], 1, lambda item: "lost")) == [(mark, "recovered")]


def test_an_item_that_needs_too_much_memory_is_lost_and_no_other() -> None:
    items = [1, 2, 3000, 4, 5]
    found = dict(unordered_map(allocate, items, 2, lost, memory_mb=1500))
    assert found == {number: -1 if number == 3000 else number << 20 for number in items}


def test_an_error_of_the_function_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(unordered_map(fail_at_three, range(12), 2, lost))
