"""A HOLD or FAIL stops all that was made from the lot, until a manager assessed it.

Kilograms of the plant below: RAW gives 80 and OTHER 20 to MIX, MIX gives 60 to FG. So RAW is
80 / 100 of MIX, and of FG too.
"""

from datetime import UTC, datetime
from itertools import count

import pytest

from dashboards.commands.assessments import assess_origin
from dashboards.commands.authority import Person
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import (
    BadValue,
    DecisionRefused,
    NotPermitted,
    ParentStopped,
    ShipmentStopped,
    SignatureNeeded,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.signatures import signed_hash
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from sql.genealogy.origin_stops import FURTHER, name_stops, not_assessed, stops_by_origin
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.record.transactions import Row, Transaction
from sql.trail.audit import verify
from sql.vocabulary import Direction, Meaning
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed
from tests.presence import present

WHY = "Salmonella positive, outside lab"
FINE = "cooked through, lab found none"


class Plant:
    """RAW and OTHER in MIX, MIX in FG, FG released; what people then do to them."""

    numbers = count()

    def __init__(self, transaction: Transaction, people: dict[str, Person]) -> None:
        self.transaction = transaction
        self.people = people
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
        )
        for code in ("RAW", "OTHER"):
            self.register(code, "RAW")
        self.register("MIX", "MIX", Parent("RAW", 80), Parent("OTHER", 20))
        self.register("FG", "FG", Parent("MIX", 60))
        self.decide("FG", "PASS", gate=8, notes=FINE)

    def register(self, code: str, lot_type: str, *parents: Parent) -> None:
        register_lot(
            self.transaction,
            by=self.people["OPERATOR"],
            lot_code=code,
            lot_type=lot_type,
            weight_kg=100,
            parents=parents,
        )

    def decide(self, code: str, word: str, *, gate: float | None = None, notes: str = WHY) -> int:
        by = self.people["MANAGER"]
        return decide(
            self.transaction,
            by=by,
            lot_code=code,
            decision=word,
            gate_id=None if gate is None else gate_id_of(self.transaction, gate),
            notes=notes,
            confirmation=just_confirmed(by),
        )["decision_id"]

    def ship(self, code: str) -> int:
        return record_shipment(
            self.transaction,
            by=self.people["OPERATOR"],
            shipment_code=f"S{next(self.numbers)}",
            lot_code=code,
            customer_code="C",
            quantity_kg=1,
        )

    def use(self, code: str, into: str = "NEXT") -> int:
        return link_lots(
            self.transaction,
            by=self.people["OPERATOR"],
            parent_lot_code=code,
            child_lot_code=into,
            quantity_kg=1,
        )

    def stops(self, code: str) -> list[Row]:
        lot = self.transaction.one("lot_to_act_on", lot_code=code)
        assert lot is not None
        return stops_by_origin(self.transaction, lot)

    def assess(self, code: str, role: str = "MANAGER", reason: str = FINE) -> int:
        by = self.people[role]
        return assess_origin(
            self.transaction,
            by=by,
            lot_code=code,
            decision_ids=[stop["decision_id"] for stop in not_assessed(self.stops(code))],
            reason=reason,
            confirmation=just_confirmed(by),
        )

    def state(self, code: str) -> str:
        row = self.transaction.one("lot_shown", lot_code=code)
        assert row is not None
        return row["disposition"]


@pytest.fixture
def plant(transaction, people) -> Plant:
    return Plant(transaction, people)


def test_what_was_made_from_a_failed_lot_is_not_shipped(plant) -> None:
    assert plant.state("FG") == "released"
    plant.decide("RAW", "FAIL")

    with pytest.raises(ShipmentStopped) as refused:
        plant.ship("FG")
    assert plant.state("FG") == "stopped"
    said = str(refused.value)
    assert "RAW, 80% of it, is rejected (FAIL) since" in said
    assert "(Manager)" in said
    assert "A manager can assess FG" in said
    assert (refused.value.field, refused.value.code) == ("lot_code", "STOPPED")


@pytest.mark.parametrize("word", ["HOLD", "FAIL"])
def test_what_was_made_from_a_stopped_lot_goes_into_nothing(plant, word) -> None:
    plant.register("NEXT", "FG")
    plant.decide("RAW", word)

    for code in ("MIX", "FG"):
        with pytest.raises(ParentStopped, match="RAW, 80% of it") as refused:
            plant.use(code)
        assert (refused.value.field, refused.value.code) == ("parent_lot_code", "PARENT_STOPPED")
    with pytest.raises(ParentStopped):
        plant.register("NEW", "FG", Parent("MIX", 1))
    plant.use("OTHER")


def test_a_share_that_nobody_can_know_is_said_to_be_unknown(plant) -> None:
    plant.register("THIRD", "RAW")
    link_lots(
        plant.transaction,
        by=plant.people["OPERATOR"],
        parent_lot_code="THIRD",
        child_lot_code="MIX",
        quantity_kg=None,
    )
    plant.decide("RAW", "FAIL")

    with pytest.raises(ShipmentStopped, match="RAW, an unknown part of it, is rejected"):
        plant.ship("FG")


def test_a_manager_assesses_one_lot_and_only_that_one_goes_on(plant) -> None:
    plant.register("NEXT", "FG")
    plant.decide("RAW", "FAIL")
    plant.assess("FG")

    assert plant.state("FG") == "released"
    plant.ship("FG")
    with pytest.raises(ParentStopped):
        plant.use("MIX")


def test_what_is_made_from_an_assessed_lot_is_stopped_by_the_same_origin(plant) -> None:
    plant.register("NEXT", "FG")
    plant.decide("RAW", "FAIL")
    plant.assess("FG")
    plant.use("FG")

    assert plant.state("NEXT") == "stopped"


def test_an_assessment_covers_the_decisions_that_stood_and_no_later_one(plant) -> None:
    """A FAIL after the HOLD, a HOLD said again, and another ancestor's: each stops it anew."""
    for later in (("RAW", "HOLD"), ("RAW", "HOLD"), ("RAW", "FAIL"), ("OTHER", "HOLD")):
        plant.decide(*later)
        with pytest.raises(ShipmentStopped):
            plant.ship("FG")
        plant.assess("FG")
        plant.ship("FG")
    stops = {stop["lot_code"]: stop for stop in plant.stops("FG")}
    assert {code: stop["decision"] for code, stop in stops.items()} == {
        "RAW": "FAIL",
        "OTHER": "HOLD",
    }
    assert {stop["assessed_by"] for stop in stops.values()} == {"Manager"}


def test_a_link_that_brings_a_stop_stops_the_lot_again(plant) -> None:
    plant.register("LATE", "RAW")
    plant.decide("RAW", "HOLD")
    plant.assess("FG")
    plant.use("LATE", into="MIX")
    plant.ship("FG")
    plant.decide("LATE", "HOLD")

    with pytest.raises(ShipmentStopped, match="LATE") as refused:
        plant.ship("FG")
    assert "RAW," not in str(refused.value)


def test_what_ends_a_stop_ends_it_below(plant) -> None:
    """A PASS at the same place, a withdrawal, a voided link."""
    plant.decide("RAW", "HOLD")
    plant.decide("RAW", "PASS", notes=FINE)
    plant.ship("FG")

    by = plant.people["MANAGER"]
    failed = plant.decide("RAW", "FAIL")
    withdraw_decision(
        plant.transaction,
        by=by,
        decision_id=failed,
        reason="typed at the wrong lot",
        confirmation=just_confirmed(by),
    )
    plant.ship("FG")

    plant.decide("OTHER", "FAIL")
    (link,) = ask(
        plant.transaction,
        "select link_id from lot_genealogy inner join lots on lot_id = parent_lot_id "
        "where lot_code = 'OTHER'",
    ).fetchall()
    void_fact(
        plant.transaction, by=by, kind=Voidable.LINK, fact_id=link[0], reason="another tub went in"
    )
    plant.ship("FG")


def test_a_withdrawal_that_brings_a_stop_back_stops_again(plant) -> None:
    plant.decide("RAW", "HOLD")
    lifted = plant.decide("RAW", "PASS", notes=FINE)
    by = plant.people["MANAGER"]
    withdraw_decision(
        plant.transaction,
        by=by,
        decision_id=lifted,
        reason="typed at the wrong lot",
        confirmation=just_confirmed(by),
    )

    with pytest.raises(ShipmentStopped):
        plant.ship("FG")


def test_who_may_not_lift_a_hold_may_not_assess(plant) -> None:
    plant.decide("RAW", "FAIL")
    for role in ("OPERATOR", "AUDITOR", "VIEWER"):
        with pytest.raises(NotPermitted):
            plant.assess("FG", role)
    with pytest.raises(BadValue, match="at least 10 characters"):
        plant.assess("FG", reason="it's fine")
    assert plant.state("FG") == "stopped"


def test_an_assessment_of_other_stops_than_the_person_saw_is_refused(plant) -> None:
    seen = [plant.decide("RAW", "HOLD")]
    by = plant.people["MANAGER"]
    plant.decide("OTHER", "FAIL")
    asked = {"by": by, "lot_code": "FG", "reason": FINE, "confirmation": just_confirmed(by)}

    with pytest.raises(DecisionRefused, match="has changed since you looked"):
        assess_origin(plant.transaction, decision_ids=seen, **asked)
    with pytest.raises(DecisionRefused, match="Nothing stops lot RAW"):
        assess_origin(plant.transaction, decision_ids=seen, **{**asked, "lot_code": "RAW"})


def test_rows_of_a_trace_say_by_which_lots_until_that_is_assessed(plant, monkeypatch) -> None:
    def named() -> dict[str, str | None]:
        found = present(trace(plant.transaction, "RAW", Direction.FORWARD))
        name_stops(plant.transaction, found.lots)
        return {lot["lot_code"]: lot.get("stopped_by") for lot in found.lots}

    assert not any(named().values())
    plant.decide("RAW", "FAIL")
    said = named()
    assert said.pop("RAW") is None, "it stops itself"
    assert said and set(said.values()) == {"RAW"}
    plant.assess("FG")
    assert named()["FG"] is None
    monkeypatch.setattr("sql.genealogy.origin_stops.MOST_NAMED", 0)
    assert named()["MIX"] == FURTHER, "no row is left silent"


def test_an_assessment_is_signed_and_stands_in_the_trail(record, database, people) -> None:
    with record.transaction() as transaction:
        plant = Plant(transaction, people)
        stop = plant.decide("RAW", "FAIL")
    by = people["MANAGER"]
    asked = {"by": by, "lot_code": "FG", "decision_ids": [stop], "reason": FINE}
    with pytest.raises(SignatureNeeded), record.transaction() as transaction:
        assess_origin(transaction, **asked, confirmation=None)
    with record.transaction() as transaction:
        assess_origin(transaction, **asked, confirmation=just_confirmed(by))

    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        (row,) = ask(
            snapshot,
            "select meaning, signed_name, signed_hash, lot_id, happened_at "
            "from facts.decision_signatures "
            "inner join facts.origin_assessments using (assessment_id)",
        ).fetchall()
        assert verify(snapshot, sees_passwords=True).breaks == []
    owner.close()
    content = {"lot_id": row[3], "decision_ids": [stop], "reason": FINE, "happened_at": row[4]}
    assert row[:3] == ("ASSESS", "Manager", signed_hash(Meaning.ASSESS, "Manager", content))


def test_a_moment_of_the_past_knows_neither_later_stops_nor_later_assessments(
    record, people
) -> None:
    with record.transaction() as transaction:
        plant = Plant(transaction, people)
    moments = [datetime.now(UTC)]
    for step in (lambda: plant.decide("RAW", "FAIL"), lambda: plant.assess("FG")):
        with record.transaction() as plant.transaction:
            step()
        moments.append(datetime.now(UTC))

    found = []
    for moment in moments:
        with record.snapshot(as_of=moment) as plant.transaction:
            found.append(plant.state("FG"))
    assert found == ["released", "stopped", "released"]
