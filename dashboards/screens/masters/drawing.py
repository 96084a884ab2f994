"""The forms about one row of master data, and its history."""

from collections.abc import Sequence

import streamlit as st

from dashboards.commands.master_kinds import KINDS, Master
from dashboards.screens.masters.saving import CHOSEN, add, change, close, form_of
from dashboards.sessions.connections import config
from dashboards.views.confirming import confirm_box
from dashboards.views.master_fields import MOMENTS, RETIRED, draw_fields, draw_moment, fill
from dashboards.views.master_rows import HISTORY, history
from dashboards.views.messages import show
from dashboards.views.once import nonce
from dashboards.views.tables import local, table
from dashboards.words.masters import (
    MASTER_ADD,
    MASTER_CHANGE,
    MASTER_CLOSE,
    MASTER_CLOSE_SAVE,
    MASTER_FIELDS,
    MASTER_HISTORY,
    MASTER_KEPT,
    MASTER_NEW,
    MASTER_NOW,
    MASTER_REASON,
    MASTER_SAVE,
    RUN_STATUSES,
)
from sql.record.transactions import Row
from sql.vocabulary import RunStatus


def draw_new(master: Master) -> None:
    """Draw the form that registers one."""
    form, code = form_of("new", master), KINDS[master].code
    with st.expander(MASTER_NEW[master]):
        show(form)
        with st.form(form):
            st.text_input(MASTER_FIELDS[code], key=f"{form}_code")
            draw_fields(form, master, leave_out=("status", *MOMENTS, RETIRED))
            if master is Master.RUN:
                draw_moment(form, "started_at", MASTER_NOW.format(what=MASTER_FIELDS["started_at"]))
            confirm_box(form)
            fresh = nonce(form)
            st.form_submit_button(
                MASTER_ADD[master], on_click=add, args=(master, fresh), key=f"{form}_save_{fresh}"
            )


def draw_change(master: Master, row: Row) -> None:
    """Draw the forms that change the chosen row, filled with what is known now."""
    zone, code = config().zone, row[KINDS[master].code]
    form = form_of("change", master)
    about = (master.value, code, row["revision_id"])
    if st.session_state.get(CHOSEN) != about or f"{form}_was" not in st.session_state:
        # Another row, one changed meanwhile, or a form that was not drawn for a while.
        fill(form, master, row, zone)
        st.session_state[CHOSEN] = about
    if row.get("status") == RunStatus.ACTIVE:
        _draw_close(code)
    with st.expander(MASTER_CHANGE.format(code=code), expanded=master is not Master.RUN):
        show(form, about=code)
        with st.form(form):
            st.caption(MASTER_KEPT)
            draw_fields(form, master)
            _draw_rest(form)
            fresh = nonce(form)
            st.form_submit_button(
                MASTER_SAVE, on_click=change, args=(master, fresh), key=f"{form}_save_{fresh}"
            )


def _draw_close(code: str) -> None:
    """Draw the form that closes an open run."""
    form = form_of("close", Master.RUN)
    with st.expander(MASTER_CLOSE.format(code=code), expanded=True):
        show(form, about=code)
        with st.form(form):
            st.selectbox(
                MASTER_FIELDS["status"],
                [RunStatus.COMPLETED, RunStatus.CANCELLED],
                key=f"{form}_status",
                format_func=RUN_STATUSES.__getitem__,
            )
            draw_moment(form, "ended_at", MASTER_NOW.format(what=MASTER_FIELDS["ended_at"]))
            _draw_rest(form)
            fresh = nonce(form)
            st.form_submit_button(
                MASTER_CLOSE_SAVE, on_click=close, args=(fresh,), key=f"{form}_save_{fresh}"
            )


def _draw_rest(form: str) -> None:
    """Draw why, and the question that the record asked."""
    st.text_input(MASTER_REASON, key=f"{form}_reason")
    confirm_box(form)


def draw_history(master: Master, row: Row, versions: Sequence[Row]) -> None:
    """Draw who changed what of the row, when and why."""
    zone = config().zone
    st.markdown(f"## {MASTER_HISTORY.format(code=row[KINDS[master].code])}")
    rows = history(master, versions, lambda moment: local(moment, zone))
    table(rows, HISTORY, zone, key="master_history", height="content")
