"""Screen: what each received lot would drag along, and how far carry-over reaches."""

from datetime import date

import polars as pl
import streamlit as st

from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.views import charts
from dashboards.views.downloads import csv_button
from dashboards.views.edition_notes import draw_partial, edition_shown
from dashboards.views.links import TRACE, link_button
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from dashboards.words import EXPOSURE_MEASURES, EXPOSURE_UNITS
from sql.warehouse.editions import Edition

SPANS = {28: "4 weeks", 91: "13 weeks", 365: "1 year", 1461: "4 years"}
ROWS_SHOWN = 200
COLUMNS = [
    "lot_code",
    "product_code",
    "received_on",
    "lots_count",
    "customers_count",
    "shipped_kg",
    "on_hand_kg",
    "suspect_shipped_kg",
    "suspect_on_hand_kg",
    "days_spread",
    "steps_furthest",
    "unknown_count",
    "supplier_name",
    "supplier_lot_code",
]
STRETCH_COLUMNS = [
    "first_day",
    "last_day",
    "days_count",
    "lots_count",
    "links_count",
    "carried_kg",
    "lot_types",
]

person()
zone = config().zone


def ask(read: Edition) -> tuple[str, int, str | None]:
    """Draw the choices and give the measure, the days and the product; None: all."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        measure = st.segmented_control(
            "Count",
            list(EXPOSURE_MEASURES),
            default="lots_count",
            required=True,
            format_func=EXPOSURE_MEASURES.__getitem__,
            key="exposure_measure",
        )
        days = st.segmented_control(
            "Received in the last",
            list(SPANS),
            default=91,
            required=True,
            format_func=SPANS.__getitem__,
            key="exposure_span",
        )
        products = read.named("exposed_products")
        names = dict(products.iter_rows())
        product = st.selectbox(
            "Product",
            list(names),
            index=None,
            placeholder="All products",
            key="exposure_product",
            format_func=lambda code: f"{code} · {names[code]}",
            width=220,
        )
    return measure, days, product


def number(value: float | None, measure: str) -> str:
    """Say a figure with its unit."""
    if value is None:
        return "–"
    return f"{value:,.0f} {EXPOSURE_UNITS[measure]}"


def draw_figures(figures: dict, stretches: pl.DataFrame, measure: str) -> None:
    """Draw worst, mean and trend, and how far carry-over reaches."""
    newer, older = figures["newer_mean"], figures["older_mean"]
    trend = None if newer is None or not older else f"{newer / older - 1:+.0%} lately"
    worst, mean, most, reach = (part.metric for part in st.columns(4))
    worst(
        "Worst lot",
        number(figures["worst"], measure),
        delta=figures["worst_lot_code"],
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
    mean(
        "Mean",
        number(figures["mean"], measure),
        delta=trend,
        delta_color="inverse",
        border=True,
        height="stretch",
    )
    most(
        "19 lots in 20 stay below",
        number(figures["nineteen_in_twenty"], measure),
        border=True,
        height="stretch",
    )
    longest = stretches["days_count"].max() if stretches.height else None
    usual = f"mean {stretches['days_count'].mean():.1f}" if stretches.height else None
    reach(
        "Longest without a clean break",
        "–" if longest is None else f"{longest} days",
        delta=usual,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
    notes = [f"{figures['lots_count']:,} lots received."]
    if figures["in_use_count"]:
        notes.append(
            f"{figures['in_use_count']:,} of them are still in use and may yet touch more."
        )
    if figures["unknown_count"]:
        notes.append(
            f"{figures['unknown_count']:,} touch lots with unknown kilograms: their "
            "kilograms are at least these."
        )
    if trend:
        notes.append(
            f"Lately: the newer half against the older, of lots received until "
            f"{figures['settled_until']}; 19 in 20 have spread after "
            f"{figures['days_to_spread']} days."
        )
    st.caption(" ".join(notes))


def draw_charts(read: Edition, asked: dict, settled_until: date, stretches: pl.DataFrame) -> None:
    """Draw exposure over the weeks, and the stretches that carry-over ties together."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"##### {EXPOSURE_MEASURES[asked['measure']]} a received lot touches")
        weekly = read.named("exposure_by_week", **asked)
        drawn = charts.exposure(weekly, EXPOSURE_UNITS[asked["measure"]], settled_until)
        st.altair_chart(drawn, width="stretch")
    with right:
        st.markdown("##### Days between clean breaks")
        if stretches.is_empty():
            st.caption("No lots with types were made from others yet.")
        else:
            st.altair_chart(charts.stretches(stretches), width="stretch")


def draw_lots(read: Edition, asked: dict) -> None:
    """List the lots that would drag most along; a row leads to its trace."""
    st.markdown("##### Worst first")
    rows = read.named("exposure_worst", most=ROWS_SHOWN, **asked)
    found = rows["found_count"][0]
    if found > rows.height:
        st.caption(f"The first {rows.height:,} of {found:,}; the file holds every one.")
    chosen = table(rows.to_dicts(), COLUMNS, zone, key="exposure_lots", select="rerun")
    with st.container(horizontal=True):
        for row in chosen_rows(chosen, rows.height):
            code = rows["lot_code"][row]
            link_button(f"Trace {literal(code)}", TRACE, code, key="exposure_trace")
        csv_button(
            "Lots as CSV",
            lambda: read.named("exposure_worst", most=found, **asked).to_dicts(),
            COLUMNS,
            file_name="exposure.csv",
            key="exposure_csv",
        )


def draw_stretches(stretches: pl.DataFrame) -> None:
    """List the stretches, longest first."""
    with st.expander(f"Stretches between clean breaks ({stretches.height:,})"):
        st.caption(
            "Carry-over: a link from a lot of an earlier day into one of the same stage or "
            "of an earlier one. A clean break: none spans the two days."
        )
        longest = stretches.sort("days_count", "carried_kg", descending=True).to_dicts()
        table(longest, STRETCH_COLUMNS, zone, key="exposure_stretches")
        csv_button(
            "Stretches as CSV",
            longest,
            STRETCH_COLUMNS,
            file_name="carry-over.csv",
            key="exposure_stretches_csv",
        )


st.title("Exposure")
current = edition_shown(zone)
st.caption("If a received lot turned out bad today: what has it touched?")
draw_partial(current)
count, span, of_product = ask(current)
question = {"measure": count, "days": span, "product_code": of_product}
reached = current.named("exposure_figures", **question).row(0, named=True)
if not reached["lots_count"]:
    st.info("No lot was received in this time. Choose a longer one, or another product.")
    st.stop()
breaks = current.named("carry_over_stretches", days=span)
draw_figures(reached, breaks, count)
draw_charts(current, question, reached["settled_until"], breaks)
draw_lots(current, question)
draw_stretches(breaks)
