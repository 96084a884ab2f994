"""How the app looks and behaves under the hands: contrast, headings, cursor, Back, paper."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboards.commands.lots import register_lot
from sql.record.engine import DatabaseRole, Record
from tests.browsers import PATIENCE_MS, settled, show, sign_in

HERE = Path(__file__).parent
SCREENS = [
    "lots",
    "lots?lot=BEEF-1",
    "new_lot",
    "productions",
    "packing",
    "plant",
    "master_data",
    "imports",
    "qc_decisions",
    "qc_decisions?lot=BEEF-1",
    "trace?lot=BEEF-1",
    "trace?find=BEEF",
    "common_ancestors",
    "exposure",
    "stock",
    "quality",
    "readings",
    "data_quality",
    "audit",
    "people",
    "scanner",
    "account",
]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fetch the checker of accessibility; without npm or a network the test is skipped."""
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("axe")
    if npm is None:
        pytest.skip("there is no npm on this machine")
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"]
    if subprocess.run(command, capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("axe-core can't be fetched here")
    return Path(folder, "node_modules", "axe-core", "axe.min.js").read_text(encoding="utf-8")


# The framework's own, which no page can change: a drop zone that is a presentation takes the focus.
THE_FRAMEWORKS = ("presentation-role-conflict", "stFileUploaderDropzone")


def found_by(axe: str, page: Page) -> list[str]:
    """Run every check on the page as it is, and name what breaks one."""
    page.evaluate(axe)
    ended = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    rule, markup = THE_FRAMEWORKS
    return [
        f"{broken['id']}: {node['html'][:120]}"
        for broken in ended["violations"]
        for node in broken["nodes"]
        if not (broken["id"] == rule and markup in node["html"])
    ]


def test_every_screen_is_on_the_list() -> None:
    files = (HERE.parents[1] / "dashboards" / "screens").glob("[a-z]*.py")

    assert {file.stem for file in files} - {"sign_in"} == {
        screen.partition("?")[0] for screen in SCREENS
    }


def test_every_screen_stands_the_checks_of_accessibility_in_both_themes(
    page: Page, address: str, axe: str
) -> None:
    broken = []
    page.goto(address)
    expect(page.get_by_label("E-mail")).to_be_focused()
    broken += [f"sign in, light: {found}" for found in found_by(axe, page)]
    sign_in(page, address, "admin@demo.example")
    page.wait_for_timeout(1000)  # the cookie that outlives the address typed next
    for screen in SCREENS:
        show(page, address, screen)  # one that is still being opened overhears the other theme
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            expect(page.locator(".stApp")).to_have_css("color-scheme", theme)
            settled(page)
            broken += [f"{screen}, {theme}: {found}" for found in found_by(axe, page)]

    assert broken == []


def test_the_cursor_the_sidebar_and_back_do_what_hands_expect(page: Page, address: str) -> None:
    sign_in(page, address)
    search = page.get_by_role("textbox", name="Search")
    expect(search).to_be_focused()
    search.fill("BEEF")
    search.press("Enter")
    expect(page).to_have_url(f"{address}/?q=BEEF")

    page.get_by_role("link", name="Trace", exact=True).click()
    expect(page.get_by_label("Lot, product")).to_be_focused()
    page.go_back()
    expect(search).to_have_value("BEEF")

    search.fill("BEEF-1")
    search.press("Enter")
    expect(page.get_by_role("heading", name="BEEF-1")).to_be_visible()
    page.get_by_role("link", name="Lots", exact=True).click()
    expect(page.get_by_text("1 lot, newest first")).to_be_visible()
    expect(page).to_have_url(f"{address}/")


def test_a_page_prints_whole_and_without_what_is_only_for_the_screen(
    page: Page, address: str
) -> None:
    sign_in(page, address)
    page.wait_for_timeout(1000)
    page.set_viewport_size({"width": 800, "height": 500})
    page.goto(f"{address}/trace?lot=BEEF-1")
    settled(page)
    page.emulate_media(media="print")

    grid, paper = page.get_by_test_id("stDataFrame").last, page.locator(".printed").last
    expect(paper).to_be_visible()
    expect(grid).to_be_hidden()
    heads, cells = paper.locator("th"), paper.locator("td")
    # The page's last table is another one while the page is still being drawn.
    expect(heads.first).to_have_text("Lot")
    expect(heads.last).to_have_text("When")
    expect(cells.first).to_have_text("BEEF-1")
    expect(cells).to_have_count(heads.count())
    expect(page.get_by_role("link", name="Quality", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Hold 1 lot here")).to_be_hidden()
    expect(page.get_by_text("1 lot here to hold")).to_be_visible()
    tall = "document.documentElement.scrollHeight"
    inner = "document.querySelector('[data-testid=stMain]').scrollHeight"
    assert page.evaluate(f"{tall} >= {inner} && {tall} > 1000")


def test_a_tablet_says_that_a_table_goes_on_and_has_room_when_the_sidebar_is_closed(
    page: Page, address: str
) -> None:
    sign_in(page, address)
    page.wait_for_timeout(1000)
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{address}/trace?lot=BEEF-1")
    settled(page)
    expect(page.locator(".printed").last).to_be_hidden()
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()
    last = "[...document.querySelectorAll('[data-testid=stDataFrame]')].pop()"
    shade = f"getComputedStyle({last}, '::after').opacity"
    page.wait_for_function(f"{shade} === '1'")
    page.get_by_test_id("stDataFrame").last.locator(".dvn-scroller").evaluate(
        "grid => grid.scrollTo(grid.scrollWidth, 0)"
    )
    page.wait_for_function(f"{shade} === '0'")

    wide = page.get_by_test_id("stMainBlockContainer")
    before = wide.evaluate("main => main.clientWidth")
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    block = "document.querySelector('[data-testid=stMainBlockContainer]')"
    page.wait_for_function(f"{block}.clientWidth > {before + 150}")  # once it has slid away
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_role("link", name="Quality", exact=True)).to_be_visible()


def test_a_refusal_stands_at_its_form_which_stays_open(page: Page, address: str) -> None:
    sign_in(page, address)
    page.wait_for_timeout(1000)
    page.goto(f"{address}/lots?lot=BEEF-1")
    form = page.get_by_test_id("stExpander").filter(has_text="Add a parent")
    form.get_by_text("Add a parent").click()
    form.get_by_label("Lot that went in").fill("NOBODY")
    form.get_by_label("Lot that went in").press("Tab")
    form.get_by_role("button").last.click()

    expect(form.get_by_text("NOBODY is not in the record")).to_be_visible()
    expect(form.get_by_label("Lot that went in")).to_have_value("NOBODY")


def test_who_reads_a_comma_is_told_the_same_number_in_words_and_in_a_table(
    browser: Browser, served, everybody
) -> None:
    record = Record(served.database, DatabaseRole.APP)
    with record.transaction() as transaction:
        by = everybody["OPERATOR"]
        register_lot(transaction, by=by, lot_code="ROD-9", lot_type="SKW", weight_kg="29.991")
    record.close()
    with browser.new_context(locale="hu-HU", viewport={"width": 1400, "height": 1000}) as person:
        page = person.new_page()
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, served.address)
        expect(page.locator(".printed tr").filter(has_text="ROD-9")).to_contain_text("29,991")
        page.wait_for_timeout(1000)
        page.goto(f"{served.address}/lots?lot=ROD-9")
        expect(page.get_by_test_id("stMetric").first).to_contain_text("29,991 kg")
