"""The check that boards and live traces agree: a tick means that something was compared."""

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.voids import Voidable, void_fact
from pipelines.agreement import finding_of
from sql.genealogy.agreement import compare
from sql.record.engine import DatabaseRole, Record
from sql.warehouse.check_results import Result, State
from sql.warehouse.checks import AGREEMENT, WALKED, all_checks
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import link_ids_into

KEY = f"{WALKED} {AGREEMENT}"


@pytest.fixture
def reader(database):
    """Open the record as the pipeline sees it."""
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


@pytest.fixture
def warehouse(tmp_path):
    opened = Warehouse(tmp_path / "agreed.duckdb", "UTC")
    yield opened
    opened.close()


def state(reader, warehouse) -> State:
    """Compare, and tell how the check stands."""
    finding = finding_of(compare(reader, warehouse), warehouse.count(WALKED))
    return Result(all_checks()[KEY], finding, is_current=True).state


def test_where_the_record_moved_on_about_every_lot_nothing_was_checked(
    record, people, reader, warehouse
) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        lot = register_lot(transaction, by=by, lot_code="B", weight_kg=9, parents=[Parent("A", 9)])
    copy_record(reader, warehouse)
    plants.build(warehouse, WALKED)
    assert state(reader, warehouse) is State.PASSED

    with record.transaction() as transaction:
        (link_id,) = link_ids_into(transaction, lot["lot_id"])
        void_fact(
            transaction, by=by, kind=Voidable.LINK, fact_id=link_id, reason="another lot was meant"
        )
    assert compare(reader, warehouse).compared_count == 0
    assert state(reader, warehouse) is State.NOT_CHECKED


def test_a_plant_without_links_has_nothing_to_compare_and_passes(
    record, people, reader, warehouse
) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="A", weight_kg=100)
    copy_record(reader, warehouse)
    plants.build(warehouse, WALKED)

    assert state(reader, warehouse) is State.PASSED
