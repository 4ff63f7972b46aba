"""The templates."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report.markup import unbroken


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
    return environment
