"""What the screen of productions says, in English."""

TITLE = "Productions"
RECORD = "Record a production"
RECORDED_TITLE = "Recorded productions"
NOT_RECORDER = "Your role reads productions. An operator, manager or administrator records them."
CODE = "Production code"
CODE_HELP = "The event's own, such as the vat and the day"
RUN = "Production run"
PLACE = "Line, vat or place (may stay empty)"
WENT_IN = "What went in"
NOTHING_IN = "Nothing chosen yet: find each lot that went in, and add it."
CAME_OUT = "What came out"
OUTPUT_CODE = "Lot code of what came out"
OUTPUT_KG = "Kilograms out"
KIND = "It is"
KINDS = {
    "MAIN": "Main product",
    "CO_PRODUCT": "Co-product",
    "BY_PRODUCT": "By-product",
    "INPUT": "Went in",
}
ADD_OUTPUT = "Add another lot that came out"
WASTE = "Waste, kg (empty: nobody said)"
ALLOTTED = (
    "Each lot that went in is shared among the lots that came out by their mass. Where one of "
    "several was not weighed, how much went into each is unknown."
)
WASTE_NOT_SAID = "not said"
BALANCE = "In {inputs} · out {outputs} · waste {waste} · {left}"
UNACCOUNTED = {
    "left": "{kilograms} not accounted for",
    "even": "all accounted for",
    "beyond": "{kilograms} more than went in",
}
BALANCE_UNKNOWN = "Whether it adds up is unknown: not every lot has its kilograms."
SAVED = "Production {code} is recorded, with its lots and links."
RECORDED = "Already saved. "
NO_PRODUCTIONS = "No production is recorded. Record one above, or import productions.csv."
SEARCH = "Find by part of a code"
SHOWN_FIRST = "The newest {count} are shown; search for an older one."
VOID = "Void this production"
VOID_CAPTION = (
    "For what was recorded by mistake. Its links are voided with it; its lots stay, and can be "
    "voided on their own screens."
)
VOIDED = "Production {code} is voided, with its links."
NONE = "None"
PRODUCT = "Product"
USE_BY = "Use by"
REMOVE = "Remove"
OPEN_LOT = "Open {lot}"
PRODUCTION_COLUMNS = {
    "production_code": "Production",
    "made_in": "Place",
    "inputs_count": "Lots in",
    "outputs_count": "Lots out",
    "outputs_kg": "Came out, kg",
    "waste_kg": "Waste, kg",
    "part_of": "It is",
}
