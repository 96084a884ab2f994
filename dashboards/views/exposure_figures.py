"""What exposure comes to, as tiles and the sentences that say what they count."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.reader.parts import percent
from dashboards.reader.signs import number
from dashboards.words import EXPOSURE_LEAST, EXPOSURE_UNITS, EXPOSURE_UNKNOWN, plural
from dashboards.words import exposure as words
from dashboards.words.nouns import DAY, LOT


def draw_figures(
    figures: Mapping[str, Any], stretches: pl.DataFrame, measure: str, *, is_partial: bool
) -> None:
    """Draw four tiles: worst lot, mean, what 95% of lots don't exceed, longest carry-over.

    Where the closure is partial, lots may touch more than is counted: which is worst is not known,
    nor a trend.
    """
    # With kilograms unknown, more may be true of any lot.
    is_least = bool(figures["least_count"])
    trend = None if is_partial or is_least else trend_words(figures)
    worst_lot = None if is_least else worst_named(figures)
    usually = None if is_least else figures["nineteen_in_twenty"]
    days = stretches["days_count"].to_list()
    longest = max(days, default=None)
    mean = sum(days) / max(len(days), 1)
    usual = words.MEAN_OF.format(mean=number(mean, ".1f")) if stretches.height else None
    reach = "–" if longest is None else plural(longest, DAY)
    tiles: list[tuple[str, str, str | None, Any]] = [
        (words.WORST_LOT, figure(figures["worst"], measure, is_least), worst_lot, "off"),
        (words.MEAN, figure(figures["mean"], measure, is_least), trend, "inverse"),
        (words.NINETEEN_IN_TWENTY, figure(usually, measure), None, "off"),
    ]
    if is_partial:
        tiles = [
            (label, EXPOSURE_UNKNOWN, EXPOSURE_LEAST.format(least=figure(least, measure)), "off")
            for label, least in ((words.WORST_LOT, figures["worst"]), (words.MEAN, figures["mean"]))
        ]
        tiles.append((words.NINETEEN_IN_TWENTY, EXPOSURE_UNKNOWN, None, "off"))
    tiles.append((words.LONGEST, reach, usual, "off"))
    for place, (label, value, beside, colour) in zip(st.columns(4), tiles, strict=True):
        place.metric(
            label,
            value,
            delta=beside,
            delta_color=colour,
            delta_arrow="off" if colour == "off" else "auto",
            border=True,
            height="stretch",
        )
    st.caption(" ".join(notes(figures, trend)))


def worst_named(figures: Mapping[str, Any]) -> str | None:
    """Name the worst lot as the list below does, and say how many are as bad."""
    more = (figures["worst_count"] or 0) - 1
    code = figures["worst_lot_code"]
    return code if more < 1 or code is None else words.AS_BAD.format(lot=code, count=number(more))


def figure(value: float | None, measure: str, is_least: bool = False) -> str:
    """Say a figure with its unit; where it may be more, that it is at least so much."""
    if value is None:
        return "–"
    places = ",.0f" if value == round(value) or value >= 100 else ",.1f"
    said = f"{number(value, places)} {EXPOSURE_UNITS[measure]}"
    return words.AT_LEAST.format(said=said) if is_least else said


def trend_words(figures: Mapping[str, Any]) -> str | None:
    """Say how the newer half of the lots compares with the older; None: too few to tell."""
    newer, older = figures["newer_mean"], figures["older_mean"]
    return (
        None
        if newer is None or not older
        else words.LATELY.format(change=percent(newer / older - 1, 0, sign="+"))
    )


def notes(figures: Mapping[str, Any], trend: str | None) -> list[str]:
    """Say what was counted, what may still grow, and what the trend compares."""
    said = [words.RECEIVED.format(lots=plural(figures["lots_count"], LOT))]
    if figures["in_use_count"]:
        count = figures["in_use_count"]
        said.append((words.ONE_IN_USE if count == 1 else words.IN_USE).format(count=number(count)))
    if figures["unknown_count"]:
        said.append(words.LEAST_OF.format(lots=plural(figures["unknown_count"], LOT)))
    if trend:
        said.append(
            words.LATELY_SAID.format(
                until=figures["settled_until"], days=plural(figures["days_to_spread"], DAY)
            )
        )
    return said
