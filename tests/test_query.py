"""SQL over a run: what it gives, that it only reads, and a run as an SQLite database."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from pipeline.database import write_database
from pipeline.document import Claim, Entity, Sentence, Slogan
from pipeline.errors import InputError
from pipeline.query import as_csv, as_json, query
from pipeline.run import run as run_pipeline
from pipeline.settings import Settings
from pipeline.tables import TABLES
from pipeline.writing import plain
from tests.conftest import ROOT

TEXT = (
    "2023年，全市地区生产总值达到912.4亿元，增长6.1%。今年地区生产总值力争达到1000亿元。\n"
    "我们要打造“三大高地”，一是人才高地，二是创新高地，三是开放高地。\n"
    "坚持“一核两翼”布局，市文旅局牵头。\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over one text, in a folder whose name has wildcards."""
    where = tmp_path_factory.mktemp("texts")
    (where / "a.txt").write_text(TEXT, "utf-8")
    (where / "a.meta.json").write_text('{"date": "2024-02-01", "region": "山西省大同市"}', "utf-8")
    out = where / "out [1]*"
    run_pipeline([where / "a.txt"], Settings(out=str(out)), lambda done, total, what: None)
    return out


def lines(folder: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text("utf-8").splitlines()]


def test_values_are_numbers_to_order_and_sum(folder: Path) -> None:
    found = query(
        folder, "SELECT period, value FROM claims WHERE indicator = '地区生产总值' AND unit = '元' ORDER BY value DESC"
    )
    assert found.columns == ("period", "value")
    assert found.rows == [("2024", Decimal("100000000000")), ("2023", Decimal("91240000000"))]
    assert query(folder, "SELECT sum(value) FROM claims WHERE unit = '元'").rows == [(Decimal("191240000000"),)]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_what_its_file_has(folder: Path, table: str) -> None:
    found = query(folder, f"FROM {table}")
    wanted = lines(folder, table)
    assert wanted
    assert len(found.rows) == len(wanted)
    for row, record in zip(found.rows, wanted, strict=True):
        cells = dict(zip(found.columns, row, strict=True))
        if "sentence" in record:
            cells["sentence"] = {"start": cells.pop("sentence_start"), "end": cells.pop("sentence_end")}
        if cells.get("declared") and not isinstance(record["declared"], list):
            record["declared"] = [record["declared"]]
        if "tokens" in cells:
            cells["tokens"] = json.loads(cells["tokens"])
        assert {key: plain(value) if isinstance(value, Decimal) else value for key, value in cells.items()} == record


@pytest.mark.parametrize(
    ("table", "kind"), [("claims", Claim), ("slogans", Slogan), ("entities", Entity), ("sentences", Sentence)]
)
def test_the_columns_are_the_fields_of_the_records(table: str, kind: type[msgspec.Struct]) -> None:
    fields = set(kind.__struct_fields__)
    columns = set(TABLES[table])
    if "sentence" in fields:
        fields = fields - {"sentence"} | {"sentence_start", "sentence_end"}
    assert columns - {"doc_id", "tokens"} == fields - {"doc_id"}


def test_the_records_of_other_packages_are_tables(folder: Path, tmp_path: Path) -> None:
    """Whatever their fields are called and hold."""
    run = shutil.copytree(folder, tmp_path / "run")
    manifest = json.loads((run / "run.json").read_bytes())
    package = {"package": "p", "version": "1"}
    manifest["extensions"] = [{"name": "own", "file": "own.toml"}, {"name": "sayings", **package}]
    manifest["extensions"] += [{"name": "empty", **package}, {"name": "x; DROP TABLE claims", **package}]
    (run / "run.json").write_text(json.dumps(manifest), "utf-8")
    record = {"id": "1", "doc_id": "a", "start": 0, "end": 2, "quote": "20", "sentence": {"start": 0, "end": 9}}
    own = [
        {"sentence_kind": None, 'a "b"': 1, "weight": 0.5, "sure": True, "mixed": 1, "parts": ["x"], "vast": 2**70},
        {"sentence_kind": "long", 'a "b"': 2, "weight": None, "sure": False, "mixed": "one", "parts": [], "vast": 1},
    ]
    (run / "sayings.jsonl").write_text("".join(json.dumps(record | more) + "\n" for more in own), "utf-8")
    (run / "empty.jsonl").touch()
    found = query(run, "SELECT * FROM sayings")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert [(row["sentence_end"], row["sentence_kind"], row['a "b"'], row["weight"], row["sure"]) for row in rows] == [
        (9, None, 1, 0.5, True),
        (9, "long", 2, None, False),
    ]
    assert [(row["mixed"], row["parts"], row["vast"], row["rule"]) for row in rows] == [
        ("1", '["x"]', str(2**70), None),
        ('"one"', "[]", "1", None),
    ]
    assert query(run, "SELECT count(*) FROM empty").rows == [(0,)]
    assert {"sayings", "empty"} <= {name for (name, *_) in query(run, "SHOW TABLES").rows}
    written = write_database(run, tmp_path / "run.sqlite")
    assert list(written) == [*TABLES, "sayings", "empty"]
    assert (written["sayings"], written["empty"]) == (2, 0)
    with closing(sqlite3.connect(tmp_path / "run.sqlite")) as connection:
        told = connection.execute('SELECT "a ""b""", weight, parts, vast, sentence_end FROM sayings').fetchall()
    assert told == [(1, 0.5, '["x"]', str(2**70), 9), (2, None, "[]", 1, 9)]


def test_the_columns_of_documents_are_those_of_the_file(folder: Path) -> None:
    assert list(TABLES["documents"]) == list(lines(folder, "documents")[0])


def test_lists_can_be_taken_apart(folder: Path) -> None:
    found = query(folder, "SELECT m.quote FROM slogans, unnest(members) AS u(m) WHERE canonical = '三大高地'")
    assert [quote for (quote,) in found.rows] == ["人才高地", "创新高地", "开放高地"]
    declared = query(folder, "SELECT canonical, declared FROM slogans ORDER BY start").rows
    assert ("三大高地", [3]) in declared
    assert ("一核两翼", [1, 2]) in declared


def test_tables_are_known_without_being_named(folder: Path) -> None:
    assert {name for (name,) in query(folder, "SHOW TABLES").rows} == set(TABLES)
    assert [row[0] for row in query(folder, "DESCRIBE claims").rows] == list(TABLES["claims"])
    assert query(folder, "SELECT count(*) > 0 FROM CLAIMS").rows == [(True,)]


def test_a_pivot_is_a_query(folder: Path) -> None:
    assert query(folder, "PIVOT claims ON status USING count(*) GROUP BY unit ORDER BY unit").columns == (
        "unit",
        "actual",
        "target",
    )


def test_names_of_columns_are_told_apart(folder: Path) -> None:
    found = query(folder, "SELECT 1 AS a, 2 AS a, 3 AS a_1")
    assert json.loads(as_json(found)) == [{"a": 1, "a_1": 2, "a_1_1": 3}]


def test_csv_and_json_hold_exact_values(folder: Path) -> None:
    found = query(
        folder,
        "SELECT '1000000000000000000000000.5'::DECIMAL(38, 10) AS exact, "
        "2::HUGEINT ** 70 > 0 AS yes, sum(9223372036854775807) AS large, "
        "[1.50, NULL] AS list, {'名': DATE '2024-02-01'} AS struct, NULL AS nothing, 'a,\"b' AS text "
        "FROM range(2)",
    )
    header, row = csv.reader(io.StringIO(as_csv(found).decode()))
    cells = dict(zip(header, row, strict=True))
    assert cells["exact"] == "1000000000000000000000000.5"
    assert cells["large"] == "18446744073709551614"
    assert (cells["list"], cells["struct"]) == ("[1.5,null]", '{"名":"2024-02-01"}')
    assert (cells["yes"], cells["nothing"], cells["text"]) == ("true", "", 'a,"b')
    (held,) = json.loads(as_json(found), parse_float=Decimal)
    assert held["exact"] == Decimal("1000000000000000000000000.5")
    assert held["large"] == 18446744073709551614
    assert held["struct"] == {"名": "2024-02-01"}


def test_csv_of_no_rows_has_the_columns(folder: Path) -> None:
    assert as_csv(query(folder, "SELECT id, value FROM claims WHERE false")) == b"id,value\n"
    assert as_json(query(folder, "SELECT id FROM claims WHERE false")) == b"[]\n"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT FROM WHERE", "syntax error"),
        ("SELECT colour FROM claims", 'column "colour" not found'),
        ("SELECT * FROM claim", 'Did you mean "claims"'),
        ("", "one SELECT"),
        ("SELECT 1; SELECT 2", "one SELECT"),
        ("DROP TABLE claims", "one SELECT"),
        ("INSERT INTO claims SELECT * FROM claims", "one SELECT"),
        ("COPY claims TO 'stolen.csv'", "one SELECT"),
        ("ATTACH 'stolen.db'", "one SELECT"),
        ("INSTALL httpfs", "one SELECT"),
        ("SET threads = 2", "one SELECT"),
        ("SELECT * FROM read_text('{}')", "disabled by configuration"),
        ("SELECT * FROM '{}'", "disabled by configuration"),
        ("SELECT * FROM read_json('{}')", "disabled by configuration"),
        ("SELECT * FROM glob('/*')", "disabled by configuration"),
        ("SELECT * FROM 'https://example.org/a.csv'", ""),
        ("SELECT * FROM sql", "sql does not exist"),
        ("SELECT '\ud800'", "not UTF-8"),
    ],
)
def test_what_is_wrong_or_does_more_than_read_is_one_line(
    folder: Path, sql: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(folder.iterdir())
    with pytest.raises(InputError) as error:
        query(folder, sql.replace("{}", str(ROOT / "tests" / "quality.json")))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert not any(tmp_path.iterdir())
    assert sorted(folder.iterdir()) == before


def test_only_the_tables_that_are_named_are_read(folder: Path, tmp_path: Path) -> None:
    for name in ("documents.jsonl", "run.json", "claims.jsonl"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert query(tmp_path, "SELECT count(*) > 0 FROM claims").rows == [(True,)]
    with pytest.raises(InputError, match=r"slogans\.jsonl: no such file"):
        query(tmp_path, "FROM slogans")
    (tmp_path / "slogans.jsonl").write_text("", "utf-8")
    assert query(tmp_path, "FROM slogans").rows == []
    (tmp_path / "slogans.jsonl").write_text('{"id": ', "utf-8")
    with pytest.raises(InputError, match=r"slogans\.jsonl: "):
        query(tmp_path, "FROM slogans")


def test_numbers_that_have_no_room_are_null(folder: Path, tmp_path: Path) -> None:
    for name in ("documents.jsonl", "run.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    numbers = ("9" * 28, "9" * 29, "-0.1234567891", None)
    rows = "".join(json.dumps({"id": str(n), "doc_id": "a", "value": value}) + "\n" for n, value in enumerate(numbers))
    (tmp_path / "claims.jsonl").write_text(rows, "utf-8")
    assert [value for (value,) in query(tmp_path, "SELECT value FROM claims").rows] == [
        Decimal("9" * 28),
        None,
        Decimal("-0.1234567891"),
        None,
    ]


def test_the_command_prints_and_writes(gongbao, folder: Path, tmp_path: Path) -> None:
    sql = "SELECT period, value FROM claims WHERE unit = '元' ORDER BY value"
    table = gongbao("query", sql, "--run", folder)
    assert table.code == 0
    assert "91240000000 │" in table.out
    assert gongbao("query", sql, "--run", folder, "--csv").out == "period,value\n2023,91240000000\n2024,100000000000\n"
    assert gongbao("query", sql, "--run", folder, "--out", "found.json").out == ""
    assert json.loads((tmp_path / "found.json").read_text("utf-8"))[0] == {"period": "2023", "value": 91240000000}
    assert gongbao("query", sql, "--run", folder, "--out", "found.txt", "--csv").code == 0
    assert (tmp_path / "found.txt").read_text("utf-8").startswith("period,value\n")


def test_a_table_says_when_it_is_not_all(gongbao, folder: Path) -> None:
    result = gongbao("query", "FROM range(1000)", "--run", folder)
    assert "│   199 │" in result.out
    assert "│   200 │" not in result.out
    assert result.err == "the first 200 of 1,000 rows; --csv and --json print all\n"
    assert gongbao("query", "FROM range(1000)", "--run", folder, "--csv").out.count("\n") == 1001


def test_the_command_s_errors_are_one_line(gongbao, folder: Path, tmp_path: Path) -> None:
    result = gongbao("query", "SELECT 1", "--run", "nowhere")
    assert (result.code, result.err) == (
        1,
        "error: nowhere: no run here; make one with `gongbao run --out nowhere`\n",
    )
    result = gongbao("query", "SELECT colour FROM claims", "--run", folder, "--out", "x.csv")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert result.err.startswith("error: ")
    assert not any(tmp_path.iterdir())
    result = gongbao("query", "SELECT 1", "--run", folder, "--out", "found.xml")
    assert result.code == 2
    assert "ends neither in .csv nor in .json" in result.err
    result = gongbao("query", "SELECT 1", "--run", folder, "--csv", "--out", tmp_path)
    assert (result.code, result.err) == (1, f"error: {tmp_path}: is a folder; give the name of a file\n")


def test_without_duckdb_one_line_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match=r"install gongbao\[query\]"):
        query(folder, "SELECT 1")


def test_a_run_as_a_database(gongbao, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "run.sqlite").write_text("an older one", "utf-8")
    result = gongbao("sqlite", "run.sqlite", "--run", folder)
    assert (result.code, result.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["run.sqlite"]
    with closing(sqlite3.connect(tmp_path / "run.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            found = database.execute(f"SELECT * FROM {table}")
            assert [column[0] for column in found.description] == list(TABLES[table])
            assert len(found.fetchall()) == len(lines(folder, table))
            keys = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert [key[2:5] for key in keys] == ([] if table == "documents" else [("documents", "doc_id", "doc_id")])
        indexes = {
            name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE INDEX%'")
        }
        assert indexes == {
            "claims_doc_id",
            "claims_indicator",
            "entities_canonical",
            "entities_doc_id",
            "sentences_doc_id",
            "slogans_canonical",
            "slogans_doc_id",
        }
        values = "SELECT value, typeof(value) FROM claims WHERE indicator = '地区生产总值' ORDER BY value"
        assert database.execute(values).fetchall() == [
            (6.1, "real"),
            (91240000000, "integer"),
            (100000000000, "integer"),
        ]
        members = "SELECT json_extract(m.value, '$.quote') FROM slogans, json_each(members) m WHERE declared = 3"
        assert [quote for (quote,) in database.execute(members)] == ["人才高地", "创新高地", "开放高地"]
        stands = (
            "SELECT count(*) FROM claims c JOIN sentences s ON s.doc_id = c.doc_id AND s.start = c.sentence_start "
            'WHERE s."end" = c.sentence_end'
        )
        assert database.execute(stands).fetchone() == (len(lines(folder, "claims")),)


def test_a_database_is_whole_or_as_it_was(folder: Path, tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "run.sqlite"
    run.mkdir()
    for path in folder.glob("*.json*"):
        (run / path.name).write_bytes(path.read_bytes())
    out.write_text("an older one", "utf-8")
    (run / "entities.jsonl").write_text('{"id": "b", "doc_id": "unknown"}\n', "utf-8")
    with pytest.raises(InputError, match="FOREIGN KEY"):
        write_database(run, out)
    (run / "entities.jsonl").write_text('{"id": ', "utf-8")
    with pytest.raises(InputError, match=r"entities\.jsonl:1"):
        write_database(run, out)
    (run / "entities.jsonl").unlink()
    with pytest.raises(InputError, match=r"entities\.jsonl: no such file"):
        write_database(run, out)
    assert out.read_text("utf-8") == "an older one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run", "run.sqlite"]


def test_a_database_needs_no_duckdb(folder: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from pipeline.database import write_database as write\n"
    code += f"write(Path({str(folder)!r}), Path({str(tmp_path / 'a.db')!r})); print('duckdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "False\n"
