"""The documents say what is so: commands run and print what is shown, tables agree with the code, versions agree."""

import contextlib
import inspect
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.stages import stages
from tests.conftest import CORPUS, ROOT

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
CONFIDENCE = re.compile('"confidence":[0-9.]+')  # moves with every fit; `make golden` shows the newest
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")


def stage_table() -> str:
    rows = ["| stage | what it finds | requires | assigns | file |", "| --- | --- | --- | --- | --- |"]
    for stage in stages():
        file = Path(inspect.getsourcefile(type(stage)) or "").relative_to(ROOT).as_posix()
        requires = ", ".join(f"`{name}`" for name in stage.requires)
        rows.append(f"| `{stage.name}` | {stage.description} | {requires} | `{stage.assigns}` | [{file}](../{file}) |")
    return "\n".join(rows) + "\n"


def test_the_table_of_stages_is_that_of_the_code(request: pytest.FixtureRequest) -> None:
    page = ARCHITECTURE.read_text("utf-8")
    head, mark, rest = page.partition("<!-- stages: written by `make golden` -->\n")
    _, end, tail = rest.partition("<!-- end -->\n")
    wanted = head + mark + stage_table() + end + tail
    if request.config.getoption("--golden"):
        ARCHITECTURE.write_text(wanted, "utf-8")
        page = wanted
    assert page == wanted


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with what the documents' commands are about: the corpus, and a new speech."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    (tmp_path / "讲话.txt").write_text("新春贺词\n各位市民：\n过去的一年，新增就业3万人。\n", "utf-8")
    return tmp_path


def run_block(block: str, folder: Path) -> str:
    """Run the commands of a console block and return the block with what they print now."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "110"}
    shown = ""
    for command in commands:
        done = subprocess.run(shlex.split(command), cwd=folder, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        shown += f"$ {command}\n{done.stdout.decode()}"
    return re.sub(r" +$", "", shown, flags=re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_commands_print_what_is_shown(page: Path, workplace: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    for block in CONSOLE.findall(text):
        if block.startswith("$ make"):  # what runs this test
            assert all(f"\n{line.split()[2]}:" in (ROOT / "Makefile").read_text() for line in block.splitlines())
            continue
        now = run_block(block, workplace)
        if request.config.getoption("--golden"):
            text = text.replace(block, now)
        else:
            assert CONFIDENCE.sub("", block) == CONFIDENCE.sub("", now)
    if request.config.getoption("--golden"):
        page.write_text(text, "utf-8")


def test_the_readme_s_python_runs() -> None:
    printed = io.StringIO()
    for block in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL):
        with contextlib.redirect_stdout(printed):
            exec(compile(block, "README.md", "exec"), {})
    assert printed.getvalue().splitlines() == [
        "粮食产量 1200000000 斤 2024 大同市 target",
        "[Decimal('2700000000')]",
        "['2023-01/2023-06']",
        "[('9.1%', '生产总值')]",
    ]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_module_is_on_the_page_of_architecture() -> None:
    page = ARCHITECTURE.read_text("utf-8")
    names = {path.name for path in (ROOT / "pipeline").iterdir() if not path.name.startswith(("_", ".", "py.typed"))}
    assert not {name for name in names if f"pipeline/{name}" not in page}


def test_the_changelog_has_the_version() -> None:
    versions = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[:2] == ["Unreleased", pipeline.__version__]


def test_every_make_target_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
