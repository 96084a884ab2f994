"""Headings of the columns that say which lot is meant."""

IDENTITY_COLUMNS = {
    "parent_lot_code": "From lot",
    "parent_product_code": "From product",
    "child_lot_code": "Into lot",
    "child_product_code": "Into product",
}
