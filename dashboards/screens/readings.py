"""Screen: what was measured, over time, against its limits, and whether the process is steady."""

from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.sessions.edition_answers import answer
from dashboards.views import reading_charts
from dashboards.views.chart_shown import show_chart
from dashboards.views.control_charts import control
from dashboards.views.downloads import csv_button
from dashboards.views.edition_notes import edition_shown
from dashboards.views.links import LOTS, TRACE, link_button
from dashboards.views.plain import literal
from dashboards.views.process_shown import draw_control
from dashboards.views.reading_choices import measured_choice
from dashboards.views.reading_figures import draw_figures
from dashboards.views.tables import chosen_rows, table
from dashboards.words import first_of, plural, unit_words
from dashboards.words.nouns import RESULT
from dashboards.words.readings import (
    OPEN_LOT,
    READINGS,
    READINGS_NONE,
    READINGS_NONE_CHOSEN,
    READINGS_SAID,
    RESULTS_CSV,
    RESULTS_TITLE,
    SHOWN,
    SHOWN_AS,
    TOO_MANY_POINTS,
    TRACE_LOT,
    WORD_SHARES,
    WORDS_ALONE,
    WORDS_TOO_FEW,
)
from sql.quality.charts import NotDrawable
from sql.quality.word_shares import shares_by_week

ROWS_SHOWN = 200

COLUMNS = [
    "lot_code",
    "happened_at",
    "characteristic",
    "result",
    "unit",
    "judged",
    "lower_bound",
    "upper_bound",
    "wanted_word",
    "gate_number",
    "product_name",
    "supplier_name",
]


def draw_chart(results: pl.DataFrame, unit: str, site: ZoneInfo) -> str | None:
    """Draw the chart chosen, and return the lot of the point chosen on it."""
    shown = st.segmented_control(
        SHOWN,
        list(SHOWN_AS),
        default="trend",
        required=True,
        format_func=SHOWN_AS.__getitem__,
        key="readings_shown",
    )
    if shown == "control":
        return draw_control(results, unit, site)
    numbers = results.filter(pl.col("value").is_not_null())
    if shown == "spread":
        if numbers.is_empty():
            st.info(WORDS_ALONE)
        else:
            show_chart(reading_charts.distribution(numbers, unit))
        return None
    if numbers.height < results.height:
        draw_words(results.filter(pl.col("word").is_not_null()), site)
    if numbers.is_empty():
        return None
    if numbers.height > reading_charts.MOST_DRAWN:
        st.caption(TOO_MANY_POINTS.format(results=plural(numbers.height, RESULT)))
        show_chart(reading_charts.by_day(numbers, unit, site))
        return None
    return show_chart(reading_charts.trend(numbers, unit, site), key="readings_trend")


def draw_words(words: pl.DataFrame, site: ZoneInfo) -> None:
    """Draw what share of the results that are words was not as wanted, by the week."""
    st.markdown(f"## {WORD_SHARES}")
    try:
        shares = shares_by_week(words, site)
    except NotDrawable as why:
        st.caption(WORDS_TOO_FEW.format(why=why))
        return
    show_chart(control(shares, WORD_SHARES, site, is_share=True))


def draw_results(results: pl.DataFrame, site: ZoneInfo) -> str | None:
    """List the newest results, with all of them as a file; return the lot of the row chosen."""
    st.markdown(f"## {RESULTS_TITLE}")
    newest = results.reverse().head(ROWS_SHOWN)
    if results.height > newest.height:
        st.caption(first_of(newest.height, results.height))
    rows = newest.to_dicts()
    chosen = table(rows, COLUMNS, site, key="readings_rows", select="rerun")
    csv_button(
        RESULTS_CSV,
        lambda: results.reverse().to_dicts(),
        COLUMNS,
        file_name="readings.csv",
        key="readings_csv",
    )
    places = chosen_rows(chosen, len(rows))
    return rows[places[0]]["lot_code"] if places else None


person()
zone = config().zone
st.title(READINGS)
current = edition_shown(zone)
st.caption(READINGS_SAID)
measured = answer(current, "characteristics_measured")
if measured.is_empty():
    st.info(READINGS_NONE)
    st.stop()
taken = measured_choice(current, measured)
if taken.is_empty():
    st.info(READINGS_NONE_CHOSEN)
    st.stop()
draw_figures(taken)
unit_said = unit_words(taken["unit"][0]) or ""
of_point = draw_chart(taken, unit_said, zone)
around = st.container(horizontal=True)
of_row = draw_results(taken, zone)
if lot_code := of_point or of_row:
    with around:
        link_button(OPEN_LOT.format(lot=literal(lot_code)), LOTS, lot_code, key="readings_open")
        link_button(TRACE_LOT.format(lot=literal(lot_code)), TRACE, lot_code, key="readings_trace")
