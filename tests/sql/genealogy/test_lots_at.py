"""Which lots stand at a place: asked of few, and the same as if every lot were followed."""

from datetime import UTC, datetime, timedelta

import pytest

from sql.genealogy.lots_at import lots_at
from sql.genealogy.standing_places import standing_places
from tests.engines import ask

MADE = datetime(2026, 3, 2, 8, tzinfo=UTC)
FACTS = {
    # What happened to a lot of 100 kg: kind, hours since, kilograms, place, its end in hours.
    "STAYS": [("MOVED", 1, None, "A", None)],
    "WENT_ON": [("MOVED", 1, None, "A", None), ("MOVED", 2, None, "B", None)],
    "CAME_BACK": [
        ("MOVED", 1, None, "A", None),
        ("MOVED", 2, None, "B", None),
        ("MOVED", 3, None, "A", None),
    ],
    "A_PART_WENT_ON": [("MOVED", 1, None, "A", None), ("MOVED", 2, 40, "B", None)],
    "BOTH_AT_ONCE": [("MOVED", 1, None, "A", None), ("MOVED", 1, None, "B", None)],
    "THAT_DAY": [("MOVED", 0, None, "A", 24), ("MOVED", 2, None, "B", None)],
    "THE_DAY_BEFORE": [("MOVED", 0, None, "A", 24), ("MOVED", 25, None, "B", None)],
    "WENT_ON_THAT_DAY": [("MOVED", 1, None, "A", None), ("MOVED", 2, None, "B", 26)],
    "GONE": [("MOVED", 1, None, "A", None), ("SHIPPED", 2, 100, None, None)],
    "SOME_LEFT": [("MOVED", 1, None, "A", None), ("SHIPPED", 2, 60, None, None)],
    "UNWEIGHED": [("MOVED", 1, None, "A", None), ("SHIPPED", 2, None, None, None)],
    "RETURNED": [("SHIPPED", 1, 100, None, None), ("RETURNED", 2, 10, "A", None)],
    "GONE_AND_RETURNED": [
        ("MOVED", 1, None, "B", None),
        ("SHIPPED", 2, 100, None, None),
        ("RETURNED", 3, 10, "A", None),
    ],
    "WASTED": [("MOVED", 1, None, "A", None), ("WASTE", 2, 100, None, None)],
    "FOUND": [
        ("MOVED", 1, None, "A", None),
        ("SHIPPED", 2, 100, None, None),
        ("COUNTED", 3, 5, None, None),
    ],
    "NEVER_MOVED": [],
}


@pytest.fixture
def lots(transaction) -> list[int]:
    """Write places A and B, and a lot of each kind; return the lots' ids."""
    ask(transaction, "insert into facts.places (place_code, name) values ('A', 'A'), ('B', 'B')")
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C', 'Shop', 'CUSTOMER')",
    )
    ids = []
    for code, facts in FACTS.items():
        add = "insert into facts.lots (lot_code, weight_kg, happened_at) values (:code, 100, :at)"
        ask(transaction, add, code=code, at=MADE)
        lot_id = transaction.value("lot_id_by_code", lot_code=code)
        ids.append(lot_id)
        for kind, *fact in facts:
            write(transaction, lot_id, kind, *fact)
    return ids


def write(transaction, lot_id, kind, hours, kg, place, until) -> None:
    told = {
        "lot_id": lot_id,
        "kind": kind,
        "kg": kg,
        "place": place,
        "at": MADE + timedelta(hours=hours),
        "until": until and MADE + timedelta(hours=until),
    }
    place_id = "(select place_id from facts.places where place_code = cast(:place as text))"
    if kind == "MOVED":
        into, cells = "facts.moves (lot_id, place_id", f":lot_id, {place_id}"
    elif kind == "SHIPPED":
        into = "facts.shipments (shipment_code, customer_id, lot_id"
        cells = "'S' || :lot_id, (select max(partner_id) from facts.partners), :lot_id"
    else:
        into = "facts.movements (lot_id, kind, shipment_id, place_id"
        line = "(select shipment_id from facts.shipments where lot_id = :lot_id)"
        cells = f":lot_id, :kind, {line if kind == 'RETURNED' else 'null'}, {place_id}"
    ask(
        transaction,
        f"insert into {into}, quantity_kg, happened_at, happened_until)"
        f" values ({cells}, :kg, :at, :until)",
        **told,
    )


@pytest.mark.parametrize("code", ["A", "B"])
def test_lots_at_a_place_are_those_that_may_stand_there(transaction, lots, code) -> None:
    every = standing_places(transaction, lots)
    wanted = {
        lot_id: kg
        for lot_id, places in every.items()
        for place, kg in places.items()
        if place is not None and place.code == code
    }

    assert lots_at(transaction, code) == wanted
    assert 3 < len(wanted) < len(lots)


def test_what_is_surely_not_there_is_not_followed(transaction, lots) -> None:
    asked = transaction.all("lots_brought_to", place_code="A")
    codes = dict(zip(lots, FACTS, strict=True))

    left_out = {*FACTS} - {codes[row["lot_id"]] for row in asked}
    assert left_out == {"WENT_ON", "THE_DAY_BEFORE", "GONE", "WASTED", "NEVER_MOVED"}
