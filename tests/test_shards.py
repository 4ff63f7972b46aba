"""Files of many documents in a run on one machine: the same documents as in files of their own."""

import datetime
import gzip
import json
from pathlib import Path

import pytest

from pipeline.inputs import find_inputs
from pipeline.run import Summary, run
from pipeline.settings import Settings
from pipeline.shards import LINES
from tests.conftest import CORPUS

TEXT = "第{}号文件\n2023年，全市地区生产总值达到{}.5亿元，增长6.1%。\n"
ROWS = [{"doc_id": f"d{n}", "text": TEXT.format(n, 900 + n), "date": "2024-02-01", "region": "甲市"} for n in range(5)]
ENDINGS = (*LINES, ".parquet")


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write `rows` as the ending of `path` says."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    if path.suffix == ".parquet":
        pyarrow = pytest.importorskip("pyarrow", reason="needs gongbao[parquet]")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=2)
    else:
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def extract(out: Path, *paths: Path, workers: int = 1) -> Summary:
    return run(paths, Settings(out=str(out), workers=workers, only=("claims",)))


def held(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("ending", ENDINGS)
def test_rows_are_processed_as_files_are(tmp_path: Path, ending: str, workers: int) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for row in ROWS:
        known = {name: row[name] for name in ("date", "region")}
        (folder / f"{row['doc_id']}.txt").write_text(str(row["text"]), "utf-8")
        (folder / f"{row['doc_id']}.meta.json").write_text(json.dumps(known), "utf-8")
    extract(tmp_path / "one", folder)
    summary = extract(tmp_path / "other", write(tmp_path / f"in{ending}", ROWS), workers=workers)
    assert summary.failures == []
    assert held(tmp_path / "other") == held(tmp_path / "one")
    assert len(held(tmp_path / "one")) == 2 * len(ROWS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_rows_that_changed_are_processed_anew(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"in{ending}", ROWS)
    extract(tmp_path / "out", path)
    write(path, [{**ROWS[0], "doc_id": "new"}, *ROWS[:2], {**ROWS[2], "date": "2025"}, *ROWS[3:]])
    summary = extract(tmp_path / "out", path)
    assert (summary.counts["documents"], summary.unchanged) == (6, 4)
    assert held(tmp_path / "out")[0]["doc_id"] == "new"


def test_a_folder_has_texts_and_shards_but_records_are_neither(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", ROWS[:2])
    (tmp_path / "a.txt").write_text("甲", "utf-8")
    (tmp_path / "claims.jsonl").write_text('{"doc_id": "a", "start": 0, "quote": "5%"}\n', "utf-8")
    (tmp_path / "damaged.jsonl").write_text("{", "utf-8")
    write(tmp_path / ".hidden.jsonl", ROWS[3:])
    (tmp_path / "empty.jsonl").write_text("\n", "utf-8")
    (tmp_path / "damaged.parquet").write_bytes(b"PAR1")
    inputs, errors = find_inputs([tmp_path])
    assert errors == []
    assert [item.doc_id for item in inputs] == ["a", "d0", "d1"]


def test_ids_of_two_files_are_told_apart(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, ROWS[:2]) for name in ("a.jsonl", "b.jsonl")]
    summary = extract(tmp_path / "out", *paths)
    assert summary.failures == []
    assert [row["doc_id"] for row in held(tmp_path / "out")][::2] == ["d0", "d1", "d0-2", "d1-2"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_rows_that_are_no_documents_are_listed_and_the_others_processed(tmp_path: Path, ending: str) -> None:
    wrong = [{**ROWS[1], "text": ""}, {**ROWS[2], "date": "5. März"}, ROWS[0], {**ROWS[4], "doc_id": " "}]
    path = write(tmp_path / f"in{ending}", [ROWS[0], *wrong, ROWS[3]])
    summary = extract(tmp_path / "out", path)
    assert [row["doc_id"] for row in held(tmp_path / "out")][::2] == ["d0", "d3"]
    place = "row " if ending == ".parquet" else ""
    first, second, third, fourth = (failure.message for failure in summary.failures)
    assert first == f"{path}:{place}4: document id 'd0' stands in {place}1 too"
    assert second == f"{path}:{place}5: no doc_id; each document needs one, a text or a number"
    assert third == f"{path}: d1: empty text"
    assert fourth.startswith(f"{path}: d2: date '5. März' is not of the form YYYY")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl", b"", "no document in this file"),
        ("a.jsonl.gz", b"nothing", "not a gzip file, or damaged"),
        ("a.jsonl.gz", gzip.compress(b"{}")[:-4], "not a gzip file, or damaged"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 99)[:10] + b"\xff" * 20, "not a gzip file, or damaged"),
        ("a.parquet", b"PAR1 nothing", "not a Parquet file, or damaged"),
    ],
)
def test_a_file_without_documents_is_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    inputs, (error,) = find_inputs([tmp_path / name])
    assert inputs == []
    assert str(error).startswith(f"{tmp_path / name}: {said}")
    assert "\n" not in str(error)


@pytest.mark.parametrize("unit", ["ns", "ms"])
def test_times_of_parquet_are_days(tmp_path: Path, unit: str) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs gongbao[parquet]")
    parquet = pytest.importorskip("pyarrow.parquet")
    day = pyarrow.array([datetime.datetime(2024, 2, 1)], pyarrow.timestamp(unit))
    parquet.write_table(pyarrow.table({"id": [7], "text": [TEXT], "date": day}), tmp_path / "a.parquet")
    summary = extract(tmp_path / "out", tmp_path / "a.parquet")
    assert summary.failures == []
    (row,) = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()]
    assert (row["doc_id"], row["date"]) == ("7", "2024-02-01")
    assert extract(tmp_path / "out", tmp_path / "a.parquet").unchanged == 1


def test_a_line_that_is_nested_too_deeply_is_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", ROWS[:1])
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "deep", "text": ' + "[" * 100_000 + "]" * 100_000 + "}\n")
    summary = extract(tmp_path / "out", path)
    (failure,) = summary.failures
    assert failure.message.startswith(f"{path}:2: ")
    assert summary.counts["documents"] == 1


def test_a_packed_file_that_holds_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.shards._MOST", 1000)
    assert find_inputs([write(tmp_path / "a.jsonl.gz", ROWS[:2])])[1] == []
    _, (error,) = find_inputs([write(tmp_path / "b.jsonl.gz", ROWS * 3)])
    assert "unpack it, or make several files of it" in str(error)


def test_a_row_that_was_taken_away_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.jsonl", ROWS[:2])
    inputs, _ = find_inputs([path])
    write(path, ROWS[:1])
    monkeypatch.setattr("pipeline.run.find_inputs", lambda _: (inputs, []))
    (failure,) = extract(tmp_path / "out", path).failures
    assert failure.message.startswith(f"{path}: d1: ")


def test_one_text_is_shown_not_many(tmp_path: Path, gongbao) -> None:
    path = write(tmp_path / "a.jsonl", ROWS)
    shown = gongbao("show", path)
    assert (shown.code, shown.out) == (1, "")
    assert shown.err == f"error: {path}: a file of many documents; `gongbao run {path}` processes them\n"


def test_the_corpus_is_run_as_it_was_exported(tmp_path: Path, gongbao) -> None:
    assert gongbao("export", tmp_path / "corpus.jsonl", "--corpus", CORPUS).code == 0
    assert gongbao("run", tmp_path / "corpus.jsonl", "--out", tmp_path / "one", "--only", "claims", "--quiet").code == 0
    assert gongbao("run", CORPUS, "--out", tmp_path / "other", "--only", "claims", "--quiet").code == 0
    assert held(tmp_path / "one") == held(tmp_path / "other")
