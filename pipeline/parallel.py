"""A map over processes that keeps them busy, holds only a window of work, and outlives a worker that is killed."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import parent_process
from typing import TypeVar

from pipeline.collecting import collect_seldom

A = TypeVar("A")
B = TypeVar("B")

_WINDOW = 4  # items under way for each worker


def unordered_map(
    function: Callable[[A], B], items: Iterable[A], workers: int, lost: Callable[[A], B], memory_mb: int = 0
) -> Iterator[tuple[A, B]]:
    """Yield each of `items` with ``function(item)``, as they are finished, worked out by `workers` processes.

    Where a worker dies, the items under way are tried once more, one at a time; so is an item for which a worker has
    not memory enough (`memory_mb` for each, 0: no limit). One that fails again gives ``lost(item)``. `function` must
    be importable by name.
    """
    waiting = iter(items)
    under_way: dict[Future[B], A] = {}
    pool = _pool(workers, memory_mb)
    try:
        while True:
            for item in islice(waiting, workers * _WINDOW - len(under_way)):
                under_way[_submitted(pool, function, item)] = item
            if not under_way:
                return
            finished = wait(under_way, return_when=FIRST_COMPLETED).done
            if broken := any(isinstance(future.exception(), BrokenProcessPool) for future in finished):
                pool.shutdown()  # all that is under way ends with it
                finished = set(under_way)
            again = []
            for future in finished:
                item = under_way.pop(future)
                if isinstance(future.exception(), BrokenProcessPool | MemoryError):
                    again.append(item)
                else:
                    yield item, future.result()
            yield from _one_by_one(function, again, lost, memory_mb)
            if broken:
                pool = _pool(workers, memory_mb)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(workers: int, memory_mb: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent has threads (the progress bar's), and every system can spawn.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin_worker, initargs=(memory_mb,))


def begin_worker(memory_mb: int = 0) -> None:
    """Prepare a worker: it leaves interrupts to its parent, ends with it, and has only so much memory."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if memory_mb:
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()  # a parent that is killed tells its workers nothing: they would wait for work for ever
        os._exit(1)


def _submitted(pool: ProcessPoolExecutor, function: Callable[[A], B], item: A) -> "Future[B]":
    try:
        return pool.submit(function, item)
    except BrokenProcessPool as error:
        future: Future[B] = Future()
        future.set_exception(error)
        return future


def _one_by_one(
    function: Callable[[A], B], items: Sequence[A], lost: Callable[[A], B], memory_mb: int
) -> Iterator[tuple[A, B]]:
    """Yield `items` with what becomes of them in a process where no other is under way; a new one after each loss."""
    pool: ProcessPoolExecutor | None = None
    try:
        for item in items:
            pool = pool or _pool(1, memory_mb)
            try:
                result = pool.submit(function, item).result()
            except (BrokenProcessPool, MemoryError):
                pool.shutdown()
                pool, result = None, lost(item)
            yield item, result
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)
