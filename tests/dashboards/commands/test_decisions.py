"""Deciding and shipping: what the rules refuse, and what decisions make of a lot."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.decisions import decide as decide_signed
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import (
    BadValue,
    DecisionRefused,
    NotFound,
    NotPermitted,
    ShipmentRefused,
)
from dashboards.commands.shipments import record_shipment
from tests.plants import gate_id_of, just_confirmed

WHY = "too warm on arrival"


def decide(transaction, *, by, **facts):
    """Decide as somebody who has just typed the password again."""
    return decide_signed(transaction, by=by, confirmation=just_confirmed(by), **facts)


@pytest.fixture
def gate(transaction):
    """Make a function from a gate's number to its id."""
    return lambda number: gate_id_of(transaction, number)


@pytest.fixture
def lot(transaction, people):
    """Register a finished lot of 30 kg, by the operator."""
    register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type="FG", weight_kg=30)
    return "L"


@pytest.fixture
def lot_at(transaction, people):
    """Make a function that registers a lot of the type that a gate serves."""

    def register(number: int) -> str:
        kind = {1: "RAW", 5: "MIX", 7: "FRZ", 8: "FG"}[number]
        register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type=kind)
        return "L"

    return register


def disposition(transaction) -> str:
    return transaction.one("lot_shown", lot_code="L")["disposition"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "pending"),
        (["PASS"], "released"),
        (["HOLD"], "hold"),
        (["FAIL"], "rejected"),
        (["HOLD", "PASS"], "released"),
        (["PASS", "HOLD"], "hold"),
        (["FAIL", "HOLD"], "hold"),
    ],
)
def test_the_latest_decision_at_a_gate_counts(
    transaction, people, lot, gate, words, expected
) -> None:
    for word in words:
        by = people["MANAGER"]
        decide(transaction, by=by, lot_code=lot, decision=word, notes=WHY, gate_id=gate(8))

    assert disposition(transaction) == expected


def test_a_fail_at_one_gate_outweighs_a_pass_at_another(transaction, people, lot, gate) -> None:
    by = people["MANAGER"]
    decide(transaction, by=by, lot_code=lot, decision="FAIL", notes=WHY, gate_id=gate(6.5))
    decide(transaction, by=by, lot_code=lot, decision="PASS", gate_id=gate(8))

    assert disposition(transaction) == "rejected"


@pytest.mark.parametrize("number", [None, 8])
def test_a_decision_is_never_earlier_than_the_latest_at_its_gate(
    transaction, people, lot, gate, number
) -> None:
    """A clock that was set back must not make a FAIL that came second count as the first."""
    gate_id = None if number is None else gate(number)
    ahead = datetime.now(UTC) + timedelta(minutes=1)
    transaction.one(
        "write_decision",
        lot_id=transaction.value("lot_id_by_code", lot_code=lot),
        gate_id=gate_id,
        decision="PASS",
        notes=None,
        temperature_c=None,
        digital_signature=None,
        checklist=None,
        operator_id=people["MANAGER"].user_id,
        happened_at=ahead,
    )

    failed = decide(
        transaction, by=people["MANAGER"], lot_code=lot, decision="FAIL", notes=WHY, gate_id=gate_id
    )

    assert failed["happened_at"] >= ahead
    assert disposition(transaction) == "rejected"


@pytest.mark.parametrize("word", ["HOLD", "FAIL"])
@pytest.mark.parametrize(
    ("notes", "taken"),
    [("x" * 10, True), ("x" * 9, False), ("  " + "x" * 9 + "  ", False), (None, False)],
)
def test_a_hold_or_fail_needs_ten_characters(transaction, people, lot, word, notes, taken) -> None:
    if taken:
        decide(transaction, by=people["AUDITOR"], lot_code=lot, decision=word, notes=notes)
    else:
        with pytest.raises(BadValue, match="at least 10 characters"):
            decide(transaction, by=people["AUDITOR"], lot_code=lot, decision=word, notes=notes)


def test_a_ccp_needs_a_temperature(transaction, people, lot_at, gate) -> None:
    with pytest.raises(BadValue, match="critical control point"):
        decide(
            transaction, by=people["MANAGER"], lot_code=lot_at(1), decision="PASS", gate_id=gate(1)
        )


@pytest.mark.parametrize(("number", "celsius"), [(1, "4.01"), (7, "-17.99")])
def test_nothing_passes_a_ccp_outside_its_limit(
    transaction, people, lot_at, gate, number, celsius
) -> None:
    with pytest.raises(DecisionRefused, match="Decide HOLD or FAIL"):
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code=lot_at(number),
            decision="PASS",
            gate_id=gate(number),
            temperature_c=celsius,
        )


@pytest.mark.parametrize(("number", "celsius"), [(1, "4"), (7, "-18")])
def test_the_limit_itself_passes(transaction, people, lot_at, gate, number, celsius) -> None:
    decide(
        transaction,
        by=people["MANAGER"],
        lot_code=lot_at(number),
        decision="PASS",
        gate_id=gate(number),
        temperature_c=celsius,
    )

    assert disposition(transaction) == "released"


@pytest.mark.parametrize(
    ("number", "word", "way_out"),
    [(1, "PASS", "gate 8 Final release"), (5, "HOLD", "gate 8"), (7, "FAIL", "gate 8")],
)
def test_a_lot_is_not_decided_about_at_a_gate_of_another_type(
    transaction, people, lot, gate, number, word, way_out
) -> None:
    with pytest.raises(DecisionRefused, match=way_out) as refused:
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code=lot,
            decision=word,
            notes=WHY,
            gate_id=gate(number),
            temperature_c=-20,
        )
    assert f"Gate {number} " in str(refused.value) and "lot L is FG" in str(refused.value)
    assert (refused.value.field, refused.value.code) == ("qc_gate_id", "GATE_TYPE")
    assert disposition(transaction) == "pending"


@pytest.mark.parametrize("number", [1, 5, 6.5, 8, 10])
def test_a_lot_without_a_type_is_decided_about_at_any_gate(
    transaction, people, gate, number
) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code="L")
    facts = {"lot_code": "L", "gate_id": gate(number), "temperature_c": -20}

    decide(transaction, by=people["MANAGER"], decision="PASS", **facts)

    assert disposition(transaction) == ("released" if number == 8 else "pending")


@pytest.mark.parametrize("role", ["AUDITOR", "OPERATOR"])
def test_only_managers_lift_a_hold(transaction, people, lot, role) -> None:
    decide(transaction, by=people[role], lot_code=lot, decision="HOLD", notes=WHY)

    with pytest.raises(NotPermitted, match="only a manager or administrator may"):
        decide(transaction, by=people[role], lot_code=lot, decision="PASS", notes=WHY)


def test_lifting_a_hold_says_why(transaction, people, lot) -> None:
    decide(transaction, by=people["OPERATOR"], lot_code=lot, decision="HOLD", notes=WHY)

    with pytest.raises(BadValue, match="Lifting it needs notes"):
        decide(transaction, by=people["MANAGER"], lot_code=lot, decision="PASS")


def test_nobody_releases_a_lot_of_their_own_at_the_final_gate(
    transaction, people, lot, gate
) -> None:
    with pytest.raises(DecisionRefused, match="second person"):
        decide(transaction, by=people["OPERATOR"], lot_code=lot, decision="PASS", gate_id=gate(8))


def test_a_viewer_may_not_decide(transaction, people, lot) -> None:
    with pytest.raises(NotPermitted):
        decide(transaction, by=people["VIEWER"], lot_code=lot, decision="PASS")


def test_an_unknown_lot_or_gate_is_refused(transaction, people, lot) -> None:
    with pytest.raises(NotFound):
        decide(transaction, by=people["MANAGER"], lot_code="NOBODY", decision="PASS")
    with pytest.raises(NotFound):
        decide(transaction, by=people["MANAGER"], lot_code=lot, decision="PASS", gate_id=4711)


@pytest.mark.parametrize("value", ["", "abc", "NaN", "1e30", "0.0000000000001"])
def test_a_reading_that_is_no_measurement_is_refused(transaction, people, lot, value) -> None:
    with pytest.raises(BadValue):
        record_reading(
            transaction,
            by=people["OPERATOR"],
            lot_code=lot,
            characteristic="t",
            value=value,
            unit="C",
        )


def test_a_reading_is_within_a_limit_only_where_there_is_one(transaction, people, lot) -> None:
    gate = gate_id_of(transaction, 1)
    for name, value in (("surface_temperature", 3), ("surface_temperature", 5), ("ph", 6)):
        record_reading(
            transaction,
            by=people["OPERATOR"],
            lot_code=lot,
            characteristic=name,
            value=value,
            unit="C",
            gate_id=gate,
        )

    lot_id = transaction.value("lot_id_by_code", lot_code=lot)
    shown = transaction.all("readings_of_lot", lot_id=lot_id)
    found = {(row["characteristic"], int(row["value"])): row["within"] for row in shown}
    assert found == {
        ("surface_temperature", 3): True,
        ("surface_temperature", 5): False,
        ("ph", 6): None,
    }


@pytest.fixture
def customer(transaction):
    """Write a customer, as an import would."""
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C1", "Customer", "CUSTOMER")]
    )
    return "C1"


def ship(transaction, by, kg) -> int:
    return record_shipment(
        transaction, by=by, shipment_code="S1", lot_code="L", customer_code="C1", quantity_kg=kg
    )


def test_only_a_released_lot_leaves_and_no_more_than_it_has(
    transaction, people, lot, customer, gate
) -> None:
    by = people["MANAGER"]
    with pytest.raises(ShipmentRefused, match="final release"):
        ship(transaction, by, 30)
    decide(transaction, by=by, lot_code=lot, decision="PASS", gate_id=gate(8))
    ship(transaction, by, 20)
    with pytest.raises(Exception, match="10 kg left"):
        ship(transaction, by, "10.001")
    decide(transaction, by=by, lot_code=lot, decision="HOLD", notes=WHY)
    with pytest.raises(ShipmentRefused, match="may not leave"):
        ship(transaction, by, 10)
