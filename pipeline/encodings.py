r"""Bytes to text: the encoding found, line ends made `\n`, nothing else changed.

The encoding is found by one rule, in this order:

1. A byte-order mark says UTF-8, UTF-16 or UTF-32.
2. A file with NUL bytes is UTF-16, if one of its byte orders gives Chinese text, and binary otherwise.
3. What is valid UTF-8 is UTF-8.
4. What the page or its sender declares, if it is valid as that and reads as Chinese.
5. What is valid GB18030 (which holds GBK and GB2312) and reads as Chinese is GB18030, unless it is valid Big5 and
reads as
   Chinese with more common characters in that.
6. What is valid UTF-16 without NUL bytes, and reads as Chinese in one of the byte orders.
7. Everything else is an error.
"""

import codecs

from pipeline.errors import InputError
from pipeline.regex import Regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = Regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = Regex(r"[\u3400-\u9fff]")
_SCRAMBLED = Regex(r"[\ue000-\uf8ff\u3100-\u312f]")  # what the wrong codec makes of bytes
#: Characters that make up about a fifth of any modern Chinese text; what is decoded wrongly has next to none of them.
_COMMON = Regex(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "這個為國時來們對會發動過說產種後學經業進與萬實關區市]"
)
_COMMON_SHARE = 0.05
_NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_CHINESE = ("gb18030", "big5hkscs")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text that `data` holds and the name of its encoding, by the rule above; raises InputError.

    `declared` is the encoding that the page or its sender names; one that is unknown or wrong is passed over.
    """
    text, encoding = _decode(data, declared)
    return clean(text, "file"), encoding


def clean(text: str, what: str) -> str:
    """Return `text`, which stands in a `what`, with one sort of line ends; InputError for nothing, and for no text."""
    if not text.replace("\ufeff", "").strip():
        raise InputError(f"empty {what}")
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise InputError(f"binary {what}, not a text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    """Return the text that `data` holds in `encoding`, which its user names; raises InputError where it does not."""
    try:
        name = codecs.lookup(_NAMES.get(encoding.lower(), encoding)).name
        text = data.decode(name)
    except LookupError as error:
        raise InputError(f"no encoding is called {encoding!r}") from error
    except UnicodeError as error:
        raise InputError(f"not {encoding}: {error}") from error
    if not text.replace("\ufeff", "").strip():
        raise InputError("empty file")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is None:
                raise InputError(f"begins with the byte-order mark of {encoding.upper()} but is not")
            return text, encoding
    if b"\0" in data:
        found = _best(data, ("utf-16-le", "utf-16-be"))
        if found is None or _CONTROL.search(found[0]):
            raise InputError("binary file, not a text")
        return found
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    named = _NAMES.get((declared or "").strip().lower(), (declared or "").strip().lower())
    found = (
        (_best(data, (named,)) if named else None) or _best(data, _CHINESE) or _best(data, ("utf-16-le", "utf-16-be"))
    )
    if found is None:
        raise InputError(
            "unknown encoding: neither UTF-8, UTF-16, GB18030 nor Big5, or damaged; "
            "save it as UTF-8 or name it with --encoding"
        )
    return found


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _best(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the text in the one of `encodings` in which it reads best as Chinese, if it does in any."""
    found, most = None, 0.0
    for encoding in encodings:
        text = _strictly(data, encoding)
        if text is None:
            continue
        sample = text[:200_000]
        han = len(_HAN.findall(sample))
        share = (len(_COMMON.findall(sample)) - len(_SCRAMBLED.findall(sample))) / max(han, 1)
        if han and share >= max(_COMMON_SHARE, most * 1.0001):
            found, most = (text, encoding), share
    return found
