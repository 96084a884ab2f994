"""One person's morning in a real browser: sign in, enter a lot, decide, trace it."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import choose, sign_in


@pytest.fixture
def database(served) -> str:
    return served.database


def test_a_lot_is_entered_decided_and_traced(page: Page, address: str, record) -> None:
    outside: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not _is_here(r.url) else None)
    sign_in(page, address)

    page.get_by_role("link", name="New lot").click()
    page.get_by_label("Lot code, this plant's own").fill("MIX-7")
    page.get_by_label("Weight, kg (empty: unknown)").fill("120.5")
    choose(page, page.locator(".st-key-new_parent input"), "BEEF-1")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Kilograms taken (empty: unknown)").fill("120.5")
    page.get_by_label("Kilograms taken (empty: unknown)").press("Tab")
    page.get_by_role("button", name="Register lot").click()
    expect(page.get_by_text("Lot MIX-7 is registered.")).to_be_visible()

    page.get_by_role("link", name="QC decisions").click()
    page.get_by_label("Scan or type a lot").fill("BEEF-1")
    page.get_by_label("Scan or type a lot").press("Enter")
    page.get_by_role("radio", name="HOLD").click()
    page.get_by_label("Temperature, °C").fill("6.2")
    page.set_viewport_size({"width": 1024, "height": 768})
    notes = page.get_by_label("Notes: HOLD and FAIL need 10 characters or more")
    notes.fill("warm")
    notes.press("Tab")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("HOLD needs notes of at least 10 characters")).to_be_in_viewport(
        ratio=1
    )
    notes.fill("too warm on arrival")
    notes.press("Tab")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("HOLD: lot BEEF-1")).to_be_in_viewport(ratio=1)

    page.goto(f"{address}/trace?lot=BEEF-1")
    expect(page.get_by_text("touches 1 other lot")).to_be_visible()
    expect(page.locator("[data-testid=stMain] canvas:visible").first).to_be_visible()
    expect(page.get_by_label("2 lots by stage").first).to_be_attached()
    with record.transaction() as transaction:
        beef = transaction.one("lot_shown", lot_code="BEEF-1")
    assert beef["disposition"] == "hold"
    assert beef["given_out_kg"] == Decimal("120.5")
    assert outside == []


def test_the_address_of_a_lot_opens_it(page: Page, address: str) -> None:
    sign_in(page, address)
    page.wait_for_timeout(1000)
    page.goto(f"{address}/lots?lot=BEEF-1")

    expect(page.get_by_role("heading", name="BEEF-1")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_signing_in_outlives_a_refresh_and_signing_out_does_not(page: Page, address: str) -> None:
    sign_in(page, address)
    page.wait_for_timeout(1000)
    page.reload()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.wait_for_timeout(1000)
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def _is_here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))
