"""The review in a real browser: by keyboard alone, by touch, two reviewers at once, a server killed in the middle."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pipeline.review.database import open_database
from pipeline.review.queue import Filters, all_events, find
from pipeline.run import run as run_texts
from pipeline.settings import Settings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
expect = playwright.expect
expect.set_options(timeout=20_000)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

ROOT = Path(__file__).parent.parent
TEXT = (
    "晴川市政府工作报告\n\n一、过去一年的工作\n"
    "去年，𠮷祥新区建成投用，全市地区生产总值达到1250.4亿元、增长6.2%，城镇新增就业3.1万人。"
    "我们做强“三大产业”：煤炭、电力、文旅，晴川经济技术开发区新签约项目45个。\n"
    "全年粮食产量8.2亿斤，<script>document.title='!'</script>财政收入增长5.1%，新建改建公路120公里。\n"
    "二、今年的目标\n今年，地区生产总值力争增长7%以上，粮食产量稳定在8亿斤，治理河道30公里。\n"
)


class Server:
    """`gongbao review` as a process of its own."""

    def __init__(self, out: Path, database: Path) -> None:
        self.database = database
        self._command = [
            *(sys.executable, str(ROOT / "cli.py"), "review"),
            *("--run", str(out), "--db", str(database)),
        ]
        self.process: subprocess.Popen[str] | None = None
        self.link = self.start()

    def start(self, *more: str) -> str:
        self.process = subprocess.Popen(
            [*self._command, *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    @property
    def port(self) -> str:
        return self.link.split(":")[2].split("/")[0]

    def events(self) -> list[tuple[str, str]]:
        opened = open_database(str(self.database))
        try:
            return [(event.reviewer, event.action) for event in all_events(opened)]
        finally:
            opened.close()

    def states(self, quote: str) -> list[str]:
        opened = open_database(str(self.database))
        try:
            return [item.state for item in find(opened, Filters(kind="claims")) if item.quote == quote]
        finally:
            opened.close()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    (folder / "qingchuan.txt").write_text(TEXT, encoding="utf-8")
    (folder / "qingchuan.meta.json").write_bytes(
        msgspec.json.encode({"title": "晴川市政府工作报告", "date": "2024-02-08", "region": "晴川市"})
    )
    run_texts([folder / "qingchuan.txt"], Settings(out=str(folder / "out")))
    return folder / "out"


@pytest.fixture
def server(out: Path, tmp_path: Path) -> Iterator[Server]:
    running = Server(out, tmp_path / "review.sqlite3")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def looked_at(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which nothing is decided."""
    running = Server(out, tmp_path_factory.mktemp("looked_at") / "review.sqlite3")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


def visit(browser: "playwright.Browser", link: str, **context: object) -> "playwright.Page":
    page = browser.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
    page.set_default_timeout(20_000)
    page.goto(link)
    page.wait_for_selector(".statement")
    return page


def open_claim(page: "playwright.Page", quote: str) -> None:
    page.locator("#filtering").evaluate("made => { made.open = true; }")
    page.locator("select[name=kind]").select_option("claims")
    page.locator("#lines button", has_text=quote).first.click()
    expect(page.locator("mark.current")).to_have_text(quote)


def saved(page: "playwright.Page") -> None:
    expect(page.locator("#saving")).to_have_text("已保存")


def statement(page: "playwright.Page") -> str:
    return page.locator(".statement").inner_text()


def test_by_keyboard_alone(browser: "playwright.Browser", server: Server) -> None:
    page = visit(browser, server.link)
    first = statement(page)
    page.keyboard.press("a")
    expect(page.locator(".statement")).not_to_have_text(first)
    second = statement(page)
    page.keyboard.press("r")
    expect(page.locator(".statement")).not_to_have_text(second)
    page.keyboard.press("f")
    page.wait_for_selector("text=⚑")
    page.keyboard.press("s")
    saved(page)
    page.keyboard.press("u")  # the skip
    saved(page)
    page.keyboard.press("u")  # the flag
    expect(page.locator("#record")).not_to_contain_text("⚑")
    page.keyboard.press("u")  # the rejection
    expect(page.locator(".statement")).to_have_text(second)
    saved(page)
    assert [action for _, action in server.events()] == ["accept", "reject", "flag", "skip", "undo", "undo", "undo"]
    expect(page.locator("#progress")).to_contain_text("已审 1／")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"


def test_a_field_is_corrected_in_place_and_read_while_typed(browser: "playwright.Browser", server: Server) -> None:
    page = visit(browser, server.link)
    open_claim(page, "3.1万人")
    page.keyboard.press("e")
    value = page.locator("input[name=value]")
    value.fill("三万二千")
    expect(page.locator("output", has_text="32000")).to_be_visible()
    page.locator("input[name=period]").fill("没有这种时间")
    page.wait_for_selector("input[name=period][aria-invalid=true]")
    page.locator("input[name=period]").fill("2022")
    page.wait_for_selector("input[name=period]:not([aria-invalid=true])")
    page.locator(".fields select[name=status]").select_option("target")
    page.locator(".fields select[name=status]").press("Tab")
    page.locator("form.fields button", has_text="保存").click()
    saved(page)
    assert server.states("3.1万人") == ["corrected"]
    page.locator("#lines button", has_text="2022").first.click()
    page.wait_for_selector("#facets .changed")
    assert "2022" in "".join(page.locator("#facets .changed").all_inner_texts())


def test_choosing_a_field_begins_its_correction(browser: "playwright.Browser", looked_at: Server) -> None:
    page = visit(browser, looked_at.link)
    open_claim(page, "3.1万人")
    page.locator("#facets div", has_text="指标").locator("button").click()
    assert page.evaluate("document.activeElement.name") == "indicator"
    page.keyboard.press("Escape")
    assert page.locator("#form form").count() == 0 and page.locator("#facets").is_visible()


def test_a_late_answer_does_not_close_the_form_of_its_record(browser: "playwright.Browser", looked_at: Server) -> None:
    page = visit(browser, looked_at.link)
    open_claim(page, "45个")
    page.wait_for_load_state("networkidle")
    held: list[playwright.Route] = []
    page.route("**/api/items/*", lambda route: held.append(route))
    page.locator("#lines button", has_text="45个").first.click()  # once more the record that is there
    page.keyboard.press("e")
    expect(page.locator("form.fields")).to_be_visible()
    assert held
    with page.expect_response("**/api/items/*"):
        held[0].continue_()
    page.wait_for_timeout(300)  # for the page to do with it what it does
    expect(page.locator("form.fields")).to_be_visible()


def test_a_missed_record_is_added_from_selected_words(browser: "playwright.Browser", server: Server) -> None:
    page = visit(browser, server.link)
    open_claim(page, "1250.4亿元")
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf('建成投用');
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at); range.setEnd(node, at + 4);
                getSelection().removeAllRanges(); getSelection().addRange(range);
            }
        }"""
    )
    page.keyboard.press("+")
    page.locator("#form > select").select_option("slogans")
    page.wait_for_selector("form.fields select[name=type]")
    page.locator("form.fields select[name=type]").select_option("coinage")
    page.locator("form.fields button", has_text="保存").click()
    saved(page)
    opened = open_database(str(server.database))
    try:
        added = [item for item in find(opened, Filters(kind="slogans")) if item.state == "added"]
        assert [(item.quote, item.start) for item in added] == [("建成投用", TEXT.index("建成投用"))]
    finally:
        opened.close()


def test_the_second_reviewer_sees_the_first_s_answer_and_a_conflict_is_adjudicated(
    browser: "playwright.Browser", server: Server
) -> None:
    first, second = visit(browser, server.link), visit(browser, server.link)
    for page, name in ((first, "甲"), (second, "乙")):
        page.locator("#reviewer").click()
        page.locator("#dialog input").fill(name)
        page.locator("#dialog button").click()
        expect(page.locator("#reviewer")).to_have_text(name)
        page.wait_for_selector(".statement")
        open_claim(page, "45个")
    first.keyboard.press("a")
    saved(first)
    second.keyboard.press("r")
    second.wait_for_selector("#message:not([hidden])")  # the record has changed since it was seen: look again
    assert "甲" in second.locator("#record").inner_text()
    second.keyboard.press("r")
    expect(second.locator("mark.current")).not_to_have_text("45个")  # the next record has come with the answer
    assert server.states("45个") == ["conflict"]
    second.locator("select[name=state]").select_option("conflict")
    expect(second.locator("#active")).to_contain_text("意见不一")
    second.locator("#lines button", has_text="45个").click()
    expect(second.locator("mark.current")).to_have_text("45个")  # the record is there, not the one before it
    second.keyboard.press("d")
    second.locator("form.fields button", has_text="保存").click()
    saved(second)
    assert server.states("45个") != ["conflict"]


def test_a_server_that_is_killed_loses_no_decision(browser: "playwright.Browser", server: Server) -> None:
    page = visit(browser, server.link)
    for _ in range(4):
        before = statement(page)
        page.keyboard.press("a")
        expect(page.locator(".statement")).not_to_have_text(before)
    server.kill()
    page.keyboard.press("a")
    expect(page.locator("#saving")).to_contain_text("重试")
    server.start("--port", server.port)
    saved(page)
    assert [action for _, action in server.events()] == ["accept"] * 5


def test_a_text_stays_a_text(browser: "playwright.Browser", looked_at: Server) -> None:
    page = visit(browser, looked_at.link)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    open_claim(page, "8.2亿斤")
    assert "<script>document.title='!'</script>" in page.locator("#text").inner_text()
    assert page.title() == "公报审核" and not said
    page.locator("#record a", has_text="看全文").click()
    page.wait_for_selector(".document mark")
    assert "<script>document.title='!'</script>" in page.locator("#text").inner_text()
    page.locator(".document mark", has_text="120公里").click()
    page.wait_for_selector("mark.current")
    assert page.locator("mark.current").inner_text() == "120公里"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_fits_the_screen_and_every_control_has_a_name(
    browser: "playwright.Browser", looked_at: Server, width: int, height: int, lang: str
) -> None:
    page = visit(browser, f"{looked_at.link}&lang={lang}")
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for key in ("a", "r", "e"):
        box = page.locator(f"[data-key={key}]").bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height
        assert width > 400 or min(box["width"], box["height"]) >= 44
    page.keyboard.press("e")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, a')].filter(control =>
            !(control.getAttribute('aria-label') || control.textContent.trim() || control.labels?.length)).length"""
    )
    assert nameless == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_readable(browser: "playwright.Browser", looked_at: Server, scheme: str) -> None:
    page = visit(browser, looked_at.link, color_scheme=scheme)
    ratios = page.evaluate(
        """() => {
            const part = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
            const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
            const rgb = text => text.match(/[\\d.]+/g).map(Number);
            const ground = node => {
                for (; node; node = node.parentElement) {
                    const color = rgb(getComputedStyle(node).backgroundColor);
                    if (color.length < 4 || color[3] > 0) return color;
                }
                return [255, 255, 255];
            };
            const looked = '.statement, .facts, mark, .actions button, #lines button, #lines small, dt, dd button';
            return [...document.querySelectorAll(looked)].map(node => {
                const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))];
                return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), node.className || node.tagName];
            }).filter(([ratio]) => ratio < 4.5);
        }"""
    )
    assert ratios == []
