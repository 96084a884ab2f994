"""What a person knows by the day only is kept so, and no guard takes the day for its midnight."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.refusals import BadValue
from dashboards.commands.shipments import record_shipment
from sql.genealogy.trace import trace
from sql.stretches import Stretch, day_of, month_of
from sql.vocabulary import Direction
from tests.engines import ask
from tests.plants import correct_as_known

SITE = ZoneInfo("Europe/Budapest")
NOON = datetime(2026, 3, 5, 12, tzinfo=SITE)
DAY = day_of(NOON.date(), SITE)
BEFORE = day_of(NOON.date() - timedelta(days=1), SITE)


@pytest.fixture
def by(people):
    """Return a manager who sits at a terminal."""
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def lots(transaction, by) -> None:
    """Have lot P of 100 kg made at noon, lot D known by that day, and a customer."""
    register_lot(transaction, by=by, lot_code="P", lot_type="RAW", weight_kg=100, happened_at=NOON)
    register_lot(transaction, by=by, lot_code="D", lot_type="RAW", weight_kg=100, happened_at=DAY)
    transaction.copy("facts.partners", ["partner_code", "name", "role"], [("CUS", "C", "CUSTOMER")])


def kept(transaction, table: str, key: str) -> Stretch | datetime:
    select = f"select happened_at, happened_until from {table} order by {key} desc limit 1"
    at, until = ask(transaction, select).fetchall()[0]
    return at if until is None else Stretch(at, until)


def ship(transaction, by, lot: str, happened_at) -> None:
    record_shipment(
        transaction,
        by=by,
        shipment_code="S",
        lot_code=lot,
        customer_code="CUS",
        quantity_kg=1,
        happened_at=happened_at,
    )


def test_a_lot_a_link_and_a_shipment_keep_their_day(transaction, by) -> None:
    register_lot(transaction, by=by, lot_code="C", parents=[Parent("P", 1)], happened_at=DAY)
    assert kept(transaction, "lots", "lot_id") == DAY
    assert kept(transaction, "lot_genealogy", "link_id") == DAY
    ship(transaction, by, "P", DAY)
    assert kept(transaction, "shipments", "shipment_id") == DAY

    found = trace(transaction, "P", Direction.FORWARD)
    assert found is not None
    (link,) = found.links
    assert (link["happened_at"], link["happened_until"]) == (DAY.begins_at, DAY.ends_at)
    assert not link["is_late"]
    assert {lot["lot_code"]: lot["happened_until"] for lot in found.lots} == {
        "P": None,
        "C": DAY.ends_at,
    }
    assert [row["happened_until"] for row in found.shipments] == [DAY.ends_at]


@pytest.mark.parametrize("at", [DAY, month_of(NOON.date(), SITE), NOON])
def test_on_the_day_a_lot_was_made_it_may_have_left(transaction, by, at) -> None:
    link_lots(
        transaction,
        by=by,
        parent_lot_code="P",
        child_lot_code="D",
        quantity_kg=1,
        happened_at=at,
    )
    ship(transaction, by, "D", at)


@pytest.mark.parametrize("lot", ["P", "D"])
def test_on_the_day_before_a_lot_was_made_it_can_not_have_left(transaction, by, lot) -> None:
    with pytest.raises(BadValue, match="2026-03-04, lies before lot . came to be, 2026-03-05"):
        ship(transaction, by, lot, BEFORE)


def test_a_lot_counted_that_day_asks_for_the_time(transaction, by) -> None:
    register_movement(
        transaction,
        by=by,
        lot_code="P",
        kind="COUNTED",
        quantity_kg=90,
        happened_at=NOON + timedelta(hours=1),
    )
    with pytest.raises(BadValue, match="was counted in that time"):
        ship(transaction, by, "P", DAY)


def test_a_count_typed_for_a_day_on_which_something_left_asks_too(transaction, by) -> None:
    ship(transaction, by, "P", DAY)
    with pytest.raises(BadValue, match="was counted in that time"):
        register_movement(
            transaction,
            by=by,
            lot_code="P",
            kind="COUNTED",
            quantity_kg=90,
            happened_at=NOON + timedelta(hours=1),
        )


def test_a_count_of_now_knows_what_was_recorded_before_it(transaction, by) -> None:
    """What left today stands in the record: it left before the count."""
    today = day_of(datetime.now(SITE).date(), SITE)
    ship(transaction, by, "P", today)
    register_movement(transaction, by=by, lot_code="P", kind="COUNTED", quantity_kg=90)
    balances = "select on_hand_kg from lots, lot_balance(lot_id, 100) where lot_code = 'P'"
    on_hand = ask(transaction, balances).fetchall()
    assert on_hand == [(90,)]


def test_a_decision_beside_one_known_by_its_day_asks_for_another_time(transaction, by) -> None:
    (lot_id,) = ask(transaction, "select lot_id from lots where lot_code = 'P'").fetchall()[0]
    transaction.copy(
        "facts.qc_decisions",
        ["lot_id", "decision", "happened_at", "happened_until"],
        [(lot_id, "PASS", DAY.begins_at, DAY.ends_at)],
    )
    with pytest.raises(BadValue, match="known by its day only"):
        decide(
            transaction,
            by=by,
            lot_code="P",
            decision="HOLD",
            notes="a torn packaging",
            happened_at=NOON,
        )


def test_a_stop_of_now_is_never_refused_for_a_decision_known_by_today(transaction, by) -> None:
    today = day_of(datetime.now(SITE).date(), SITE)
    (lot_id,) = ask(transaction, "select lot_id from lots where lot_code = 'P'").fetchall()[0]
    transaction.copy(
        "facts.qc_decisions",
        ["lot_id", "decision", "happened_at", "happened_until"],
        [(lot_id, "PASS", today.begins_at, today.ends_at)],
    )
    decide(
        transaction, by=by, lot_code="P", gate_id=None, decision="HOLD", notes="a torn packaging"
    )
    assert ask(transaction, "select lot_disposition(:lot)", lot=lot_id).fetchall() == [("hold",)]


@pytest.mark.parametrize("to", [DAY, BEFORE, NOON, month_of(NOON.date(), SITE)])
def test_a_correction_says_the_time_as_precise_as_it_is(transaction, by, to) -> None:
    correct_as_known(
        transaction,
        by=by,
        lot_code="D",
        corrected=Corrected(None, 99, None, None, to),
        reason="weighed again today",
    )
    assert kept(transaction, "lots where lot_code = 'D'", "lot_id") == to


def test_a_day_to_come_is_refused(transaction, by) -> None:
    ahead = day_of(datetime.now(UTC).date() + timedelta(days=2), SITE)
    with pytest.raises(BadValue, match="lies in the future"):
        register_lot(transaction, by=by, lot_code="N", happened_at=ahead)
