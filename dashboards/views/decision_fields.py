"""What the form of a decision holds: one lot's, and never another's.

With another lot chosen the form is empty: what was ticked and measured was about the lot before.
"""

from typing import Any

import streamlit as st

from dashboards.views.decision_values import value_keys
from dashboards.views.floor_time import floor_time_keys
from sql.record.transactions import Row

EMPTY = {"lot": None, "decision": None, "notes": ""}


def typed_at(gate: Row) -> dict[str, Any]:
    """Return what the form holds: lot, decision, notes, and each point ticked or not.

    For callbacks; the password and what was measured are taken apart from it.
    """
    typed = {name: st.session_state[f"qc_{name}_{gate['gate_id']}"] for name in EMPTY}
    return {**typed, "ticked": [st.session_state[key] for key in tick_keys(gate)]}


def empty_form(gate: Row) -> None:
    """Empty the form, so that the next lot starts with an unticked checklist."""
    st.session_state[f"qc_lot_{gate['gate_id']}"] = None
    _empty_but_lot(gate)


def forget_another_lots(gate: Row) -> None:
    """Empty the form where it was filled in for another lot than the one chosen now."""
    place, lot = f"qc_about_{gate['gate_id']}", st.session_state.get(f"qc_lot_{gate['gate_id']}")
    if st.session_state.get(place) not in (None, lot):
        _empty_but_lot(gate)
    st.session_state[place] = lot


def _empty_but_lot(gate: Row) -> None:
    """Empty every field but the lot's."""
    number = gate["gate_id"]
    fields = {f"qc_{name}_{number}": empty for name, empty in EMPTY.items() if name != "lot"}
    fields |= dict.fromkeys(value_keys(number), "")
    ticks = dict.fromkeys(tick_keys(gate), False)
    times = dict.fromkeys(floor_time_keys(f"qc_{number}"))
    st.session_state.update(fields | ticks | times)
    st.session_state.pop(f"qc_password_{number}", None)


def tick_keys(gate: Row) -> list[str]:
    """Name the ticks of the gate's checklist, in its order."""
    return [f"qc_check_{gate['gate_id']}_{at}" for at in range(len(gate["checklist"]))]
