"""Record a production from what is typed, once; what is refused stays on the screen."""

from dataclasses import asdict, astuple

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.productions import record_production
from dashboards.commands.refusals import BadValue, Refusal
from dashboards.sessions.connections import config, record
from dashboards.views.floor_time import floor_time_keys, floor_time_typed
from dashboards.views.half_forms import empty_fields
from dashboards.views.late_choices import choices
from dashboards.views.messages import say, say_problem, show
from dashboards.views.number_fields import number_typed
from dashboards.views.once import nonce, write_once
from dashboards.views.production_balance import balance_drawn
from dashboards.views.production_form import (
    FORM,
    event_fields,
    output_numbers,
    outputs_drawn,
    outputs_typed,
)
from dashboards.views.taken_lots import draw_taken_lots, taken_lots, taken_typed
from dashboards.words import productions as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction

PLACE = "production"


def draw_form(viewer: Person) -> None:
    """Draw the form, for whoever may record."""
    if not viewer.may(Action.WRITE_LOTS):
        st.info(words.NOT_RECORDER)
        return
    with record().snapshot() as reading:
        runs, products = reading.all("runs_known"), choices(reading, "products_known", viewer)
        types = reading.all("lot_types_known")
    event_fields(runs)
    st.markdown(f"### {words.WENT_IN}")
    taken = draw_taken_lots(FORM, place=PLACE, has_units=True)
    if not taken:
        st.caption(words.NOTHING_IN)
    st.markdown(f"### {words.CAME_OUT}")
    st.caption(words.ALLOTTED)
    outputs_drawn(products, types)
    balance_drawn(taken, products)
    show(PLACE, about=st.session_state.get(f"{FORM}_code"))
    fresh = nonce(FORM)
    st.button(
        words.RECORD, type="primary", key=f"{FORM}_save_{fresh}", on_click=save, args=(fresh,)
    )


def save(used: str) -> None:
    """Record what was typed, once; all of it stays on the screen where the record refuses."""
    state = st.session_state
    try:
        inputs, outputs = taken_typed(FORM), outputs_typed()
        typed = {
            "production_code": state[f"{FORM}_code"],
            "run_code": state[f"{FORM}_run"],
            "place": state[f"{FORM}_place"],
            "waste_kg": number_typed(f"{FORM}_waste_kg"),
        }
        happened_at = floor_time_typed(FORM, config().zone)
    except BadValue as bad:
        say_problem(bad, place=PLACE)
        return

    def write(transaction: Transaction, by: Person) -> dict:
        record_production(
            transaction, by=by, inputs=inputs, outputs=outputs, happened_at=happened_at, **typed
        )
        return {"code": typed["production_code"].strip()}

    asked = {
        **typed,
        "happened_at": happened_at,
        "inputs": [astuple(one) for one in inputs],
        "outputs": [asdict(one) for one in outputs],
    }
    try:
        answer = write_once(FORM, used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
        return
    _forget()
    again = words.RECORDED if answer.is_repeat else ""
    say("success", again + words.SAVED.format(code=answer.body["code"]), place=PLACE)


def _forget() -> None:
    """Empty the form; where the next one is made, and in which run, is its own to say."""
    state = st.session_state
    own = [f"{FORM}_{name}" for name in ("code", "place", "waste_kg")]
    empty_fields([*own, *floor_time_keys(FORM)])
    state[f"{FORM}_run"] = None
    taken_lots(FORM).clear()
    # Fresh numbers: the browser then draws empty fields, not those it keeps under the old keys.
    state[f"{FORM}_outputs"] = [max(output_numbers()) + 1]
