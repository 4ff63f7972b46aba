"""What several test modules share."""

import os
import sys
from pathlib import Path

import hypothesis
import pytest

import cli
from scripts import quality

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
GOLD = Path(__file__).parent / "gold"
SHARED = ROOT.parent / "shared"

os.environ["GONGBAO_CACHE"] = ""  # what a test finds depends on nothing that is kept

#: How long an example takes says more of the machine than of the code; benchmarks and fuzzing watch the time.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew instead of comparing with them")


@pytest.fixture
def shared_gold() -> Path:
    """The annotated texts that are not part of the project."""
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("needs the annotated texts beside the repository (../shared/gold/dev)")
    return folder


@pytest.fixture
def corpus_gold(tmp_path: Path) -> Path:
    """The annotated texts of the corpus, in one folder as `gongbao eval` wants them."""
    return quality.corpus_gold(tmp_path / "gold")


class Result:
    """What one command printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def gongbao(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path):
    """Return a function that runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongbao", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Result(end.value.code or 0, out.decode(), err.decode())

    return call
