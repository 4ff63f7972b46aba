"""Programs of patterns that are kept: the same as compiled ones, and never in the way."""

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from pipeline import programs
from pipeline.programs import FOLDER, Program, compile_pattern, keep_programs
from tests.conftest import ROOT
from tests.test_regex import every_pattern

PATTERN = "(?P<甲>[一-鿿]+)(?:[，。；]|$)"

pytestmark = pytest.mark.skipif(not programs.ENGINE, reason="this Python keeps no programs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs, and a process that has compiled nothing yet."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    begin_anew()
    yield tmp_path / "cache"
    begin_anew()


def begin_anew() -> None:
    programs._fresh.clear()
    programs._kept.cache_clear()


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_every_kept_program_is_what_its_pattern_compiles_to(folder: Path) -> None:
    patterns = [(pattern.pattern, pattern.flags) for _, pattern in every_pattern()]
    plain = [re.compile(*pattern) for pattern in patterns]
    assert [compile_pattern(*pattern) for pattern in patterns] == plain, "compiled here"
    keep_programs()
    begin_anew()
    kept = [compile_pattern(*pattern) for pattern in patterns]
    assert not programs._fresh, "all of them were in the file"
    assert kept == plain  # two patterns are equal where their programs are
    assert [pattern.groupindex for pattern in kept] == [pattern.groupindex for pattern in plain]
    assert [pattern.flags for pattern in kept] == [pattern.flags for pattern in plain]


def test_names_of_groups_and_flags_are_kept(folder: Path) -> None:
    for flags in (0, re.IGNORECASE | re.DOTALL):
        for _ in range(2):
            match = compile_pattern(PATTERN, flags).search("12增长，")
            assert (match["甲"], match.lastgroup) == ("增长", "甲")
            keep_programs()
            begin_anew()


def test_without_a_folder_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, "")
    assert compile_pattern(PATTERN) == re.compile(PATTERN)
    keep_programs()
    assert not folder.exists()


def test_few_programs_are_not_worth_a_file(folder: Path) -> None:
    compile_pattern(PATTERN)
    keep_programs(least=2)
    assert not folder.exists()
    keep_programs()
    assert the_file(folder).stat().st_size
    assert the_file(folder).parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("wrong", [b"", b"\x93\x01", b"\xff" * 100])
def test_a_file_that_is_none_is_made_anew(folder: Path, wrong: bytes) -> None:
    compile_pattern(PATTERN)
    keep_programs()
    the_file(folder).write_bytes(wrong)
    begin_anew()
    assert compile_pattern(PATTERN) == re.compile(PATTERN)
    keep_programs()
    assert the_file(folder).read_bytes() != wrong


@pytest.mark.parametrize(
    "wrong",
    [
        b"torn",
        zlib.compress(b"\x01"),
        zlib.compress(msgspec.msgpack.encode(Program(32, 0, {}, bytes(7)))),  # no whole words
        zlib.compress(msgspec.msgpack.encode(Program(32, 0, {}, b"\xee" * 400))),  # not a program
        zlib.compress(msgspec.msgpack.encode(Program(32, 1, {"a": 7}, bytes(4)))),
        zlib.compress(msgspec.msgpack.encode(Program(-1, -7, {}, bytes(4)))),
        zlib.compress(msgspec.msgpack.encode(Program(2**70 % 2**63, 2**40, {}, bytes(4)))),
    ],
)
def test_what_is_no_program_is_compiled_again(folder: Path, wrong: bytes) -> None:
    compile_pattern(PATTERN)
    keep_programs()
    held = msgspec.msgpack.decode(the_file(folder).read_bytes(), type=dict[bytes, bytes])
    the_file(folder).write_bytes(msgspec.msgpack.encode(dict.fromkeys(held, wrong)))
    begin_anew()
    assert compile_pattern(PATTERN) == re.compile(PATTERN)


def test_a_folder_that_cannot_be_written_stops_nothing(folder: Path) -> None:
    folder.write_text("a file")
    assert compile_pattern(PATTERN) == re.compile(PATTERN)
    keep_programs()
    assert folder.read_text() == "a file"


def test_what_others_have_kept_stays_until_it_is_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held() -> int:
        return len(msgspec.msgpack.decode(the_file(folder).read_bytes()))

    for number in range(3):
        compile_pattern(f"甲{number}")
        keep_programs()
        begin_anew()
    assert held() == 3
    monkeypatch.setattr(programs, "MOST", 3)
    compile_pattern("乙")
    keep_programs()
    assert held() == 1


def test_an_engine_that_has_changed_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, lacking in (("_compiler", object()), ("_sre", SimpleNamespace(CODESIZE=4, compile=lambda: None))):
        with monkeypatch.context() as changed:
            changed.setattr(programs, name, lacking)
            assert compile_pattern(PATTERN) == re.compile(PATTERN)
    keep_programs()
    assert not folder.exists()


def test_a_wrong_pattern_is_the_same_error(folder: Path) -> None:
    with pytest.raises(re.error, match="position 0"):
        compile_pattern("(一")


def test_a_command_keeps_its_programs_and_says_the_same_with_them(tmp_path: Path) -> None:
    environment = {**os.environ, FOLDER: str(tmp_path)}
    command = [sys.executable, str(ROOT / "cli.py"), "show", "全市新增就业5.3万人，增长4%。"]
    first, second = (
        subprocess.run(command, capture_output=True, env=environment, check=True, cwd=ROOT) for _ in range(2)
    )
    assert first.stdout == second.stdout
    (file,) = tmp_path.iterdir()
    before = file.stat().st_mtime_ns
    subprocess.run(command, capture_output=True, env=environment, check=True, cwd=ROOT)
    assert file.stat().st_mtime_ns == before, "nothing was compiled"
