"""What else happens to a lot: each counts once, is refused by its rule, can be voided."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    LinkRefused,
    MovementRefused,
    NotEnough,
    NotFound,
    NotPermitted,
    ShipmentRefused,
    SignatureNeeded,
)
from dashboards.commands.rework import rework_lot
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact, void_lot
from tests.engines import ask
from tests.plants import correct_as_known, just_confirmed
from tests.presence import present

WHY = "said by the test that moves it"
NOW = datetime.now(UTC).replace(microsecond=0)
MADE = NOW - timedelta(hours=9)


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def lot(transaction, by) -> str:
    """Make a mix of 100 kg, a supplier, and a customer to ship it to."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values "
        "('C1', 'Shop', 'CUSTOMER'), ('S1', 'Farm', 'SUPPLIER')",
    )
    register_lot(
        transaction, by=by, lot_code="MIX", lot_type="MIX", weight_kg=100, happened_at=MADE
    )
    return "MIX"


def at(hours: float) -> datetime:
    """Return a time so many hours after the lot was made."""
    return MADE + timedelta(hours=hours)


def move(transaction, by, kind, kg, **more):
    given: dict[str, Any] = {"reason": WHY} | more
    return register_movement(transaction, by=by, lot_code="MIX", kind=kind, quantity_kg=kg, **given)


def ship(transaction, by, kg: Any = 40, code="SH1", **more) -> int:
    return record_shipment(
        transaction,
        by=by,
        shipment_code=code,
        lot_code="MIX",
        customer_code="C1",
        quantity_kg=kg,
        **more,
    )


def decided(transaction, by, decision="HOLD", confirmation=None) -> None:
    decide(
        transaction,
        by=by,
        lot_code="MIX",
        decision=decision,
        notes=WHY,
        confirmation=confirmation,
    )


def left(transaction) -> D | None:
    return known_lot(transaction, "MIX", "x")["on_hand_kg"]


def balance(transaction) -> dict:
    row = ask(
        transaction,
        "select accounted_ratio, counted_difference_kg, is_counted, on_hand_at_most_kg, on_hand_kg "
        "from lots cross join lateral lot_balance(lot_id, weight_kg) where lot_code = 'MIX'",
    )
    names = [column.name for column in row.description or ()]
    return dict(zip(names, row.fetchone() or (), strict=True))


def test_what_is_on_hand_is_what_came_and_was_found_without_what_left(transaction, by, lot) -> None:
    register_lot(transaction, by=by, lot_code="CHILD")
    link_lots(transaction, by=by, parent_lot_code="MIX", child_lot_code="CHILD", quantity_kg=20)
    ship(transaction, by)
    for kind, kg in (
        ("WASTE", "1.5"),
        ("SAMPLE", "0.25"),
        ("DESTROYED", 2),
        ("DONATED", 3),
        ("DOWNGRADED", 5),
    ):
        move(transaction, by, kind, kg)
    move(transaction, by, "SENT_BACK", 4, partner_code="S1")
    assert left(transaction) == D("29.25")
    move(transaction, by, "RETURNED", 15, shipment_code="SH1")
    assert left(transaction) == D("44.25")
    assert balance(transaction)["accounted_ratio"] == pytest.approx(0.5575)
    move(transaction, by, "COUNTED", 43)
    assert left(transaction) == 43
    assert balance(transaction)["counted_difference_kg"] == D("-1.25")
    assert balance(transaction)["accounted_ratio"] == pytest.approx(0.9875)


def test_fifteen_kilograms_come_back_from_a_customer(transaction, by, lot) -> None:
    ship(transaction, by)
    before = present(left(transaction))
    move(transaction, by, "RETURNED", 15, shipment_code="SH1")

    assert left(transaction) == before + 15
    lines = transaction.all("lines_shipped", lot_id=_id(transaction), shipment_code="SH1")
    assert lines[0]["quantity_kg"] - lines[0]["returned_kg"] == 25
    with pytest.raises(MovementRefused, match="25 kg of lot MIX are still with Shop"):
        move(transaction, by, "RETURNED", "25.001", shipment_code="SH1")
    with pytest.raises(NotFound, match="Shipment of lot MIX SH9"):
        move(transaction, by, "RETURNED", 1, shipment_code="SH9")
    with pytest.raises(BadValue, match="goes with RETURNED"):
        move(transaction, by, "RETURNED", 1)
    with pytest.raises(CorrectionRefused, match="came back. Void that movement first"):
        void_fact(
            transaction,
            by=by,
            kind=Voidable.SHIPMENT,
            fact_id=lines[0]["shipment_id"],
            reason=WHY,
        )


def test_what_came_back_is_not_used_or_shipped_before_somebody_decides(
    transaction, by, lot
) -> None:
    ship(transaction, by, 100)
    move(transaction, by, "RETURNED", 15, shipment_code="SH1")
    register_lot(transaction, by=by, lot_code="CHILD")
    for command in (
        lambda: ship(transaction, by, 10, "SH2"),
        lambda: link_lots(
            transaction, by=by, parent_lot_code="MIX", child_lot_code="CHILD", quantity_kg=1
        ),
        lambda: move(transaction, by, "DONATED", 1),
        lambda: ship(transaction, by, None, "SH2"),
    ):
        with pytest.raises(
            (ShipmentRefused, LinkRefused, MovementRefused), match="nobody has decided"
        ):
            command()
    move(transaction, by, "DESTROYED", 5)
    decided(transaction, by, "PASS")
    ship(transaction, by, 10, "SH2")
    assert left(transaction) == 0


def _id(transaction) -> int:
    return known_lot(transaction, "MIX", "x")["lot_id"]


@pytest.mark.parametrize("kind", ["WASTE", "SAMPLE", "DESTROYED", "DONATED", "DOWNGRADED"])
def test_no_more_is_moved_than_is_on_hand(transaction, by, lot, kind) -> None:
    ship(transaction, by, 60)
    with pytest.raises(NotEnough, match=r"has 40 kg left; 40.001 kg is too much"):
        move(transaction, by, kind, "40.001")
    move(transaction, by, kind, 40)


def test_an_unknown_amount_leaves_an_overdrawn_lot_too(transaction, by, lot) -> None:
    child = register_lot(transaction, by=by, lot_code="CHILD")["lot_id"]
    ask(transaction, "select set_config('lotline.history', 'on', true)")
    ask(
        transaction,
        "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, quantity_kg, happened_at) "
        "select lot_id, :child, 120, happened_at from facts.lots where lot_code = 'MIX'",
        child=child,
    )
    with pytest.raises(NotEnough, match="has 0 kg left"):
        move(transaction, by, "WASTE", 1)
    move(transaction, by, "WASTE", None)


def test_an_unknown_amount_leaves_at_most_the_rest(transaction, by, lot) -> None:
    ship(transaction, by, 30)
    move(transaction, by, "WASTE", None)
    assert balance(transaction)["on_hand_at_most_kg"] == 70
    move(transaction, by, "RETURNED", None, shipment_code="SH1")
    assert balance(transaction) == {
        "accounted_ratio": None,
        "counted_difference_kg": None,
        "is_counted": False,
        "on_hand_at_most_kg": 100,
        "on_hand_kg": None,
    }
    with pytest.raises(NotEnough, match="at most 100 kg left"):
        move(transaction, by, "DESTROYED", 101)
    # What was found is known, whatever was not known before it.
    move(transaction, by, "COUNTED", 60)
    assert left(transaction) == 60
    assert balance(transaction)["accounted_ratio"] is None


def test_a_count_takes_the_place_of_what_was_there_at_its_time(transaction, by, lot) -> None:
    move(transaction, by, "COUNTED", 90, happened_at=at(4))
    ship(transaction, by, 30, happened_at=at(6))
    assert left(transaction) == 60
    # Entered late: it had left before the count, so the count stands and its difference is less.
    ship(transaction, by, 8, "SH2", happened_at=at(2))
    assert left(transaction) == 60
    assert balance(transaction)["counted_difference_kg"] == -2
    counted = transaction.all("movements_of_lot", lot_id=_id(transaction))[0]
    assert (counted["kind"], counted["difference_kg"]) == ("COUNTED", D(-2))
    with pytest.raises(NotEnough, match="has 92 kg left"):
        ship(transaction, by, 93, "SH3", happened_at=at(3))
    ask(transaction, "savepoint before")
    with pytest.raises(MovementRefused, match="More left lot MIX since that time"):
        move(transaction, by, "COUNTED", 20, happened_at=at(5))
    ask(transaction, "rollback to before")
    with pytest.raises(BadValue, match="must be 0 to"):
        move(transaction, by, "COUNTED", -1)
    with pytest.raises(BadValue, match="says what was found"):
        move(transaction, by, "COUNTED", None)
    move(transaction, by, "COUNTED", 0)
    assert left(transaction) == 0


def test_what_came_back_or_was_found_stays_once_it_left_again(transaction, by, lot) -> None:
    ship(transaction, by, 100)
    back = move(transaction, by, "RETURNED", 15, shipment_code="SH1")["movement_id"]
    decided(transaction, by, "PASS")
    ship(transaction, by, 10, "SH2")

    def void(movement_id: int) -> int:
        return void_fact(
            transaction, by=by, kind=Voidable.MOVEMENT, fact_id=movement_id, reason=WHY
        )

    ask(transaction, "savepoint before")
    with pytest.raises(CorrectionRefused, match="given out more than it had"):
        void(back)
    ask(transaction, "rollback to before")
    wasted = move(transaction, by, "WASTE", 5)["movement_id"]
    void(wasted)
    assert left(transaction) == 5
    with pytest.raises(CorrectionRefused, match="voided already"):
        void(wasted)


def test_a_weight_is_not_corrected_below_what_was_moved(transaction, by, lot) -> None:
    move(transaction, by, "WASTE", 30)
    with pytest.raises(CorrectionRefused, match=r"given out 30 kg.* Void the movement that"):
        correct_as_known(
            transaction,
            by=by,
            lot_code="MIX",
            reason=WHY,
            corrected=Corrected(None, D(29), None, None, MADE),
        )
    with pytest.raises(CorrectionRefused, match="still has 1 movement"):
        void_lot(transaction, by=by, lot_code="MIX", reason=WHY)


STOPPED = {
    "DESTROYED": "MANAGER",
    "SENT_BACK": "OPERATOR",
    "SAMPLE": "OPERATOR",
    "COUNTED": "OPERATOR",
    "WASTE": None,
    "DONATED": None,
    "DOWNGRADED": None,
}


@pytest.mark.parametrize("stop", ["HOLD", "FAIL", "origin"])
def test_of_a_stopped_lot_only_some_things_are_moved(transaction, people, by, lot, stop) -> None:
    if stop == "origin":
        register_lot(transaction, by=by, lot_code="BEEF", weight_kg=50, happened_at=MADE)
        link_lots(transaction, by=by, parent_lot_code="BEEF", child_lot_code="MIX", quantity_kg=50)
        decide(transaction, by=by, lot_code="BEEF", decision="HOLD", notes=WHY)
    else:
        decided(transaction, by, stop, just_confirmed(by))
    for kind, who in STOPPED.items():
        more: dict[str, Any] = {"partner_code": "S1"} if kind == "SENT_BACK" else {}
        for role in ("OPERATOR", "MANAGER"):
            person = people[role]
            more["confirmation"] = just_confirmed(person)
            if who == role or who == "OPERATOR":
                move(transaction, person, kind, 1, **more)
            else:
                with pytest.raises((MovementRefused, NotPermitted)):
                    move(transaction, person, kind, 1, **more)


def test_a_rejected_lot_is_destroyed_signed_and_its_balance_closes(transaction, by, lot) -> None:
    decided(transaction, by, "FAIL", just_confirmed(by))
    ask(transaction, "savepoint before")
    with pytest.raises(SignatureNeeded, match="Destroying a rejected lot is signed"):
        move(transaction, by, "DESTROYED", 100)
    ask(transaction, "rollback to before")
    written = move(transaction, by, "DESTROYED", 100, confirmation=just_confirmed(by))
    signed = ask(
        transaction,
        "select movement_id, meaning from facts.decision_signatures where movement_id is not null",
    ).fetchall()
    assert signed == [(written["movement_id"], "DESTROY")]
    assert (left(transaction), balance(transaction)["accounted_ratio"]) == (0, 1)


def test_an_expired_lot_is_destroyed_by_anybody_and_given_away_by_a_manager(
    transaction, people, by, lot
) -> None:
    correct_as_known(
        transaction,
        by=by,
        lot_code="MIX",
        reason=WHY,
        corrected=Corrected(None, D(100), None, (NOW - timedelta(days=2)).date(), MADE),
    )
    operator = people["OPERATOR"]
    for kind in ("WASTE", "DESTROYED", "SAMPLE", "COUNTED"):
        move(transaction, operator, kind, 1)
    for kind in ("DONATED", "DOWNGRADED"):
        with pytest.raises(MovementRefused, match="has expired"):
            move(transaction, operator, kind, D("0.1"))
        move(transaction, by, kind, D("0.1"))


def test_downgraded_kilograms_stay_here_and_are_not_shipped(transaction, by, lot) -> None:
    move(transaction, by, "DOWNGRADED", 30)
    assert left(transaction) == 100
    with pytest.raises(ShipmentRefused, match="70 kg at most can still be shipped"):
        ship(transaction, by, 71)
    ship(transaction, by, 70)
    with pytest.raises(MovementRefused, match="0 kg at most can still be downgraded"):
        move(transaction, by, "DOWNGRADED", 1)
    move(transaction, by, "DESTROYED", 30)
    assert left(transaction) == 0


@pytest.mark.parametrize(
    ("kind", "kg", "more", "said"),
    [
        ("SOLD", 1, {}, "Kind must be one of"),
        ("WASTE", 0, {}, "nothing moved"),
        ("WASTE", "1e9", {}, "must be 0 to"),
        ("DESTROYED", 1, {"reason": "burnt"}, "10 characters"),
        ("WASTE", 1, {"partner_code": "S1"}, "Partner code goes with DONATED and SENT_BACK"),
        ("WASTE", 1, {"shipment_code": "SH1"}, "goes with RETURNED"),
        ("SENT_BACK", 1, {}, "has no supplier on record"),
        ("WASTE", 1, {"happened_at": MADE - timedelta(hours=1)}, "lies before lot MIX came"),
    ],
)
def test_what_can_not_be_a_movement_is_refused(transaction, by, lot, kind, kg, more, said) -> None:
    with pytest.raises(BadValue, match=said):
        move(transaction, by, kind, kg, **more)


def test_an_auditor_moves_nothing(transaction, people, lot) -> None:
    with pytest.raises(NotPermitted):
        move(transaction, people["AUDITOR"], "WASTE", 1)


def reworked(transaction, by, kg: Any = 40, child="AGAIN", **more) -> int:
    return rework_lot(
        transaction,
        by=by,
        parent_lot_code="MIX",
        child_lot_code=child,
        quantity_kg=kg,
        reason=WHY,
        confirmation=just_confirmed(by),
        **more,
    )


@pytest.mark.parametrize(("word", "kept"), [("FAIL", "rejected"), ("HOLD", "hold")])
def test_a_stopped_lot_is_used_signed_and_what_it_went_into_is_on_hold(
    transaction, people, by, lot, word, kept
) -> None:
    register_lot(transaction, by=by, lot_code="AGAIN", lot_type="MIX", happened_at=MADE)
    with pytest.raises(LinkRefused, match="neither rejected nor on HOLD"):
        reworked(transaction, by)
    decided(transaction, by, word, just_confirmed(by))
    with pytest.raises(NotPermitted):
        reworked(transaction, people["OPERATOR"])
    with pytest.raises(NotEnough, match="has 100 kg left"):
        reworked(transaction, by, 101)
    link_id = reworked(transaction, by)

    assert left(transaction) == 60
    states = dict(ask(transaction, "select lot_code, lot_disposition(lot_id) from lots").fetchall())
    assert states == {"MIX": kept, "AGAIN": "hold"}
    select = "select link_id, meaning from facts.decision_signatures where link_id is not null"
    assert ask(transaction, select).fetchall() == [(link_id, "REWORK")]
    with pytest.raises(LinkRefused, match="may not be used"):
        link_lots(transaction, by=by, parent_lot_code="MIX", child_lot_code="AGAIN", quantity_kg=1)


def test_a_rework_goes_into_a_lot_of_which_nothing_has_gone_on(transaction, by, lot) -> None:
    register_lot(transaction, by=by, lot_code="AGAIN", weight_kg=9, happened_at=MADE)
    register_lot(transaction, by=by, lot_code="NEXT", happened_at=MADE)
    link_lots(transaction, by=by, parent_lot_code="AGAIN", child_lot_code="NEXT", quantity_kg=1)
    decided(transaction, by, "FAIL", just_confirmed(by))
    with pytest.raises(LinkRefused, match="has gone on already"):
        reworked(transaction, by)
    with pytest.raises(LinkRefused, match="can't be its own parent"):
        reworked(transaction, by, child="MIX")
