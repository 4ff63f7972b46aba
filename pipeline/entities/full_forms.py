"""What names that are written short are called in full: 高铁 → 高速铁路, 省科技厅 → 云岭省科技厅."""

import re
from functools import cache

from pipeline.entities.heads import Group, rules
from pipeline.entities.lexicon import known_names
from pipeline.entities.marks import OWN
from pipeline.entities.organs import division_of
from pipeline.places import own_place, parse_region, resolve, short_name
from pipeline.regex import Regex

_EDITION = Regex("第[一二三四五六七八九十百0-9]+届")
_WHOLES = ("全省", "全市", "全区")
_FAIRS = ("旅游发展大会",)  # what a place calls so is its own
_PART_OF_LINE = Regex("高(?:铁|速(?!铁|公))(?=（?(?:[\u4e00-\u9fff]{1,10}|[A-Z])段）?$)")
_STATIONS = ("电厂", "核电", "电站")
_CENSUS = Regex("^(第[一二三四五六七八九十]{1,2}次)(?=[^\n]{2}普查|国土调查)")
_HOSPITAL = Regex("([市县区])([一二三四五六七八九十])(?:人民)?医?院(?=$|[\u4e00-\u9fff]{2}院区|新院)")  # 市三院
_SCHOOL = Regex(
    "(?P<place>[\u4e00-\u9fff]{2,4}?市?)(?P<number>[一二三四五六七八九十]{1,2})中(?=$|[\u4e00-\u9fff]{2,4}校区)"
)


def full_form(name: str, group: Group, region: str | None) -> str:
    """Write out the short parts of a name: its head, and 省 or 市 at its beginning."""
    name = full_ending(name)
    if group.type == "meeting" and (edition := _EDITION.match(name)):
        known = known_names().get(name[edition.end() :])
        name = edition.group() + known.canonical if known and known.type == "meeting" else name
    if group.id == "census":
        name = _CENSUS.sub(r"\1全国", name)
    if group.type == "meeting":
        name = name.replace("上合组织", "上海合作组织")
    if name in _FAIRS and (place := parse_region(region)) and place.level != "country":
        name = f"{short_name(place.name) or place.name}{name}"
    if name[:2] in _WHOLES and name[2:] in _FAIRS and (place := own_place(name[:2], region)):
        name = place.name + name[2:]
    edition = _EDITION.match(name) if group.type == "meeting" else None
    own = OWN.match(name, edition.end()) if edition else None
    if edition and own and (place := division_of(own.group(), region)):
        name = place.name + edition.group() + name[own.end() :]
    own = OWN.match(name) if group.own else None
    if own:
        place = division_of(own.group(), region)
        if place:
            name = place.name + name[own.end() :]
    if group.type == "org":
        name = _HOSPITAL.sub(r"\1第\2人民医院", name)
        if (school := _SCHOOL.match(name)) and (place := resolve(school["place"])):
            name = f"{place.name}第{school['number']}中学{name[school.end() :]}"  # 云岭一中 | 御东校区
    zone = name.removesuffix("自由贸易试验区")
    if zone != name and (province := resolve(zone)) and province.level == "province" and zone != province.name:
        name = f"中国（{zone}）自由贸易试验区"
    return name.replace("“", "").replace("”", "")


@cache
def _shorts() -> tuple[str, ...]:
    return tuple(rules().full)


@cache
def longest_first(tails: tuple[str, ...]) -> tuple[str, ...]:
    """Return `tails`, the longest first."""
    return tuple(sorted(tails, key=len, reverse=True))


def _written_out(line: re.Match[str]) -> str:
    return "高速铁路" if line.group() == "高铁" else "高速公路"


def full_ending(name: str) -> str:
    """Write out the short head at the end of a name; the phase of a power station is no works of its own."""
    if not name.endswith(_shorts()):
        return _PART_OF_LINE.sub(_written_out, name) if "高" in name else name
    for short, full in rules().full.items():
        if name.endswith(short):
            plain = name[: -len(short)]
            return name if short[-1] == "期" and plain.endswith(_STATIONS) else plain + full
    return _PART_OF_LINE.sub(_written_out, name)
