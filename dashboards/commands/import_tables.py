"""The files of an import in the order they are written, and how they name one another."""

TABLES = {
    "products": "facts.products",
    "partners": "facts.partners",
    "production_runs": "facts.production_runs",
    "places": "facts.places",
    "lots": "facts.lots",
    "productions": "facts.productions",
    "production_inputs": "facts.production_inputs",
    "production_outputs": "facts.production_outputs",
    "genealogy": "facts.lot_genealogy",
    "readings": "facts.readings",
    "qc_decisions": "facts.qc_decisions",
    "shipments": "facts.shipments",
    "movements": "facts.movements",
    "packings": "facts.packings",
    "moves": "facts.moves",
}

# What is known by a code; of facts, which the other files hold, two may be equal.
CODES = {
    "products": "product_code",
    "partners": "partner_code",
    "production_runs": "run_code",
    "places": "place_code",
    "lots": "lot_code",
    "productions": "production_code",
}
KNOWN_BY = CODES | {"qc_gates": "gate_number"}

# The columns that name something else, and what.
REFERENCES = {
    "places": {"site_code": "partners"},
    "lots": {
        "product_code": "products",
        "supplier_code": "partners",
        "run_code": "production_runs",
        "place_code": "places",
    },
    "productions": {"run_code": "production_runs"},
    "production_inputs": {"production_code": "productions", "lot_code": "lots"},
    "production_outputs": {"production_code": "productions", "lot_code": "lots"},
    "genealogy": {"parent_lot_code": "lots", "child_lot_code": "lots"},
    "readings": {"lot_code": "lots", "gate_number": "qc_gates"},
    "qc_decisions": {"lot_code": "lots", "gate_number": "qc_gates"},
    "shipments": {
        "lot_code": "lots",
        "customer_code": "partners",
        "from_place_code": "places",
    },
    "movements": {"lot_code": "lots", "partner_code": "partners", "place_code": "places"},
    "packings": {"lot_code": "lots"},
    "moves": {"lot_code": "lots", "place_code": "places", "from_place_code": "places"},
}
