"""The genealogy graph on the screen: click a lot to open it or to trace from it, or unfold a stage.

A click draws the graph again and not its screen. What stands where is `trace_nodes`'s to say, how
it looks `trace_option`'s.
"""

from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.reader.signs import number
from dashboards.views.links import LOTS, TRACE, link_button
from dashboards.views.parts import part_for
from dashboards.views.trace_folding import MOST_DRAWN, Node
from dashboards.views.trace_marks import said
from dashboards.views.trace_nodes import Drawing, drawing_of
from dashboards.views.trace_option import height, least_width, option
from dashboards.words import DISPOSITIONS, GRAPH_LEGEND
from dashboards.words import tracing as words
from sql.genealogy.trace import Trace


@part_for(Action.READ)
def draw_graph(found: Trace, zone: ZoneInfo) -> None:
    """Draw a trace's lots and links, what is folded, and what can be done with a chosen node."""
    unfolded = st.session_state.setdefault("trace_unfolded", set())
    drawing = drawing_of(found, zone, unfolded)
    # On a narrow page the drawing scrolls: its boxes never stand on one another.
    st.html(
        f"<style>.st-key-trace_graph {{ overflow-x: auto }} "
        f".st-key-trace_graph > div {{ min-width: {least_width(drawing)}px }}</style>"
    )
    state = st.echarts_chart(
        option(drawing),
        height=height(drawing),
        key="trace_graph",
        on_select="rerun",
        alt=words.GRAPH_ALT.format(count=drawing.lots_count),
    )
    st.caption(GRAPH_LEGEND)
    if drawing.folded_stages:
        st.caption(
            words.GRAPH_FOLDED.format(
                lots=number(drawing.lots_count),
                nodes=number(len(drawing.nodes)),
                most=number(MOST_DRAWN),
                stages=", ".join(drawing.folded_stages),
            )
        )
    _offer(drawing, _chosen(state, drawing))


def _chosen(state: Any, drawing: Drawing) -> Node | None:
    """Return the node that was clicked."""
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
        st.text(said(node, mark, word))
        if node.is_folded:
            st.button(
                words.UNFOLD.format(stage=node.stage),
                key="trace_unfold",
                on_click=_unfold,
                args=(node.stage,),
            )
        else:
            code = node.lots[0]["lot_code"]
            link_button(words.TRACE_FROM, TRACE, code, key="trace_from")
            link_button(words.OPEN_IT, LOTS, code, key="trace_open_chosen")


def _unfold(stage: str) -> None:
    """Draw a stage lot by lot, as far as there is room."""
    st.session_state["trace_unfolded"] = {stage}
