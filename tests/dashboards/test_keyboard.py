"""Signing by keyboard alone, in a real browser: a password, Tab, Tab, Enter."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import choose, settled, sign_in
from tests.databases import PASSWORD
from tests.engines import ask

LONG = "a few unrelated words 4"


@pytest.fixture
def database(served) -> str:
    return served.database


def type_and_press(page: Page, text: str, button: str) -> None:
    """Type into the field that has the focus, and walk by Tab to the button; press Enter there."""
    page.keyboard.type(text)
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == button:
            break
    else:
        raise AssertionError(f"{button} isn't near the field")
    page.keyboard.press("Enter")


def hashes(record) -> set:
    with record.transaction() as transaction:
        return set(ask(transaction, "select user_id, password_hash from users").fetchall())


def test_a_lot_is_failed_and_signed_from_the_keyboard(page: Page, address: str, record) -> None:
    sign_in(page, address)
    page.goto(f"{address}/qc_decisions?lot=BEEF-1")
    page.get_by_role("radio", name="FAIL").click()
    page.get_by_label("Temperature, °C").fill("9")
    page.get_by_label("Notes: HOLD and FAIL").fill("far too warm inside")
    page.get_by_label("Your password, to sign").focus()
    type_and_press(page, PASSWORD, "Save decision")

    expect(page.get_by_text("Signed by Manager", exact=False)).to_be_visible()
    with record.transaction() as transaction:
        assert transaction.one("lot_to_act_on", lot_code="BEEF-1")["stopped_as"] == "rejected"

    page.goto(f"{address}/lots?lot=BEEF-1")
    settled(page)
    page.get_by_text("Withdraw a decision").click()
    choose(page, page.get_by_label("Decision", exact=True))
    page.locator(".st-key-withdraw_reason input").fill("the probe was broken")
    page.locator(".st-key-withdraw_password input").focus()
    type_and_press(page, PASSWORD, "Withdraw this decision")

    expect(page.get_by_text("The decision is withdrawn, signed.")).to_be_visible()


def test_a_new_password_is_set_from_the_keyboard(page: Page, address: str, record) -> None:
    before = hashes(record)
    sign_in(page, address, "admin@demo.example")
    page.goto(f"{address}/people")
    page.get_by_text("Change a role or a password").click()
    page.get_by_label("New password, 12 characters or more").focus()
    type_and_press(page, LONG, "Set this password")

    expect(page.get_by_text("has a new password")).to_be_visible()
    assert len(before - hashes(record)) == 1
