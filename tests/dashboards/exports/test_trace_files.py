"""A trace's workbook and page say what the screen says, and nothing in them is a formula."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.exports import sheet, trace_page, worksheet
from dashboards.exports.trace_page import page
from dashboards.exports.trace_workbook import workbook
from dashboards.views.downloads import csv_bytes
from dashboards.views.genealogy import customers_reached
from dashboards.views.trace_files import STAMP, checks_said, stamped
from dashboards.views.trace_tables import (
    LINK_COLUMNS,
    LOT_COLUMNS,
    MORE_LINK_COLUMNS,
    MORE_LOT_COLUMNS,
)
from dashboards.views.verdicts import lines
from sql.genealogy.gaps import Gap, GapKind, SettledFinding, Verdict
from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import Whereabouts, whereabouts
from sql.vocabulary import Direction
from sql.warehouse.check_results import Moment
from sql.warehouse.open_findings import OpenFindings
from sql.warehouse.settlements import Settlement
from tests.presence import present

ZONE = ZoneInfo("Europe/Budapest")
NOWHERE = Whereabouts([], [], [])
FACTS = {"Lot": "=HYPERLINK(1)", "Asked by": "Kőszegi Űrsula"}


@pytest.fixture
def found(record, people):
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=by,
            lot_code="=1+1",
            weight_kg=D("100.5"),
            lot_type="RAW",
            happened_at=datetime(2026, 1, 15, 23, 30, tzinfo=UTC),
        )
        register_lot(
            transaction,
            by=by,
            lot_code="ŐZ",
            weight_kg=90,
            lot_type="FG",
            parents=[Parent("=1+1", D("60.25"))],
        )
    with record.snapshot() as snapshot:
        return trace(snapshot, "=1+1", Direction.BOTH)


def customers(count: int) -> list[dict]:
    return [
        {
            "customer_name": f"Vevő {n}",
            "customer_code": f"C{n}",
            "quantity_kg": D(n),
            "returned_kg": D(0),
            "away_kg": D(n),
            "shipments_count": 1,
            "phone": "+36 1 555 0100",
            "email": f"c{n}@vevo.example",
        }
        for n in range(count)
    ]


def sheets(data: bytes) -> dict[str, str]:
    """Return the workbook's sheets as XML, with the texts they share."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist()}


def test_a_workbook_holds_every_row_and_no_formula(found) -> None:
    files = sheets(workbook(found, customers(3), FACTS, ZONE, NOWHERE))
    texts = files["xl/sharedStrings.xml"]

    assert not any("<f>" in xml for name, xml in files.items() if "worksheets" in name)
    assert "<t>=1+1</t>" in texts and "<t>=HYPERLINK(1)</t>" in texts
    assert "<t>+36 1 555 0100</t>" in texts and "<t>'" not in texts
    assert 'quotePrefix="1"' in files["xl/styles.xml"]
    assert "ŐZ" in texts and "Vevő 2" in texts and "Europe/Budapest" in texts
    words = ("Waiting", "this lot", "came out")
    assert all(f"<t>{word}</t>" in texts for word in words)
    assert not any(f"<t>{word}</t>" in texts for word in ("pending", "self", "forward"))
    rows = {n: files[f"xl/worksheets/sheet{n}.xml"].count("<row ") for n in range(2, 6)}
    assert rows == {2: 3, 3: 2, 4: 1, 5: 4}  # lots, links, shipments, customers, a heading each
    # 15 January 23:30 UTC is the 16th, half past midnight, in Budapest.
    assert "46038.0208" in files["xl/worksheets/sheet2.xml"]
    assert "60.25" in files["xl/worksheets/sheet3.xml"]


@pytest.fixture
def of_several(record, people, found):
    """Trace two lots of which a third was made; 5 kg of that were shipped."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Café", "CUSTOMER")]
        )
        for code in ("A", "B"):
            register_lot(transaction, by=by, lot_code=code, weight_kg=10)
        parents = [Parent("A", 5), Parent("B", 5)]
        register_lot(transaction, by=by, lot_code="AB", weight_kg=10, parents=parents)
        # What a plant brings from before has no gate to pass.
        transaction.copy(
            "facts.shipments",
            ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"],
            [("S", transaction.value("lot_id_by_code", lot_code="AB"), 1, 5, datetime.now(UTC))],
        )
    with record.snapshot() as snapshot:
        return trace(snapshot, ["A", "B"], Direction.BOTH)


def test_a_workbook_of_several_lots_says_of_each_row_which_it_comes_from(of_several) -> None:
    reached = customers_reached(of_several.shipments)
    where = replace(NOWHERE, here=[{**of_several.lots[2], "place": None, "standing": "received"}])
    files = sheets(workbook(of_several, reached, FACTS, ZONE, where))

    texts = re.findall(r"<t>([^<]*)</t>", files["xl/sharedStrings.xml"])
    assert "Shipment lines" in texts
    heading, both = texts.index("Suspects it comes from"), texts.index("A; B")
    for number, what in [(2, "lots"), (4, "shipments"), (5, "customers"), (7, "here")]:
        written = files[f"xl/worksheets/sheet{number}.xml"]
        assert written.count(f"<v>{heading}</v>") == written.count(f"<v>{both}</v>") == 1, what


def test_csv_of_several_lots_says_of_each_row_which_it_comes_from(of_several) -> None:
    written = csv_bytes(of_several.lots, [*LOT_COLUMNS, *MORE_LOT_COLUMNS], ZONE)

    rows = list(csv.DictReader(written.decode("utf-8-sig").splitlines()))
    assert {row["lot_code"]: row["suspects"] for row in rows} == {
        "A": "A",
        "B": "B",
        "AB": "A; B",
    }


def test_what_does_not_fit_a_sheet_is_said(found, monkeypatch) -> None:
    monkeypatch.setattr(worksheet, "MOST_ROWS", 2)
    files = sheets(workbook(found, customers(3), FACTS, ZONE, NOWHERE))
    assert "2 of 3: Excel" in files["xl/sharedStrings.xml"]
    assert files["xl/worksheets/sheet5.xml"].count("<row ") == 3


@pytest.mark.parametrize("count", [0, 3, 500])
def test_a_page_is_one_page_and_the_same_for_the_same_answer(found, count) -> None:
    said = ["What it comes to.", *lines(found.verdict)]
    once = page(found, customers(count), FACTS, said, NOWHERE)
    assert re.findall(rb"/Count (\d+)", once) == [b"1"]
    assert once == page(found, customers(count), FACTS, said, NOWHERE)
    assert b"DejaVuSans" in once


@pytest.fixture
def unweighed(record, people, found):
    """Let an unknown amount of the lot traced go on, after 60.25 of its 100.5 kg."""
    with record.transaction() as transaction:
        link_lots(transaction, by=people["MANAGER"], parent_lot_code="=1+1", child_lot_code="ŐZ")
    with record.snapshot() as snapshot:
        return trace(snapshot, "=1+1", Direction.BOTH)


def test_what_is_at_most_here_has_a_column_of_its_own_in_the_workbook(found, unweighed) -> None:
    exact = sheets(workbook(found, customers(0), FACTS, ZONE, NOWHERE))["xl/sharedStrings.xml"]
    bounded = sheets(workbook(unweighed, customers(0), FACTS, ZONE, NOWHERE))

    assert "On hand at most, kg" not in exact
    assert "On hand at most, kg" in bounded["xl/sharedStrings.xml"]
    lots = bounded["xl/worksheets/sheet2.xml"]
    assert lots.count("<v>40.25</v>") == 2  # of the lot, and of it itself: at most, nowhere plain


def test_csv_of_a_trace_carries_the_verdict_and_the_moment_in_every_row(found) -> None:
    moment = datetime(2026, 1, 16, 8, 28, tzinfo=UTC)
    rows = stamped(found, found.lots, moment)
    columns = ["lot_code", *STAMP]

    assert csv_bytes(rows, columns, ZONE).decode("utf-8-sig").splitlines() == [
        "lot_code,verdict,as_known_at (Europe/Budapest)",
        "'=1+1,Not complete: the list may lack lots,2026-01-16T09:28:00+01:00",
        "ŐZ,Not complete: the list may lack lots,2026-01-16T09:28:00+01:00",
    ]
    whole = replace(found, verdict=Verdict(()))
    light = replace(found, verdict=Verdict((Gap(GapKind.UNKNOWN_WEIGHT, ("ŐZ",)),)))
    assert stamped(whole, whole.lots, moment)[0]["verdict"] == "Complete"
    said = stamped(light, light.lots, moment)[0]["verdict"]
    assert said == "Not complete: not every kilogram is known"


def test_csv_tells_a_bound_where_a_row_does_not_know_exactly(found, unweighed) -> None:
    wanted = ["lot_code", "on_hand_kg"]

    assert csv_bytes(found.lots, wanted, ZONE).decode("utf-8-sig").splitlines()[:2] == [
        "lot_code,on_hand_kg",
        "'=1+1,40.250",
    ]
    assert csv_bytes(unweighed.lots, wanted, ZONE).decode("utf-8-sig").splitlines()[:2] == [
        "lot_code,on_hand_kg,on_hand_at_most_kg",
        "'=1+1,,40.250",
    ]


@pytest.fixture
def written(monkeypatch):
    """Collect what is written on a page, as text."""
    said: list[str] = []
    for name in ("drawString", "drawRightString"):
        plain = getattr(trace_page.Canvas, name)

        def noted(self, x, y, text, plain=plain):
            said.append(text)
            assert sheet.BOTTOM - 23 <= y <= sheet.TOP and x >= 0
            return plain(self, x, y, text)

        monkeypatch.setattr(trace_page.Canvas, name, noted)
    return said


def test_a_page_says_that_what_is_here_is_at_most(unweighed, written) -> None:
    page(unweighed, customers(0), FACTS, ["What it comes to."], NOWHERE)

    stage = written[written.index("RAW") : written.index("RAW") + 5]
    assert stage == ["RAW", "1", "100.5 kg", "100.5 kg", "at most 40.25 kg"]


def test_a_page_counts_bulk_that_was_poured_into_bulk_once(record, people, written) -> None:
    """60 of 100 kg went into another lot of the stage: 100 kg in all, all of them here."""
    with record.transaction() as transaction:
        for code, weight, parents in (("B1", 100, []), ("B2", 60, [Parent("B1", 60)])):
            register_lot(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                lot_type="BULK",
                weight_kg=weight,
                parents=parents,
            )
    with record.snapshot() as snapshot:
        poured = present(trace(snapshot, "B1", Direction.FORWARD))
    page(poured, customers(0), FACTS, ["What it comes to."], NOWHERE)

    stage = written[written.index("BULK") : written.index("BULK") + 5]
    assert stage == ["BULK", "2", "100 kg", "100 kg", "100 kg"]


def test_a_page_says_who_asked_the_verdict_the_stages_and_the_customers(found, written) -> None:
    page(found, customers(2), FACTS, ["What it comes to.", *lines(found.verdict)], NOWHERE)
    assert "Asked by: Kőszegi Űrsula" in written
    assert any(line.startswith("⚠ Not complete") for line in written)
    assert any("=1+1, ŐZ" in line for line in written)  # the lots not checked yet
    assert written[written.index("RAW") : written.index("RAW") + 5] == [
        "RAW",
        "1",
        "100.5 kg",
        "100.5 kg",
        "40.25 kg",
    ]
    assert "Vevő 1" in written and "Customers reached: 2" in written


def test_a_page_says_what_else_is_known_of_the_lots_and_who_settled_it(found, written) -> None:
    settled = Settlement("EXPLAINED", "weighed on the other scale", "Mara", datetime.now(UTC))
    verdict = Verdict(
        (Gap(GapKind.LATE_LINK, ("ŐZ",)),), (SettledFinding("no_lot_is_late", settled, ("ŐZ",)),)
    )
    page(replace(found, verdict=verdict), [], FACTS, ["It comes to."] + lines(verdict), NOWHERE)

    text = " ".join(written)
    assert "✓ Complete" in text and "What else is known about these lots:" in text
    assert "A parent was added more than a day after the lot was recorded (1 lot)" in text
    assert "settled: explained by Mara on" in text and "weighed on the other scale" in text


def delivery(number: int) -> dict:
    return {
        "supplier_name": f"Beszállító {number}",
        "supplier_code": f"S{number}",
        "supplier_lot_code": f"P-{number}",
        "lot_code": f"RAW-{number}",
        "product_code": "BEEF",
        "product_name": "Beef",
        "lot_type": "RAW",
        "weight_kg": D(10),
        "happened_at": datetime(2026, 1, 15, tzinfo=UTC),
        "phone": "+36 30 555 0100",
        "email": None,
    }


PLANT = [{"site_code": "DUNA", "site_name": "Duna Kebab Kft.", "address": "1 Minta rakpart"}]


def test_a_page_names_plant_product_and_who_delivered_which_lot(found, written) -> None:
    lot = {
        **found.lot,
        "product_code": "CHK15",
        "product_name": "Chicken 15 kg",
        "gtin": "05991234567890",
        "expires_on": date(2027, 3, 1),
    }
    deliveries = [delivery(1), delivery(1) | {"lot_code": "RAW-1B"}, delivery(2)]
    where = Whereabouts(PLANT, [], deliveries)
    page(replace(found, asked=[lot]), customers(2), FACTS, ["It comes to."], where)

    assert "Plant: Duna Kebab Kft., 1 Minta rakpart" in written
    assert "Product: CHK15 · Chicken 15 kg · GTIN 05991234567890 · use by 2027-03-01" in written
    assert "Suppliers' lots in it: 2" in written
    assert (
        "Beszállító 1 (S1) · supplier's lot P-1 · came as RAW-1, RAW-1B · +36 30 555 0100"
        in written
    )


def test_a_page_says_what_is_not_recorded(found, written) -> None:
    bare = delivery(1) | {"supplier_code": None, "supplier_name": None, "phone": None}
    page(found, [], FACTS, ["It comes to."], Whereabouts([], [], [bare]))

    plant = "Plant: not recorded: add it on Master data as a partner that is an own site"
    assert plant in written and "Product: not recorded" in written
    assert "not recorded · supplier's lot P-1 · came as RAW-1" in written


def test_a_page_with_many_suppliers_counts_those_that_do_not_fit(found, written) -> None:
    where = Whereabouts(PLANT, [], [delivery(n) for n in range(400)])
    whole = page(found, customers(500), FACTS, ["It comes to."], where)

    assert re.findall(rb"/Count (\d+)", whole) == [b"1"]
    suppliers = sum(line.startswith("Beszállító") for line in written)
    assert suppliers > 5 and f"{400 - suppliers} more are in the workbook." in written
    assert sum(line.startswith("Vevő") for line in written) > 5


def test_a_workbook_says_what_is_here_and_who_delivered(found, transaction) -> None:
    where = whereabouts(transaction, [], [])
    here = [{**lot, "place": None, "standing": "received"} for lot in found.lots[:1]]
    where = replace(where, here=here, deliveries=[delivery(1)])
    files = sheets(workbook(found, customers(1), FACTS, ZONE, where))

    texts = files["xl/sharedStrings.xml"]
    for text in ("P-1", "Beszállító 1", "not recorded", "as received", "+36 30 555 0100"):
        assert f"<t>{text}</t>" in texts
    assert files["xl/worksheets/sheet6.xml"].count("<row ") == 2  # suppliers
    assert files["xl/worksheets/sheet7.xml"].count("<row ") == 2  # here


def test_a_page_counts_what_does_not_fit(found, written) -> None:
    page(found, customers(500), FACTS, [f"line {n}" for n in range(30)], NOWHERE)
    more = [line for line in written if line.endswith("are in the workbook.")]
    assert more[0] == "20 more lines are in the workbook."
    shown = sum(line.startswith("Vevő") for line in written)
    assert more[1] == f"{500 - shown} more are in the workbook."


def test_the_font_has_every_letter_and_mark_that_a_page_writes() -> None:
    sheet.register_font()
    font = sheet.pdfmetrics.getFont(sheet.NAME)
    assert isinstance(font, TTFont)
    glyphs = font.face.charToGlyph
    assert all(ord(letter) in glyphs for letter in "őűŐŰáéíóöúüÁÉÍÓÖÚÜ✓✕‖○⚠–…·“”")


def test_the_files_say_of_which_record_the_checks_spoke_and_what_bears_on_it_beyond() -> None:
    seen = OpenFindings(Moment(datetime(2026, 1, 15, 23, 30, tzinfo=UTC), 7, "a head"), {})
    checked, beyond = Verdict(()), Verdict((Gap(GapKind.NOT_CHECKED, ("A",)),))

    assert checks_said(seen, checked, ZONE) == (
        "all of them looked at the record as of 2026-01-16 00:30"
    )
    assert "as of 2026-01-16 00:30, and not at all that bears" in checks_said(seen, beyond, ZONE)
    for unknown in (None, OpenFindings(None, {})):
        assert checks_said(unknown, beyond, ZONE).startswith("not all of them have looked")


@pytest.fixture
def of_products(record, people, found):
    """Trace flour in two doughs; of the second nobody knows the product."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.products",
            ["product_code", "name"],
            [("FLOUR", "Wheat flour"), ("DOUGH", "Dough")],
        )
        register_lot(transaction, by=by, lot_code="SILO", product_code="FLOUR", weight_kg=10)
        for code, product in (("D1", "DOUGH"), ("D2", None)):
            register_lot(
                transaction,
                by=by,
                lot_code=code,
                product_code=product,
                weight_kg=4,
                parents=[Parent("SILO", 4)],
            )
    with record.snapshot() as snapshot:
        return trace(snapshot, "SILO", Direction.FORWARD)


def test_each_link_of_a_workbook_and_a_csv_names_the_products_of_both_lots(of_products) -> None:
    files = sheets(workbook(of_products, [], FACTS, ZONE, NOWHERE))
    texts = re.findall(r"<t>([^<]*)</t>", files["xl/sharedStrings.xml"])
    links = files["xl/worksheets/sheet3.xml"]
    written = csv_bytes(of_products.links, [*LINK_COLUMNS, *MORE_LINK_COLUMNS], ZONE)
    rows = list(csv.DictReader(written.decode("utf-8-sig").splitlines()))

    assert links.count(f"<v>{texts.index('FLOUR')}</v>") == 2
    assert links.count(f"<v>{texts.index('DOUGH')}</v>") == 1
    assert [
        (row["parent_lot_code"], row["parent_product_code"], row["child_product_code"])
        for row in rows
    ] == [("SILO", "FLOUR", "DOUGH"), ("SILO", "FLOUR", "")]
