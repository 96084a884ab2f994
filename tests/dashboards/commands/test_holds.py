"""Holding what is here of a trace: every lot or none, signed, with the reason, beside its gates."""

from decimal import Decimal

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.holds import hold_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import (
    BadValue,
    DecisionRefused,
    NotFound,
    NotPermitted,
    SignatureNeeded,
)
from tests.cases import each_of
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed

WHY = "Salmonella in RAW-7, supplier called"
CODES = ["A", "B", "HELD", "GATED", "BAD"]


@pytest.fixture
def here(transaction, people):
    """Write five lots: two free, one held as such, one held at a gate, one rejected."""
    by = people["MANAGER"]
    for code in CODES:
        register_lot(transaction, by=by, lot_code=code, lot_type="MIX", weight_kg=10)
    gate_id = gate_id_of(transaction, 5)
    for code, word, gate in [
        ("HELD", "HOLD", None),
        ("GATED", "HOLD", gate_id),
        ("BAD", "FAIL", gate_id),
        ("A", "PASS", gate_id),
    ]:
        decide(
            transaction,
            by=by,
            lot_code=code,
            decision=word,
            gate_id=gate,
            notes="seen on the floor",
            confirmation=just_confirmed(by),
        )
    return transaction


def hold(transaction, by, codes=CODES, **changed):
    asked = {
        "lot_codes": codes,
        "still_here": lambda: codes,
        "reason": WHY,
        "confirmation": just_confirmed(by),
    }
    return hold_lots(transaction, by=by, **{**asked, **changed})


def dispositions(transaction) -> dict[str, str]:
    return {code: transaction.one("lot_shown", lot_code=code)["disposition"] for code in CODES}


def test_every_lot_is_held_and_those_stopped_already_are_named(here, people) -> None:
    held = hold(here, people["OPERATOR"])

    assert (held.lots, held.on_hold, held.rejected) == (["A", "B", "GATED"], ["HELD"], ["BAD"])
    assert dispositions(here) == {
        "A": "hold",
        "B": "hold",
        "HELD": "hold",
        "GATED": "hold",
        "BAD": "rejected",
    }


def test_a_pass_at_a_gate_lifts_the_hold_nowhere(here, people) -> None:
    """What was held at a gate for a label must not walk out with the label."""
    hold(here, people["OPERATOR"])
    by = people["MANAGER"]
    decide(
        here,
        by=by,
        lot_code="GATED",
        decision="PASS",
        gate_id=gate_id_of(here, 5),
        notes="label was put right",
        temperature_c=Decimal(3),
        confirmation=just_confirmed(by),
    )

    assert dispositions(here)["GATED"] == "hold"


def test_each_decision_carries_the_reason_and_a_signature_in_the_trail(here, people) -> None:
    by = people["OPERATOR"]
    hold(here, by)

    kept = ask(
        here,
        """select d.notes, d.operator_id, d.gate_id, s.meaning, s.method, s.signed_name, s.user_id
        from facts.decision_signatures as s inner join facts.qc_decisions as d using (decision_id)
        where s.meaning = 'HOLD'""",
    ).fetchall()
    assert kept == [(WHY, by.user_id, None, "HOLD", "PASSWORD", by.full_name, by.user_id)] * 3


@each_of(
    "refusal, changed",
    [
        (SignatureNeeded, {"confirmation": None}),
        (BadValue, {"reason": "too short"}),
        (BadValue, {"lot_codes": []}),
        (NotFound, {"lot_codes": [*CODES, "NOBODY"], "still_here": lambda: [*CODES, "NOBODY"]}),
        (DecisionRefused, {"still_here": lambda: [*CODES, "NEW"]}),
        (DecisionRefused, {"still_here": lambda: CODES[1:]}),
    ],
    ids=["unsigned", "no reason", "no lot", "unknown lot", "one came", "one went"],
)
def test_it_is_refused_whole(record, people, refusal, changed) -> None:
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        for code in set(CODES) - _known(transaction):
            register_lot(transaction, by=by, lot_code=code)
    with pytest.raises(refusal), record.transaction() as transaction:
        hold(transaction, by, **changed)
    with record.transaction() as transaction:
        assert ask(transaction, "select count(*) from facts.qc_decisions").fetchone() == (0,)


def _known(transaction) -> set[str]:
    return {code for (code,) in ask(transaction, "select lot_code from lots").fetchall()}


def test_what_changed_since_the_person_looked_is_named(here, people) -> None:
    with pytest.raises(DecisionRefused, match="NEW came into it and A left it. Nothing was held"):
        hold(here, people["OPERATOR"], still_here=lambda: [*CODES[1:], "NEW"])


def test_a_viewer_holds_nothing(here, people) -> None:
    with pytest.raises(NotPermitted):
        hold(here, people["VIEWER"])


def test_a_hold_is_never_dated_before_what_it_follows(here, people) -> None:
    """A clock that was set back must not make the hold count as the earlier one."""
    ask(
        here,
        """insert into facts.qc_decisions (lot_id, decision, happened_at)
        select lot_id, 'PASS', now() + interval '1 hour' from lots where lot_code = 'B'""",
    )
    hold(here, people["OPERATOR"])

    assert dispositions(here)["B"] == "hold"
