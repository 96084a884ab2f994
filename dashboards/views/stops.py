"""Each HOLD and FAIL that stands about a lot itself: where, by whom, when and why."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.wording import decision_said
from dashboards.views.plain import literal
from dashboards.views.tables import local_of
from dashboards.words import STOPS_ELSEWHERE, STOPS_HERE
from sql.vocabulary import Decision


def draw_standing_stops(
    standing: Sequence[Mapping[str, Any]], zone: ZoneInfo, *, at_gate: int | None = None
) -> None:
    """Draw the stops among the decisions that stand about a lot.

    Args:
        standing: The latest decision at each gate and about the lot as such.
        zone: In which their times are read.
        at_gate: Where somebody decides, 0 for no gate: says which stop a PASS there lifts. None:
            nobody decides here.
    """
    for row in standing:
        if row["decision"] == Decision.PASS:
            continue
        said = decision_said(row, local_of(row, zone))
        if at_gate is not None:
            words = STOPS_HERE if at_gate == (row["gate_id"] or 0) else STOPS_ELSEWHERE
            said = words.format(stop=said)
        st.warning(literal(said), icon=":material/front_hand:")
