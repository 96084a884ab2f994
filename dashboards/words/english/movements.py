"""What is said of movements: waste, samples, what is destroyed, comes back or is counted."""

MOVEMENT_KINDS = {
    "WASTE": "Waste",
    "SAMPLE": "Sample",
    "DESTROYED": "Destroyed",
    "SENT_BACK": "Sent back",
    "DONATED": "Given away",
    "RETURNED": "Returned by a customer",
    "DOWNGRADED": "Downgraded",
    "COUNTED": "Counted",
}
# What each asks for, said under the choice.
MOVEMENT_HINTS = {
    "WASTE": "Trimmed off, spilled or spoilt: it leaves the lot.",
    "SAMPLE": "Taken for a laboratory or a taster: it leaves the lot.",
    "DESTROYED": "Made away with. Of a stopped lot a manager says so; of a rejected one, signed.",
    "SENT_BACK": "Goes back to its supplier.",
    "DONATED": "Leaves for people, so it asks what shipping asks.",
    "RETURNED": "On hand again. It is neither used nor shipped before somebody decides about the "
    "lot.",
    "DOWNGRADED": "Stays on hand, and so much may no longer be shipped as this lot.",
    "COUNTED": "All that was found of the lot at that time, packed or loose. It takes the place of "
    "what the record made of it; the difference is listed.",
}
# Headings of columns.
MOVED_COLUMNS = {
    "place_code": "Place code",
    "place_kind": "Kind",
    "site_name": "Site",
    "from_place": "From",
    "to_place": "To",
    "at_place": "There",
    "moved": "How much",
    "is_retired": "Retired",
    "kind": "What happened",
    "is_counted": "Counted",
    "difference_kg": "Difference, kg",
    "partner_name": "With whom",
    "moved_out_kg": "Wasted, sampled and the like, kg",
    "returned_kg": "Came back, kg",
    "away_kg": "With customers, kg",
    "counted_difference_kg": "Counted difference, kg",
    "quantity_check": "Quantity check",
}
MOVE_KIND = "What happened"
MOVE_NO_KIND = "Choose what happened"
MOVE_KG = "Kilograms (empty: unknown)"
MOVE_COUNT_PACKED = "{kilograms} of it stand packed: count them too."
MOVE_COUNT_UNWEIGHED = "Some of it stands packed, unweighed: count that too."
MOVE_FOUND_KG = "Kilograms found"
MOVE_WHY = "Reason, 10 characters or more"
MOVE_WHY_OR_NOT = "Reason (may be empty)"
MOVE_PLACE_LEFT = "It left (empty: wherever it stands)"
MOVE_PLACE_TO = "It was put (empty: nobody says)"
MOVE_LINE = "Shipment it came back of"
MOVE_LINE_SAID = "{shipment} to {customer} · {shipped}, {returned} came back"
MOVE_LINE_UNTOUCHED = "{shipment} to {customer} · {shipped}"
MOVE_NOTHING_SHIPPED = "Nothing of this lot was shipped, so nothing can come back."
MOVE_GOT_BY = "Who got it"
MOVE_GOT_BY_SUPPLIER = "Who got it (empty: the lot's supplier)"
MOVE_SAVE = "Record it"
MOVE_SAVED = "{kind}: recorded."
MOVE_CHOOSE = "Choose what happened first."
MOVE_CHOOSE_LINE = "Choose the shipment that it came back of."
NOTHING_MOVED = "Nothing else happened to it: no waste, sample, return or count is recorded."

YES_OR_NO = {True: "yes", False: "no"}
MOVED_TITLE = "What else happened ({count})"
MOVED_LINES = "What else happened to these lots: {count}"
CAME_BACK = " {amount} of that came back."
RETURN_UNDECIDED = (
    "{kg} came back from a customer, and nobody has decided about it since: it is neither to be "
    "used nor shipped. Press Decide."
)
REWORK_TITLE = "Rework or split"
REWORK_SAID = (
    "Into a lot that is registered already and of which nothing has gone on. It starts on HOLD; "
    "this one stays as it is."
)
REWORK_INTO = "Lot it goes into"
REWORK_SCAN = "Scan or type its code"
REWORK_SAVE = "Use it"
REWORK_SAVED = "It is recorded in lot {child}, which is on HOLD; signed."
ACCOUNTED_SAID = "Accounted for: {percent} ({check})."
QUANTITY_CHECKS = {
    "passed": "✓ within the band",
    "failed": "✕ outside the band",
    "incomplete": "○ incomplete: the rest was not counted",
}
ACCOUNTED_NOTHING = "Nothing of it has been used, shipped or taken, and nobody has counted it."
ACCOUNTED_UNKNOWN = "Accounted for: unknown, for not all of its kilograms are known."
COUNT_DIFFERENCE = "Counts found {kg} {more} than the record had."
