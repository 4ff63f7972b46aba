"""What the workers of the tests load: a document with this word in it kills the process that takes it."""

import os
import signal
import time

from pipeline.cluster import work
from pipeline.document import Document

KILLS = "毒丸"
WAITS = "且慢"  # and one with this takes its time
extract = work.extract


def dask_setup(worker: object) -> None:
    """Is called by Dask in each worker."""
    work.extract = extract_or_die


def extract_or_die(read, place, recipe, clock):
    def opened() -> Document:
        doc = read()
        if KILLS in doc.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if WAITS in doc.text:
            time.sleep(0.3)
        return doc

    return extract(opened, place, recipe, clock)


def allow_failures(number: int, dask_scheduler) -> None:
    """Let a task kill so many workers before it is given up."""
    dask_scheduler.allowed_failures = number
