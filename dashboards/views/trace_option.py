"""How a drawing of a trace looks, as the option that ECharts draws.

Series data must be plain JSON, and ECharts shows text as text. What stands where is for
`dashboards.views.trace_places` to say, how one
node looks for `dashboards.views.trace_marks`.
"""

import math
from typing import Any

from dashboards.reader.signs import number
from dashboards.views.short_codes import short_codes
from dashboards.views.trace_marks import BOX_WIDTH, LABEL, LABEL_PAPER, mark_of
from dashboards.views.trace_nodes import Drawing
from dashboards.words import tracing as words

MOST_LABELLED = 60
WIDTH, BOX_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 800, 70, 260, 960
SIDE, COLUMN_WIDTH = 66, BOX_WIDTH + 12
_LINE = "#94a3b8"
_CHOSEN = {"borderColor": "#1d4ed8", "borderWidth": 3}


def option(drawing: Drawing) -> dict[str, Any]:
    """Return the drawing as ECharts takes it: plain JSON, places in pixels."""
    is_labelled = has_boxes(drawing)
    codes = short_codes(node.lots[0]["lot_code"] for node in drawing.nodes if not node.is_folded)
    tall, count = height(drawing), len(drawing.stages)
    across = [WIDTH * (n / (count - 1) if count > 1 else 0.5) for n in range(count)]
    places = [
        (across[column], float(y) * tall)
        for column, y in zip(drawing.columns.tolist(), drawing.heights, strict=True)
    ]
    nodes = [
        mark_of(node, place, codes, is_labelled=is_labelled)
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
                "left": SIDE,
                "right": SIDE,
                "top": 30,
                "bottom": 24,
                "scaleLimit": {"min": 0.5, "max": 40},
                "nodeScaleRatio": 0.6,
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 7 if is_labelled else 3,
                "emphasis": {"focus": "adjacency"},
                "labelLayout": {"hideOverlap": True},
                "select": {"itemStyle": _CHOSEN, "label": _CHOSEN if is_labelled else {}},
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


def has_boxes(drawing: Drawing) -> bool:
    """Tell whether each node has room for a box with its label."""
    return len(drawing.nodes) <= MOST_LABELLED and _fullest(drawing) * BOX_HEIGHT <= MOST_HEIGHT


def height(drawing: Drawing) -> int:
    """Return the drawing's height in pixels: room for its fullest column."""
    return min(MOST_HEIGHT, max(LEAST_HEIGHT, _fullest(drawing) * BOX_HEIGHT))


def least_width(drawing: Drawing) -> int:
    """Return how many pixels the drawing needs, so that boxes of neighbouring stages stay apart."""
    between = COLUMN_WIDTH if has_boxes(drawing) else COLUMN_WIDTH // 2
    return 2 * SIDE + between * (len(drawing.stages) - 1)


def _fullest(drawing: Drawing) -> int:
    """Count the nodes of the fullest column."""
    return max(int((drawing.columns == column).sum()) for column in set(drawing.columns))


def _heading(drawing: Drawing, column: int, x: float, tall: int) -> dict[str, Any]:
    """Build a column's heading: a node without a body, at its foot."""
    stage = drawing.stages[column]
    count = sum(len(node.lots) for node in drawing.nodes if node.stage == stage)
    return {
        "name": words.STAGE_LOTS.format(stage=stage, count=number(count)),
        "x": x,
        "y": tall + 12.0,
        "symbolSize": 0.1,
        "label": {
            "show": True,
            "position": "bottom",
            "fontWeight": "bold",
            "formatter": f"{stage} · {number(count)}",
            **LABEL,
            **LABEL_PAPER,
        },
    }


def _corners(tall: float) -> list[dict[str, Any]]:
    """Build two nodes without a body that span the drawing: one column alone has no width."""
    return [
        {"name": name, "x": x, "y": y, "symbolSize": 0.1, "label": {"show": False}}
        for name, x, y in ((" ", 0.0, 0.0), ("  ", float(WIDTH), tall + 12.0))
    ]


def _link(source: int, target: int, kg: Any, most: float) -> dict[str, Any]:
    """Build one link, as wide as its kilograms; unknown ones are dashed."""
    style = {"type": "dashed"} if kg is None else {"width": 0.6 + 5 * math.sqrt(float(kg) / most)}
    return {
        "source": source,
        "target": target,
        "lineStyle": style,
        "value": None if kg is None else float(kg),
    }
