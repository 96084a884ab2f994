"""Screen: the plant's process, and how it came to be so; managers change it with a reason."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.process import KINDS, Process
from dashboards.commands.process.applying import apply_process
from dashboards.commands.process.cells import read_part
from dashboards.commands.process.parts import Key
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.refusals import BadValue, Refusal
from dashboards.imports.process_folder import TEMPLATES, read_process, template_names
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import acting, person
from dashboards.views.messages import say, say_problem, show
from dashboards.views.plant_form import NEW, part_fields, slot
from dashboards.views.plant_tables import draw_history, draw_parts
from dashboards.views.plant_typed import cells_typed, points_typed, reason_typed
from dashboards.words import (
    PLANT_ASK,
    PLANT_NOW,
    PLANT_REASON,
    PLANT_SAVED,
    PLANT_TABS,
    PLANT_TEMPLATE,
)
from sql.errors import RecordUnavailable

SHOWN = ["lot_types", "phases", "gates", "limits", "rules", "settings"]

viewer = person()
zone = config().zone


def save(kind: str, of: str, key: Key | None) -> None:
    """State a part as it was typed, in a version of its own."""
    refused: list[str] = []
    typed = cells_typed(KINDS[kind], of)
    part = read_part(KINDS[kind], typed, lambda *told: refused.append(told[2]))
    if part is None:
        say_problem(BadValue("\n".join(refused)), place="plant")
        return
    new_key = KINDS[kind].key_of(part)
    if key is None and new_key in in_force.of(kind):
        say_problem(BadValue("There is one like that already. Choose it above."), place="plant")
        return
    wanted = in_force.with_parts(kind, {**in_force.of(kind), new_key: part})
    if kind == "gates":
        others = {k: point for k, point in in_force.of("checklists").items() if k[0] != new_key[0]}
        points = points_typed(new_key[0], of)
        mine = {KINDS["checklists"].key_of(point): point for point in points}
        wanted = wanted.with_parts("checklists", {**others, **mine})
    apply(wanted, reason_typed(kind, of))


def retire(kind: str, of: str, key: Key) -> None:
    """Take a part out of the process; a gate goes with its limits and its checklist."""
    wanted = in_force
    for other in (kind, "limits", "checklists") if kind == "gates" else (kind,):
        kept = {k: part for k, part in in_force.of(other).items() if k[: len(key)] != key}
        wanted = wanted.with_parts(other, kept)
    apply(wanted, reason_typed(kind, of))


def take() -> None:
    """Take a template as the process."""
    apply(
        read_process(TEMPLATES / st.session_state["plant_template"]),
        st.session_state["plant_template_reason"],
    )


def apply(wanted: Process, reason: str) -> None:
    """Write the version, or say why not; what was typed stays where it is refused."""
    try:
        with acting() as (transaction, by):
            _version, changes = apply_process(transaction, by=by, wanted=wanted, reason=reason)
    except (Refusal, RecordUnavailable) as problem:
        say_problem(problem, place="plant")
        return
    for name in list(st.session_state):
        if str(name).startswith("plant_"):
            del st.session_state[name]
    say("success", PLANT_SAVED.format(changes=" ".join(map(str, changes[:5]))), place="plant")


def draw_change(kind: str) -> None:
    """Draw the form that changes a part of this kind, or makes one."""
    thing = KINDS[kind].thing
    parts = {str(at): key for at, key in enumerate(in_force.of(kind))}
    names = {NEW: f"A new {thing}"} | {
        at: " · ".join(str(one) for one in key if one is not None) for at, key in parts.items()
    }
    with st.expander(f"Change a {thing}, or add one"):
        chosen = st.selectbox(
            "Which",
            list(names),
            key=f"plant_{kind}_chosen",
            format_func=names.__getitem__,
        )
        key = parts.get(chosen)
        of = f"{chosen}_{len(history)}"
        part = None if key is None else in_force.of(kind)[key]
        part_fields(in_force, KINDS[kind], part, of, products)
        st.caption(PLANT_NOW)
        with st.container(horizontal=True):
            st.button("Save", key=slot(kind, "save", of), on_click=save, args=(kind, of, key))
            if key is not None:
                st.button(
                    "Retire it", key=slot(kind, "retire", of), on_click=retire, args=(kind, of, key)
                )


def draw_templates() -> None:
    """Draw the choice of another process to begin with."""
    with st.expander("Begin with a template"):
        st.caption(PLANT_TEMPLATE)
        st.selectbox("Template", template_names(), key="plant_template")
        st.text_input(PLANT_REASON, key="plant_template_reason")
        st.button("Take it", key="plant_take", on_click=take)


st.title("Plant")
show("plant")
with record().snapshot() as reading:
    in_force = process_in_force(reading)
    history = reading.all("process_history")
    products = [row["product_code"] for row in reading.all("products_known")]
st.caption(f"Process {in_force.name}, version {len(history)}. {history[0]['reason'].capitalize()}.")
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
    draw_history(history, zone)
    if may_change:
        draw_templates()
