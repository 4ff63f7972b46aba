"""The commands: what they print where, and their exit codes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.collecting import NEW
from tests.conftest import CORPUS, ROOT

TEXT = "全市打造“四大赛道”，用电量突破27亿千瓦时。"


def test_help_lists_the_commands(gongbao) -> None:
    result = gongbao("--help")
    assert result.code == 0
    assert all(
        f"\n  {command}" in result.out
        for command in (
            "run",
            "show",
            "eval",
            "train",
            "add",
            "entities",
            "slogans",
            "list",
            "info",
            "edit",
            "remove",
            "restore",
            "check",
            "export",
            "query",
            "sqlite",
        )
    )


def test_help_loads_no_lexicon_and_no_library_that_it_does_not_need() -> None:
    heavy = (
        "rich",
        "msgspec",
        "duckdb",
        "pandas",
        "spacy",
        "sklearn",
        "jieba",
        "rjieba",
        "onnxruntime",
        "pipeline.stages",
    )
    code = f"import cli, sys; print(set({heavy}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "set()\n"


def test_a_sentence_that_names_no_place_is_shown_without_a_dictionary() -> None:
    code = (
        "import cli, gc, sys; sys.argv = ['gongbao', 'show', '全市生产总值增长6.1%。']\n"
        "try: cli.main()\n"
        "except SystemExit: print(gc.get_threshold()[0], 'rjieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert "6.1%" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{NEW} False"


def test_the_script_is_the_same_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"], capture_output=True, text=True, check=True
    )
    from pipeline import __version__

    assert done.stdout.strip() == __version__


def test_run_says_where_the_report_is(gongbao, tmp_path: Path) -> None:
    result = gongbao("run", CORPUS, "--out", "out")
    assert result.code == 0
    assert result.out.strip() == str(Path("out/report.html"))
    assert "claims" in result.err
    assert (tmp_path / "out" / "report.html").is_file()


def test_run_without_a_path_takes_the_corpus_of_the_working_directory(gongbao, tmp_path: Path) -> None:
    result = gongbao("run")
    assert result.code == 1
    assert result.err.endswith("error: corpus: no such file or folder\n")
    (tmp_path / "corpus" / "a").mkdir(parents=True)
    (tmp_path / "corpus" / "a" / "a.txt").write_text(TEXT, "utf-8")
    assert gongbao("run", "--quiet").code == 0
    assert json.loads((tmp_path / "outputs" / "documents.jsonl").read_text("utf-8"))["doc_id"] == "a"


def test_quiet_says_nothing_but_errors(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = gongbao("run", "a.txt", "missing.txt", "--quiet")
    assert (result.code, result.out) == (1, "")
    assert result.err == "error: missing.txt: no such file or folder\n"
    assert (tmp_path / "outputs" / "claims.jsonl").read_text("utf-8")


def test_a_second_run_says_how_many_texts_are_unchanged(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert "unchanged" not in gongbao("run", "a.txt").err
    result = gongbao("run", "a.txt")
    assert (result.code, result.out) == (0, f"{Path('outputs/report.html')}\n")
    assert re.search(r"unchanged +│ +1 ", result.err)
    assert "unchanged" not in gongbao("run", "a.txt", "--fresh").err


def test_verbose_names_each_text(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert "1/1 a.txt" in gongbao("run", "a.txt", "--verbose").err


def test_settings_come_from_the_file_in_the_working_directory(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gongbao.toml").write_text('out = "elsewhere"\nonly = ["slogans"]\n', "utf-8")
    assert gongbao("run", "a.txt").code == 0
    assert not (tmp_path / "elsewhere" / "claims.jsonl").read_text("utf-8")
    (tmp_path / "gongbao.toml").write_text("colour = true\n", "utf-8")
    result = gongbao("run", "a.txt")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "no setting is called 'colour'" in result.err


def test_an_unknown_stage_is_one_line(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = gongbao("run", "a.txt", "--only", "clams")
    assert result.code == 1
    assert result.err.startswith("error: no stage is called 'clams'; there are: layout")


def test_show_prints_the_records_of_a_sentence(gongbao) -> None:
    result = gongbao("show", TEXT, "--date", "2024")
    assert result.code == 0
    assert "突破27亿千瓦时" in result.out
    assert ">27亿千瓦时" in result.out
    assert "四大赛道" in result.out


def test_show_as_json_holds_everything(gongbao) -> None:
    found = json.loads(gongbao("show", TEXT, "--json", "--region", "大同市").out)
    assert set(found) == {"document", "sentences", "claims", "slogans", "entities"}
    assert found["document"]["region"] == "大同市"
    assert found["claims"][0]["value"] == "2700000000"
    assert found["slogans"][0]["canonical"] == "四大赛道"


def test_show_reads_a_file_with_its_metadata(gongbao) -> None:
    path = CORPUS / "datong-newyear-2024" / "datong-newyear-2024.txt"
    found = json.loads(gongbao("show", path, "--json").out)
    assert found["document"]["date"] == "2024-02-08"
    assert gongbao("show", path).out.count("四大赛道") > 1


def test_show_of_nothing_says_so(gongbao) -> None:
    assert "no claim, slogan or entity found" in gongbao("show", "你好。").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "missing.txt"), "error: missing.txt: no such file or directory"),
        (("show", "今年增长6%。", "--date", "8.2.2024"), "error: date '8.2.2024' is not of the form"),
        (("eval", "."), "error: .: no annotations here"),
        (("add", "missing.txt"), "error: missing.txt: no such file or directory"),
    ],
)
def test_an_error_is_one_line_on_stderr(gongbao, arguments: tuple[str, ...], message: str) -> None:
    result = gongbao(*arguments)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(message)
    assert result.err.count("\n") == 1


def test_eval_prints_figures_and_errors(gongbao, corpus_gold: Path) -> None:
    result = gongbao("eval", corpus_gold, "--errors", "1")
    assert result.code == 0
    assert "datong-decade" in result.out
    assert "recall" in result.out
    figures = json.loads(gongbao("eval", corpus_gold, "--json").out)
    assert set(figures) == {"claims", "slogans", "entities"}
    assert figures["claims"]["found"]["n"] == 52


@pytest.fixture
def a_run(gongbao) -> Path:
    """A run over the corpus, where the analyses look for it."""
    assert gongbao("run", CORPUS, "--quiet").code == 0
    return Path("outputs")


def test_audit_says_what_does_not_agree(gongbao, a_run: Path) -> None:
    result = gongbao("audit")
    assert result.code == 0
    assert "39.1%" in result.out
    assert "舍入可解释" in result.out
    assert "0 conflict, 1 rounding" in result.err
    assert "rounding" in gongbao("audit", "--lang", "en").out
    (check,) = json.loads(gongbao("audit", "--json").out)
    assert check["stated"] == "40%"
    rows = gongbao("audit", "--all", "--csv").out.splitlines()
    assert rows[0].startswith("id,doc_id,test,outcome")
    assert len(rows) > 5


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("indicator", "GDP"), "874.3亿元"),
        (("promises", "--all"), "未到期"),
        (("search", "京津冀", "--kind", "slogan"), "融入京津冀"),
        (("kwic", "京津冀", "--limit", "2"), "关键词"),
        (("trend", "高质量发展"), "2022"),
        (("trend", "四大赛道", "--of", "slogan"), "2024"),
        (("trend", "GDP", "--of", "indicator"), "1686.0亿元"),
        (("keyness", "--by", "year", "--limit", "3"), "2022"),
        (("compare", "datong-decade", "year:2024"), "共有指标"),
    ],
)
def test_an_analysis_prints_a_table_and_json(gongbao, a_run: Path, arguments: tuple[str, ...], shown: str) -> None:
    result = gongbao(*arguments)
    assert result.code == 0, result.err
    assert shown in result.out
    assert json.loads(gongbao(*arguments, "--json").out)


def test_an_analysis_without_a_run_is_one_line(gongbao, tmp_path: Path) -> None:
    result = gongbao("audit", "--run", "nowhere")
    assert (result.code, result.err) == (1, "error: nowhere: no run here; make one with `gongbao run --out nowhere`\n")


def test_a_text_that_changed_since_the_run_is_an_error(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert gongbao("run", "a.txt", "--quiet").code == 0
    (tmp_path / "a.txt").write_text(TEXT + "新增一句。", "utf-8")
    result = gongbao("kwic", "用电量")
    assert (result.code, result.err) == (1, "error: a.txt: changed since the run in outputs; run again\n")


def test_add_then_run(gongbao, tmp_path: Path) -> None:
    (tmp_path / "讲话 稿.txt").write_bytes(TEXT.encode("gb18030"))
    result = gongbao("add", "讲话 稿.txt", "--date", "2024-02-08", "--issuer", "大同市人民政府", "--title", "讲话")
    assert result.out.strip() == str(Path("corpus/讲话-稿/讲话-稿.txt"))
    assert gongbao("run", "--quiet").code == 0
    document = json.loads((tmp_path / "outputs" / "documents.jsonl").read_text("utf-8"))
    assert (document["doc_id"], document["date"], document["title"]) == ("讲话-稿", "2024-02-08", "讲话")
    result = gongbao("add", "讲话 稿.txt", "--name", "twice")
    assert result.err == "error: 讲话 稿.txt: the corpus has this text already, as 讲话-稿\n"


@pytest.fixture
def two_texts(tmp_path: Path) -> Path:
    """Two texts of one city, of which the first explains what the second only repeats."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (
        ("2023", "打好治水、修路、兴学“三大会战”。"),
        ("2024", "大同市继续打好“三大 会战”，推进“三农”工作。"),
    ):
        (folder / f"{name}.txt").write_text(text + "\n", "utf-8")
        known = {"date": name, "region": "山西省大同市", "issuer": "大同市人民政府"}
        (folder / f"{name}.meta.json").write_text(json.dumps(known), "utf-8")
    return folder


def test_slogans_follows_them_through_texts_and_runs_alike(gongbao, two_texts: Path) -> None:
    found = json.loads(gongbao("slogans", two_texts, "--json").out)
    assert [(trail["canonical"], trail["count"]) for trail in found] == [("三大会战", 2), ("三农", 1)]
    assert found[0]["variants"] == ["三大 会战", "三大会战"]
    assert found[0]["by_year"] == {"2023": 1, "2024": 1}
    assert (found[0]["level"], found[0]["members"]) == ("city", ["治水", "修路", "兴学"])
    assert [place["doc_id"] for place in found[0]["explained"]] == ["2023"]
    assert (found[1]["members"], found[1]["known_members"]) == ([], ["农业", "农村", "农民"])
    assert gongbao("run", two_texts, "--quiet").code == 0
    assert json.loads(gongbao("slogans", "outputs", "--json").out) == found
    assert json.loads(gongbao("slogans", "outputs", two_texts, "--json").out) == found  # each text once


def test_slogans_selects(gongbao, two_texts: Path) -> None:
    found = json.loads(
        gongbao("slogans", two_texts, "--since", "2024", "--issuer", "大同", "--type", "numeral_phrase", "--json").out
    )
    assert [(trail["canonical"], trail["count"]) for trail in found] == [("三农", 1), ("三大会战", 1)]
    assert json.loads(gongbao("slogans", two_texts, "--issuer", "国务院", "--json").out) == []


def test_slogans_as_a_table_and_as_csv(gongbao, two_texts: Path) -> None:
    shown = gongbao("slogans", two_texts).out
    assert "治水、修路、兴学" in shown
    assert "[农业、农村、农民]" in shown
    head, first, _ = gongbao("slogans", two_texts, "--csv").out.splitlines()
    assert head.startswith("canonical,type,declared,level")
    assert first.startswith("三大会战,numeral_phrase,3,city,山西省大同市,三大 会战；三大会战,治水；修路；兴学,3")


def test_entities_lists_names_with_mentions_by_document(gongbao, two_texts: Path) -> None:
    (name,) = json.loads(gongbao("entities", two_texts, "--type", "place", "--json").out)
    assert (name["canonical"], name["link"], name["documents"]) == ("大同市", "140200", {"2024": 1})
    assert gongbao("entities", two_texts, "--type", "place", "--csv").out.splitlines() == [
        "canonical,type,link,mentions,variants,documents",
        "大同市,place,140200,1,大同市:1,2024:1",
    ]
    assert "140200" in gongbao("entities", two_texts).out
    assert gongbao("entities", two_texts, "--type", "person", "--csv").out == ""


def test_a_long_list_says_how_much_of_it_is_shown(gongbao, tmp_path: Path) -> None:
    names = "、".join(f"“{first}{second}蓝”" for first in "甲乙丙丁戊己庚辛" for second in "山水云海城林田")
    (tmp_path / "a.txt").write_text(f"打造{names}。", "utf-8")
    total = len(json.loads(gongbao("slogans", "a.txt", "--json").out))
    assert total > 50
    assert f"the first 50 of {total}; --json and --csv print all" in gongbao("slogans", "a.txt").out


def test_what_cannot_be_listed_is_said_and_the_rest_is_listed(gongbao, two_texts: Path) -> None:
    result = gongbao("slogans", two_texts, "missing.txt", "--csv")
    assert (result.code, result.err) == (1, "error: missing.txt: no such file or folder\n")
    assert len(result.out.splitlines()) == 3
    assert gongbao("slogans", two_texts, "--type", "code").err.startswith("error: no slogan has the type 'code'")
    assert gongbao("entities", two_texts, "--type", "code").err.startswith("error: no entity has the type 'code'")


def test_two_texts_of_one_name_are_not_mixed(gongbao, two_texts: Path, tmp_path: Path) -> None:
    gongbao("run", two_texts, "--quiet")
    (tmp_path / "2023.txt").write_text("推进“五大会战”。", "utf-8")
    result = gongbao("slogans", "outputs", "2023.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err == "error: two different texts are called 2023; process them in one run\n"


def test_add_shows_what_it_detected_and_what_is_missing(gongbao, tmp_path: Path) -> None:
    text = "新春贺词\n（2024年2月8日）\n大同市人民政府\n各位市民：新春快乐。\n"
    (tmp_path / "a.html").write_text("".join(f"<p>{line}</p>" for line in text.splitlines()), "utf-8")
    result = gongbao("add", "a.html", "--dry-run")
    assert result.out == ""
    assert not (tmp_path / "corpus").exists()
    for shown in ("新春贺词", "2024-02-08", "（2024年2月8日）", "50%", "not found: speaker, meeting, published"):
        assert shown in result.err
    result = gongbao("add", "a.html", "--yes")
    assert (result.out, result.err) == ("corpus/a/a.txt\n", "")
    assert (tmp_path / "corpus/a/a.txt").read_text("utf-8") == text
    (tmp_path / "b.txt").write_text(f"{text}（来源：某日报）\n", "utf-8")
    result = gongbao("add", "b.txt")
    assert "linked as version_of" in result.err


def test_one_bad_file_does_not_stop_the_rest(gongbao, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    (tmp_path / "in" / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "c.docx").write_bytes(b"PK\x03\x04")
    result = gongbao("add", "in", "--yes")
    assert result.code == 1
    assert result.out == "corpus/b/b.txt\n"
    assert [line.partition(": ")[0] for line in result.err.splitlines()] == ["error", "error"]
    assert "in/a.txt: empty file" in result.err
    assert "in/c.docx: a broken zip file" in result.err


def test_the_corpus_is_looked_after(gongbao, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    gongbao("add", "a.txt", "--yes", "--title", "讲话")
    assert gongbao("list").out == f"a\t-\t-\t讲话\t讲话\t{len(TEXT)}\n"
    assert json.loads(gongbao("list", "--json").out)["name"] == "a"
    assert json.loads(gongbao("edit", "a", "--date", "2024", "--unset", "genre").out) == {
        "title": "讲话",
        "date": "2024",
    }
    (tmp_path / "a.txt").write_text(f"{TEXT}再接再厉。\n", "utf-8")
    assert gongbao("add", "a.txt", "--yes", "--update", "a").out == "corpus/a/a.txt\n"
    shown = gongbao("info", "a").out
    assert all(part in shown for part in ("讲话", "2024", "version    1, replaced"))
    assert json.loads(gongbao("info", "a", "--json").out)["provenance"]["versions"][0]["number"] == 1
    assert gongbao("remove", "a").out == "a@1\n"
    assert gongbao("restore").out == "a@1\n"
    assert gongbao("restore", "a").out == "corpus/a/a.txt\n"
    assert gongbao("check").code == 0
    (tmp_path / "corpus/a/a.meta.json").write_text('{"excerpt_of": "b"}', "utf-8")
    assert gongbao("check").code == 1
    assert gongbao("check", "--fix").out == "a: excerpt_of leads to 'b', which is not there (mended)\n"
    assert gongbao("export", "out/a.jsonl").code == 0
    assert json.loads((tmp_path / "out/a.jsonl").read_bytes())["doc_id"] == "a"
    for wrong in (("info", "b"), ("remove", "../a"), ("add", "a.txt", "b.txt", "--name", "x"), ("restore", "c")):
        result = gongbao(*wrong)
        assert result.code == 1
        assert result.err.startswith("error: ")


def test_a_page_from_a_private_address_is_refused(gongbao) -> None:
    result = gongbao("add", "http://127.0.0.1:9/a.html")
    assert result.code == 1
    assert "an address of a private network (setting private_addresses allows them)" in result.err
