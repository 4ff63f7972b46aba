"""What is fuzzed: every function that reads what others have written, with what holds of it for any input.

A target raises nothing but what users are told (`GongbaoError`); what it returns is the same for the same input.
"""

import gzip
import io
import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.document import Document
from pipeline.errors import GongbaoError
from tests.fuzzing import mutation
from tests.fuzzing.mutation import Mutator

Check = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """Something that reads bytes: what it is given at first, how that is changed, and what is done with it.

    With `scales` the time that it takes must grow no faster than its input.
    """

    seeds: tuple[bytes, ...]
    mutate: Mutator
    check: Check
    scales: bool = True
    slow: bool = False  #: one input costs a tenth of a second or more


def targets(folder: Path) -> Mapping[str, Callable[[], Target]]:
    """Return how each target is made, by name; those that read files write them to `folder`."""
    return {
        "decode": _decode,
        "html": _html,
        "docx": _docx,
        "pdf": _pdf,
        "formats": _formats,
        "csv": lambda: _rows("csv", CSV, mutation.mutate_bytes),
        "jsonl": lambda: _rows("jsonl", JSONL, mutation.mutate_lines),
        "parquet": lambda: _rows("parquet", _parquet(), mutation.mutate_bytes),
        "shards-jsonl": lambda: _shards(folder / "a.jsonl", SHARD, mutation.mutate_lines),
        "shards-gz": lambda: _shards(folder / "a.jsonl.gz", gzip.compress(SHARD), mutation.mutate_bytes),
        "shards-parquet": lambda: _shards(folder / "a.parquet", _parquet(), mutation.mutate_bytes),
        "metadata": lambda: _metadata(folder),
        "settings": lambda: _settings(folder),
        "extensions": _extensions,
        "gold": lambda: _gold(folder),
        "run": lambda: _run(folder),
        "corpus": lambda: _corpus(folder),
        "models": lambda: _models(folder),
        "quantities": _quantities,
        "periods": _periods,
        "alignment": lambda: _stages("alignment", ("align", "sentences", "layout")),
        "detection": lambda: _stages("detection", ("metadata",)),
        "slogans": lambda: _stages("slogans", ("slogans",)),
        "claims": lambda: _stages("claims", ("claims",)),
        "entities": lambda: _stages("entities", ("entities",)),
        "tokens": lambda: _stages("tokens", ("tokens",)),
        "analyses": _analyses,
        "search": _search,
        "selectors": _selectors,
        "query": lambda: _query(folder),
        "typed": _typed,
        "server": lambda: _server(folder),
        **{
            f"import-{name}": (lambda name=name: _import(folder, name))  # type: ignore[misc]
            for name in ("excel", "csv", "gold", "labelstudio", "webannotation", "spacy")
        },
    }


# --- files --------------------------------------------------------------------------------------

PROSE = "".join(mutation.SENTENCES)
CSV = f'title,date,正文\n贺词,2024/2/8,"{PROSE}"\n报告,2023,{PROSE[:40]}\n'.encode()
JSONL = b"\n".join(json.dumps({"title": "贺词", "date": "2024", "text": PROSE[i:]}).encode() for i in (0, 9)) + b"\n"
SHARD = b"".join(
    json.dumps({"doc_id": number, "date": "2024", "text": PROSE[number:]}).encode() + b"\n" for number in range(3)
)


def _decode() -> Target:
    from pipeline.encodings import decode, decode_as
    from pipeline.ingest.extraction import _DECLARED

    def check(data: bytes) -> object:
        found = _DECLARED.search(data)
        names = (None, found[1].decode() if found else "gbk", "utf-16")
        told = [_told(lambda name=name: decode(data, name)) for name in names]
        told.append(_told(lambda: decode_as(data, found[1].decode() if found else "gb18030")))
        for one in told:
            if isinstance(one, tuple):
                assert "\r" not in one[0]
                one[0].encode()
        return told

    codecs = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5hkscs")
    seeds = [PROSE.encode(codec, "ignore") for codec in codecs]
    seeds.append(b'<meta charset="gbk">' + PROSE.encode("gbk"))
    return Target(tuple(seeds), mutation.mutate_bytes, check)


def _read_blocks(kind: str, data: bytes) -> object:
    from pipeline.ingest.extraction import read_blocks
    from pipeline.ingest.limits import Limits

    text, said, remarks = _of_library(lambda: read_blocks(kind, data, Limits(max_file_mb=20))) or ("", {}, [])
    text.encode()
    assert "\r" not in text
    return text, said, remarks


def _html() -> Target:
    from pipeline.detection import detect
    from pipeline.metadata import check_date
    from tests.test_ingest import PAGE

    def check(data: bytes) -> object:
        found = _told(lambda: _read_blocks("html", data.decode(errors="replace").encode()))
        if len(found) == 3:
            text, said, _ = found
            check_date(detect(text, said=said)[0].date)
        return found

    return Target((PAGE.encode(), f"<title>通知</title><p>{PROSE}".encode()), mutation.mutate_xml, check)


def _docx() -> Target:
    from tests.test_ingest import make_docx, p

    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    table = "".join(f"<w:tr><w:tc>{p(cell)}</w:tc><w:tc>{p('12亿斤')}</w:tc></w:tr>" for cell in ("粮食", "油料"))
    body = (
        p("新春贺词", '<w:pStyle w:val="H"/>')
        + p("回顾", numbered.format(0))
        + p("就业", numbered.format(1))
        + f"<w:p><w:r><w:t>{PROSE}</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        + f"<w:tbl>{table}</w:tbl><w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    )
    data = make_docx(
        body,
        numbering=numbering,
        styles='<w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
        footnotes=f'<w:footnote w:id="2">{p("注")}</w:footnote>',
    )

    def check(data: bytes) -> object:
        return _told(lambda: _read_blocks("docx", data))

    return Target((data, make_docx(p(PROSE))), mutation.mutate_zip, check)


def _pdf() -> Target:
    from tests.test_ingest import make_pdf, set_page

    def check(data: bytes) -> object:
        return _told(lambda: _read_blocks("pdf", data))

    seeds = (make_pdf([set_page(PROSE, 1), set_page(PROSE[30:], 2)]), make_pdf([[(90, 700, 16, "市政府工作报告")]]))
    return Target(seeds, mutation.mutate_bytes, check, slow=True)


def _formats() -> Target:
    from pipeline.ingest.formats import ALL_SUFFIXES, mismatch, sniff

    def check(data: bytes) -> object:
        found = []
        for suffix in (*sorted(ALL_SUFFIXES), "", ".XLS"):
            kind = _told(lambda suffix=suffix: sniff(data, f"a{suffix}"))
            found.append((kind, mismatch(str(kind), f"a{suffix}")))
        return found

    from tests.test_ingest import PAGE, make_docx, p

    return Target((PAGE.encode(), make_docx(p("字")), PROSE.encode("utf-16"), b"%PDF-1.4"), mutation.mutate_zip, check)


def _parquet() -> bytes:
    import pyarrow
    import pyarrow.parquet

    held = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"id": [1, 2], "text": [PROSE, "报告"], "date": ["2024", None]}), held)
    return held.getvalue()


def _rows(kind: str, seed: bytes, mutate: Mutator) -> Target:
    from pipeline.ingest.tables import read_rows

    def check(data: bytes) -> object:
        rows = _told(lambda: read_rows(data, kind, {}, 100_000))
        return [[(key, str(value)) for key, value in row.items()] if isinstance(row, dict) else row for row in rows]

    return Target((seed,), mutate, check)


def _shards(path: Path, seed: bytes, mutate: Mutator) -> Target:
    from pipeline.inputs import find_inputs
    from pipeline.reading import read_input
    from pipeline.shards import rows

    def straight(data: bytes) -> list[str]:
        """What a worker of a cluster reads."""
        return [place for place, _ in rows(str(path), data)]

    def check(data: bytes) -> object:
        path.write_bytes(data)
        inputs, errors = find_inputs([path])
        said = _told(lambda: straight(data))
        if not errors:
            assert len(said) == len(inputs)
        docs = [_told(lambda item=item: read_input(item)) for item in inputs]
        return [*map(str, errors), *((d.doc_id, d.text, d.given) if isinstance(d, Document) else d for d in docs)]

    return Target((seed,), mutate, check)


def _metadata(folder: Path) -> Target:
    from pipeline.metadata import read_metadata
    from pipeline.stages import process, select

    path = folder / "given.meta.json"
    seed = {
        "title": "政府工作报告",
        "date": "2024-02-08",
        "issuer": "某市人民政府",
        "region": "山西省大同市",
        "genre": "报告",
    }

    def check(data: bytes) -> object:
        path.write_bytes(data)
        given = _told(lambda: read_metadata(path))
        if isinstance(given, tuple):
            return given
        doc = process(Document(PROSE, given=given), select(["claims"]))
        return given, doc.claims

    return Target((json.dumps(seed).encode(), b"{}"), mutation.mutate_json, check, scales=False)


def _settings(folder: Path) -> Target:
    from pipeline.settings import Settings, help_for, load_settings

    path = folder / "gongbao.toml"
    values = {name: getattr(Settings(), name) for name in Settings.__dataclass_fields__ if name != "only"}
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    seed = "\n".join([*lines, 'only = ["claims"]']).encode()

    def check(data: bytes) -> object:
        path.write_bytes(data)
        settings = _told(lambda: load_settings(path))
        if isinstance(settings, Settings):
            assert settings.processes >= 1
            _told(lambda: settings.limits)
        return repr(settings)

    assert help_for("corpus")
    return Target((seed, *(line.encode() for line in lines)), mutation.mutate_bytes, check)


def _extensions() -> Target:
    from pipeline.extensions.checking import check as check_all
    from pipeline.extensions.content import Extensions, Part, use
    from pipeline.stages import process
    from tests.test_contract import GIVEN, check_offsets

    folder = Path(__file__).parents[2] / "examples" / "forestry" / "gongbao_forestry"
    seeds = tuple((folder / name).read_bytes() for name in ("words.toml", "rules.toml"))

    def check(data: bytes) -> object:
        text = data.decode(errors="replace")
        use(Extensions((Part("own", "own.toml", text),)))
        try:
            told = _told(check_all)
            if told is None:
                doc = process(Document("由市林长办签发市第3号林长令，育林3垧。" + text[:300], given=GIVEN))
                check_offsets(doc)
                told = doc.claims, doc.slogans, doc.entities
            return told
        finally:
            use(Extensions())

    return Target(seeds, _mutate_toml, check, scales=False, slow=True)


def _mutate_toml(rng: random.Random, data: bytes) -> bytes:
    """Return TOML with the value of a line changed, a line doubled, or some bytes."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    kind = rng.randrange(4)
    if kind == 0:
        return mutation.mutate_bytes(rng, data)
    if kind == 1:
        lines.insert(rng.randrange(len(lines)), lines[at])
    else:
        name = lines[at].partition(b"=")[0].strip() or b"name"
        value = json.dumps(rng.choice(mutation.VALUES), ensure_ascii=False)
        lines[at] = name + b" = " + value.encode(errors="replace")
    return b"\n".join(lines)


GOLD = {
    "claims": {
        "start": 9, "end": 17, "quote": "生产总值达到91", "value": "91240000000", "unit": "元", "comparator": "eq",
        "indicator": "地区生产总值", "kind": "level", "period": "2023", "region": "大同市", "status": "actual",
    },
    "slogans": {
        "start": 44, "end": 48, "quote": "三大高地", "type": "numeral_phrase", "canonical": "三大高地", "declared": 3,
        "members": [{"start": 50, "end": 54}],
    },
    "entities": {"start": 70, "end": 74, "quote": "市文旅局", "type": "org", "canonical": "大同市文化和旅游局"},
}  # fmt: skip


def _gold(folder: Path) -> Target:
    from pipeline.evaluation import evaluate
    from pipeline.settings import Settings
    from pipeline.training import gather

    where = folder / "annotated"
    where.mkdir()
    (where / "a.txt").write_text(PROSE, "utf-8")
    out = _finished(where / "a.txt", folder / "annotated-out")

    def check(data: bytes) -> object:
        for kind in GOLD:
            rows = [line for line in data.split(b"\n") if kind.encode() in line[:30]] or [data]
            (where / f"a.{kind}.gold.jsonl").write_bytes(b"\n".join(rows))
        scores = _told(lambda: [score.as_row() for score in evaluate(where, out, Settings())])
        return scores, _told(lambda: repr(gather([where], None)))

    lines = [json.dumps({"of": kind, **row}, ensure_ascii=False).encode() for kind, row in GOLD.items()]
    return Target((b"\n".join(lines), *lines), mutation.mutate_lines, check, scales=False, slow=True)


def _finished(text: Path, out: Path) -> Path:
    """Return `out` with the files of records of the text at `text`, as a run writes them."""
    from pipeline.reading import read_document
    from pipeline.stages import process
    from pipeline.writing import MANIFEST, FileSet, RecordFiles

    with FileSet(out) as files:
        RecordFiles(files).add(process(read_document(text, text.stem)))
        files.put(MANIFEST, b'{"versions": {"gongbao": "0"}}')
        files.commit()
    return out


def _run(folder: Path) -> Target:
    """The files of a run, read back: by the analyses, the review and SQL."""
    from pipeline.collection import load_run
    from pipeline.review.loading import read_run

    (folder / "told.txt").write_text(PROSE, "utf-8")
    out = _finished(folder / "told.txt", folder / "told-out")
    names = ("documents", "sentences", "claims", "slogans", "entities")
    whole = {name: (out / f"{name}.jsonl").read_bytes() for name in names}

    def check(data: bytes) -> object:
        name, _, lines = data.partition(b"\n")
        name = name.strip() if name.strip().decode(errors="replace") in names else b"claims"
        (out / f"{name.decode()}.jsonl").write_bytes(lines)
        try:
            return _told(lambda: len(load_run(out))), _told(lambda: read_run(out)[1])
        finally:
            (out / f"{name.decode()}.jsonl").write_bytes(whole[name.decode()])

    return Target(
        tuple(name.encode() + b"\n" + lines for name, lines in whole.items()),
        mutation.mutate_lines,
        check,
        scales=False,
    )


def _corpus(folder: Path) -> Target:
    """A document of the corpus: its text, its metadata, and where it says that it came from."""
    from pipeline.corpus.check import check as check_corpus
    from pipeline.corpus.store import Corpus, Entry, provenance_of, valid_name
    from pipeline.document import Metadata

    corpus = Corpus(folder / "corpus")
    origin = provenance_of(PROSE.encode(), PROSE, "a.txt", format="text", encoding="utf-8", remarks=("甲",))
    entry = Entry(
        name="a", text=PROSE, data=PROSE.encode(), suffix=".txt", metadata=Metadata(date="2024"), provenance=origin
    )
    corpus.put(entry)
    files = {name: (corpus.root / "a" / name).read_bytes() for name in ("a.provenance.json", "a.meta.json", "a.txt")}

    def check(data: bytes) -> object:
        name, _, content = data.partition(b"\n")
        told = name.decode(errors="replace")
        file = told if told in files else "a.provenance.json"
        (corpus.root / "a" / file).write_bytes(content)
        try:
            found = _told(lambda: [repr(problem) for problem in check_corpus(corpus)])
            return found, _told(lambda: valid_name(told)), _told(lambda: [row.name for row in corpus.rows()])
        finally:
            (corpus.root / "a" / file).write_bytes(files[file])

    seeds = tuple(name.encode() + b"\n" + content for name, content in files.items())

    def mutate(rng: random.Random, data: bytes) -> bytes:
        name, _, content = data.partition(b"\n")
        if rng.random() < 0.1:
            name = mutation.mutate_bytes(rng, name)
        return name + b"\n" + mutation.mutate_json(rng, content)

    return Target(seeds, mutate, check, scales=False)


def _models(folder: Path) -> Target:
    from importlib.resources import files

    from pipeline.confidence import rescore
    from pipeline.stages import process
    from pipeline.versions import _POINTER, models_in_use

    where = folder / "models"
    where.mkdir()
    shipped = json.loads((files("models") / "confidence.json").read_bytes())
    seed = json.dumps({"number": 1, "told": "甲", "models": shipped.get("models", shipped)}).encode()

    def check(data: bytes) -> object:
        number = data.split(b"\n")[0] if data[:1] != b"{" else b"1"
        (where / _POINTER).write_bytes(number)
        (where / "confidence-0001.json").write_bytes(data)
        models = _told(lambda: models_in_use(where))
        if isinstance(models, dict):
            doc = process(Document(mutation.SENTENCES[0]))
            rescore(doc, models)
            assert all(0 <= claim.confidence <= 1 for claim in doc.claims)
        return repr(models)

    return Target((seed, b"1\n", b"0"), mutation.mutate_json, check, scales=False)


# --- texts --------------------------------------------------------------------------------------


def _mutate_text(rng: random.Random, data: bytes) -> bytes:
    if rng.random() < 0.6:
        return mutation.make_text(rng).encode()
    return mutation.mutate_text(rng, data.decode(errors="replace")).encode()


TEXTS = tuple(sentence.encode() for sentence in mutation.SENTENCES)


def _text_of(data: bytes) -> str:
    """Return the text that `data` is when it has been read from a file."""
    return data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def _quantities() -> Target:
    from pipeline import find_quantities

    def check(data: bytes) -> object:
        text = _text_of(data)
        found = list(find_quantities(text))
        for quantity in found:
            assert text[quantity.start : quantity.end] == quantity.quote != ""
        return found

    return Target(TEXTS, _mutate_text, check)


def _periods() -> Target:
    import datetime

    from pipeline import find_periods

    days = (datetime.date(2024, 2, 29), datetime.date.min, datetime.date.max)

    def check(data: bytes) -> object:
        text = _text_of(data)
        found = [list(find_periods(text, day)) for day in days]
        for period in (period for some in found for period in some):
            assert text[period.start : period.end] == period.quote != ""
            assert period.first is None or period.last is None or period.first <= period.last, period
        return found

    return Target(TEXTS, _mutate_text, check)


def _stages(name: str, only: tuple[str, ...]) -> Target:
    from pipeline.stages import process, select
    from tests.test_contract import GIVEN, check_offsets

    stages = select(only)

    def check(data: bytes) -> object:
        text = _text_of(data)
        doc = process(Document(text, given=GIVEN if len(text) % 3 else None), stages)
        assert doc.text == text
        check_offsets(doc)
        return [getattr(doc, stage.assigns) for stage in stages]

    assert name
    return Target(TEXTS, _mutate_text, check)


def _analyses() -> Target:
    """What is made of all texts together: keywords, audit, promises, report."""
    from pipeline.analyses import analyse
    from pipeline.report import Report
    from pipeline.stages import process
    from tests.test_contract import GIVEN

    def check(data: bytes) -> object:
        text = _text_of(data)
        half = len(text) // 2
        docs = [
            process(Document(part, doc_id=str(number), given=GIVEN))
            for number, part in enumerate((text[:half], text[half:]))
        ]
        report = Report(docs, analyse(docs), "0", "zh")
        page = report.html()
        assert not re.search(r"<(?:script|img)[^>]*alert", page)
        return page, report.markdown(), report.workbook(), report.json()

    return Target((PROSE.encode(), *TEXTS), _mutate_text, check, scales=False, slow=True)


def _search() -> Target:
    from pipeline.search import Index
    from pipeline.stages import process

    index = Index([process(Document(PROSE, doc_id="a")), process(Document("ABC 12%\n（甲）乙", doc_id="b"))])

    def check(data: bytes) -> object:
        words = _text_of(data)
        hits = _told(lambda: [repr(hit) for hit in index.find(words, limit=20)])
        return hits, _told(lambda: [repr(line) for line in index.kwic(words, limit=20)])

    return Target((*TEXTS, b'"a" OR b*', b"NEAR(a b)"), _mutate_text, check)


def _selectors() -> Target:
    """What stands on the command line: documents, columns, dates, numbers of versions."""
    from pipeline.corpus.adding import _iso
    from pipeline.corpus.store import valid_name
    from pipeline.document import Metadata
    from pipeline.ingest.tables import parse_columns
    from pipeline.keyness import select_documents
    from pipeline.metadata import check_date, known_metadata
    from pipeline.review.exchange.formats import format_of
    from pipeline.settings import Settings
    from pipeline.stages import select
    from pipeline.trends import slogan_trend, term_trend

    docs = [Document("", doc_id="a-2023", given=Metadata(date="2023", issuer="某市人民政府"))]

    def check(data: bytes) -> object:
        text = _text_of(data)
        return [
            _told(lambda: len(select_documents(docs, text))),
            _told(lambda: parse_columns([text])),
            _told(lambda: check_date(text)),
            _told(lambda: repr(known_metadata(Metadata(), date=_iso("date", text)))),
            _told(lambda: valid_name(text)),
            _told(lambda: format_of(Path("a"), text).name),
            _told(lambda: len(select([text]))),
            _told(lambda: repr(Settings(ner=text))),  # type: ignore[arg-type]
            _told(lambda: repr(term_trend(docs, text))),
            _told(lambda: repr(slogan_trend(docs, text))),
        ]

    seeds = (
        "year:2010-2015",
        "issuer:某市",
        "a-*,b",
        "text=正文",
        "2024-02-08",
        "2024/2/8 00:00:00",
        "excel",
        "claims",
    )
    return Target(tuple(seed.encode() for seed in seeds), _mutate_text, check)


# --- queries and review -------------------------------------------------------------------------

QUERIES = (
    "SELECT indicator, sum(value) AS s FROM claims WHERE unit = '元' GROUP BY indicator ORDER BY s DESC LIMIT 5",
    "SELECT d.title, s.canonical FROM slogans s JOIN documents d USING (doc_id) WHERE len(s.members) > 1",
    "FROM entities SELECT type, count(*) GROUP BY ALL",
    "PIVOT claims ON status USING count(*) GROUP BY indicator",
    "WITH t AS (SELECT * FROM tokens) SELECT pos, count(*) FROM t GROUP BY 1",
    "SHOW TABLES",
    "SELECT * FROM read_text('SECRET')",
    "SELECT * FROM read_csv('SECRET', header = false)",
    "SELECT * FROM 'SECRET'",
    "SELECT * FROM glob('SECRET*')",
    "COPY claims TO 'WRITTEN'",
    "SELECT 1; ATTACH 'WRITTEN' AS w; CREATE TABLE w.t AS FROM claims",
    "EXPORT DATABASE 'WRITTEN'",
    "INSTALL httpfs",
    "SET enable_external_access = true",
    "SELECT getenv('HOME'), current_setting('enable_external_access')",
    "CALL pragma_version()",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'WRITTEN'",
    "SELECT * FROM sniff_csv('SECRET')",
    "SELECT query FROM query('COPY claims TO ''WRITTEN''')",
    "SELECT * FROM claims, (FROM read_blob('SECRET')) AS s",
    "PRAGMA database_list",
)


def _query(folder: Path) -> Target:
    from pipeline.query import as_csv, as_json, query

    (folder / "asked.txt").write_text(PROSE, "utf-8")
    out = _finished(folder / "asked.txt", folder / "asked-out")
    secret = folder / "secret.csv"
    secret.write_text("geheimnis\n", "utf-8")
    inside = folder / "written"
    inside.mkdir()
    before = sorted(path.name for path in folder.rglob("*"))

    def check(data: bytes) -> object:
        sql = _text_of(data).replace("SECRET", str(secret)).replace("WRITTEN", str(inside / "w"))
        answer = _told(lambda: query(out, sql))
        assert not list(inside.iterdir())
        if isinstance(answer, tuple):
            return answer[0]
        written = as_csv(answer) + as_json(answer)
        assert b"geheimnis" not in written
        return len(answer.rows)

    def mutate(rng: random.Random, data: bytes) -> bytes:
        words = data.decode(errors="replace").split(" ")
        at = rng.randrange(len(words))
        kind = rng.randrange(6)
        if kind == 0:
            other = rng.choice(QUERIES).split(" ")
            start = rng.randrange(len(other))
            words[at:at] = other[start : start + rng.randrange(1, 6)]
        elif kind == 1:
            words.pop(at)
        elif kind == 2:
            words = ["SELECT", "*", "FROM", "(", *words, ")"]
        elif kind == 3:
            words[at] = rng.choice((";", "--", "/*", "$$", "'", '"', ",", "NULL", "claims", "1e400", "{'a': 1}", "[1]"))
        elif kind == 4:
            words = [*words, rng.choice((";", "UNION ALL", "LIMIT")), *rng.choice(QUERIES).split(" ")]
        else:
            words[at] = mutation.mutate_text(rng, words[at])
        return " ".join(words).encode()[:4000]

    assert before
    return Target(tuple(sql.encode() for sql in QUERIES), mutate, check, scales=False, slow=True)


def _typed() -> Target:
    import datetime

    from pipeline.review.fields import FIELDS
    from pipeline.review.typed import read_typed

    fields = [(kind, field.name) for kind, of in FIELDS.items() for field in of]

    def check(data: bytes) -> object:
        text = _text_of(data)
        return [_told(lambda k=k, n=n: read_typed(k, n, text, datetime.date(2024, 2, 8))) for k, n in fields]

    seeds = ("874.3亿元", "去年上半年", "约3万", "6%－7%", "1+4+N", "3", "2016/2020", "甲、乙")
    return Target(tuple(seed.encode() for seed in seeds), _mutate_text, check)


def _reviewed(path: Path) -> Any:
    from pipeline.review.database import open_database
    from pipeline.review.loading import load
    from tests.test_review_core import document

    database = open_database(str(path))
    load(database, [document()], "gongbao test")
    return database


def _server(folder: Path) -> Target:
    """Every address of the review with a body, a method and a query of its own; none may be answered with 500."""
    from starlette.testclient import TestClient

    from pipeline.review.queue import Filters, find
    from pipeline.review.server import Served, make_app
    from tests.test_review_server import ORIGIN

    database = _reviewed(folder / "served.sqlite3")
    app = make_app(database, Served(token="secret", name="甲", port=8317))
    client = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    client.get("/?token=secret")
    (csrf,) = re.findall('<meta name="csrf" content="([^"]+)">', client.get("/").text)
    client.headers.update({"X-CSRF-Token": csrf, "Origin": ORIGIN})
    items = find(database, Filters())
    claim = next(item for item in items if item.kind == "claims")
    decision = {
        "action": "correct", "item_id": claim.id, "seen": claim.version, "fields": {"period": "2022", "value": "12.5"},
        "span": [20, 24], "text": "再看", "request": "r1",
    }  # fmt: skip
    added = {"action": "add", "doc_id": "qingchuan", "kind": "entities", "span": [2, 4], "fields": {"type": "place"}}
    requests: list[dict[str, Any]] = [
        {"method": "POST", "path": "/api/decisions", "body": {"decision": decision, "filters": {"kind": "claims"}}},
        {"method": "POST", "path": "/api/decisions", "body": {"decision": added, "order": "text"}},
        {"method": "POST", "path": "/api/decisions", "body": {"decision": {"action": "accept", "item_id": claim.id}}},
        {"method": "POST", "path": "/api/undo", "body": {"event_id": 1, "request": "r2"}},
        {"method": "POST", "path": "/api/redo", "body": {}},
        {
            "method": "POST",
            "path": "/api/typed",
            "body": {"doc_id": "qingchuan", "kind": "claims", "field": "value", "typed": "874.3亿元"},
        },
        {"method": "POST", "path": "/api/name", "body": {"reviewer": "乙"}},
        {"method": "POST", "path": "/api/sign-in", "body": {"reviewer": "甲", "password": "x"}},
        {
            "method": "GET",
            "path": "/api/queue",
            "query": {"kind": "claims", "offset": "0", "limit": "5", "order": "text"},
        },
        {"method": "GET", "path": "/api/queue", "query": {"state": "open", "rule": "at", "min_confidence": "0.2"}},
        {"method": "GET", "path": "/api/next", "query": {"after": claim.id, "type": "org"}},
        {"method": "GET", "path": f"/api/items/{claim.id}", "query": {}},
        {"method": "GET", "path": "/api/documents/qingchuan", "query": {"start": "12"}},
        {"method": "GET", "path": "/document/qingchuan", "query": {"item": claim.id}},
        {"method": "GET", "path": "/api/start", "query": {"lang": "en"}},
    ]

    def check(data: bytes) -> object:
        try:
            sent = json.loads(data)
            method, path = str(sent.get("method")).upper(), str(sent.get("path"))
        except (ValueError, AttributeError, RecursionError):
            sent, method, path = {"body": None}, "POST", "/api/decisions"
        path = re.sub(r"[\x00-\x20\x7f-\x9f]", "_", path)[:2000]
        if not re.fullmatch("[A-Z]{1,10}", method) or path[:1] != "/" or path[:2] == "//" or "sign-out" in path:
            method, path = "POST", "/api/decisions"
        body = sent.get("body")
        content = data if body is None else json.dumps(body).encode()
        query = sent.get("query")
        parameters = {str(k): str(v) for k, v in query.items()} if isinstance(query, dict) else None
        answer = client.request(method, path, content=content, params=_sendable(parameters))
        assert answer.status_code < 500, answer.status_code
        return answer.status_code if method == "GET" else None

    seeds = tuple(json.dumps(request, ensure_ascii=False).encode() for request in requests)
    return Target(seeds, mutation.mutate_json, check, scales=False)


def _sendable(parameters: dict[str, str] | None) -> dict[str, str] | None:
    """Return `parameters` without what an address cannot hold."""
    return parameters and {k: v.encode(errors="replace").decode()[:2000] for k, v in parameters.items()}


def _import(folder: Path, name: str) -> Target:
    """A file of a review that comes back from another program."""
    from pipeline.review.exchange.entries import collect
    from pipeline.review.exchange.formats import FORMATS
    from pipeline.review.exchange.taking import take

    database = _reviewed(folder / f"{name}.sqlite3")
    form = next(form for form in FORMATS if form.name == name)
    path = folder / f"import-{name}{form.suffix}"
    form.write(collect(database), path, "zh")
    if not form.suffix:
        lines = next(path.glob("*.claims.gold.jsonl"))
        seeds = tuple(file.read_bytes() for file in sorted(path.glob("*.gold.jsonl")))
    else:
        lines, seeds = path, (path.read_bytes(),)
    mutate = {"excel": mutation.mutate_zip, "csv": mutation.mutate_bytes, "gold": mutation.mutate_lines}.get(
        name, mutation.mutate_json
    )
    if name == "spacy":
        mutate = _mutate_docbin

    def check(data: bytes) -> object:
        lines.write_bytes(data)
        rows = _told(lambda: list(form.read(path)))
        if isinstance(rows, tuple):
            return rows
        return repr(rows), _told(lambda: repr(take(database, rows, "乙", dry_run=True)))

    return Target(seeds, mutate, check, scales=False)


def _mutate_docbin(rng: random.Random, data: bytes) -> bytes:
    """Return a DocBin with something of its packed message changed, or its own bytes."""
    import zlib

    try:
        return zlib.compress(mutation.mutate_bytes(rng, zlib.decompress(data)))
    except zlib.error:
        return mutation.mutate_bytes(rng, data)


# --- what is told -------------------------------------------------------------------------------


def _told(read: Callable[[], Any]) -> Any:
    """Return what `read` returns, or the one line that it tells users."""
    try:
        return read()
    except GongbaoError as error:
        message = str(error)
        assert message.strip(), "an error without words"
        assert "\n" not in message.strip(), f"more than a line: {message!r}"
        return (type(error).__name__, message)


def _of_library(read: Callable[[], Any]) -> Any:
    """Return what `read` returns; None where a library, not gongbao, breaks over a file.

    A process of its own reads such files (`pipeline.ingest.sandbox`), and whatever a library raises is told there.
    """
    try:
        return read()
    except (GongbaoError, AssertionError, MemoryError):
        raise
    except Exception as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is None or "pipeline" in Path(trace.tb_frame.f_code.co_filename).parts:
            raise
        return None
