"""Writes random facts as an import of history does: nothing refuses them, the trail notes them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from random import Random

import psycopg

from dashboards.commands.writing import begin_writing
from sql.record.engine import Record
from tests.databases import libpq

BEGIN = datetime(2026, 1, 15, 8, tzinfo=UTC)
CUSTOMERS = 2
MOST_LOTS = 16


def kilograms(draw: Random) -> D | None:
    """Draw a weight; now and then an unknown one."""
    return None if draw.random() < 0.08 else D(draw.randint(1, 120))


def moment(draw: Random) -> datetime:
    """Draw a time on the floor."""
    return BEGIN + timedelta(hours=draw.randint(0, 24 * 20))


def write_masters(database: str) -> None:
    """Write the customers that shipments go to."""
    with psycopg.connect(libpq(database)) as owner:
        for number in range(1, CUSTOMERS + 1):
            owner.execute(
                "insert into partners (partner_code, name, role) values (%s, %s, 'CUSTOMER')",
                (f"K{number}", f"Shop {number}"),
            )


def write_facts(record: Record, database: str, draw: Random, count: int) -> None:
    """Write so many random facts."""
    for _fact in range(count):
        with record.transaction() as transaction:
            lots = transaction.value("lots_count") or 0
        kinds = [_lot] if lots < 3 else [_lot, _link, _link, _shipment, _decision, _decision]
        kinds += [_reading, _correction, _void, _void] if lots >= 3 else []
        kinds = [kind for kind in kinds if kind is not _lot or lots < MOST_LOTS]
        draw.choice(kinds)(record, draw, lots)
    if draw.random() < 0.06:
        _circle(database)


def _copy(record: Record, table: str, row: dict) -> None:
    with record.transaction() as transaction:
        begin_writing(transaction, by=None, is_history=True)
        transaction.copy(f"facts.{table}", list(row), [tuple(row.values())])


def _lot(record: Record, draw: Random, lots: int) -> None:
    kind = draw.choice(["RAW", "MIX", "SKW", "FRZ", "FG"])
    species = draw.choice(['{"species": "CHICKEN"}', '{"species": "TURKEY"}', "{}"])
    row = {
        "lot_code": f"L{lots + 1}",
        "lot_type": kind,
        "weight_kg": kilograms(draw),
        "metadata": species,
        "happened_at": moment(draw),
    }
    _copy(record, "lots", row)
    for parent in draw.sample(range(1, lots + 1), k=min(lots, draw.randint(0, 2))):
        _linked(record, draw, parent, lots + 1)


def _link(record: Record, draw: Random, lots: int) -> None:
    parent, child = sorted(draw.sample(range(1, lots + 1), k=2))
    _linked(record, draw, parent, child)


def _linked(record: Record, draw: Random, parent: int, child: int) -> None:
    row = {"parent_lot_id": parent, "child_lot_id": child}
    row |= {"quantity_kg": kilograms(draw), "happened_at": moment(draw)}
    _copy(record, "lot_genealogy", row)


def _shipment(record: Record, draw: Random, lots: int) -> None:
    row = {
        "shipment_code": f"S{draw.randint(1, 4)}",
        "lot_id": draw.randint(1, lots),
        "customer_id": draw.randint(1, CUSTOMERS),
        "quantity_kg": kilograms(draw),
        "happened_at": moment(draw),
    }
    _copy(record, "shipments", row)


def _decision(record: Record, draw: Random, lots: int) -> None:
    row = {
        "lot_id": draw.randint(1, lots),
        "gate_id": draw.choice([None, 1, 2]),
        "decision": draw.choice(["PASS", "HOLD", "FAIL"]),
        "temperature_c": draw.choice([None, D(3), D(9)]),
        "notes": "written at random",
        "happened_at": moment(draw),
    }
    _copy(record, "qc_decisions", row)


def _reading(record: Record, draw: Random, lots: int) -> None:
    row = {"lot_id": draw.randint(1, lots), "characteristic": "ph", "unit": "pH"}
    _copy(record, "readings", row | {"value": D("5.8"), "happened_at": moment(draw)})


def _correction(record: Record, draw: Random, lots: int) -> None:
    row = {"lot_id": draw.randint(1, lots), "weight_kg": kilograms(draw)}
    _copy(
        record,
        "lot_corrections",
        row | {"happened_at": moment(draw), "reason": "corrected at random"},
    )


def _void(record: Record, draw: Random, _lots: int) -> None:
    table, key, void = draw.choice(
        [
            ("lot_genealogy", "link_id", "link_voids"),
            ("qc_decisions", "decision_id", "decision_withdrawals"),
            ("shipments", "shipment_id", "shipment_voids"),
        ]
    )
    with record.transaction() as transaction:
        standing = transaction.connection.execute(f"select {key} as id from {table}").fetchall()
    if standing:
        row = {key: draw.choice([one["id"] for one in standing]), "reason": "voided at random"}
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
