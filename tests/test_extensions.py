"""What users add: taken into every table, checked entry by entry, part of the recipe, the same in every process."""

import json
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import find_quantities
from pipeline.document import Document, Metadata
from pipeline.errors import DataError, GongbaoError, SettingsError
from pipeline.extensions.checking import check
from pipeline.extensions.content import Extensions, Part, extensions_in_use, use
from pipeline.extensions.loading import load_extensions, use_extensions
from pipeline.indicators import indicator_name
from pipeline.inputs import Input
from pipeline.processing import Result, process_input, unpack_document
from pipeline.recipe import Recipe
from pipeline.run import run
from pipeline.settings import Settings, load_settings
from pipeline.slogans.knowledge import known
from pipeline.stages import own_stages, process, stages
from pipeline.units import canonical, dimension
from tests.conftest import ROOT
from tests.test_contract import check_offsets

EXAMPLE = ROOT / "examples" / "forestry"
WORDS = EXAMPLE / "gongbao_forestry" / "words.toml"
TEXT = (
    "市林长制工作情况\n去年，全市封山育林1.2万垧，林草综合覆盖率达到61.5%，护林员每月巡山22趟。\n"
    "市林长办推动三防一禁落地，市总林长签发市第3号林长令。\n市总林长指出：“守住青山，就是守住饭碗。”\n"
)


@pytest.fixture(autouse=True)
def _afterwards_nothing_is_in_use():
    yield
    use(Extensions())


def added(source: str, name: str = "own") -> None:
    """Use an extension with `source` as its only file."""
    use(Extensions((Part(name, f"{name}.toml", source),)))
    check()


def found(text: str = TEXT) -> Document:
    doc = process(Document(text, given=Metadata(date="2024-02-08")))
    check_offsets(doc)
    return doc


def marks(record: object) -> list[tuple[str, str]]:
    return [(e.role, e.quote) for e in record.evidence if e.role.startswith("extension:")]  # type: ignore[attr-defined]


# --- what can be added ----------------------------------------------------------------------------


def test_a_unit_is_read_and_compared() -> None:
    assert find_quantities("育林3垧")[0].unit is None
    use_extensions((str(WORDS),))
    assert (find_quantities("育林3垧")[0].unit, dimension("垧")) == ("垧", "area")
    assert canonical(Decimal(3), "垧") == (Decimal(30000), "平方米")
    assert canonical(Decimal(5), "株/垧") == (Decimal("0.0005"), "株/平方米")
    (claim,) = [claim for claim in found().claims if claim.unit == "垧"]
    assert (claim.value, claim.canonical_value, claim.canonical_unit) == (12000, 120_000_000, "平方米")
    assert marks(claim) == [("extension:words", "垧")]
    use(Extensions())
    assert find_quantities("育林3垧")[0].unit is None


def test_a_unit_may_have_a_dimension_of_its_own() -> None:
    added('[[unit]]\nforms = ["标箱位", "箱位"]\ndimension = "berths"\ncanonical = "标箱位"\n')
    assert canonical(Decimal(3), "箱位") == (Decimal(3), "标箱位")
    added('[[unit]]\nforms = ["斗"]\ndimension = "volume"\ncanonical = "立方米"\nfactor = "1/100"\n')
    assert canonical(Decimal(3), "斗") == (Decimal("0.03"), "立方米")


def test_an_indicator_is_one_under_all_its_names() -> None:
    added(
        '[[indicator]]\nname = "林草覆盖率"\naliases = ["林草综合覆盖率"]\nevidence = "甲"\n'
        '[[indicator]]\nname = "地区生产总值"\naliases = ["全口径产值"]\nevidence = "乙"\n'
    )
    assert indicator_name("全市林草综合覆盖率") == "林草覆盖率"
    assert indicator_name("全口径产值") == indicator_name("GDP") == "地区生产总值"
    use(Extensions())
    assert indicator_name("全口径产值") == "全口径产值"


def test_a_formulation_is_known_and_replaces_the_one_of_its_name() -> None:
    before = known("三农")
    assert before is not None
    added(
        '[[formulation]]\nname = "三农"\ntype = "numeral_phrase"\ndeclared = 3\n'
        'source = "某市"\nvariants = ["老三农"]\n'
    )
    now = known("三农")
    assert now is not None and now is known("老三农") and now.members == ()
    use(Extensions())
    assert known("三农") == before


def test_a_name_is_found_wherever_words_end() -> None:
    added('[[entity]]\nname = "某县营林站"\ntype = "org"\naliases = ["营林站"]\n')
    (entity,) = found("由营林站验收。").entities
    assert (entity.type, entity.canonical, entity.quote) == ("org", "某县营林站", "营林站")
    assert marks(entity) == [("extension:own", "营林站")]


def test_without_extensions_the_stages_are_gongbao_s_own() -> None:
    assert stages() is own_stages("none")
    added("")
    assert [type(stage).__name__ for stage in stages() if stage not in own_stages("none")] == ["Extended"] * 3
    assert found() is not None


AREA = "[[unit]]\nforms = ['垧']\ndimension = 'area'\ncanonical = '平方米'\nfactor = "
THREE = "[[formulation]]\nname = '三宝'\ntype = 'numeral_phrase'\n"


# --- what is wrong with it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("[[unit", 0, "own.toml: "),
        ("name = 'x'", 0, "'name' is nothing that an extension holds; there are: [[unit]]"),
        ("[unit]\nforms = []", 0, "'unit' is nothing that an extension holds"),
        ("\n[[unit]]\nforms = ['垧']", 2, "missing required field `dimension`"),
        ("[[unit]]\nforms = ['垧']\ndimension = 'area'\ncanonical = '平方米'\nkilo = 1", 1, "unknown field `kilo`"),
        ("[[unit]]\nforms = []\ndimension = 'area'\ncanonical = '平方米'", 1, "a unit needs a form"),
        ("[[unit]]\nforms = ['亩']\ndimension = 'area'\ncanonical = '平方米'", 1, "there is a unit '亩' already"),
        ("[[unit]]\nforms = ['垧', '垧']\ndimension = 'area'\ncanonical = '平方米'", 1, "there is a unit '垧' already"),
        ("[[unit]]\nforms = ['1垧']\ndimension = 'area'\ncanonical = '平方米'", 1, "'1垧' is no measure word"),
        ("[[unit]]\nforms = ['']\ndimension = 'area'\ncanonical = '平方米'", 1, "'' is no measure word"),
        (AREA + "0", 1, "factor 0 must be"),
        (AREA + "'1/0'", 1, "factor '1/0' must be"),
        (AREA + "'1e999'", 1, "must be a number"),
        (AREA + "0.5", 1, "got `float`"),
        ("[[unit]]\nforms = ['垧']\ndimension = 'money'\ncanonical = '元'", 1, "currencies cannot be added"),
        ("[[unit]]\nforms = ['垧']\ndimension = 'mass'\ncanonical = '亩'", 1, "the canonical unit of area is '平方米'"),
        ("[[unit]]\nforms = ['垧']\ndimension = 'x'\ncanonical = '坰'", 1, "canonical '坰' is no unit"),
        ("[[indicator]]\nname = '甲'\naliases = ['GDP']\nevidence = ''", 1, "'GDP' is a name of 地区生产总值"),
        ("[[entity]]\nname = '甲乙'\ntype = 'band'", 1, "type must be one of person"),
        ("[[entity]]\nname = '甲'\ntype = 'org'", 1, "'甲' is no name"),
        ("[[entity]]\nname = '甲乙'\ntype='org'\n\n[[entity]]\nname='丙'\ntype='org'", 5, "'丙' is no name"),
        ("[[formulation]]\nname = '三宝'\ntype = 'hymn'\nsource = ''", 1, "type must be one of numeral_code"),
        (THREE + "declared = 4\nsource = ''", 1, "its numerals say 3"),
        (THREE + "declared = 3\nmembers = ['甲']\nsource = ''", 1, "lists 1"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_an_error_with_file_line_and_reason(source: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as error:
        added(source)
    assert message in str(error.value)
    assert str(error.value).startswith(f"own.toml:{line}: [[" if line else "own.toml: ")
    assert "\n" not in str(error.value)


def test_what_is_wrong_leaves_nothing_in_use(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[[entity]]\nname = '甲乙'\ntype = 'band'", "utf-8")
    with pytest.raises(DataError):
        use_extensions((str(path),))
    assert extensions_in_use() == Extensions()


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes("# 林".encode("gbk"))
    (tmp_path / "empty").mkdir()
    for name, message in (("none", "no such file"), ("empty", "no .toml file"), ("gbk.toml", "not UTF-8")):
        with pytest.raises(SettingsError, match=message):
            load_extensions((str(tmp_path / name),))
    with pytest.raises(SettingsError, match="must be a list of files and folders"):
        Settings(extensions="own.toml")  # type: ignore[arg-type]
    (tmp_path / "gongbao.toml").write_text('extensions = ["own"]', "utf-8")
    assert load_settings(tmp_path / "gongbao.toml").extensions == ("own",)


# --- rules ----------------------------------------------------------------------------------------

CLAIM = "[[rule]]\nid = 'a'\nrecord = 'claim'\nindicator = '甲'\n"
ENTITY = "[[rule]]\nid = 'a'\nrecord = 'entity'\ntype = 'document'\n"


def test_rules_make_records_and_say_so() -> None:
    pytest.importorskip("re2")
    use_extensions((str(WORDS.parent),))
    doc = found()
    (claim,) = [claim for claim in doc.claims if claim.unit == "趟"]
    assert (claim.indicator, claim.value, claim.period, claim.kind) == ("护林员每月巡山", 22, "2023", "level")
    assert (claim.rule, marks(claim)) == ("rules:patrols", [("extension:rules", "护林员每月巡山22趟")])
    (entity,) = [entity for entity in doc.entities if entity.type == "document"]
    assert (entity.quote, entity.rule) == ("市第3号林长令", "rules:orders")
    assert [marks(slogan) for slogan in doc.slogans] == [[("extension:words", "三防一禁")]]


def test_a_rule_replaces_what_it_crosses_and_keeps_what_it_leaves_open() -> None:
    pytest.importorskip("re2")
    text = "今年，地区生产总值力争增长6%以上，接待游客12万人次。"
    before = found(text).claims
    added(
        CLAIM + "pattern = '(?P<indicator>生产总值)力争增长(?P<value>[0-9]+%)'\nperiod = '2030'\n"
        "[[rule]]\nid = 'b'\nrecord = 'claim'\nindicator = '乙'\npattern = '游客(?P<value>[0-9]+万)(?P<unit>人次)'\n"
        "[[rule]]\nid = 'c'\nrecord = 'slogan'\ntype = 'motto'\npattern = '接待(?P<name>游客)'\n"
    )
    doc = found(text)
    growth, visitors = doc.claims
    assert (growth.indicator, growth.period, growth.rule) == ("甲", "2030", "own:a")
    assert (growth.status, growth.kind, growth.comparator) == (before[0].status, before[0].kind, before[0].comparator)
    assert (visitors.indicator, visitors.value, visitors.unit) == ("乙", 120_000, "人次")
    assert [(slogan.quote, slogan.type, slogan.rule) for slogan in doc.slogans] == [("游客", "motto", "own:c")]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (ENTITY + "pattern = '第(?=[0-9])令'", "RE2, which matches rules in linear time, has no lookaround"),
        (ENTITY + "pattern = '(?<!第)令'", "has no lookaround"),
        (ENTITY + r"pattern = '(令)\1'", "has no back-references"),
        (ENTITY + "pattern = '(?P<name>令)(?P=name)'", "has no back-references"),
        (ENTITY + "pattern = '(?>令)'", "has no atomic groups"),
        (ENTITY + "pattern = '令++'", "has no atomic groups"),
        (ENTITY + "pattern = '(令)?(?(1)甲|乙)'", "has no conditions"),
        (ENTITY + "pattern = '令{2000}'", "has no repetition of more than 1000 times"),
        (ENTITY + "pattern = '(令'", "missing )"),
        (ENTITY + "pattern = '((令{1,100}){1,100}){1,9}'", "pattern '((令{1,100}){1,100}){1,9}': "),
        (ENTITY + "pattern = '(?P<value>令)'", "no group of a entity is 'value': name, canonical"),
        (ENTITY + "pattern = '令'\nstatus = 'target'", "a entity has no status"),
        (ENTITY + "pattern = '令'\nhits = ['第3号']", "the pattern does not match its hit '第3号'"),
        (ENTITY + "pattern = '令'\nmisses = ['命令']", "the pattern matches its miss '命令'"),
        (ENTITY + "pattern = '令'\nflags = 'i'", "unknown field `flags`"),
        (ENTITY.replace("'a'", "'A b'") + "pattern = '令'", "id 'A b': small letters"),
        (ENTITY.replace("document", "paper") + "pattern = '令'", "type must be one of person"),
        (ENTITY.replace("entity", "thing") + "pattern = '令'", "Invalid enum value 'thing'"),
        (CLAIM + "pattern = '[0-9]+'", "the pattern needs a group (?P<value>"),
        (CLAIM.replace("indicator", "unit") + "pattern = '(?P<value>[0-9]+)'", "an indicator is needed"),
        (CLAIM + "pattern = '(?P<value>[0-9]+)'\ntype = 'org'", "a claim has no type"),
        (ENTITY + "pattern = '令'\n" + ENTITY + "pattern = '函'", "two rules of own are called 'a'"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_taken_is_refused_with_its_reason(source: str, message: str) -> None:
    pytest.importorskip("re2")
    with pytest.raises(DataError) as error:
        added(f"\n\n{source}")
    assert message in str(error.value)
    assert str(error.value).startswith(f"own.toml:{7 if 'two rules' in message else 3}: [[rule]]: ".replace("7", "8"))


def test_a_pattern_that_would_take_for_ever_elsewhere_takes_no_time() -> None:
    pytest.importorskip("re2")
    added(ENTITY + "pattern = '(?:令+)+号'")
    assert not [entity for entity in found("令" * 20_000).entities if entity.rule == "own:a"]


def test_rules_without_their_engine_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(
        SettingsError, match=r"own\.toml:1: \[\[rule\]\]: rules need google-re2; install gongbao\[rules\]"
    ):
        added(ENTITY + "pattern = '令'")


def test_empty_matches_are_passed_over_and_offsets_are_those_of_the_text() -> None:
    pytest.importorskip("re2")
    added(ENTITY + "pattern = '(?P<name>令?)'")
    assert [entity.quote for entity in found("𠮷令\u200b令，是令。").entities if entity.rule == "own:a"] == ["令"] * 3


# --- runs -----------------------------------------------------------------------------------------


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"第{number}篇\n市林长办推动三防一禁落地。\n", "utf-8")
    return folder


def test_what_is_added_is_part_of_every_result(texts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "words.toml").write_bytes(WORDS.read_bytes())
    settings = Settings(out=str(tmp_path / "out"), extensions=(str(own),), only=("entities",))
    plain = Settings(out=settings.out, only=settings.only)
    assert [run([texts], plain).unchanged, run([texts], settings).unchanged] == [0, 0]
    told = json.loads((tmp_path / "out" / "run.json").read_bytes())
    assert [entry["name"] for entry in told["extensions"]] == ["words"]
    assert run([texts], settings).unchanged == 3
    elsewhere = own.rename(tmp_path / "elsewhere")
    moved = Settings(out=settings.out, extensions=(str(elsewhere),), only=settings.only)
    assert run([texts], moved).unchanged == 3
    (elsewhere / "words.toml").write_text(WORDS.read_text("utf-8").replace("市林长办", "林长办"), "utf-8")
    assert run([texts], moved).unchanged == 0


def test_the_contents_travel_with_the_recipe(texts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(WORDS.read_bytes())
    recipe = Recipe.of(Settings(extensions=(str(own),)))
    own.unlink()
    use(Extensions())
    result = process_input(Input(str(texts / "0.txt"), "0"), recipe)
    assert isinstance(result, Result)
    assert [e.canonical for e in unpack_document(result.document, "").entities] == ["某市林长制办公室"]


def test_two_processes_know_it_too(texts: Path, tmp_path: Path) -> None:
    def entities(workers: int) -> bytes:
        out = tmp_path / f"out{workers}"
        settings = Settings(out=str(out), extensions=(str(WORDS),), workers=workers, only=("entities",))
        assert not run([texts], settings).failures
        return (out / "entities.jsonl").read_bytes()

    assert entities(1) == entities(2)
    assert entities(1).count("某市林长制办公室".encode()) == 3


# --- packages -------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, as it stands when it has been installed; without its rules, which need another library."""
    site = tmp_path / "site"
    shutil.copytree(EXAMPLE / "gongbao_forestry", site / "gongbao_forestry")
    (site / "gongbao_forestry" / "rules.toml").unlink()
    information = site / "gongbao_forestry-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: gongbao-forestry\nVersion: 1.0\n")
    points = [
        line for line in (EXAMPLE / "pyproject.toml").read_text("utf-8").splitlines() if "gongbao_forestry" in line
    ]
    data, extractor = (line.replace('"', "") for line in points[:2])
    (information / "entry_points.txt").write_text(
        f"[gongbao.extensions]\n{data}\n[gongbao.extractors]\n{extractor}\n", "utf-8"
    )
    monkeypatch.syspath_prepend(site)
    yield site
    for name in [name for name in sys.modules if name.startswith("gongbao_forestry")]:
        del sys.modules[name]


def test_a_package_that_is_installed_extends_every_run(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    for workers in (1, 2):
        settings = Settings(out=str(tmp_path / f"out{workers}"), workers=workers, only=("entities", "quotations"))
        summary = run([path], settings)
        assert (summary.failures, summary.counts["quotations"]) == ([], 1)
    out = tmp_path / "out1"
    assert (out / "quotations.jsonl").read_bytes() == (tmp_path / "out2" / "quotations.jsonl").read_bytes()
    (row,) = [json.loads(line) for line in (out / "quotations.jsonl").read_bytes().splitlines()]
    assert TEXT[row["start"] : row["end"]] == row["quote"] == "守住青山，就是守住饭碗。"
    assert (row["speaker"], row["extension"], row["doc_id"]) == ("市总林长", "quotations", "a")
    assert "某市林长制办公室" in (out / "entities.jsonl").read_text("utf-8")
    told = json.loads((out / "run.json").read_bytes())["extensions"]
    assert [entry["name"] for entry in told] == ["forestry", "quotations"]
    assert run([path], settings).unchanged == 1


def test_other_code_of_an_extractor_gives_other_results(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    settings = Settings(out=str(tmp_path / "out"), only=("quotations",))
    run([path], settings)
    module = package / "gongbao_forestry" / "quotations.py"
    module.write_text(module.read_text("utf-8") + "\n# another version\n", "utf-8")
    assert run([path], settings).unchanged == 0


def test_the_commands_show_what_a_package_finds(package: Path, gongbao) -> None:  # type: ignore[no-untyped-def]
    done = gongbao("show", TEXT, "--json")
    assert [row["speaker"] for row in json.loads(done.out)["quotations"]] == ["市总林长"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return 1 / 0", "ZeroDivisionError"),
        ("return ['a']", "gives str, not records"),
        ("r = doc.record(Quotation, 0, 2, speaker='', rule='')\n    import msgspec\n"
         "    return [msgspec.structs.replace(r, quote='别的')]", "does not stand at [0, 2)"),
    ],
)  # fmt: skip
def test_a_defect_of_an_extractor_costs_the_document(package: Path, tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    module = package / "gongbao_forestry" / "quotations.py"
    head = module.read_text("utf-8").partition("def find")[0]
    module.write_text(f"{head}def find(doc):\n    {body}\n", "utf-8")
    (failure,) = run([path], Settings(out=str(tmp_path / "out"), only=("quotations",))).failures
    assert message in failure.message
    assert failure.message.startswith(f"{path}: quotations failed: ")


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("[gongbao.extractors]\nclaims = gongbao_forestry.quotations:find", "its name must be a new one"),
        ("[gongbao.extractors]\nQuotes = gongbao_forestry.quotations:find", "its name must be a new one"),
        ("[gongbao.extractors]\nothers = gongbao_forestry.quotations:find", "its name must be a new one"),
        ("[gongbao.extractors]\nquotes = gongbao_forestry.quotations:lost", "cannot be imported: AttributeError"),
        ("[gongbao.extractors]\nquotes = gongbao_forestry.nowhere:find", "cannot be imported: ModuleNotFoundError"),
        ("[gongbao.extractors]\nquotes = nowhere_at_all:find", "cannot be read: ModuleNotFoundError"),
        ("[gongbao.extractors]\nquotes = gongbao_forestry.quotations:__doc__", "is no function"),
        ("[gongbao.extensions]\nforestry = nowhere_at_all", "cannot be read: ModuleNotFoundError"),
    ],
)
def test_a_package_that_cannot_be_used_is_an_error_of_one_line(package: Path, points: str, message: str) -> None:
    (package / "gongbao_forestry-1.0.dist-info" / "entry_points.txt").write_text(points + "\n")
    with pytest.raises(GongbaoError) as error:
        use_extensions()
    assert message in str(error.value)
    assert "gongbao-forestry" in str(error.value)
    assert "\n" not in str(error.value)
