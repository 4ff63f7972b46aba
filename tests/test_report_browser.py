"""The report in a browser: nothing overflows, tables sort and filter, packed parts unpack, links arrive."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import report as report_module
from pipeline.document import Document
from tests.test_report_findings import YEARS, made, report_of

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def docs() -> list[Document]:
    return [report_of(*year) for year in YEARS]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["written", "packed"])
def page(request: pytest.FixtureRequest, docs: list[Document], browser: Any, tmp_path: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "packed":
            patch.setattr(report_module, "WRITTEN_OUT", 10)
            patch.setattr(report_module, "PACKED_ROWS", 5)
        (tmp_path / "report.html").write_text(made(docs).html(), "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda asked: errors.append(asked.url) if not asked.url.startswith("file:") else None)
    opened.goto((tmp_path / "report.html").as_uri())
    opened.wait_for_function("document.querySelectorAll('[data-table=claims] tbody tr').length > 0")
    yield opened
    assert not errors
    context.close()


def rows(page: Any, table: str) -> list[str]:
    found: list[str] = page.locator(f"section > [data-table={table}] tbody tr").all_inner_texts()
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_goes_over_the_edge(page: Any, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "[...document.querySelectorAll('section > .table')].filter((t) => t.scrollWidth > t.clientWidth + 1)"
    assert page.evaluate(f"{wide}.map((t) => t.dataset.table)") == []


def test_charts_turn_dark_with_the_page(page: Any) -> None:
    colour = "getComputedStyle(document.querySelector('.chart path[stroke]')).stroke"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light


def test_tables_sort_by_value_and_filter(page: Any) -> None:
    audit = page.locator("section > [data-table=audit]")
    audit.scroll_into_view_if_needed()
    assert "矛盾" in rows(page, "audit")[0]
    audit.locator("select").first.select_option("一致")
    assert all("矛盾" not in row for row in rows(page, "audit"))
    claims = page.locator("section > [data-table=claims]")
    claims.locator("input").fill("园区")
    assert rows(page, "claims") and all("园区" in row for row in rows(page, "claims"))
    claims.locator("th.value button").click()
    claims.locator("th.value button").click()
    assert "40%" in rows(page, "claims")[0]


def test_a_figure_leads_to_its_sentence(page: Any) -> None:
    link = page.locator("#promises tbody a").first
    link.scroll_into_view_if_needed()
    anchor = link.get_attribute("href").removeprefix("#")
    link.click()
    page.wait_for_function(f"document.getElementById('{anchor}')")
    assert page.locator(f"#{anchor}").inner_text() == "6%以上"
    page.wait_for_function(f"(() => {{ const r = document.getElementById('{anchor}').getBoundingClientRect();"
                           " return r.top >= 0 && r.bottom <= innerHeight; })()")  # fmt: skip


def test_an_address_leads_to_its_section_however_tables_above_it_grow(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    address = page.url.split("#")[0]
    page.goto("about:blank")
    page.goto(f"{address}#trends")
    page.wait_for_function("document.querySelectorAll('[data-table=claims] tbody tr').length > 0")
    page.wait_for_function("Math.abs(document.getElementById('trends').getBoundingClientRect().top) < 60", timeout=5000)


def test_figures_stand_below_their_chart(page: Any) -> None:
    figure = page.locator("#indicators figure.plot").first
    figure.locator("summary").click()
    figure.locator("details tbody tr").first.wait_for()
    assert figure.locator("details tbody tr").count() >= 5
    assert figure.locator("details tbody a").count() >= 5


def test_on_paper_everything_is_open(page: Any) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
