"""A chart on the screen: as wide as its place, with numbers as its reader writes them."""

from typing import Any

import altair as alt
import streamlit as st

from dashboards.reader.signs import decimal_sign
from dashboards.views.charts import Chart

# What a chart calls the points that can be chosen on it.
POINT = "point"


def show_chart(chart: Chart, key: str | None = None) -> str | None:
    """Draw a chart; its axes have the decimal sign that the reader's tables have.

    Args:
        chart: The chart.
        key: Its key, where points can be chosen on it: it has a selection called `point`.

    Returns:
        The lot of the point chosen; None: none is.
    """
    sign = decimal_sign()
    thousands = "," if sign == "." else "\u00a0"
    signs = alt.NumberLocale(decimal=sign, thousands=thousands, grouping=[3], currency=["", ""])
    drawn = chart.configure(locale=alt.Locale(number=signs))
    if key is None:
        st.altair_chart(drawn, width="stretch")
        return None
    chosen: Any = st.altair_chart(
        drawn, width="stretch", key=key, on_select="rerun", selection_mode=POINT
    )
    points = chosen.selection.get(POINT) or []
    return points[0].get("lot_code") if points else None
