"""What a received lot drags along in pieces and litres: by hand, and as a live trace says it."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sql.amounts import Amount
from sql.genealogy.trace import trace
from sql.record.engine import Record
from sql.unit_amounts import sums_in_units
from sql.vocabulary import Direction
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.engines import ask, undone
from tests.plants import MOMENT
from tests.presence import present

MODELS = [
    "genealogy.ancestries",
    "genealogy.closure",
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.unit_balance",
    "genealogy.exposure_in_units",
]
FLOUR, RYE, LOAVES, SLICES, DRINK, CRUMBS = range(1, 7)
Said = tuple[D | None, D | None, str | None]
Tables = dict[str, list[dict[str, Any]]]


def plant(lots: dict[int, Said], links: list, shipped: list) -> Tables:
    """Write a plant down; amounts are kilograms, quantity and unit."""
    later = MOMENT + timedelta(hours=1)

    def said(kg: D | None, quantity: D | None, unit: str | None) -> dict[str, Any]:
        return {"quantity_kg": kg, "quantity": quantity, "unit": unit, "happened_at": later}

    return {
        "lots": [
            {"lot_id": n, "lot_code": f"L{n}", "weight_kg": kg, "quantity": amount, "unit": unit}
            | {"happened_at": MOMENT, "recorded_at": MOMENT}
            for n, (kg, amount, unit) in lots.items()
        ],
        "lot_genealogy": [
            {"link_id": n, "parent_lot_id": parent, "child_lot_id": child, **said(*amount)}
            for n, (parent, child, *amount) in enumerate(links, 1)
        ],
        "shipments": [
            {"shipment_id": n, "shipment_code": f"S{n}", "customer_id": 900, "lot_id": lot}
            | said(*amount)
            for n, (lot, *amount) in enumerate(shipped, 1)
        ],
    }


def in_edition(warehouse: Warehouse, tables: Tables) -> dict[tuple[int, str], dict[str, Any]]:
    for table in ("lots", "lot_genealogy", "shipments", "movements"):
        plants.fill(warehouse, table, tables.get(table, []))
    plants.build(warehouse, *MODELS)
    rows = warehouse.rows("genealogy.exposure_in_units").to_dicts()
    return {(row["lot_id"], row["unit"]): row for row in rows}


def test_loaves_and_litres_of_one_flour_stand_apart(warehouse: Warehouse) -> None:
    """Half of 200 loaves, of which 50 left and 20 are slices now, and all of 30 l of a drink."""
    found = in_edition(
        warehouse,
        plant(
            {
                FLOUR: (D(60), None, None),
                RYE: (D(40), None, None),
                LOAVES: (None, D(200), "pcs"),
                SLICES: (None, D(20), "pcs"),
                DRINK: (None, D(30), "l"),
                CRUMBS: (D(5), None, None),
            },
            [
                (FLOUR, LOAVES, D(40), None, None),
                (RYE, LOAVES, D(40), None, None),
                (FLOUR, DRINK, D(15), None, None),
                (FLOUR, CRUMBS, D(5), None, None),
                (LOAVES, SLICES, None, D(20), "pcs"),
            ],
            [(LOAVES, None, D(50), "pcs"), (DRINK, D(3), None, None)],
        ),
    )

    told = {at: {n: v for n, v in row.items() if v is not None} for at, row in found.items()}
    assert told[FLOUR, "pcs"] == {
        "lot_id": FLOUR,
        "unit": "pcs",
        "lots_count": 2,
        "on_hand_quantity": 150,
        "shipped_quantity": 50,
        "suspect_on_hand_quantity": 75,
        "suspect_shipped_quantity": 25,
    }
    # Of the drink 3 kg left, and nobody knows how many litres those were.
    assert told[FLOUR, "l"] == {
        "lot_id": FLOUR,
        "unit": "l",
        "lots_count": 1,
        "on_hand_at_least_quantity": 0,
        "shipped_at_least_quantity": 0,
        "suspect_on_hand_at_least_quantity": 0,
        "suspect_shipped_at_least_quantity": 0,
    }
    assert told.keys() == {(FLOUR, "pcs"), (FLOUR, "l"), (RYE, "pcs")}


amounts = st.one_of(
    st.tuples(st.integers(1, 9).map(D), st.none(), st.none()),
    st.tuples(st.none(), st.integers(1, 9).map(D), st.sampled_from(["pcs", "l"])),
)
LOTS = 6


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lots=st.lists(amounts, min_size=LOTS, max_size=LOTS),
    links=st.lists(
        st.tuples(st.integers(1, LOTS), st.integers(1, LOTS), amounts)
        .filter(lambda link: link[0] < link[1])
        .map(lambda link: (*link[:2], *link[2])),
        max_size=8,
    ),
    shipped=st.lists(st.tuples(st.integers(1, LOTS), amounts), max_size=4),
)
def test_the_board_says_what_a_live_trace_says(
    warehouse: Warehouse, owner: Record, lots, links, shipped
) -> None:
    large = {n: tuple(v and v * 20 for v in said[:2]) + said[2:] for n, said in enumerate(lots, 1)}
    tables = plant(large, links, [(lot, *said) for lot, said in shipped])
    found = in_edition(warehouse, tables)
    live: dict[tuple[int, str], dict[str, Amount]] = defaultdict(dict)
    with undone(owner) as transaction:
        ask(transaction, "set local session_replication_role = replica")
        ask(
            transaction,
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')",
        )
        for table, rows in tables.items():
            if rows:
                named = list(rows[0])
                transaction.copy(f"facts.{table}", named, [tuple(row.values()) for row in rows])
        for lot in set(large) - {child for _parent, child, *_ in links}:
            rows = present(trace(transaction, f"L{lot}", Direction.FORWARD)).lots
            for name in ("suspect_on_hand", "suspect_shipped"):
                for one in sums_in_units(rows, name):
                    if one.unit is not None:
                        live[lot, one.unit][name] = one.amount

    assert found.keys() == live.keys()
    for at, row in found.items():
        for name, traced in live[at].items():
            exact = row[f"{name}_quantity"]
            if exact is None:
                assert row[f"{name}_at_least_quantity"] <= float(traced.most_kg or "inf") + 0.01
            else:
                assert float(traced.least_kg) == pytest.approx(exact, abs=0.01)
