"""How an answer differs from an earlier one is seen in the answers, and explained by the facts."""

from datetime import UTC, datetime
from decimal import Decimal as D
from typing import Any

import pytest

from dashboards.commands.assessments import assess_origin
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.readings import record_reading
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.withdrawals import withdraw_decision
from sql.genealogy.differences import Difference, lot_changes, trace_difference
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.engines import ask
from tests.plants import correct_as_known, just_confirmed, link_ids_into
from tests.presence import present

WHY = "written for this test"


@pytest.fixture
def plant(record, people):
    """Write A -> B, and X beside them."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        register_lot(transaction, by=by, lot_code="X", weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=80, parents=[Parent("A", 40)])
    return by


def since(record, moment: datetime, lot_code: str, direction: Direction) -> Difference:
    """Compare a lot's answer as of a moment with the one of now."""
    with record.snapshot(as_of=moment) as snapshot:
        then = present(trace(snapshot, lot_code, direction))
    with record.snapshot() as snapshot:
        now = trace(snapshot, lot_code, direction)
        return trace_difference(snapshot, then, now, moment)


def values(found: Difference) -> dict[tuple[str, str], tuple]:
    return {(row["lot_code"], row["what"]): (row["was"], row["now"]) for row in found.changed}


def test_a_parent_from_outside_the_answer_changes_shares_in_it(record, plant) -> None:
    """All of B's 80 kg came from A; since as much of X went in, half of them."""
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=40)
    found = since(record, moment, "A", Direction.FORWARD)

    assert not found.is_none and (found.joined, found.parted) == ([], [])
    assert values(found) == {
        ("B", "share"): (1.0, 0.5),
        ("B", "suspect_kg"): (D(80), D(40)),
        ("B", "suspect_on_hand_kg"): (D(80), D(40)),
    }
    assert [(row["change"], row["lot_code"], row["other"]) for row in found.changes] == [
        ("link added", "X", "B")
    ]


def test_what_goes_into_a_lot_outside_the_answer_changes_what_is_left(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="A", child_lot_code="X", quantity_kg=10)
    found = since(record, moment, "B", Direction.BACK)

    assert values(found)["A", "on_hand_kg"] == (D(60), D(50))
    assert [row["change"] for row in found.changes] == ["link added"]


def test_lots_links_and_values_that_came_are_told_apart(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=40)
    found = since(record, moment, "B", Direction.BACK)

    assert found.joined == ["X"]
    assert values(found)["A", "share"] == (1.0, 0.5)
    assert values(found)["B", "link"] == (None, ("X", D(40)))

    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        lot_id = transaction.value("lot_id_by_code", lot_code="B")
        *_, link_id = link_ids_into(transaction, lot_id)
        void_fact(transaction, by=plant, kind=Voidable.LINK, fact_id=link_id, reason=WHY)
    found = since(record, moment, "B", Direction.BACK)

    assert (found.joined, found.parted) == ([], ["X"])
    assert values(found)["B", "link"] == (("X", D(40)), None)


def test_what_was_written_before_and_committed_after_the_moment_is_said(record, plant) -> None:
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=40)
        moment = datetime.now(UTC)
    found = since(record, moment, "B", Direction.BACK)

    assert found.joined == ["X"]
    assert [row["change"] for row in found.changes] == ["link added"]


def test_a_value_that_was_unknown_and_one_that_moved_a_little_are_said(record, plant) -> None:
    """0.02 kg beside 40 kg takes the share from 1 to 40 of 40.02."""
    with record.transaction() as transaction:
        register_lot(transaction, by=plant, lot_code="U", parents=[Parent("B", 1)])
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(
            transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=D("0.02")
        )
        lot = transaction.one("lot_shown", lot_code="U")
        corrected = Corrected(None, D(7), None, None, lot["happened_at"])
        correct_as_known(transaction, by=plant, lot_code="U", corrected=corrected, reason=WHY)
    found = since(record, moment, "A", Direction.FORWARD)

    assert values(found)["U", "weight_kg"] == (None, D(7))
    was, now = values(found)["B", "share"]
    assert (was, now) == (1.0, pytest.approx(40 / 40.02, rel=1e-12))


def test_a_movement_that_came_is_said(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        register_movement(
            transaction, by=plant, lot_code="A", kind="WASTE", quantity_kg=5, reason=WHY
        )
    found = since(record, moment, "A", Direction.FORWARD)

    assert values(found)["A", "movement"] == (None, ("WASTE", D(5)))


def test_what_was_written_about_a_lot_that_left_the_answer_is_said(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        lot_id = transaction.value("lot_id_by_code", lot_code="B")
        [link_id] = link_ids_into(transaction, lot_id)
        void_fact(transaction, by=plant, kind=Voidable.LINK, fact_id=link_id, reason=WHY)
        decide(transaction, by=plant, lot_code="B", decision="HOLD", notes=WHY)
    found = since(record, moment, "A", Direction.FORWARD)

    assert found.parted == ["B"]
    assert kinds(found.changes) == [("link voided", "B"), ("decision added", "HOLD")]


def test_shipment_lines_that_came_are_told_apart_and_equal_ones_counted(record, plant) -> None:
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role) "
            "values ('K', 'Shop', 'CUSTOMER')",
        )
        ship_b(transaction, plant)
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        ship_b(transaction, plant)
        ship_b(transaction, plant)
    found = since(record, moment, "A", Direction.FORWARD)

    lines = [(row["was"], row["now"]) for row in found.changed if row["what"] == "shipment"]
    assert lines == [(None, ("S", D(2)))] * 2


def test_an_answer_that_nothing_touched_is_the_same(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        register_lot(transaction, by=plant, lot_code="Y", parents=[Parent("X", 1)])
        record_reading(transaction, by=plant, lot_code="B", characteristic="pH", value=6, unit="pH")

    assert since(record, moment, "A", Direction.FORWARD) == Difference([], [], [], [])


def ship_b(transaction, by) -> int:
    """Write a line of 2 kg of B in shipment S to the only customer, and return its id."""
    [(shipment_id,)] = ask(
        transaction,
        "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg, "
        "happened_at, operator_id) select 'S', lot_id, 1, 2, now(), :by from facts.lots "
        "where lot_code = 'B' returning shipment_id",
        by=by.user_id,
    ).fetchall()
    return shipment_id


def write_of_every_kind(transaction, by) -> None:
    """Write every kind of fact about B and take it back; correct B, and assess what stops it."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('K', 'Shop', 'CUSTOMER')",
    )
    mine: dict[str, Any] = {"by": by, "reason": WHY}
    lot = transaction.one("lot_shown", lot_code="B")
    named = ("product_code", "weight_kg", "temperature_c", "expires_on", "happened_at")
    corrected = Corrected(**{**{name: lot[name] for name in named}, "weight_kg": D(79)})
    correct_as_known(transaction, lot_code="B", corrected=corrected, **mine)
    link_lots(transaction, by=by, parent_lot_code="X", child_lot_code="B", quantity_kg=1)
    *_, link_id = link_ids_into(transaction, lot["lot_id"])
    void_fact(transaction, kind=Voidable.LINK, fact_id=link_id, **mine)
    measured: dict[str, Any] = {"lot_code": "B", "characteristic": "ph", "value": 6, "unit": "pH"}
    reading_id = record_reading(transaction, by=by, **measured).reading_id
    void_fact(transaction, kind=Voidable.READING, fact_id=reading_id, **mine)
    void_fact(transaction, kind=Voidable.SHIPMENT, fact_id=ship_b(transaction, by), **mine)
    signed: dict[str, Any] = {"confirmation": just_confirmed(by)}
    hold = decide(transaction, by=by, lot_code="B", decision="HOLD", notes=WHY)
    withdraw_decision(transaction, decision_id=hold["decision_id"], **mine, **signed)
    stop = decide(transaction, by=by, lot_code="A", decision="HOLD", notes=WHY)
    assess_origin(transaction, lot_code="B", decision_ids=[stop["decision_id"]], **mine, **signed)


def test_every_kind_of_fact_about_a_lot_is_said(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        write_of_every_kind(transaction, plant)
        of_b = transaction.value("lot_id_by_code", lot_code="B")
        of_y = register_lot(transaction, by=plant, lot_code="Y")["lot_id"]
        void_fact(transaction, by=plant, kind=Voidable.LOT, fact_id=of_y, reason=WHY)
    with record.snapshot() as snapshot:
        b, y = (lot_changes(snapshot, lot_id, moment) for lot_id in (of_b, of_y))
    in_answer = since(record, moment, "A", Direction.FORWARD).changes

    readings = [("reading added", "ph 6 pH"), ("reading voided", "ph")]
    others = [
        ("lot corrected", None),
        ("link added", "B"),
        ("link voided", "B"),
        ("shipment added", "Shop"),
        ("shipment voided", "Shop"),
        ("decision added", "HOLD"),
        ("decision withdrawn", "HOLD"),
        ("origin assessed", None),
    ]
    assert kinds(b) == [*others[:3], *readings, *others[3:]]
    assert kinds(y) == [("lot added", None), ("lot voided", None)]
    assert kinds(in_answer) == [*others[:-1], ("decision added", "HOLD"), others[-1]]
    assert {row["reason"] for row in b} == {None, WHY}
    assert {row["written_by"] for row in b} == {plant.full_name}


def kinds(changes) -> list[tuple]:
    return [(row["change"], row["other"]) for row in changes]
