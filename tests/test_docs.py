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
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import pipeline
from pipeline.stages import stages
from scripts import api_page, dependencies_page
from tests.conftest import CORPUS, ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
API = ROOT / "docs" / "api.md"
PAGES = [*READMES, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
#: What a page shows to be run: commands with what they print, and Python with what it prints.
RUNS = re.compile(
    r"```console\n(?P<commands>.*?)```|```python\n(?P<code>[^`]*?)```\n\n```text\n(?P<printed>.*?)```", re.DOTALL
)
DATA_FILES = sorted(
    path
    for path in (ROOT / "pipeline" / "data").iterdir()
    if path.suffix in (".toml", ".tsv", ".txt") and "LICENSE" not in path.name
)
CONFIDENCE = re.compile('"confidence":[0-9.]+')  # moves with every fit; `make golden` shows the newest
#: Two reports that nobody made, of a city that is none.
REPORTS = {
    2024: (
        "政府工作报告",
        "（2024年1月10日在云溪市第九届人民代表大会第四次会议上）",
        "市长　周明",
        "各位代表：",
        "现在，我代表市人民政府向大会报告工作，请予审议。",
        "一、2023年工作回顾",
        "过去一年，全市地区生产总值达到812.4亿元、增长5.6%，粮食产量38.2万吨。新建改造农村公路210公里，城镇新增就业2.1万人。",
        "二、2024年工作安排",
        "今年发展的主要预期目标是：地区生产总值增长6%左右，城镇新增就业2.2万人。"
        "我们将深入实施“四百工程”：百企升级、百校提质、百村示范、百街更新。",
    ),
    2025: (
        "政府工作报告",
        "（2025年1月8日在云溪市第九届人民代表大会第五次会议上）",
        "市长　周明",
        "各位代表：",
        "现在，我代表市人民政府向大会报告工作，请予审议。",
        "一、2024年工作回顾",
        "过去一年，全市地区生产总值达到866.0亿元、增长5.2%，粮食产量38.9万吨。"
        "“四百工程”完成投资45亿元，城镇新增就业2.3万人。",
        "二、2025年工作安排",
        "今年发展的主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业2.2万人。",
    ),
}
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")


def stage_table() -> str:
    rows = ["| stage | what it finds | requires | assigns | file |", "| --- | --- | --- | --- | --- |"]
    for stage in stages():
        file = Path(inspect.getsourcefile(type(stage)) or "").relative_to(ROOT).as_posix()
        requires = ", ".join(f"`{name}`" for name in stage.requires)
        rows.append(f"| `{stage.name}` | {stage.description} | {requires} | `{stage.assigns}` | [{file}](../{file}) |")
    return "\n".join(rows) + "\n"


TABLES = {
    ARCHITECTURE: ("stages", stage_table),
    ROOT / "docs" / "dependencies.md": ("libraries", dependencies_page.table),
}


@pytest.mark.parametrize("page", TABLES, ids=lambda page: page.name)
def test_tables_are_those_of_the_code(page: Path, request: pytest.FixtureRequest) -> None:
    name, table = TABLES[page]
    mark = f"<!-- {name}: written by `make golden` -->\n"
    head, _, rest = page.read_text("utf-8").partition(mark)
    _, end, tail = rest.partition("<!-- end -->\n")
    wanted = head + mark + table() + end + tail
    if request.config.getoption("--golden"):
        page.write_text(wanted, "utf-8")
    assert page.read_text("utf-8") == wanted
    assert end


def test_every_data_file_has_its_sheet() -> None:
    page = (ROOT / "docs" / "data.md").read_text("utf-8")
    assert not [path.name for path in DATA_FILES if f"`{path.name}`" not in page]


def test_every_licence_is_one_that_we_may_depend_on() -> None:
    """Of what gongbao needs, of what that needs, and so on, as installed here."""
    queue, seen = [requirement.name for _, requirement in dependencies_page.requirements()], set()
    wrong = {}
    while queue:
        name = re.sub(r"[-_.]+", "-", queue.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            library = distribution(name)
        except PackageNotFoundError:  # needed on another system only
            continue
        held = dependencies_page.licence(library)
        if not dependencies_page.ALLOWED.search(held) or "GPL" in held:
            wrong[name] = held
        for line in library.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                queue.append(requirement.name)
    assert len(seen) > 60
    assert not wrong


def test_the_citation_has_the_version() -> None:
    assert f"\nversion: {pipeline.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_the_page_of_the_interface_is_that_of_the_code(request: pytest.FixtureRequest) -> None:
    wanted = api_page.page()
    if request.config.getoption("--golden"):
        API.write_text(wanted, "utf-8")
    assert API.read_text("utf-8") == wanted


@pytest.mark.parametrize("name", pipeline.__all__)
def test_what_is_public_is_there_and_documented(name: str) -> None:
    value = getattr(pipeline, name)
    assert name == "__version__" or inspect.getdoc(value)


def test_what_is_not_public_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'find_everything'"):
        pipeline.find_everything  # noqa: B018


def test_every_name_with_a_home_of_its_own_is_public() -> None:
    assert set(pipeline._HOMES) < set(pipeline.__all__)


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with what the documents' commands are about: the corpus, a new speech, reports as PDFs."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    (tmp_path / "forestry").mkdir()
    shutil.copy(ROOT / "examples/forestry/gongbao_forestry/words.toml", tmp_path / "forestry")
    (tmp_path / "讲话.txt").write_text("新春贺词\n各位市民：\n过去的一年，新增就业3万人。\n", "utf-8")
    (tmp_path / "pdfs").mkdir()
    for year, paragraphs in REPORTS.items():
        write_pdf(tmp_path / "pdfs" / f"{year}.pdf", paragraphs)
    return tmp_path


def write_pdf(path: Path, paragraphs: Iterable[str]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), invariant=1)
    height = 780
    for paragraph in paragraphs:
        for start in range(0, len(paragraph), 34):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(72, height, paragraph[start : start + 34])
            height -= 20
    canvas.save()


def run_commands(block: str, folder: Path) -> str:
    """Run the commands of a console block and return the block with what they print now."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),  # what is tested is this checkout, wherever the environment's own is
        "COLUMNS": "110",
    }
    shown = ""
    for command in (line[2:] for line in block.splitlines() if line.startswith("$ ")):
        done = subprocess.run(shlex.split(command), cwd=folder, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        shown += f"$ {command}\n{done.stdout.decode()}"
    return re.sub(r" +$", "", shown, flags=re.MULTILINE)


def run_code(code: str, name: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, name, "exec"), {})
    return printed.getvalue()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_what_is_shown_is_what_happens(
    page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The commands and the Python of a page run in its order, in one folder, and print what stands there."""
    monkeypatch.chdir(workplace)
    if page.stem == "researcher":
        shutil.rmtree("corpus")  # it begins with a folder of PDFs and nothing else
    text = page.read_text("utf-8")
    for block in RUNS.finditer(text):
        if block["commands"] is None:
            now = f"```python\n{block['code']}```\n\n```text\n{run_code(block['code'], page.name)}```"
        elif block["commands"].startswith("$ make"):  # what runs this test
            assert all(
                f"\n{line.split()[2]}:" in (ROOT / "Makefile").read_text() for line in block["commands"].splitlines()
            )
            continue
        else:
            now = f"```console\n{run_commands(block['commands'], workplace)}```"
        if request.config.getoption("--golden"):
            text = text.replace(block[0], now)
        else:
            assert CONFIDENCE.sub("", block[0]) == CONFIDENCE.sub("", now)
    if request.config.getoption("--golden"):
        page.write_text(text, "utf-8")


def test_the_readmes_have_python() -> None:
    for page in (*READMES, ROOT / "docs" / "engineer.md"):
        assert any(block["code"] for block in RUNS.finditer(page.read_text("utf-8"))), page


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
