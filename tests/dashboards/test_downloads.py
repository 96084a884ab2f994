"""Every download of every screen gives a file to whoever presses it, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browsers import show, sign_in
from tests.dashboards.test_look import SCREENS

OPEN_ALL = "document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())"
WITH_FILES = {"imports", "lots?lot=BEEF-1", "trace?lot=BEEF-1", "scanner", "audit"}


def at_rest(page: Page) -> None:
    """Wait until no run of the script goes on: a second one makes what is pressed anew."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_every_download_button_gives_a_file(page: Page, address: str) -> None:
    """A download is made after the screen was drawn, where no state of the screen can be asked."""
    given: dict[str, int] = {}
    sign_in(page, address, "admin@demo.example")
    for screen in SCREENS:
        show(page, address, screen)
        at_rest(page)
        page.evaluate(OPEN_ALL)
        if screen in WITH_FILES:
            expect(page.get_by_test_id("stDownloadButton").first).to_be_attached()
        for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
            at_rest(page)
            with page.expect_download() as pressed:
                button.click()
            given[f"{screen}: {button.inner_text()}"] = Path(pressed.value.path()).stat().st_size

    assert {name.split(":")[0] for name in given} >= WITH_FILES
    assert min(given.values()) > 0, given
