"""How inputs are made: texts of what government texts are made of, and files that are nearly right."""

import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tests.test_contract import FRAGMENTS

T = TypeVar("T", str, bytes)
Mutator = Callable[[random.Random, bytes], bytes]

SENTENCES = (
    "2023年，全市地区生产总值达到912.4亿元，增长6.1%，高于全省平均水平0.9个百分点。",
    "我们要打造“三大高地”，一是人才高地，二是创新高地，三是开放高地。",
    "市文旅局牵头实施《全域旅游发展规划（2021—2025年）》，完成投资3000多万元。",
    "粮食产量由2019年的11.2亿斤提高到2023年的12.5亿斤，三次产业结构为5.1∶43.2∶51.7。",
    "坚持“一核两翼”布局，建成“四好农村路”1200公里，惠及56个乡镇、78.5万人。",
    "今年的主要目标是：外贸总额增长6%左右，城镇调查失业率不高于5.4%。",
)
AWKWARD = (
    *("（", "）", "“", "”", "《", "》", "‘", "’", "【", "】", "「", "〔", "(", "[", "{", "<", ">", "&", '"', "'"),
    *("\0", "\x01", "\x07", "\x1b[31m", "\x7f", "\x85", "\r", "\r\n", "\u2028", "\u2029", "\v", "\f", "\x1c"),
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\ufe0f", "\u0301", "\U000e0041"),
    *("𠮷", "𪚥", "👨‍👩‍👧", "\U0010ffff", "\ue000", "\uf8ff", "\ufffe", "\uffff", "ﬁ", "㎡", "㍿", "½", "Ⅻ", "①"),
    *("０", "٣", "९", "一", "〇", "零", "两", "廿", "万", "亿", "兆", "％", "‰", "℃", "．", "·", "∶", "／", "～", "—"),
    *(
        "9" * 40,
        "0" * 30,
        "1,234,567",
        "1e9",
        "-0",
        "--",
        "+",
        "0.0.0",
        "..",
        "年",
        "月",
        "日",
        "第",
        "第0",
        "13月",
        "99年",
    ),
    *(
        "0000年",
        "9999年",
        "10000年",
        "2月30日",
        "零点零",
        "百分之",
        "百分之百亿",
        "亿万",
        "万亿万亿",
        "十十",
        "点",
        "几",
        "多",
    ),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**40, 1.5, -0.0, 1e308),
    *("", " ", "\0", "a", "NaN", "2024", "2024-02-30", "../../etc/passwd", "𠮷\u200b", "x" * 3000, "9" * 400),
    *([], {}, [[]], [None], {"": None}, {"start": -1, "end": 10**20}, [0, 0], "\n", "=1+1", "1/0", "<b>"),
)
MAGIC = (
    *(b"\0", b"\xff", b"\xfe", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\r\n", b"\x1a"),
    *(b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PAR1", b"GIF8", b"<?xml", b"<html"),
    *(b"\x81\x30\x81\x30", b"\x84\x31\xa4\x37", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"]]>", b"&#0;"),
    *(b"&#xD800;", b"<!--", b"<![CDATA[", b"\xff" * 8, b"\0" * 8, b"1e999", b"-", b"/../", b"\\ud800", b"\\u0000"),
)
_LONGEST = 20_000


def make_text(rng: random.Random) -> str:
    """Return a text of whole sentences and of their parts, with what readers stumble over in between."""
    pieces = []
    for _ in range(rng.randrange(1, 25)):
        kind = rng.random()
        if kind < 0.15:
            pieces.append(rng.choice(SENTENCES))
        elif kind < 0.3:
            sentence = rng.choice(SENTENCES)
            start = rng.randrange(len(sentence))
            pieces.append(sentence[start : start + rng.randrange(1, 20)])
        elif kind < 0.8:
            pieces.append(rng.choice(FRAGMENTS))
        elif kind < 0.96:
            pieces.append(rng.choice(AWKWARD))
        else:
            pieces.append(rng.choice((*FRAGMENTS, *AWKWARD)) * rng.randrange(2, 60))
    text = "".join(pieces)
    while rng.random() < 0.3:
        text = mutate_text(rng, text)
    return text[:_LONGEST]


def mutate_text(rng: random.Random, text: str) -> str:
    """Return `text` with one thing changed."""
    start, end = _range(rng, len(text))
    part = text[start:end]
    kind = rng.randrange(8)
    if kind == 0:
        part = ""
    elif kind == 1:
        part *= rng.choice((2, 3, 10, 100))
    elif kind == 2:
        part = part[::-1]
    elif kind == 3:
        part = rng.choice(SENTENCES)
    elif kind == 4:
        opening, closing = rng.choice(("（）", "“”", "《》", "[]", "{}", "()"))
        depth = rng.choice((1, 2, 5, 50))
        part = opening * depth + part + closing * rng.choice((0, depth))
    elif kind == 5:
        part += rng.choice(AWKWARD)
    elif kind == 6:
        part = rng.choice(FRAGMENTS)
    else:
        part = "".join(rng.choice((character, rng.choice(AWKWARD))) for character in part[:20])
    return (text[:start] + part + text[end:])[:_LONGEST]


def mutate_bytes(rng: random.Random, data: bytes) -> bytes:
    """Return `data` with one thing changed, blindly or as the text that it may be."""
    if rng.random() < 0.5:
        return mutate_text(rng, data.decode(errors="replace")).encode()
    start, end = _range(rng, len(data))
    kind = rng.randrange(6)
    if kind == 0:
        return data[:start] + data[end:]
    if kind == 1:
        return data[:start]
    if kind == 2:
        return data[:start] + bytes(rng.randrange(256) for _ in range(min(end - start, 64))) + data[end:]
    if kind == 3:
        return data[:start] + rng.choice(MAGIC) + data[rng.choice((start, end)) :]
    if kind == 4:
        return data[:end] + data[start:]
    changed = bytearray(data)
    if changed:
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def mutate_json(rng: random.Random, data: bytes) -> bytes:
    """Return JSON with one value, key or item changed; what is no JSON with some bytes changed."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return mutate_bytes(rng, data)
    if rng.random() < 0.1:
        return mutate_bytes(rng, data)
    if rng.random() < 0.02:
        depth = rng.choice((50, 500, 20_000))
        return b"[" * depth + data + b"]" * depth
    try:
        text = json.dumps(_changed(rng, value), ensure_ascii=rng.random() < 0.2)
    except RecursionError:
        return mutate_bytes(rng, data)
    return text.encode(errors="replace")


def mutate_lines(rng: random.Random, data: bytes) -> bytes:
    """Return JSON Lines with one line changed, doubled or taken away."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    kind = rng.randrange(6)
    if kind == 0:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif kind == 1:
        lines.pop(at)
    else:
        lines[at] = mutate_json(rng, lines[at])
    return b"\n".join(lines)


def mutate_zip(rng: random.Random, data: bytes) -> bytes:
    """Return a zip archive with one of its files changed, or its own bytes."""
    if rng.random() < 0.15:
        return mutate_bytes(rng, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:
        return mutate_bytes(rng, data)
    if not entries:
        return mutate_bytes(rng, data)
    at = rng.randrange(len(entries))
    name, content = entries[at]
    kind = rng.randrange(12)
    if kind == 0:
        entries.pop(at)
    elif kind == 1:
        entries.append(entries[at])
    elif kind == 2:
        entries[at] = (mutate_text(rng, name)[:60], content)
    else:
        entries[at] = (name, mutate_xml(rng, content))
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of two files under one name
        for name, content in entries:
            try:
                archive.writestr(name, content)
            except (ValueError, UnicodeError, OverflowError, IndexError):  # IndexError: a file without a name
                continue
    return out.getvalue()


def mutate_xml(rng: random.Random, data: bytes) -> bytes:
    """Return markup with a tag, an attribute's value or words changed."""
    text = data.decode(errors="replace")
    marks = [i for i, character in enumerate(text) if character in "<>\"'/= "]
    if not marks or rng.random() < 0.3:
        return mutate_bytes(rng, data)
    start = rng.choice(marks)
    after = [mark for mark in marks if mark > start] or [len(text)]
    end = rng.choice(after[:12])
    part = text[start:end]
    kind = rng.randrange(6)
    if kind == 0:
        part = ""
    elif kind == 1:
        part *= rng.choice((2, 20, 300))
    elif kind == 2:
        other = rng.choice(marks)
        part = text[other : other + rng.randrange(80)]
    elif kind == 3:
        part = part[:1] + str(rng.choice(VALUES)) + part[-1:]
    elif kind == 4:
        part = part[:1] + rng.choice(AWKWARD) + part[1:]
    else:
        part = part[:1] + rng.choice(FRAGMENTS) + part[-1:]
    return (text[:start] + part + text[end:]).encode(errors="replace")[:400_000]


def _changed(rng: random.Random, value: Any) -> Any:
    if rng.random() < 0.15:
        return rng.choice(VALUES)
    if isinstance(value, dict) and value:
        key = rng.choice(list(value))
        kind = rng.randrange(8)
        if kind == 0:
            return {name: item for name, item in value.items() if name != key}
        if kind == 1:
            return value | {rng.choice(AWKWARD): rng.choice(VALUES)}
        if kind == 2:
            return value | {key: value[rng.choice(list(value))]}
        return value | {key: _changed(rng, value[key])}
    if isinstance(value, list) and value:
        at = rng.randrange(len(value))
        kind = rng.randrange(6)
        if kind == 0:
            return value[:at] + value[at + 1 :]
        if kind == 1:
            return [*value, value[at]]
        return [*value[:at], _changed(rng, value[at]), *value[at + 1 :]]
    if isinstance(value, str):
        return mutate_text(rng, value) if rng.random() < 0.7 else rng.choice(VALUES)
    if isinstance(value, int) and not isinstance(value, bool):
        return rng.choice(
            (value + 1, value - 1, -value, value * 1000, str(value), value / 2 if abs(value) < 2**60 else 0.5)
        )
    return rng.choice(VALUES)


def _range(rng: random.Random, length: int) -> tuple[int, int]:
    start = rng.randrange(length + 1)
    return start, min(length, start + rng.choice((0, 1, 1, 2, 5, 20, 200)))


def choose(rng: random.Random, seeds: Sequence[T]) -> T:
    """Return one of `seeds`."""
    return seeds[rng.randrange(len(seeds))]
