"""What people read: state words, column headings and the sentences that several screens say.

One place, so that another language is another module with the same names. Codes that go into
the record (PASS, RAW, ADMIN) stay as they are printed on the plant's own papers.
"""

DISPOSITIONS = {
    "pending": ("○", "Waiting", "gray"),
    "released": ("✓", "Released", "green"),
    "hold": ("‖", "On HOLD", "orange"),
    "rejected": ("✕", "Rejected", "red"),
}

DECISIONS = {
    "PASS": ("✓", "PASS", "green"),
    "HOLD": ("‖", "HOLD", "orange"),
    "FAIL": ("✕", "FAIL", "red"),
}

LOT_TYPES = {
    "RAW": "RAW · received",
    "DEB": "DEB · deboned",
    "BULK": "BULK · buffer",
    "MIX": "MIX · mixed",
    "SKW": "SKW · skewered",
    "FRZ": "FRZ · frozen",
    "FG": "FG · finished",
}

ROLES = {
    "ADMIN": "Administrator",
    "MANAGER": "Manager",
    "AUDITOR": "Auditor",
    "OPERATOR": "Operator",
    "VIEWER": "Viewer",
}

SIGN_HERE = "Your password, to sign"

SIGNED = {
    "RELEASE": "release",
    "LIFT": "lifts a HOLD or FAIL",
    "REJECT": "rejects the lot",
    "WITHDRAW": "withdraws a decision",
}

SIGNED_BY = {"PASSWORD": "password", "TOKEN": "program's token"}

DIRECTIONS = {"both": "Both ways", "back": "Back to origins", "forward": "Forward to customers"}

GAPS = {
    "circle": "A circle: a lot is recorded as its own ancestor, so shares are unknown",
    "unknown_quantity": "Kilograms of a link are unknown, so shares behind it are too",
    "unknown_weight": "The weight is unknown",
    "unknown_shipment": "Kilograms of a shipment are unknown",
    "open_finding": "A rule is broken, and nobody has settled it",
    "late_link": "A parent was added more than a day after the lot was recorded",
    "not_checked": "Newer than the last data-quality checks",
}

ROW_DIRECTIONS = {"self": "this lot", "back": "← went in", "forward": "came out →"}

GRAPH_LEGEND = (
    "Left to right by stage; a line is as wide as its kilograms, dashed where they are unknown. "
    "○ circle: waiting · ✓ square: released · ‖ diamond: on HOLD · ✕ triangle: rejected; framed: "
    "this lot. Drag and scroll to move and zoom; click a lot to open it or to trace from it."
)

LABEL_PARTS = {
    "gtin": "GTIN", "sscc": "pallet (SSCC)", "lot": "lot", "made": "made", "packed": "packed",
    "best_before": "best before", "expires": "use by", "serial": "serial", "count": "count",
    "lot_code": "its code", "lot_code_alike": "a code that looks like it",
    "supplier_lot_code": "supplier's lot", "document": "delivery document",
    "shipment_code": "shipment", "product": "product", "part_of_lot_code": "part of its code",
    "part_of_supplier_lot_code": "part of supplier's lot",
    "part_of_document": "part of a document",
}  # fmt: skip
LABEL_NOTES = {
    "check_digit": "The check digit is wrong: a digit may be misread. Looked for as it is.",
    "missing_fnc1": "The scan lacks a separator (FNC1), so where the lot ends can't be told. "
    "Choose the lot, or type it as printed.",
    "unreadable": "This looks like a scan, but it is no GS1 label. Looked for as text.",
    "other_product": "The label's GTIN is not this lot's product. Compare them before you go on.",
}

# What lots may have in their history (`sql.common_ancestors`), with and without a detail.
TRAITS = {
    "lot": "{code} ({detail})", "run": "Run {code} ({detail})",
    "supplier": "Supplier {detail} ({code})", "supplier_lot": "Supplier's lot {code} ({detail})",
    "product": "Product {code} ({detail})", "gate_day": "Gate {code} on {detail}",
    "gate_stop": "{detail} at gate {code}",
}  # fmt: skip
TRAITS_BARE = TRAITS | {
    "lot": "{code}", "run": "Run {code}", "supplier": "Supplier {code}",
    "supplier_lot": "Supplier's lot {code}", "product": "Product {code}",
}  # fmt: skip
SUSPECT_GROUPS = "{first} and {more} with it"
SUSPECT_CHANCE = "1 in {count}"
SUSPECT_HARDLY = "under 1 in a billion"

EXPOSURE_MEASURES = {"lots_count": "Lots", "customers_count": "Customers",
                     "shipped_kg": "Shipped", "on_hand_kg": "Still here"}  # fmt: skip
EXPOSURE_UNITS = {"lots_count": "lots", "customers_count": "customers", "shipped_kg": "kg",
                  "on_hand_kg": "kg"}  # fmt: skip

COLUMNS = {
    "matched_by": "Found by",
    "received_on": "Received",
    "lots_count": "Lots",
    "customers_count": "Customers",
    "days_spread": "Days spread",
    "steps_furthest": "Steps",
    "unknown_count": "Unknown",
    "first_day": "From",
    "last_day": "To",
    "days_count": "Days",
    "links_count": "Links",
    "carried_kg": "Carried over, kg",
    "lot_types": "Types",
    "rank": "#",
    "suspect": "Suspect",
    "evidence": "Evidence",
    "bad_share": "Bad lots with it",
    "good_share": "Others with it",
    "lift": "Lift",
    "chance": "By chance",
    "corrected_chance": "Corrected",
    "suspicion": "Suspicion",
    "weight": "Suspicion",
    "bits": "Bits",
    "lot_code": "Lot",
    "what": "What is open",
    "lot_type": "Type",
    "disposition": "State",
    "product_code": "Product",
    "product_name": "Product name",
    "weight_kg": "Weight, kg",
    "left_kg": "Left, kg",
    "quantity_kg": "Quantity, kg",
    "suspect_kg": "Suspect, kg",
    "suspect_on_hand_kg": "Suspect on hand, kg",
    "suspect_shipped_kg": "Suspect shipped, kg",
    "is_late": "Added late",
    "inputs_kg": "Went in, kg",
    "into_children_kg": "Into lots, kg",
    "shipped_kg": "Shipped, kg",
    "on_hand_kg": "On hand, kg",
    "supplier_name": "Supplier",
    "supplier_lot_code": "Supplier's lot",
    "happened_at": "When",
    "held_at": "Held since",
    "recorded_at": "Added",
    "last_login": "Last sign-in",
    "age_hours": "Age",
    "hours": "Age",
    "gate_number": "Gate",
    "gate_name": "Gate name",
    "decision": "Decision",
    "temperature_c": "°C",
    "notes": "Notes",
    "decided_by": "By",
    "recorded_by": "By",
    "characteristic": "Measured",
    "value": "Value",
    "unit": "Unit",
    "lower_bound": "At least",
    "upper_bound": "At most",
    "within": "Limit",
    "signature": "Signed",
    "withdrawn": "Withdrawn",
    "written_by": "By",
    "action": "Did",
    "table_name": "What",
    "face": "Through",
    "address": "From",
    "reason": "Reason",
    "voided_by": "Voided by",
    "voided_at": "Voided",
    "parent_lot_code": "From lot",
    "child_lot_code": "Into lot",
    "entry_id": "Entry",
    "change": "Since then",
    "direction": "Way",
    "steps": "Steps",
    "share": "Share",
    "shipments_count": "Shipments",
    "shipment_code": "Shipment",
    "customer_code": "Customer code",
    "customer_name": "Customer",
    "document": "Document",
    "sscc": "Pallet (SSCC)",
    "phone": "Phone",
    "email": "E-mail",
    "full_name": "Name",
    "role": "Role",
    "is_active": "Account",
    "accounted_ratio": "Accounted",
    "yield_ratio": "Yield",
    "unknown_quantities_count": "Unknown weights",
    "gives_out_too_much": "Finding",
}

EVIDENCE = {True: "✕ stands out", False: "– may be chance"}
WITHIN = {True: "✓ within", False: "✕ outside", None: "– none set"}
ACCOUNT = {True: "✓ on", False: "✕ off"}
BALANCE = {True: "✕ gives out more than it has", False: "‖ yield or balance off"}

NO_EDITION = (
    "No edition yet. Boards read a published edition of the record: press **Run now** on the "
    "Data quality screen, or run `lotline refresh`."
)
