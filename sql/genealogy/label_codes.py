"""The short code that a lot's label carries: which lot of a record it may name.

GS1 allows a lot 20 characters on a label, and many codes are longer. So each lot has a short code
of its own, made from its id by the record (`lot_label_code`, in its schema): L, then the id in
digits that nobody takes for another, then three that only this record gives to this id. A label of
another plant, or a misread one, names no lot.
"""

import re

# No 0 O 1 I 2 Z beside one another: one of each pair that people mix up.
DIGITS = "23456789ABCDEFGHJKMNPQRSTVWXY"
CHECKS = 3
_SHAPE = re.compile(f"L[{DIGITS}]{{7,13}}")
_SEPARATORS = re.compile(r"[\s-]")


def label_code_in(text: str) -> str | None:
    """Return what was typed as a label's code is written; None where it has not that shape."""
    code = _SEPARATORS.sub("", text).upper()
    return code if _SHAPE.fullmatch(code) else None


def lot_id_on(label_code: str) -> int:
    """Say which lot a label's code would name; whether it does, only the record can tell."""
    lot_id = 0
    for digit in label_code[1:-CHECKS]:
        lot_id = lot_id * len(DIGITS) + DIGITS.index(digit)
    return lot_id
