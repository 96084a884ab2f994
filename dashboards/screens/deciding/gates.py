"""Which gate a lot is decided at: where a HOLD or FAIL stands, else the one it waits at.

Whatever gate the screen has open. What stands about the lot as such is decided at gate 0: no gate.
"""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from dashboards.commands.refusals import BadValue
from dashboards.screens.deciding.seen import look_again
from dashboards.sessions.connections import record
from dashboards.views.decision_said import CHOSEN, SCANNED, gate_words
from dashboards.views.messages import say, say_problem
from dashboards.views.scans import lot_scanned
from dashboards.views.voided_lots import voided_said
from dashboards.words import NO_LOT
from dashboards.words.deciding import MOVED, NO_GATE, NOWHERE
from sql.errors import RecordUnavailable, TextNotKept
from sql.record.transactions import Row
from sql.vocabulary import Decision

GATE = "qc_gate"


def gate_to_decide(gates: Sequence[Row]) -> Row | None:
    """Choose where a lot is decided: where it is stopped, else where it waits, else the last.

    Args:
        gates: In the order a lot comes to them, each with the latest decision about it there, and
            whether the lot must pass it.
    """
    stops = [gate for gate in gates if gate["decision"] in (Decision.FAIL, Decision.HOLD)]
    needed = [gate for gate in gates if gate["is_needed"]] or gates
    waits = [gate for gate in needed if gate["decision"] != Decision.PASS]
    return next(iter(stops or waits or needed[-1:]), None)


def open_gate_of(lot_code: str, chosen_gate: int | None = None) -> None:
    """Open the gate that a lot is decided at, with the lot chosen; say why where it can't be.

    Where it can't be, no lot stays chosen: the form would go on about another than the one in hand.

    For callbacks: the choice of the gate is drawn after them.

    Args:
        lot_code: The lot, as it was scanned or chosen.
        chosen_gate: The gate at which somebody chose the lot; it stays open where it serves the
            lot. None: nobody chose one.
    """
    _choose_none()
    try:
        meant = lot_scanned(lot_code)
    except (BadValue, RecordUnavailable) as unclear:
        say_problem(unclear, place=SCANNED)
        return
    lot, gates, voided = None, [], None
    # A text that the record can't even be asked for is no lot's code.
    with suppress(TextNotKept), record().snapshot() as snapshot:
        lot = snapshot.one("lot_shown", lot_code=meant)
        gates = [] if lot is None else snapshot.all("gates_of_lot", lot_id=lot["lot_id"])
        voided = snapshot.one("lot_voided", lot_code=meant)
    if lot is None:
        words = NO_LOT.format(code=meant) if voided is None else voided_said(voided)
        say("warning", words, place=SCANNED)
        return
    code = lot["lot_code"]
    serving = {gate["gate_id"] for gate in gates}
    gate = gate_to_decide(gates)
    if gate is None:
        say("warning", NO_GATE.format(code=code), place=SCANNED)
        return
    for number in serving:
        look_again(number)
    if chosen_gate is not None and chosen_gate in serving:
        st.session_state[lot_key(chosen_gate)] = code
        return
    st.session_state[GATE] = gate["gate_id"]
    st.session_state[lot_key(gate["gate_id"])] = code
    _say_where(gate, code, is_moved=chosen_gate is not None)


def lot_key(gate_id: int | str) -> str:
    """Name the place where the lot chosen at a gate is kept."""
    return f"qc_lot_{gate_id}"


def _choose_none() -> None:
    """Have no lot chosen at any gate."""
    for key in [key for key in st.session_state if str(key).startswith(lot_key(""))]:
        st.session_state[key] = None


def _say_where(gate: Row, lot_code: str, *, is_moved: bool) -> None:
    """Say where a lot is decided, where that is not plain from the gate that opens."""
    if gate["decision"] == Decision.PASS:
        say("info", NOWHERE.format(code=lot_code), place=CHOSEN if is_moved else SCANNED)
    elif is_moved:
        say("warning", MOVED.format(code=lot_code, gate=gate_words(gate)), place=CHOSEN)
