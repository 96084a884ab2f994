"""How an answer differs from an earlier one is seen in the answers, and explained by the facts."""

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.readings import record_reading
from sql.genealogy.differences import Difference, trace_difference
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.presence import present


@pytest.fixture
def plant(record, people):
    """Write A -> B, and X beside them."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A", weight_kg=100)
        register_lot(transaction, by=by, lot_code="X", weight_kg=100)
        register_lot(transaction, by=by, lot_code="B", weight_kg=80, parents=[Parent("A", 40)])
    return by


def since(record, moment: datetime, lot_code: str, direction: Direction) -> Difference:
    """Compare a lot's answer as of a moment with the one of now."""
    with record.snapshot(as_of=moment) as snapshot:
        then = present(trace(snapshot, lot_code, direction))
    with record.snapshot() as snapshot:
        now = trace(snapshot, lot_code, direction)
        return trace_difference(snapshot, then, now, moment)


def values(found: Difference) -> dict[tuple[str, str], tuple]:
    return {(row["lot_code"], row["what"]): (row["was"], row["now"]) for row in found.changed}


def test_a_parent_from_outside_the_answer_changes_shares_in_it(record, plant) -> None:
    """All of B's 80 kg came from A; since as much of X went in, half of them."""
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=40)
    found = since(record, moment, "A", Direction.FORWARD)

    assert not found.is_none and (found.joined, found.parted) == ([], [])
    assert values(found) == {
        ("B", "share"): (1.0, 0.5),
        ("B", "suspect_kg"): (D(80), D(40)),
        ("B", "suspect_on_hand_kg"): (D(80), D(40)),
    }
    assert [(row["change"], row["lot_code"], row["other"]) for row in found.changes] == [
        ("link added", "X", "B")
    ]


def test_what_goes_into_a_lot_outside_the_answer_changes_what_is_left(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="A", child_lot_code="X", quantity_kg=10)
    found = since(record, moment, "B", Direction.BACK)

    assert values(found)["A", "on_hand_kg"] == (D(60), D(50))
    assert [row["change"] for row in found.changes] == ["link added"]


def test_lots_links_and_values_that_came_are_told_apart(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        link_lots(transaction, by=plant, parent_lot_code="X", child_lot_code="B", quantity_kg=40)
    found = since(record, moment, "B", Direction.BACK)

    assert found.joined == ["X"]
    assert values(found)["A", "share"] == (1.0, 0.5)
    assert values(found)["B", "link"] == (None, ("X", D(40)))


def test_an_answer_that_nothing_touched_is_the_same(record, plant) -> None:
    moment = datetime.now(UTC)
    with record.transaction() as transaction:
        register_lot(transaction, by=plant, lot_code="Y", parents=[Parent("X", 1)])
        record_reading(transaction, by=plant, lot_code="B", characteristic="pH", value=6, unit="pH")

    assert since(record, moment, "A", Direction.FORWARD) == Difference([], [], [], [])
