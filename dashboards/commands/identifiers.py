"""Codes that carry a check digit: what length they have, and whether the digit is right.

A wrong length or a letter is no such code and is refused. A wrong check digit is common on labels
in use, so it is only asked about or told. What a file may have done to a code is not here.
"""

import re

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.genealogy.element_strings import checks

# A pallet's label says (00) before the number; scanners send it too.
_PALLET_PREFIX = re.compile(r"^(\]C1)?(\(00\)|00(?=\d{18}$))")
SSCC_DIGITS = 18


def sscc(value: str | None, field: str) -> str | None:
    """Read a pallet's code as 18 digits; None for nothing. Spaces and a leading (00) are let go.

    Raises:
        BadValue: It has letters, or not 18 digits.
    """
    text = values.free_text(value, field, longest=values.LONGEST_CODE)
    if text is None:
        return None
    digits = _PALLET_PREFIX.sub("", text.replace(" ", ""))
    if len(digits) != SSCC_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise BadValue(
            f"{field} must be the pallet's {SSCC_DIGITS} digits, not {text[:40]!r}. Scan the "
            "label again, or leave it empty.",
            field=field,
            code="SSCC",
        )
    return digits


def has_wrong_check_digit(digits: str) -> bool:
    """Tell whether a number of a GTIN's, GLN's or SSCC's length ends in another digit than due."""
    return not checks(digits)
