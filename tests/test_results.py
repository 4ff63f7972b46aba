"""Results that are kept: nothing is worked out twice, nothing is taken over that has changed, nothing is torn."""

import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import processing, recipe
from pipeline.collection import load_run
from pipeline.document import Slogan
from pipeline.errors import DataError, InputError
from pipeline.gathering import gather
from pipeline.inputs import Input
from pipeline.processing import Result, process_input, unpack_document
from pipeline.reading import read_document
from pipeline.recipe import APART, Recipe
from pipeline.results import FILE, DamagedResults, Documents, Entry, open_results
from pipeline.run import Summary, run
from pipeline.settings import Settings
from pipeline.slogans import Explanations, source_of
from pipeline.stages import process
from pipeline.terms import Runs
from pipeline.versions import add
from pipeline.writing import json_lines, sentence_rows
from tests.conftest import ROOT
from tests.test_run import digests, rows

TEXT = "我们继续打好“三大会战”。\n全市地区生产总值增长6.1%。\n"
LIST = "打好治水、修路、兴学“三大会战”。\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"第{number}篇\n" + (LIST if number == 2 else TEXT), "utf-8")
        (folder / f"{number}.meta.json").write_text(f'{{"date": "202{number}", "region": "甲市"}}', "utf-8")
    return folder


@pytest.fixture
def again(texts: Path, tmp_path: Path) -> Callable[..., Summary]:
    """Return a function that runs over the texts, into one folder, without the stages that take longest."""

    def call(fresh: bool = False, **changed: object) -> Summary:
        chosen = replace(Settings(out=str(tmp_path / "out"), only=("metadata", "slogans")), **changed)
        return run([texts], chosen, fresh=fresh)

    return call


def test_a_second_run_takes_everything_over(again, tmp_path: Path) -> None:
    assert again().unchanged == 0
    before = digests(tmp_path / "out")
    assert again().unchanged == 4
    assert digests(tmp_path / "out") == before
    assert again(fresh=True).unchanged == 0


def test_a_run_that_would_write_the_same_writes_nothing(again, tmp_path: Path, monkeypatch) -> None:
    def written() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("[!.]*")}

    counts = again().counts
    before, first = digests(tmp_path / "out"), written()
    summary = again()
    assert (summary.counts, summary.out) == (counts, tmp_path / "out")
    assert written() == first
    (tmp_path / "out" / "claims.jsonl").write_text("edited")
    (tmp_path / "out" / "report.md").unlink()
    again()
    assert digests(tmp_path / "out") == before
    assert all(written()[name] > first[name] for name in first)
    again(language="en")
    assert digests(tmp_path / "out") != before
    again()
    assert digests(tmp_path / "out") == before
    second = written()
    monkeypatch.setattr("pipeline.run.program", lambda: b"another")
    again()
    assert all(written()[name] > second[name] for name in first)


def test_what_is_no_matter_of_a_text_leaves_the_results(again) -> None:
    again()
    assert again(language="en", topics="lda", workers=2, report_documents=2).unchanged == 4


def test_only_what_changed_is_processed(again, texts: Path, tmp_path: Path) -> None:
    again()
    (texts / "1.txt").write_text(LIST, "utf-8")
    (texts / "3.meta.json").write_text('{"date": "2019"}', "utf-8")
    (texts / "4.txt").write_text(TEXT, "utf-8")
    (texts / "0.txt").unlink()
    summary = again()
    assert (summary.counts["documents"], summary.unchanged) == (4, 1)
    run([texts], Settings(out=str(tmp_path / "whole"), only=("metadata", "slogans")))
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


def test_members_follow_a_text_that_explains_them_no_longer(again, texts: Path, tmp_path: Path) -> None:
    again()
    assert all(row["members"] for row in rows(tmp_path / "out" / "slogans.jsonl"))
    (texts / "2.txt").write_text(TEXT, "utf-8")
    assert again().unchanged == 3
    assert not any(row["members"] for row in rows(tmp_path / "out" / "slogans.jsonl"))


def test_the_results_of_other_texts_are_dropped(again, texts: Path, tmp_path: Path) -> None:
    again()
    (texts / "0.txt").unlink()
    again()
    with open_results(tmp_path / "out") as results:
        assert len(results) == 3


def test_a_text_has_its_result_wherever_it_lies(again, texts: Path, tmp_path: Path) -> None:
    again()
    texts.rename(tmp_path / "elsewhere")
    summary = run([tmp_path / "elsewhere"], Settings(out=str(tmp_path / "out"), only=("metadata", "slogans")))
    assert summary.unchanged == 4
    assert rows(tmp_path / "out" / "documents.jsonl")[0]["source"] == str(tmp_path / "elsewhere" / "0.txt")


def test_other_stages_extensions_and_models_change_everything(again, tmp_path: Path) -> None:
    again()
    assert again(only=("metadata", "slogans", "sentences")).unchanged == 4  # they are run anyway
    assert again(only=("slogans", "entities")).unchanged == 0
    own = tmp_path / "own.toml"
    own.write_text('[[formulation]]\nname = "三水工程"\ntype = "coinage"\nsource = "甲市"\n', "utf-8")
    assert again(extensions=(str(own),)).unchanged == 0
    assert again(extensions=(str(own),)).unchanged == 4
    own.write_text(own.read_text("utf-8").replace("甲市", "乙市"), "utf-8")
    assert again(extensions=(str(own),)).unchanged == 0
    again()
    add(tmp_path / "models", "of a test", {}, "")
    assert again(models=str(tmp_path / "models")).unchanged == 0


def test_other_rules_or_libraries_change_everything(again, monkeypatch: pytest.MonkeyPatch) -> None:
    again()
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "rules", lambda: b"other rules")
        assert again().unchanged == 0
    monkeypatch.setattr(recipe, "versions", lambda: {"gongbao": "0.0.0"})
    assert again().unchanged == 0
    assert again().unchanged == 4


def test_the_rules_are_all_that_the_processing_of_a_text_imports(tmp_path: Path) -> None:
    """And a worker imports nothing of reports."""
    (tmp_path / "a.txt").write_text(TEXT + LIST, "utf-8")
    code = f"""
import sys
from pipeline.inputs import Input
from pipeline.processing import Result, process_input
from pipeline.recipe import Recipe
from pipeline.settings import Settings
assert isinstance(process_input(Input({str(tmp_path / "a.txt")!r}, "a"), Recipe.of(Settings(ner="lac"))), Result)
print(*sorted(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    modules = done.stdout.split()
    assert "pipeline.claims.extraction" in modules
    assert not {name.split(".")[1] for name in modules if name.startswith("pipeline.")} & APART
    assert not {"altair", "jinja2", "pandas", "sklearn", "vl_convert", "xlsxwriter"} & set(modules)


def test_a_changed_rule_changes_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pipeline/data", "pipeline/report", "models"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "models" / "confidence.json").write_text("{}")
    rule, page, own = (
        tmp_path / name for name in ("pipeline/data/rules.toml", "pipeline/report/page.css", "models/own.json")
    )

    def fingerprint() -> bytes:
        recipe._package.cache_clear()
        return recipe.rules()

    with monkeypatch.context() as patch:
        patch.setattr(recipe, "files", tmp_path.joinpath)
        before = fingerprint()
        page.write_text("body {}")
        own.write_text("{}")
        assert fingerprint() == before
        rule.write_text("a = 1")
        assert before != (first := fingerprint())
        rule.write_text("a = 2")
        assert first != fingerprint()
        everything = recipe.program()
        page.write_text("body { margin: 0 }")
        fingerprint()
        assert recipe.program() != everything
    recipe._package.cache_clear()


def test_a_text_that_changes_while_it_is_read_is_not_taken_for_what_it_was(
    again, texts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read = processing.read_input

    def change_then_read(item: Input):
        if item.doc_id == "1":
            Path(item.path).write_text(LIST, "utf-8")
        return read(item)

    with monkeypatch.context() as patch:
        patch.setattr(processing, "read_input", change_then_read)
        again()
    assert again().unchanged == 4
    assert rows(tmp_path / "out" / "documents.jsonl")[1]["chars"] == len(LIST)


def test_a_worker_with_other_rules_is_an_error(again, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "rules", lambda: b"those that the run was started with")
    with pytest.raises(DataError, match="gongbao was changed while it ran; run again"):
        again(workers=2)


def test_a_run_that_was_killed_between_its_files_is_none(
    again, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again()
    before = digests(tmp_path / "out")
    for path in texts.glob("*.txt"):
        path.write_text(LIST, "utf-8")
    replace_file, names = Path.replace, []

    def stop(self: Path, target: Path) -> Path:
        names.append(target.name)
        if len(names) == 3:
            raise KeyboardInterrupt
        return replace_file(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", stop)
        again()
    assert before != digests(tmp_path / "out", (name for name in before))
    with pytest.raises(InputError, match="out: its run was stopped while it gave its files their names; run again"):
        load_run(tmp_path / "out")
    with pytest.raises(InputError, match="run again"):
        gather([tmp_path / "out"], Slogan, Settings())
    again()
    assert len(load_run(tmp_path / "out")) == 4


# -- failures --------------------------------------------------------------------------------------


def die_on_two(item: Input, recipe: Recipe) -> bytes:
    if item.doc_id == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    return processing._process_packed(item, recipe)


def test_a_text_that_kills_its_process_is_listed_and_tried_again_by_the_next_run(
    again, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processing, "_process_packed", die_on_two)
    summary = again(workers=2)
    assert [failure.message for failure in summary.failures] == [
        f"{texts / '2.txt'}: its process died twice: killed, or out of memory"
    ]
    assert [row["doc_id"] for row in rows(tmp_path / "out" / "documents.jsonl")] == ["0", "1", "3"]
    monkeypatch.undo()
    summary = again()
    assert (summary.counts["documents"], summary.unchanged, summary.failures) == (4, 3, [])


@pytest.mark.parametrize("error", [ZeroDivisionError("no such number"), MemoryError()])
def test_what_fails_is_tried_again_by_the_next_run(again, texts: Path, monkeypatch, error: Exception) -> None:
    read = processing.read_input

    def fail(item: Input):
        if item.doc_id == "2":
            raise error
        return read(item)

    monkeypatch.setattr(processing, "read_input", fail)
    (failure,) = again().failures
    assert failure.message.startswith(f"{texts / '2.txt'}: ")
    assert "\n" not in failure.message
    (failure,) = again().failures
    monkeypatch.undo()
    assert again().unchanged == 3


# -- the file --------------------------------------------------------------------------------------


def garbage(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(len(data) - 4096))


def torn(file: Path) -> None:
    change(file, "UPDATE results SET document = substr(document, 1, 100)")


def other_content(file: Path) -> None:
    change(file, "UPDATE results SET told = x'00'")


def other_version(file: Path) -> None:
    change(file, "PRAGMA user_version = 999")


def other_program(file: Path) -> None:
    file.unlink()
    change(file, "CREATE TABLE other (a)")


def change(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("damage", [garbage, cut, overwritten, torn, other_content, other_version, other_program])
def test_damaged_results_are_made_anew(again, tmp_path: Path, damage, caplog: pytest.LogCaptureFixture) -> None:
    again()
    before = digests(tmp_path / "out")
    damage(tmp_path / "out" / FILE)
    (tmp_path / "out" / "report.md").unlink()  # so that the results are needed
    with caplog.at_level(logging.WARNING):
        summary = again()
    assert (summary.unchanged, summary.failures) == (0, [])
    (message,) = (record.getMessage() for record in caplog.records)
    assert message.startswith(f"{tmp_path / 'out' / FILE}: the results of earlier runs cannot be taken over: ")
    assert "\n" not in message
    assert digests(tmp_path / "out") == before
    assert again().unchanged == 4


def test_two_runs_into_one_folder_do_not_mix(again, tmp_path: Path) -> None:
    again()
    before = digests(tmp_path / "out")
    with (
        open_results(tmp_path / "out"),
        pytest.raises(InputError, match="out: another run is writing here; wait for it, or give another"),
    ):
        again(fresh=True)
    assert digests(tmp_path / "out") == before
    assert again().unchanged == 4


def test_a_folder_that_cannot_be_made_is_an_error_of_one_line(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file/out: not a directory"):
        run([texts], Settings(out=str(tmp_path / "file" / "out")))
    (tmp_path / "out" / FILE).mkdir(parents=True)
    with pytest.raises(InputError, match="out: cannot write results: unable to open database file; give another"):
        run([texts], Settings(out=str(tmp_path / "out")))


def test_a_full_disk_is_an_error_of_one_line_and_the_results_stay_whole(texts: Path, tmp_path: Path) -> None:
    for number in range(10):
        (texts / f"long-{number}.txt").write_text(TEXT * 200 + str(number), "utf-8")
    code = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))  # no file may be larger
import cli
cli.main()
"""
    command = [sys.executable, "-c", code, "run", str(texts), "--out", "out", "--only", "slogans", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: out: ")
    assert done.stderr.count("\n") == 1
    assert not list((tmp_path / "out").glob("[!.]*"))
    summary = run([texts], Settings(out=str(tmp_path / "out"), only=("slogans",)))
    assert (summary.counts["documents"], summary.failures) == (14, [])
    assert summary.unchanged > 0


def test_a_run_that_ends_before_its_first_result_leaves_nothing(again, tmp_path: Path, monkeypatch) -> None:
    def fail(item: Input) -> None:
        raise DataError("units.toml: not TOML")

    monkeypatch.setattr(processing, "read_input", fail)
    with pytest.raises(DataError):
        again()
    assert not (tmp_path / "out").exists()


def test_where_there_are_no_results_there_is_no_file(tmp_path: Path) -> None:
    with open_results(tmp_path) as results:
        assert len(results) == 0
    assert list(tmp_path.iterdir()) == []


keys = st.binary(min_size=1, max_size=2)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), keys, st.binary(max_size=9000)),
        st.tuples(st.just("keep"), st.lists(keys)),
    ),
    max_size=10,
)


@settings(max_examples=25)
@given(sessions=st.lists(operations, max_size=4))
def test_results_are_a_mapping_that_lasts(sessions, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("results")
    held: dict[bytes, bytes] = {}
    for session in [*sessions, []]:
        with open_results(folder) as results:
            assert len(results) == len(held)
            assert dict(results._connection.execute("SELECT key, document FROM results")) == held
            for name, *values in session:
                if name == "add":
                    key, held[values[0]] = values
                    results.add(Result(key=key, told=b"", document=held[key], runs=b"", sentences=b"", seconds={}))
                else:
                    (kept,) = values
                    results.keep(kept)
                    held = {key: document for key, document in held.items() if key in kept}
                assert all((key in results) == (key in held) for key in (b"a", *held))


# -- documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 70, 1_000_000])
def test_documents_are_read_as_they_are_asked_for(texts: Path, tmp_path: Path, room: int) -> None:
    chosen = Recipe.of(Settings(only=("metadata", "slogans")))
    with open_results(tmp_path) as results:
        entries, docs = [], []
        for path in sorted(texts.glob("*.txt")):
            result = process_input(Input(str(path), path.stem), chosen)
            assert isinstance(result, Result)
            results.add(result)
            entries.append(Entry(result.key, str(path)))
            docs.append(unpack_document(result.document, str(path)))
        explanations = Explanations([(source_of(doc), doc.slogans) for doc in docs])
        documents = Documents(results, entries, explanations, room=room)
        assert len(documents) == 4
        for _ in range(2):
            assert [doc.text for doc in documents] == [doc.text for doc in docs]
            assert [[m.quote for m in doc.slogans[0].members] for doc in documents] == [["治水", "修路", "兴学"]] * 4
        assert [doc.doc_id for doc in documents[1:3]] == ["1", "2"]
        assert documents[-1].source == str(texts / "3.txt")
        with pytest.raises(IndexError):
            documents[4]
        held = sum(documents[place] is documents[place] for place in range(4))
        assert held == {0: 0, 70: 2, 1_000_000: 4}[room]
        with pytest.raises(DamagedResults, match="a result is gone"):
            results.document(b"none", "")


def test_words_are_kept_as_what_is_made_of_them(texts: Path, tmp_path: Path) -> None:
    path = texts / "0.txt"
    result = process_input(Input(str(path), "0"), Recipe.of(Settings()))
    assert isinstance(result, Result)
    doc = process(read_document(path, "0"))
    with open_results(tmp_path) as results:
        results.add(result)
        assert results.document(result.key, "").tokens == () != doc.tokens
        assert results.runs(result.key) == Runs.of(doc)
        assert results.sentences(result.key) == json_lines(sentence_rows(doc))
        for column in ("runs", "sentences"):
            results._connection.execute(f"UPDATE results SET {column} = ?", (b"torn",))
            with pytest.raises(DamagedResults):
                getattr(results, column)(result.key)


def test_the_report_of_a_large_corpus_is_about_its_latest_documents(again, texts: Path, tmp_path: Path) -> None:
    (texts / "1.meta.json").unlink()  # no date: before all others
    (texts / "0.meta.json").write_text('{"date": "2029-01-01", "region": "甲市"}', "utf-8")
    again(report_documents=2)
    out = tmp_path / "out"
    assert [row["doc_id"] for row in rows(out / "documents.jsonl")] == ["0", "1", "2", "3"]
    assert len(rows(out / "slogans.jsonl")) == 4
    report = json.loads((out / "report.json").read_bytes())
    assert [row["date"] for row in report["tables"]["documents"]] == ["2029-01-01", "2023"]
    (trail,) = report["tables"]["trails"]
    assert (trail["members"], trail["explained"]) == ("治水；修路；兴学", "2")  # in a document before the latest
    said = "文本共4篇，本报告只分析其中日期最近的2篇"
    assert report["summary"][0]["text"].startswith(said)
    assert said in (out / "report.html").read_text("utf-8")
    assert said in (out / "report.md").read_text("utf-8")
    again(report_documents=4)
    assert "文本共" not in (out / "report.md").read_text("utf-8")


# -- kill -9 ---------------------------------------------------------------------------------------


def test_runs_that_are_killed_at_any_moment_go_on_to_the_same_bytes() -> None:
    command = [sys.executable, "-m", "tests.killing", "20", "1", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("all went on to the same bytes\n")


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    code = """
import os, sys, time
from pipeline.parallel import unordered_map
from tests.test_results import say_and_wait
for _ in unordered_map(say_and_wait, [sys.argv[1]] * 2, 2, lost=str):
    pass
"""
    mark = tmp_path / "workers"
    process = subprocess.Popen([sys.executable, "-c", code, str(mark)], cwd=ROOT)
    deadline = 600
    while not mark.exists() and (deadline := deadline - 1):
        signal.sigtimedwait([], 0.1)
    process.kill()
    process.wait()
    worker = int(mark.read_text())
    while Path(f"/proc/{worker}").exists() and (deadline := deadline - 1):
        signal.sigtimedwait([], 0.1)
    assert not Path(f"/proc/{worker}").exists()


def say_and_wait(mark: str) -> str:
    Path(mark).with_suffix(".new").write_text(str(os.getpid()))
    Path(mark).with_suffix(".new").replace(mark)
    signal.pause()
    return mark
