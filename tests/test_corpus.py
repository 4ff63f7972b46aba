"""The corpus: what comes in, what is refused, what changes, and that nothing is ever lost or half there."""

import hashlib
import json
import multiprocessing
import os
import pty
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementInclude, ElementTree

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus import Corpus, valid_name
from pipeline.corpus.adding import Options, Outcome, add_all
from pipeline.corpus.check import check
from pipeline.corpus.export import export
from pipeline.corpus.index import Catalog
from pipeline.corpus.similarity import overlap, sketch
from pipeline.corpus.store import Entry, provenance_of
from pipeline.document import Metadata
from pipeline.errors import InputError, MetadataError
from pipeline.ingest import Limits
from pipeline.inputs import find_inputs
from tests.conftest import CORPUS, ROOT, SHARED

TEXT = "全市新增就业3万人。\n"
LIMITS = Limits()
SPEECH = "".join(
    f"第{i}件事，我们修建了{i}公里的道路，新增了{i * 3}个岗位，办好了{i * 7}件民生实事。\n" for i in range(1, 200)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def add_one(corpus: Corpus, source: object, **options: object) -> Outcome:
    (outcome,) = add_all(corpus, [str(source)], Options(**options), LIMITS)
    return outcome


def add(corpus: Corpus, source: object, **options: object) -> Path:
    outcome = add_one(corpus, source, **options)
    assert outcome.error is None
    assert outcome.path is not None
    return outcome.path


def put(corpus: Corpus, tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, "utf-8")
    return add(corpus, path)


def read_json(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_bytes())
    return found


def problems(corpus: Corpus, fix: bool = False) -> list[str]:
    return [f"{problem.name}: {problem.message}" for problem in check(corpus, fix=fix)]


# -- adding ----------------------------------------------------------------------------------------


def test_a_document_is_a_folder_of_plain_files(corpus: Corpus, file: Path) -> None:
    path = add(corpus, file, known={"date": "2024-02-08", "issuer": "大同市人民政府"})
    assert path == corpus.root / "speech" / "speech.txt"
    assert path.read_text("utf-8") == TEXT
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "speech.meta.json",
        "speech.provenance.json",
        "speech.txt",
    ]
    assert read_json(corpus.metadata_path("speech")) == {
        "date": "2024-02-08",
        "issuer": "大同市人民政府",
        "region": "山西省大同市",
    }
    provenance = read_json(path.parent / "speech.provenance.json")
    assert (provenance["file"], provenance["encoding"]) == ("speech.txt", "utf-8")
    assert provenance["sha256"] == provenance["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_other_bytes_are_kept_beside_the_text(corpus: Corpus, file: Path) -> None:
    file.write_bytes(TEXT.replace("\n", "\r\n").encode("gb18030"))
    path = add(corpus, file)
    assert path.read_bytes() == TEXT.encode()
    original = path.with_name("speech.original.txt")
    assert original.read_bytes() == file.read_bytes()
    assert corpus.original_path("speech") == original
    inputs, _ = find_inputs([corpus.root])
    assert [(item.path, item.doc_id) for item in inputs] == [(str(path), "speech")]


def test_metadata_beside_the_file_come_along_and_flags_win(corpus: Corpus, file: Path) -> None:
    file.with_name("speech.meta.json").write_text('{"date": "2023", "title": "讲话"}', "utf-8")
    add(corpus, file, known={"date": "2024"})
    assert read_json(corpus.metadata_path("speech")) == {"date": "2024", "title": "讲话", "genre": "讲话"}


def test_detected_metadata_are_kept_with_their_evidence(corpus: Corpus, file: Path) -> None:
    text = "新春贺词\n（2024年2月8日）\n大同市人民政府\n各位市民：新春快乐。\n"
    file.write_text(text, "utf-8")
    add(corpus, file)
    provenance = corpus.provenance("speech")
    assert provenance is not None
    assert {one.field: text[one.start : one.end] for one in provenance.detected}["date"] == "（2024年2月8日）"
    assert problems(corpus) == []


def test_a_dry_run_shows_and_adds_nothing(corpus: Corpus, file: Path) -> None:
    outcome = add_one(corpus, file, dry_run=True)
    assert outcome.path is None
    assert outcome.proposal is not None
    assert outcome.proposal.name == "speech"
    assert "date" in outcome.proposal.missing
    assert not corpus.root.exists()


def test_what_is_confirmed_is_taken_and_what_is_not_is_left_out(corpus: Corpus, file: Path) -> None:
    (outcome,) = add_all(corpus, [str(file)], Options(), LIMITS, lambda proposal: None)
    assert outcome.error == f"{file}: left out"
    (outcome,) = add_all(corpus, [str(file)], Options(), LIMITS, lambda proposal: Metadata(title="改过的题目"))
    assert read_json(corpus.metadata_path("speech")) == {"title": "改过的题目"}


def test_in_a_terminal_what_is_detected_is_shown_corrected_and_confirmed(file: Path) -> None:
    file.write_text("在全市大会上的讲话\n（2029年2月18日）\n同志们：\n今年要再接再厉。\n", "utf-8")
    terminal, end = pty.openpty()
    answers = ["region=山西省大同市", "date=gestern", "colour=red", "genre=", "y"]
    os.write(terminal, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [sys.executable, "-m", "cli", "add", file.name],
        cwd=file.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        timeout=60,
        check=False,
    )
    os.close(end)
    shown = os.read(terminal, 100_000).decode(errors="replace")
    os.close(terminal)
    assert (done.returncode, done.stdout) == (0, b"corpus/speech/speech.txt\n"), shown
    assert "（2029年2月18日）" in shown
    assert "not found: issuer, region, speaker, meeting, published" in shown
    assert "date 'gestern' is not of the form" in shown
    assert "fields are: title" in shown
    assert read_json(file.parent / "corpus" / "speech" / "speech.meta.json") == {
        "title": "在全市大会上的讲话", "date": "2029-02-18", "region": "山西省大同市",
    }  # fmt: skip


def test_an_address_of_another_sort_is_refused(corpus: Corpus) -> None:
    for address in ("ftp://example.org/a.txt", "file:///etc/hosts"):
        assert add_one(corpus, address).error == (
            f"{address}: an address of a sort that is not fetched; http:// and https:// are"
        )


def test_a_duplicate_is_refused_with_its_twins_name(corpus: Corpus, file: Path) -> None:
    add(corpus, file, name="first")
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())  # the same text in other bytes
    assert "has this text already, as first" in (add_one(corpus, file, name="second").error or "")
    assert list(corpus.names()) == ["first"]


def test_a_duplicate_of_what_was_put_there_by_hand_is_refused(corpus: Corpus, file: Path) -> None:
    (corpus.root / "byhand").mkdir(parents=True)
    (corpus.root / "byhand" / "byhand.txt").write_text(TEXT, "utf-8")
    assert "as byhand" in (add_one(corpus, file).error or "")


def test_a_name_that_is_given_and_taken_is_refused_another_gets_a_number(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    file.write_text("另一篇讲话。", "utf-8")
    assert "exists already; give another" in (add_one(corpus, file, name="speech").error or "")
    assert corpus.text_path("speech").read_text("utf-8") == TEXT
    assert add(corpus, file).stem == "speech-2"


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3"])
def test_what_is_no_text_is_refused_and_the_rest_goes_on(corpus: Corpus, file: Path, content: bytes) -> None:
    bad = file.with_name("bad.txt")
    bad.write_bytes(content)
    outcomes = list(add_all(corpus, [str(bad), str(file), str(file.with_name("none.txt"))], Options(), LIMITS))
    assert [outcome.path is not None for outcome in outcomes] == [False, True, False]
    assert (outcomes[0].error or "").startswith(f"{bad}: ")
    assert "no such file" in (outcomes[2].error or "")


def test_a_wrong_date_is_refused(corpus: Corpus, file: Path) -> None:
    assert "yesterday" in (add_one(corpus, file, known={"date": "yesterday"}).error or "")
    assert list(corpus.names()) == []


def test_a_folder_is_searched_but_not_beyond_it(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "省").mkdir(parents=True)
    (folder / ".git").mkdir()
    (tmp_path / "secret.txt").write_text("不在里面。", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".git" / "a.txt").write_text("隐藏。", "utf-8")
    (folder / "省" / "b.md").write_text("# 报告\n正文。", "utf-8")
    (folder / "a.html").write_text("<p>网页的正文。</p>", "utf-8")
    (folder / "a.png").write_bytes(b"\x89PNG")
    outcomes = list(add_all(corpus, [str(folder)], Options(), LIMITS))
    assert [Path(outcome.source).name for outcome in outcomes] == ["a.html", "b.md"]
    assert list(corpus.names()) == ["a", "b"]
    assert (corpus.root / "a" / "a.original.html").is_file()


def test_what_is_no_regular_file_is_refused_at_once(corpus: Corpus, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in (add_one(corpus, tmp_path / "pipe.txt").error or "")


def test_a_table_gives_documents_with_what_its_rows_say(corpus: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "speeches.csv"
    table.write_text("编号,标题,日期,正文\nA 1,贺词,2024/2/8,新春快乐。\n,报告,2023,各位代表。\n,空,2022,\n", "utf-8")
    outcomes = list(add_all(corpus, [str(table)], Options(), LIMITS))
    assert [outcome.error for outcome in outcomes] == [None, None, f"{table}:3: no text in this row"]
    assert list(corpus.names()) == ["A-1", "报告"]
    assert read_json(corpus.metadata_path("A-1")) == {"title": "贺词", "date": "2024-02-08"}
    assert corpus.text_path("A-1").read_text("utf-8") == "新春快乐。\n"
    provenance = corpus.provenance("A-1")
    assert provenance is not None
    assert (provenance.file, provenance.row) == ("speeches.csv", 1)
    assert problems(corpus) == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("大同 2024/新春", "大同-2024-新春"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("a\tb\nc:d", "a-b-c-d"),
        ("长" * 300, "长" * 50),
        ("a\ud800b", "a-b"),
        ("报告\u202etxt.exe", "报告-txt.exe"),
        ("e\u0301", "é"),
    ],
)
def test_names_are_safe(given: str, name: str) -> None:
    assert valid_name(given) == name


@pytest.mark.parametrize("given", ["", "...", "///", " "])
def test_what_gives_no_name_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="cannot be a document's name"):
        valid_name(given)


@given(st.text(max_size=80))
def test_any_name_is_made_safe_once_and_for_all(name: str) -> None:
    try:
        safe = valid_name(name)
    except InputError:
        return
    assert valid_name(safe) == safe
    assert "/" not in safe
    assert len(safe.encode()) <= 150


# -- near-duplicates -------------------------------------------------------------------------------


def test_versions_and_excerpts_are_told_apart_and_linked(corpus: Corpus, tmp_path: Path) -> None:
    put(corpus, tmp_path, "report", SPEECH)
    corrected = SPEECH.replace("第7件", "第七件").replace("道路", "公路", 3) + "（来源：某日报）\n"
    put(corpus, tmp_path, "repost", corrected)
    put(corpus, tmp_path, "excerpt", "编者按：以下是报告的摘要。\n" + SPEECH[2000:3000])
    put(corpus, tmp_path, "other", "今年以来，粮食丰收，生态改善，文化繁荣，人民幸福，社会安定。" * 3)
    found = {name: read_json(corpus.metadata_path(name)) for name in corpus.names()}
    assert found["repost"]["version_of"] == "report"
    assert found["excerpt"]["excerpt_of"] in ("report", "repost")
    assert "version_of" not in found["report"]
    assert "version_of" not in found["other"]
    found_in = {one.name: one for one in corpus.overlaps(SPEECH[2000:3000])}
    assert set(found_in) == {"report", "repost", "excerpt"}
    assert found_in["report"].of_new == 1.0
    assert found_in["report"].link == "excerpt_of"
    assert problems(corpus) == []


def test_the_overlap_is_exact_and_the_sketch_finds_it(corpus: Corpus, tmp_path: Path) -> None:
    half = SPEECH[: len(SPEECH) // 2]
    exact = overlap("a", half, SPEECH)
    assert exact.of_new == 1.0
    assert 0.45 < exact.of_old < 0.6
    unlike = "".join(chr(0x4E00 + i % 2000) for i in range(0, 30000, 7))
    for name, text in {"unlike": unlike, "whole": SPEECH, "short": "短"}.items():
        put(corpus, tmp_path, name, text)
    assert [one.name for one in corpus.overlaps(half)] == ["whole"]
    assert corpus.overlaps("") == []
    assert [one.name for one in corpus.overlaps("短。")] == ["short"]


def test_each_of_many_texts_is_found(corpus: Corpus) -> None:
    texts = ["".join(chr(0x4E00 + (i * i + 31 * n * i) % 9973) for i in range(400)) for n in range(1, 120)]
    with corpus.writing():
        for number, text in enumerate(texts):
            assert corpus.overlaps(text) == []
            corpus.put(entry(str(number), text))
            assert [one.name for one in corpus.overlaps(text[100:300])] == [str(number)]
    assert [one.name for one in corpus.overlaps(texts[7])] == ["7"]


def test_a_text_that_has_changed_is_found_as_it_is(corpus: Corpus, tmp_path: Path) -> None:
    put(corpus, tmp_path, "report", SPEECH)
    other = SPEECH.replace("公里的道路", "亩草地").replace("岗位", "床位").replace("民生实事", "好事")
    corpus.text_path("report").write_text(other, "utf-8")
    assert corpus.twin(SPEECH) is None
    assert corpus.twin(other) == "report"
    assert [one.of_new for one in corpus.overlaps(other)] == [1.0]
    corpus.edit("report", date="2024")
    assert [one.of_new for one in corpus.overlaps(other)] == [1.0]
    corpus.remove("report")
    assert corpus.overlaps(other) == []


def test_an_excerpt_that_was_there_first_is_found(corpus: Corpus, tmp_path: Path) -> None:
    put(corpus, tmp_path, "excerpt", SPEECH[2000:2300])
    put(corpus, tmp_path, "report", SPEECH)
    assert [one.name for one in corpus.overlaps(SPEECH, leave_out="report")] == ["excerpt"]


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_have_an_overlap(a: str, b: str) -> None:
    found = overlap("b", a, b)
    for share in (found.resemblance, found.of_new, found.of_old):
        assert 0 <= share <= 1
    if len(sketch(a)):
        assert overlap("a", a, a).resemblance == 1
        assert np.all(np.diff(sketch(a).astype(float)) >= 0)


# -- changing --------------------------------------------------------------------------------------


def test_updating_a_text_keeps_the_old_version(corpus: Corpus, file: Path) -> None:
    add(corpus, file, known={"title": "讲话"})
    notes = corpus.root / "speech" / "speech.claims.gold.jsonl"
    notes.write_text("", "utf-8")
    for number, text in enumerate(("第二稿。\n", "第三稿。\n"), start=1):
        file.write_text(text, "utf-8")
        add(corpus, file, update="speech")
        assert corpus.text_path("speech").read_text("utf-8") == text
        provenance = corpus.provenance("speech")
        assert provenance is not None
        assert [version.number for version in provenance.versions] == list(range(1, number + 1))
    kept = corpus.root / "speech" / ".versions"
    assert (kept / "1" / "speech.txt").read_text("utf-8") == TEXT
    assert (kept / "2" / "speech.txt").read_text("utf-8") == "第二稿。\n"
    assert not (kept / "2" / ".versions").exists()
    assert notes.is_file()
    assert read_json(corpus.metadata_path("speech"))["title"] == "讲话"
    assert problems(corpus) == []
    assert "has this text already" in (add_one(corpus, file, update="speech").error or "")
    assert [item.doc_id for item in find_inputs([corpus.root])[0]] == ["speech"]


def test_metadata_are_edited_and_checked(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    corpus.edit("speech", date="2024", title="讲话")
    assert corpus.edit("speech", unset=["date"]).date is None
    assert read_json(corpus.metadata_path("speech"))["title"] == "讲话"
    for wrong in ({"date": "gestern"}, {"published": "x"}):
        with pytest.raises(MetadataError):
            corpus.edit("speech", **wrong)
    with pytest.raises(MetadataError, match="no field is called 'x'"):
        corpus.edit("speech", unset=["x"])
    with pytest.raises(InputError, match="no document is called 'nobody'"):
        corpus.edit("speech", version_of="nobody")
    with pytest.raises(InputError, match="no document is called"):
        corpus.edit("../speech", title="x")


def test_what_is_removed_can_be_restored(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    assert corpus.remove("speech") == "speech@1"
    assert list(corpus.names()) == []
    assert corpus.rows() == []
    add(corpus, file)
    with pytest.raises(InputError, match="exists already"):
        corpus.restore("speech")
    corpus.remove("speech")
    assert corpus.trash() == ["speech@1", "speech@2"]
    assert corpus.restore("speech").read_text("utf-8") == TEXT
    assert corpus.trash() == ["speech@1"]
    with pytest.raises(InputError, match="nothing in the trash"):
        corpus.restore("nobody")
    assert problems(corpus) == []


# -- checking --------------------------------------------------------------------------------------


def test_check_finds_what_is_wrong_and_mends_what_is_safe(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("edited", "crlf", "linked", "lost", "meta", "extra", "original"):
        text = f"{name}，全市新增就业3万人。\n"
        path = tmp_path / f"{name}.txt"
        path.write_bytes(text.encode("gbk" if name == "original" else "utf-8"))
        add(corpus, path)
    assert problems(corpus) == []
    corpus.text_path("edited").write_text("改过了。\n", "utf-8")
    corpus.text_path("crlf").write_bytes(corpus.text_path("crlf").read_bytes().replace(b"\n", b"\r\n"))
    corpus.metadata_path("linked").write_text('{"version_of": "gone"}', "utf-8")
    corpus.text_path("lost").unlink()
    corpus.metadata_path("meta").write_text('{"titel": "x"}', "utf-8")
    (corpus.root / "extra" / "stray.txt").write_text("x", "utf-8")
    (corpus.root / "extra" / "extra.claims.jsonl").write_text('{"start": 0, "end": 2, "quote": "不对"}\n', "utf-8")
    (corpus.root / "original" / "original.original.txt").write_text("x", "utf-8")
    (corpus.root / "loose.txt").write_text("x", "utf-8")
    found = problems(corpus)
    for expected in (
        "edited: the text is not what was added",
        "crlf: the text is not UTF-8 with line ends",
        "linked: version_of leads to 'gone'",
        "lost: lost.txt is missing",
        "unknown field `titel`",
        "extra: stray.txt is not a file of this document",
        "extra.claims.jsonl, line 1: '不对' does not stand at 0",
        "original.original.txt is not the file that was added",
        "loose.txt: a file beside the documents",
    ):
        assert any(expected in problem for problem in found), expected
    mended = [problem for problem in check(corpus, fix=True) if problem.mended]
    assert {problem.name for problem in mended} == {"edited", "crlf", "linked"}
    assert not any(name in problem for problem in problems(corpus) for name in ("edited:", "crlf:", "linked:"))


def test_check_finds_a_broken_version_and_twins(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    file.write_text("第二稿。\n", "utf-8")
    add(corpus, file, update="speech")
    (corpus.root / "speech" / ".versions" / "1" / "speech.txt").write_text("x", "utf-8")
    (corpus.root / "speech" / ".versions" / "9").mkdir()
    (corpus.root / "twin").mkdir()
    (corpus.root / "twin" / "twin.txt").write_text("第二稿。\n", "utf-8")
    assert problems(corpus) == [
        "speech: .versions/1 is not the text that was replaced (text_sha256 differs)",
        "speech: .versions/9 is not in the provenance",
        "twin: the same text as speech",
    ]


def test_the_corpus_of_the_project_is_whole() -> None:
    assert problems(Corpus(CORPUS)) == []


# -- the index -------------------------------------------------------------------------------------


def test_the_index_is_a_cache_that_may_be_lost_broken_or_old(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    index = corpus.root / ".index.sqlite"
    assert index.is_file()
    for damage in (b"", b"not a database at all" * 100, None):
        if damage is None:
            index.unlink()
        else:
            index.write_bytes(damage)
        assert [row.name for row in corpus.rows()] == ["speech"]
    corpus.metadata_path("speech").write_text('{"title": "由人改过"}', "utf-8")
    assert corpus.rows()[0].metadata.title == "由人改过"
    corpus.text_path("speech").write_text("另一个文本。", "utf-8")
    assert corpus.rows()[0].chars == 6
    (corpus.root / "speech").rename(corpus.root / "moved")
    assert corpus.rows() == []


def test_a_corpus_that_is_not_to_be_written_to_is_read(
    corpus: Corpus, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(corpus, file)
    connect = sqlite3.connect

    def refuse(database: str, **options: float) -> sqlite3.Connection:
        if database != ":memory:":
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database, **options)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert [row.name for row in corpus.rows()] == ["speech"]
    assert corpus.twin(TEXT) == "speech"


def test_an_index_that_breaks_later_is_made_anew(corpus: Corpus, tmp_path: Path) -> None:
    for number in range(40):
        put(corpus, tmp_path, f"t{number}", SPEECH[number * 50 : number * 50 + 900])
    index = corpus.root / ".index.sqlite"
    data = bytearray(index.read_bytes())
    for start in range(8192, len(data), 4096):  # the pages behind those that say what there is
        data[start : start + 200] = b"\xff" * 200
    index.write_bytes(data)
    assert len(corpus.rows()) == 40
    assert corpus.twin(SPEECH[:900]) == "t0"
    assert "t0" in {one.name for one in corpus.overlaps(SPEECH[:900])}


def test_a_document_is_added_though_the_index_cannot_be_written(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corpus, tmp_path, "first", SPEECH)
    keep = Catalog.keep

    def full(self: Catalog, made: object) -> None:
        monkeypatch.setattr(Catalog, "keep", keep)
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Catalog, "keep", full)
    with corpus.writing():
        corpus.twin("")
        corpus.put(entry("second", TEXT))
        assert corpus.twin(TEXT) == "second"
    assert [row.name for row in corpus.rows()] == ["first", "second"]


# -- durability ------------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["fsync", "rename"])
def test_a_full_disk_leaves_nothing_half_done(
    corpus: Corpus, file: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    add(corpus, file, name="first")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file.write_text("另一篇讲话。\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync", full) if failing == "fsync" else (Path, "rename", full)))
        for options in ({"name": "second"}, {"update": "first"}):
            (outcome,) = add_all(corpus, [str(file)], Options(**options), LIMITS)
            assert "no space left" in (outcome.error or "")
    assert list(corpus.names()) == ["first"]
    assert corpus.text_path("first").read_text("utf-8") == TEXT
    assert corpus.leftovers() == []
    assert problems(corpus) == []


def test_a_disk_that_is_full_is_one_line_for_every_command(
    corpus: Corpus, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(corpus, file)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        for change in (lambda: corpus.edit("speech", date="2024"), lambda: corpus.remove("speech")):
            with pytest.raises(InputError, match="corpus: no space left on device"):
                change()
    assert "date" not in read_json(corpus.metadata_path("speech"))
    assert problems(corpus) == []


def _add_many(root: str, folder: str, start: int, count: int) -> None:
    corpus = Corpus(Path(root))
    for number in range(start, start + count):
        file = Path(folder, f"t{number % 12}.txt")  # the two processes have texts in common
        file_text = f"第{number % 12}篇讲话，全市新增就业{number % 12}万人。\n"
        own = Path(folder, f"{os.getpid()}-{number}.txt")
        own.write_text(file_text, "utf-8")
        list(add_all(corpus, [str(own)], Options(name=file.stem), LIMITS))


def test_two_adds_at_once_add_each_text_once(corpus: Corpus, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_many, args=(str(corpus.root), str(tmp_path), s, 12)) for s in (0, 6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert sorted(corpus.names()) == sorted(f"t{i}" for i in range(12))
    assert problems(corpus) == []
    assert corpus.leftovers() == []


def entry(name: str, text: str) -> Entry:
    data = text.encode("gbk")
    provenance = provenance_of(data, text, "a.txt")
    return Entry(name=name, text=text, data=data, suffix=".txt", metadata=Metadata(title=name), provenance=provenance)


def _write_on(root: Path, first: int) -> None:
    corpus = Corpus(root)

    for number in range(first, first + 1000):
        name = f"d{number}"
        corpus.put(entry(name, f"第{number}篇讲话。\n" * 50))
        corpus.replace(name, entry(name, f"第{number}篇讲话的第二稿。\n" * 50))
        corpus.edit(name, date="2024")
        if number % 3 == 0:
            corpus.restore(corpus.remove(name))


def test_killed_at_a_hundred_random_moments_the_corpus_is_whole(corpus: Corpus) -> None:
    """Every document is there wholly or not at all, none that was there is lost, and what is left over gets settled."""
    moments = random.Random(7)
    seen, left = 0, 0
    for attempt in range(100):
        child = os.fork()
        if child == 0:
            try:
                _write_on(corpus.root, 1000 * attempt)
            finally:
                os._exit(1)
        time.sleep(moments.uniform(0.001, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if corpus.root.is_dir():
            left += len(corpus.leftovers())
            assert problems(corpus) == []
            assert corpus.leftovers() == []
            there = len(list(corpus.names())) + len(corpus.trash())
            assert there >= seen
            seen = there
            assert [row.name for row in corpus.rows()] == list(corpus.names())
    assert seen > 0
    assert left > 0  # it was killed in the middle of things


# -- export ----------------------------------------------------------------------------------------


@pytest.fixture
def small(corpus: Corpus, tmp_path: Path) -> Corpus:
    text = (
        "政府工作报告\n——2031年1月8日在西宁市第十九届人民代表大会第二次会议上\n西宁市市长 张三\n"
        '各位代表：\n一、回顾\n去年，GDP增长6%，"新增"就业3万人。<a>\n今年再接再厉。\n'
    )
    put(corpus, tmp_path, "report", text)
    put(corpus, tmp_path, "speech", TEXT)
    return corpus


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_tables_for_pandas_and_quanteda(small: Corpus, tmp_path: Path, form: str) -> None:
    import pandas

    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    out = tmp_path / "out" / f"corpus.{form}"
    assert export(small, form, out) == 2
    read = {
        "jsonl": lambda path: pandas.read_json(path, lines=True),
        "csv": pandas.read_csv,
        "parquet": pandas.read_parquet,
    }
    table = read[form](out)
    assert list(table["doc_id"]) == ["report", "speech"]
    assert list(table["text"]) == [small.text_path(name).read_text("utf-8") for name in ("report", "speech")]
    assert table["speaker"][0] == "张三"
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_tei_in_the_manner_of_parlamint(small: Corpus, tmp_path: Path) -> None:
    out = tmp_path / "tei"
    assert export(small, "tei", out) == 2
    tei = "{http://www.tei-c.org/ns/1.0}"
    root = ElementTree.parse(out / "corpus.xml").getroot()
    assert root.tag == f"{tei}teiCorpus"
    included = [e.get("href") for e in root if e.tag.endswith("include")]
    assert included == ["report.xml", "speech.xml"]
    report = ElementTree.parse(out / "report.xml").getroot()
    speeches = report.findall(f".//{tei}u")
    assert [speech.get("who") for speech in speeches] == ["#p1"]
    assert any("GDP增长6%" in (s.text or "") for s in report.iter(f"{tei}s"))
    person = root.find(f".//{tei}person")
    assert person is not None
    assert person.get("{http://www.w3.org/XML/1998/namespace}id") == "p1"
    meeting = report.find(f".//{tei}meeting")
    assert meeting is not None
    assert meeting.text == "西宁市第十九届人民代表大会第二次会议"


def test_tei_of_bodies_headings_and_odd_names(corpus: Corpus, tmp_path: Path) -> None:
    texts = {
        "corpus": "一年来成绩很大。\n一、就业\n新增就业3万人。\n",
        "甲#1%20": "大家新年好。\n",
        "只有标题": "一、就业\n",
    }
    for name, text in texts.items():
        known = {"issuer": "某县委 某县人民政府", "region": "某县", "date": "2024-02"} if name == "corpus" else {}
        (corpus.root / name).mkdir(parents=True)
        corpus.text_path(name).write_text(text, "utf-8")
        corpus.metadata_path(name).write_text(json.dumps(known), "utf-8")
    out = tmp_path / "tei"
    assert export(corpus, "tei", out) == 3
    tei = "{http://www.tei-c.org/ns/1.0}"
    root = ElementTree.parse(out / "corpus-of-all.xml").getroot()
    ElementInclude.include(root, base_url=f"{out}/", loader=_included)
    assert [e.get("n") for e in root.findall(f"{tei}TEI")] == sorted(texts)
    assert [e.text for e in root.iter(f"{tei}orgName")] == ["某县委", "某县人民政府"]
    assert root.find(f".//{tei}listPerson") is None  # TEI has no empty lists
    assert [[child.tag.removeprefix(tei) for child in u] for u in root.iter(f"{tei}u")] == [
        ["seg", "note", "seg"],
        ["seg"],
    ]
    assert [u.get("who") for u in root.iter(f"{tei}u")] == ["#o1 #o2", None]


def _included(href: str, parse: str, encoding: str | None = None) -> ElementTree.Element:
    return ElementTree.parse(unquote(href)).getroot()


def test_spacy_docs(small: Corpus, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    export(small, "spacy", tmp_path / "corpus.spacy")
    docs = list(DocBin().from_disk(tmp_path / "corpus.spacy").get_docs(spacy.blank("zh").vocab))
    assert [doc.text for doc in docs] == [small.text_path(name).read_text("utf-8") for name in ("report", "speech")]


def test_a_format_that_does_not_exist_and_an_empty_corpus_are_errors(small: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format is called 'xls'"):
        export(small, "xls", tmp_path / "a.xls")
    with pytest.raises(InputError, match="no documents"):
        export(Corpus(tmp_path / "nothing"), "csv", tmp_path / "a.csv")


# -- the texts of the project ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["datong-decade", "datong-newyear-2024"])
def test_the_corpus_texts_are_as_they_were_given(name: str) -> None:
    provenance = read_json(CORPUS / name / f"{name}.provenance.json")
    data = (CORPUS / name / f"{name}.txt").read_bytes()
    assert provenance["sha256"] == provenance["text_sha256"] == hashlib.sha256(data).hexdigest()
    given = SHARED / "gold" / "dev" / f"{name}.txt"
    if given.is_file():
        assert given.read_bytes() == data


def test_rows_are_plain_data(corpus: Corpus, file: Path) -> None:
    add(corpus, file)
    assert msgspec.structs.asdict(corpus.rows()[0])["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    shutil.rmtree(corpus.root)
    assert corpus.rows() == []
