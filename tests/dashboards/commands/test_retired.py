"""Nothing new is of a retired product or partner; what happened before comes in by a manager."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.lots import register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master
from dashboards.commands.movements import register_movement
from dashboards.commands.places import register_place
from dashboards.commands.refusals import BadValue
from dashboards.commands.shipments import record_shipment
from tests.plants import correct_as_known

WHY = "not made here any more"
PARTNERS = {"SUP": "SUPPLIER", "CUS": "CUSTOMER", "HALL": "SITE"}
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def by(people):
    return people["MANAGER"]


def say(transaction, by, code, *, is_retired: bool) -> None:
    """Retire a product or partner, or take it into use again."""
    master = Master.PARTNER if code in PARTNERS else Master.PRODUCT
    (held,) = transaction.all(f"known_{master}", codes=[code])
    said = {"name": held["name"], "is_retired": is_retired}
    if master == Master.PARTNER:
        said["role"] = held["role"]
    change_master(
        transaction,
        by=by,
        master=master,
        code=code,
        said=said,
        reason=WHY,
        based_on=held["revision_id"],
    )


@pytest.fixture
def plant(transaction, by) -> None:
    """Have lot L of two days ago, and everything it might name retired now."""
    register_master(transaction, by=by, master=Master.PRODUCT, code="ROD", said={"name": "Rod"})
    for code, role in PARTNERS.items():
        said = {"name": code.title(), "role": role}
        register_master(transaction, by=by, master=Master.PARTNER, code=code, said=said)
    register_lot(
        transaction,
        by=by,
        lot_code="L",
        lot_type="RAW",
        weight_kg=100,
        product_code="ROD",
        supplier_code="SUP",
        happened_at=YESTERDAY - timedelta(days=1),
    )
    for code in ("ROD", *PARTNERS):
        say(transaction, by, code, is_retired=True)


def lot(transaction, by, **more):
    return register_lot(transaction, by=by, lot_code="NEW", **more)


def ship(transaction, by, **more):
    return record_shipment(
        transaction,
        by=by,
        shipment_code="S",
        lot_code="L",
        customer_code="CUS",
        quantity_kg=1,
        **more,
    )


def donate(transaction, by, **more):
    return register_movement(
        transaction,
        by=by,
        lot_code="L",
        kind="DONATED",
        quantity_kg=1,
        partner_code="CUS",
        reason="close to its last day",
        **more,
    )


NEW = {
    "a lot's product": lambda t, by, **m: lot(t, by, product_code="ROD", **m),
    "a lot's supplier": lambda t, by, **m: lot(t, by, supplier_code="SUP", **m),
    "a shipment's customer": ship,
    "who gets a donation": donate,
}


@pytest.mark.parametrize("act", NEW.values(), ids=list(NEW))
def test_what_happens_now_is_of_none_that_is_retired(transaction, by, plant, act) -> None:
    with pytest.raises(BadValue, match=r"is retired since .* by Manager: .* Choose another") as no:
        act(transaction, by)
    assert no.value.code == "RETIRED"


@pytest.mark.parametrize("act", NEW.values(), ids=list(NEW))
def test_what_happened_before_is_a_managers_to_enter(transaction, people, by, plant, act) -> None:
    with pytest.raises(BadValue, match="This happened before: a manager enters it"):
        act(transaction, people["OPERATOR"], happened_at=YESTERDAY)

    act(transaction, by, happened_at=YESTERDAY)


@pytest.mark.parametrize("act", NEW.values(), ids=list(NEW))
def test_what_is_taken_into_use_again_is_named_again(transaction, people, by, plant, act) -> None:
    for code in ("ROD", *PARTNERS):
        say(transaction, by, code, is_retired=False)

    act(transaction, people["OPERATOR"])


def test_what_came_from_a_retired_supplier_goes_back_there(transaction, people, plant) -> None:
    facts = {"lot_code": "L", "kind": "SENT_BACK", "quantity_kg": 1}
    facts["reason"] = "too warm on arrival"
    for partner in (None, "SUP"):
        register_movement(transaction, by=people["OPERATOR"], partner_code=partner, **facts)


def test_a_place_is_made_at_no_retired_site(transaction, by, plant) -> None:
    with pytest.raises(BadValue, match="Site HALL is retired"):
        register_place(transaction, by=by, place_code="P", name="P", site_code="HALL")


def test_a_lot_of_a_retired_product_is_corrected_and_none_of_today_becomes_one(
    transaction, by, plant
) -> None:
    def correct(code, product, at):
        correct_as_known(
            transaction,
            by=by,
            lot_code=code,
            reason="weighed the wrong pallet",
            corrected=Corrected(product, 90, None, None, at),
        )

    correct("L", "ROD", YESTERDAY - timedelta(days=1))
    lot(transaction, by, weight_kg=100)
    now = transaction.one("lot_shown", lot_code="NEW")["happened_at"]
    with pytest.raises(BadValue, match="Product ROD is retired"):
        correct("NEW", "ROD", now)
    correct("NEW", "ROD", YESTERDAY)
