"""Labels and searches in English."""

LABEL_PARTS = {
    "gtin": "GTIN",
    "sscc": "pallet (SSCC)",
    "lot": "lot",
    "made": "made",
    "packed": "packed",
    "best_before": "best before",
    "expires": "use by",
    "net_kg": "net weight",
    "serial": "serial",
    "count": "count",
    "lot_code": "its code",
    "lot_code_alike": "a code that looks like it",
    "label_code": "its label",
    "printed_code": "printed code",
    "supplier_lot_code": "supplier's lot",
    "former_lot_code": "the code it had before",
    "document": "delivery document",
    "shipment_code": "shipment",
    "supplier": "supplier",
    "customer": "customer",
    "product": "product",
    "tail_lot_code": "its code, with words in front",
    "tail_printed_code": "printed code, with words in front",
    "tail_supplier_lot_code": "supplier's lot, with words in front",
    "tail_former_lot_code": "the code it had before, with words in front",
    "tail_document": "a document, with words in front",
    "part_of_lot_code": "part of its code",
    "part_of_printed_code": "part of printed code",
    "part_of_supplier_lot_code": "part of supplier's lot",
    "part_of_former_lot_code": "part of the code it had before",
    "part_of_document": "part of a document",
    "part_of_supplier": "part of supplier's name",
    "part_of_customer": "part of customer's name",
    "part_of_product": "part of product",
}

LABEL_NOTES = {
    "check_digit": "The check digit is wrong: a digit may be misread.",
    "missing_fnc1": "The scan lacks a separator (FNC1), so where the lot ends can't be told. "
    "Type the lot as it is printed.",
    "no_such_day": "A date on the label is no day of the calendar. Read it off the label.",
    "unreadable": "This looks like a scan, but it is no GS1 label.",
    "long_lot": "The label's lot is longer than 20 characters, which doesn't fit AI 10 of GS1. "
    "Print its label with the lot's short code.",
    "other_product": "The label's GTIN is not this lot's product. Compare them before you go on.",
}

# What a search did with such a label; a form that a label fills looks for nothing.
LABEL_SOUGHT = {
    "check_digit": "Looked for as it is.",
    "missing_fnc1": "Or choose it from what may be meant.",
    "unreadable": "Looked for as text.",
}

LABEL_TITLE = "Label {code}"
LABEL_HELP = (
    "Scan it or type its code in any box that takes a lot; capitals and spaces don't matter."
)
LABEL_PRINT = "Print the label (PDF)"

# A search whose answer is for a person to choose from.
SEARCH_PLACEHOLDER = (
    "Scan or type: lot, supplier's lot, product, partner, GTIN, pallet, document, or a part"
)
SEARCH_NOTHING = (
    "Nothing matches {typed}: no lot, supplier's lot, product, partner, GTIN, pallet or document. "
    "Type less of it, or look at the Lots screen."
)
SEARCH_OFFER = "{typed} may mean {count}. Choose one or several; nothing is traced until you do."
SEARCH_BY_KEYS = (
    "By keyboard: arrows go along, Shift+Space ticks a lot, Tab leads on to the buttons."
)
SEARCH_CAPPED = "{first} are listed; type more to see the others."
SEARCH_FOUND = "Found {lot} by {by}."
SEARCH_BESIDE = "{count} match {typed} only in part, or by its GTIN alone (not traced)"
SEARCH_TAKEN = "Chosen: {taken} of {count} that {typed} may mean."
SEARCH_MORE_VOIDED = "{count} match; type more of the code."
SEARCH_LIST = "Scan or paste lots, one a line"
SEARCH_AGAIN = "Choose again"
SEARCH_TRACED_WITH = "Traced with them: {lots}"
SEARCH_TRACE_ALL = "Trace all {count} together"
SEARCH_TRACE = "Trace {lots}"
SEARCH_TRACE_CHOSEN = "Trace the chosen lots"
SEARCH_LABEL = "Lot, product, partner, delivery or scan"
SEARCH_SEVERAL = "Several lots"
SEARCH_FIND_LIST = "Find these lots"
LABEL_READ = "Read as a GS1 label: {parts}"
LABEL_READ_AS = "Read as {part} {typed}"
LABEL_UNKNOWN_PART = "AI {number}"
