"""An expired lot is marked, and neither used nor shipped unless a manager says why.

The site lies in Budapest: on 14 January its day begins at 23:00 UTC of the 13th.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.import_files import ImportRejected
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import BadValue, NotPermitted, ParentExpired, ShipmentExpired
from dashboards.commands.shipments import record_shipment
from dashboards.imports.csv_folder import import_frames
from sql.record.engine import DatabaseRole, Record
from tests.engines import ask, undone

BUDAPEST = ZoneInfo("Europe/Budapest")
WHY = "frozen on its last day, lab agrees"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def transaction(database, people):
    """Open a transaction of a site in Budapest, with an expired lot and a child for it."""
    record = Record(database, DatabaseRole.APP, "Europe/Budapest")
    today = datetime.now(BUDAPEST).date()
    with undone(record) as opened:
        opened.copy("facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")])
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
        transaction,
        by=by,
        parent_lot_code=code,
        child_lot_code="MIX",
        **{"quantity_kg": 1, **facts},
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
    with pytest.raises(BadValue, match="say why the lot goes although it has expired"):
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
    by, at = people["MANAGER"], datetime.fromisoformat(used_at).replace(tzinfo=UTC)
    register_lot(
        transaction, by=by, lot_code="JAN", expires_on=date(2026, 1, 13), happened_at=LONG_AGO
    )
    if not is_expired:
        use(transaction, by, "JAN", happened_at=at)
        return
    with pytest.raises(ParentExpired):
        use(transaction, by, "JAN", happened_at=at)


def test_who_may_not_say_why_can_not_choose_a_day_before_it_expired(transaction, people) -> None:
    """Entered on its last day it is no expired lot; entered after it, a manager enters it."""
    made = datetime.now(UTC) - timedelta(days=5)
    yesterday = datetime.now(BUDAPEST).date() - timedelta(days=1)
    register_lot(
        transaction,
        by=people["OPERATOR"],
        lot_code="LATE",
        lot_type="RAW",
        weight_kg=10,
        expires_on=yesterday,
        happened_at=made,
    )
    earlier = made + timedelta(days=1)
    for reason in (None, WHY):
        late = {"code": "LATE", "happened_at": earlier, "expiry_reason": reason}
        with pytest.raises(ParentExpired, match="is entered by a manager"):
            use(transaction, people["OPERATOR"], **late)
        with pytest.raises(ShipmentExpired, match="is entered by a manager"):
            ship(transaction, people["OPERATOR"], **late)
    with pytest.raises(ParentExpired, match="is entered by a manager"):
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="MADE",
            parents=[Parent("LATE", 1)],
            happened_at=earlier,
        )
    use(transaction, people["MANAGER"], "LATE", happened_at=earlier)
    ship(transaction, people["MANAGER"], "LATE", happened_at=earlier)


def test_lots_to_take_from_are_offered_first_to_expire_first_and_no_expired_one(
    transaction,
) -> None:
    for newest in (2, 100):  # two leave the expired one unlooked at, a hundred do not
        offered = transaction.all("lots_to_take_from", search=None, newest=newest)

        assert [lot["lot_code"] for lot in offered] == ["LAST", "SOON", "LATER", "MIX", "NEVER"]


def test_the_lots_that_are_to_go_before_another_are_those_of_its_product_that_expire_first(
    transaction, people
) -> None:
    """Of what is left and may be used: neither an expired one, nor a held, used up or other one."""
    by, today = people["MANAGER"], datetime.now(BUDAPEST).date()
    transaction.copy("facts.products", ["product_code", "name"], [("P", "Beef"), ("Q", "Veal")])
    for code, days, product, kind in (
        ("GONE", -1, "P", "RAW"),
        ("SECOND", 2, "P", "RAW"),
        ("FIRST", 1, "P", "RAW"),
        ("USED", 1, "P", "RAW"),
        ("HELD", 1, "P", "RAW"),
        ("VEAL", 1, "Q", "RAW"),
        ("BONED", 1, "P", "DEB"),
        ("ASKED", 5, "P", "RAW"),
        ("ALWAYS", None, "P", "RAW"),
    ):
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type=kind,
            product_code=product,
            weight_kg=10,
            expires_on=None if days is None else today + timedelta(days=days),
        )
    use(transaction, by, "USED", quantity_kg=10)
    decide(transaction, by=by, lot_code="HELD", decision="HOLD", notes="torn packaging")

    def before(code: str) -> list[str]:
        lot_id = transaction.value("lot_id_by_code", lot_code=code)
        rows = transaction.all("lots_that_expire_before", lot_id=lot_id)
        return [row["lot_code"] for row in rows]

    assert before("ASKED") == ["FIRST", "SECOND"]
    assert before("FIRST") == before("BONED") == before("NEVER") == []
    assert before("ALWAYS") == ["FIRST", "SECOND", "ASKED"]


def test_lists_mark_an_expired_lot_whatever_its_state(transaction, people) -> None:
    """A lot on HOLD says HOLD; that it has expired too stands beside it."""
    decide(
        transaction, by=people["MANAGER"], lot_code="OLD", decision="HOLD", notes="torn packaging"
    )
    nothing = dict.fromkeys(("search", "lot_type", "product_code", "disposition", "lot_ids"))
    rows = transaction.all("lots_page", **nothing, page_size=50, skipped=0)

    assert {row["lot_code"] for row in rows if row["is_expired"]} == {"OLD"}
    assert {row["disposition"] for row in rows if row["is_expired"]} == {"hold"}


LINKS = "parent_lot_code child_lot_code quantity_kg happened_at"
SHIPMENTS = "shipment_code lot_code customer_code quantity_kg happened_at"


def take(transaction, stem: str, row: dict, by=None) -> int:
    frame = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    return import_frames(transaction, {stem: frame}, by=by)[stem]


@pytest.mark.parametrize(
    ("stem", "names", "cells", "table"),
    [
        ("genealogy", LINKS, ["OLD", "MIX", "1"], "lot_genealogy"),
        ("shipments", SHIPMENTS, ["S", "OLD", "C", "1"], "shipments"),
    ],
)
def test_an_import_brings_why_an_expired_lot_went_on(
    transaction, people, stem, names, cells, table
) -> None:
    row = dict(zip(names.split(), [*cells, datetime.now(UTC).isoformat()], strict=True))
    with pytest.raises(ImportRejected, match="expiry_reason 'fine': .*at least 10 characters"):
        take(transaction, stem, row | {"expiry_reason": "fine"})
    with pytest.raises(NotPermitted):
        take(transaction, stem, row | {"expiry_reason": WHY}, by=people["OPERATOR"])

    assert take(transaction, stem, row | {"expiry_reason": WHY}) == 1
    assert ask(transaction, f"select expiry_reason from {table}").fetchall() == [(WHY,)]
    assert take(transaction, stem, row | {"expiry_reason": WHY}) == 0
    assert take(transaction, stem, row) == 0, "an older file, which knows of no reasons"
    with pytest.raises(ImportRejected):
        take(transaction, stem, row | {"expiry_reason": "another reason altogether"})
