"""What was recorded by mistake is taken back: it stays readable, and counts nowhere after."""

from datetime import UTC, datetime

import psycopg
import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    NotFound,
    NotPermitted,
    Voided,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact, void_lot
from dashboards.commands.withdrawals import withdraw_decision
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.engines import ask
from tests.plants import just_confirmed

WHY = "typed for the wrong lot"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def lot(transaction, by) -> str:
    """Make MIX of 100 kg, with a customer to ship it to."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C1', 'Shop', 'CUSTOMER')",
    )
    register_lot(transaction, by=by, lot_code="MIX", lot_type="MIX", weight_kg=100)
    return "MIX"


def ship(transaction, by, kg=40, code="SH1") -> int:
    return record_shipment(
        transaction, by=by, shipment_code=code, lot_code="MIX", customer_code="C1", quantity_kg=kg
    )


def measure(transaction, by) -> int:
    return record_reading(
        transaction, by=by, lot_code="MIX", characteristic="ph", value=6, unit="pH"
    ).reading_id


def lot_id(transaction, code="MIX") -> int:
    return known_lot(transaction, code, "lot_code")["lot_id"]


def test_a_voided_shipment_gives_its_kilograms_back_and_left_the_plant_no_more(
    transaction, by, lot
) -> None:
    line = ship(transaction, by)
    void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=line, reason=WHY)

    assert known_lot(transaction, lot, "x")["given_out_kg"] == 0
    assert transaction.all("shipments_of_lot", lot_id=lot_id(transaction)) == []
    found = trace(transaction, lot, Direction.FORWARD)
    assert found is not None and found.shipments == []
    (shown,) = transaction.all("voided_facts_of_lot", lot_id=lot_id(transaction))
    assert shown["fact"] == "shipment SH1 to Shop"
    assert (shown["quantity_kg"], shown["reason"], shown["voided_by"]) == (40, WHY, "Manager")
    ship(transaction, by, 100)


def test_a_voided_reading_was_not_measured(transaction, by, lot) -> None:
    reading = measure(transaction, by)
    void_fact(transaction, by=by, kind=Voidable.READING, fact_id=reading, reason=WHY)

    assert transaction.all("readings_of_lot", lot_id=lot_id(transaction)) == []
    (shown,) = transaction.all("voided_facts_of_lot", lot_id=lot_id(transaction))
    assert shown["fact"] == "reading ph 6 pH"


def test_a_lot_is_voided_after_all_that_stands_about_it(transaction, by, lot) -> None:
    register_lot(transaction, by=by, lot_code="RAW", weight_kg=50)
    link = link_lots(transaction, by=by, parent_lot_code="RAW", child_lot_code=lot, quantity_kg=5)
    line = ship(transaction, by)
    decided = decide(transaction, by=by, lot_code=lot, decision="PASS")["decision_id"]
    measure(transaction, by)

    with pytest.raises(CorrectionRefused, match="has 1 link and 1 shipment and 1 decision"):
        void_lot(transaction, by=by, lot_code=lot, reason=WHY)
    with pytest.raises(CorrectionRefused, match="has 1 link"):
        void_lot(transaction, by=by, lot_code="RAW", reason=WHY)

    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link, reason=WHY)
    void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=line, reason=WHY)
    withdraw_decision(
        transaction, by=by, decision_id=decided, reason=WHY, confirmation=just_confirmed(by)
    )
    number = lot_id(transaction)
    void_lot(transaction, by=by, lot_code=lot, reason=WHY)

    assert transaction.one("lot_shown", lot_code=lot) is None
    assert trace(transaction, lot, Direction.BOTH) is None
    assert transaction.all("readings_of_lot", lot_id=number) == []
    assert transaction.one("lot_voided", lot_code=lot)["reason"] == WHY


def test_a_voided_lot_is_neither_used_nor_registered_again_and_says_who_voided_it(
    transaction, by, lot
) -> None:
    void_lot(transaction, by=by, lot_code=lot, reason=WHY)

    register_lot(transaction, by=by, lot_code="ROD")
    for act in (
        lambda: link_lots(transaction, by=by, parent_lot_code=lot, child_lot_code="ROD"),
        lambda: ship(transaction, by),
        lambda: measure(transaction, by),
        lambda: decide(transaction, by=by, lot_code=lot, decision="PASS"),
        lambda: void_lot(transaction, by=by, lot_code=lot, reason=WHY),
        lambda: register_lot(transaction, by=by, lot_code=lot),
    ):
        with pytest.raises(Voided, match=rf"Lot MIX was voided .* by Manager: {WHY}\. Use another"):
            act()


def test_what_was_voided_before_names_who_and_when(transaction, people, by, lot) -> None:
    line, reading = ship(transaction, by), measure(transaction, by)
    void_fact(transaction, by=people["ADMIN"], kind=Voidable.SHIPMENT, fact_id=line, reason=WHY)
    void_fact(transaction, by=people["ADMIN"], kind=Voidable.READING, fact_id=reading, reason=WHY)

    said = f"was voided already, {datetime.now(UTC):%Y-%m-%d}.* by Admin"
    with pytest.raises(CorrectionRefused, match=f"Shipment SH1 of lot MIX {said}"):
        void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=line, reason=WHY)
    with pytest.raises(CorrectionRefused, match=f"The reading ph of lot MIX {said}"):
        void_fact(transaction, by=by, kind=Voidable.READING, fact_id=reading, reason=WHY)


def test_what_is_not_there_can_not_be_voided(transaction, by, lot) -> None:
    for number in (0, -1, 2**63, 10**30, 999_999):
        with pytest.raises(NotFound):
            void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=number, reason=WHY)
        with pytest.raises(NotFound):
            void_fact(transaction, by=by, kind=Voidable.READING, fact_id=number, reason=WHY)


def test_only_managers_and_administrators_void_and_they_say_why(
    transaction, people, by, lot
) -> None:
    line, reading = ship(transaction, by), measure(transaction, by)

    def voids(person, reason):
        return [
            lambda: void_fact(
                transaction, by=person, kind=Voidable.SHIPMENT, fact_id=line, reason=reason
            ),
            lambda: void_fact(
                transaction, by=person, kind=Voidable.READING, fact_id=reading, reason=reason
            ),
            lambda: void_lot(transaction, by=person, lot_code=lot, reason=reason),
        ]

    for role in ("OPERATOR", "AUDITOR", "VIEWER"):
        for void in voids(people[role], WHY):
            with pytest.raises(NotPermitted):
                void()
    for void in voids(by, "nine char"):
        with pytest.raises(BadValue, match="at least 10 characters"):
            void()


def test_the_record_itself_keeps_a_lot_with_facts_and_one_customer_a_shipment(
    record, people
) -> None:
    by = people["MANAGER"]
    with record.transaction() as opened:
        ask(
            opened,
            "insert into facts.partners (partner_code, name, role)"
            " values ('G1', 'One', 'CUSTOMER'), ('G2', 'Two', 'CUSTOMER')",
        )
        register_lot(opened, by=by, lot_code="GUARDED", lot_type="MIX", weight_kg=9)
        record_shipment(
            opened,
            by=by,
            shipment_code="GSH",
            lot_code="GUARDED",
            customer_code="G1",
            quantity_kg=1,
        )
    for constraint, statement in {
        "voided_lot_has_no_facts": "insert into facts.lot_voids (lot_id, reason) select lot_id,"
        " 'ten letters' from lots where lot_code = 'GUARDED'",
        "shipment_has_one_customer": "insert into facts.shipments (shipment_code, lot_id,"
        " customer_id, happened_at) select 'GSH', lot_id, partner_id, now() from lots, partners"
        " where lot_code = 'GUARDED' and partner_code = 'G2'",
        "source_key_names_one_fact": "insert into facts.readings (lot_id, characteristic, value,"
        " unit, happened_at, source_key) select lot_id, 'ph', value, 'pH', now(), 'K' from lots,"
        " generate_series(1, 2) as value where lot_code = 'GUARDED'",
    }.items():
        with pytest.raises(psycopg.errors.CheckViolation) as broken, record.transaction() as opened:
            ask(opened, statement)
        assert broken.value.diag.constraint_name == constraint
