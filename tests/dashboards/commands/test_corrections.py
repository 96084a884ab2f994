"""Corrections: a new fact each, nothing erased, what is current follows, the past stays askable."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    Cycle,
    NotEnough,
    NotFound,
    NotPermitted,
    SignatureNeeded,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from sql.genealogy.trace import trace
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Direction
from tests.engines import ask, engine_of
from tests.plants import correct_as_known, just_confirmed

WHY = "weighed the wrong pallet"
AT = datetime(2026, 1, 15, 8, tzinfo=UTC)
FACTS = [
    "lots",
    "lot_genealogy",
    "readings",
    "qc_decisions",
    "shipments",
    "link_voids",
    "shipment_voids",
    "reading_voids",
    "lot_voids",
    "lot_corrections",
    "decision_withdrawals",
    "origin_assessments",
    "decision_signatures",
    "finding_settlements",
    "productions",
    "production_inputs",
    "production_outputs",
    "production_voids",
    "packings",
    "packing_voids",
    "imports",
    "rows_set_aside",
    "set_aside_ends",
]


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def link(transaction, by) -> int:
    """Make ROD of all 10 kg of BEEF."""
    register_lot(transaction, by=by, lot_code="BEEF", weight_kg=10, temperature_c=3, happened_at=AT)
    register_lot(transaction, by=by, lot_code="ROD", happened_at=AT)
    return take(transaction, by, 10)


def take(transaction, by, kg, parent="BEEF", child="ROD") -> int:
    return link_lots(
        transaction, by=by, parent_lot_code=parent, child_lot_code=child, quantity_kg=kg
    )


def correct(transaction, by, code="BEEF", reason=WHY, **changed) -> int:
    as_is = {
        "product_code": None,
        "weight_kg": 10,
        "temperature_c": 3,
        "expires_on": None,
        "happened_at": AT,
    }
    return correct_as_known(
        transaction, by=by, lot_code=code, reason=reason, corrected=Corrected(**(as_is | changed))
    )


def withdraw(transaction, by, decision_id, **changed) -> int:
    facts = {"reason": WHY, "confirmation": just_confirmed(by)} | changed
    return withdraw_decision(transaction, by=by, decision_id=decision_id, **facts)


def hold(transaction, by, word="HOLD", code="BEEF") -> int:
    return decide(
        transaction, by=by, lot_code=code, decision=word, notes=WHY, confirmation=just_confirmed(by)
    )["decision_id"]


def rows(transaction, statement) -> list[tuple]:
    return ask(transaction, statement).fetchall()


def traced(transaction, code="BEEF") -> list[str]:
    found = trace(transaction, code, Direction.BOTH)
    assert found is not None
    return [row["lot_code"] for row in found.lots]


def test_a_voided_link_gives_its_kilograms_back_and_stays_readable(transaction, by, link) -> None:
    with pytest.raises(NotEnough):
        take(transaction, by, "0.001")
    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link, reason=f"  {WHY} ")

    assert known_lot(transaction, "BEEF", "x")["given_out_kg"] == 0
    assert traced(transaction) == ["BEEF"] and traced(transaction, "ROD") == ["ROD"]
    (kept,) = rows(
        transaction, f"select quantity_kg from facts.lot_genealogy where link_id = {link}"
    )
    assert kept == (D("10.000"),)
    beef_id = known_lot(transaction, "BEEF", "x")["lot_id"]
    (shown,) = transaction.all("voided_facts_of_lot", lot_id=beef_id)
    assert (shown["reason"], shown["voided_by"], shown["quantity_kg"]) == (WHY, "Manager", 10)
    take(transaction, by, 10)
    assert traced(transaction) == ["BEEF", "ROD"]


def test_a_voided_link_stands_in_no_circle(transaction, by, link) -> None:
    with pytest.raises(Cycle):
        take(transaction, by, None, parent="ROD", child="BEEF")
    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link, reason=WHY)

    take(transaction, by, None, parent="ROD", child="BEEF")
    with pytest.raises(Cycle):
        take(transaction, by, None)


def test_a_correction_changes_what_it_says_and_nothing_else(transaction, by, link) -> None:
    before = transaction.one("lot_shown", lot_code="BEEF")
    correct(transaction, by, weight_kg="10.005", temperature_c="3.25", expires_on=date(2126, 2, 1))
    after = transaction.one("lot_shown", lot_code="BEEF")

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "weight_kg",
        "on_hand_kg",
        "accounted_ratio",
        "temperature_c",
        "expires_on",
        "correction_id",
    }
    assert (after["weight_kg"], after["on_hand_kg"]) == (D("10.005"), D("0.005"))
    registered, corrected = transaction.all("corrections_of_lot", lot_id=before["lot_id"])
    assert (registered["weight_kg"], registered["temperature_c"]) == (10, 3)
    assert (corrected["reason"], corrected["written_by"]) == (WHY, "Manager")
    assert rows(transaction, "select weight_kg from facts.lots where lot_code = 'BEEF'") == [
        (D("10.000"),)
    ]


def test_the_last_of_several_corrections_counts_even_one_that_says_unknown(
    transaction, by, link
) -> None:
    correct(transaction, by, weight_kg=12)
    correct(transaction, by, weight_kg=None, temperature_c=None)
    lot = known_lot(transaction, "BEEF", "x")

    assert (lot["weight_kg"], lot["temperature_c"]) == (None, None)
    take(transaction, by, 5000)
    with pytest.raises(CorrectionRefused, match="has given out 5010 kg"):
        correct(transaction, by, weight_kg=12)
    assert len(transaction.all("corrections_of_lot", lot_id=lot["lot_id"])) == 3


def test_a_product_and_a_time_can_be_corrected(transaction, by, link) -> None:
    transaction.copy("facts.products", ["product_code", "name"], [("CHK15", "Chicken rod")])
    later = datetime(2026, 1, 15, 9, tzinfo=UTC)
    correct(transaction, by, product_code="CHK15", happened_at=later)
    shown = transaction.one("lot_shown", lot_code="BEEF")

    assert (shown["product_code"], shown["happened_at"]) == ("CHK15", later)
    with pytest.raises(NotFound, match="Product TUR15"):
        correct(transaction, by, product_code="TUR15")


@pytest.mark.parametrize(("weight", "taken"), [("10", True), ("9.999", False), ("0", False)])
def test_a_lot_weighs_at_least_what_it_gave_out(transaction, by, link, weight, taken) -> None:
    correct(transaction, by, weight_kg=11)
    if taken:
        correct(transaction, by, weight_kg=weight)
    else:
        with pytest.raises(CorrectionRefused, match="BEEF has given out 10 kg"):
            correct(transaction, by, weight_kg=weight)


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [(["ship"], "shipment"), (["link"], "link"), (["link", "ship"], "link or shipment")],
)
def test_what_is_to_be_voided_is_what_took_from_the_lot(transaction, by, facts, wrong) -> None:
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('K', 'Shop', 'CUSTOMER')",
    )
    for code in ("MEAT", "MADE"):
        register_lot(transaction, by=by, lot_code=code, lot_type="MIX", weight_kg=10)
    if "link" in facts:
        take(transaction, by, 4, "MEAT", "MADE")
    if "ship" in facts:
        record_shipment(
            transaction,
            by=by,
            shipment_code="S",
            lot_code="MEAT",
            customer_code="K",
            quantity_kg=5,
        )
    with pytest.raises(CorrectionRefused, match=f"Void the {wrong} that is wrong first"):
        correct(transaction, by, "MEAT", weight_kg=3)


def test_a_correction_that_changes_nothing_is_refused(transaction, by, link) -> None:
    with pytest.raises(BadValue) as refusal:
        correct(transaction, by, weight_kg="10.000", temperature_c="3.0")

    assert refusal.value.code == "NOTHING_CHANGED"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight_kg", "-1"),
        ("weight_kg", "1e12"),
        ("temperature_c", "-300"),
        ("happened_at", datetime(2999, 1, 1, tzinfo=UTC)),
        ("happened_at", datetime(2026, 1, 1)),
        ("happened_at", datetime(206, 1, 1, tzinfo=UTC)),
        ("expires_on", date(206, 2, 1)),
    ],
)
def test_a_value_that_can_not_be_is_refused(transaction, by, link, field, value) -> None:
    with pytest.raises(BadValue) as refusal:
        correct(transaction, by, **{field: value})
    assert refusal.value.field == field


def test_a_withdrawn_decision_leaves_the_one_before_it(transaction, by, link) -> None:
    first = hold(transaction, by)
    second = hold(transaction, by, "FAIL")
    withdraw(transaction, by, second)
    assert known_lot(transaction, "BEEF", "x")["stopped_as"] == "hold"
    withdraw(transaction, by, first)

    assert known_lot(transaction, "BEEF", "x")["stopped_as"] is None
    shown = transaction.all(
        "decisions_of_lot", lot_id=known_lot(transaction, "BEEF", "x")["lot_id"]
    )
    assert [(row["decision"], row["withdrawn_by"], row["withdrawn_reason"]) for row in shown] == [
        ("FAIL", "Manager", WHY),
        ("HOLD", "Manager", WHY),
    ]
    assert all(row["withdrawal_hash"] for row in shown)


def test_a_withdrawal_without_the_password_leaves_nothing(record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="KEPT")
        decision = hold(transaction, by, code="KEPT")
    with pytest.raises(SignatureNeeded), record.transaction() as transaction:
        withdraw(transaction, by, decision, confirmation=None)

    with record.transaction() as transaction:
        assert transaction.one("decision_to_withdraw", decision_id=decision)["withdrawn_at"] is None
        assert known_lot(transaction, "KEPT", "x")["stopped_as"] == "hold"


def test_what_was_undone_already_names_who_and_when(transaction, people, link) -> None:
    admin, by = people["ADMIN"], people["MANAGER"]
    decision = hold(transaction, by)
    void_fact(transaction, by=admin, kind=Voidable.LINK, fact_id=link, reason=WHY)
    withdraw(transaction, admin, decision)
    said = r"already, \d{4}-\d\d-\d\d \d\d:\d\d \(Europe/Budapest\) by Admin"

    with pytest.raises(CorrectionRefused, match=rf"BEEF → ROD was voided {said}"):
        void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link, reason=WHY)
    with pytest.raises(CorrectionRefused, match=rf"HOLD of lot BEEF was withdrawn {said}"):
        withdraw(transaction, by, decision)


@pytest.mark.parametrize("number", [0, -1, 4711, 2**63, 10**30])
def test_what_is_not_there_can_not_be_undone(transaction, by, number) -> None:
    with pytest.raises(NotFound):
        void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=number, reason=WHY)
    with pytest.raises(NotFound):
        withdraw(transaction, by, number)
    with pytest.raises(NotFound):
        correct(transaction, by, code="NOBODY")


def three_ways(transaction, by, link, decision, reason):
    """Return the three corrections as calls, with a reason."""
    return [
        lambda: void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link, reason=reason),
        lambda: correct(transaction, by, reason=reason, weight_kg=11),
        lambda: withdraw(transaction, by, decision, reason=reason),
    ]


@pytest.mark.parametrize("role", ["AUDITOR", "OPERATOR", "VIEWER"])
def test_only_managers_and_administrators_correct(transaction, people, link, role) -> None:
    decision = hold(transaction, people["MANAGER"])
    for way in three_ways(transaction, people[role], link, decision, WHY):
        with pytest.raises(NotPermitted, match="Requires one of: ADMIN, MANAGER$"):
            way()
    for way in three_ways(transaction, people["ADMIN"], link, decision, WHY):
        assert isinstance(way(), int)


@pytest.mark.parametrize(
    "reason", ["x" * 9, f"  {'x' * 9}  ", "", None, "x" * 9 + "\u0301", "\u200d" * 20, "\n" * 20]
)
def test_a_reason_of_nine_characters_says_nothing(transaction, by, link, reason) -> None:
    decision = hold(transaction, by)
    for way in three_ways(transaction, by, link, decision, reason):
        with pytest.raises(BadValue) as refusal:
            way()
        assert refusal.value.field == "reason"


@pytest.mark.parametrize("reason", ["x" * 10, "ő" * 10, "0123456789", "🙂" * 10])
def test_a_reason_of_ten_characters_is_taken_for_all(transaction, by, link, reason) -> None:
    decision = hold(transaction, by)
    for way in three_ways(transaction, by, link, decision, reason):
        assert isinstance(way(), int)


@pytest.mark.parametrize(
    "statement", ["update {} set row_xid = row_xid", "delete from {}", "truncate {} cascade"]
)
def test_nobody_changes_a_fact_and_the_owner_is_told_the_way(record, database, statement) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    for table in FACTS:
        for acts, said in ((record, "permission denied"), (owner, "write a correction instead")):
            with pytest.raises(DBAPIError, match=said), engine_of(acts).begin() as connection:
                connection.execute(text(statement.format(f"facts.{table}")))
    owner.close()


@pytest.mark.parametrize(
    "statement",
    [
        "insert into facts.lots (lot_code, happened_at, recorded_at) values ('X', now(), now())",
        "insert into facts.link_voids (link_id, reason, recorded_at) "
        "values (1, 'ten letters', now())",
        "insert into audit.entries select * from audit.entries",
        "delete from audit.entries",
        "update lots set weight_kg = 1",
        "delete from lot_genealogy",
    ],
)
def test_the_app_sets_no_time_of_recording_and_no_trail(record, statement) -> None:
    said = "permission denied|cannot update view|cannot delete from view"
    with pytest.raises(DBAPIError, match=said), engine_of(record).begin() as connection:
        connection.execute(text(statement))


def now(record) -> datetime:
    """Read the database's clock between two transactions."""
    with record.transaction() as transaction:
        return rows(transaction, "select clock_timestamp()")[0][0]


def answers(record, as_of=None) -> list:
    """Ask all that a list, a trace and the lot screen show of PORK and LOIN."""
    page = {
        "search": "p",
        "lot_type": None,
        "product_code": None,
        "disposition": None,
        "lot_ids": None,
        "page_size": 50,
        "skipped": 0,
    }
    with record.transaction(as_of=as_of) as transaction:
        found = [transaction.all("lots_page", **page)]
        for code in ("PORK", "LOIN"):
            found.append(trace(transaction, code, Direction.BOTH))
            found.append(transaction.one("lot_shown", lot_code=code))
            lot_id = transaction.value("lot_id_by_code", lot_code=code)
            for name in (
                "corrections_of_lot",
                "voided_facts_of_lot",
                "decisions_of_lot",
                "readings_of_lot",
                "shipments_of_lot",
            ):
                found.append(transaction.all(name, lot_id=lot_id) if lot_id else None)
        found += rows(
            transaction,
            "select lot_code, balance.given_out_kg, lot_disposition(lot_id) "
            "from lots cross join lateral lot_balance(lot_id, weight_kg) as balance order by 1",
        )
    return found


def test_every_moment_between_two_writes_answers_as_it_did_then(record, people) -> None:
    by, kept = people["MANAGER"], {}
    steps = [
        lambda t: register_lot(
            t, by=by, lot_code="PORK", weight_kg=10, temperature_c=3, happened_at=AT
        ),
        lambda t: register_lot(t, by=by, lot_code="LOIN", lot_type="MIX", happened_at=AT),
        lambda t: kept.update(link=take(t, by, 10, "PORK", "LOIN")),
        lambda t: record_reading(
            t, by=by, lot_code="PORK", characteristic="ph", value=6, unit="pH"
        ),
        lambda t: record_shipment(
            t, by=by, shipment_code="S-1", lot_code="LOIN", customer_code="SHOP", quantity_kg=None
        ),
        lambda t: kept.update(hold=hold(t, by, code="PORK")),
        lambda t: kept.update(fail=hold(t, by, "FAIL", "PORK")),
        lambda t: correct(t, by, "PORK", weight_kg=12),
        lambda t: withdraw(t, by, kept["fail"]),
        lambda t: void_fact(t, by=by, kind=Voidable.LINK, fact_id=kept["link"], reason=WHY),
        lambda t: correct(t, by, "PORK", weight_kg=None),
        lambda t: withdraw(t, by, kept["hold"]),
    ]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners", ["partner_code", "name", "role"], [("SHOP", "Shop", "CUSTOMER")]
        )
    seen = [(now(record), answers(record))]
    for step in steps:
        with record.transaction() as transaction:
            step(transaction)
        seen.append((now(record), answers(record)))

    assert all(first[1] != second[1] for first, second in zip(seen, seen[1:], strict=False))
    for moment, then in seen:
        assert answers(record, as_of=moment) == then
