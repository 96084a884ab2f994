"""A manager's form for a lot whose own code was mistyped: it goes on under the right one."""

import streamlit as st

from dashboards.commands.renames import rename_lot
from dashboards.screens.lot.acting import act, form_part
from dashboards.views.correction_forms import rename_form
from dashboards.views.passwords import take_password
from dashboards.words.renames import RENAME_DONE, RENAME_TITLE


def draw_rename_form() -> None:
    """Draw the form that corrects the lot's code, for whoever may correct."""
    with form_part(RENAME_TITLE, "rename"):
        rename_form(save_rename)


def save_rename(used: str) -> None:
    """Give the open lot the typed code, signed, and open it under that."""
    typed = st.session_state
    old, codes = st.query_params["lot"], []

    def renamed(new: str) -> str:
        codes.append(new)
        return RENAME_DONE.format(old=old, new=new)

    is_written = act(
        "rename",
        used,
        renamed,
        rename_lot,
        ["rename_code", "rename_reason"],
        password=take_password("rename_password"),
        lot_code=old,
        new_lot_code=typed["rename_code"],
        reason=typed["rename_reason"],
    )
    if is_written and codes:
        st.query_params["lot"] = codes[0]
