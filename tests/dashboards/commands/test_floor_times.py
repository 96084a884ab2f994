"""When it happened: each command keeps the time on the floor, and refuses one that can't be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dashboards.commands.assessments import assess_origin
from dashboards.commands.authority import Face, Origin
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue, DecisionRefused
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact, void_lot
from dashboards.commands.withdrawals import withdraw_decision
from dashboards.commands.wording import site_minute
from tests.cases import each_of
from tests.engines import ask
from tests.plants import correct_as_known, just_confirmed

DAY = timedelta(days=1)
LONGER_AGO = Origin(Face.TERMINAL)  # may enter what is older than a screen may
WHY = "typed for the wrong lot"


@pytest.fixture
def by(people):
    """Return a manager who sits at a screen."""
    return replace(people["MANAGER"], origin=Origin(Face.SCREEN))


@pytest.fixture
def lots(transaction, people) -> None:
    """Have two received lots of 100 kg, P from long ago and C from now, and a customer."""
    for code, days in (("P", 400), ("C", 0)):
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code=code,
            lot_type="RAW",
            weight_kg=100,
            happened_at=datetime.now(UTC) - days * DAY,
        )
    transaction.copy("facts.partners", ["partner_code", "name", "role"], [("CUS", "C", "CUSTOMER")])


def register(transaction, **facts) -> None:
    register_lot(transaction, lot_code="NEW", **facts)


def link(transaction, **facts) -> None:
    link_lots(transaction, parent_lot_code="P", child_lot_code="C", quantity_kg=1, **facts)


def read(transaction, **facts) -> None:
    record_reading(transaction, lot_code="P", characteristic="pH", value=6, unit="1", **facts)


def hold(transaction, **facts) -> None:
    decide(transaction, lot_code="P", decision="HOLD", notes="torn packaging", **facts)


def ship(transaction, **facts) -> None:
    record_shipment(
        transaction,
        shipment_code="S",
        lot_code="P",
        customer_code="CUS",
        quantity_kg=1,
        **facts,
    )


def correct(transaction, *, by, happened_at) -> None:
    restate(transaction, by, happened_at, weight_kg=90, lot_code="C")


def restate(transaction, by, happened_at, weight_kg, lot_code="P") -> int:
    return correct_as_known(
        transaction,
        by=by,
        lot_code=lot_code,
        reason="weighed the wrong pallet",
        corrected=Corrected(None, weight_kg, None, None, happened_at),
    )


def void_a_link(transaction, *, by, **facts) -> None:
    link_id = link_lots(transaction, by=by, parent_lot_code="P", child_lot_code="C", quantity_kg=1)
    void_fact(transaction, by=by, kind=Voidable.LINK, fact_id=link_id, reason=WHY, **facts)


def void_a_shipment(transaction, *, by, **facts) -> None:
    line_id = record_shipment(
        transaction,
        by=by,
        shipment_code=f"S{uuid4().hex}",
        lot_code="P",
        customer_code="CUS",
        quantity_kg=1,
    )
    void_fact(transaction, by=by, kind=Voidable.SHIPMENT, fact_id=line_id, reason=WHY, **facts)


def void_a_reading(transaction, *, by, **facts) -> None:
    reading = record_reading(
        transaction, by=by, lot_code="P", characteristic="pH", value=6, unit="1"
    )
    void_fact(
        transaction, by=by, kind=Voidable.READING, fact_id=reading.reading_id, reason=WHY, **facts
    )


def fresh(transaction, by, ago=timedelta(0)) -> str:
    """Register a lot of its own for an act after which a lot is good for no other."""
    code, made = f"X{uuid4().hex}", datetime.now(UTC) - ago
    register_lot(transaction, by=by, lot_code=code, lot_type="RAW", weight_kg=100, happened_at=made)
    return code


def void_a_lot(transaction, *, by, **facts) -> None:
    void_lot(transaction, by=by, lot_code=fresh(transaction, by), reason=WHY, **facts)


def void_a_lot_that_was_measured(transaction, *, by, **facts) -> None:
    lot = fresh(transaction, by)
    record_reading(transaction, by=by, lot_code=lot, characteristic="pH", value=6, unit="1")
    void_lot(transaction, by=by, lot_code=lot, reason=WHY, **facts)


def held(transaction, by, lot: str) -> int:
    notes = "torn packaging"
    return decide(transaction, by=by, lot_code=lot, decision="HOLD", notes=notes)["decision_id"]


def withdraw(transaction, *, by, **facts) -> None:
    withdraw_decision(
        transaction,
        by=by,
        decision_id=held(transaction, by, fresh(transaction, by)),
        reason=WHY,
        confirmation=just_confirmed(by),
        **facts,
    )


def assess(transaction, *, by, **facts) -> None:
    unlimited = replace(by, origin=LONGER_AGO)
    parent, child = (fresh(transaction, unlimited, 400 * DAY) for _ in range(2))
    link_lots(transaction, by=by, parent_lot_code=parent, child_lot_code=child, quantity_kg=1)
    assess_origin(
        transaction,
        by=by,
        lot_code=child,
        decision_ids=[held(transaction, by, parent)],
        reason=WHY,
        confirmation=just_confirmed(by),
        **facts,
    )


WRITTEN = {
    void_a_link: "facts.link_voids",
    void_a_shipment: "facts.shipment_voids",
    void_a_reading: "facts.reading_voids",
    void_a_lot: "facts.lot_voids",
    void_a_lot_that_was_measured: "facts.reading_voids",
    withdraw: "facts.decision_withdrawals",
    assess: "facts.origin_assessments",
    register: "facts.lots",
    link: "facts.lot_genealogy",
    read: "facts.readings",
    ship: "facts.shipments",
    correct: "facts.lot_corrections",
    hold: "facts.qc_decisions",
}
ACTS = each_of("act", list(WRITTEN), ids=lambda act: act.__name__)


@ACTS
def test_the_time_on_the_floor_is_kept_beside_the_time_of_recording(
    transaction, lots, by, act
) -> None:
    at = datetime.now(UTC).replace(microsecond=0) - 3 * DAY
    act(transaction, by=by, happened_at=at)

    newest = f"select happened_at, recorded_at from {WRITTEN[act]} order by recorded_at desc"
    happened_at, recorded_at = ask(transaction, newest).fetchall()[0]
    assert happened_at == at and recorded_at > at + 2 * DAY


@ACTS
def test_a_time_ahead_is_refused(transaction, lots, by, act) -> None:
    with pytest.raises(BadValue, match="future"):
        act(transaction, by=by, happened_at=datetime.now(UTC) + timedelta(minutes=6))


@ACTS
def test_a_time_further_back_than_the_setting_is_refused(transaction, lots, by, act) -> None:
    with pytest.raises(BadValue, match="more than 30 days back"):
        act(transaction, by=by, happened_at=datetime.now(UTC) - 31 * DAY)


def test_the_servers_own_terminal_brings_history(transaction, people) -> None:
    register(transaction, by=people["MANAGER"], happened_at=datetime.now(UTC) - 400 * DAY)


def test_an_old_lot_may_be_corrected_as_long_as_its_time_stays(transaction, people, by) -> None:
    at = datetime.now(UTC) - 400 * DAY
    register_lot(transaction, by=people["MANAGER"], lot_code="P", weight_kg=9, happened_at=at)

    assert restate(transaction, by, at, weight_kg=8)


def test_a_decision_can_not_be_put_before_the_one_it_follows(transaction, lots, by) -> None:
    """It would count for nothing: the later one would still be the latest."""
    hour = timedelta(hours=1)
    hold(transaction, by=by, happened_at=datetime.now(UTC) - hour)

    with pytest.raises(DecisionRefused, match="has a HOLD here from .* which is later"):
        hold(transaction, by=by, happened_at=datetime.now(UTC) - 2 * hour)


@each_of("act", [link, read, ship, hold], ids=lambda act: act.__name__)
def test_nothing_happens_to_a_lot_before_it_came_to_be(transaction, lots, by, act) -> None:
    """Both times are named, as the site's clock shows them, and who mends the lot's."""
    made = datetime.now(UTC).replace(second=40) - DAY
    restate(transaction, by, made, weight_kg=100)
    early, minute = (made - timedelta(seconds=41)), made.replace(second=0, microsecond=0)

    with pytest.raises(BadValue, match="lot P came to be.*a manager can correct") as refused:
        act(transaction, by=by, happened_at=early)
    assert (refused.value.field, refused.value.code) == ("happened_at", "TIME")
    assert site_minute(early) in str(refused.value) and site_minute(made) in str(refused.value)
    act(transaction, by=by, happened_at=minute)


def test_no_lot_is_assessed_before_it_came_to_be(transaction, lots, by) -> None:
    """By its origin it is stopped from the day it was made."""
    with pytest.raises(BadValue, match="came to be"):
        assess(
            transaction,
            by=replace(by, origin=LONGER_AGO),
            happened_at=datetime.now(UTC) - 401 * DAY,
        )


def test_what_happens_now_to_a_lot_of_a_clock_ahead_happened_with_it(transaction, lots, by) -> None:
    ahead = datetime.now(UTC) + timedelta(minutes=3)
    restate(transaction, by, ahead, weight_kg=100)
    for act in (link, read, ship, hold):
        act(transaction, by=by)
        newest = f"select happened_at from {WRITTEN[act]} order by recorded_at desc"
        assert ask(transaction, newest).fetchall()[0][0] == ahead


@each_of("act", [act for act in WRITTEN if act is not correct], ids=lambda act: act.__name__)
def test_what_has_no_time_given_happened_now(transaction, lots, by, act) -> None:
    before = datetime.now(UTC)
    act(transaction, by=by)

    newest = f"select happened_at from {WRITTEN[act]} order by recorded_at desc"
    assert before <= ask(transaction, newest).fetchall()[0][0] <= datetime.now(UTC)
