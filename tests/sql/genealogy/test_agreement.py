"""The comparison of closure and live trace: quiet when they agree, exact when they don't."""

from decimal import Decimal as D

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.voids import Voidable, void_fact
from sql.genealogy.agreement import compare
from sql.record.engine import DatabaseRole, Record
from sql.warehouse.copies import copy_record
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import link_ids_into


@pytest.fixture
def reader(database):
    """Open the record as the pipeline sees it."""
    opened = Record(database, DatabaseRole.PIPELINE)
    yield opened
    opened.close()


@pytest.fixture
def built(record, people, reader, tmp_path):
    """Write A -> B -> C and X -> C, copy and build."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        register_lot(transaction, by=by, lot_code="X", weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=90, parents=[Parent("A", 60)])
        register_lot(
            transaction,
            by=by,
            lot_code="C",
            weight_kg=40,
            parents=[Parent("B", 30), Parent("X", 10)],
        )
    warehouse = Warehouse(tmp_path / "agreed.duckdb", "UTC")
    copy_record(reader, warehouse)
    plants.build(warehouse, "genealogy.ancestries")
    yield warehouse
    warehouse.close()


def test_a_sound_closure_agrees_with_every_lot_asked(built, reader) -> None:
    found = compare(reader, built)

    assert (found.compared_count, found.disagreements) == (2, [])


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        pytest.param(
            "update genealogy.ancestries set steps = [1, 1, 1] where len(steps) = 3",
            ("C", 2, 1),
            id="a wrong distance",
        ),
        pytest.param(
            "update genealogy.ancestries set shares = [0.7, null] where len(steps) = 1",
            None,
            id="a wrong share",
        ),
        pytest.param(
            "update genealogy.ancestries set ancestor_lot_ids = ancestor_lot_ids[1:2], "
            "steps = steps[1:2], shares = shares[1:2] where len(steps) = 3",
            None,
            id="an ancestor left out",
        ),
    ],
)
def test_a_closure_that_differs_is_named_by_lot(built, reader, tamper, expected) -> None:
    built.connection.execute(tamper.replace("[0.7, null]", "[0.7]"))

    found = compare(reader, built).disagreements

    assert len(found) == 1
    if expected:
        row = found[0]
        assert (row["lot_code"], row["trace_steps"], row["closure_steps"]) == expected


def test_an_ancestor_nobody_else_knows_is_named(built, reader) -> None:
    built.connection.execute(
        "update genealogy.ancestries set ancestor_lot_ids = [1, 99], steps = [1, 2], "
        "shares = [1.0, 0.0] where len(steps) = 1"
    )

    assert [
        (row["lot_code"], row["ancestor_lot_id"], row["closure_steps"], row["trace_steps"])
        for row in compare(reader, built).disagreements
    ] == [("B", 99, 2, None)]


def test_what_was_linked_or_voided_since_the_copy_is_no_disagreement(
    built, reader, record, people
) -> None:
    """The record goes on while a run is under way."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        link_lots(transaction, by=by, parent_lot_code="A", child_lot_code="C", quantity_kg=D(5))
    assert compare(reader, built).compared_count == 1

    with record.transaction() as transaction:
        link_id = link_ids_into(transaction, 3)[0]
        void_fact(
            transaction,
            by=by,
            kind=Voidable.LINK,
            fact_id=link_id,
            reason="typed at the wrong terminal",
        )
    found = compare(reader, built)
    assert (found.compared_count, found.disagreements) == (0, [])


def test_a_change_further_up_passes_the_lots_below_over(built, reader, record, people) -> None:
    with record.transaction() as transaction:
        link_id = link_ids_into(transaction, 3)[0]
        void_fact(
            transaction,
            by=people["MANAGER"],
            kind=Voidable.LINK,
            fact_id=link_id,
            reason="typed at the wrong terminal",
        )
    found = compare(reader, built)

    assert (found.compared_count, found.disagreements) == (0, [])
