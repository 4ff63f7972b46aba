"""Which mentions of one wording mean the same slogan.

Mentions of one wording with different members are different slogans: the “1310” of two cities are two. So a
numeral slogan that is not on the list of national formulations is kept apart by region, unless a central
text uses it too or the words before it say that it is the centre's, and mentions whose enumerations have
little in common are kept apart everywhere.
"""

from collections.abc import Sequence

import msgspec

from pipeline.document import Document, Slogan
from pipeline.slogans.knowledge import known

NUMERAL_TYPES = ("numeral_code", "numeral_phrase")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What the trail of a slogan needs to know of a document; a row of `documents.jsonl` has it."""

    doc_id: str
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    region: str | None = None

    @property
    def level(self) -> str | None:
        """The level of government that speaks: ``central``, ``province``, ``city``, ``county``."""
        if any(word in (self.issuer or "") for word in ("国务院", "中共中央", "全国人民代表大会")):
            return "central"
        region = self.region or ""
        if region in ("中国", "全国"):
            return "central"
        if region in _MUNICIPALITIES or region.endswith(("省", "自治区", "特别行政区")):
            return "province"
        if region.endswith(("市", "自治州", "州", "盟", "地区")):
            return "city"
        return "county" if region.endswith(("县", "区", "旗")) else None


Mention = tuple[Source, Slogan]


def source_of(doc: Document) -> Source:
    """Return what is known of `doc` as the origin of its slogans."""
    data = doc.metadata
    return Source(doc_id=doc.doc_id, title=data.title, date=data.date, issuer=data.issuer, region=data.region)


def meanings(mentions: list[Mention]) -> list[list[Mention]]:
    """Split the mentions of one wording into those that mean the same."""
    found: list[list[Mention]] = []
    for group in _by_owner(mentions):
        lists: list[tuple[frozenset[str], list[Mention]]] = []
        rest: list[Mention] = []
        for source, slogan in group:
            names = frozenset(member.quote for member in slogan.members)
            if not names:
                rest.append((source, slogan))
                continue
            same = next((held for held in lists if alike(held[0], names)), None)
            if same is None:
                lists.append((names, [(source, slogan)]))
            else:
                same[1].append((source, slogan))
        if not lists:
            found.append(rest)
            continue
        for mention in rest:
            _nearest(mention, [held for _, held in lists]).append(mention)
        found.extend(held for _, held in lists)
    return found


def _by_owner(mentions: list[Mention]) -> list[list[Mention]]:
    source, slogan = mentions[0]
    levels = {source.level for source, _ in mentions}
    if slogan.type not in NUMERAL_TYPES or known(slogan.canonical) or "central" in levels:
        return [mentions]
    central = {source.doc_id for source, slogan in mentions if is_the_centres(slogan)}
    owners: dict[str | None, list[Mention]] = {}
    for source, slogan in mentions:
        owners.setdefault("central" if source.doc_id in central else source.region, []).append((source, slogan))
    return list(owners.values())


def is_the_centres(slogan: Slogan) -> bool:
    """Whether the words before `slogan` say that it is the centre's."""
    return any(evidence.role == "owner:central" for evidence in slogan.evidence)


def alike(names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two enumerations have so much in common that they are of the same."""
    shared = sum(any(name in other or other in name for other in others) for name in names)
    return 2 * shared >= min(len(names), len(others))


def _nearest(mention: Mention, lists: Sequence[list[Mention]]) -> list[Mention]:
    """Return the list to which a mention without members belongs: of its document, of its region, or the largest."""
    source = mention[0]
    return max(
        lists,
        key=lambda held: (
            any(other.doc_id == source.doc_id for other, _ in held),
            any(other.region == source.region for other, _ in held),
            len(held),
        ),
    )
