"""A map over processes: order, window, and workers that die."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.parallel import ordered_map


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


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(ordered_map(double_slowly, range(30), 2, lost)) == [2 * number for number in range(30)]


def test_only_a_window_of_items_is_taken() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = ordered_map(double_slowly, items(), 2, lost)
    assert next(results) == 0
    assert taken <= 8
    del results


def test_an_item_that_kills_its_worker_is_lost_and_no_other() -> None:
    wanted = [-1 if number == 3 else 2 * number for number in range(12)]
    assert list(ordered_map(die_at_three, range(12), 2, lost)) == wanted


def test_an_item_whose_worker_was_killed_is_tried_again(tmp_path: Path) -> None:
    assert list(ordered_map(die_the_first_time, [str(tmp_path / "mark")], 1, lambda item: "lost")) == ["recovered"]
