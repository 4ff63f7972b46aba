"""Errors that gongbao raises for its users to read.

GongbaoError                 anything a user can act on; the CLI prints its one line and exits
├── InputError               a text, file or folder that cannot be read
│   └── StorageError         what a store of files says of itself, not of what is in it; another try may go well
├── MetadataError            metadata that is malformed (a date in the wrong form, an unknown key)
├── SettingsError            a setting that does not exist or cannot have that value
├── ReviewError              a decision that cannot be taken as it was sent
│   └── StaleError           somebody else, or another extraction, has changed the record meanwhile
└── DataError                one of gongbao's own data files is malformed

A message says where, what, and what to do about it. It is one line, whatever it quotes.
"""

import re

_NO_LETTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)  # break or turn a line, steer a terminal, or are in no UTF-8


class GongbaoError(Exception):
    """Something went wrong that the user can act on."""

    def __str__(self) -> str:
        return _NO_LETTERS.sub(lambda match: match[0].encode("unicode_escape").decode(), super().__str__())


class InputError(GongbaoError):
    """A text, file or folder cannot be read."""


class StorageError(InputError):
    """A file cannot be reached, read or written where it lies."""


class MetadataError(GongbaoError):
    """What is said about a text is malformed."""


class SettingsError(GongbaoError):
    """A setting is unknown or has an impossible value."""


class DataError(GongbaoError):
    """A lexicon or rule file is malformed."""


class ReviewError(GongbaoError):
    """A decision of a reviewer cannot be taken as it was sent.

    `key` and `values` let a page say it in its own language.
    """

    def __init__(self, message: str, key: str = "", **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = values


class StaleError(ReviewError):
    """A decision is about a record that has changed since its reviewer saw it."""
