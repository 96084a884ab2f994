"""A trace's links say their amounts in units and the production that they followed from."""

from datetime import UTC, datetime
from decimal import Decimal as D

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.productions import Output, record_production
from sql.genealogy.trace import trace
from sql.vocabulary import Direction

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_links_say_pieces_and_productions_and_nothing_where_neither_was_written_down(
    transaction, people
) -> None:
    by = people["MANAGER"]
    register_lot(transaction, by=by, lot_code="MILK", weight_kg=10, happened_at=AT)
    register_lot(transaction, by=by, lot_code="JARS", quantity=40, unit="jar", happened_at=AT)
    record_production(
        transaction,
        by=by,
        production_code="P-1",
        inputs=[Parent("MILK", 8)],
        outputs=[Output("CREAM", 8)],
        happened_at=AT,
    )
    register_lot(transaction, by=by, lot_code="CASE", parents=[Parent("CREAM", 7)], happened_at=AT)
    link_lots(
        transaction,
        by=by,
        parent_lot_code="JARS",
        child_lot_code="CASE",
        quantity_kg=None,
        quantity=D(12),
        unit="jar",
    )
    found = trace(transaction, "CASE", Direction.BACK)

    assert found is not None
    said = {
        link["parent_lot_code"]: (
            link["quantity_kg"],
            link["quantity"],
            link["unit"],
            link["production_code"],
        )
        for link in found.links
    }
    assert said == {
        "MILK": (D(8), None, None, "P-1"),
        "CREAM": (D(7), None, None, None),
        "JARS": (None, D(12), "jar", None),
    }
