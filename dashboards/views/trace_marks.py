"""How one node of a trace's drawing looks: shape and colour by state, and what it says."""

import math
from collections.abc import Mapping
from typing import Any

from dashboards.reader.signs import number
from dashboards.views.short_codes import wrapped
from dashboards.views.trace_folding import Node
from dashboards.words import (
    DISPOSITIONS,
    amount,
    amount_in_unit,
    how_much,
    in_own_unit,
    kilograms,
)
from dashboards.words import tracing as words
from sql.amounts import Sureness

_INK = {"gray": "#64748b", "green": "#15803d", "orange": "#c2410c", "red": "#b91c1c"}
_PAPER = {"gray": "#f1f5f9", "green": "#dcfce7", "orange": "#ffedd5", "red": "#fee2e2"}
_SHAPES = {
    "pending": "circle",
    "released": "roundRect",
    "expired": "pin",
    "stopped": "arrow",
    "hold": "diamond",
    "rejected": "triangle",
}

BOX_WIDTH, LINE_HEIGHT, LINE_SIGNS = 122, 14, 17
LABEL = {"color": "#0f172a", "fontSize": 11, "lineHeight": LINE_HEIGHT}
# A label beside a sign lies on the page, which may be dark: it brings its own paper.
LABEL_PAPER = {"backgroundColor": "#f1f5f9", "padding": [1, 4], "borderRadius": 3}


def mark_of(
    node: Node, place: tuple[float, float], codes: Mapping[str, str], *, is_labelled: bool
) -> dict[str, Any]:
    """Build a node's mark: its name says all, its shape and colour the state.

    Args:
        node: What to draw.
        place: Where, in pixels.
        codes: How each lot's code is written in its box.
        is_labelled: Draw a box with its label in it; else a small sign.
    """
    mark, word, colour = DISPOSITIONS[node.disposition]
    is_asked = any(lot["direction"] == "self" for lot in node.lots)
    label, name = _label(node, mark, codes), said(node, mark, word)
    shape, size = _SHAPES[node.disposition], 9
    if node.is_folded:
        size = 14 + min(26, 4 * math.log10(len(node.lots)) * 2)
    style = {"color": _INK[colour], "borderColor": "#0f172a", "borderWidth": 3 if is_asked else 0}
    paper: dict[str, Any] = LABEL_PAPER
    if is_labelled:
        shape, size = "roundRect", [BOX_WIDTH, LINE_HEIGHT * (label.count("\n") + 1) + 8]
        style = {"color": _PAPER[colour], "borderWidth": 0}
        paper = _box(colour, is_asked=is_asked)
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
            **LABEL,
            **paper,
        },
    }


def _box(colour: str, *, is_asked: bool) -> dict[str, Any]:
    """Build the box around a label: a sign is stretched with the drawing, a label never is."""
    return {
        "backgroundColor": _PAPER[colour],
        "borderColor": _INK[colour],
        "borderWidth": 3 if is_asked else 1,
        "borderRadius": 4,
        "padding": 4,
        "width": BOX_WIDTH - 8,
        "align": "center",
    }


def said(node: Node, mark: str, word: str) -> str:
    """Say everything about a node that hovering over it tells."""
    if node.is_folded:
        parts = [
            node.stage,
            node.day,
            node.product_code or "",
            words.LOTS_COUNTED.format(count=number(len(node.lots))),
        ]
    else:
        lot = node.lots[0]
        parts = [lot["lot_code"], lot["product_code"] or "", _whole(lot)]
    parts += [words.SUSPECT.format(amount=_suspect(node)), f"{mark} {word}"]
    return " · ".join(part for part in parts if part)


def _whole(lot: Mapping[str, Any]) -> str:
    """Say how much a lot is: in its own unit where it has one, kilograms beside."""
    return how_much(lot.get("quantity"), lot.get("unit"), lot["weight_kg"])


def _suspect(node: Node) -> str:
    """Say what of a node is suspect, in its units with kilograms beside, as far as known."""
    in_units = [amount_in_unit(known, unit) for unit, known in node.suspect_in_units.items()]
    kg = amount(node.suspect)
    if in_units and node.suspect.sureness is Sureness.UNKNOWN:
        return " + ".join(in_units)
    return f"{' + '.join(in_units)} · {kg}" if in_units else kg


def _label(node: Node, mark: str, codes: Mapping[str, str]) -> str:
    """Write what stands in a node's box, or beside its sign."""
    if node.is_folded:
        return words.FOLDED.format(mark=mark, count=number(len(node.lots)))
    lot = node.lots[0]
    own = in_own_unit(lot.get("quantity"), lot.get("unit"))
    weight = own or kilograms(lot["weight_kg"])
    return f"{wrapped(codes[lot['lot_code']], LINE_SIGNS)}\n{mark} {weight}"
