"""Work that another process does while this one goes on with something else."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, NamedTuple, ParamSpec, Self, TypeVar

from pipeline.parallel import begin_worker

P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """Calls functions in a process of its own, one after the other; it ends with the block that this is entered for.

    Unless it is `apart`, nothing is begun elsewhere: each function is called here, when its result is asked for.
    """

    def __init__(self, apart: bool = False) -> None:
        self.apart = apart
        self._process: BaseProcess | None = None
        self._asked = 0
        self._answers: list[_Answer] = []

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Let ``function(*args)`` be called when those before it are done, and return what waits for its result.

        The function must be importable by name, and give the same wherever it is called: where the process dies or
        the function fails it is called here.
        """
        here = partial(function, *args, **kwargs)
        if not self.apart:
            return here
        try:
            self._connection.send(here)
        except OSError:  # no room for another process, or it has died
            return here
        number = self._asked
        self._asked += 1

        def result() -> T:
            try:
                while len(self._answers) <= number:
                    self._answers.append(self._connection.recv())
            except (EOFError, OSError):
                return here()
            answer = self._answers[number]
            self._answers[number] = _FAILED  # a result is as large as what it was made of; it is not asked for again
            found: T = answer.found if answer.done else here()
            return found

        return result

    @cached_property
    def _connection(self) -> Connection:
        """The way to the process and back, which begins it."""
        context = multiprocessing.get_context("spawn")
        mine, its = context.Pipe()
        with its:  # closed here, so that its end is seen when the other process ends
            process = context.Process(target=_work, args=(its,), daemon=True)
            process.start()
        self._process = process
        return mine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()  # what is still wanted has been waited for
            self._process.join()
            self._connection.close()


HERE = Aside()


class _Answer(NamedTuple):
    """Whether a call has been done, and what it gave."""

    done: bool
    found: Any = None


_FAILED = _Answer(False)


def _work(connection: Connection) -> None:
    begin_worker()
    calls: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
    Thread(target=_take, args=(connection, calls), daemon=True).start()
    with suppress(OSError):
        while (call := calls.get()) is not None:
            try:
                connection.send(_Answer(True, call()))
            except OSError:
                raise
            except Exception:  # the other side calls the function itself, and sees what it raises
                connection.send(_FAILED)


def _take(connection: Connection, calls: "SimpleQueue[Callable[[], Any] | None]") -> None:
    """Take calls as they come, so that whoever sends one need not wait until those before it are done."""
    try:
        while True:
            calls.put(connection.recv())
    except (EOFError, OSError):
        calls.put(None)


class Awaited(Mapping[str, Any]):
    """A mapping that is being worked out, and is waited for when it is first looked at."""

    def __init__(self, wait: Callable[[], Mapping[str, Any]]) -> None:
        self._wait = wait

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        return self._wait()

    def __getitem__(self, key: str) -> Any:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
