"""The page of the public interface, docs/api.md, made of the docstrings: `python scripts/api_page.py` prints it.

`make golden` writes it; a test holds it to the code.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import msgspec

import pipeline

HEAD = """# The public interface

Written by `make golden` from the code. All of it is imported from `pipeline`; what is not on this page may change with
any release.

"""
_ROLE = re.compile(r":(?:mod|class|meth|attr|func):`([^`]+)`")


def page() -> str:
    """Return the page: functions first, then what they take and give, then errors."""
    public = {name: getattr(pipeline, name) for name in pipeline.__all__ if name != "__version__"}
    functions = {name: value for name, value in public.items() if inspect.isfunction(value)}
    classes = {name: value for name, value in public.items() if inspect.isclass(value)}
    errors = {name: value for name, value in classes.items() if issubclass(value, Exception)}
    records = {name: value for name, value in classes.items() if issubclass(value, msgspec.Struct)}
    others = {name: value for name, value in classes.items() if name not in errors and name not in records}
    parts = [HEAD]
    for title, members in (
        ("Functions", functions),
        ("Documents", others),
        ("Records and metadata", records),
        ("Errors", errors),
    ):
        parts.append(f"## {title}\n\n")
        parts += [_described(name, value) for name, value in members.items()]
    return "".join(parts).rstrip() + "\n"


def _described(name: str, value: Any) -> str:
    lines = [f"### `{name}`", ""]
    if inspect.isfunction(value):
        lines += [_signature(name, value), ""]
    lines += [_text(value), ""]
    if inspect.isclass(value) and issubclass(value, msgspec.Struct):
        lines += ["| field | type | default | what |", "| --- | --- | --- | --- |"]
        comments = _comments(value)
        for field in msgspec.structs.fields(value):
            default = "" if field.required else f"`{field.default!r}`"
            kind = _plain(field.type).replace("|", r"\|")
            lines.append(f"| `{field.encode_name}` | `{kind}` | {default} | {comments.get(field.name, '')} |")
        lines.append("")
    elif inspect.isclass(value) and not issubclass(value, Exception):
        lines += [_signature(name, value), ""]
        for key, member in vars(value).items():
            if key.startswith("_"):
                continue
            if isinstance(member, property):
                lines += [f"- `{key}`: {_first_line(member.fget)}"]
            elif inspect.isfunction(member):
                lines += [f"- `{key}{_arguments(member)}`: {_first_line(member)}"]
        lines.append("")
    return "\n".join(lines) + "\n"


def _signature(name: str, value: Any) -> str:
    return f"```python\n{name}{_arguments(value)}\n```"


def _arguments(value: Any) -> str:
    signature = inspect.signature(value)
    kept = [
        parameter.replace(annotation=parameter.annotation)
        for parameter in signature.parameters.values()
        if parameter.name != "self"
    ]
    return _plain(signature.replace(parameters=kept))


def _plain(kind: object) -> str:
    shown = kind.__name__ if inspect.isclass(kind) and not hasattr(kind, "__args__") else str(kind)
    return re.sub(r"\b(?:pipeline|collections|pathlib|datetime|decimal|typing|spacy)\.(?:\w+\.)*(?=\w)", "", shown)


def _text(value: Any) -> str:
    text = inspect.getdoc(value) or ""
    return _ROLE.sub(lambda match: f"`{match[1].removeprefix('pipeline.')}`", text)


def _first_line(value: Any) -> str:
    return _text(value).partition("\n")[0]


def _comments(kind: type) -> dict[str, str]:
    """Return what stands in ``#:`` behind the fields of a class and of those that it inherits from."""
    found: dict[str, str] = {}
    for owner in reversed(kind.__mro__):
        if owner.__module__.startswith("pipeline"):
            found |= dict(_commented(owner))
    return found


def _commented(owner: type) -> Iterator[tuple[str, str]]:
    source = textwrap.dedent(inspect.getsource(owner))
    lines = source.splitlines()
    (body,) = ast.parse(source).body
    for statement in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            _, mark, comment = lines[statement.lineno - 1].partition("#: ")
            if mark:
                yield statement.target.id, comment


if __name__ == "__main__":
    print(page(), end="")
