"""How an answer differs from an earlier one is told in pieces and litres, never as kilograms."""

from datetime import UTC, datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact
from dashboards.exports.csv_text import csv_text
from dashboards.views.difference_words import CHANGES, value_in_words
from sql.amount_columns import columns_told
from sql.genealogy.differences import Difference, trace_difference
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.presence import present
from tests.terminal import lotline

ZONE = ZoneInfo("Europe/Budapest")
WHY = "written for this test"
LINE = {"lot_code": "BUNS", "shipment_code": "S", "customer_code": "C", "quantity_kg": None}


@pytest.fixture
def moment(settings, record, people) -> datetime:
    """Ship 50 of 240 buns; since then 5 were waste, and the 50 are found to be 40."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Café", "CUSTOMER")]
        )
        register_lot(transaction, by=by, lot_code="BUNS", lot_type="MIX", quantity=240, unit="pcs")
        shipped = record_shipment(transaction, by=by, **LINE, quantity=50, unit="pcs")
    then = datetime.now(UTC)
    with record.transaction() as transaction:
        said = {"quantity": 5, "unit": "pcs", "reason": WHY}
        register_movement(transaction, by=by, lot_code="BUNS", kind="WASTE", **said)
        void = {"kind": Voidable.SHIPMENT, "fact_id": shipped, "reason": WHY}
        void_fact(transaction, by=by, **void)
        record_shipment(transaction, by=by, **LINE, quantity=40, unit="pcs")
    return then


def since(record, moment: datetime) -> Difference:
    with record.snapshot(as_of=moment) as snapshot:
        then = present(trace(snapshot, "BUNS", Direction.FORWARD))
    with record.snapshot() as snapshot:
        return trace_difference(snapshot, then, trace(snapshot, "BUNS", Direction.FORWARD), moment)


def test_values_and_facts_are_said_in_pieces(record, moment) -> None:
    rows = [value_in_words(row, ZONE) for row in since(record, moment).changed]
    said = {(row["value"], row["was"], row["is_now"]) for row in rows}

    assert ("On hand quantity", "190 pcs", "195 pcs") in said
    assert ("Suspect shipped quantity", "50 pcs", "40 pcs") in said
    assert ("Shipment", "S · 50 pcs", "–") in said and ("Shipment", "–", "S · 40 pcs") in said
    assert ("Movement", "–", "Waste · 5 pcs") in said
    counted = [row for row in rows if row["value"].endswith("quantity")]
    assert counted and not [row for row in counted if "kg" in row["was"] + row["is_now"]]


def test_what_was_written_since_stands_with_its_pieces(record, moment) -> None:
    changes = since(record, moment).changes

    assert [(row["change"], row["quantity"], row["unit"]) for row in changes] == [
        ("movement added", D(5), "pcs"),
        ("shipment voided", D(50), "pcs"),
        ("shipment added", D(40), "pcs"),
    ]
    assert "quantity,unit" in csv_text(changes, columns_told(CHANGES, changes)).splitlines()[0]


def test_the_terminal_says_them_too(record, moment) -> None:
    said = lotline("trace", "BUNS", "--as-of", moment.isoformat()).stdout

    assert "190 pcs" in said and "S · 40 pcs" in said
    written = said[said.index("Written since then:") :]
    assert "quantity" in written.splitlines()[1] and "pcs" in written
