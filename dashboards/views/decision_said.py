"""What is said of a decision that was written, and how the gate it stands at is named."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands.process.differences import bounds_said
from dashboards.commands.repeats import Answer
from dashboards.views.states import decision_words, disposition_words
from dashboards.words import AS_SUCH, LIMITS_OF_LOT, NO_LIMITS, SIGNED, STATE_AFTER, measured_words
from dashboards.words import deciding as words
from sql.record.transactions import Row

# Where an answer stands: under the scan box, which comes into view with it; above the button, where
# it was refused; above the form, of a lot that was chosen in it.
SCANNED, REFUSED, CHOSEN = "qc", "qc_refused", "qc_chosen"


def in_hand(gate_id: int | None) -> tuple[int | None, str | None]:
    """Return what the screen is about now, the open gate and the lot chosen at it, if any."""
    return gate_id, st.session_state.get(f"qc_lot_{gate_id}")


def done_words(gate: Row, typed: Mapping[str, Any], answer: Answer, disposition: str) -> str:
    """Say what was written, what its signature means, what stood before, and the lot's state."""
    word = typed["decision"]
    own = "" if word == answer.body["decision"] else f" ({word})"
    decided = decision_words(answer.body["decision"])
    done = words.DONE.format(decided=decided, own=own, lot=typed["lot"], gate=gate_words(gate))
    meaning = answer.body["meaning"]
    signed = (
        words.DONE_SIGNED.format(name=answer.body["by"], meaning=SIGNED[meaning]) if meaning else ""
    )
    before = words.DONE_BEFORE.format(before=answer.body["before"]) if answer.body["before"] else ""
    after = f" {STATE_AFTER.format(state=disposition_words(disposition))}"
    again = words.ALREADY_SAVED if answer.is_repeat else ""
    return again + done + signed + before + after


def kind_of(disposition: str) -> str:
    """Return how the answer is coloured: as the lot stands now, not as the saving went."""
    return {"released": "success", "hold": "warning", "rejected": "warning"}.get(
        disposition, "info"
    )


def gate_words(gate: Row) -> str:
    """Name the gate as people do; gate 0, no gate: the lot as such."""
    return (
        words.GATE_NAMED.format(number=gate["gate_number"], name=gate["name_en"])
        if gate["gate_id"]
        else AS_SUCH
    )


def limits_said(lot_code: str, limits: Sequence[Row]) -> str:
    """Say what a lot must keep at a gate; where nothing is in force for it, say that."""
    if not limits:
        return NO_LIMITS.format(lot=lot_code)
    said = [f"{measured_words(one['characteristic'])} {_bounds(one)}" for one in limits]
    return LIMITS_OF_LOT.format(lot=lot_code, limits=" · ".join(said))


def _bounds(limit: Row) -> str:
    """Say what a limit asks for; a unit that only repeats what is measured, such as pH, once."""
    is_named = limit["unit"] == limit["characteristic"]
    return bounds_said({**limit, "unit": ""} if is_named else limit)
