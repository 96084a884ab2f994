"""The form of a decision at a gate: lot, checklist, decision, what was measured, notes, signature.

What a click on it does is the screen's. The form is redrawn alone while somebody fills it in; once
something was said about it, or another gate is open, the whole screen is drawn again.
"""

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.views.decision_choice import choose_decision
from dashboards.views.decision_fields import forget_another_lots, tick_keys
from dashboards.views.decision_said import CHOSEN, REFUSED, SCANNED, gate_words, in_hand
from dashboards.views.decision_values import draw_limits, draw_values
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.messages import is_outdated, is_waiting, show
from dashboards.views.once import nonce
from dashboards.views.parts import part_for
from dashboards.views.passwords import password_field
from dashboards.views.states import age
from dashboards.views.stops import draw_standing_stops
from dashboards.words import SECOND_PERSON, SIGN_HERE
from dashboards.words.deciding import (
    CHOOSE_LOT,
    DECIDE,
    HELD_FOR,
    LOT,
    NOTES,
    PASS_NEEDS_ALL,
    SAVE,
    WAITS,
)
from sql.record.transactions import Row
from sql.vocabulary import Decision, GateType


@part_for(Action.DECIDE)
def decision_form(
    gate: Row,
    waiting: Sequence[Row],
    held: Sequence[Row],
    zone: ZoneInfo,
    *,
    words: Mapping[str, Row],
    seen_of: Callable[[int, str | None], Sequence[Row]],
    limits_of: Callable[[int, str], Sequence[Row]],
    is_own_lot: Callable[[int, str | None], bool],
    needs_signature: Callable[[Row, str | None, Sequence[Row]], bool],
    on_lot: Callable[[int], None],
    on_click: Callable[[Row, str], None],
) -> None:
    """Draw the checklist and the decision.

    Args:
        gate: Where it is decided.
        waiting: The lots that wait there, oldest first.
        held: The lots on HOLD there.
        zone: In which times are read.
        words: The plant's own words for decisions, each with its name and what it counts as.
        seen_of: Tells from gate and lot which decisions stood about it when it was chosen.
        limits_of: Tells from gate and lot what the lot must keep there, and its latest results.
        is_own_lot: Tells from gate and lot whether the person registered the lot.
        needs_signature: Tells from gate, decision and those whether to ask for the password.
        on_lot: Called with the gate's id when somebody chose or scanned a lot.
        on_click: Called with the gate and the click's nonce when somebody saves.
    """
    number = gate["gate_id"]
    is_said = any(
        is_waiting(place) or is_outdated(place, about=in_hand(number))
        for place in (SCANNED, CHOSEN)
    )
    if is_said or st.session_state.get("qc_gate") != number:
        st.rerun()
    forget_another_lots(gate)
    st.markdown(DECIDE.format(gate=gate_words(gate)))
    _draw_lots(number, waiting, held, on_lot)
    lot_code = st.session_state[f"qc_lot_{number}"]
    limits = limits_of(number, lot_code) if lot_code is not None else []
    draw_limits(gate, lot_code, limits)
    seen = seen_of(number, lot_code)
    draw_standing_stops(seen, zone, at_gate=number)
    needs_another = gate["gate_type"] == GateType.BLOCKING and is_own_lot(number, lot_code)
    if needs_another:
        st.info(SECOND_PERSON, icon=":material/group:")
    ticked = [
        st.checkbox(item["en"], key=key)
        for item, key in zip(gate["checklist"], tick_keys(gate), strict=True)
    ]
    decision = choose_decision(f"qc_decision_{number}", words)
    draw_values(gate, limits, zone)
    st.text_area(NOTES, key=f"qc_notes_{number}", height=90)
    floor_time_fields(f"qc_{number}")
    unfinished = decision == Decision.PASS and not all(ticked)
    if unfinished:
        st.warning(PASS_NEEDS_ALL)
    is_anothers = needs_another and decision == Decision.PASS
    is_signed = needs_signature(gate, decision, seen) and not is_anothers
    fresh = nonce(f"qc_{number}")
    show(REFUSED, about=lot_code)
    with st.form(f"qc_sign_{number}", border=False):
        if is_signed:
            password_field(SIGN_HERE, f"qc_password_{number}", "current-password")
        st.form_submit_button(
            SAVE,
            type="primary",
            key=f"qc_save_{fresh}",
            on_click=on_click,
            args=(gate, fresh),
            disabled=unfinished or is_anothers,
        )


def _draw_lots(
    number: int, waiting: Sequence[Row], held: Sequence[Row], on_lot: Callable[[int], None]
) -> None:
    """Draw the choice of a lot: one that waits or is on HOLD, or any that is scanned."""
    choices = {
        row["lot_code"]: WAITS.format(lot=row["lot_code"], age=age(row["age_hours"]))
        for row in waiting
    }
    choices |= {
        row["lot_code"]: HELD_FOR.format(lot=row["lot_code"], age=age(row["age_hours"]))
        for row in held
    }
    scanned = st.session_state.get(f"qc_lot_{number}")
    codes = list(choices) if scanned is None or scanned in choices else [scanned, *choices]
    st.selectbox(
        LOT,
        codes,
        index=None,
        format_func=lambda code: choices.get(code) or code,
        key=f"qc_lot_{number}",
        accept_new_options=True,
        on_change=on_lot,
        args=(number,),
        placeholder=CHOOSE_LOT,
    )
