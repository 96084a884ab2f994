"""Choosing among the lots that a search offers, by hand in a real browser: by mouse, by keys."""

import pytest
from playwright.sync_api import Page, expect

from dashboards.commands.lots import Parent, register_lot
from sql.record.engine import DatabaseRole, Record
from tests.browsers import settled, sign_in
from tests.engines import ask

HEADING_PX, ROW_PX, TICK_PX = 35, 35, 16


@pytest.fixture(scope="module")
def receipts(served, everybody) -> str:
    """Receive one supplier's lot three times, make a lot of each, and return the app's address."""
    record, by = Record(served.database, DatabaseRole.APP), everybody["OPERATOR"]
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role)"
            " values ('S', 'Farm', 'SUPPLIER')",
        )
        received = {"weight_kg": 25, "supplier_code": "S", "supplier_lot_code": "P-4471"}
        for number in (1, 2, 3):
            register_lot(transaction, by=by, lot_code=f"R{number}", **received)
            made_of = [Parent(f"R{number}", 10)]
            register_lot(transaction, by=by, lot_code=f"F{number}", weight_kg=10, parents=made_of)
    record.close()
    return served.address


def look_for(page: Page, address: str) -> None:
    """Sign in and look for the supplier's lot; R3 stands first, as the newest."""
    sign_in(page, address)
    page.get_by_role("link", name="Trace", exact=True).click()
    settled(page)  # what is typed into a box that is drawn again is lost
    expect(page.get_by_label("Lot, product")).to_be_focused()
    page.keyboard.type("P-4471")
    page.keyboard.press("Enter")
    expect(page.get_by_text("P-4471 may mean 3 lots")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    expect(page.get_by_text("touch")).to_have_count(0)
    settled(page)  # a list that is drawn again forgets where the keyboard stood


def tick(page: Page, row: int) -> None:
    """Click into the box at the head of a row."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": TICK_PX, "y": HEADING_PX + ROW_PX * row + ROW_PX / 2})


def tab_to(page: Page, text: str, most: int = 30) -> None:
    """Walk by Tab to the button that says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.innerText"):
            return
    raise AssertionError(f"{text} can't be reached by keyboard")


def tab_into_grid(page: Page) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "CANVAS":
            return
    raise AssertionError("the offered lots can't be reached by keyboard")


def not_taken(page: Page) -> str:
    """Return what the verdict says of lots that were offered and not taken."""
    return page.get_by_text("it was not taken").first.inner_text()


def test_one_lot_is_chosen_by_mouse_and_the_verdict_names_the_others(
    page: Page, receipts: str
) -> None:
    look_for(page, receipts)
    tick(page, 1)
    page.get_by_role("button", name="Trace 1 chosen lot").click()

    expect(page.get_by_text("R2 touches 1 other lot")).to_be_visible()
    assert "(2 lots)" in not_taken(page)
    page.get_by_text("Which lots").click()
    named = page.locator(".printed").first  # what the grid draws on its canvas, as text
    offered = named.locator("tr").filter(has_text="it was not taken").locator("td:first-child")
    expect(offered).to_have_text(["R1", "R3"])


def test_all_are_chosen_by_mouse_and_nothing_is_left(page: Page, receipts: str) -> None:
    look_for(page, receipts)
    page.get_by_role("button", name="Trace all 3 together").click()

    expect(page.get_by_text("R3, R2 and R1 touch 3 other lots")).to_be_visible()
    expect(page.get_by_text("it was not taken")).to_have_count(0)


def test_several_lots_are_chosen_by_keyboard_alone(page: Page, receipts: str) -> None:
    look_for(page, receipts)
    tab_into_grid(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_role("button", name="Trace 1 chosen lot")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_role("button", name="Trace 2 chosen lots")).to_be_enabled()
    tab_to(page, "Trace 2 chosen lots")
    page.keyboard.press("Enter")

    expect(page.get_by_text("touch 2 other lots")).to_be_visible()
    assert "(1 lot)" in not_taken(page)


def test_all_are_chosen_by_keyboard_alone(page: Page, receipts: str) -> None:
    look_for(page, receipts)
    tab_to(page, "Trace all 3 together")
    page.keyboard.press("Enter")

    expect(page.get_by_text("R3, R2 and R1 touch 3 other lots")).to_be_visible()
    expect(page.get_by_text("it was not taken")).to_have_count(0)
