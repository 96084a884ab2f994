"""How one node of a trace's drawing looks: shape and colour by state, and what it says."""

import math
from typing import Any

from dashboards.views.trace_folding import Node
from dashboards.words import DISPOSITIONS, kilograms

_INK = {"gray": "#64748b", "green": "#15803d", "orange": "#c2410c", "red": "#b91c1c"}
_PAPER = {"gray": "#f1f5f9", "green": "#dcfce7", "orange": "#ffedd5", "red": "#fee2e2"}
_SHAPES = {"pending": "circle", "released": "roundRect", "hold": "diamond", "rejected": "triangle"}


def mark_of(node: Node, place: tuple[float, float], *, is_labelled: bool) -> dict[str, Any]:
    """Build a node's mark: its name says all, its shape and colour the state."""
    mark, word, colour = DISPOSITIONS[node.disposition]
    is_asked = any(lot["direction"] == "self" for lot in node.lots)
    label, name = said(node, mark, word)
    shape, size = _SHAPES[node.disposition], 9
    if node.is_folded:
        size = 14 + min(26, 4 * math.log10(len(node.lots)) * 2)
    style = {"color": _INK[colour], "borderColor": "#0f172a", "borderWidth": 3 if is_asked else 0}
    if is_labelled:
        shape, size = "roundRect", [150, 46]
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


def said(node: Node, mark: str, word: str) -> tuple[str, str]:
    """Return a node's short label, and everything that hovering over it says."""
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
    """Shorten a code to fit its box; hovering says the whole."""
    return code if len(code) <= 21 else f"{code[:10]}…{code[-10:]}"
