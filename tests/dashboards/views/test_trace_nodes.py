"""What a drawing of a trace shows: every lot once, at most so many nodes, links added up."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.views.trace_folding import MOST_DRAWN
from dashboards.views.trace_marks import said
from dashboards.views.trace_nodes import drawing_of
from dashboards.views.trace_option import height, option
from dashboards.words import NO_TYPE
from sql.amounts import Amount
from sql.genealogy.gaps import Verdict
from sql.genealogy.trace import Trace
from tests.cases import each_of

ZONE = ZoneInfo("Europe/Budapest")
ORDER: dict[str | None, int] = {"RAW": 1, "MIX": 4, "SKW": 5, "FG": 7}
AT = datetime(2026, 1, 15, 8, tzinfo=UTC)


def lot(number: int, stage: str | None = "FG", **facts) -> dict:
    return {
        "lot_id": number,
        "lot_code": f"L{number}",
        "lot_type": stage,
        "type_position": ORDER.get(stage),
        "product_code": "ROD",
        "disposition": "released",
        "direction": "forward" if number else "self",
        "share": 0.5,
        "suspect_kg": D(1),
        "weight_kg": D(2),
        "steps": 1,
        "happened_at": AT,
        **facts,
    }


def link(parent: int, child: int, kg: D | None = D(1)) -> dict:
    return {"parent_lot_id": parent, "child_lot_id": child, "quantity_kg": kg}


def traced(lots, links=()) -> Trace:
    return Trace([lots[0]], lots, list(links), [], Verdict(()))


def plant(finished: int) -> Trace:
    """Make a trace of one mix in so many finished lots, of ten days and two products."""
    lots = [lot(0, "MIX")] + [
        lot(n, happened_at=AT + timedelta(days=n % 10), product_code=f"ROD{n % 2}")
        for n in range(1, finished + 1)
    ]
    return traced(lots, [link(0, n) for n in range(1, finished + 1)])


@pytest.mark.parametrize("count", [0, 1, 50, 1_999, 2_000, 20_000])
def test_every_lot_is_drawn_once_in_at_most_so_many_nodes(count) -> None:
    drawing = drawing_of(plant(count), ZONE)
    drawn = [lot["lot_id"] for node in drawing.nodes for lot in node.lots]

    assert sorted(drawn) == list(range(count + 1))
    assert len(drawing.nodes) <= MOST_DRAWN
    assert drawing.folded_stages == (["FG"] if count >= 2_000 else [])
    assert drawing.stages == (["MIX", "FG"] if count else ["MIX"])


def test_lots_fold_by_product_state_and_day_with_their_kilograms() -> None:
    drawing = drawing_of(plant(20_000), ZONE)
    folded = [node for node in drawing.nodes if node.is_folded]

    # A day has one product here, for both go by the lot's number.
    assert len(folded) == 10
    assert {(node.suspect, len(node.lots)) for node in folded} == {
        (Amount(D(2_000), D(2_000)), 2_000)
    }
    assert [kg for _from, _to, kg in drawing.links] == [D(2_000)] * 10
    unknown = plant(20_000)
    unknown.links[3]["quantity_kg"] = None
    assert [kg for *_ends, kg in drawing_of(unknown, ZONE).links].count(None) == 1


@each_of(
    ("quantity", "unknown", "told"),
    [
        (D(1), [], "suspect 1,999.5 kg"),
        (None, [], "suspect at most 2,000 kg"),
        (D(1), [30], "suspect at least 1,998.5 kg"),
    ],
)
def test_a_folded_node_counts_a_kilogram_once_and_says_how_surely(quantity, unknown, told) -> None:
    """Half of what went from lot 10 into lot 20 of the same node is suspect: it counts there."""
    drawn = plant(20_000)
    whole = traced(drawn.lots, [*drawn.links, link(10, 20, quantity)])
    for number in unknown:
        whole.lots[number]["suspect_kg"] = None

    nodes = drawing_of(whole, ZONE).nodes
    node = next(node for node in nodes if node.is_folded and whole.lots[10] in node.lots)
    assert told in said(node, "✓", "Released")


def test_the_stage_asked_for_is_unfolded_as_far_as_there_is_room() -> None:
    lots = [
        lot(0, "RAW"),
        *(lot(n, "SKW") for n in range(1, 1_501)),
        *(lot(n, "FG") for n in range(1_501, 3_001)),
    ]
    assert drawing_of(traced(lots), ZONE, {"FG"}).folded_stages == ["SKW"]
    assert drawing_of(traced(lots), ZONE, {"SKW"}).folded_stages == ["FG"]
    assert drawing_of(plant(5_000), ZONE, {"FG"}).folded_stages == ["FG"]


def test_stages_stand_in_the_order_of_making_and_lots_without_one_last() -> None:
    lots = [lot(0, "FG"), lot(1, None), lot(2, "RAW"), lot(3, "MIX")]
    assert drawing_of(traced(lots), ZONE).stages == ["RAW", "MIX", "FG", NO_TYPE]


def test_lots_without_any_type_stand_by_their_steps_in_few_columns() -> None:
    lots = [
        lot(0, None, steps=0),
        lot(1, None, direction="back", steps=2),
        lot(2, None, direction="back"),
        lot(3, None),
    ]
    assert drawing_of(traced(lots), ZONE).stages == ["−2", "−1", "this lot", "+1"]
    chain = [lot(0, None, steps=0), *(lot(n, None, steps=n) for n in range(1, 5_001))]
    deep = drawing_of(traced(chain, [link(n, n + 1) for n in range(5_000)]), ZONE)
    assert (len(deep.stages), deep.stages[1], deep.stages[-1]) == (13, "+1…417", "+4588…5004")
    assert sum(len(node.lots) for node in deep.nodes) == 5_001


def test_neighbours_stand_side_by_side_so_that_no_link_crosses() -> None:
    """Ten chains whose ends are given in the opposite order are drawn without one crossing."""
    lots = [lot(n, "RAW") for n in range(10)] + [lot(19 - n, "FG") for n in range(10)]
    drawing = drawing_of(traced(lots, [link(n, 10 + (n * 3) % 10) for n in range(10)]), ZONE)
    ends = sorted((drawing.heights[a], drawing.heights[b]) for a, b, _kg in drawing.links)
    assert [b for _a, b in ends] == sorted(b for _a, b in ends)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_nodes_of_a_column_never_stand_on_one_another(pairs) -> None:
    lots = [lot(n, ["RAW", "MIX", "FG"][n % 3]) for n in range(31)]
    drawing = drawing_of(traced(lots, [link(a, b) for a, b in pairs]), ZONE)
    places = set(zip(drawing.columns.tolist(), drawing.heights.tolist(), strict=True))
    assert len(places) == 31
    assert all(0 < y < 1 for _column, y in places)
    assert all(a != b for a, b, _kg in drawing.links)


def test_the_drawing_is_plain_json_that_says_each_state_by_shape_and_word() -> None:
    lots = [
        lot(0, "RAW", disposition="rejected"),
        lot(1, disposition="hold"),
        lot(2, lot_code="<b>&\n"),
        lot(3, weight_kg=None, suspect_kg=None, disposition="pending"),
    ]
    drawing = drawing_of(traced(lots, [link(0, 1), link(0, 2, None)]), ZONE)
    whole = json.loads(json.dumps(option(drawing), allow_nan=False))
    nodes, links = whole["series"][0]["data"], whole["series"][0]["links"]
    assert ["✕ Rejected" in nodes[0]["name"], "‖ On HOLD" in nodes[1]["name"]] == [True, True]
    assert "suspect unknown" in nodes[3]["name"]
    assert links[1]["lineStyle"] == {"type": "dashed"}
    assert [node["name"] for node in nodes[-4:-2]] == ["RAW: 1 lots", "FG: 3 lots"]
    many = option(drawing_of(plant(100), ZONE))["series"][0]["data"]
    assert {node["symbol"] for node in many[:100]} == {"roundRect"}
    assert height(drawing) < height(drawing_of(plant(100), ZONE))
