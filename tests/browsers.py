"""What tests in a real browser share: where it is, how long they wait, and signing in."""

import shutil
import subprocess
import time
import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from tests.databases import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 30_000
MOMENT_MS = 2_000


def wait_for(url: str, server: subprocess.Popen) -> None:
    """Wait until the server answers, a minute at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


def sign_in(page: Page, address: str, email: str = "manager@demo.example") -> None:
    """Sign a person in, and wait until the app knows them."""
    page.goto(address)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def settled(page: Page) -> None:
    """Wait until the screen is drawn."""
    # The sign-in form stays a moment, with its own heading.
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for still in ("stStatusWidget", "stSkeleton"):
        expect(page.get_by_test_id(still)).to_have_count(0)


LEFT = "data-left"
FIRST = "lots"  # the screen at the app's own address
GO = """([screen, left]) => {
    document.querySelector('h1').setAttribute(left, '')
    history.pushState({}, '', `/${screen}`)
    dispatchEvent(new PopStateEvent('popstate'))
}"""


def show(page: Page, address: str, screen: str) -> None:
    """Have the app show a screen, by its address below the app's, and wait until it is drawn.

    From another screen it is opened as Back and Forward open one: the browser keeps what it has
    loaded, which takes it many times longer than a screen. The heading that was left has to go
    first; a screen that is shown already keeps its heading, and is loaded.
    """
    shown = urlsplit(page.url).path.strip("/") or FIRST
    if shown == screen.partition("?")[0]:
        page.goto(f"{address}/{screen}")
    else:
        page.evaluate(GO, [screen, LEFT])
        expect(page.locator(f"h1[{LEFT}]")).to_have_count(0)
    settled(page)


def choose(page: Page, box: Locator, text: str = "", number: int = 0) -> None:
    """Choose from a box's list the choice of this number among those with this text.

    The list closes when the page is drawn again, as leaving the field before it has it do, and
    while a form is drawn anew its emptied box stands beside the old one for a moment: the list is
    opened again until the choice was taken.
    """
    choice = page.get_by_role("option").filter(has_text=text).nth(number)
    given_up, closed = time.monotonic() + PATIENCE_MS / 1000, None
    while time.monotonic() < given_up:
        expect(box).to_have_count(1)
        try:
            if not page.get_by_role("option").count():
                box.press("ArrowDown", timeout=MOMENT_MS)
            choice.click(timeout=MOMENT_MS)
            return
        except Error as redrawn:
            closed = redrawn
    raise AssertionError(f"no choice {number} with {text!r} in the list") from closed
