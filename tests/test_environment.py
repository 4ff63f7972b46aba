"""What surrounds a run changes no byte of what it writes: hash seeds, locales, time zones, home folders, masks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings
from tests.conftest import ROOT
from tests.killing import digests

# Without figures, so that no chart is drawn: that would take far longer than all the rest.
TEXT = (
    "晴川市政府工作报告\n（2024年2月8日）\n去年，我们打好“三大会战”：治水、修路、兴学，晴川经济技术开发区建成投用。\n"
    "今年，我们要抓好“四大赛道”：科技、能源、农业、文旅，市人民政府印发《城市更新行动方案》。\n"
)
#: What a user's machine may be like; the first is what the others are compared with.
SURROUNDINGS = {
    "plain": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "another seed, the other side of the date line": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    "a bare C locale": {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "no home, output in GB18030": {"PYTHONHASHSEED": "3", "HOME": "/nonexistent", "PYTHONIOENCODING": "gb18030"},
}


def gongbao(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "TZ", "HOME")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", **variables}
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "report.txt").write_text(TEXT, "utf-8")
    return tmp_path


def test_a_run_writes_the_same_bytes_wherever_it_runs(folder: Path) -> None:
    written = {}
    for number, (name, variables) in enumerate(SURROUNDINGS.items()):
        out = str(number)
        done = gongbao(folder, "run", "texts", "--out", out, **variables)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        written[name] = digests(folder / out)
    assert len(written["plain"]) > 8
    assert all(found == written["plain"] for found in written.values()), written


@pytest.mark.parametrize("encoding", ["ascii", "gb18030", "utf-16"])
def test_a_terminal_shows_what_it_has_no_letters_for(folder: Path, encoding: str) -> None:
    done = gongbao(folder, "show", "texts/report.txt", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding).count(r"\u56db\u5927\u8d5b\u9053" if encoding == "ascii" else "四大赛道") > 1


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names of files are text there")
def test_a_name_in_another_encoding_is_told_and_the_rest_is_read(folder: Path) -> None:
    name = os.fsdecode("工作报告.txt".encode("gbk"))
    (folder / "texts" / name).write_text(TEXT, "utf-8")
    done = gongbao(folder, "run", "texts", "--out", "out", "--quiet")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        r"error: texts/\udcb9\udca4\udcd7\udcf7\udcb1\udca8\udcb8\udce6.txt: the name is not UTF-8; "
        "rename it, or set a locale of UTF-8 (LC_ALL=C.UTF-8)"
    ]
    assert (folder / "out" / "documents.jsonl").read_bytes().count(b"\n") == 1
    shown = gongbao(folder, "show", f"texts/{name}")
    assert (shown.returncode, shown.stderr.count(b"\n")) == (1, 1)


def test_settings_have_no_names_in_another_encoding() -> None:
    for given in ({"out": "\udcb9"}, {"extensions": ("a", "\udcb9")}, {"corpus": "\udcb9"}):
        with pytest.raises(SettingsError, match="is not UTF-8"):
            Settings(**given)  # type: ignore[arg-type]


def test_files_are_as_open_as_the_user_s_mask_says(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        done = gongbao(folder, "run", "texts", "--out", "out", "--only", "slogans")
    finally:
        os.umask(before)
    assert done.returncode == 0
    assert {path.stat().st_mode & 0o777 for path in (folder / "out").iterdir()} == {0o600}


@pytest.mark.skipif(sys.platform != "linux", reason="needs mount namespaces")
def test_folders_that_cannot_be_written_to_are_told(folder: Path) -> None:
    """A mount that is read-only, for root may write to every folder that is not."""
    mount = "mkdir ro && mount -t tmpfs tmpfs ro && cp -r texts ro/ && mkdir ro/out && mount -o remount,ro ro"
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    commands = {
        "run ro/texts --out ro/out": "ro/out: ",
        "run ro/texts --out ro/new": "ro/new: read-only file system",
        "add texts/report.txt --corpus ro/texts --yes": "ro/texts: read-only file system",
    }
    for command, message in commands.items():
        script = f"{mount} && {sys.executable} -m cli {command}; code=$?; umount ro; rmdir ro; exit $code"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script], cwd=folder, env=environment, capture_output=True, check=False
        )
        told = [line for line in done.stderr.decode().splitlines() if line.startswith("error: ")]
        assert (done.returncode, len(told)) == (1, 1), done.stderr.decode()
        assert told[0].startswith(f"error: {message}")


@pytest.mark.skipif(sys.platform != "linux", reason="needs network namespaces")
def test_a_run_needs_no_network(folder: Path) -> None:
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not permitted here")
    command = ["unshare", "-n", sys.executable, "-m", "cli", "run", "texts", "--out", "out", "--quiet"]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
