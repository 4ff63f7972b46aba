"""A batch: the same bytes whatever the workers, bad inputs listed, nothing half-written."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.inputs import find_inputs
from pipeline.processing import process_all
from pipeline.recipe import Recipe
from pipeline.run import run
from pipeline.settings import Settings
from tests.conftest import CORPUS

FILES = (
    ".results.sqlite3",
    "claims.jsonl",
    "documents.jsonl",
    "entities.jsonl",
    "keywords.json",
    "report.html",
    "report.json",
    "report.md",
    "report.xlsx",
    "run.json",
    "sentences.jsonl",
    "slogans.jsonl",
    "topics.json",
)
TEXT = "去年全市地区生产总值增长6.1%。\n今年要抓好“四大赛道”：科技、能源、农业、文旅，新增就业3万人以上。\n"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def digests(folder: Path, names: Iterable[str] = FILES) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names
        if name not in ("run.json", ".results.sqlite3")
    }


@pytest.fixture(scope="module")
def corpus_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    assert not run([CORPUS], Settings(out=str(out))).failures
    return out


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"第{number}篇\n（2024年2月8日）\n" + TEXT * (number + 1), "utf-8")
    return folder


def test_all_files_are_written_and_nothing_else(corpus_run: Path) -> None:
    assert sorted(path.name for path in corpus_run.iterdir()) == list(FILES)


def test_a_second_run_gives_the_same_bytes(corpus_run: Path, tmp_path: Path) -> None:
    run([CORPUS], Settings(out=str(tmp_path)))
    assert digests(tmp_path) == digests(corpus_run)


def test_the_number_of_workers_changes_no_byte(texts: Path, tmp_path: Path) -> None:
    for workers in (1, 2, 3):
        assert not run([texts], Settings(out=str(tmp_path / str(workers)), workers=workers)).failures
    assert digests(tmp_path / "1") == digests(tmp_path / "2") == digests(tmp_path / "3")


def test_members_come_from_another_document_whatever_the_workers(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "1.txt").write_text("我们继续打好“三大会战”。\n", "utf-8")
    (texts / "2.txt").write_text("打好治水、修路、兴学“三大会战”。\n", "utf-8")
    for name in ("1", "2"):
        (texts / f"{name}.meta.json").write_text(f'{{"date": "202{name}", "region": "甲市"}}', "utf-8")
    for workers in (1, 2):
        run([texts], Settings(out=str(tmp_path / str(workers)), workers=workers))
    assert digests(tmp_path / "1") == digests(tmp_path / "2")
    first, second = rows(tmp_path / "1" / "slogans.jsonl")
    assert (first["doc_id"], first["expansion"]) == ("1", "complete")
    assert first["members"] == second["members"]
    assert [(m["doc_id"], m["quote"]) for m in first["members"]] == [("2", "治水"), ("2", "修路"), ("2", "兴学")]
    assert "治水；修路；兴学" in (tmp_path / "1" / "report.html").read_text("utf-8")


def test_documents_are_described_as_the_contract_says(corpus_run: Path) -> None:
    documents = rows(corpus_run / "documents.jsonl")
    assert [document["doc_id"] for document in documents] == ["datong-decade", "datong-newyear-2024"]
    for document in documents:
        path = CORPUS / document["doc_id"] / f"{document['doc_id']}.txt"
        text = path.read_text("utf-8")
        assert list(document) == ["doc_id", "source", "sha256", "title", "date", "issuer", "region", "genre", "chars"]
        assert document["source"] == str(path)
        assert document["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert document["chars"] == len(text)
    assert documents[1]["title"] == "新春贺词"


def test_every_quote_stands_at_its_offsets(corpus_run: Path) -> None:
    text = {d["doc_id"]: Path(d["source"]).read_text("utf-8") for d in rows(corpus_run / "documents.jsonl")}
    for kind in ("claims", "slogans", "entities"):
        found = rows(corpus_run / f"{kind}.jsonl")
        assert found
        for record in found:
            assert text[record["doc_id"]][record["start"] : record["end"]] == record["quote"]
            sentence = record["sentence"]
            assert sentence["start"] <= record["start"] < record["end"]
            assert 0 <= record["confidence"] <= 1
            assert record["rule"]
            for part in (*record.get("evidence", ()), *record.get("members", ())):
                assert text[part.get("doc_id", record["doc_id"])][part["start"] : part["end"]] == part["quote"]
        ids = [record["id"] for record in found]
        assert len(set(ids)) == len(ids)
        places = [(list(text).index(record["doc_id"]), record["start"], record["end"]) for record in found]
        assert places == sorted(places)


def test_values_are_decimal_strings(corpus_run: Path) -> None:
    for claim in rows(corpus_run / "claims.jsonl"):
        for bound in ("value", "low", "high"):
            assert claim[bound] is None or (isinstance(claim[bound], str) and "E" not in claim[bound])


def test_tokens_cover_sentences_in_order(corpus_run: Path) -> None:
    for sentence in rows(corpus_run / "sentences.jsonl"):
        ends = [sentence["start"]]
        for start, end, pos in sentence["tokens"]:
            assert ends[-1] <= start < end <= sentence["end"]
            assert pos
            ends.append(end)


def test_text_is_not_ascii_escaped(corpus_run: Path) -> None:
    assert "大同" in (corpus_run / "documents.jsonl").read_text("utf-8")


def test_the_manifest_says_what_was_run_on_what(corpus_run: Path) -> None:
    manifest = json.loads((corpus_run / "run.json").read_bytes())
    assert set(manifest) == {
        "versions",
        "counts",
        "settings",
        "extensions",
        "confidence",
        "inputs",
        "failures",
        "seconds",
    }
    assert manifest["extensions"] == []
    assert manifest["confidence"] == 1  # what comes with gongbao
    assert manifest["counts"]["documents"] == 2
    assert manifest["counts"]["claims"] == len(rows(corpus_run / "claims.jsonl"))
    assert {"gongbao", "python", "rjieba"} <= set(manifest["versions"])
    assert [item["doc_id"] for item in manifest["inputs"]] == ["datong-decade", "datong-newyear-2024"]
    assert {"read", "claims", "slogans", "entities", "tokens", "report", "elapsed"} <= set(manifest["seconds"])


def test_bad_inputs_are_listed_and_the_rest_is_finished(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_bytes(b"")
    (texts / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (texts / "00.meta.json").write_text('{"date": "last spring"}', "utf-8")
    summary = run([texts, texts / "missing.txt"], Settings(out=str(tmp_path / "out")))
    messages = [failure.message for failure in summary.failures]
    assert [message.split(": ", 1)[0] for message in messages] == [
        str(texts / name) for name in ("missing.txt", "00.meta.json", "empty.txt", "picture.txt")
    ]
    assert all("\n" not in message for message in messages)
    assert summary.counts["documents"] == 11
    assert len(rows(tmp_path / "out" / "documents.jsonl")) == 11


def test_a_defect_in_a_stage_costs_one_document(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.claims import Claims

    find = Claims.find

    def fail_on_one(self: Claims, doc: Any) -> Any:
        if doc.doc_id == "05":
            raise ZeroDivisionError("no such number")
        return find(self, doc)

    monkeypatch.setattr(Claims, "find", fail_on_one)
    summary = run([texts], Settings(out=str(tmp_path / "out")))
    assert [failure.message for failure in summary.failures] == [
        f"{texts / '05.txt'}: claims failed: ZeroDivisionError: no such number"
    ]
    assert "fail_on_one" in summary.failures[0].detail
    assert summary.counts["documents"] == 11


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").touch()
    out = tmp_path / "out"
    summary = run([tmp_path / "empty"], Settings(out=str(out)))
    assert summary.out is None
    assert [failure.message for failure in summary.failures] == [
        f"{tmp_path / 'empty'}: no text in this folder; texts end in .txt or .md"
    ]
    assert not out.exists()
    assert len(run([tmp_path / "empty", tmp_path / "empty.txt"], Settings(out=str(out))).failures) == 2
    assert not out.exists()


def test_an_interrupted_run_leaves_the_one_before(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run([texts], Settings(out=str(out)))
    before = digests(out)
    for path in texts.iterdir():
        path.write_text("另一篇。\n" + TEXT, "utf-8")

    def interrupt(done: int, total: int, source: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([texts], Settings(out=str(out)), interrupt)
    assert digests(out) == before
    assert sorted(path.name for path in out.iterdir()) == list(FILES)
    assert run([texts], Settings(out=str(out))).unchanged == 3


def test_only_runs_a_stage_and_what_it_requires(texts: Path, tmp_path: Path) -> None:
    run([texts], Settings(out=str(tmp_path / "out"), only=("slogans",)))
    seconds = json.loads((tmp_path / "out" / "run.json").read_bytes())["seconds"]
    assert {"align", "sentences", "slogans"} <= set(seconds)
    assert "entities" not in seconds
    assert rows(tmp_path / "out" / "slogans.jsonl")
    assert not rows(tmp_path / "out" / "entities.jsonl")


def test_an_unknown_stage_is_an_error(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no stage is called 'sogans'"):
        run([texts], Settings(out=str(tmp_path / "out"), only=("sogans",)))
    assert not (tmp_path / "out").exists()


def test_results_come_one_at_a_time_as_they_are_asked_for(texts: Path) -> None:
    inputs, _ = find_inputs([texts])
    results = process_all(iter(inputs), Recipe.of(Settings()), Settings())
    assert next(results)[0] == inputs[0]


def mark() -> None:
    """Stand in for the loading of what finds topics, elsewhere."""
    Path(os.environ["MARK"]).touch()


@pytest.mark.parametrize("large", [True, False])
def test_what_finds_topics_is_loaded_while_many_texts_are_processed(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    monkeypatch.setattr("pipeline.run.load", mark)
    if large:
        monkeypatch.setattr("pipeline.run.LARGE", 100)
    run([texts], Settings(out=str(tmp_path / "out"), workers=2))
    assert (tmp_path / "mark").exists() == large
    (tmp_path / "mark").unlink(missing_ok=True)
    run([texts], Settings(out=str(tmp_path / "out"), workers=2))
    assert not (tmp_path / "mark").exists(), "nothing is to be processed"
