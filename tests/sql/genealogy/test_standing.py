"""Where lots stand and what is on hand by place, in the edition: worked out by hand."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from tests import plants
from tests.plants import MOMENT

MODELS = (
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.unit_balance",
    "genealogy.standing",
    "genealogy.on_hand_by_place",
)
COLD, DOCK = 1, 2


def after(hours: float):
    return MOMENT + timedelta(hours=hours)


def moved(number: int, lot: int, to: int, hours: float, kg=None, **more) -> dict:
    return {
        "move_id": number,
        "lot_id": lot,
        "place_id": to,
        "quantity_kg": kg,
        "happened_at": after(hours),
        **more,
    }


def shipped(number: int, lot: int, kg: D | None, hours: float, **more) -> dict:
    return {
        "shipment_id": number,
        "shipment_code": f"S{number}",
        "lot_id": lot,
        "customer_id": 1,
        "quantity_kg": kg,
        "happened_at": after(hours),
        **more,
    }


@pytest.fixture
def told(warehouse):
    """Build what the lots of 100 kg that are called after their fate come to.

    ONE stands in the cold store, 30 kg of it shipped. TWO has 40 kg at the dock, the rest in the
    cold store, 30 kg shipped from one of them. NOWHERE was never moved. GONE was shipped whole.
    UNWEIGHED stands at the dock, and nobody knows how much was shipped of it. BACK was shipped
    whole; 10 kg came back to the dock. DAY went to the dock on a day, and at nine of that day all
    of it to the cold store: which was last nobody knows. Of JARS five went to
    the cold store, which nobody weighed.
    """
    names = ["ONE", "TWO", "NOWHERE", "GONE", "UNWEIGHED", "BACK", "DAY", "JARS"]
    one, two, _nowhere, gone, unweighed, back, day, jars = range(1, 9)
    plants.fill(
        warehouse,
        "lots",
        [
            {"lot_id": at, "lot_code": name, "weight_kg": D(100), "metadata": "{}"}
            for at, name in enumerate(names, start=1)
        ],
    )
    plants.fill(
        warehouse,
        "partners",
        [{"partner_id": 9, "partner_code": "ST", "name": "Second site", "role": "SITE"}],
    )
    plants.fill(
        warehouse,
        "places",
        [
            {"place_id": COLD, "place_code": "COLD", "name": "Cold store"},
            {"place_id": DOCK, "place_code": "DOCK", "name": "Dock", "partner_id": 9},
        ],
    )
    midnight = after(-8)
    plants.fill(
        warehouse,
        "moves",
        [
            moved(1, one, COLD, 1),
            moved(2, two, COLD, 1),
            moved(3, two, DOCK, 2, D(40)),
            moved(4, gone, COLD, 1),
            moved(5, unweighed, DOCK, 1),
            moved(6, day, COLD, 1),
            moved(8, jars, COLD, 1, quantity=D(5), unit="jar"),
            moved(7, day, DOCK, -8, D(40), happened_until=midnight + timedelta(days=1)),
        ],
    )
    plants.fill(
        warehouse,
        "shipments",
        [
            shipped(1, one, D(30), 3),
            shipped(2, two, D(30), 3),
            shipped(3, gone, D(100), 3),
            shipped(4, unweighed, None, 3),
            shipped(5, back, D(100), 3),
        ],
    )
    plants.fill(
        warehouse,
        "movements",
        [
            {
                "movement_id": 1,
                "lot_id": back,
                "kind": "RETURNED",
                "quantity_kg": D(10),
                "place_id": DOCK,
                "happened_at": after(5),
            }
        ],
    )
    plants.build(warehouse, *MODELS)
    return warehouse


def amount(row: dict) -> tuple:
    return tuple(row[f"on_hand_{name}"] for name in ("kg", "at_most_kg", "at_least_kg"))


def test_each_lot_stands_where_somebody_said_and_never_better_known_than_it_is(told) -> None:
    rows = told.rows("genealogy.standing").to_dicts()

    assert {(row["lot_code"], row["place_code"]): amount(row) for row in rows} == {
        ("ONE", "COLD"): (70, None, None),
        ("TWO", "COLD"): (None, 60, 30),
        ("TWO", "DOCK"): (None, 40, 10),
        ("NOWHERE", None): (100, None, None),
        ("UNWEIGHED", "DOCK"): (None, 100, None),
        ("BACK", "DOCK"): (10, None, None),
        ("DAY", "COLD"): (None, 100, 60),
        ("DAY", "DOCK"): (None, 40, None),
        ("JARS", "COLD"): (None, 100, None),
        ("JARS", None): (None, 100, None),
    }


def test_by_place_known_unknown_and_no_known_place_add_up_apart(told) -> None:
    rows = told.rows("genealogy.on_hand_by_place").to_dicts()

    assert {
        row["place"]: (row["lots_count"], row["unknown_count"], amount(row)) for row in rows
    } == {
        "COLD Cold store": (4, 3, (None, 330, 160)),
        "DOCK Dock, Second site": (4, 3, (None, 190, 20)),
        None: (2, 1, (None, 200, 100)),
    }
