"""Which boxes take what a scanner sends: in them FNC1 is kept and shown, and a burst is one scan.

A box is on the list when what stands in it is read by `sql.genealogy.labels`.
"""

# By key; a star stands for any signs.
SCAN_BOXES = (
    "audit_search",
    "lots_search",
    "made_out*_code",
    "made_parent",
    "made_parent_search",
    "new_lot_code",
    "new_parent",
    "new_parent_search",
    "new_supplier_lot_code",
    "pack_lot_code",
    "packing_sscc",
    "parent_code",
    "production_search",
    "qc_lot_*",
    "qc_scan",
    "ship_sscc",
    "suspects_bad",
    "suspects_good",
    "trace_list",
    "trace_lot",
)
