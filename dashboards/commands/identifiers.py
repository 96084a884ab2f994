"""Codes that carry a check digit: what length they have, and whether the digit is right.

A wrong length or a letter is no such code and is refused. A wrong check digit is common on labels
in use, so it is only asked about or told. What a file may have done to a code is not here.
"""

import re
from collections.abc import Sequence

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.genealogy.element_strings import checks
from sql.genealogy.labels import read_label, trimmed

# A pallet's label says (00) before the number; scanners send it too.
_PALLET_PREFIX = re.compile(r"^(\]C1)?(\(00\)|00(?=\d{18}$))")
SSCC_DIGITS = 18
GTIN_DIGITS = (8, 12, 13, 14)
GLN_DIGITS = 13


def sscc(value: str | None, field: str) -> str | None:
    """Read a pallet's code as 18 digits; None for nothing. Of a label its SSCC is taken.

    Raises:
        BadValue: It has letters, or not 18 digits.
    """
    given = None if value is None else trimmed(value)
    text = values.free_text(given, field, longest=values.LONGEST_CODE)
    if text is None:
        return None
    bare = text.replace(" ", "")
    digits = read_label(bare).sscc or _PALLET_PREFIX.sub("", bare)
    if len(digits) != SSCC_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise BadValue(
            f"{field} must be the pallet's {SSCC_DIGITS} digits, not {text[:40]!r}. Scan the "
            "label again, or leave it empty.",
            field=field,
            code="SSCC",
        )
    return digits


def gtin(value: str | None, field: str) -> str | None:
    """Read a product's GTIN as 8, 12, 13 or 14 digits; None for nothing. Spaces are let go.

    Raises:
        BadValue: It has letters, or another count of digits.
    """
    return _digits(value, field, GTIN_DIGITS, "8, 12, 13 or 14 digits of a GTIN")


def gln(value: str | None, field: str) -> str | None:
    """Read a partner's GLN as 13 digits; None for nothing. Spaces are let go.

    Raises:
        BadValue: It has letters, or another count of digits.
    """
    return _digits(value, field, (GLN_DIGITS,), f"{GLN_DIGITS} digits of a GLN")


def _digits(value: str | None, field: str, lengths: Sequence[int], wanted: str) -> str | None:
    """Read a number of one of these lengths."""
    text = values.free_text(value, field, longest=values.LONGEST_CODE)
    if text is None:
        return None
    digits = text.replace(" ", "")
    if len(digits) not in lengths or not (digits.isascii() and digits.isdigit()):
        raise BadValue(
            f"{field} must be the {wanted}, not {text[:40]!r}. Scan the label again, or leave it "
            "empty.",
            field=field,
            code="DIGITS",
        )
    return digits


def has_wrong_check_digit(digits: str) -> bool:
    """Tell whether a number of a GTIN's, GLN's or SSCC's length ends in another digit than due."""
    return not checks(digits)
