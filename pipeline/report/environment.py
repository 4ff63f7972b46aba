"""The templates, and what they pack."""

import base64
import zlib
from functools import cache

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.markup import unbroken
from pipeline.report.tables import Table


def pack(text: str) -> str:
    """Return `text` deflated (zlib form), in base64."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def pack_rows(table: Table) -> str:
    """Return the rows of `table` packed: a JSON list of rows, a cell its HTML or a list of HTML and sort key."""
    rows = [
        [str(html) if cell.key is None else [str(html), cell.key] for cell in row for html in (cell.__html__(),)]
        for row in table.rows
    ]
    return pack(msgspec.json.encode(rows).decode())


@cache
def templates() -> Environment:
    """Return the environment that the templates are rendered in."""
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.filters["pack"] = lambda table: Markup(pack_rows(table))
    return environment
