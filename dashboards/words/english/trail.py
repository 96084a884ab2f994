"""What the tables of the trail are called in English."""

TABLES = {
    "users": "People",
    "sign_ins": "Sign-ins",
    "sign_in_failures": "Failed sign-ins",
    "products": "Products",
    "partners": "Partners",
    "production_runs": "Production runs",
    "product_revisions": "Changed products",
    "partner_revisions": "Changed partners",
    "run_revisions": "Changed runs",
    "process_versions": "Versions of the process",
    "lot_types": "Lot types",
    "lot_type_revisions": "Changed lot types",
    "phases": "Phases",
    "phase_revisions": "Changed phases",
    "qc_gates": "Gates",
    "gate_revisions": "Changed gates",
    "gate_limits": "Limits",
    "process_rules": "Rules of the process",
    "process_settings": "Bounds",
    "decision_words": "Words for decisions",
    "run_requests": "Run requests",
    "dagster_acts": "Acts on Dagster's pages",
    "import_mappings": "Import mappings",
    "lots": "Lots",
    "lot_corrections": "Corrections of lots",
    "productions": "Productions",
    "production_inputs": "Inputs of productions",
    "production_outputs": "Outputs of productions",
    "production_voids": "Voided productions",
    "lot_genealogy": "Links",
    "link_voids": "Voided links",
    "shipment_voids": "Voided shipments",
    "movements": "Movements",
    "movement_voids": "Voided movements",
    "packings": "Packed and unpacked",
    "packing_voids": "Voided packing",
    "places": "Places",
    "place_revisions": "Changed place",
    "moves": "Moved to places",
    "move_voids": "Voided move",
    "imports": "Imported",
    "rows_set_aside": "Set aside in an import",
    "set_aside_ends": "No longer set aside",
    "reading_voids": "Voided readings",
    "lot_voids": "Voided lots",
    "readings": "Readings",
    "qc_decisions": "Decisions",
    "decision_withdrawals": "Withdrawn decisions",
    "origin_assessments": "Assessments",
    "decision_signatures": "Signatures",
    "finding_settlements": "Settled findings",
    "shipments": "Shipments",
}

VERIFYING = "Verifying every entry and every fact …"
NO_ENTRY = "No entry matches. Search for less, or for all days."
ENTRY = "entry"
ENTRIES = "entries"
NEWEST_FIRST = "{count} {entries}, newest first. Tick one to see what it changed."
NARROW = "To download, search for at most {most} entries: narrow the days."
ENTRIES_CSV = "Entries as CSV"
TITLE = "Audit trail"
NOT_READER = "Administrators and auditors read the trail. Ask one of them."
LEAD = (
    "Every write: who, when, from where and why. Entries are chained by hash, so a change made "
    "behind the trail can't be prevented, but verifying finds it."
)
VERIFY = "Verify the whole trail now"
SEARCH = "Search"
SEARCH_FOR = "Lot code, reason, any value"
WHAT = "What"
ALL = "All"
WHO = "Who"
ANYBODY = "Anybody"
DAYS = "From and to"
ENTRY_TITLE = "## Entry {entry_id}"
ENTRY_HASH = "Hash {hash}"
SKIPPED = " ({count} of other databases skipped)"
WHOLE = (
    "✓ Whole at {when}: {entries} entries, every fact as written, {anchors} anchors met{skipped}. "
    "Head {head}…"
)
NOT_WHOLE = "✕ Not whole at {when}: {breaks}. Call your administrator."
MORE_BREAKS = "and {count} more: `lotline audit verify`"
ACTIONS = {"insert": "wrote", "update": "changed", "found": "found at the start"}
