"""What is said of a lot that its origin stops, that waits, or that has expired, in English."""

ASSESS_REASON = "Why it may be used and shipped, 10 characters or more"

DAMAGE_FOLLOWS = "A trace through this lot is not complete."
DEVIATION_SAID = (
    "Outside its limit, and no HOLD or FAIL answers it: {results}. Hold the lot? Press Decide."
)
READING_DONE = "The reading is recorded."
READING_UNJUDGED = (
    "The reading is recorded. No limit says what it should be: if one should, look at what was "
    "measured, its unit and its gate."
)
READING_HOLDS = "The reading is recorded, and the lot is on HOLD for it: {why}"
STOPPED_SAID = (
    "Stopped by its origin: neither to be used nor shipped. It was made from what is listed here."
)
EXPIRY_REASON = "Only if the lot has expired: why, 10 characters or more"
EXPIRE_BEFORE = "First to expire, first to go. Before this lot expire, and are here: {lots}."
EXPIRED_SAID = (
    "Expired: its last day was {day}. It is neither used nor shipped unless a manager says why."
)
STOPPED_LIST = (
    "Made from a lot on HOLD or rejected: neither to be used nor shipped. A manager assesses each "
    "on its own screen, under Lots."
)
COME_BACK_LIST = (
    "Nobody has decided since about what is listed: it is neither used nor shipped, whatever the "
    "lot's state says of the rest. Scan the lot, then PASS, HOLD or FAIL it."
)
WAITING_IN_ALL = "{lots} waiting in all, as of now; Quality counts them as of its edition."
NO_GATE_SERVES = " Of them {lots}: no gate serves the type."
WAYS_OUT = {
    "hold": "On HOLD. To lift it, decide again: press Decide. ",
    "rejected": "Rejected. To lift that, decide again: press Decide. ",
    "stopped": "Stopped by its origin. To let it go all the same, assess it above. ",
}
WAYS_TO_MEND = (
    "Below: Correct restates a wrong value, Void takes back what never was, and Withdraw takes "
    "back a decision that was made in error."
)
WAITS_SAID = "Waits for {gates}."
