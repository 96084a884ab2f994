"""A PASS lifts what its decider saw and nothing else, and its signature says what comes of it."""

from datetime import UTC, datetime

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import DecisionRefused, NotPermitted
from dashboards.commands.withdrawals import withdraw_decision
from sql.vocabulary import Meaning
from tests.plants import gate_id_of, just_confirmed

GLASS = "glass found at line 2"
FINE = "core temperature checked"


@pytest.fixture
def lot(transaction, people):
    """Register a finished lot and return a function that decides about it, signed."""
    register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type="FG", weight_kg=30)

    def decided(role: str, word: str, number=None, notes: str | None = FINE, **facts):
        by = people[role]
        gate_id = None if number is None else gate_id_of(transaction, number)
        at = {"temperature_c": -20} if number == 10 else {}
        return decide(
            transaction,
            by=by,
            lot_code="L",
            decision=word,
            gate_id=gate_id,
            notes=notes,
            confirmation=just_confirmed(by),
            **at,
            **facts,
        )

    return decided


def standing(transaction) -> list[tuple[str, int]]:
    rows = transaction.all(
        "decisions_of_lot", lot_id=transaction.value("lot_id_by_code", lot_code="L")
    )
    return [(row["decision"], row["decision_id"]) for row in rows]


def now(transaction) -> str:
    return transaction.one("lot_shown", lot_code="L")["disposition"]


@pytest.mark.parametrize("number", [None, 8, 10])
def test_a_pass_over_a_hold_nobody_saw_is_refused_and_names_it(
    transaction, people, lot, number
) -> None:
    """Wherever it stands: he released what he did not know to be held."""
    held = lot("OPERATOR", "HOLD", number, GLASS)

    with pytest.raises(DecisionRefused) as refused:
        lot("MANAGER", "PASS", 8, seen_decision_ids=[])

    assert refused.value.code == "DECIDED_MEANWHILE"
    for part in ("L ", "HOLD", "Operator", GLASS, "Nothing was saved"):
        assert part in str(refused.value)
    assert standing(transaction) == [("HOLD", held["decision_id"])]
    seen = [held["decision_id"]]
    assert lot("MANAGER", "PASS", number, seen_decision_ids=seen)["meaning"] == Meaning.LIFT


def test_a_hold_over_a_fail_nobody_saw_is_refused_and_a_stop_is_always_taken(
    transaction, people, lot
) -> None:
    lot("MANAGER", "FAIL", 8, GLASS)

    with pytest.raises(DecisionRefused, match="FAIL at gate 8"):
        lot("MANAGER", "HOLD", 8, GLASS, seen_decision_ids=[])
    assert lot("OPERATOR", "HOLD", 10, GLASS, seen_decision_ids=[])
    assert lot("OPERATOR", "FAIL", 10, GLASS, seen_decision_ids=[])


def test_a_decision_withdrawn_since_it_was_seen_is_said(transaction, people, lot) -> None:
    """The HOLD below it counts again."""
    by = people["MANAGER"]
    lot("OPERATOR", "HOLD", 8, GLASS)
    seen = lot("MANAGER", "PASS", 8)["decision_id"]
    withdraw_decision(
        transaction, by=by, decision_id=seen, reason=GLASS, confirmation=just_confirmed(by)
    )

    with pytest.raises(DecisionRefused, match=GLASS):
        lot("MANAGER", "PASS", 8, seen_decision_ids=[seen])


@pytest.mark.parametrize("number", [None, 10])
def test_a_pass_at_the_last_gate_of_a_lot_that_stays_held_is_no_release(
    transaction, people, lot, number
) -> None:
    lot("OPERATOR", "HOLD", number, GLASS)

    passed = lot("MANAGER", "PASS", 8)
    assert (passed["meaning"], now(transaction)) == (Meaning.PASS, "hold")

    lifted = lot("MANAGER", "PASS", number)
    assert (lifted["meaning"], now(transaction)) == (Meaning.LIFT, "released")


def test_a_pass_that_releases_is_signed_as_a_release(transaction, people, lot) -> None:
    passed = lot("MANAGER", "PASS", 8)

    assert (passed["meaning"], now(transaction)) == (Meaning.RELEASE, "released")


@pytest.mark.parametrize(("number", "place"), [(8, "at gate 8 Final release"), (None, "as such")])
def test_an_operator_who_would_lift_a_hold_is_told_lot_rule_and_way_out(lot, number, place) -> None:
    lot("OPERATOR", "HOLD", number, GLASS)

    with pytest.raises(NotPermitted) as refused:
        lot("OPERATOR", "PASS", number)

    assert refused.value.roles == ["ADMIN", "MANAGER"]
    for part in ("Lot L", "HOLD", place, GLASS, "manager"):
        assert part in str(refused.value)


def test_a_hold_that_an_import_left_at_another_types_gate_is_lifted_there(
    transaction, people, lot
) -> None:
    lot_id = transaction.value("lot_id_by_code", lot_code="L")
    gate_id = gate_id_of(transaction, 5)
    columns = ["lot_id", "gate_id", "decision", "notes", "happened_at"]
    at = datetime(2026, 1, 15, tzinfo=UTC)
    transaction.copy("facts.qc_decisions", columns, [(lot_id, gate_id, "HOLD", GLASS, at)])

    gates = transaction.all("gates_of_lot", lot_id=lot_id)
    assert [row["decision"] for row in gates if row["gate_id"] == gate_id] == ["HOLD"]
    by = people["MANAGER"]
    facts = {"lot_code": "L", "gate_id": gate_id, "notes": FINE, "temperature_c": 3}
    passed = decide(transaction, by=by, decision="PASS", confirmation=just_confirmed(by), **facts)
    assert passed["meaning"] == Meaning.LIFT
    with pytest.raises(DecisionRefused, match="is for MIX lots"):
        decide(transaction, by=by, decision="PASS", confirmation=just_confirmed(by), **facts)
