"""Traces and exposure in English."""

DIRECTIONS = {"both": "Both ways", "back": "Back to origins", "forward": "Forward to customers"}

# A verdict, in the order it is said: by what the open things bear on, where there are any.
VERDICTS = {
    "complete": "✓ Complete: every lot that the record links is here, and every kilogram is known.",
    "whole": "✓ The list is whole: every lot that the record links is here.",
    "list": "⚠ Not complete: the list may lack lots, or name wrong ones:",
    "kilograms": "⚠ Not complete: not every kilogram is known:",
    "lots": "What else is known about these lots:",
}

# The same in a row of a file, where there is no room for what is open.
VERDICTS_STAMPED = {
    "complete": "Complete",
    "list": "Not complete: the list may lack lots",
    "kilograms": "Not complete: not every kilogram is known",
}

GAPS = {
    "not_found": "No lot carries this code, so nothing of it is traced",
    "not_taken": "The search offered it for what was typed, and it was not taken",
    "damaged_identifier": "An identifier of it was spoilt by a spreadsheet or misread, so lots may "
    "be missing behind it",
    "open_finding": "A rule about links or kilograms is broken, and nobody has settled it",
    "overdrawn": "More left the lot than it weighed: a code or a weight of it is wrong",
    "not_checked": "Something bears on it that the data-quality checks have not looked at",
    "circle": "A circle: a lot is recorded as its own ancestor, so shares are unknown",
    "unknown_quantity": "Kilograms of a link are unknown, so shares behind it are too",
    "unknown_weight": "The weight is unknown",
    "unknown_shipment": "Kilograms of a shipment are unknown, so at most the rest is on hand",
    "unknown_output": "Kilograms that went into another lot are unknown, so at most the rest is on "
    "hand",
    "lot_finding": "A rule about the lot itself is broken, and nobody has settled it",
    "found_later": "Found later, when facts that bear on it had been recorded since the moment "
    "asked about, so it may not have been so then: a rule is broken",
    "late_link": "A parent was added more than a day after the lot was recorded",
}

UNLISTED = ", and {matches} that no list had room for"

NO_LINKS = "No links of it are recorded. Add parents on the lot's screen."
NO_LINKS_THIS_WAY = "No links are recorded in this direction. Add parents on the lot's screen."

NOTHING_SHIPPED = (
    "Nothing of what was asked about, or of what was made from it, is recorded as shipped."
)

ROW_DIRECTIONS = {"self": "this lot", "back": "← went in", "forward": "came out →"}

STANDINGS = {"finished": "finished", "in_process": "in process", "received": "as received"}

GRAPH_LEGEND = (
    "Left to right by stage; a line is as wide as its kilograms, dashed where they are unknown. "
    "○ circle: waiting · ✓ square: released · ‖ diamond: on HOLD · ✕ triangle: rejected · "
    "⇣ arrow: stopped by origin · ◷ pin: expired; framed: this lot. Drag and scroll to move and "
    "zoom; click a lot to open it or to trace from it."
)

EXPOSURE_MEASURES = {
    "lots_count": "Lots",
    "customers_count": "Customers",
    "shipped_kg": "Shipped",
    "on_hand_kg": "Still here",
}

EXPOSURE_UNITS = {
    "lots_count": "lots",
    "customers_count": "customers",
    "shipped_kg": "kg",
    "on_hand_kg": "kg",
}

EXPOSURE_WORST_FIRST = "Worst first"
EXPOSURE_AS_KNOWN = "In the order of the kilograms known: a lot may be worse than it stands here."
EXPOSURE_BY_CODE = "By code: which lot is worst is not known"
EXPOSURE_UNKNOWN = "not known"
EXPOSURE_LEAST = "at least {least}"
EXPOSURE_AT_LEAST = (
    "Each figure is the least it can be: lots are missing from this edition's closure."
)
