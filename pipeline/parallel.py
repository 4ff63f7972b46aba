"""A map over processes that keeps the order, holds only a window of work, and outlives a worker that is killed."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

_WINDOW = 4  # items under way for each worker


def ordered_map(function: Callable[[A], B], items: Iterable[A], workers: int, lost: Callable[[A], B]) -> Iterator[B]:
    """Yield ``function(item)`` for each of `items`, in their order, worked out by `workers` processes.

    Where a worker dies, the items under way are tried once more, each in a process of its own;
    one that takes down that process too gives ``lost(item)``. `function` must be importable by name.
    """
    waiting = iter(items)
    under_way: deque[tuple[A, Future[B]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for item in islice(waiting, workers * _WINDOW - len(under_way)):
                under_way.append((item, _submitted(pool, function, item)))
            if not under_way:
                return
            try:
                result = under_way[0][1].result()
            except BrokenProcessPool:
                pool.shutdown()
                yield from (_alone(function, item, future, lost) for item, future in under_way)
                under_way.clear()
                pool = _pool(workers)
            else:
                under_way.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent has threads (the progress bar's), and every system can spawn.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _submitted(pool: ProcessPoolExecutor, function: Callable[[A], B], item: A) -> "Future[B]":
    try:
        return pool.submit(function, item)
    except BrokenProcessPool as error:
        future: Future[B] = Future()
        future.set_exception(error)
        return future


def _alone(function: Callable[[A], B], item: A, future: "Future[B]", lost: Callable[[A], B]) -> B:
    if future.done() and future.exception() is None:
        return future.result()
    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return lost(item)
