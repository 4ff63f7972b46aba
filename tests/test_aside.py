"""Work aside: the same results wherever it is done, and through the death of a process."""

import gc
import os
import signal
import time
from pathlib import Path

import pytest

from pipeline.aside import HERE, Aside, Awaited
from pipeline.collecting import ALL, NEW, YOUNG


def doubled(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def die_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"


def fail(number: int) -> int:
    raise ZeroDivisionError(number)


def thresholds(_: object) -> tuple[int, int, int]:
    return gc.get_threshold()


def wait_for_ever(mark: str) -> None:
    Path(mark).write_text(str(os.getpid()))
    signal.pause()


def test_a_function_is_called_in_another_process() -> None:
    with Aside(apart=True) as aside:
        first, second = aside(doubled, 1), aside(doubled, number=2)
        assert (first()[0], second()[0]) == (2, 4)
        assert aside(doubled, 3)()[1] != os.getpid()


def test_calls_are_done_one_after_the_other_by_one_process_and_asked_for_in_any_order() -> None:
    with Aside(apart=True) as aside:
        asked = [aside(doubled, number) for number in range(5)]
        found = [result() for result in reversed(asked)]
    assert [number for number, _ in found] == [8, 6, 4, 2, 0]
    assert len({process for _, process in found}) == 1


def test_a_large_call_does_not_wait_for_the_one_before_it(tmp_path: Path) -> None:
    with Aside(apart=True) as aside:
        aside(wait_for_ever, str(tmp_path / "mark"))
        aside(len, bytes(10_000_000))  # more than a pipe holds


def test_another_process_seldom_looks_for_garbage() -> None:
    here = gc.get_threshold()
    with Aside(apart=True) as aside:
        assert aside(thresholds, None)() == (NEW, YOUNG, ALL)
    assert gc.get_threshold() == here


def test_with_one_process_it_is_called_here() -> None:
    assert HERE(doubled, 3)() == (6, os.getpid())


def test_what_a_process_that_dies_leaves_is_done_here() -> None:
    with Aside(apart=True) as aside:
        assert aside(die_elsewhere, os.getpid())() == "done here"
        assert aside(doubled, 3)() == (6, os.getpid()), "and so is all that comes after it"


def test_an_error_of_the_function_is_raised() -> None:
    with Aside(apart=True) as aside, pytest.raises(ZeroDivisionError):
        aside(fail, 3)()


def test_after_an_error_the_process_goes_on() -> None:
    with Aside(apart=True) as aside:
        _, process = aside(doubled, 1)()
        failing = aside(fail, 3)
        assert aside(doubled, 2)() == (4, process)
        with pytest.raises(ZeroDivisionError):
            failing()


def test_what_is_awaited_is_waited_for_once_and_when_it_is_looked_at() -> None:
    asked = []

    def wait() -> dict[str, int]:
        asked.append(1)
        return {"a": 1, "b": 2}

    found = Awaited(wait)
    assert not asked
    assert (dict(found), found["b"], len(found), list(asked)) == ({"a": 1, "b": 2}, 2, 2, [1])


def test_processes_end_with_the_block(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(KeyboardInterrupt), Aside(apart=True) as aside:
        aside(wait_for_ever, str(mark))
        while not mark.exists() or not mark.read_text():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert not Path(f"/proc/{mark.read_text()}").exists()
