"""Two limits entered one after the other in a real browser are both in the record."""

import pytest
from playwright.sync_api import Page, expect

from dashboards.commands.process.reading import process_in_force
from tests.browsers import choose, sign_in

WHY = "as the supplier's sheet says"


@pytest.fixture
def database(served) -> str:
    return served.database


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field of the form of limits, and leave it."""
    field = page.get_by_role("tabpanel", name="Limits").get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")


def add_limit(page: Page, characteristic: str, upper: str) -> None:
    gate = page.locator("[class*=st-key-plant_limits_gate_number_new] input")
    choose(page, gate, "3 ·")
    fill(page, "Measured", characteristic)
    fill(page, "Unit (C for °C)", "percent")
    fill(page, "At most", upper)
    fill(page, "Why, for everybody who looks at it later", WHY)
    page.get_by_role("tabpanel", name="Limits").get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"New: limit {characteristic} at gate 3")).to_be_visible()


def test_both_of_two_limits_in_a_row_are_saved(page: Page, address: str, record) -> None:
    sign_in(page, address)
    page.goto(f"{address}/plant")
    page.get_by_role("tab", name="Limits").click()
    page.get_by_text("Change a limit, or add one").click()
    # Whoever looked at one first has the choice in hand.
    chosen = page.locator(".st-key-plant_limits_chosen input")
    choose(page, chosen, number=1)
    expect(page.locator("[class*=st-key-plant_limits_retire]")).to_be_visible()
    choose(page, chosen, "A new limit")
    expect(page.locator("[class*=st-key-plant_limits_retire]")).to_have_count(0)
    add_limit(page, "ash", "0.9")
    add_limit(page, "moisture", "15.5")

    with record.snapshot() as snapshot:
        limits = process_in_force(snapshot).of("limits").values()
    known = {one["characteristic"]: str(one["upper_bound"]) for one in limits}
    assert (known.get("ash"), known.get("moisture")) == ("0.9", "15.5")
