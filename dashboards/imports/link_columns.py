"""The columns of genealogy.csv: which lot went into which, and how much of it.

Where a code is printed on several labels, a product beside it says which lot is meant.
"""

from dashboards.imports.column_kinds import (
    CODE,
    CODE_OR_NOTHING,
    COUNTED,
    MORE_CODE,
    MORE_REASON,
    MOVED,
    TIME,
    UNIT,
)

LINKS = {
    "parent_lot_code": CODE_OR_NOTHING,
    "child_lot_code": CODE,
    "quantity_kg": MOVED,
    "quantity": COUNTED,
    "unit": UNIT,
    "happened_at": TIME,
    "source_key": MORE_CODE,
    "expiry_reason": MORE_REASON,
    "parent_product_code": MORE_CODE,
    "child_product_code": MORE_CODE,
}
