"""What a text says of itself: title, day, issuer, region, genre, speaker, meeting, each with the words that say so."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from pipeline.document import Document, Metadata, Passage
from pipeline.errors import DataError
from pipeline.layout import find_passages
from pipeline.metadata import DETECTED, Finding
from pipeline.periods import find_periods
from pipeline.places import find_places, resolve
from pipeline.regex import Regex


def detect(
    text: str,
    given: Metadata | None = None,
    said: Mapping[str, str] | None = None,
    passages: Iterable[Passage] | None = None,
) -> tuple[Metadata, tuple[Finding, ...]]:
    """Return what is known of `text`, and how what is not `given` was found.

    `said` is what the page or file says of itself (title, published); `passages` what is not the text's wording,
    found here if None.
    """
    given = given or Metadata()
    head = _Head(text, tuple(find_passages(text) if passages is None else passages), said or {})
    found: dict[str, Finding] = {}

    def known(field: str) -> str | None:
        value: str | None = getattr(given, field)
        return value or (found[field].value if field in found else None)

    searches: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("title", lambda: head.title()),
        ("meeting", lambda: head.meeting()),
        ("speaker", lambda: head.speaker()),
        ("region", lambda: head.region(known("title"), given.issuer)),
        ("published", lambda: head.published()),
        ("date", lambda: head.date(known("title"))),
        ("genre", lambda: head.genre(known("title"))),
        ("issuer", lambda: head.issuer(known("region"), known("genre"))),
    )
    for field, look in searches:
        if not getattr(given, field) and (finding := next(look(), None)):
            found[field] = finding
    values = {field: finding.value for field, finding in found.items()}
    return msgspec.structs.replace(given, **values), tuple(found[field] for field in DETECTED if field in found)


class DetectMetadata:
    """Completes what is given with what the text says of itself."""

    name = "metadata"
    description = (
        "title, day, issuer, region, genre, speaker and meeting: what is given wins, the rest is read from the text"
    )
    requires = ("text", "layout")
    assigns = "metadata"
    example = "新春贺词\n（2024年2月8日）\n各位市民：过去的一年硕果累累。"

    def find(self, doc: Document) -> Metadata:
        """Return what is known of `doc`."""
        return detect(doc.text, doc.given, passages=doc.layout)[0]


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/metadata.toml``; what its tables mean stands there."""

    not_titles: tuple[str, ...]
    offices: tuple[str, ...]
    genres: dict[str, tuple[str, ...]]
    reports: tuple[str, ...]
    congresses: dict[str, tuple[int, ...]]
    confidence: dict[str, float]


@cache
def _lexicon() -> _Lexicon:
    try:
        return msgspec.toml.decode((files("pipeline.data") / "metadata.toml").read_bytes(), type=_Lexicon)
    except msgspec.MsgspecError as error:
        raise DataError(f"metadata.toml: {error}") from error


@cache
def _not_title() -> Regex:
    return Regex("|".join(_lexicon().not_titles))


@cache
def _report() -> Regex:
    return Regex("|".join(_lexicon().reports))


@cache
def _speaker() -> Regex:
    offices = "|".join(_lexicon().offices)
    return Regex(rf"(?:^|[\s上(])([\u4e00-\u9fff]{{0,16}}(?:{offices}))[\s:]{{1,3}}({_NAME})[)]?$")


_HEAD_CHARS = 3000  # within these a text says what it is
_FORMS = str.maketrans("０１２３４５６７８９（）：－\u3000\u00a0", "0123456789():-  ")
_SPACES = str.maketrans("\u3000\u00a0", "  ")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_MARGIN = Regex("[ \t\u3000\u00a0\u200b\ufeff]*(?:#{1,6} +)?")  # with the mark of a heading in Markdown
_NUMBER = "[一二三四五六七八九十]{1,3}"
_NAME = r"(?:[\u4e00-\u9fff] ?[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){0,2}|[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff]{2,8})"
_SALUTATION = Regex("(?:各位|同志们|朋友们|女士们|父老乡亲|新年好)[^。]{0,30}[:,，！!]?")
_MEETING_DAY = Regex("(日)在[^，。]{2,40}(?:会|会 ?议|仪 ?式) ?上")
_MEETING = Regex(
    r"(?:(?:日|[—―-])在|日)([^，。)]{2,40}?(?:会 ?议|全会|大会|座谈会|茶话会|团拜会|仪式|论坛|年会))"
    r" ?(?:上|通过|批准|审议通过)"
)
_BRACKETED_DAY = Regex(r"[(\[]([0-9一二三四五六七八九十〇零○年月 ]{6,13}日)(?![至到—―-])[^()]{0,60}[)\]]")
_ADDRESSED = Regex(rf"[向在](第{_NUMBER}届全国人民代表大会第{_NUMBER}次会议)")
_LONE_DATE = Regex(r"[(\[]?[0-9一二三四五六七八九十〇零○年月日\-./ ]{8,14}[)\]]?")
_STAMP = Regex(r"[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?")
_YEAR = Regex("1[89][0-9]{2}|2[01][0-9]{2}")  # that a text can be of: 0000年 and 9999年 are none
_TITLE_YEAR = Regex(r"([0-9]{4})年")
_TITLE_INNER_YEAR = Regex(r"([0-9]{4})年(?=政府工作报告)")
_REVIEWED_YEAR = Regex(
    r"(?:刚刚过去的|、\s*|首先报告|(?:^|\n)\s*|过去的)([0-9]{4})年(?:国内|政府)?(?:的?工作|[和及，、]|是|,|国民经济)"
)
_JUST_PAST = Regex("刚刚过去的([0-9]{4})年")
_PLANNED_YEAR = Regex(
    r"\n *[一二三四五六七八]、(?:关于)?([0-9]{4})年(?:的?(?:政府)?工作(?:\n|的?(?:建议|部署|安排|任务))"
    r"|(?:经济社会发展|国民经济)?的?(?:总体|主要|基本)?(?:部署|任务|要求|安排|目标|重点))"
)
_PLAN_REVIEWED = Regex(r"\n *一、“([一二三四五六七八九十]{1,2})五”(?:时期|计划)[^\n]{0,20}回顾")
_PLAN_NUMBERS = dict(zip("六七八九十", range(6, 11), strict=True)) | {
    f"十{n}": 11 + i for i, n in enumerate("一二三四五六七")
}
_SPACED_DIGITS = Regex("(?<=[0-9]) +(?=[0-9年])")
_PAST_SESSION = Regex(
    rf"去年(?:[0-9一二三四五六七八九十]{{1,2}}月)?(?:举行|召开)?的?第?({_NUMBER})届(?:全国)?人(?:民代表)?大(?:会)?第?({_NUMBER})次会议"
)
_NATIONAL_CONGRESS = Regex(rf"[向在]第({_NUMBER})届全国人民代表大会(?:上|作|提出)")
_NATIONAL_SESSION = Regex(rf"[向在]第({_NUMBER})届全国人民代表大会第({_NUMBER})次会议(?:上|提出|作|[，,]?报告)")
_NATIONAL = Regex("全国人民代表大会|国务院总理|我(?:代表|受)国务院|本届政府|请全国政协")
_CONGRESS_OF = Regex(rf"在([^，。、\s]{{2,12}}?)第?{_NUMBER}届\s*人民代表大会")
_REPORT_OF = Regex(r"(?:[0-9]{4}年)?([^0-9，。]{2,12}?)(?:[0-9]{4}年)?(?:人民)?政府工作报告")
_ISSUER_OF = Regex("(?:中国共产党|中共)?([^，。 ]{2,14}?)(?:人民政府|委员会|委(?![员])|人大常委会|政协)")
_SPEAKS_FOR = Regex("我(?:代表|受)(国务院|[^，。、；的]{0,12}?(?:省|市|自治区|区|自治州|州|自治县|县|旗)(?:人民)?政府)")
_OFFICE_OF = Regex("([\u4e00-\u9fff]{2,10}?)(?:人民政府)?(?:代)?(?:省长|市长|主席|县长|区长|州长|盟长|旗长)$")
_BODY = Regex(
    "[^，。！？；：:“”]{2,24}(?:委员会|人民政府|[省市区县州旗]委|[厅局部委]|办公[厅室]|调查总?队|法院|检察院)"
)
_LABELLED = Regex(r"(标 *题|名 *称|成文日期|发文日期|生成日期|发文机[关构]|发布机构)[:：](.{2,80})")
_CLOSING_CHARS = 400


class _Line(msgspec.Struct, frozen=True):
    """A line without the white space around it: as matched, and where it stands in the text."""

    text: str
    start: int
    end: int


class _Head:
    """The beginning of a text: its lines, those before the first sentence, and the lines that close the text."""

    def __init__(self, text: str, passages: tuple[Passage, ...], said: Mapping[str, str]) -> None:
        self._whole = text
        self._said = said
        kept = [i for i in range(min(len(text), _HEAD_CHARS)) if text[i] not in _INVISIBLE]
        self._offsets = [*kept, min(len(text), _HEAD_CHARS)]
        self.text = "".join(text[i] for i in kept).translate(_FORMS)
        self._passages = passages
        self._chrome = {p.start for p in passages}

    def _finding(self, field: str, rule: str, value: str, start: int, end: int) -> Finding:
        return Finding(
            field=field,
            value=value,
            confidence=_lexicon().confidence.get(f"{field}.{rule}", 0.5),
            rule=rule,
            start=start,
            end=end,
            quote=self._whole[start:end],
        )

    def _by_line(self, field: str, rule: str, value: str, line: _Line) -> Finding:
        return self._finding(field, rule, value, line.start, line.end)

    def _by_match(self, field: str, rule: str, value: str, match: re.Match[str]) -> Finding:
        return self._finding(field, rule, value, self._offsets[match.start()], self._offsets[match.end() - 1] + 1)

    def _by_words(self, field: str, rule: str, value: str, words: str) -> Finding:
        """Return a finding whose evidence are `words` of the text, or of what is given where the text has none such."""
        start = self._whole.find(words)
        if start >= 0:
            return self._finding(field, rule, value, start, start + len(words))
        found = self._finding(field, rule, value, 0, 0)
        return msgspec.structs.replace(found, start=None, end=None)

    def _by_page(self, field: str, value: str) -> Finding:
        return Finding(field=field, value=value, confidence=_lexicon().confidence[f"{field}.page"], rule="page")

    @cached_property
    def lines(self) -> list[_Line]:
        """The lines that are the text's; an ideographic indent begins one too."""
        whole = self._whole[:_HEAD_CHARS]
        chrome = [(p.start, p.end) for p in self._passages if p.start < len(whole)]
        found = []
        for match in re.finditer(r"(?:(?!\u3000{2})[^\n])+", whole):
            if any(start <= match.start() < end for start, end in chrome):
                continue
            blank = len(_MARGIN.match(match.group())[0])  # type: ignore[index]  # it matches the empty string, too
            line = "".join(c for c in match.group()[blank:] if c not in _INVISIBLE).translate(_FORMS).strip()
            if line:
                found.append(_Line(line, match.start() + blank, match.start() + len(match.group().rstrip())))
        return found

    @cached_property
    def opening(self) -> list[_Line]:
        """The lines before the first that greets the audience or is prose."""
        prose = (i for i, line in enumerate(self.lines) if _SALUTATION.match(line.text) or len(line.text) > 60)
        return self.lines[: next(prose, len(self.lines) - 1)]

    @cached_property
    def _joined(self) -> list[_Line]:
        """The opening lines, and each two that follow one another as one, for what is broken over two lines."""
        pairs = zip(self.opening, self.opening[1:], strict=False)
        return [*self.opening, *(_Line(f"{a.text} {b.text}", a.start, b.end) for a, b in pairs)]

    def title(self) -> Iterator[Finding]:
        """Yield what is labelled so, the opening line that names a genre, what the page says, the first likely line."""
        for line, label, value in self._labelled:
            if label in ("标题", "名称"):
                yield self._by_line("title", "label", value, line)
        candidates = [
            line
            for line in self.opening
            if 4 <= len(line.text) <= 60
            and not re.search("[。；：:，、]$|。", line.text)
            and not self._is_about(line.text)
        ]
        pairs = list(zip(self.opening, self.opening[1:], strict=False))
        yield from self._joined_titles(
            (a, b) for a, b in pairs if _BODY.fullmatch(a.text) and b.text.startswith("关于")
        )
        for line in candidates:
            if self._named_genre(line.text):
                yield self._by_line("title", "genre", self._as_written(line), line)
        yield from self._joined_titles((a, b) for a, b in pairs if len(b.text) <= 4)
        if self._said.get("title"):
            yield self._by_page("title", self._said["title"])
        for line in candidates:
            yield self._by_line("title", "line", self._as_written(line), line)

    def _joined_titles(self, pairs: Iterable[tuple[_Line, _Line]]) -> Iterator[Finding]:
        """Yield titles that are broken over two lines."""
        for first, second in pairs:
            whole = self._as_written(first) + self._as_written(second)
            if self._named_genre(whole) and not self._is_about(whole):
                yield self._finding("title", "genre", whole, first.start, second.end)

    def _as_written(self, line: _Line) -> str:
        """Return a line in its own forms of the characters."""
        return "".join(c for c in self._whole[line.start : line.end] if c not in _INVISIBLE).translate(_SPACES)

    @cached_property
    def _labelled(self) -> list[tuple[_Line, str, str]]:
        """The lines of the page's own table of what the text is: each with its label and its value."""
        found = []
        for passage in self._passages:
            if passage.kind == "byline" and passage.start < _HEAD_CHARS:
                written = self._whole[passage.start : passage.end]
                match = _LABELLED.fullmatch(written.translate(_SPACES).strip())
                if match:
                    line = _Line(written.strip(), passage.start, passage.end)
                    found.append((line, match[1].replace(" ", ""), match[2].strip()))
        return found

    def _is_about(self, line: str) -> bool:
        return bool(
            _not_title().match(line)
            or _MEETING_DAY.search(line)
            or _LONE_DATE.fullmatch(line)
            or _STAMP.match(line)
            or _speaker().search(line)
        )

    def genre(self, title: str | None) -> Iterator[Finding]:
        """Yield what the title says that the text is; a report on a government's work says so itself, too."""
        named = self._named_genre(title or "")
        if named:
            yield self._by_words("genre", "title", named, title or "")
        report = _report().search(self.text, 0, 600)
        if report:
            yield self._by_match("genre", "opening", "政府工作报告", report)

    @staticmethod
    def _named_genre(title: str) -> str | None:
        """Return the genre that `title` names last (a notice of a plan is a notice)."""
        named = {genre: max(_ends(title, names)) for genre, names in _lexicon().genres.items()}
        last = max(named, key=named.__getitem__, default=None)  # the first of those that end alike
        return last if last is not None and named[last] else None

    def meeting(self) -> Iterator[Finding]:
        """Yield the meeting at which the speech was made."""
        for line in self._joined:
            found = _MEETING.search(line.text)
            if found:
                yield self._by_line("meeting", "line", found[1].replace(" ", ""), line)
        addressed = _ADDRESSED.search(self.text, 0, 800)
        if addressed:
            yield self._by_match("meeting", "addressed", addressed[1], addressed)

    def speaker(self) -> Iterator[Finding]:
        """Yield the person whose office and name stand below the title."""
        for line in self._joined:
            found = _speaker().search(line.text)
            if found:
                yield self._by_line("speaker", "office", found[2].replace(" ", ""), line)

    def published(self) -> Iterator[Finding]:
        """Yield the day that the page or newspaper gives for itself."""
        own = {line.start for line, *_ in self._labelled}
        for passage in self._passages:
            if passage.kind == "byline" and passage.start not in own:
                quote = self._whole[passage.start : passage.end]
                stamp = _STAMP.search(quote.translate(_FORMS))
                for day in _days(stamp[0]) if stamp else ():
                    yield self._finding("published", "byline", day, passage.start, passage.end)
        if self._said.get("published"):
            yield self._by_page("published", self._said["published"])

    def date(self, title: str | None) -> Iterator[Finding]:
        """Yield the day of the speech, else a date that stands alone, else the page's, else the text's year.

        A page that is far from the year which its text speaks of was put there again later, and says nothing.
        """
        for line in self._joined:
            meeting = _MEETING_DAY.search(line.text)
            if meeting:
                for day in _days(line.text[: meeting.end(1)]):
                    yield self._by_line("date", "meeting", day, line)
        for line in (*self.opening, *self._closing()):
            bracketed = _BRACKETED_DAY.fullmatch(line.text)
            if bracketed or _LONE_DATE.fullmatch(line.text):
                for day in _days(bracketed[1] if bracketed else line.text):
                    yield self._by_line("date", "line", day, line)
        for line, label, value in self._labelled:
            if label in ("成文日期", "发文日期", "生成日期"):
                for day in _days(value):
                    yield self._by_line("date", "label", day, line)
        told = next((found for found in self._years(title) if _YEAR.fullmatch(found.value)), None)
        near = 1 if told and told.rule in ("title", "planned") else 0  # a plan comes before its year, a summary after
        for page in self.published():
            if told is None or abs(int(page.value[:4]) - int(told.value)) <= near:
                yield msgspec.structs.replace(
                    page, field="date", rule="published", confidence=_lexicon().confidence["date.published"]
                )
        if told:
            yield told

    def _years(self, title: str | None) -> Iterator[Finding]:
        """Yield the year in which the text was spoken: of the session, in its title, after the one it reviews."""
        for pattern, later in ((_NATIONAL_SESSION, 0), (_NATIONAL_CONGRESS, 0), (_PAST_SESSION, 1)):
            session = pattern.search(self.text)
            year = _session_year(session) if session else None
            if session and year:
                yield self._by_match("date", "session", str(year + later), session)
        for pattern, text in (
            (_TITLE_YEAR, title or ""),
            (_TITLE_INNER_YEAR, title or ""),
            (_TITLE_YEAR, self.text[:200]),
        ):
            named = pattern.match(text) if pattern is _TITLE_YEAR else pattern.search(text)
            if named:
                yield self._by_words("date", "title", named[1], named[0])
        reviewed = _REVIEWED_YEAR.search(self.text)
        if reviewed:
            yield self._by_match("date", "reviewed", str(int(reviewed[1]) + 1), reviewed)
        for pattern in (_JUST_PAST, _PLANNED_YEAR, _PLAN_REVIEWED):
            yield from self._dates_below(pattern)

    def _dates_below(self, pattern: Regex) -> Iterator[Finding]:
        """Yield the year that the text says below its head: the one just past, the one planned, the end of a plan."""
        gaps = {i for match in _SPACED_DIGITS.finditer(self._whole) for i in range(*match.span())}
        kept = [i for i in range(len(self._whole)) if i not in gaps] if gaps else range(len(self._whole))
        text = "".join(self._whole[i] for i in kept) if gaps else self._whole
        found = pattern.search(text.translate(_FORMS))
        if found is None:
            return
        if pattern is _PLAN_REVIEWED:
            year = 1956 + 5 * _PLAN_NUMBERS.get(found[1], 0)  # the sixth plan ended in 1985
            known = found[1] in _PLAN_NUMBERS
        else:
            year, known = int(found[1]) + (pattern is _JUST_PAST), True
        if known:
            rule = "reviewed" if pattern is _JUST_PAST else "planned" if pattern is _PLANNED_YEAR else "plan"
            yield self._finding("date", rule, str(year), kept[found.start(1)], kept[found.end() - 1] + 1)

    def _closing(self) -> list[_Line]:
        """Return the last four lines of the text."""
        base = max(len(self._whole) - _CLOSING_CHARS, 0)
        lines = []
        for match in re.finditer(r"[^\n]+", self._whole[base:]):
            line = match.group().translate(_FORMS).strip()
            if line and base + match.start() not in self._chrome:
                blank = len(match.group()) - len(match.group().lstrip())
                lines.append(
                    _Line(line, base + match.start() + blank, base + match.start() + len(match.group().rstrip()))
                )
        return lines[-4:]

    def region(self, title: str | None, issuer: str | None) -> Iterator[Finding]:
        """Yield the place whose congress, government or committee speaks, else the first that is fully named."""
        for line in self._joined:
            for match in _CONGRESS_OF.finditer(line.text):
                if place := _place_path(match[1]):
                    yield self._by_line("region", "congress", place, line)
        for rule, pattern, text in (("issuer", _ISSUER_OF, issuer or ""), ("title", _REPORT_OF, title or "")):
            for match in pattern.finditer(text):
                if place := _place_path(match[1]):
                    yield self._by_words("region", rule, place, match[1])
        national = _NATIONAL.search(self.text, 0, 800)
        if national:
            yield self._by_match("region", "national", "中国", national)
        for line in self.opening:
            for match in _ISSUER_OF.finditer(line.text):
                if place := _place_path(match[1]):
                    yield self._by_line("region", "issuer", place, line)
        for mention in find_places(self.text[:300]):
            if mention.form == "full" and (place := _place_path(mention.place.name)):
                start, end = self._offsets[mention.start], self._offsets[mention.end - 1] + 1
                yield self._finding("region", "mention", place, start, end)

    def issuer(self, region: str | None, genre: str | None) -> Iterator[Finding]:
        """Yield the body that the speaker says to represent or governs, else the line of bodies below the title."""
        spoken_for = _SPEAKS_FOR.search(self.text)
        body = _full_body(spoken_for[1], region) if spoken_for else None
        if spoken_for and body:
            yield self._by_match("issuer", "represents", body, spoken_for)
        for line in self._joined:
            speaker = _speaker().search(line.text)
            if speaker and speaker[1].endswith("国务院总理"):
                yield self._by_line("issuer", "office", "国务院", line)
            of = _OFFICE_OF.search(speaker[1]) if speaker else None
            place = resolve(of[1]) if of else None
            if place and place.code:
                yield self._by_line("issuer", "office", f"{place.name}人民政府", line)
        for rule, lines in (("line", self.opening), ("signature", self._closing())):
            for run in _runs(lines):
                names = " ".join(name for line in run for name in _names(line))
                yield self._finding("issuer", rule, names, run[0].start, run[-1].end)
        for line, label, value in self._labelled:
            if label.startswith(("发文机", "发布机")) and _BODY.fullmatch(value):
                yield self._by_line("issuer", "label", value, line)
        if genre == "政府工作报告" and region:
            place = resolve(region)
            body = "国务院" if region == "中国" else f"{place.name}人民政府" if place and place.code else None
            report = _report().search(self.text, 0, 800)
            if body and report:
                yield self._by_match("issuer", "genre", body, report)
            elif body:
                yield self._by_words("issuer", "genre", body, genre)


def _runs(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines that hold names of bodies and nothing else, those that follow one another together."""
    run: list[_Line] = []
    for line in lines:
        names = _names(line)
        if names and not _not_title().match(line.text) and all(map(_BODY.fullmatch, names)):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _names(line: _Line) -> list[str]:
    """Return the words of a line without the 文件 that stands beside the bodies in a red head."""
    return [name for word in line.text.split() if (name := word.removeprefix("文件").removesuffix("文件"))]


def _ends(title: str, names: Iterable[str]) -> Iterator[int]:
    """Yield where each of `names` ends in `title` the last time, 0 for one that is not there."""
    for name in names:
        at = title.rfind(name)
        yield at + len(name) if at >= 0 else 0


def _session_year(session: re.Match[str]) -> int | None:
    """Return the year of a session of the National People's Congress, the first where only the congress is named."""
    years = _lexicon().congresses.get(session[1], ())
    place = "一二三四五".find(session[2]) if session.re.groups > 1 else 0
    return years[place] if 0 <= place < len(years) and (session.re.groups < 2 or len(session[2]) == 1) else None


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
