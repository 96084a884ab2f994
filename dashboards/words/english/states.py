"""States, roles and signatures in English, and the sentences several screens say."""

from typing import Literal

Colour = Literal["gray", "green", "orange", "red"]

DISPOSITIONS: dict[str, tuple[str, str, Colour]] = {
    "released": ("✓", "Released", "green"),
    "pending": ("○", "Waiting", "gray"),
    "expired": ("◷", "Expired", "orange"),
    "stopped": ("⇣", "Stopped by origin", "orange"),
    "hold": ("‖", "On HOLD", "orange"),
    "rejected": ("✕", "Rejected", "red"),
}

DECISIONS: dict[str, tuple[str, str, Colour]] = {
    "PASS": ("✓", "PASS", "green"),
    "HOLD": ("‖", "HOLD", "orange"),
    "FAIL": ("✕", "FAIL", "red"),
}

# The last column of a drawn trace is for lots without a type.
NO_TYPE = "–"
TYPELESS = "no type"


def type_words(lot_type: str, name: str) -> str:
    """Say a type of lots with its name."""
    return f"{lot_type} · {name}"


ROLES = {
    "ADMIN": "Administrator",
    "MANAGER": "Manager",
    "AUDITOR": "Auditor",
    "OPERATOR": "Operator",
    "VIEWER": "Viewer",
}

EVIDENCE = {True: "✕ stands out", False: "– may be chance"}

WITHIN = {True: "✓ within", False: "✕ outside", None: "– no limit", "unsaid": "? can't be said"}

ACCOUNT = {True: "✓ on", False: "✕ off"}

EXPIRED = {True: "✕ expired"}

BALANCE = {True: "✕ gives out more than it has", False: "‖ yield or balance off"}

TICKS = {True: "✓", False: "☐"}

SIGN_HERE = "Your password, to sign"

SECOND_PERSON = "You registered this lot yourself: somebody else has to pass it at this gate."

SIGNED = {
    "RELEASE": "release",
    "PASS": "passes the gate, which lets the lot go nowhere yet",
    "LIFT": "lifts a HOLD or FAIL",
    "REJECT": "rejects the lot",
    "HOLD": "holds what is here",
    "WITHDRAW": "withdraws a decision",
    "ASSESS": "lets the lot be used in spite of its origin",
    "DESTROY": "destroys the rejected lot",
    "REWORK": "uses the stopped lot",
    "RENAME": "takes it over from the lot's earlier code",
}

AS_SUCH = "the lot as such"
STOPS_HERE = "{stop}. A PASS here lifts it, signed by a manager."
STOPS_ELSEWHERE = "{stop}. A decision here leaves that as it is: the lot stays stopped."
HELD_AS_SUCH = (
    "Held at no gate: from a trace or a list, or for a result outside its limit. A PASS at a gate "
    "leaves these on HOLD."
)
HOLD_TOO = (
    "{lots} here on HOLD at a gate already: held as a whole with the others, so that a PASS at the "
    "gate doesn't free what the recall holds."
)
LIMITS_OF_LOT = "Lot {lot} must keep: {limits}."
NO_LIMITS = "No limit is in force here for lot {lot}."
STATE_AFTER = "The lot is now: {state}."

SIGNED_BY = {"PASSWORD": "password", "TOKEN": "program's token"}

NO_EDITION = (
    "No edition yet. Boards read a published edition of the record: press **Run now** on the "
    "Data quality screen, or run `lotline refresh`."
)
