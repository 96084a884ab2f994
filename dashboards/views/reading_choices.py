"""What the screen of readings is asked about: which characteristic, of when, at which gate."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards.sessions.edition_answers import answer
from dashboards.words import measured_words, plural, unit_words
from dashboards.words.nouns import RESULT
from dashboards.words.readings import FILTERS, JUDGED, MEASURED, MEASURED_ONE, SPANS, TAKEN
from sql.warehouse.editions import Edition


def measured_choice(read: Edition, measured: pl.DataFrame) -> pl.DataFrame:
    """Draw the choices and return the results that fit, in order of time.

    Args:
        read: The edition.
        measured: What was measured, as `characteristics_measured` gives it; one row or more.
    """
    offered = {(row["characteristic"], row["unit"]): row for row in measured.to_dicts()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        characteristic, unit = st.selectbox(
            MEASURED, list(offered), format_func=_named(offered), key="readings_what", width=340
        )
        days = st.segmented_control(
            TAKEN,
            list(SPANS),
            default=91,
            required=True,
            format_func=SPANS.__getitem__,
            key="readings_span",
        )
    found = answer(read, "results_measured", characteristic=characteristic, unit=unit, days=days)
    found = found.with_columns(
        (pl.col("gate_number").cast(pl.Float64).cast(pl.String).str.strip_suffix(".0") + " ")
        .fill_null("")
        .add(pl.col("gate_name"))
        .alias("gate"),
        (pl.col("product_code") + " · " + pl.col("product_name")).alias("product"),
        pl.col("breaks").replace_strict(JUDGED, default=JUDGED[None]).alias("judged"),
    )
    return _filtered(found)


def _named(offered: dict[tuple[str, str], dict]) -> Callable[[tuple[str, str]], str]:
    def named(one: tuple[str, str]) -> str:
        return MEASURED_ONE.format(
            characteristic=measured_words(one[0]),
            unit=unit_words(one[1]),
            results=plural(offered[one]["results_count"], RESULT),
        )

    return named


def _filtered(found: pl.DataFrame) -> pl.DataFrame:
    """Draw a choice for each thing that the results differ in, and return those chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for column, (label, everything) in FILTERS.items():
            values = found[column].drop_nulls().unique().sort().to_list()
            if len(values) + bool(found[column].null_count()) < 2:
                continue
            one = st.selectbox(
                label,
                values,
                index=None,
                placeholder=everything,
                key=f"readings_{column}",
                width=230,
            )
            if one is not None:
                found = found.filter(pl.col(column) == one)
    return found
