"""The process that reads what others have made: it may crash, hang or ask for all the memory.

Only its file is lost then. One process serves many files. It gets requests and gives answers on its standard input
and output, each a MessagePack message behind its length; the parent kills it when a file takes too long, and starts
another for the next.
"""

import contextlib
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from pipeline.errors import InputError
from pipeline.ingest.limits import MB, Limits

_LENGTH = struct.Struct(">Q")


class Sandbox:
    """Reads files in a process of its own, within `limits`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, kind: str, data: bytes) -> tuple[str, dict[str, str], list[str]]:
        """Return the text of `data`, what it says of itself, and remarks; raises InputError."""
        text, said, remarks = self._ask({"kind": kind, "data": data})
        return text, said, remarks

    def rows(self, kind: str, data: bytes, columns: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the rows of the table in `data`; raises InputError."""
        found: list[dict[str, str]] = self._ask({"kind": kind, "data": data, "columns": dict(columns)})
        return found

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    assert stream is not None
                    stream.close()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _ask(self, request: dict[str, Any]) -> Any:
        process = self._process or self._start()
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.max_seconds, kill)
        timer.start()
        try:
            _send(process.stdin, request)
            answer = _receive(process.stdout)
        except (OSError, EOFError):
            self.close()
            if late.is_set():
                raise InputError(
                    f"reading took longer than {self._limits.max_seconds} s (setting max_seconds)"
                ) from None
            raise InputError(
                f"reading broke off: a defect in the file, or more than {self._limits.max_memory_mb} MB of memory "
                "needed (setting max_memory_mb)"
            ) from None
        finally:
            timer.cancel()
        if "error" in answer:
            if answer.get("exhausted"):
                self.close()
            raise InputError(answer["error"])
        return answer["found"]

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.ingest.sandbox"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
        )
        assert process.stdin is not None
        _send(process.stdin, asdict(self._limits))
        return process


def _send(stream: IO[bytes], message: Any) -> None:
    data = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return msgspec.msgpack.decode(data)


def _requests(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    while True:
        try:
            yield _receive(stream)
        except EOFError:
            return


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    from pipeline.ingest.extraction import read_blocks
    from pipeline.ingest.tables import read_rows

    try:
        if "columns" in request:
            rows = read_rows(request["data"], request["kind"], request["columns"], limits.max_chars)
            return {"found": [{key: _encodable(value) for key, value in line.items()} for line in rows]}
        text, said, remarks = read_blocks(request["kind"], request["data"], limits)
        if len(text) > limits.max_chars:
            limits.check_text(text)
        return {"found": (text, said, remarks)}
    except InputError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": f"reading needs more than {limits.max_memory_mb} MB (setting max_memory_mb)",
            "exhausted": True,
        }
    except Exception as error:  # whatever a library makes of a broken file is one file's failure
        return {"error": f"cannot be read: {type(error).__name__}: {error}"[:300], "exhausted": True}


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"a lone surrogate at character {error.start} of a cell; the table is damaged") from error
    return value


def main() -> None:
    """Answer requests until there are no more."""
    given, taken = sys.stdin.buffer, sys.stdout.buffer
    limits = Limits(**_receive(given))
    memory = limits.max_memory_mb * MB
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(5000)
    for request in _requests(given):
        _send(taken, _answer(request, limits))


if __name__ == "__main__":
    main()
