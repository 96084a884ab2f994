"""A chart on the screen: as wide as its place, with numbers as its reader writes them."""

import altair as alt
import streamlit as st

from dashboards.reader.signs import decimal_sign
from dashboards.views.charts import Chart


def show_chart(chart: Chart) -> None:
    """Draw a chart; its axes have the decimal sign that the reader's tables have."""
    sign = decimal_sign()
    thousands = "," if sign == "." else "\u00a0"
    signs = alt.NumberLocale(decimal=sign, thousands=thousands, grouping=[3], currency=["", ""])
    st.altair_chart(chart.configure(locale=alt.Locale(number=signs)), width="stretch")
