"""A form that somebody opened stays open when it is sent; an answer goes with what it was about."""

from playwright.sync_api import Locator, Page, expect

from dashboards.commands.lots import register_lot
from dashboards.commands.places import register_place
from sql.record.engine import DatabaseRole, Record
from tests.browsers import choose, settled, show, sign_in

PALLET = "059012345000000036"


def opened(page: Page, title: str) -> Locator:
    """Open the part of the screen with this title, and return it."""
    part = page.locator("details").filter(has=page.get_by_text(title, exact=True)).first
    part.locator("summary").click()
    expect(part).to_have_attribute("open", "")
    return part


def test_the_form_of_places_stays_open_after_the_first_place_and_after_a_refusal(
    page: Page, served
) -> None:
    sign_in(page, served.address)
    show(page, served.address, "master_data")
    form = opened(page, "Add a place")
    for said in ("Place DOCK is added.", "Place DOCK exists already"):
        form.get_by_label("Code", exact=True).fill("DOCK")
        form.get_by_label("Name", exact=True).fill("The dock")
        form.get_by_role("button", name="Add place").click()
        expect(page.get_by_text(said)).to_be_visible()
        settled(page)
        expect(form.get_by_role("button", name="Add place").last).to_be_visible()


def test_the_form_that_packs_stays_open_after_the_first_lot(page: Page, served) -> None:
    sign_in(page, served.address)
    show(page, served.address, "packing")
    page.get_by_role("textbox", name="Unit (SSCC)").fill(PALLET)
    page.get_by_role("textbox", name="Unit (SSCC)").press("Tab")
    settled(page)
    form = opened(page, "Put a lot in")
    form.get_by_label("Lot code or label").fill("BEEF-1")
    form.get_by_label("Kilograms (empty: nobody weighed it)").fill("10")
    form.get_by_label("Kilograms (empty: nobody weighed it)").press("Tab")
    settled(page)
    form.get_by_role("button", name="Put a lot in").click()
    expect(page.get_by_text(f"BEEF-1 is in unit {PALLET}")).to_be_visible()
    settled(page)
    expect(form.get_by_label("Lot code or label").last).to_be_visible()


def test_the_form_that_moves_stays_open_once_the_lot_stands_somewhere(
    page: Page, served, everybody
) -> None:
    record = Record(served.database, DatabaseRole.APP)
    with record.transaction() as transaction:
        register_place(transaction, by=everybody["MANAGER"], place_code="COOL", name="Cool store")
    record.close()
    sign_in(page, served.address)
    show(page, served.address, "lots?lot=BEEF-1")
    form = opened(page, "Move to a place")
    choose(page, form.locator(".st-key-place_to input"), "COOL")
    settled(page)
    form.get_by_role("button", name="Record the move").click()
    expect(page.get_by_text("It is recorded at COOL.")).to_be_visible()
    expect(page.get_by_text("Stands at COOL")).to_be_visible()
    settled(page)
    # While a form is drawn again its old button stands beside the new one.
    expect(form.get_by_role("button", name="Record the move").last).to_be_visible()


def test_a_decision_about_one_lot_is_not_said_over_the_next(page: Page, served, everybody) -> None:
    record = Record(served.database, DatabaseRole.APP)
    with record.transaction() as transaction:
        for code in ("PORK-1", "PORK-2"):
            register_lot(
                transaction,
                by=everybody["OPERATOR"],
                lot_code=code,
                lot_type="RAW",
                weight_kg=300,
            )
    record.close()
    sign_in(page, served.address)
    show(page, served.address, "qc_decisions?lot=PORK-1")
    page.get_by_role("radio", name="HOLD").click()
    page.get_by_role("textbox", name="°C").fill("6")
    notes = page.get_by_label("Notes: HOLD and FAIL need 10 characters or more")
    notes.fill("too warm on arrival")
    notes.press("Tab")
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("HOLD: lot PORK-1")).to_be_visible()
    settled(page)

    choose(page, page.locator("[class*=st-key-qc_lot_] input"), "PORK-2")

    expect(page.get_by_text("HOLD: lot PORK-1")).to_have_count(0)
    expect(page.get_by_text("Lot PORK-2 must keep")).to_be_visible()
