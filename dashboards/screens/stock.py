"""Screen: kilograms on hand at each place, and which lots they are."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.sessions.edition_answers import answer
from dashboards.views.downloads import csv_button
from dashboards.views.edition_notes import edition_shown
from dashboards.views.links import LOTS, TRACE, link_button
from dashboards.views.parts import part_for
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from dashboards.words import first_of
from dashboards.words import stock as words
from sql.warehouse.editions import Edition

ROWS_SHOWN = 200
MOST = 2**62
PLACES = ["place", "lots_count", "on_hand_kg", "unknown_count"]
OF_PLACE = ["lot_code", "lot_type", "product_code", "product_name", "on_hand_kg", "expires_on"]
OF_ALL = ["place", "place_code", *OF_PLACE]

person()
zone = config().zone


def said(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Say of what stands at no known place that nobody said where."""
    return [{**row, "place": row["place"] or words.NOWHERE_KNOWN} for row in rows.to_dicts()]


@part_for(Action.READ)
def draw_places(read: Edition) -> None:
    """List the places; the lots of the chosen one stand below, and each leads to its page."""
    places = said(answer(read, "stock_by_place"))
    chosen = table(places, PLACES, zone, key="stock_places", select="rerun")
    with st.container(horizontal=True):
        csv_button(
            words.PLACES_CSV,
            places,
            ["place", "place_code", *PLACES[1:]],
            file_name="stock-by-place.csv",
            key="stock_places_csv",
        )
        csv_button(
            words.LOTS_CSV,
            lambda: said(read.named("stock_of_place", **asked(None, is_everywhere=True))),
            OF_ALL,
            file_name="stock-lots.csv",
            key="stock_lots_csv",
        )
    rows = chosen_rows(chosen, len(places))
    if not rows:
        st.caption(words.CHOOSE)
    for row in rows:
        draw_lots(read, places[row])


def draw_lots(read: Edition, place: Mapping[str, Any]) -> None:
    """List the lots of a place; a chosen one is opened or traced."""
    st.markdown(words.LOTS_AT.format(place=literal(place["place"])))
    lots = answer(read, "stock_of_place", **asked(place["place_id"], most=ROWS_SHOWN))
    if place["lots_count"] > lots.height:
        first = first_of(lots.height, place["lots_count"])
        st.caption(words.FILE_HOLDS_ALL.format(first=first))
    key = f"stock_lots_{place['place_id']}"
    chosen = table(lots.to_dicts(), OF_PLACE, zone, key=key, select="rerun")
    with st.container(horizontal=True):
        for row in chosen_rows(chosen, lots.height):
            code = lots["lot_code"][row]
            named = literal(code)
            link_button(words.OPEN_LOT.format(lot=named), LOTS, code, key="stock_open")
            link_button(words.TRACE_LOT.format(lot=named), TRACE, code, key="stock_trace")


def asked(
    place_id: int | None, *, is_everywhere: bool = False, most: int = MOST
) -> dict[str, int | bool | None]:
    """Ask for the lots of one place (None: at no known one), or of all."""
    return {"place_id": place_id, "is_everywhere": is_everywhere, "most": most}


st.title(words.TITLE)
current = edition_shown(zone)
st.caption(words.LEAD)
if answer(current, "stock_by_place").is_empty():
    st.info(words.NOTHING_HERE)
    st.stop()
draw_places(current)
