"""The genealogy graph: pan, zoom, hover, and click a lot to open it or to trace from it.

How it looks; what stands where is `dashboards.views.trace_nodes`'. Series data must be plain JSON,
and ECharts shows text as text.
"""

import math
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.links import LOTS, TRACE, link_button
from dashboards.views.trace_nodes import MOST_DRAWN, Drawing, Node, drawing_of
from dashboards.words import DISPOSITIONS, GRAPH_LEGEND, kilograms
from sql.genealogy.trace import Trace

MOST_LABELLED = 60
WIDTH, BOX_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 800, 58, 260, 720
_INK = {"gray": "#64748b", "green": "#15803d", "orange": "#c2410c", "red": "#b91c1c"}
_PAPER = {"gray": "#f1f5f9", "green": "#dcfce7", "orange": "#ffedd5", "red": "#fee2e2"}
_SHAPES = {"pending": "circle", "released": "roundRect", "hold": "diamond", "rejected": "triangle"}
_LINE = "#94a3b8"


def draw_graph(found: Trace, zone: ZoneInfo) -> None:
    """Draw a trace's lots and links, what is folded, and what can be done with a chosen node."""
    unfolded = st.session_state.setdefault("trace_unfolded", set())
    drawing = drawing_of(found, zone, unfolded)
    state = st.echarts_chart(
        option(drawing),
        height=height(drawing),
        key="trace_graph",
        on_select="rerun",
        alt=f"{drawing.lots_count} lots by stage",
    )
    st.caption(GRAPH_LEGEND)
    if drawing.folded_stages:
        st.caption(
            f"{drawing.lots_count:,} lots in {len(drawing.nodes):,} nodes: at most {MOST_DRAWN:,} "
            f"are drawn, so {', '.join(drawing.folded_stages)} are folded by product and state. "
            "Click a group to unfold its stage; the tables hold every lot."
        )
    _offer(drawing, _chosen(state, drawing))


def option(drawing: Drawing) -> dict[str, Any]:
    """Give the drawing as ECharts takes it."""
    is_labelled = len(drawing.nodes) <= MOST_LABELLED
    tall, count = height(drawing), len(drawing.stages)
    across = [WIDTH * (n / (count - 1) if count > 1 else 0.5) for n in range(count)]
    places = [
        (across[column], float(y) * tall)
        for column, y in zip(drawing.columns.tolist(), drawing.heights, strict=True)
    ]
    nodes = [
        _node(node, place, is_labelled=is_labelled)
        for node, place in zip(drawing.nodes, places, strict=True)
    ]
    headings = [_heading(drawing, column, x, tall) for column, x in enumerate(across)]
    most = max((float(kg) for _a, _b, kg in drawing.links if kg), default=1.0)
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True},
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "roam": True,
                "selectedMode": "single",
                "left": 90,
                "right": 90,
                "top": 30,
                "bottom": 24,
                "scaleLimit": {"min": 0.5, "max": 40},
                "nodeScaleRatio": 0.6,
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 7 if is_labelled else 3,
                "emphasis": {"focus": "adjacency"},
                "labelLayout": {"hideOverlap": True},
                "select": {"itemStyle": {"borderColor": "#1d4ed8", "borderWidth": 3}},
                "lineStyle": {
                    "color": _LINE,
                    "opacity": 0.6 if is_labelled else 0.25,
                    "curveness": 0.08,
                },
                "data": [*nodes, *headings, *_corners(tall)],
                "links": [_link(*link, most) for link in drawing.links],
            }
        ],
    }


def height(drawing: Drawing) -> int:
    """Give the drawing's height in pixels: room for its fullest column."""
    fullest = max(int((drawing.columns == column).sum()) for column in set(drawing.columns))
    return min(MOST_HEIGHT, max(LEAST_HEIGHT, fullest * BOX_HEIGHT))


def _node(node: Node, place: tuple[float, float], *, is_labelled: bool) -> dict[str, Any]:
    """Give one node: its name says all, its shape and colour the state."""
    mark, word, colour = DISPOSITIONS[node.disposition]
    is_asked = any(lot["direction"] == "self" for lot in node.lots)
    label, name = _said(node, mark, word)
    shape, size = _SHAPES[node.disposition], 9
    if node.is_folded:
        size = 14 + min(26, 4 * math.log10(len(node.lots)) * 2)
    style = {"color": _INK[colour], "borderColor": "#0f172a", "borderWidth": 3 if is_asked else 0}
    if is_labelled:
        shape, size = "roundRect", [150, 34]
        style = {
            "color": _PAPER[colour],
            "borderColor": _INK[colour],
            "borderWidth": 3 if is_asked else 1,
        }
    elif is_asked:
        size = 20
    return {
        "name": name,
        "x": place[0],
        "y": place[1],
        "symbol": shape,
        "symbolSize": size,
        "itemStyle": style,
        "label": {
            "show": is_labelled or is_asked or node.is_folded,
            "formatter": label,
            "position": "inside" if is_labelled else "right",
            "color": "#0f172a",
            "fontSize": 11,
            "lineHeight": 14,
        },
    }


def _said(node: Node, mark: str, word: str) -> tuple[str, str]:
    """Give a node's short label and all that hovering says."""
    if node.is_folded:
        parts = [node.stage, node.day, node.product_code or "", f"{len(node.lots):,} lots"]
        label = f"{mark} {len(node.lots):,} lots"
    else:
        lot = node.lots[0]
        parts = [lot["lot_code"], lot["product_code"] or "", f"{kilograms(lot['weight_kg'])}"]
        label = f"{mark} {_short(lot['lot_code'])}\n{kilograms(lot['weight_kg'])}"
    parts += [f"suspect {kilograms(node.suspect_kg)}", f"{mark} {word}"]
    return label, " · ".join(part for part in parts if part)


def _short(code: str) -> str:
    """Give a code that fits its box; hovering says the whole."""
    return code if len(code) <= 21 else f"{code[:10]}…{code[-10:]}"


def _heading(drawing: Drawing, column: int, x: float, tall: int) -> dict[str, Any]:
    """Give a column's heading as a node without a body, at its foot."""
    stage = drawing.stages[column]
    count = sum(len(node.lots) for node in drawing.nodes if node.stage == stage)
    return {
        "name": f"{stage}: {count:,} lots",
        "x": x,
        "y": tall + 12.0,
        "symbolSize": 0.1,
        "label": {
            "show": True,
            "position": "bottom",
            "fontWeight": "bold",
            "formatter": f"{stage} · {count:,}",
            "color": "#475569",
        },
    }


def _corners(tall: float) -> list[dict[str, Any]]:
    """Give two nodes without a body that span the drawing: one column alone has no width."""
    return [
        {"name": name, "x": x, "y": y, "symbolSize": 0.1, "label": {"show": False}}
        for name, x, y in ((" ", 0.0, 0.0), ("  ", float(WIDTH), tall + 12.0))
    ]


def _link(source: int, target: int, kg: Any, most: float) -> dict[str, Any]:
    """Give one link, as wide as its kilograms; unknown ones are dashed."""
    style = {"type": "dashed"} if kg is None else {"width": 0.6 + 5 * math.sqrt(float(kg) / most)}
    return {
        "source": source,
        "target": target,
        "lineStyle": style,
        "value": None if kg is None else float(kg),
    }


def _chosen(state: Any, drawing: Drawing) -> Node | None:
    """Give the node that was clicked."""
    for group in state.selection.selected:
        for at in group["data_indices"]:
            if group["data_type"] == "node" and at < len(drawing.nodes):
                return drawing.nodes[at]
    return None


def _offer(drawing: Drawing, node: Node | None) -> None:
    """Draw what can be done with the chosen node."""
    if node is None:
        return
    mark, word, _colour = DISPOSITIONS[node.disposition]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(_said(node, mark, word)[1])
        if node.is_folded:
            st.button(
                f"Unfold {node.stage}", key="trace_unfold", on_click=_unfold, args=(node.stage,)
            )
        else:
            code = node.lots[0]["lot_code"]
            link_button("Trace from it", TRACE, code, key="trace_from")
            link_button("Open it", LOTS, code, key="trace_open_chosen")


def _unfold(stage: str) -> None:
    """Draw a stage lot by lot, as far as there is room."""
    st.session_state["trace_unfolded"] = {stage}
