"""Shares where kilograms are unknown: by one parent, by one unit, or unknown; three ways agree."""

import os
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sql.genealogy.gaps import GapKind
from sql.genealogy.trace import ancestors, trace
from sql.record.engine import Record
from sql.vocabulary import Direction
from sql.warehouse.working_file import Warehouse
from tests import answers, plants
from tests.engines import ask, undone

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
THEN = datetime(2026, 1, 15, 8, tzinfo=UTC)
LOTS = 7
MODELS = ["genealogy.ancestries", "genealogy.closure"]

tenths = st.integers(1, 400).map(lambda tenths: D(tenths) / 10)
amounts = st.one_of(
    st.tuples(tenths, st.none(), st.none()),
    st.tuples(st.none(), tenths, st.sampled_from(["pcs", "l"])),
    st.tuples(tenths, tenths, st.just("pcs")),
    st.just((None, None, None)),
)
links_drawn = st.lists(
    st.tuples(st.integers(1, LOTS), st.integers(1, LOTS), amounts)
    .filter(lambda link: link[0] != link[1])
    .map(lambda link: (min(link[:2]), max(link[:2]), *link[2])),
    max_size=14,
)


def in_closure(warehouse: Warehouse, links: list) -> dict:
    plants.genealogy(warehouse, links, LOTS)
    plants.build(warehouse, *MODELS)
    rows = warehouse.rows("genealogy.closure").to_dicts()
    return {(r["ancestor_lot_id"], r["descendant_lot_id"]): r["share"] for r in rows}


def write(transaction, links: list) -> None:
    ask(transaction, "set local session_replication_role = replica")
    transaction.copy(
        "facts.lots",
        ["lot_id", "lot_code", "weight_kg", "happened_at", "recorded_at"],
        [(n, f"L{n}", D(100), THEN, THEN) for n in range(1, LOTS + 1)],
    )
    transaction.copy(
        "facts.lot_genealogy",
        ["parent_lot_id", "child_lot_id", "quantity_kg", "quantity", "unit", "happened_at"],
        [(*link, THEN) for link in links],
    )


def live(owner: Record, links: list) -> tuple[dict, dict]:
    """Return every pair's share as the traces back know it, and as those forward do."""
    behind, ahead = {}, {}
    with undone(owner) as transaction:
        write(transaction, links)
        for lot in range(1, LOTS + 1):
            found = ancestors(transaction, f"L{lot}")
            assert found is not None
            behind |= {
                (a, lot): None if share != share else share
                for a, share in zip(found.lot_ids.tolist(), found.shares.tolist(), strict=True)
            }
            forward = trace(transaction, f"L{lot}", Direction.FORWARD)
            assert forward is not None
            ahead |= {
                (lot, row["lot_id"]): row["share"]
                for row in forward.lots
                if row["direction"] == "forward"
            }
    return behind, ahead


def agree(found: dict, expected: dict) -> None:
    assert found.keys() == expected.keys()
    for pair, (_steps, share) in expected.items():
        known = None if share is None else pytest.approx(float(share), abs=1e-9)
        assert found[pair] == known, pair


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(links=links_drawn)
def test_closure_and_live_trace_equal_the_answer_by_definition(
    warehouse: Warehouse, owner: Record, links
) -> None:
    expected = answers.closure(links)
    behind, ahead = live(owner, links)

    agree(in_closure(warehouse, links), expected)
    agree(behind, expected)
    agree(ahead, expected)


# Jars by the piece, oil by the litre, as lists of parts of a car or a bicycle have them:
# pieces alone, litres alone, and both together.
BOLTS, WHEELS, TYRES, BIKE, OIL, VINEGAR, DRESSING, JARS, PACKED = range(1, 10)
PARTS = [
    (BOLTS, WHEELS, None, D(36), "pcs"),
    (TYRES, WHEELS, None, D(12), "pcs"),
    (WHEELS, BIKE, None, D(2), "pcs"),
    (OIL, DRESSING, None, D(30), "l"),
    (VINEGAR, DRESSING, D("10.1"), D(10), "l"),
    (DRESSING, PACKED, None, D(20), "l"),
    (JARS, PACKED, None, D(40), "pcs"),
]
SHARES = {
    (BOLTS, WHEELS): 0.75,  # 36 of 48 pieces
    (TYRES, WHEELS): 0.25,
    (WHEELS, BIKE): 1.0,  # its one parent
    (BOLTS, BIKE): 0.75,
    (TYRES, BIKE): 0.25,
    (OIL, DRESSING): 0.75,  # 30 of 40 l, though the vinegar's kilograms are known
    (VINEGAR, DRESSING): 0.25,
    (DRESSING, PACKED): None,  # litres and pieces
    (JARS, PACKED): None,
    (OIL, PACKED): None,
    (VINEGAR, PACKED): None,
}


def test_parts_are_shared_by_their_unit_and_unlike_units_never(warehouse: Warehouse) -> None:
    assert in_closure(warehouse, PARTS) == {
        pair: None if share is None else pytest.approx(share) for pair, share in SHARES.items()
    }


def test_a_trace_in_pieces_is_complete_where_every_amount_is_known(owner: Record) -> None:
    with undone(owner) as transaction:
        write(transaction, [(1, 3, None, D(36), "pcs"), (2, 3, None, D(12), "pcs")])
        found = trace(transaction, "L3", Direction.BACK)
        assert found is not None
        kinds = {gap.kind for gap in found.verdict.gaps}

    assert GapKind.UNKNOWN_QUANTITY not in kinds
    assert {row["lot_id"]: row["share"] for row in found.lots} == {3: 1.0, 1: 0.75, 2: 0.25}
