"""Regular expressions that are compiled when they are first used.

The rules hold some seven hundred of them. To compile them all takes half a second; a text needs a third of them, and
many a command none. A test compiles every one, so that no wrong one waits for its first use.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import DataError
from pipeline.programs import compile_pattern


class Regex:
    """A pattern with the methods of `re.Pattern`.

    The first call of one compiles it and puts the compiled pattern's own methods in the place of these, so that the
    calls after it cost nothing more. A pattern of a data file has a `source`: its file and entry, which the DataError
    names that the first call raises if the pattern is wrong.
    """

    def __init__(self, pattern: str, flags: int = 0, *, source: str | None = None) -> None:
        self.pattern = pattern
        self.flags = flags
        self.source = source

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern."""
        try:
            pattern = compile_pattern(self.pattern, self.flags)
        except re.error as error:
            if self.source is None:
                raise
            at = error.pos or 0
            raise DataError(f"{self.source}: {error}: {self.pattern[max(0, at - 20) : at + 20]}") from error
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(pattern, method))
        return pattern

    def search(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match in `string[pos:endpos]`."""
        return self.compiled().search(string, pos, endpos)

    def match(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Match at `pos`."""
        return self.compiled().match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Match all of `string[pos:endpos]`."""
        return self.compiled().fullmatch(string, pos, endpos)

    def finditer(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches, as matches."""
        return self.compiled().finditer(string, pos, endpos)

    def findall(self, string: str, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        """Find all matches, as strings or tuples of groups."""
        return self.compiled().findall(string, pos, endpos)

    def split(self, string: str, maxsplit: int = 0) -> list[Any]:
        """Split `string` at the matches."""
        return self.compiled().split(string, maxsplit)

    def sub(self, repl: str | Callable[[re.Match[str]], str], string: str, count: int = 0) -> str:
        """Replace the matches in `string`."""
        return self.compiled().sub(repl, string, count)


def around(pattern: Regex, cue: Regex, string: str, *, reach: int, span: int) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern` that a `cue` stands in: looking for the cue is quicker.

    A match begins at most `reach` characters before the cue and ends at most `span` characters after its beginning.
    """
    done = 0
    for found in cue.finditer(string):
        at = found.start()
        if at >= done and (match := pattern.search(string, max(at - reach, done), at + span)):
            while match and match.end() <= at:
                match = pattern.search(string, match.end(), at + span)
            if match and match.start() <= at:
                done = match.end()
                yield match
