"""What the decider has seen of a lot: noted when it is chosen, shown, and handed to the command.

It is not read anew while the form is filled in: a HOLD that somebody saves meanwhile would be shown
beside what was ticked before it, and lifted by it. The command finds it and refuses.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboards.commands.gate_values import values_asked
from dashboards.sessions.connections import record
from dashboards.sessions.current import person
from sql.record.transactions import Row


def seen_of(gate_id: int, lot_code: str | None) -> Sequence[Row]:
    """Return the decisions that stood about the lot when it was chosen at the gate."""
    noted = st.session_state.get(_place(gate_id))
    if noted is None or noted["lot"] != lot_code:
        standing, registered_by = _standing(lot_code)
        noted = {"lot": lot_code, "standing": standing, "registered_by": registered_by}
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


def is_own_lot(gate_id: int, lot_code: str | None) -> bool:
    """Tell whether the person registered the lot that was chosen at the gate."""
    seen_of(gate_id, lot_code)
    return st.session_state[_place(gate_id)]["registered_by"] == person().user_id


def look_again(gate_id: int) -> None:
    """Forget what was seen at the gate, so that the next drawing reads and shows it anew."""
    st.session_state.pop(_place(gate_id), None)


def _standing(lot_code: str | None) -> tuple[Sequence[Row], int | None]:
    """Read the latest decision at each gate of a lot and about it as such, and who registered it.

    Nothing of an unknown lot.
    """
    if not lot_code:
        return [], None
    with record().snapshot() as snapshot:
        lot = snapshot.one("lot_registered", lot_code=lot_code.strip())
        if lot is None:
            return [], None
        return snapshot.all("standing_decisions", lot_id=lot["lot_id"]), lot["operator_id"]


def _place(gate_id: int) -> str:
    """Name the place where it is noted."""
    return f"qc_seen_{gate_id}"
