"""How a report says things: records as short readable phrases, in Chinese or English."""

from decimal import Decimal
from functools import cache
from importlib.resources import files

import tomli

from pipeline.document import Claim, Slogan
from pipeline.errors import DataError, SettingsError
from pipeline.listing import code_name, column_name
from pipeline.regex import Regex

LANGUAGES = ("zh", "en")

_MULTIPLIERS = {
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
    "en": ((12, " trillion "), (9, " billion "), (6, " million ")),
}
_LARGE = 8  # so many zeros are never written out
_SHORT = 2  # decimals up to which a smaller number is shorter with its multiplier

_PERIOD = Regex(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?")


@cache
def strings(language: str, package: str = __package__) -> dict[str, dict[str, str]]:
    """Return what `package` says in `language` (its ``strings.toml``), by group and key.

    Raises SettingsError for another language.
    """
    if language not in LANGUAGES:
        raise SettingsError(f"reports and pages are written in {' or '.join(LANGUAGES)}, not in {language!r}")
    groups = tomli.loads((files(package) / "strings.toml").read_text(encoding="utf-8"))
    for group, entries in groups.items():
        for key, forms in entries.items():
            if len(forms) != len(LANGUAGES):
                raise DataError(
                    f"{package}: strings.toml: {group}.{key} needs a form for each of {', '.join(LANGUAGES)}"
                )
    which = LANGUAGES.index(language)
    return {group: {key: forms[which] for key, forms in entries.items()} for group, entries in groups.items()}


class Wording:
    """Says what records say, in one language."""

    def __init__(self, language: str = "zh") -> None:
        self.language = language
        self._strings = strings(language)
        self._periods: dict[str, str] = {}  # as they were said before: a corpus has few

    def __call__(self, group: str, key: str, **values: object) -> str:
        """Return the string `key` of `group` with `values` filled in; a key that it does not have stands for itself."""
        form = self._strings[group].get(key)
        return key if form is None else form.format(**values)

    def label_forms(self, *keys: str) -> dict[str, str]:
        """Return the labels `keys` with their places for values still open."""
        return {key: self._strings["label"][key] for key in keys}

    def column(self, name: str) -> str:
        """Return what the column `name` of an analysis is called, as a heading."""
        said = column_name(name, self.language)
        return said[:1].upper() + said[1:] if self.language == "en" and len(said) > 1 else said

    def code(self, code: str) -> str:
        """Return what `code` of an analysis means."""
        return code_name(code, self.language)

    def number(self, value: Decimal) -> str:
        """Return `value` exactly, with the multiplier that people would say: 874.3亿, 87.43 billion.

        >>> say, tell = Wording("zh").number, Wording("en").number
        >>> say(Decimal("87430000000")), tell(Decimal("87430000000")), say(Decimal("10329"))
        ('874.3亿', '87.43 billion', '10329')
        """
        for zeros, name in _MULTIPLIERS[self.language]:
            scaled = value.scaleb(-zeros).normalize()
            if abs(scaled) >= 1 and (zeros >= _LARGE or _decimals(scaled) <= _SHORT):
                return f"{_plain(scaled)}{name}".rstrip()
        return _plain(value) if self.language == "zh" else f"{value.normalize():,f}"

    def scale(self, value: Decimal) -> tuple[int, str]:
        """Return the zeros and the name of the multiplier that keeps `value` short on an axis: (8, 亿)."""
        for zeros, name in _MULTIPLIERS[self.language]:
            if value >= Decimal(10).scaleb(zeros):
                return zeros, name.strip() + (" " if self.language == "en" else "")
        return 0, ""

    def amount(self, claim: Claim) -> str:
        """Return the value of `claim` with unit, comparator and direction: 增长约8.5%."""
        unit = claim.unit or ""
        if claim.value is not None:
            number = self.number(claim.value)
        elif claim.low is not None and claim.high is not None:
            number = f"{self.number(claim.low)}–{self.number(claim.high)}"
        elif claim.low is not None or claim.high is not None:
            number = ("≥" if claim.high is None else "≤") + self.number((claim.low or claim.high) or Decimal())
        else:
            return claim.quote
        space = " " if self.language == "en" and unit not in ("", "%") else ""
        if claim.kind == "rank":
            return self(
                "rank", "within" if claim.comparator in ("le", "lt") else "exactly", value=number + space + unit
            )
        number += space + unit
        change = f"{claim.kind}_{claim.direction}"
        verb = self("change", change) if change in self._strings["change"] else ""
        if self.language == "zh":
            return verb + self("comparator", claim.comparator) + number
        return self("comparator", claim.comparator) + verb + number

    def basis(self, claim: Claim) -> str:
        """Return what the value of `claim` is compared with; empty where the text does not say."""
        if claim.basis is None:
            return ""
        if claim.kind == "rank":
            return self("basis", "ranked", basis=claim.basis)
        if claim.basis in self._strings["basis"]:
            return self("basis", claim.basis)
        return self("basis", "compared", basis=self.period(claim.basis))

    def period(self, value: str | None) -> str:
        """Return a period of the contract's form as people write it.

        >>> say = Wording("zh").period
        >>> say("2016/2020"), say("../2025"), say("2023-01/2023-06")
        ('2016—2020年', '到2025年', '2023年1月—2023年6月')
        """
        if value is None:
            return ""
        if value not in self._periods:
            self._periods[value] = self._period(value)
        return self._periods[value]

    def _period(self, value: str) -> str:
        first, slash, last = value.partition("/")
        if not slash:
            return self._time(first)
        if first == "..":
            return self("period", "until", last=self._time(last))
        if last == "..":
            return self("period", "since", first=self._time(first))
        opening = first if len(first) == len(last) == 4 else self._time(first)  # 2016—2020年
        return self("period", "span", first=opening, last=self._time(last))

    def declared(self, slogan: Slogan) -> str:
        """Return the number of members that `slogan` announces: 4, or 1·2·6·? for a parallel."""
        if isinstance(slogan.declared, list):
            return "·".join("?" if n is None else str(n) for n in slogan.declared)
        return "" if slogan.declared is None else str(slogan.declared)

    def _time(self, value: str) -> str:
        match = _PERIOD.fullmatch(value)
        if not match:
            return value
        parts = {name: int(digits) for name, digits in match.groupdict().items() if digits}
        form = next(name for name in ("quarter", "day", "month", "year") if name in parts)
        return self("period", form, **parts)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
