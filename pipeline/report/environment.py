"""The templates."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.regex import Regex
from pipeline.report.markup import unbroken

_SPECIAL = Regex(r"[\\|<*_`]")


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
    environment.filters["in_markdown"] = in_markdown
    return environment


def in_markdown(text: str) -> str:
    r"""Return `text` as it stands in a line or a cell of Markdown.

    >>> in_markdown("a|b_c <d>")
    'a\\|b\\_c &lt;d>'
    """
    return _SPECIAL.sub(lambda char: "&lt;" if char[0] == "<" else f"\\{char[0]}", unbroken(text))
