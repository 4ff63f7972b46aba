"""Work that another process does while this one goes on with something else."""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from pipeline.parallel import begin_worker

P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """Begins functions in processes of their own, which end with the block that it is entered for.

    Unless it is `apart`, nothing is begun elsewhere: each function is called here, when its result is asked for.
    """

    def __init__(self, apart: bool = False) -> None:
        self.apart = apart
        self._begun: list[BaseProcess] = []

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Begin ``function(*args)``, and return what waits for its result.

        The function must be importable by name, and give the same wherever it is called: where its process dies or
        fails it is called here.
        """
        here = partial(function, *args, **kwargs)
        if not self.apart:
            return here
        context = multiprocessing.get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(sender, here), daemon=True)
        self._begun.append(process)
        try:
            with sender:  # closed here, so that its end is seen when the other process ends
                process.start()
        except OSError:  # no room for another process
            return here

        def result() -> T:
            try:
                with receiver:
                    found: T = receiver.recv()
            except (EOFError, OSError):
                return here()
            return found

        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._begun:
            if process.pid is not None:
                process.kill()  # what is still wanted has been waited for
                process.join()


HERE = Aside()


def _work(sender: Connection, function: Callable[[], Any]) -> None:
    begin_worker()
    with suppress(Exception), sender:  # the other side calls the function itself, and sees what it raises
        sender.send(function())
