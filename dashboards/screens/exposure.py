"""Screen: what each received lot would drag along, and how far carry-over reaches."""

import polars as pl
import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.sessions.edition_answers import answer
from dashboards.views import exposure_charts
from dashboards.views.carry_over import draw_stretches
from dashboards.views.chart_shown import show_chart
from dashboards.views.downloads import csv_button
from dashboards.views.edition_notes import draw_partial, edition_shown
from dashboards.views.exposure_figures import draw_figures
from dashboards.views.exposure_rows import COLUMNS, with_units
from dashboards.views.links import TRACE, link_button
from dashboards.views.parts import part_for
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from dashboards.words import (
    EXPOSURE_AS_KNOWN,
    EXPOSURE_AT_LEAST,
    EXPOSURE_BY_CODE,
    EXPOSURE_MEASURES,
    EXPOSURE_UNITS,
    EXPOSURE_WORST_FIRST,
    first_of,
)
from dashboards.words import exposure as words
from sql.warehouse.editions import Edition

ROWS_SHOWN = 200

person()
zone = config().zone


def ask(read: Edition) -> tuple[str, int, str | None]:
    """Draw the choices; return the measure, the days and the product, None for all."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        measure = st.segmented_control(
            words.COUNT,
            list(EXPOSURE_MEASURES),
            default="lots_count",
            required=True,
            format_func=EXPOSURE_MEASURES.__getitem__,
            key="exposure_measure",
        )
        days = st.segmented_control(
            words.RECEIVED_IN,
            list(words.SPANS),
            default=91,
            required=True,
            format_func=words.SPANS.__getitem__,
            key="exposure_span",
        )
        products = answer(read, "exposed_products")
        names = dict(products.iter_rows())
        product = st.selectbox(
            words.PRODUCT,
            list(names),
            index=None,
            placeholder=words.ALL_PRODUCTS,
            key="exposure_product",
            format_func=lambda code: f"{code} · {names[code]}",
            width=220,
        )
    return measure, days, product


def draw_charts(
    read: Edition, asked: dict, figures: dict, stretches: pl.DataFrame, *, is_partial: bool
) -> None:
    """Draw exposure over the weeks, and the stretches that carry-over ties together."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(words.TOUCHED_TITLE.format(measure=EXPOSURE_MEASURES[asked["measure"]]))
        if is_partial:
            st.caption(EXPOSURE_AT_LEAST)
        weekly = answer(read, "exposure_by_week", **asked)
        unit = EXPOSURE_UNITS[asked["measure"]]
        said = words.AT_LEAST_UNIT.format(unit=unit) if figures["least_count"] else unit
        show_chart(exposure_charts.exposure(weekly, said, figures["settled_until"]))
    with right:
        st.markdown(words.BREAKS_TITLE)
        if stretches.is_empty():
            st.caption(words.NO_LOTS_MADE)
        else:
            show_chart(exposure_charts.stretches(stretches))


@part_for(Action.READ)
def draw_lots(read: Edition, asked: dict, figures: dict, *, is_partial: bool) -> None:
    """List the lots that would drag most along; a row leads to its trace.

    Where the closure is partial, nobody knows which those are: they stand by their codes.
    """
    st.markdown(f"## {EXPOSURE_BY_CODE if is_partial else EXPOSURE_WORST_FIRST}")
    if figures["least_count"] and not is_partial:
        st.caption(EXPOSURE_AS_KNOWN)
    ranked = {**asked, "is_ranked": not is_partial}
    rows = answer(read, "exposure_worst", most=ROWS_SHOWN, **ranked)
    found = rows["found_count"][0]
    if found > rows.height:
        st.caption(words.FILE_HOLDS_ALL.format(first=first_of(rows.height, found)))
    shown = with_units(rows.to_dicts())
    chosen = table(shown, COLUMNS, zone, key="exposure_lots", select="rerun")
    with st.container(horizontal=True):
        for row in chosen_rows(chosen, rows.height):
            code = rows["lot_code"][row]
            link_button(
                words.TRACE_LOT.format(lot=literal(code)), TRACE, code, key="exposure_trace"
            )
        csv_button(
            words.LOTS_CSV,
            lambda: with_units(read.named("exposure_worst", most=found, **ranked).to_dicts()),
            COLUMNS,
            file_name="exposure.csv",
            key="exposure_csv",
        )


st.title(words.TITLE)
current = edition_shown(zone)
st.caption(words.LEAD)
has_gaps = draw_partial(current)
count, span, of_product = ask(current)
question = {"measure": count, "days": span, "product_code": of_product}
reached = answer(current, "exposure_figures", **question).row(0, named=True)
if not reached["lots_count"]:
    st.info(words.NO_LOTS)
    st.stop()
breaks = answer(current, "carry_over_stretches", days=span)
draw_figures(reached, breaks, count, is_partial=has_gaps)
draw_charts(current, question, reached, breaks, is_partial=has_gaps)
draw_lots(current, question, reached, is_partial=has_gaps)
draw_stretches(breaks, zone)
