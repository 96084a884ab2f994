"""Screen: how quality is doing, read from the edition and shown with its time."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.sessions.edition_answers import answer
from dashboards.views import charts
from dashboards.views.edition_notes import edition_shown
from dashboards.views.parts import part_for
from dashboards.views.quality_figures import BALANCES, draw_chart, draw_figures, yields_allowed
from dashboards.views.quality_rows import draw_lots_behind
from dashboards.views.tables import table
from dashboards.views.yield_chart import yields, yields_beyond
from dashboards.words import (
    BALANCE_UNKNOWN,
    DAYS_LEFT_OPEN,
    EVERY_BALANCE_ADDS_UP,
    HOURS_LEFT_OPEN,
    KNOWN_BALANCES_ADD_UP,
    NO_HOLDS,
    NO_LOTS,
    WEEKS_LEFT_OPEN,
    first_of,
    plural,
)
from dashboards.words import quality as words
from dashboards.words.nouns import DECISION, FIRST_DECISION, HOLD, LOT
from sql.warehouse.editions import Edition

HOLDS = ["lot_code", "gate_number", "held_at", "hours"]

person()
zone = config().zone


@part_for(Action.READ)
def draw_decisions(read: Edition, days: int) -> None:
    """Draw the decisions of each day, at one gate or at all."""
    daily = answer(read, "gate_decisions_by_day", days=days)
    names = daily.sort("gate_number")["gate"].unique(maintain_order=True).to_list()
    gate = st.selectbox(
        words.GATE, names, index=None, placeholder=words.ALL_GATES, key="quality_gate"
    )
    chosen = daily if gate is None else daily.filter(pl.col("gate") == gate)
    draw_chart(words.DECISIONS_BY_DAY, chosen, charts.decisions_by_day, words.NO_DECISIONS)
    say_left_open(read, "decisions_count", DAYS_LEFT_OPEN, decisions=DECISION)


@part_for(Action.READ)
def draw_first_pass(read: Edition, days: int) -> None:
    """Draw the first-pass yield of each week, for the lot types chosen."""
    weekly = charts.typed(answer(read, "first_pass_by_week", days=days))
    offered = charts.types_of(weekly)
    kinds = st.pills(
        words.TYPES, offered, default=offered, selection_mode="multi", key="quality_types"
    )
    chosen = weekly.filter(pl.col("lot_type").is_in(kinds))
    draw_chart(words.FIRST_PASS_BY_WEEK, chosen, charts.first_pass, words.NO_LOT_FINISHED)
    say_left_open(read, "lots_started_count", WEEKS_LEFT_OPEN, decisions=FIRST_DECISION)


def say_left_open(read: Edition, of: str, said: str, **counted: str) -> None:
    """Say how many a chart can't place, because their times are not known so well; nothing of 0."""
    (count,) = answer(read, "times_left_open")[of]
    if count:
        name, thing = next(iter(counted.items()))
        st.caption(said.format(**{name: plural(count, thing)}))


def draw_charts(read: Edition, days: int) -> None:
    """Draw the charts, two beside each other."""
    left, right = st.columns(2, gap="medium")
    with left:
        draw_decisions(read, days)
        states = answer(read, "dispositions_by_type")
        draw_chart(words.LOTS_BY_TYPE, states, charts.dispositions, words.NO_LOTS_YET)
    with right:
        draw_first_pass(read, days)
        spread = answer(read, "yields_by_type")
        draw_chart(words.YIELD_BY_TYPE, spread, yields, words.NO_PARENTS)
        if beyond := yields_beyond(spread):
            st.caption(beyond)


def draw_holds(read: Edition) -> None:
    """Draw holds nobody ended with their age, and how long ended ones lasted."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(words.OPEN_HOLDS)
        waiting = answer(read, "holds_open")
        if waiting.is_empty():
            st.success(NO_HOLDS)
        else:
            table(waiting.to_dicts(), HOLDS, zone, key="quality_holds", height=260)
    with right:
        ended = answer(read, "holds_ended").filter(pl.col("hours").is_not_null())
        draw_chart(words.HOLDS_LASTED, ended, charts.hold_hours, words.NO_HOLD_ENDED)
        say_left_open(read, "holds_count", HOURS_LEFT_OPEN, holds=HOLD)


def draw_balances(read: Edition, figures: Mapping[str, Any]) -> None:
    """List the lots whose kilograms don't add up, and say of how many nobody can tell."""
    off = answer(read, "balances_off")
    st.markdown(words.BALANCE_TITLE)
    allowed = yields_allowed(answer(read, "yield_tolerances"))
    st.caption(words.BALANCE_SAID.format(allowed=allowed or words.NO_TYPE_SAYS))
    unknown = figures["unknown_count"]
    if unknown:
        st.warning(BALANCE_UNKNOWN.format(lots=plural(unknown, LOT)))
    if off.is_empty():
        draw_all_add_up(figures["lots_count"], unknown)
        return
    found = off["found_count"][0]
    if found > off.height:
        st.caption(words.FIRST_BALANCES.format(first=first_of(off.height, found)))
    table(off.to_dicts(), BALANCES, zone, key="quality_balances")


def draw_all_add_up(lots_count: int, unknown_count: int) -> None:
    """Say of how many lots the kilograms add up; of all only where all are known."""
    if unknown_count:
        st.info(KNOWN_BALANCES_ADD_UP.format(lots=plural(lots_count - unknown_count, LOT)))
    elif lots_count:
        st.success(EVERY_BALANCE_ADDS_UP)
    else:
        st.info(NO_LOTS)


st.title(words.TITLE)
current = edition_shown(zone)
known = answer(current, "quality_figures").row(0, named=True)
draw_figures(known)
draw_lots_behind(current, known, zone)
span = st.segmented_control(
    words.SPAN,
    list(words.SPANS),
    default=91,
    required=True,
    key="quality_span",
    format_func=words.SPANS.__getitem__,
)
draw_charts(current, span)
draw_holds(current)
draw_balances(current, known)
