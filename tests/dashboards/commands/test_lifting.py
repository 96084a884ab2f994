"""Nothing that stops a lot is taken back on the quiet: by lesser words, or by having no type."""

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import NotPermitted, ShipmentRefused, SignatureNeeded
from dashboards.commands.shipments import record_shipment
from sql.vocabulary import Meaning
from tests.plants import just_confirmed

WHY = "smells of tar, ask"


@pytest.fixture
def rejected(transaction, people) -> str:
    """Register a lot that a manager has failed."""
    by = people["MANAGER"]
    register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type="RAW")
    decide(
        transaction,
        by=by,
        lot_code="L",
        decision="FAIL",
        notes=WHY,
        confirmation=just_confirmed(by),
    )
    return "L"


@pytest.mark.parametrize("word", ["HOLD", "PASS"])
@pytest.mark.parametrize("role", ["OPERATOR", "AUDITOR"])
def test_a_fail_is_not_talked_down_by_who_may_not_lift_it(
    transaction, people, rejected, role, word
) -> None:
    by = people[role]
    with pytest.raises(NotPermitted):
        decide(
            transaction,
            by=by,
            lot_code=rejected,
            decision=word,
            notes=WHY,
            confirmation=just_confirmed(by),
        )


def test_a_fail_becomes_a_hold_under_a_managers_signature_only(
    transaction, people, rejected
) -> None:
    by = people["MANAGER"]
    with pytest.raises(SignatureNeeded), transaction.connection.transaction():
        decide(transaction, by=by, lot_code=rejected, decision="HOLD", notes=WHY)
    lifted = decide(
        transaction,
        by=by,
        lot_code=rejected,
        decision="HOLD",
        notes=WHY,
        confirmation=just_confirmed(by),
    )
    assert lifted["meaning"] == Meaning.LIFT


def test_a_hold_may_be_said_again_and_made_a_fail_by_anybody_in_quality(
    transaction, people
) -> None:
    by = people["OPERATOR"]
    register_lot(transaction, by=by, lot_code="L")
    decide(transaction, by=by, lot_code="L", decision="HOLD", notes=WHY)

    assert decide(transaction, by=by, lot_code="L", decision="HOLD", notes=WHY)["meaning"] is None
    failed = decide(
        transaction,
        by=by,
        lot_code="L",
        decision="FAIL",
        notes=WHY,
        confirmation=just_confirmed(by),
    )
    assert failed["meaning"] == Meaning.REJECT


@pytest.mark.parametrize(("lot_type", "may_leave"), [("RAW", True), ("FG", False), (None, False)])
def test_a_lot_without_a_type_does_not_slip_past_the_final_release(
    transaction, people, lot_type, may_leave
) -> None:
    """Else whoever leaves the type out has nothing to release."""
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
    )
    register_lot(transaction, by=people["OPERATOR"], lot_code="L", lot_type=lot_type, weight_kg=5)
    line = {
        "by": people["OPERATOR"],
        "shipment_code": "S",
        "lot_code": "L",
        "customer_code": "C",
        "quantity_kg": 1,
    }
    if may_leave:
        assert record_shipment(transaction, **line)
        return
    with pytest.raises(ShipmentRefused, match="final release"):
        record_shipment(transaction, **line)
