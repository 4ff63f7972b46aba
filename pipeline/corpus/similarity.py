"""How much of one text is in another: shingles, and sketches of them that find what is worth comparing.

A text's shingles are the runs of `SHINGLE` characters of its wording (letters, digits and Chinese characters). Its
sketch holds the hashes below a fixed bound, about one in `SCALE` (Broder 1997; "scaled MinHash", Irber et al. 2022):
unlike a sketch of fixed size it tells containment as well as resemblance, so that an excerpt is found in a text a
hundred times as long. Short texts keep more of their hashes.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.regex import Regex

SHINGLE = 8
SCALE = 32
_MINIMUM = 128  # hashes that a sketch holds at least, if the text has as many
VERSION_SHARE = 0.75  # shingles in common, of both texts together: another version of the text
EXCERPT_SHARE = 0.8  # shingles of the shorter text that are in the longer: an excerpt
REPORT_SHARE = 0.3  # of the shorter text: worth saying

Sketch = NDArray[np.uint64]
_WORDING = Regex("[^0-9A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_BOUND = np.uint64(2**64 // SCALE)
_FORMS = {0xFF01 + i: 0x21 + i for i in range(94)}


class Overlap(msgspec.Struct, frozen=True):
    """What a text has in common with the document `name`: shares of shingles."""

    name: str
    resemblance: float  #: of those of both
    of_new: float  #: of those of the new text
    of_old: float  #: of those of the document

    @property
    def link(self) -> str | None:
        """The field of the metadata that links the new text to the document: version_of, excerpt_of or none."""
        if self.resemblance >= VERSION_SHARE:
            return "version_of"
        return "excerpt_of" if self.of_new >= EXCERPT_SHARE and self.of_old < self.of_new else None

    def __str__(self) -> str:
        return f"{self.of_new:.0%} of it is in {self.name}, {self.of_old:.0%} of that is in it"


def shingles(text: str) -> Sketch:
    """Return the hashes of the shingles of `text`, each once, in order."""
    wording = _WORDING.sub("", text.translate(_FORMS))
    codes = np.frombuffer(wording.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - SHINGLE + 1, 1 if len(codes) else 0)
    hashes = np.zeros(count, dtype=np.uint64)
    for i in range(min(SHINGLE, len(codes))):
        hashes = (hashes ^ codes[i : i + count]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    hashes ^= hashes >> np.uint64(32)
    hashes.sort()
    return hashes[np.append(True, hashes[1:] != hashes[:-1])] if count else hashes  # np.unique loads masked arrays


def sketch(text: str) -> Sketch:
    """Return the sketch of `text`: the hashes below the bound, or the `_MINIMUM` smallest if those are more."""
    hashes = shingles(text)
    below = int(np.searchsorted(hashes, _BOUND))
    return hashes[: max(below, _MINIMUM)]


def overlap(name: str, new: str, old: str) -> Overlap:
    """Return what the text `new` and the document `name` with the text `old` have in common, exactly."""
    a, b = shingles(new), shingles(old)
    both = np.concatenate((a, b))
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return Overlap(name, common / max(len(a) + len(b) - common, 1), common / max(len(a), 1), common / max(len(b), 1))
