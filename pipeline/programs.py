"""The programs that regular expressions compile to, kept in a file from one process to the next.

To compile the patterns that one sentence needs is a third of what `gongbao show` takes. The file is in the folder that
the environment variable `FOLDER` names; the commands name the user's cache, a program that uses the package may do so.
Without it, or where the file cannot be read or written, patterns are compiled. It holds numbers and names, nothing that
is run but by the engine of `re`, which checks a program before it takes it; each has a sum of its own, and the key that
it is found by is a hash of the pattern. The file's name says which Python it is of: another one does not look at it.
"""

import atexit
import os
import re
import sys
import zlib
from array import array
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

try:
    _sre: Any = import_module("_sre")
    _parser: Any = import_module("re._parser")
    _compiler: Any = import_module("re._compiler")
    ENGINE = f"{_sre.MAGIC}-{_sre.CODESIZE}"
except (ImportError, AttributeError):  # another Python than CPython, or one that has changed
    ENGINE = ""

FOLDER = "GONGBAO_CACHE"
MOST = 8_000  #: programs of a file: of a larger one all are forgotten that the last process did not make
NEW = 40  #: programs that are worth writing the file for

_fresh: dict[bytes, bytes] = {}  # what this process has compiled


class Program(msgspec.Struct, frozen=True, array_like=True):
    """What `re` makes of a pattern: `code` is a row of words of the machine."""

    flags: int
    groups: int
    names: dict[str, int]
    code: bytes


def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile(pattern, flags)`` does; raises re.error as it does."""
    if not ENGINE or not os.environ.get(FOLDER):
        return re.compile(pattern, flags)
    key = blake2b(f"{int(flags)} {pattern}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if key in (kept := _kept()):
        with suppress(zlib.error, msgspec.MsgspecError, ValueError, LookupError, OverflowError, RuntimeError):
            # One of these says that it is torn, or no program.
            return _built(pattern, msgspec.msgpack.decode(zlib.decompress(kept[key]), type=Program))
    try:
        program = _program(pattern, int(flags))
        found = _built(pattern, program)
    except (AttributeError, TypeError):  # an engine that has changed
        return re.compile(pattern, flags)
    if not _fresh:
        atexit.register(keep_programs)
    _fresh[key] = zlib.compress(msgspec.msgpack.encode(program), 1)
    return found


def keep_programs(least: int = 1) -> None:
    """Write what this process has compiled to the file, beside what is there, if it is `least` programs or more."""
    if len(_fresh) < least or (file := _file()) is None:
        return
    kept = _read(file)  # what others have written meanwhile
    held = {**(kept if len(kept) + len(_fresh) <= MOST else {}), **_fresh}
    own = file.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            own.write_bytes(msgspec.msgpack.encode(held))
            own.replace(file)
        finally:
            own.unlink(missing_ok=True)
    _kept().update(_fresh)
    _fresh.clear()


def _program(pattern: str, flags: int) -> Program:
    parsed = _parser.parse(pattern, flags)
    state = parsed.state
    code = array("I" if _sre.CODESIZE == 4 else "H", _compiler._code(parsed, flags))
    return Program(flags | state.flags, state.groups - 1, dict(state.groupdict), code.tobytes())


def _built(pattern: str, program: Program) -> re.Pattern[str]:
    code = array("I" if _sre.CODESIZE == 4 else "H", program.code).tolist()
    if not 0 <= program.groups < len(code):
        raise ValueError(program.groups)
    numbered: list[str | None] = [None] * (program.groups + 1)
    for name, number in program.names.items():
        numbered[number] = name
    found: re.Pattern[str] = _sre.compile(pattern, program.flags, code, program.groups, program.names, tuple(numbered))
    return found


@cache
def _kept() -> dict[bytes, bytes]:
    file = _file()
    return {} if file is None else _read(file)


def _read(file: Path) -> dict[bytes, bytes]:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=dict[bytes, bytes])
    except (OSError, msgspec.MsgspecError):
        return {}


def _file() -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder, f"patterns-{sys.hexversion:x}-{sys.byteorder}-{ENGINE}") if folder else None
