"""Traces, labels, suspects and exposure in English."""

DIRECTIONS = {"both": "Both ways", "back": "Back to origins", "forward": "Forward to customers"}

# A verdict, in the order it is said: by what the open things bear on, where there are any.
VERDICTS = {
    "complete": "✓ Complete: every lot that the record links is here, and every kilogram is known.",
    "whole": "✓ The list is whole: every lot that the record links is here.",
    "list": "⚠ Not complete: the list may lack lots, or name wrong ones:",
    "kilograms": "⚠ Not complete: not every kilogram is known:",
    "lots": "What else is known about these lots:",
}

GAPS = {
    "open_finding": "A rule about links or kilograms is broken, and nobody has settled it",
    "not_checked": "Something bears on it that the data-quality checks have not looked at",
    "circle": "A circle: a lot is recorded as its own ancestor, so shares are unknown",
    "unknown_quantity": "Kilograms of a link are unknown, so shares behind it are too",
    "unknown_weight": "The weight is unknown",
    "unknown_shipment": "Kilograms of a shipment are unknown",
    "lot_finding": "A rule about the lot itself is broken, and nobody has settled it",
    "late_link": "A parent was added more than a day after the lot was recorded",
}

ROW_DIRECTIONS = {"self": "this lot", "back": "← went in", "forward": "came out →"}

STANDINGS = {"finished": "finished", "in_process": "in process", "received": "as received"}

GRAPH_LEGEND = (
    "Left to right by stage; a line is as wide as its kilograms, dashed where they are unknown. "
    "○ circle: waiting · ✓ square: released · ‖ diamond: on HOLD · ✕ triangle: rejected · "
    "⇣ arrow: stopped by origin · ◷ pin: expired; framed: this lot. Drag and scroll to move and "
    "zoom; click a lot to open it or to trace from it."
)

LABEL_PARTS = {
    "gtin": "GTIN",
    "sscc": "pallet (SSCC)",
    "lot": "lot",
    "made": "made",
    "packed": "packed",
    "best_before": "best before",
    "expires": "use by",
    "serial": "serial",
    "count": "count",
    "lot_code": "its code",
    "lot_code_alike": "a code that looks like it",
    "supplier_lot_code": "supplier's lot",
    "document": "delivery document",
    "shipment_code": "shipment",
    "product": "product",
    "part_of_lot_code": "part of its code",
    "part_of_supplier_lot_code": "part of supplier's lot",
    "part_of_document": "part of a document",
}

LABEL_NOTES = {
    "check_digit": "The check digit is wrong: a digit may be misread. Looked for as it is.",
    "missing_fnc1": "The scan lacks a separator (FNC1), so where the lot ends can't be told. "
    "Choose the lot, or type it as printed.",
    "unreadable": "This looks like a scan, but it is no GS1 label. Looked for as text.",
    "other_product": "The label's GTIN is not this lot's product. Compare them before you go on.",
}

# What lots may have in their history (`sql.genealogy.common_ancestors`), with and without a detail.
TRAITS = {
    "lot": "{code} ({detail})",
    "run": "Run {code} ({detail})",
    "supplier": "Supplier {detail} ({code})",
    "supplier_lot": "Supplier's lot {code} ({detail})",
    "product": "Product {code} ({detail})",
    "gate_day": "Gate {code} on {detail}",
    "gate_stop": "{detail} at gate {code}",
}

TRAITS_BARE = TRAITS | {
    "lot": "{code}",
    "run": "Run {code}",
    "supplier": "Supplier {code}",
    "supplier_lot": "Supplier's lot {code}",
    "product": "Product {code}",
}

SUSPECT_GROUPS = "{first} and {more} with it"

SUSPECT_CHANCE = "1 in {count}"

SUSPECT_HARDLY = "under 1 in a billion"

CHANCE_HELP = "How rarely chance alone would do this. 1,000,000,000 stands for that or rarer."

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
EXPOSURE_BY_CODE = "By code: which lot is worst is not known"
EXPOSURE_UNKNOWN = "not known"
EXPOSURE_LEAST = "at least {least}"
EXPOSURE_AT_LEAST = (
    "Each figure is the least it can be: lots are missing from this edition's closure."
)
