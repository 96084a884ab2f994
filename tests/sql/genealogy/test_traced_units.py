"""In which logistic units the lots of a trace stand, and which of them left with which shipment.

R went into A and B. A: 30 kg in a case that stands on a pallet, 20 kg unweighed in another case on
the floor, and 10 kg in a unit that left. B: 5 kg on the same pallet; 1 kg of it left in a unit of
which nobody said what was packed in it. X is of another origin, on a pallet of its own.
"""

from decimal import Decimal as D

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.voids import Voidable, void_fact
from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import Whereabouts, whereabouts
from sql.vocabulary import Direction
from tests.engines import ask

CASE, CASE_2, PALLET = "059012345000000012", "059012345000000029", "059012345000000036"
GONE, TYPED, OTHERS = "059012345000000043", "059012345000000050", "059012345000000067"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def packed(transaction, people):
    by = people["MANAGER"]
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
    )
    register_lot(transaction, by=by, lot_code="R", lot_type="RAW", weight_kg=100)
    for code, kg, parents in (
        ("A", 60, [Parent("R", 60)]),
        ("B", 40, [Parent("R", 40)]),
        ("X", 9, []),
    ):
        register_lot(
            transaction, by=by, lot_code=code, lot_type="MIX", weight_kg=kg, parents=parents
        )
    for sscc, code, kg in (
        (CASE, "A", 30),
        (CASE_2, "A", None),
        (GONE, "A", 10),
        (PALLET, "B", 5),
        (OTHERS, "X", 9),
    ):
        pack_lot(transaction, by=by, sscc=sscc, lot_code=code, quantity_kg=kg)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    ship_unit(transaction, by=by, sscc=GONE, shipment_code="S-1", customer_code="C")
    record_shipment(
        transaction,
        by=by,
        shipment_code="S-2",
        lot_code="B",
        customer_code="C",
        quantity_kg=1,
        sscc=TYPED,
    )
    return transaction


def around(transaction, code="R", way=Direction.FORWARD) -> tuple[Whereabouts, dict[str, dict]]:
    found = trace(transaction, code, way)
    assert found is not None
    where = whereabouts(transaction, found.lots, found.shipments)
    return where, {lot["lot_code"]: lot for lot in found.lots}


NAMES = ("sscc", "outermost_sscc", "lot_code", "quantity_kg", "shipment_code", "customer_name")


def test_a_trace_names_the_units_its_lots_are_in_and_how_others_left(packed) -> None:
    where, lots = around(packed)

    assert [tuple(unit[name] for name in NAMES) for unit in where.units] == [
        (CASE_2, CASE_2, "A", None, None, None),
        (CASE, PALLET, "A", D(30), None, None),
        (PALLET, PALLET, "B", D(5), None, None),
        (GONE, GONE, "A", D(10), "S-1", "Shop"),
        (TYPED, TYPED, "B", D(1), "S-2", "Shop"),
    ]
    assert all(unit["packed_at"] for unit in where.units[:4])
    assert [unit["left_at"] is not None for unit in where.units] == [False] * 3 + [True] * 2
    assert lots["A"]["units_here"] == (CASE_2, CASE)
    assert lots["A"]["units_left"] == (f"{GONE} (S-1)",)
    assert lots["B"]["units_left"] == (f"{TYPED} (S-2)",)
    assert "units_here" not in lots["R"]


def test_what_a_lot_was_made_from_is_not_asked_for_its_units(packed) -> None:
    where, lots = around(packed, "R", Direction.BACK)
    assert (where.units, "units_here" in lots["R"]) == ([], False)
    assert {unit["lot_code"] for unit in around(packed, "B", Direction.BOTH)[0].units} == {"B"}


def test_a_unit_whose_shipment_was_voided_is_here_again(packed, people) -> None:
    for (line,) in ask(packed, "select shipment_id from shipments").fetchall():
        void_fact(
            packed,
            by=people["MANAGER"],
            kind=Voidable.SHIPMENT,
            fact_id=line,
            reason="never left the yard",
        )
    assert {u["sscc"]: u["shipment_code"] for u in around(packed)[0].units} == dict.fromkeys(
        (CASE, CASE_2, PALLET, GONE)
    )


def test_units_in_a_circle_end_the_question(packed) -> None:
    """No command writes one; two imports at odds could."""
    ask(
        packed,
        "insert into facts.packings (sscc, kind, inner_sscc, happened_at) values "
        f"('{CASE}', 'PACKED', '{PALLET}', now())",
    )
    assert {unit["sscc"] for unit in around(packed)[0].units} >= {CASE, CASE_2, PALLET}
