"""An expired lot is marked, and neither used nor shipped unless a manager says why.

The site lies in Budapest: on 14 January its day begins at 23:00 UTC of the 13th.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import BadValue, ParentExpired, ShipmentExpired
from dashboards.commands.shipments import record_shipment
from sql.record.engine import DatabaseRole, Record
from tests.engines import ask, undone

BUDAPEST = ZoneInfo("Europe/Budapest")
WHY = "frozen on its last day, lab agrees"


@pytest.fixture
def transaction(database, people):
    """Open a transaction of a site in Budapest, with an expired lot and a child for it."""
    record = Record(database, DatabaseRole.APP, "Europe/Budapest")
    today = datetime.now(BUDAPEST).date()
    with undone(record) as opened:
        opened.copy("partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")])
        for code, days in (("OLD", -1), ("LAST", 0), ("SOON", 3), ("LATER", 9), ("NEVER", None)):
            register_lot(
                opened,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type="RAW",
                weight_kg=10,
                expires_on=None if days is None else today + timedelta(days=days),
            )
        register_lot(opened, by=people["OPERATOR"], lot_code="MIX", lot_type="MIX")
        yield opened
    record.close()


def use(transaction, by, code="OLD", **facts) -> int:
    return link_lots(
        transaction, by=by, parent_lot_code=code, child_lot_code="MIX", quantity_kg=1, **facts
    )


def ship(transaction, by, code="OLD", **facts) -> int:
    return record_shipment(
        transaction,
        by=by,
        shipment_code="S",
        lot_code=code,
        customer_code="C",
        quantity_kg=1,
        **facts,
    )


def state(transaction, code: str) -> str:
    return transaction.one("lot_shown", lot_code=code)["disposition"]


def test_a_lot_is_marked_expired_from_the_day_after_its_last(transaction) -> None:
    codes = ("OLD", "LAST", "SOON", "NEVER")

    assert [state(transaction, code) for code in codes] == ["expired"] + ["pending"] * 3


def test_an_expired_lot_is_neither_used_nor_shipped_without_a_managers_reason(
    transaction, people
) -> None:
    for role, reason in (("OPERATOR", None), ("OPERATOR", WHY), ("MANAGER", None), ("ADMIN", " ")):
        by = people[role]
        with pytest.raises(ParentExpired, match="its last day was") as refused:
            use(transaction, by, expiry_reason=reason)
        assert (refused.value.field, refused.value.code) == ("parent_lot_code", "PARENT_EXPIRED")
        with pytest.raises(ShipmentExpired, match="unless a manager says why") as refused:
            ship(transaction, by, expiry_reason=reason)
        assert (refused.value.field, refused.value.code) == ("lot_code", "EXPIRED")
    with pytest.raises(ParentExpired):
        register_lot(transaction, by=people["OPERATOR"], lot_code="NEW", parents=[Parent("OLD", 1)])
    with pytest.raises(BadValue, match="at least 10 characters"):
        use(transaction, people["MANAGER"], expiry_reason="it's fine")
    for code in ("LAST", "SOON", "NEVER"):
        use(transaction, people["OPERATOR"], code)
        ship(transaction, people["OPERATOR"], code)


def test_a_managers_reason_is_kept_with_the_fact_and_with_no_other(transaction, people) -> None:
    by = people["MANAGER"]
    use(transaction, by, expiry_reason=WHY)
    use(transaction, by, "SOON", expiry_reason=WHY)
    ship(transaction, by, expiry_reason=WHY)
    register_lot(transaction, by=by, lot_code="NEW", parents=[Parent("OLD", 1, WHY)])

    links = ask(transaction, "select expiry_reason from lot_genealogy order by link_id").fetchall()
    assert links == [(WHY,), (None,), (WHY,)]
    assert ask(transaction, "select expiry_reason from shipments").fetchall() == [(WHY,)]


@pytest.mark.parametrize(
    ("used_at", "is_expired"),
    [("2026-01-13 22:59", False), ("2026-01-13 23:00", True), ("2026-01-14 08:00", True)],
)
def test_what_counts_is_the_sites_day_on_which_it_was_used(
    transaction, people, used_at, is_expired
) -> None:
    by, at = people["OPERATOR"], datetime.fromisoformat(used_at).replace(tzinfo=UTC)
    register_lot(transaction, by=by, lot_code="JAN", expires_on=date(2026, 1, 13))
    if not is_expired:
        use(transaction, by, "JAN", happened_at=at)
        return
    with pytest.raises(ParentExpired):
        use(transaction, by, "JAN", happened_at=at)


def test_lots_to_take_from_are_offered_first_to_expire_first_and_no_expired_one(
    transaction,
) -> None:
    offered = transaction.all("lots_to_take_from", search=None, newest=2)

    assert [lot["lot_code"] for lot in offered] == ["LAST", "SOON", "LATER", "MIX", "NEVER"]
