"""Every option of every command does what its help says; none is there that nothing tries."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from typer.main import get_command

import cli
from pipeline.training import Lesson
from tests.conftest import CORPUS, ROOT

PLAN = "今年，全市地区生产总值增长6%左右，城镇新增就业5万人。\n"
RESULT = "2024年，全市地区生产总值增长6.2%，城镇新增就业5.3万人，粮食产量达到12亿斤。\n"


def options(command: object, name: str) -> Iterator[tuple[str, set[str]]]:
    for parameter in command.params:  # type: ignore[attr-defined]
        if parameter.opts[0].startswith("-") and "--help" not in parameter.opts:
            yield name, {option.lstrip("-") for option in (*parameter.opts, *parameter.secondary_opts)}
    for below, group in getattr(command, "commands", {}).items():
        yield from options(group, f"{name} {below}")


def test_no_option_is_there_that_nothing_tries() -> None:
    """An option is tried by a test, or by the commands of the documentation, which a test runs."""
    tests = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").glob("test_*.py")))
    pages = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    tried = tests + "\n".join(re.findall(r"^```console\n(.+?)^```", pages, re.MULTILINE | re.DOTALL))
    spread = set(re.findall(r'"--([a-z-]+)"|"--([a-z-]+)=|--([a-z-]+)\b', tried))
    known = {name for found in spread for name in found if name}
    untried = [
        f"{command} {sorted(spellings)}"
        for command, spellings in options(get_command(cli.app), "gongbao")
        if not spellings & known
    ]
    assert not untried


@pytest.fixture
def ran(tmp_path: Path, gongbao):
    """Return a function that runs a command on a run over a plan and its results."""
    for year, text in (("2024", PLAN), ("2025", RESULT)):
        (tmp_path / f"{year}.txt").write_text(text, "utf-8")
        (tmp_path / f"{year}.meta.json").write_text(json.dumps({"date": f"{year}-02-01", "region": "甲市"}), "utf-8")
    assert gongbao("run", "2024.txt", "2025.txt", "--out", "o", "--quiet").code == 0
    return lambda *arguments: gongbao(*arguments, "--run", "o")


def test_indicator_of_one_status(ran) -> None:
    every, actual, target = (
        json.loads(ran("indicator", "GDP", "--json", *more).out)
        for more in ((), ("--status", "actual"), ("--status", "target"))
    )
    assert [row["quote"] for row in actual] == ["6.2%"]
    assert [row["quote"] for row in target] == ["6%左右"]
    assert len(every) == 2
    refused = ran("indicator", "GDP", "--status", "hoped")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "there are: actual, target" in refused.err


def test_promises_of_one_indicator(ran) -> None:
    found = json.loads(ran("promises", "--indicator", "城镇新增就业", "--json").out)
    assert [(row["indicator"], row["outcome"]) for row in found] == [("城镇新增就业", "met")]
    assert len(json.loads(ran("promises", "--json").out)) == 2


def test_kwic_of_a_width(ran) -> None:
    for width in (2, 5):
        (row,) = json.loads(ran("kwic", "粮食产量", "--width", width, "--json").out)
        assert (len(row["left"]), len(row["right"])) == (width, width)


def test_compare_as_a_document(ran) -> None:
    assert ran("compare", "2024", "2025", "--md").out.startswith("# ")
    assert ran("compare", "2024", "2025", "--html").out.lower().startswith("<!doctype html>")


def test_a_run_says_each_text_where_that_is_wanted(tmp_path: Path, gongbao) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    told = gongbao("run", "a.txt", "--out", "o", "--only", "claims", "--verbose")
    assert (told.code, "1/1 a.txt" in told.err) == (0, True)


@pytest.mark.parametrize("command", ["run", "show"])
def test_another_recogniser_than_there_are(tmp_path: Path, gongbao, command: str) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    refused = gongbao(command, "a.txt", "--ner", "bert")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "one of none, lac" in refused.err


def test_other_topics_than_there_are(tmp_path: Path, gongbao) -> None:
    (tmp_path / "a.txt").write_text(PLAN, "utf-8")
    refused = gongbao("run", "a.txt", "--topics", "lsa")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "one of nmf, lda" in refused.err


@pytest.mark.parametrize("command", ["run", "show"])
def test_units_of_one_s_own(tmp_path: Path, gongbao, command: str) -> None:
    (tmp_path / "own.toml").write_text(
        '[[unit]]\nforms = ["穗粒"]\ndimension = "count"\ncanonical = "穗粒"\nfactor = 1\n', "utf-8"
    )
    (tmp_path / "a.txt").write_text("去年产量达到500穗粒。\n", "utf-8")
    more = ("--out", "o", "--quiet") if command == "run" else ("--json",)
    done = gongbao(command, "a.txt", "--extensions", "own.toml", *more)
    assert done.code == 0, done.err
    (claim,) = (
        [json.loads(line) for line in (tmp_path / "o" / "claims.jsonl").read_text("utf-8").splitlines()]
        if command == "run"
        else json.loads(done.out)["claims"]
    )
    assert claim["unit"] == "穗粒"


def test_models_of_one_s_own(gongbao, corpus_gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def learn(*arguments: object) -> Lesson:
        asked.append(arguments)
        return Lesson(None, [])

    monkeypatch.setattr("pipeline.training.learn", learn)
    done = gongbao("train", corpus_gold, "--models", "fitted", "--told", "two texts")
    assert (done.code, asked) == (0, [([corpus_gold], None, Path("fitted"), "two texts")])
    assert gongbao("train", "--models", "fitted", "--list").out.startswith("* 1\t")


def test_no_differences_are_printed_where_none_are_wanted(gongbao, corpus_gold: Path) -> None:
    few, none = (gongbao("eval", corpus_gold, "--errors", number).out for number in (5, 0))
    assert len(none.splitlines()) < len(few.splitlines())


KNOWN = {
    "--title": "报告",
    "--date": "2024-02-01",
    "--issuer": "甲市人民政府",
    "--region": "甲市",
    "--genre": "政府工作报告",
    "--url": "https://example.org/1",
    "--speaker": "张三",
    "--meeting": "甲市第一届人民代表大会第二次会议",
    "--published": "2024-02-03",
}


def fields(given: dict[str, str]) -> dict[str, str]:
    return {option.removeprefix("--").replace("-", "_"): value for option, value in given.items()}


def test_what_is_said_of_a_text_is_known_of_it(tmp_path: Path, gongbao) -> None:
    (tmp_path / "a.txt").write_bytes(PLAN.encode("gbk"))
    added = gongbao("add", "a.txt", "--yes", "--corpus", "c", "--encoding", "gbk", *chain(*KNOWN.items()))
    assert added.code == 0, added.err
    assert json.loads(gongbao("info", "a", "--json", "--corpus", "c").out)["metadata"] == fields(KNOWN)
    assert (tmp_path / "c" / "a" / "a.txt").read_text("utf-8") == PLAN


def test_what_is_known_of_a_text_is_changed_field_by_field(tmp_path: Path, gongbao) -> None:
    for name, text in (("a", PLAN), ("b", RESULT)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        assert gongbao("add", f"{name}.txt", "--yes", "--corpus", "c").code == 0
    changed = gongbao("edit", "a", "--corpus", "c", *chain(*KNOWN.items()), "--version-of", "b")
    assert changed.code == 0, changed.err
    assert json.loads(changed.out) == fields(KNOWN) | {"version_of": "b"}
    changed = gongbao("edit", "a", "--corpus", "c", "--unset", "version_of", "--unset", "url", "--excerpt-of", "b")
    known = {name: value for name, value in fields(KNOWN).items() if name != "url"}
    assert json.loads(changed.out) == known | {"excerpt_of": "b"}


def test_columns_of_a_table_are_named(tmp_path: Path, gongbao) -> None:
    (tmp_path / "t.csv").write_text(f"编号,话,日\nx,{PLAN.strip()},2024-02-01\n", "utf-8")
    columns = ("--column", "text=话", "--column", "name=编号", "--column", "date=日")
    assert gongbao("add", "t.csv", "--yes", "--corpus", "c", *columns).code == 0
    (row,) = [json.loads(line) for line in gongbao("list", "--json", "--corpus", "c").out.splitlines()]
    assert (row["name"], row["date"]) == ("x", "2024-02-01")


def test_the_corpus_of_each_command_is_the_one_given(tmp_path: Path, gongbao) -> None:
    assert gongbao("list", "--corpus", CORPUS).out.count("\n") == 2
    assert gongbao("list", "--corpus", "nothing").out == ""
    assert gongbao("check", "--corpus", CORPUS).code == 0
