"""A result outside its limit stops its lot, and all that was made from it, until a manager decides.

Receipt (gate 1) wants a surface of at most 4 °C of RAW.
"""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.import_plan import Plan
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.readings import Recorded, record_reading
from dashboards.commands.refusals import NotPermitted, ShipmentStopped
from dashboards.commands.shipments import record_shipment
from dashboards.imports.csv_folder import import_frames
from sql.record.transactions import Transaction
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed
from tests.presence import present

AT = datetime(2026, 1, 15, 8, tzinfo=UTC)
WARM = "surface temperature 5.5 °C: outside the limit ≤ 4 °C."


@pytest.fixture
def lot(transaction, people) -> str:
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
    )
    by = people["OPERATOR"]
    register_lot(transaction, by=by, lot_code="RAW-1", lot_type="RAW", weight_kg=100)
    return "RAW-1"


def measure(
    transaction,
    by,
    value: str,
    characteristic: str = "surface_temperature",
    unit: str | None = "C",
    gate: int | None = 1,
) -> Recorded:
    return record_reading(
        transaction,
        by=by,
        lot_code="RAW-1",
        characteristic=characteristic,
        value=value,
        unit=unit,
        gate_id=gate and gate_id_of(transaction, gate),
    )


def decisions(transaction: Transaction, code: str = "RAW-1") -> list[tuple]:
    lot_id = transaction.value("lot_id_by_code", lot_code=code)
    rows = transaction.all("decisions_of_lot", lot_id=lot_id)
    return [(row["decision"], row["gate_number"], row["notes"], row["decided_by"]) for row in rows]


def state(transaction: Transaction, code: str = "RAW-1") -> str:
    return present(transaction.one("lot_shown", lot_code=code))["disposition"]


def test_a_result_outside_its_limit_holds_the_lot_once(transaction, people, lot) -> None:
    by = people["OPERATOR"]
    assert measure(transaction, by, "4").held_for is None
    assert decisions(transaction) == []

    assert measure(transaction, by, "5.5").held_for == WARM
    assert measure(transaction, by, "6").held_for is None
    assert decisions(transaction) == [("HOLD", None, WARM, by.full_name)]
    assert state(transaction) == "hold"


def test_a_result_at_no_gate_is_judged_as_at_the_gates_of_its_lots_type(
    transaction, people, lot
) -> None:
    by = people["OPERATOR"]
    assert measure(transaction, by, "3", "wip_time", "h", gate=None).held_for is None  # deboned
    assert measure(transaction, by, "4", gate=None).held_for is None
    assert measure(transaction, by, "5.5", gate=None).held_for == WARM


@pytest.mark.parametrize(
    ("value", "held_for"),
    [
        ("detected in 25 g", "listeria detected in 25 g: no limit says that this may be."),
        ("not ok", "listeria not ok: no limit says that this may be."),
        ("not detected in 25 g", None),
        ("ok", None),
    ],
)
def test_a_word_that_bodes_ill_holds_where_no_limit_says_what_is_wanted(
    transaction, people, lot, value, held_for
) -> None:
    assert measure(transaction, people["OPERATOR"], value, "listeria", None).held_for == held_for


def test_a_sign_holds_only_where_every_number_on_its_side_is_outside(
    transaction, people, lot
) -> None:
    by = people["OPERATOR"]
    assert measure(transaction, by, "<10").held_for is None
    assert measure(transaction, by, "<4").held_for is None
    assert measure(transaction, by, ">4").held_for == WARM.replace("5.5", ">4")


def test_what_was_made_from_a_lot_so_held_is_shipped_by_nobody(transaction, people, lot) -> None:
    by, manager = people["OPERATOR"], people["MANAGER"]
    register_lot(
        transaction, by=by, lot_code="FG-1", lot_type="FG", weight_kg=50, parents=[Parent(lot, 50)]
    )
    decide(
        transaction,
        by=manager,
        lot_code="FG-1",
        decision="PASS",
        gate_id=gate_id_of(transaction, 8),
        confirmation=just_confirmed(manager),
    )
    measure(transaction, by, "5.5")

    with pytest.raises(ShipmentStopped, match="RAW-1"):
        record_shipment(
            transaction,
            by=by,
            lot_code="FG-1",
            shipment_code="S-1",
            customer_code="C",
            quantity_kg=1,
        )


def test_no_pass_at_a_gate_lifts_it_and_an_operator_lifts_it_nowhere(
    transaction, people, lot
) -> None:
    by = people["OPERATOR"]
    measure(transaction, by, "5.5")
    decide(
        transaction,
        by=people["MANAGER"],
        lot_code=lot,
        decision="PASS",
        gate_id=gate_id_of(transaction, 1),
        temperature_c=3,
    )

    assert state(transaction) == "hold"
    with pytest.raises(NotPermitted):
        decide(transaction, by=by, lot_code=lot, decision="PASS", notes="measured once more")


def test_a_result_that_a_hold_answered_since_it_was_taken_holds_no_more(
    transaction, people, lot
) -> None:
    """Written down late: the lot was held for it, and let go, an hour ago."""
    manager = people["MANAGER"]
    made = datetime.now(UTC) - timedelta(hours=3)
    register_lot(
        transaction, by=manager, lot_code="RAW-2", lot_type="RAW", weight_kg=1, happened_at=made
    )
    for hours, decision in ((2, "HOLD"), (1, "PASS")):
        decide(
            transaction,
            by=manager,
            lot_code="RAW-2",
            decision=decision,
            notes="looked at on the floor",
            happened_at=made + timedelta(hours=3 - hours),
            confirmation=just_confirmed(manager),
        )
    late = record_reading(
        transaction,
        by=manager,
        lot_code="RAW-2",
        characteristic="surface_temperature",
        value=5.5,
        unit="C",
        gate_id=gate_id_of(transaction, 1),
        happened_at=made + timedelta(minutes=30),
    )

    assert late.held_for is None and len(decisions(transaction, "RAW-2")) == 2


LOTS = "lot_code,lot_type,product_code,weight_kg,happened_at"
READINGS = "lot_code,characteristic,value,unit,happened_at,gate_number"
PASSED = "lot_code,decision,happened_at,gate_number,temperature_c,decided_by"


def test_an_import_holds_what_nobody_decided_about_and_leaves_the_rest_to_a_rule(
    transaction, people, lot
) -> None:
    """Of four lots measured one was decided about since, one shipped, one cold."""
    moment = AT.isoformat()
    files = {
        "lots": [[f"L{n}", "RAW", None, "10", moment] for n in range(1, 5)],
        "readings": [
            ["L1", "surface_temperature", "5.5", "C", moment, "1"],
            ["L2", "surface_temperature", "5.5", "C", moment, "1"],
            ["L3", "surface_temperature", "5.5", "C", moment, "1"],
            ["L4", "surface_temperature", "3", "C", moment, "1"],
        ],
        "qc_decisions": [["L2", "PASS", (AT + timedelta(hours=1)).isoformat(), "1", "3", "Kovacs"]],
        "shipments": [["S1", "L3", "C", "1", (AT + timedelta(hours=1)).isoformat()]],
    }
    heads = {
        "lots": LOTS,
        "readings": READINGS,
        "qc_decisions": PASSED,
        "shipments": "shipment_code,lot_code,customer_code,quantity_kg,happened_at",
    }
    frames = {
        stem: pl.DataFrame(
            rows, schema=dict.fromkeys(heads[stem].split(","), pl.String), orient="row"
        )
        for stem, rows in files.items()
    }
    plan = Plan()
    import_frames(transaction, frames, by=None, plan=plan)

    assert plan.held == [f"Lot L1: {WARM}"]
    assert decisions(transaction, "L1") == [("HOLD", None, WARM, "an import")]
    assert [len(decisions(transaction, f"L{n}")) for n in (2, 3, 4)] == [1, 0, 0]
    assert ask(transaction, "select count(*) from facts.qc_decisions").fetchone() == (2,)
