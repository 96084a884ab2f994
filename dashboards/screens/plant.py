"""Screen: the plant's process, and how it came to be so; managers change it with a reason."""

from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.process import KINDS, Process
from dashboards.commands.process.reading import process_in_force
from dashboards.screens.plant_changes.saving import name_of, retire, save
from dashboards.screens.plant_changes.taking import draw_files, draw_taking
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.messages import show
from dashboards.views.plain import literal
from dashboards.views.plant_form import NEW, part_fields, slot
from dashboards.views.plant_history import draw_history
from dashboards.views.plant_tables import draw_parts
from dashboards.words import sentence
from dashboards.words.plant import (
    PLANT_ASK,
    PLANT_CHANGE,
    PLANT_NEW,
    PLANT_NOW,
    PLANT_PROCESS,
    PLANT_RETIRE,
    PLANT_SAVE,
    PLANT_TABS,
    PLANT_TITLE,
    PLANT_WHICH,
)

SHOWN = ["lot_types", "phases", "gates", "limits", "rules", "decisions", "settings"]

viewer = person()
zone = config().zone


def process_at(moment: datetime | None) -> Process:
    """Read the process as it was in force at a moment."""
    with record().snapshot(as_of=moment) as then:
        return process_in_force(then)


def draw_change(kind: str) -> None:
    """Draw the form that changes a part of this kind, or makes one."""
    thing = KINDS[kind].thing
    parts = {name_of(key): key for key in in_force.of(kind)}
    names = {NEW: PLANT_NEW.format(thing=thing)} | {
        name: " · ".join(str(one) for one in key if one is not None) for name, key in parts.items()
    }
    with st.expander(PLANT_CHANGE.format(thing=thing)):
        chosen = st.selectbox(
            PLANT_WHICH,
            list(names),
            key=f"plant_{kind}_chosen",
            format_func=names.__getitem__,
        )
        key = parts.get(chosen)
        of = f"{chosen}_{len(history)}"  # what was typed for an earlier version is not for this one
        part = None if key is None else in_force.of(kind)[key]
        part_fields(in_force, KINDS[kind], part, of, products)
        st.caption(PLANT_NOW)
        with st.container(horizontal=True):
            st.button(
                PLANT_SAVE,
                key=slot(kind, "save", of),
                on_click=save,
                args=(in_force, kind, of, key),
            )
            if key is not None:
                st.button(
                    PLANT_RETIRE,
                    key=slot(kind, "retire", of),
                    on_click=retire,
                    args=(in_force, kind, of, key),
                )


st.title(PLANT_TITLE)
show("plant")
with record().snapshot() as reading:
    in_force = process_in_force(reading)
    history = reading.all("process_history")
    products = [row["product_code"] for row in reading.all("products_known")]
why = sentence(history[0]["reason"])
st.caption(literal(PLANT_PROCESS.format(name=in_force.name, version=len(history), why=why)))
may_change = viewer.may(Action.CHANGE_PROCESS)
if not may_change:
    st.caption(PLANT_ASK)
*places, past = st.tabs(PLANT_TABS)
for kind, place in zip(SHOWN, places, strict=True):
    with place:
        draw_parts(in_force, kind, zone)
        if may_change:
            draw_change(kind)
with past:
    draw_history(history, zone, process_at)
    draw_files(in_force)
    if may_change:
        draw_taking()
