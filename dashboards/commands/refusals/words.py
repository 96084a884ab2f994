"""What people call the inputs that programs know by a code word.

A refusal begins with the input's name. Whoever writes one may begin it with the field; what is read
is the word.
"""

import re

_CODE_WORD = re.compile("[a-z_]+")
FIELDS = {
    "characteristic": "What was measured",
    "checklist": "Checklist",
    "child_lot_code": "Lot it went into",
    "customer_code": "Customer's code",
    "decision": "Decision",
    "digital_signature": "Digital signature",
    "document": "Delivery note",
    "expires_on": "Use by",
    "full_name": "Name",
    "happened_at": "Time on the floor",
    "inner_sscc": "SSCC of the unit that goes in",
    "lot_code": "Lot code",
    "lot_id": "Lot code",
    "lot_type": "Type",
    "measured": "What was measured",
    "notes": "Notes",
    "parent_lot_code": "Lot that went in",
    "password": "Password",
    "product_code": "Product's code",
    "quantity_kg": "Kilograms",
    "reason": "Reason",
    "role": "Role",
    "run_code": "Production run's code",
    "shipment_code": "Shipment code",
    "sscc": "Pallet code (SSCC)",
    "supplier_code": "Supplier's code",
    "printed_code": "Printed code",
    "supplier_lot_code": "Supplier's lot code",
    "temperature_c": "Temperature",
    "unit": "Unit",
    "value": "Value",
    "weight_kg": "Weight",
}


def in_words(text: str, field: str | None) -> str:
    """Return a refusal's text with the input it begins with in a person's words."""
    if field is None or not text.startswith((f"{field} ", f"{field}:")):
        return text
    plain = field.replace("_", " ").capitalize() if _CODE_WORD.fullmatch(field) else field
    return FIELDS.get(field, plain) + text[len(field) :]
