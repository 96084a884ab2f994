"""What is on hand by place: the edition says what a trace of the same record says."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.places import move_lot, register_place
from dashboards.views.here import by_place
from sql.amounts import Amount, total
from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import whereabouts
from sql.record.engine import DatabaseRole, Record
from sql.stretches import Stretch
from sql.vocabulary import Direction
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.engines import ask
from tests.presence import present

MADE = (datetime.now(UTC) - timedelta(days=3)).replace(hour=6, minute=0, second=0, microsecond=0)
MODELS = (
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.unit_balance",
    "genealogy.standing",
    "genealogy.on_hand_by_place",
)


@pytest.fixture
def reader(database):
    """Open the record as the pipeline sees it."""
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


def at(hours: float) -> datetime:
    return MADE + timedelta(hours=hours)


def write(transaction, by) -> None:
    """Make seven lots of one root, which stand here and there, known and unknown."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values "
        "('SITE2', 'Second site', 'SITE'), ('C1', 'Shop', 'CUSTOMER')",
    )
    # Two that read alike, and one elsewhere.
    for code, name, site in (("A B", "C", None), ("A", "B C", None), ("FAR", "Far", "SITE2")):
        register_place(transaction, by=by, place_code=code, name=name, site_code=site)

    def lot(code, kg=100, **more):
        register_lot(transaction, by=by, lot_code=code, weight_kg=kg, **more)

    def move(code, to, when, kg=None, origin=None):
        move_lot(
            transaction,
            by=by,
            lot_code=code,
            to_place_code=to,
            quantity_kg=kg,
            from_place_code=origin,
            happened_at=when,
        )

    lot("ROOT", 900, happened_at=MADE, place_code="A B")
    for code in ("ONE", "TWO", "NOWHERE", "GONE", "UNWEIGHED", "BACK", "DAY"):
        lot(code, happened_at=at(1), parents=[Parent("ROOT", 100)])
    for code in ("ONE", "TWO", "GONE", "DAY"):
        move(code, "A B", at(2))
    move("TWO", "A", at(3), 40)
    move("UNWEIGHED", "FAR", at(2))
    move("DAY", "A", Stretch(at(-6), at(18)), 40)
    shipped = [("ONE", 30), ("TWO", 30), ("GONE", 100), ("UNWEIGHED", None), ("BACK", 100)]
    transaction.copy(
        "facts.shipments",
        ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"],
        [
            (f"S-{code}", transaction.value("lot_id_by_code", lot_code=code), 2, kg, at(4))
            for code, kg in shipped
        ],
    )
    register_movement(
        transaction,
        by=by,
        lot_code="BACK",
        kind="RETURNED",
        quantity_kg=10,
        shipment_code="S-BACK",
        reason="came back unsold",
        place_code="FAR",
        happened_at=at(5),
    )


def test_the_edition_and_a_trace_say_the_same_of_every_place(
    record, reader, people, tmp_path
) -> None:
    with record.transaction() as transaction:
        write(transaction, people["MANAGER"])
    with record.snapshot() as snapshot:
        found = present(trace(snapshot, "ROOT", Direction.BOTH))
        here = whereabouts(snapshot, found.lots, found.shipments).here
    told = defaultdict(list)
    for lot in here:
        for part in lot["at_places"] or [lot]:
            whole = part if len(lot["at_places"]) > 1 else lot
            told[part.get("place_code")].append(Amount.of(whole, "on_hand"))
    warehouse = Warehouse(tmp_path / "working.duckdb", "UTC")
    copy_record(reader, warehouse)
    plants.build(warehouse, *MODELS)
    rows = warehouse.rows("genealogy.on_hand_by_place").to_dicts()
    warehouse.close()

    assert {row["place_code"]: (row["lots_count"], Amount.of(row, "on_hand")) for row in rows} == {
        code: (len(amounts), total(amounts)) for code, amounts in told.items()
    }
    assert {*told} == {"A B", "A", "FAR", None}
    by_label = {row["place"] for row in by_place(here)}
    assert {row["place"] for row in rows if row["place_code"]} <= by_label
