"""A trace drawn, origins first and customers last, and what it amounts to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from dashboards.texts import DISPOSITIONS
from dashboards.views.states import kilograms
from sql.vocabulary import LotType

MOST_BOXES = 150
MOST_DOTS = 5000
BOX_WIDTH = 150
BOX_AND_ARROW_WIDTH = 220
FEW_STEPS = 6

_INK = {"gray": "#64748b", "green": "#15803d", "orange": "#c2410c", "red": "#b91c1c"}
_PAPER = {"gray": "#f1f5f9", "green": "#dcfce7", "orange": "#ffedd5", "red": "#fee2e2"}
_STAGES = {lot_type.value: stage for stage, lot_type in enumerate(LotType)}
_GRAPH = """digraph {
bgcolor="transparent"; nodesep=0.15; ranksep=0.6;
node [shape=box style="rounded,filled" fontname="sans-serif" fontsize=11 margin="0.12,0.06"];
edge [color="#94a3b8" fontcolor="#94a3b8" fontname="sans-serif" fontsize=9 arrowsize=0.6];"""

Lots = Iterable[Mapping[str, Any]]


def summary(code: str, lots: Lots, shipments: Lots) -> str:
    """Say what the lot touches, in one line."""
    others = {lot["lot_code"] for lot in lots if lot["direction"] != "self"}
    customers = {row["customer_code"] for row in shipments}
    shipped = [row["quantity_kg"] for row in shipments]
    known = sum((kg for kg in shipped if kg is not None), Decimal(0))
    unknown = sum(kg is None for kg in shipped)
    missing = f" ({unknown} shipments of unknown weight not counted)" if unknown else ""
    return (
        f"{code} touches {_count(len(others), 'other lot')}; {kilograms(known)} of these "
        f"lots went to {_count(len(customers), 'customer')}{missing}."
    )


def customers_reached(shipments: Lots) -> list[dict[str, Any]]:
    """Give one row a customer: kilograms (None where any is unknown), shipments, contact."""
    reached: dict[str, dict[str, Any]] = {}
    for row in shipments:
        customer = reached.setdefault(
            row["customer_code"],
            {"customer_code": row["customer_code"], "customer_name": row["customer_name"],
             "quantity_kg": Decimal(0), "shipments_count": 0, "phone": row["phone"],
             "email": row["email"]},
        )  # fmt: skip
        customer["shipments_count"] += 1
        so_far, more = customer["quantity_kg"], row["quantity_kg"]
        customer["quantity_kg"] = None if so_far is None or more is None else so_far + more
    return list(reached.values())


def boxes(lots: Lots, links: Lots) -> str:
    """Draw up to MOST_BOXES lots in Graphviz's language, along the side that has room."""
    lots = list(lots)
    lines = [_GRAPH, f"rankdir={_along(lots)};"]
    for lot in {lot["lot_code"]: lot for lot in lots}.values():
        mark, _word, colour = DISPOSITIONS[lot["disposition"]]
        weight = kilograms(lot["weight_kg"])
        label = f"{mark} {lot['lot_code']}\n{lot['lot_type'] or '–'} · {weight}"
        width = 3 if lot["direction"] == "self" else 1
        lines.append(
            f"{_quoted(lot['lot_code'])} [label={_quoted(label)} color={_quoted(_INK[colour])} "
            f'fillcolor={_quoted(_PAPER[colour])} fontcolor="#0f172a" penwidth={width}];'
        )
    for link in links:
        quantity = "?" if link["quantity_kg"] is None else kilograms(link["quantity_kg"])
        ends = f"{_quoted(link['parent_lot_code'])} -> {_quoted(link['child_lot_code'])}"
        lines.append(f"{ends} [label={_quoted(quantity)}];")
    return "\n".join([*lines, "}"])


def dots(lots: Lots, links: Lots) -> dict[str, Any]:
    """Draw up to MOST_DOTS lots for ECharts: x is the stage, y the place in its stage."""
    nodes = list({lot["lot_code"]: lot for lot in lots}.values())
    places = _places(nodes, links)
    return {
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "graph", "layout": "none", "roam": True, "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 4, "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "lineStyle": {"opacity": 0.35, "curveness": 0.1, "color": "#94a3b8"},
                "data": [_dot(lot, places[lot["lot_code"]]) for lot in nodes],
                "links": [
                    {"source": link["parent_lot_code"], "target": link["child_lot_code"]}
                    for link in links
                ],
            }
        ],
    }  # fmt: skip


def _along(lots: Lots) -> str:
    """Say whether a drawing goes left to right, or top down because it is long and narrow."""
    at_step = Counter((lot["direction"], lot["steps"]) for lot in lots)
    is_narrow = max(at_step.values()) * BOX_WIDTH < len(at_step) * BOX_AND_ARROW_WIDTH
    return "TB" if is_narrow and len(at_step) > FEW_STEPS else "LR"


def _dot(lot: Mapping[str, Any], place: tuple[float, float]) -> dict[str, Any]:
    """Give one lot as ECharts takes it: plain numbers and text."""
    is_self = lot["direction"] == "self"
    return {
        "name": lot["lot_code"],
        "x": place[0],
        "y": place[1],
        "symbol": "diamond" if is_self else "circle",
        "symbolSize": 22 if is_self else 8,
        "label": {"show": is_self, "position": "top", "fontWeight": "bold"},
        "itemStyle": {"color": _INK[DISPOSITIONS[lot["disposition"]][2]]},
    }


def _places(nodes: Lots, links: Lots) -> dict[str, tuple[float, float]]:
    """Put each lot in its stage, ordered by the middle of its parents' places."""
    parents = defaultdict(list)
    for link in links:
        parents[link["child_lot_code"]].append(link["parent_lot_code"])
    stages = defaultdict(list)
    for node in nodes:
        stages[_STAGES.get(node["lot_type"], len(_STAGES))].append(node["lot_code"])
    places: dict[str, tuple[float, float]] = {}
    for stage in sorted(stages):
        heights = {code: _middle([places[p][1] for p in parents[code] if p in places])
                   for code in stages[stage]}  # fmt: skip
        ordered = sorted(stages[stage], key=lambda code: (heights[code], code))
        for position, code in enumerate(ordered, start=1):
            places[code] = (stage * 200.0, position * 1000.0 / (len(ordered) + 1))
    return places


def _middle(heights: list[float]) -> float:
    """Give the mean height; a lot without parents here stands in the middle."""
    return sum(heights) / len(heights) if heights else 500.0


def _quoted(text: str) -> str:
    """Quote text for Graphviz."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _count(number: int, noun: str) -> str:
    """Say a number of things."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
