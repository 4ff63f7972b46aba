"""Shards on a cluster: what is read, what is written, and that it is the same whoever dies on the way."""

import gzip
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from decimal import Decimal
from pathlib import Path
from urllib.request import Request, urlopen

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.choosing import file_name, write_texts
from pipeline.database import write_database
from pipeline.document import Metadata
from pipeline.errors import DataError, InputError, StorageError
from pipeline.inputs import find_inputs
from pipeline.query import query
from pipeline.run import run
from pipeline.settings import Settings
from tests import dask_processes
from tests.conftest import CORPUS, ROOT, Result

pytest.importorskip("fsspec", reason="needs gongbao[cluster]")
distributed = pytest.importorskip("distributed", reason="needs gongbao[cluster]")
pyarrow = pytest.importorskip("pyarrow", reason="needs gongbao[cluster]")
parquet = pytest.importorskip("pyarrow.parquet")

from pipeline.cluster import client, storage, work  # noqa: E402
from pipeline.cluster.client import run_on_cluster  # noqa: E402
from pipeline.cluster.inputs import Shard, find_shards, open_shard  # noqa: E402
from pipeline.cluster.tables import NAMES  # noqa: E402
from tests.dask_preload import KILLS, WAITS, allow_failures  # noqa: E402

TEXT = (
    "第{}号文件\n2023年，全市地区生产总值达到{}.5亿元，增长6.1%。我们要打造“三大高地”，一是人才高地，二是创新高地，三是开放高地。\n"
    "坚持“一核两翼”布局，国家发展改革委牵头。\n"
)


def rows(first: int, number: int, *, more: str = "") -> list[dict[str, object]]:
    return [
        {"doc_id": f"d{place}", "text": TEXT.format(place, 900 + place) + more, "date": "2024-02-01", "region": "甲市"}
        for place in range(first, first + number)
    ]


def write_lines(path: Path, documents: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in documents), "utf-8")


def write_parquet(path: Path, documents: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.Table.from_pylist(documents), path)


def held(folder: Path) -> dict[str, bytes]:
    """What stands in the files of a run, but for the seconds in its manifest."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found["run.json"])
    del manifest["seconds"]
    return found | {"run.json": json.dumps(manifest).encode()}


class Inline:
    """In the place of Dask's client: a job is done at once, by this process."""

    def __init__(self, *_: object, **__: object) -> None:
        self.jobs: list[work.Job] = []

    def nthreads(self) -> dict[str, int]:
        return {"here": 1}

    def submit(self, function: Callable[[bytes], bytes], packed: bytes, **_: object) -> Future[bytes]:
        self.jobs.append(msgspec.msgpack.decode(packed, type=work.Job))
        future = Future[bytes]()
        try:
            future.set_result(function(packed))
        except Exception as error:
            future.set_exception(error)
        future.status = "finished"  # type: ignore[attr-defined]
        return future

    def close(self) -> None:
        pass


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., client.Delivered]:
    """Return a function that does a run on a cluster without one."""
    hands = Inline()
    monkeypatch.setattr(client, "_connecting", lambda address: lambda: hands)

    def call(places: list[Path], out: Path, *, fresh: bool = False, **settings: object) -> client.Delivered:
        hands.jobs.clear()
        chosen = Settings(out=str(out), **settings)
        return run_on_cluster([str(place) for place in places], chosen, "tcp://127.0.0.1:1", fresh=fresh)

    call.jobs = hands.jobs  # type: ignore[attr-defined]
    return call


# -- what is read ----------------------------------------------------------------------------------


def documents(shard: Shard) -> list[tuple[str, str, Metadata] | str]:
    """What stands in `shard`, or what is wrong with it."""
    found: list[tuple[str, str, Metadata] | str] = []
    for _, opened in open_shard(shard):
        assert opened
        try:
            doc = opened()
            found.append((doc.doc_id, doc.text, doc.given))
        except InputError as error:
            found.append(str(error))
    return found


def test_lines_and_parquet_hold_the_same_documents(tmp_path: Path) -> None:
    wanted = rows(0, 150)
    write_lines(tmp_path / "a.jsonl", wanted)
    write_parquet(tmp_path / "b.parquet", wanted)
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    shards, errors = find_shards([str(tmp_path)], 10)
    assert (len(shards), errors) == (3, [])
    found = [documents(shard) for shard in shards]
    assert found[0] == found[1] == found[2]
    assert [doc[0] for doc in found[0]] == [row["doc_id"] for row in wanted]
    assert found[0][0][2] == Metadata(date="2024-02-01", region="甲市")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_corpus_is_exported_as_a_shard(form: str, tmp_path: Path, gongbao) -> None:
    assert gongbao("export", tmp_path / f"corpus.{form}", "--corpus", CORPUS).code == 0
    ((shard,), errors) = find_shards([str(tmp_path / f"corpus.{form}")], 10)
    assert errors == []
    assert [doc[0] for doc in documents(shard)] == sorted(path.name for path in CORPUS.iterdir() if path.is_dir())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nothing", "JSON is malformed"),
        ("[1]", "Expected `object`"),
        ('{"text": "有"}', "no doc_id; each document needs one"),
        ('{"id": " ", "text": "有"}', "no doc_id"),
        ('{"id": true, "text": "有"}', "no doc_id"),
        ('{"id": "a"}', "no text"),
        ('{"id": "a", "text": 5}', "no text"),
        ('{"id": "a", "text": " \\n"}', "empty text"),
        ('{"id": "a", "text": "\\u0000\\u0001"}', "binary text, not a text"),
        ('{"id": "a", "text": "有\\ud800"}', "truncated"),
        ('{"id": "a", "text": "有", "date": "5. März"}', "date '5. März' is not of the form YYYY"),
        ('{"id": "a", "text": "有", "region": ["甲市"]}', "region is list, not a text"),
        ('{"id": "first", "text": "有"}', "document id 'first' stands in 1 too"),
    ],
)
def test_a_line_that_is_no_document_is_one_line(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": "first", "text": "有"}\n\n' + line + '\n{"id": 4, "text": "有\\r\\n", "date": 2024}', "utf-8"
    )
    first, wrong, last = documents(Shard(str(path)))
    assert first == ("first", "有", Metadata())
    assert isinstance(wrong, str)
    assert wrong.startswith(f"{path}:3: ")
    assert said in wrong
    assert "\n" not in wrong
    assert last == ("4", "有\n", Metadata(date="2024"))


def test_bytes_that_are_no_letters_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"id": "a", "text": "有'.encode()[:-1] + b'"}\n')
    assert documents(Shard(str(path)))[0].startswith(f"{path}:1: ")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b"PAR1 nothing"), "not a Parquet file, or damaged"),
        (lambda path: write_parquet(path, [{"id": "a", "body": "有"}]), "no column text; a shard has doc_id (or id)"),
        (lambda path: write_parquet(path, [{"name": "a", "text": "有"}]), "no column id"),
    ],
)
def test_a_file_that_is_no_shard_is_one_line_and_the_others_are_done(make, said: str, tmp_path: Path, inline) -> None:
    make(tmp_path / "in" / "b.parquet" if (tmp_path / "in").mkdir() is None else None)
    write_lines(tmp_path / "in" / "a.jsonl", rows(0, 1))
    delivered = inline([tmp_path / "in"], tmp_path / "out", shard_format="jsonl")
    (failure,) = delivered.failures
    assert failure.startswith(f"{tmp_path / 'in' / 'b.parquet'}: {said}")
    assert "\n" not in failure
    assert delivered.counts["documents"] == 1
    assert inline([tmp_path / "in"], tmp_path / "out", shard_format="jsonl").unchanged == 1


def test_dates_of_parquet_are_dates(tmp_path: Path) -> None:
    import datetime

    day = datetime.date(2024, 2, 1)
    write_parquet(tmp_path / "a.parquet", [{"id": 7, "text": "有", "date": day, "published": None, "title": ""}])
    assert documents(Shard(str(tmp_path / "a.parquet"))) == [("7", "有", Metadata(date="2024-02-01"))]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    for number in range(60):
        path = folder / f"{number // 10}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(number, number), "utf-8")
    (folder / "0" / "003.meta.json").write_text('{"date": "2020"}', "utf-8")
    (folder / "0" / ".hidden.txt").write_text("no", "utf-8")
    (folder / "0" / "005.original.txt").write_text("no", "utf-8")
    return folder


def test_a_folder_of_texts_is_parted_and_named_as_by_one_machine(texts: Path) -> None:
    shards, errors = find_shards([str(texts), str(texts / "0" / "001.txt")], 8)
    assert errors == []
    assert len(shards) > 3
    inputs, _ = find_inputs([texts])
    assert [(text.url, text.doc_id) for shard in shards for text in shard.texts] == [
        (item.path, item.doc_id) for item in inputs
    ]
    assert documents(shards[0])[3][2] == Metadata(date="2020")


def test_a_text_that_is_given_itself_has_what_stands_beside_it(texts: Path) -> None:
    ((shard,), _) = find_shards([str(texts / "0" / "003.txt")], 8)
    assert documents(shard)[0][0] == "003"
    assert documents(shard)[0][2] == Metadata(date="2020")


def test_one_text_more_changes_the_shards_beside_it(texts: Path) -> None:
    before, _ = find_shards([str(texts)], 8)
    (texts / "2" / "0200.txt").write_text("有", "utf-8")
    after, _ = find_shards([str(texts)], 8)
    assert len([shard for shard in after if shard not in before]) <= 3
    assert len([shard for shard in after if shard in before]) >= 3


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("none", "none: no such file or folder, or nothing in it"),
        ("empty.pdf", "empty.pdf: nothing to read; texts end in .txt or .md, shards in .jsonl or .parquet"),
        ("foo://a/b", "foo://a/b: ValueError: Protocol not known: foo"),
    ],
)
def test_a_place_without_documents_is_one_line(place: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    shards, (error,) = find_shards([place if "://" in place else str(tmp_path / place)], 8)
    assert shards == []
    assert str(error).endswith(said)
    assert "\n" not in str(error)


def test_a_store_that_nothing_opens_says_what_to_install() -> None:
    code = "import sys; sys.modules['s3fs'] = None\nfrom pipeline.cluster.storage import read\nread('s3://a/b')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "StorageError: s3://a/b: Install s3fs to access S3; on the machines of the cluster too" in done.stderr


# -- what is written -------------------------------------------------------------------------------


def test_the_files_of_shards_are_those_of_a_run(texts: Path, tmp_path: Path, inline) -> None:
    inline([texts], tmp_path / "out", shard_format="jsonl", shard_documents=8)
    settings = Settings(out=str(tmp_path / "alone"), only=("claims", "entities"))
    run([texts], settings)
    manifest = json.loads((tmp_path / "out" / "run.json").read_bytes())
    for table in ("documents", "claims", "entities"):
        parts = [tmp_path / "out" / table / f"{shard['name']}.jsonl" for shard in manifest["shards"]]
        assert b"".join(part.read_bytes() for part in parts) == (tmp_path / "alone" / f"{table}.jsonl").read_bytes()
    assert manifest["counts"]["documents"] == 60
    assert not list((tmp_path / "out").rglob(".*"))


def test_a_query_finds_the_same_in_both_formats(tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "in [1]" / "a.jsonl", rows(0, 5))
    write_parquet(tmp_path / "in [1]" / "b.parquet", rows(5, 5))
    for form in ("jsonl", "parquet"):
        inline([tmp_path / "in [1]"], tmp_path / f"out [{form}]", shard_format=form)
    for table in NAMES:
        first, second = (query(tmp_path / f"out [{form}]", f"FROM {table}") for form in ("jsonl", "parquet"))
        assert first == second
        assert len(first.rows) >= 10
    found = query(tmp_path / "out [parquet]", "SELECT doc_id, value FROM claims WHERE unit = '元' ORDER BY value DESC")
    assert found.rows[0] == ("d9", Decimal("90950000000"))
    for elsewhere in (f"'{tmp_path}/in [[]1]/*.parquet'", "'/etc/passwd'"):
        with pytest.raises(InputError, match="Cannot access file"):
            query(tmp_path / "out [parquet]", f"FROM read_csv({elsewhere})")


def test_a_database_of_shards_is_that_of_a_run(texts: Path, tmp_path: Path, inline) -> None:
    run([texts], Settings(out=str(tmp_path / "alone"), only=("claims", "slogans", "entities")))
    write_database(tmp_path / "alone", tmp_path / "alone.sqlite")
    for form in ("jsonl", "parquet"):
        only = ("claims", "slogans", "entities")
        inline([texts], tmp_path / form, only=only, shard_format=form, shard_documents=8)
        written = write_database(tmp_path / form, tmp_path / f"{form}.sqlite")
        assert list(written) == ["documents", "claims", "slogans", "entities"]
        for table in written:
            first, second = (
                sqlite3.connect(tmp_path / f"{name}.sqlite").execute(f"SELECT * FROM {table}").fetchall()
                for name in ("alone", form)
            )
            assert first == second
            assert len(first) >= 60 or table == "slogans"
    part = next((tmp_path / "parquet" / "claims").iterdir())
    part.write_bytes(b"torn")
    with pytest.raises(InputError, match="run again"):
        write_database(tmp_path / "parquet", tmp_path / "torn.sqlite")
    assert not (tmp_path / "torn.sqlite").exists()


def test_numbers_that_are_too_long_are_as_in_a_query_of_a_run(tmp_path: Path, inline) -> None:
    text = "地区生产总值达到9999999999999999999999999999999亿元，投资12345678901234567890亿元，人均0.123456789012元。"
    write_lines(tmp_path / "in.jsonl", [{"id": "a", "text": text}])
    (tmp_path / "in.txt").write_text(text, "utf-8")
    inline([tmp_path / "in.jsonl"], tmp_path / "out")
    run([tmp_path / "in.txt"], Settings(out=str(tmp_path / "alone")))
    sql = "SELECT value, unit, canonical_value FROM claims"
    assert query(tmp_path / "out", sql) == query(tmp_path / "alone", sql)


def test_what_is_there_is_not_done_again(tmp_path: Path, inline) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for number in range(3):
        write_lines(folder / f"{number}.jsonl", rows(10 * number, 2))
    inline([folder], out)
    first = held(out)
    delivered = inline([folder], out)
    assert (delivered.unchanged, inline.jobs) == (3, [])
    assert held(out) == first
    write_lines(folder / "1.jsonl", rows(10, 3))
    (folder / "2.jsonl").unlink()
    delivered = inline([folder], out)
    assert [Path(job.shard.url).name for job in inline.jobs] == ["1.jsonl"]
    assert (delivered.unchanged, delivered.counts["documents"]) == (1, 5)
    assert len(list(out.glob("claims/*"))) == len(list(out.glob("done/*"))) == 2  # what was of others is gone
    assert len(query(out, "FROM documents").rows) == 5
    assert inline([folder], out, only=("entities",)).unchanged == 0
    assert inline([folder], out, fresh=True).unchanged == 0


@pytest.mark.parametrize(
    "change", [{"ner": "lac"}, {"only": ("entities",)}, {"shard_format": "jsonl"}, {"extensions": ("own.toml",)}]
)
def test_other_settings_are_other_shards(change: dict[str, object], tmp_path: Path, inline, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text('[[formulation]]\nname = "三水工程"\ntype = "coinage"\nsource = "甲市"\n', "utf-8")
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    inline([tmp_path / "a.jsonl"], tmp_path / "out")
    assert inline([tmp_path / "a.jsonl"], tmp_path / "out", **change).unchanged == 0


def test_the_user_s_extensions_go_with_the_job(tmp_path: Path, inline, monkeypatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[formulation]]\nname = "五湖会战"\ntype = "motto"\nsource = "甲市"\nbare = true\n', "utf-8")
    write_lines(tmp_path / "a.jsonl", [{"id": "a", "text": "继续打好五湖会战。"}])
    submit = Inline.submit

    def elsewhere(self, function, packed, **more):
        own.unlink()  # a worker has another disk
        return submit(self, function, packed, **more)

    monkeypatch.setattr(Inline, "submit", elsewhere)
    inline([tmp_path / "a.jsonl"], tmp_path / "out", extensions=(str(own),))
    assert query(tmp_path / "out", "SELECT canonical FROM slogans").rows == [("五湖会战",)]


def test_an_unfinished_run_is_none(tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    inline([tmp_path / "a.jsonl"], tmp_path / "out")
    (tmp_path / "out" / "run.json").unlink()
    with pytest.raises(InputError, match="out: no finished run of a cluster here; run again"):
        query(tmp_path / "out", "FROM claims")
    inline([tmp_path / "a.jsonl"], tmp_path / "out")
    assert query(tmp_path / "out", "FROM claims").rows


def test_a_damaged_marker_is_none(tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    inline([tmp_path / "a.jsonl"], tmp_path / "out")
    first = held(tmp_path / "out")
    (marker,) = (tmp_path / "out" / "done").iterdir()
    marker.write_text("{")
    assert inline([tmp_path / "a.jsonl"], tmp_path / "out").unchanged == 0
    assert held(tmp_path / "out") == first


def test_what_a_killed_writer_left_is_removed(tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "in" / "a.jsonl", rows(0, 1))
    inline([tmp_path / "in"], tmp_path / "out")
    whole = held(tmp_path / "out")
    (tmp_path / "out" / "claims" / ".a-12.parquet.4711-0.tmp").write_bytes(b"PAR1")
    inline([tmp_path / "in"], tmp_path / "out")
    assert held(tmp_path / "out") == whole


def test_the_output_of_one_machine_is_left_alone(tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "documents.jsonl").touch()
    with pytest.raises(InputError, match=r"a run of one machine wrote its documents\.jsonl here; give another folder"):
        inline([tmp_path / "a.jsonl"], tmp_path / "out")


def test_a_worker_with_another_gongbao_is_an_error(tmp_path: Path, inline, monkeypatch) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    submit = Inline.submit

    def other(change: Callable[[work.Job], work.Job]) -> None:
        def changed(self, function, packed, **more):
            job = change(msgspec.msgpack.decode(packed, type=work.Job))
            return submit(self, function, msgspec.msgpack.encode(job), **more)

        monkeypatch.setattr(Inline, "submit", changed)

    other(lambda job: msgspec.structs.replace(job, versions=job.versions | {"jieba": "0.1"}))
    with pytest.raises(DataError, match=r"a worker has jieba 0\.42\.1, the run was started with 0\.1"):
        inline([tmp_path / "a.jsonl"], tmp_path / "out")
    other(lambda job: msgspec.structs.replace(job, recipe=msgspec.structs.replace(job.recipe, rules=b"others")))
    with pytest.raises(DataError, match="a worker has another gongbao than the run was started with"):
        inline([tmp_path / "a.jsonl"], tmp_path / "out")


def test_a_worker_that_writes_elsewhere_is_found_out(tmp_path: Path, inline, monkeypatch) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    monkeypatch.setattr(work.storage, "write", lambda url, data: None)
    with pytest.raises(InputError, match="not there; the output must be a folder that all machines share"):
        inline([tmp_path / "a.jsonl"], tmp_path / "out")


def test_what_a_store_says_is_tried_again_and_then_listed(tmp_path: Path, inline, monkeypatch) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    write_lines(tmp_path / "b.jsonl", rows(1, 1))
    write = storage.write

    def refused(url: str, data: bytes) -> None:
        if "claims/a" in url:
            raise StorageError(f"{url}: PermissionError: not yours")
        write(url, data)

    with monkeypatch.context() as patch:
        patch.setattr(work.storage, "write", refused)
        delivered = inline([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out")
    assert len(delivered.failures) == 1
    assert delivered.failures[0].endswith("PermissionError: not yours")
    assert (delivered.counts["documents"], delivered.shards) == (1, 2)
    delivered = inline([tmp_path / "a.jsonl", tmp_path / "b.jsonl"], tmp_path / "out")
    assert (delivered.failures, delivered.unchanged, delivered.counts["documents"]) == ([], 1, 2)


# -- who dies --------------------------------------------------------------------------------------


class Fate:
    """What becomes of a job, in the place of Dask's future."""

    status = "finished"

    def __init__(self, function: Callable[[bytes], bytes], job: work.Job) -> None:
        self.function, self.job = function, job
        self.has_died = False
        self.found = b""

    def add_done_callback(self, _: object) -> None:
        pass

    def exception(self) -> Exception | None:
        return distributed.KilledWorker("task", "worker", 0) if self.has_died else None

    def result(self) -> bytes:
        return self.found


class Mortal:
    """A cluster whose workers die of some documents, in any order; others that wait there may be blamed."""

    def __init__(self, killers: set[tuple[str, int]], sizes: dict[str, int], draw: Callable[[int], int]) -> None:
        self.killers, self.sizes, self.draw = killers, sizes, draw
        self.under_way: list[Fate] = []
        self.ended: list[Fate] = []

    def nthreads(self) -> dict[str, int]:
        return {"here": 1}

    def submit(self, function: Callable[[bytes], bytes], packed: bytes, **_: object) -> Fate:
        self.under_way.append(Fate(function, msgspec.msgpack.decode(packed, type=work.Job)))
        return self.under_way[-1]

    def put(self, _: Fate) -> None:
        pass

    def get(self) -> Fate:
        """Return the next that ends."""
        if not self.ended:
            fate = self.under_way.pop(self.draw(len(self.under_way)))
            self.ended.append(fate)
            self.end(fate)
        return self.ended.pop()

    def end(self, fate: Fate) -> None:
        job, size = fate.job, self.sizes[fate.job.name]
        places = [] if fate.function is work.count else range(*(job.probed or (0, size)))
        if any((job.name, place) in self.killers and place not in job.killers for place in places):
            blamed = [other for other in self.under_way if self.draw(2)]
            self.under_way = [other for other in self.under_way if other not in blamed]
            self.ended += blamed
            for other in (fate, *blamed):
                other.has_died = True
        elif fate.function is work.count:
            fate.found = msgspec.msgpack.encode(size)
        elif job.probed is None:
            fate.found = msgspec.json.encode(work.Marker(job.shard.url, {}, [str(place) for place in job.killers], {}))


@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=5), data=st.data())
@hypothesis_settings(max_examples=60)
def test_what_kills_its_worker_is_found_and_nothing_else_is_blamed(sizes: list[int], data: st.DataObject) -> None:
    names = {f"s{number}": size for number, size in enumerate(sizes)}
    every = [(name, place) for name, size in names.items() for place in range(size)]
    killers = set(data.draw(st.lists(st.sampled_from(every), max_size=4)))
    chance = data.draw(st.randoms(use_true_random=False))
    hands = Mortal(killers, names, chance.randrange)
    crew = client._Crew(hands)
    crew._finished = hands
    recipe = client.Recipe(rules=b"", digest=b"")
    jobs = [
        work.Job(recipe=recipe, versions={}, shard=Shard(name), name=name, out="", format="jsonl") for name in names
    ]
    found = list(crew.work(jobs))
    assert sorted(job.name for job, _ in found) == sorted(names)
    assert {(job.name, int(place)) for job, marker in found for place in marker.failures} == killers


# -- Dask ------------------------------------------------------------------------------------------


class Cluster:
    """A scheduler with two workers, in processes of their own."""

    def __init__(self, address: str, variables: dict[str, str]) -> None:
        self.address, self.variables = address, variables

    def __call__(self, places: list[Path], out: Path, **settings: object) -> client.Delivered:
        chosen = Settings(out=str(out), **settings)
        return run_on_cluster([str(place) for place in places], chosen, self.address)

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start `gongbao` as a process."""
        command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
        more = dask_processes.environment(**self.variables)
        return subprocess.Popen(command, env=more, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def gongbao(self, *arguments: object) -> Result:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=240)
        return Result(process.returncode, out.decode(), err.decode())

    def pids(self) -> set[int]:
        with distributed.Client(self.address, set_as_default=False) as asking:
            return set(asking.run(os.getpid).values())

    def allow_failures(self, number: int) -> None:
        with distributed.Client(self.address, set_as_default=False) as asking:
            asking.run_on_scheduler(allow_failures, number)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with dask_processes.scheduler(folder) as address:
        if (dask_processes.S3 / "moto").is_dir():
            with dask_processes.s3(folder) as variables, dask_processes.workers(address, 2, folder, **variables):
                yield Cluster(address, dict(variables))
        else:
            with dask_processes.workers(address, 2, folder):
                yield Cluster(address, {})


def wait_until(there: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def finished(out: Path) -> int:
    return len(list(out.glob("done/[!.]*")))


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """Shards that take a while each."""
    for number in range(6):
        write = write_parquet if number % 2 else write_lines
        write(tmp_path / "in" / f"{number}.{'parquet' if number % 2 else 'jsonl'}", rows(10 * number, 2, more=WAITS))
    return tmp_path / "in"


def test_a_worker_that_is_killed_changes_nothing(cluster: Cluster, shards: Path, tmp_path: Path, inline) -> None:
    """The files are, byte for byte, those that one process writes that nobody disturbs."""
    inline([shards], tmp_path / "undisturbed")
    wait_until(lambda: len(cluster.pids()) == 2)
    victim = min(cluster.pids())
    process = cluster.start("run", shards, "--out", tmp_path / "out", "--cluster", cluster.address, "--quiet")
    wait_until(lambda: finished(tmp_path / "out") >= 1)
    os.kill(victim, signal.SIGKILL)
    _, err = process.communicate(timeout=240)
    assert (process.returncode, err) == (0, b"")
    assert held(tmp_path / "out") == held(tmp_path / "undisturbed")
    assert victim not in cluster.pids()


def test_a_client_that_is_killed_goes_on_where_it_was(cluster: Cluster, shards: Path, tmp_path: Path, inline) -> None:
    inline([shards], tmp_path / "undisturbed")
    process = cluster.start("run", shards, "--out", tmp_path / "out", "--cluster", cluster.address)
    wait_until(lambda: finished(tmp_path / "out") >= 2)
    process.kill()
    process.wait()
    assert not (tmp_path / "out" / "run.json").exists()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("done/[!.]*")}
    done = cluster.gongbao("run", shards, "--out", tmp_path / "out", "--cluster", cluster.address)
    assert done.code == 0, done.err
    assert "unchanged shards" in done.err
    assert "no analyses, no report and no explanations from other documents" in done.err
    assert done.out == f"{tmp_path / 'out'}\n"
    assert held(tmp_path / "out") == held(tmp_path / "undisturbed")
    assert all(path.stat().st_mtime_ns == written for path, written in before.items())


def test_a_document_that_kills_its_worker_is_found_and_the_rest_delivered(cluster: Cluster, tmp_path: Path) -> None:
    documents = rows(0, 3)
    write_lines(tmp_path / "in" / "a.jsonl", documents)
    documents[1]["text"] = KILLS
    write_lines(tmp_path / "in" / "b.jsonl", [row | {"doc_id": f"b{row['doc_id']}"} for row in documents])
    cluster.allow_failures(0)
    try:
        delivered = cluster([tmp_path / "in"], tmp_path / "out", shard_format="jsonl")
    finally:
        cluster.allow_failures(3)
    message = f"{tmp_path / 'in' / 'b.jsonl'}:2: its worker died whenever it was tried: killed, or out of memory"
    assert delivered.failures == [message]
    found = query(tmp_path / "out", "SELECT doc_id FROM documents").rows
    assert [doc_id for (doc_id,) in found] == ["d0", "d1", "d2", "bd0", "bd2"]
    delivered = cluster([tmp_path / "in"], tmp_path / "out", shard_format="jsonl")
    assert (delivered.unchanged, delivered.failures) == (2, [message])


def test_a_cluster_that_speaks_tls(tmp_path: Path, inline) -> None:
    """Whoever has the certificates is served, whoever has none is told so."""
    write_lines(tmp_path / "in" / "a.jsonl", rows(0, 3))
    inline([tmp_path / "in"], tmp_path / "undisturbed")
    variables = dask_processes.certificates(tmp_path)
    with (
        dask_processes.scheduler(tmp_path, **variables) as address,
        dask_processes.workers(address, 1, tmp_path, **variables),
    ):
        trusted, stranger = Cluster(address, variables), Cluster(address, {})
        lost = Cluster(address, variables | {dask_processes.TLS: str(tmp_path / "nowhere.pem")})
        arguments = ("run", tmp_path / "in", "--out", tmp_path / "out", "--cluster")
        plain = address.replace("tls:", "tcp:")
        refused = {
            "no certificates; set DASK_": stranger.gongbao(*arguments, address),
            "no Dask scheduler to be reached: ": stranger.gongbao(*arguments, plain),
            "require encryption; give --cluster tls://": trusted.gongbao(*arguments, plain),
            "certificates that cannot be read: ": lost.gongbao(*arguments, address),
        }
        done = trusted.gongbao(*arguments, address, "--quiet")
    for said, result in refused.items():
        assert result.code == 1
        assert result.err.startswith("error: ")
        assert said in result.err
        assert len(result.err.splitlines()) == 1
    assert (done.code, done.err) == (0, "")
    assert held(tmp_path / "out") == held(tmp_path / "undisturbed")


def test_shards_in_and_out_of_s3(cluster: Cluster, tmp_path: Path, inline) -> None:
    if not cluster.variables:
        pytest.skip(f"needs the S3 server that `make setup` puts into {dask_processes.S3}")
    for number in range(3):
        write_lines(tmp_path / "in" / f"{number}.jsonl", rows(10 * number, 2))
    (tmp_path / "in" / "one.txt").write_text(TEXT.format(1, 2), "utf-8")
    (tmp_path / "in" / "one.meta.json").write_text('{"date": "2020"}', "utf-8")
    lake = f"{cluster.variables['AWS_ENDPOINT_URL']}/lake"
    for url, data in [
        (lake, b""),
        *((f"{lake}/in/{path.name}", path.read_bytes()) for path in (tmp_path / "in").iterdir()),
    ]:
        urlopen(Request(url, data, {"Content-Type": "text/plain"}, method="PUT")).close()
    command = ("run", "s3://lake/in", "--out", "s3://lake/out", "--cluster", cluster.address)
    done = cluster.gongbao(*command)
    assert (done.code, done.out) == (0, "s3://lake/out\n"), done.err
    done = cluster.gongbao(*command)
    assert "unchanged shards" in done.err
    assert re.search(r"unchanged shards +│ +4 ", done.err)
    done = cluster.gongbao(
        "query", "SELECT doc_id, date FROM documents", "--run", "s3://lake/out", "--texts", tmp_path / "some"
    )
    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "some").glob("*.txt"))[:2] == ["d0.txt", "d1.txt"]
    assert json.loads((tmp_path / "some" / "one.meta.json").read_bytes())["date"] == "2020"


def test_a_scheduler_that_dies_is_one_line(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    with dask_processes.scheduler(tmp_path) as address:
        running = Cluster(address, {}).start(
            "run", tmp_path / "a.jsonl", "--out", tmp_path / "out", "--cluster", address
        )
        assert running.stderr
        assert running.stderr.readline() == f"{address}: no workers yet; waiting for them\n".encode()
    _, err = running.communicate(timeout=120)
    assert err == b"error: the scheduler of the cluster is gone; run again, what is finished is kept\n"
    assert running.returncode == 1


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("s3://a/b",), "error: s3://a/b: only a run with --cluster reads and writes elsewhere than in local folders"),
        (("--out", "s3://a/b"), "error: s3://a/b: only a run with --cluster reads and writes elsewhere"),
        (("--cluster", "here"), "error: here: not the address of a Dask scheduler; give --cluster tcp://HOST:PORT"),
        (("--cluster", "tcp://127.0.0.1:1", "--workers", "2"), "is of no use with --cluster"),
        (("--cluster", "tcp://127.0.0.1:1", "--format", "csv"), "error: shard_format must be one of parquet, jsonl"),
        (("--format", "jsonl"), "is of shards, which only a run with --cluster writes"),
        (("none", "--cluster", "tcp://127.0.0.1:1"), "none: no such file or folder, or nothing in it"),
    ],
)
def test_a_command_that_cannot_be_is_one_line(arguments: tuple[str, ...], said: str, gongbao) -> None:
    done = gongbao("run", *arguments)
    assert done.code in (1, 2)
    assert said in done.err
    assert not Path("outputs").exists()


def test_where_no_scheduler_is_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(tmp_path / "a.jsonl", rows(0, 1))
    monkeypatch.setattr(client, "_WITHIN", "1s")
    address = f"tcp://127.0.0.1:{dask_processes.free_port()}"
    with pytest.raises(InputError, match=f"{address}: no Dask scheduler to be reached: "):
        run_on_cluster([str(tmp_path / "a.jsonl")], Settings(out=str(tmp_path / "out")), address)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("distributed", "--cluster needs Dask; install gongbao[cluster]"),
        ("fsspec", "shards need fsspec; install gongbao[cluster]"),
        ("pyarrow", "Parquet needs pyarrow; install gongbao[cluster]"),
    ],
)
def test_what_is_not_installed_is_said(missing: str, said: str, gongbao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    done = gongbao("run", CORPUS, "--cluster", "tcp://127.0.0.1:1")
    assert (done.code, done.err) == (1, f"error: {said}\n")


# -- from shards to analyses -----------------------------------------------------------------------


def test_texts_that_a_query_chooses_can_be_run_over(tmp_path: Path, inline, gongbao) -> None:
    documents = rows(0, 4)
    documents[1] |= {"doc_id": "2024/甲市", "url": "https://example.org", "title": "甲市的报告"}
    write_lines(tmp_path / "in.jsonl", documents)
    inline([tmp_path / "in.jsonl"], tmp_path / "out")
    sql = "SELECT DISTINCT doc_id FROM claims WHERE value BETWEEN 90000000000 AND 90200000000"
    done = gongbao("query", sql, "--run", tmp_path / "out", "--texts", tmp_path / "some")
    assert (done.code, done.err) == (0, f"{tmp_path / 'some'}: 2 texts\n")
    assert [item.doc_id for item in find_inputs([tmp_path / "some"])[0]] == ["2024/甲市", "d0"]
    assert (tmp_path / "some" / "d0.txt").read_text("utf-8") == documents[0]["text"]
    known = json.loads((tmp_path / "some" / "2024" / "甲市.meta.json").read_bytes())
    assert (known["url"], known["title"]) == ("https://example.org", "甲市的报告")
    assert gongbao("run", tmp_path / "some", "--out", tmp_path / "alone", "--quiet").code == 0
    sql = "FROM claims WHERE doc_id IN ('d0', '2024/甲市') ORDER BY doc_id, start"
    assert query(tmp_path / "alone", sql) == query(tmp_path / "out", sql)
    refused = gongbao("audit", "--run", tmp_path / "out")
    assert f"choose texts with `gongbao query SQL --run {tmp_path / 'out'} --texts DIR`" in refused.err


def test_texts_of_a_run_of_one_machine_can_be_chosen_too(tmp_path: Path, gongbao) -> None:
    out = tmp_path / "out"
    run([CORPUS], Settings(out=str(out), only=("metadata",)))
    names = sorted(path.name for path in CORPUS.iterdir() if path.is_dir())
    sql = f"SELECT doc_id FROM texts WHERE doc_id = '{names[0]}' AND text LIKE '%大同%'"
    assert write_texts(out, sql, tmp_path / "some") == 1
    written = (tmp_path / "some" / f"{names[0]}.txt").read_bytes()
    assert written == (CORPUS / names[0] / f"{names[0]}.txt").read_bytes()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT title FROM documents", "a query that chooses texts gives their doc_id"),
        ("SELECT doc_id FROM documents WHERE false", "the query chooses no text"),
        ("DROP TABLE documents", "a query is one SELECT statement"),
    ],
)
def test_a_choice_that_is_none_is_one_line(sql: str, said: str, tmp_path: Path, inline) -> None:
    write_lines(tmp_path / "in.jsonl", rows(0, 1))
    inline([tmp_path / "in.jsonl"], tmp_path / "out")
    with pytest.raises(InputError, match=said):
        write_texts(tmp_path / "out", sql, tmp_path / "some")
    assert not (tmp_path / "some").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    with pytest.raises(InputError, match="full: there is something there; give a new folder"):
        write_texts(tmp_path / "out", "FROM documents", tmp_path / "full")


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
    | st.sampled_from(["..", "../a", "/a", "a/../b", "a\\b"])
)
def test_no_id_leads_out_of_the_folder(doc_id: str) -> None:
    name = Path("/folder") / file_name(doc_id)
    assert name.resolve().is_relative_to("/folder")
    assert not any(part.startswith(".") for part in name.parts)
    assert name.suffix == ".txt"
