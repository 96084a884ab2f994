"""What moves, is counted and is packed keeps the unit it was said in, and counts in it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.packing import pack_lot
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    LinkRefused,
    MovementRefused,
    NotEnough,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from sql.amounts import Sureness
from sql.genealogy.standing_places import standing_places
from tests.dashboards.imports.test_amounts import frame
from tests.engines import ask
from tests.presence import present

NOW = datetime.now(UTC).replace(microsecond=0)
CASE = "059012345000000012"
WHY = "said by the test that moves it"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Have 40 jars of 0.25 kg, 40 hams of 612.4 kg, and 40 l of milk that nobody weighed."""
    ask(
        transaction,
        "insert into facts.products (product_code, name, unit, kg_per_unit) values"
        " ('JAR', 'Jar', 'pcs', 0.25), ('HAM', 'Ham', 'pcs', null), ('MILK', 'Milk', 'l', null)",
    )
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C1', 'Shop', 'CUSTOMER')",
    )
    made = NOW - timedelta(hours=9)
    for code, product, unit, kg in (
        ("J", "JAR", "pcs", None),
        ("H", "HAM", "pcs", "612.4"),
        ("M", "MILK", "l", None),
    ):
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type="MIX",
            product_code=product,
            weight_kg=kg,
            quantity=40,
            unit=unit,
            happened_at=made,
        )


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=9 - hours)


def move(transaction, by, code, kind, quantity=None, unit=None, **more):
    said: dict[str, Any] = {"reason": WHY} | more
    return register_movement(
        transaction, by=by, lot_code=code, kind=kind, quantity=quantity, unit=unit, **said
    )


def ship(transaction, by, code, quantity, unit, **more) -> int:
    return record_shipment(
        transaction,
        by=by,
        shipment_code="S1",
        lot_code=code,
        customer_code="C1",
        quantity_kg=None,
        quantity=quantity,
        unit=unit,
        **more,
    )


def left(transaction, code) -> tuple:
    lot = present(transaction.one("lot_shown", lot_code=code))
    names = ("on_hand_quantity", "on_hand_at_most_quantity", "on_hand_kg", "on_hand_at_most_kg")
    return tuple(lot[name] for name in names)


def test_pieces_written_off_stay_pieces_and_leave_the_rest_of_them_known(transaction, by) -> None:
    moved = move(transaction, by, "J", "WASTE", 4, "pcs")

    assert (moved["quantity"], moved["unit"], moved["quantity_kg"]) == (4, "pcs", 1)
    assert left(transaction, "J") == (36, None, 9, None)
    (shown,) = transaction.all("movements_of_lot", lot_id=moved["lot_id"])
    assert (shown["quantity"], shown["unit"], shown["quantity_kg"]) == (4, "pcs", 1)


def test_litres_that_nobody_weighed_are_moved_in_litres(transaction, by) -> None:
    moved = move(transaction, by, "M", "WASTE", 2500, "ml")

    assert (moved["quantity"], moved["unit"], moved["quantity_kg"]) == (D("2.5"), "l", None)
    assert left(transaction, "M") == (D("37.5"), None, None, None)
    with pytest.raises(LinkRefused, match=r"37\.5 l left; 38 l is too much"):
        move(transaction, by, "M", "WASTE", 38, "l")
    with pytest.raises(BadValue, match="what 1 case of lot M weigh"):
        move(transaction, by, "M", "WASTE", 1, "case")


def test_a_count_in_pieces_takes_the_place_of_all_that_was_known_before(transaction, by) -> None:
    move(transaction, by, "J", "WASTE", quantity_kg=1, happened_at=at(1))
    assert left(transaction, "J") == (None, 40, 9, None)

    move(transaction, by, "J", "COUNTED", 35, "pcs", happened_at=at(2))
    move(transaction, by, "J", "SAMPLE", 1, "pcs", happened_at=at(3))

    assert left(transaction, "J") == (34, None, D("8.5"), None)
    # Before the count nobody measures by what was found: 39 l more could have gone than now.
    move(transaction, by, "J", "WASTE", 36, "pcs", happened_at=at(1.5))
    assert left(transaction, "J") == (34, None, D("8.5"), None)
    with pytest.raises((LinkRefused, NotEnough)):
        move(transaction, by, "J", "WASTE", 35, "pcs")


def test_a_count_in_pieces_of_unknown_weight_leaves_kilograms_unknown(transaction, by) -> None:
    assert left(transaction, "H") == (40, None, D("612.4"), None)

    move(transaction, by, "H", "COUNTED", 38, "pcs", happened_at=at(2))

    assert left(transaction, "H") == (38, None, None, None)
    lot_id = present(transaction.one("lot_shown", lot_code="H"))["lot_id"]
    stands = standing_places(transaction, [lot_id])[lot_id].values()
    assert {kg.sureness for kg in stands} == {Sureness.UNKNOWN}


def test_a_count_of_fewer_pieces_than_left_since_is_refused(transaction, by) -> None:
    move(transaction, by, "M", "WASTE", 30, "l", happened_at=at(3))

    with pytest.raises(MovementRefused, match="More left lot M since that time"):
        move(transaction, by, "M", "COUNTED", 20, "l", happened_at=at(2))


def test_a_count_that_more_left_since_is_not_voided(transaction, by) -> None:
    found = move(transaction, by, "M", "COUNTED", 50, "l", happened_at=at(2))
    move(transaction, by, "M", "WASTE", 45, "l", happened_at=at(3))

    with pytest.raises(CorrectionRefused, match="given out more than it had"):
        void_fact(
            transaction,
            by=by,
            kind=Voidable.MOVEMENT,
            fact_id=found["movement_id"],
            reason=WHY,
        )


def test_no_more_pieces_come_back_than_were_shipped(transaction, by) -> None:
    ship(transaction, by, "M", 10, "l", happened_at=at(2))
    assert left(transaction, "M")[0] == 30
    back = {"shipment_code": "S1", "happened_at": at(3)}
    move(transaction, by, "M", "RETURNED", 4, "l", **back)

    assert left(transaction, "M")[0] == 34
    with pytest.raises(MovementRefused, match="Of shipment S1 6 l of lot M are still with Shop"):
        move(transaction, by, "M", "RETURNED", 7, "l", **back)


def test_what_is_packed_in_pieces_leaves_in_pieces(transaction, by) -> None:
    pack_lot(transaction, by=by, sscc=CASE, lot_code="J", quantity=12, unit="pcs")
    pack_lot(transaction, by=by, sscc=CASE, lot_code="J", quantity_kg="1", quantity=4, unit="pcs")
    unpack(transaction, by=by, sscc=CASE, lot_code="J", quantity=2, unit="pcs")

    (inside,) = transaction.all("unit_packed", sscc=CASE)
    assert (inside["quantity"], inside["unit"], inside["quantity_kg"]) == (14, "pcs", D("3.5"))
    with pytest.raises(BadValue, match="what 2 pcs of lot H weigh"):
        pack_lot(transaction, by=by, sscc=CASE, lot_code="H", quantity=2, unit="pcs")
    ship_unit(transaction, by=by, sscc=CASE, shipment_code="S2", customer_code="C1")
    (line,) = ask(transaction, "select quantity, unit, quantity_kg from shipments").fetchall()
    assert tuple(line) == (14, "pcs", D("3.5"))
    assert left(transaction, "J")[0] == 26


MOVEMENTS = "lot_code,kind,quantity_kg,quantity,unit,happened_at,source_key"
PACKINGS = "sscc,kind,lot_code,inner_sscc,quantity_kg,quantity,unit,happened_at"


def test_an_import_takes_the_same_amounts_and_knows_them_again(transaction, by) -> None:
    files = {
        "movements": frame(
            MOVEMENTS,
            f"J,WASTE,,4,pcs,{at(1).isoformat()},",
            f"M,WASTE,,2.5,l,{at(1).isoformat()},",
            f"H,COUNTED,,38,pcs,{at(2).isoformat()},",
            f"M,COUNTED,,0,l,{at(2).isoformat()},k-1",
        ),
        "packings": frame(PACKINGS, f"{CASE},,J,,,12,pcs,{at(3).isoformat()}"),
    }
    added = import_frames(transaction, files, by=None)
    assert (added["movements"], added["packings"]) == (4, 1)
    kept = ask(
        transaction,
        "select lot_code, m.quantity, m.unit, m.quantity_kg from movements as m"
        " join lots using (lot_id) order by movement_id",
    ).fetchall()
    assert list(map(tuple, kept)) == [
        ("J", 4, "pcs", 1),
        ("M", D("2.5"), "l", None),
        ("H", 38, "pcs", None),
        ("M", 0, "l", None),
    ]
    (packed,) = ask(transaction, "select quantity, unit, quantity_kg from packed").fetchall()
    assert tuple(packed) == (12, "pcs", 3)
    assert not any(import_frames(transaction, files, by=None).values())


@pytest.mark.parametrize(
    ("stem", "head", "row", "column", "reason"),
    [
        ("movements", MOVEMENTS, "J,WASTE,,0,pcs,{at},", "quantity", "nothing moved"),
        ("movements", MOVEMENTS, "J,COUNTED,,,,{at},", "quantity_kg", "says what was found"),
        ("movements", MOVEMENTS, "J,WASTE,,3,,{at},", "unit", "has no unit"),
        ("packings", PACKINGS, CASE + ",,H,,,3,pcs,{at}", "quantity", "what 3 pcs of lot H weigh"),
    ],
)
def test_amounts_that_say_nothing_are_refused_where_they_stand(
    transaction, stem, head, row, column, reason
) -> None:
    rows = frame(head, row.format(at=at(1).isoformat()))
    with pytest.raises(ImportRejected) as refused:
        import_frames(transaction, {stem: rows}, by=None)
    (one, *_) = refused.value.rejections
    assert (one.column, one.line) == (column, 2) and reason in one.reason
