"""What bad lots have in common, in English."""

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
