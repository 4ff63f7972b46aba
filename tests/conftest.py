"""What several test modules share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
GOLD = Path(__file__).parent / "gold"
SHARED = ROOT.parent / "shared"


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
    folder = tmp_path / "gold"
    folder.mkdir()
    for path in [*CORPUS.glob("*/*.txt"), *CORPUS.glob("*/*.meta.json"), *GOLD.iterdir()]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder
