"""Writes random facts as an import of history does: nothing refuses them, the trail notes them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from random import Random

import psycopg
from psycopg.sql import SQL, Identifier

from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.movements import MovementKind
from sql.record.engine import Record
from tests.databases import libpq

BEGIN = datetime(2026, 1, 15, 8, tzinfo=UTC)
CUSTOMERS = 2
MOST_LOTS = 10
UNITS = [f"{number:018d}" for number in range(1, 6)]


def kilograms(draw: Random, least: int, most: int) -> D | None:
    """Draw a weight; now and then an unknown one, or one that is far too large."""
    if draw.random() < 0.04:
        return None
    return D(draw.randint(least, most) * (10 if draw.random() < 0.06 else 1))


def moment(draw: Random, day: int) -> datetime:
    """Draw a time on the floor of this day or the next; now and then one far off."""
    off = draw.choice([-9, 12]) if draw.random() < 0.05 else 0
    return BEGIN + timedelta(days=day + off, hours=draw.randint(0, 23))


def write_masters(database: str) -> None:
    """Write the customers that shipments go to, and two products."""
    with psycopg.connect(libpq(database)) as owner:
        for number in range(1, CUSTOMERS + 1):
            owner.execute(
                "insert into facts.partners (partner_code, name, role) values (%s, %s, 'CUSTOMER')",
                (f"K{number}", f"Shop {number}"),
            )
        owner.execute(
            "insert into facts.products (product_code, name) values ('P1', 'x'), ('P2', 'y')"
        )


def write_facts(record: Record, database: str, draw: Random, count: int) -> None:
    """Write so many random facts."""
    for _fact in range(count):
        with record.transaction() as transaction:
            lots = transaction.value("lots_count") or 0
        kinds = [_lot]
        if lots >= 3:
            kinds += [_link, _link, _shipment, _movement, _movement, _decision, _decision]
        kinds += [_reading, _correction, _packing, _packing, _void, _void] if lots >= 3 else []
        kinds = [kind for kind in kinds if kind is not _lot or lots < MOST_LOTS]
        draw.choice(kinds)(record, draw, lots)
    if draw.random() < 0.03:
        _circle(database)


def _copy(record: Record, table: str, row: dict) -> None:
    with record.transaction() as transaction:
        begin_writing(transaction, by=None, is_history=True)
        transaction.copy(f"facts.{table}", list(row), [tuple(row.values())])


def _lot(record: Record, draw: Random, lots: int) -> None:
    kind = draw.choice(["RAW", "RAW", "DEB", "BULK", "BULK", "MIX"])
    species = draw.choice(['{"species": "CHICKEN"}', '{"species": "TURKEY"}', *["{}"] * 8])
    row = {
        "lot_code": f"L{lots + 1}",
        "lot_type": kind,
        "weight_kg": kilograms(draw, 80, 120),
        "metadata": species,
        "product_id": draw.choice([None, 1, 1, 1, 2]),
        "happened_at": moment(draw, 0),
    }
    _copy(record, "lots", row)
    for parent in draw.sample(range(1, lots + 1), k=min(lots, draw.choice([0, 0, 1, 2]))):
        _linked(record, draw, parent, lots + 1)


def _link(record: Record, draw: Random, lots: int) -> None:
    parent, child = sorted(draw.sample(range(1, lots + 1), k=2))
    _linked(record, draw, parent, child)


def _linked(record: Record, draw: Random, parent: int, child: int) -> None:
    row = {"parent_lot_id": parent, "child_lot_id": child}
    row |= {"quantity_kg": kilograms(draw, 1, 20), "happened_at": moment(draw, 1)}
    with suppress(RuleBroken):  # a circle that the owner wrote takes no further link
        _copy(record, "lot_genealogy", row)


def _shipment(record: Record, draw: Random, lots: int) -> None:
    shipment = draw.randint(1, 4)
    row = {
        "shipment_code": f"S{shipment}",
        "lot_id": draw.randint(1, lots),
        "customer_id": shipment % CUSTOMERS + 1,
        "quantity_kg": kilograms(draw, 1, 20),
        "sscc": draw.choice([None, *UNITS]),
        "happened_at": moment(draw, 3),
    }
    _copy(record, "shipments", row)


def _packing(record: Record, draw: Random, lots: int) -> None:
    outer, inner = draw.sample(UNITS, k=2)
    is_unit = draw.random() < 0.3
    row = {
        "sscc": outer,
        "kind": draw.choice(["PACKED", "PACKED", "PACKED", "UNPACKED"]),
        "lot_id": None if is_unit else draw.randint(1, lots),
        "inner_sscc": inner if is_unit else None,
        "quantity_kg": None if is_unit else draw.choice([None, D(1), D(2)]),
        "happened_at": moment(draw, 2),
    }
    _copy(record, "packings", row)


def _movement(record: Record, draw: Random, lots: int) -> None:
    kind = draw.choice(list(MovementKind))
    row = {
        "lot_id": draw.randint(1, lots),
        "kind": kind,
        "quantity_kg": kilograms(draw, 1, 20) or (D(7) if kind == "COUNTED" else None),
        "shipment_id": None,
        "happened_at": moment(draw, 3),
    }
    if kind == MovementKind.RETURNED:
        with record.transaction() as transaction:
            select = SQL("select shipment_id, lot_id from shipments")
            lines = transaction.connection.execute(select).fetchall()
        if not lines:
            return
        row |= draw.choice([dict(line) for line in lines])
    _copy(record, "movements", row)


def _decision(record: Record, draw: Random, lots: int) -> None:
    row = {
        "lot_id": draw.randint(1, lots),
        "gate_id": draw.choice([None, 1, 2]),
        "decision": draw.choice(["PASS", "PASS", "PASS", "HOLD", "FAIL"]),
        "temperature_c": draw.choice([None, *[D(3)] * 6, D(9)]),
        "notes": "written at random",
        "happened_at": moment(draw, 2),
    }
    _copy(record, "qc_decisions", row)


def _reading(record: Record, draw: Random, lots: int) -> None:
    row = {"lot_id": draw.randint(1, lots), "characteristic": "ph", "unit": "pH"}
    _copy(record, "readings", row | {"value": D("5.8"), "happened_at": moment(draw, 1)})


def _correction(record: Record, draw: Random, lots: int) -> None:
    row = {"lot_id": draw.randint(1, lots), "weight_kg": kilograms(draw, 80, 120)}
    row |= {"product_id": draw.choice([None, 1, 2])}
    _copy(
        record,
        "lot_corrections",
        row | {"happened_at": moment(draw, 0), "reason": "corrected at random"},
    )


def _void(record: Record, draw: Random, _lots: int) -> None:
    table, key, void = draw.choice(
        [
            ("lot_genealogy", "link_id", "link_voids"),
            ("qc_decisions", "decision_id", "decision_withdrawals"),
            ("shipments", "shipment_id", "shipment_voids"),
            ("movements", "movement_id", "movement_voids"),
            ("packings", "packing_id", "packing_voids"),
        ]
    )
    with record.transaction() as transaction:
        select = SQL("select {} as id from {}").format(Identifier(key), Identifier(table))
        standing = transaction.connection.execute(select).fetchall()
    if standing:
        row = {key: draw.choice([one["id"] for one in standing]), "reason": "voided at random"}
        with suppress(RuleBroken):  # of a shipment something came back
            _copy(record, void, row)


def _circle(database: str) -> None:
    """Close a circle past the guard, as only the owner can; a later void may open it again."""
    with psycopg.connect(libpq(database)) as owner:
        owner.execute("alter table facts.lot_genealogy disable trigger guard_cycles")
        owner.execute(
            "insert into facts.lot_genealogy (parent_lot_id, child_lot_id, happened_at)"
            " select child_lot_id, parent_lot_id, now() from lot_genealogy"
            " where child_lot_id <> parent_lot_id order by link_id desc limit 1"
        )
        owner.execute("alter table facts.lot_genealogy enable trigger guard_cycles")
