"""What is known of a text: read from beside it, or detected in it."""

import datetime
import re
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import msgspec

from pipeline.document import Document, Metadata
from pipeline.errors import DataError, MetadataError
from pipeline.periods import find_periods
from pipeline.places import find_places, resolve

_DATE_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def companion(path: Path) -> Path:
    """Return where the metadata of the text at `path` stand: ``NAME.meta.json`` for ``NAME.txt``."""
    return path.with_name(f"{path.stem}.meta.json")


def read_metadata(path: Path) -> Metadata:
    """Return what the file at `path` says; nothing is known if there is none.

    Raises MetadataError for a file that is not JSON, an unknown key and a date in the wrong form.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Metadata()
    except OSError as error:
        raise MetadataError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    try:
        metadata = msgspec.json.decode(data, type=Metadata)
        check_date(metadata.date)
    except (msgspec.MsgspecError, UnicodeDecodeError, MetadataError) as error:
        raise MetadataError(f"{path}: {error}") from error
    return metadata


def known_metadata(metadata: Metadata, **known: str | None) -> Metadata:
    """Return `metadata` with what is `known` (not None) in its place; raises MetadataError for a malformed date."""
    check_date(known.get("date"))
    return msgspec.structs.replace(metadata, **{name: value for name, value in known.items() if value is not None})


def check_date(date: str | None) -> None:
    """Raise MetadataError if `date` is neither None nor a day, month or year in the form YYYY[-MM[-DD]]."""
    if date is None:
        return
    try:
        if not _DATE_FORM.fullmatch(date):
            raise ValueError
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        raise MetadataError(f"date {date!r} is not of the form YYYY, YYYY-MM or YYYY-MM-DD") from None


class DetectMetadata:
    """Completes what is given with what the text says of itself."""

    name = "metadata"
    description = "title, date, issuer, region and genre: what is given wins, the rest is read from the text"
    requires = ("text",)
    assigns = "metadata"
    example = "新春贺词\n（2024年2月8日）\n各位市民：过去的一年硕果累累。"

    def find(self, doc: Document) -> Metadata:
        """Return what is known of `doc`."""
        given = doc.given
        head = _Head(doc.text)
        title = given.title or head.title()
        region = given.region or head.region(title, given.issuer)
        return Metadata(
            title=title,
            date=given.date or head.date(title),
            issuer=given.issuer or head.issuer(region),
            region=region,
            genre=given.genre or head.genre(title),
            url=given.url,
        )


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/metadata.toml``; what its tables mean stands there."""

    chrome_lines: frozenset[str]
    chrome_patterns: tuple[str, ...]
    genres: dict[str, tuple[str, ...]]
    reports: tuple[str, ...]
    congresses: dict[str, int]


@cache
def _lexicon() -> _Lexicon:
    try:
        return msgspec.toml.decode((files("pipeline.data") / "metadata.toml").read_bytes(), type=_Lexicon)
    except msgspec.MsgspecError as error:
        raise DataError(f"metadata.toml: {error}") from error


@cache
def _chrome() -> re.Pattern[str]:
    lexicon = _lexicon()
    lines = "|".join(map(re.escape, sorted(lexicon.chrome_lines)))
    return re.compile(rf"(?:{lines})$|(?:{'|'.join(lexicon.chrome_patterns)})")


@cache
def _report() -> re.Pattern[str]:
    return re.compile("|".join(_lexicon().reports))


_HEAD_CHARS = 3000  # within these a text says what it is
_FORMS = str.maketrans("０１２３４５６７８９（）：－", "0123456789():-", "\u200b\u200c\u200d\ufeff")
_NUMBER = "[一二三四五六七八九十]{1,3}"
_SALUTATION = re.compile("(?:各位|同志们|朋友们|女士们|父老乡亲)[^。]{0,30}[:,，！!]?")
_MEETING_DAY = re.compile("(日)在[^，。]{2,40}(?:会|会议|仪式)上")
_LONE_DATE = re.compile(r"[(\[]?[0-9一二三四五六七八九十〇零○年月日\-./ ]{8,14}[)\]]?")
_STAMP = re.compile(
    r"(?:时间|日期)?:?\s*[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?(?:\s*[0-9]{1,2}[:时][0-9:分秒]{1,6})?$"
)
_TITLE_YEAR = re.compile(r"([0-9]{4})年")
_REVIEWED_YEAR = re.compile(r"(?:刚刚过去的|、\s*|首先报告)([0-9]{4})年(?:国内)?(?:工作|[和及，、]|是|,)")
_NATIONAL_SESSION = re.compile(rf"[向在]第({_NUMBER})届全国人民代表大会第({_NUMBER})次会议(?:上|提出|作|[，,]?报告)")
_NATIONAL = re.compile("全国人民代表大会|国务院总理|我(?:代表|受)国务院|本届政府")
_CONGRESS_OF = re.compile(rf"在([^，。、\s]{{2,12}}?)第?{_NUMBER}届\s*人民代表大会")
_REPORT_OF = re.compile(r"(?:[0-9]{4}年)?([^0-9，。]{2,12}?)(?:[0-9]{4}年)?(?:人民)?政府工作报告")
_ISSUER_OF = re.compile("(?:中国共产党|中共)?([^，。 ]{2,14}?)(?:人民政府|委员会|委(?![员])|人大常委会|政协)")
_SPEAKS_FOR = re.compile(
    "我(?:代表|受)(国务院|[^，。、；的]{0,12}?(?:省|市|自治区|区|自治州|州|自治县|县|旗)(?:人民)?政府)"
)
_BODY = re.compile("[^，。！？；“”]{2,24}(?:委员会|人民政府|[省市区县州旗]委|[厅局部委]|办公[厅室])")


class _Head:
    """The beginning of a text: its lines, those before the first sentence, and the lines that close the text."""

    def __init__(self, text: str) -> None:
        self.text = text[:_HEAD_CHARS].translate(_FORMS)
        self._end = text[-200:].translate(_FORMS)

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without the white space around them; an ideographic indent begins one too."""
        return [line.strip() for line in re.split(r"\n|\u3000{2,}", self.text) if line.strip()]

    @cached_property
    def opening(self) -> list[str]:
        """The lines before the first that greets the audience or is prose."""
        prose = (i for i, line in enumerate(self.lines) if _SALUTATION.match(line) or len(line) > 60)
        return self.lines[: next(prose, len(self.lines) - 1)]

    def title(self) -> str | None:
        """Return the first opening line that names a genre, else the first that can be a title at all."""
        candidates = [
            line
            for line in self.opening
            if 4 <= len(line) <= 60 and not re.search("[。；：:，、]$|。", line) and not self._is_about(line)
        ]
        return next((line for line in candidates if self._named_genre(line)), next(iter(candidates), None))

    def _is_about(self, line: str) -> bool:
        return bool(
            _chrome().match(line) or _MEETING_DAY.search(line) or _LONE_DATE.fullmatch(line) or _STAMP.match(line)
        )

    def genre(self, title: str | None) -> str | None:
        """Return what the title says that the text is; a report on a government's work says so itself, too."""
        named = self._named_genre(title or "")
        return named or ("政府工作报告" if _report().search(self.text, 0, 600) else None)

    @staticmethod
    def _named_genre(title: str) -> str | None:
        genres = _lexicon().genres.items()
        return next((genre for genre, names in genres if any(name in title for name in names)), None)

    def date(self, title: str | None) -> str | None:
        """Return the day of the speech, else a date that stands alone, else the page's, else the text's year."""
        return next(self._dates(title), None)

    def _dates(self, title: str | None) -> Iterator[str]:
        for line in self.opening:
            meeting = _MEETING_DAY.search(line)
            if meeting:
                yield from _days(line[: meeting.end(1)])
        closing = self._end.splitlines()[-4:]
        for pattern in (_LONE_DATE, _STAMP):
            for line in (*self.opening, *map(str.strip, closing)):
                if pattern.fullmatch(line):
                    yield from _days(line)
        session = _NATIONAL_SESSION.search(self.text)
        if session and session[1] in _lexicon().congresses and len(session[2]) == 1:
            yield str(_lexicon().congresses[session[1]] + "一二三四五".find(session[2]))
        for line in (title or "", self.text[:200]):
            year = _TITLE_YEAR.match(line) or re.search(r"([0-9]{4})年(?=政府工作报告)", line)
            if year:
                yield year[1]
        reviewed = _REVIEWED_YEAR.search(self.text)
        if reviewed:
            yield str(int(reviewed[1]) + 1)

    def region(self, title: str | None, issuer: str | None) -> str | None:
        """Return the place whose congress, government or committee speaks, else the first that is fully named."""
        opening = "\n".join(self.opening)
        for pattern, text in ((_CONGRESS_OF, opening), (_ISSUER_OF, issuer or ""), (_REPORT_OF, title or "")):
            for match in pattern.finditer(text):
                place = _place_path(match[1])
                if place:
                    return place
        if _NATIONAL.search(self.text, 0, 800) or issuer == "国务院":
            return "中国"
        for line in self.opening:
            for match in _ISSUER_OF.finditer(line):
                place = _place_path(match[1])
                if place:
                    return place
        mentions = find_places(self.text[:300])
        return next((path for m in mentions if m.form == "full" and (path := _place_path(m.place.name))), None)

    def issuer(self, region: str | None) -> str | None:
        """Return the body that the speaker says to represent, else the line of bodies below the title."""
        spoken_for = _SPEAKS_FOR.search(self.text)
        if spoken_for:
            return _full_body(spoken_for[1], region)
        for line in self.opening:
            if not _chrome().match(line) and all(_BODY.fullmatch(name) for name in line.split()):
                return line
        return None


def _days(text: str) -> Iterator[str]:
    """Yield the days of the calendar that `text` names with their year."""
    for period in find_periods(text, _ANY_DAY):
        if period.kind == "day" and period.first == period.last and period.value:
            yield period.value


_ANY_DAY = datetime.date(2000, 1, 1)  # a day that names its year does not depend on it


def _place_path(name: str) -> str | None:
    """Return the full name of the place called `name`, below its province (山西省大同市)."""
    place = resolve(name)
    if place is None or place.code is None:
        return None
    above = place.province if place.province not in (None, place.name) else ""
    return f"{above}{place.name}"


def _full_body(body: str, region: str | None) -> str | None:
    """Return the full name of a government that a speaker names from within (省政府 → 云南省人民政府)."""
    if body == "国务院":
        return body
    kind, _, _ = body.replace("人民政府", "政府").partition("政府")
    if kind in ("省", "市", "自治区", "区", "自治州", "州", "自治县", "县", "旗"):
        place = resolve(region) if region else None
        return f"{place.name}人民政府" if place and place.name.endswith(kind) else None
    return f"{kind}人民政府"
