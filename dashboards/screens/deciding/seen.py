"""What the decider has seen of a lot: noted when it is chosen, shown, and handed to the command.

It is not read anew while the form is filled in: a HOLD that somebody saves meanwhile would be shown
beside what was ticked before it, and lifted by it. The command finds it and refuses.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboards.commands.gate_values import values_asked
from dashboards.sessions.connections import record
from sql.record.transactions import Row


def seen_of(gate_id: int, lot_code: str | None) -> Sequence[Row]:
    """Return the decisions that stood about the lot when it was chosen at the gate."""
    noted = st.session_state.get(_place(gate_id))
    if noted is None or noted["lot"] != lot_code:
        noted = {"lot": lot_code, "standing": _standing(lot_code)}
        st.session_state[_place(gate_id)] = noted
    return noted["standing"]


def limits_of(gate_id: int, lot_code: str) -> Sequence[Row]:
    """Return what the lot must keep at the gate, as in force now, with its latest results there.

    Nothing without a gate, or of an unknown lot.
    """
    with record().snapshot() as snapshot:
        lot_id = snapshot.value("lot_id_by_code", lot_code=lot_code.strip())
        if lot_id is None:
            return []
        return values_asked(snapshot, gate_id or None, lot_id, datetime.now(UTC))


def look_again(gate_id: int) -> None:
    """Forget what was seen at the gate, so that the next drawing reads and shows it anew."""
    st.session_state.pop(_place(gate_id), None)


def _standing(lot_code: str | None) -> Sequence[Row]:
    """Read the latest decision at each gate of a lot and about it as such; none of an unknown."""
    if not lot_code:
        return []
    with record().snapshot() as snapshot:
        lot_id = snapshot.value("lot_id_by_code", lot_code=lot_code.strip())
        return [] if lot_id is None else snapshot.all("standing_decisions", lot_id=lot_id)


def _place(gate_id: int) -> str:
    """Name the place where it is noted."""
    return f"qc_seen_{gate_id}"
