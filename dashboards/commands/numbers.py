"""How a number is read, whoever typed, sent or exported it: one parser for every face.

It is taken exactly or refused; no sign is dropped and no digit of another script guessed at.
"""

import re
from decimal import Decimal, InvalidOperation

from dashboards.commands.refusals import BadValue

LONGEST_NUMBER = 40  # digits, written out
KILOGRAM_PLACES = 6
READING_PLACES = 12
_PLAIN = re.compile(r"[+-]?([0-9]+([.,][0-9]+)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([ \u00a0\u2009\u202f][0-9]{3})+([.,][0-9]+)?")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
# Thousands to one reader, a fraction to another.
_TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}")


def plain_number(text: str, field: str, decimal_sign: str | None = None) -> str:
    """Write a typed number with a decimal point and without spaces between its thousands.

    Args:
        text: Digits 0 to 9 with a decimal point or comma; a minus in front; an exponent.
        field: What to call it where it is refused.
        decimal_sign: The sign the reader writes, `.` or `,`; None: a point, for all that is known.

    Raises:
        BadValue: It is something else, or would be another number to another reader: `1,234`.
    """
    typed = text.strip().replace("\u2212", "-")
    two = _TWO_READINGS.fullmatch(typed)
    if two and two[1] != (decimal_sign or "."):
        whole, _, part = typed.partition(two[1])
        raise BadValue(
            f"{field} {typed!r} can be read in two ways. Type {whole}{part} or {whole}"
            f"{decimal_sign or '.'}{part}.",
            field=field,
            code="TWO_READINGS",
        )
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        raise BadValue(
            f"{field} must be a number such as 12.5 or 12,5, not {text[:40]!r}.",
            field=field,
            code="NUMBER",
        )
    return _SPACES.sub("", typed).replace(",", ".")


def number(
    value: Decimal | float | int | str | None,
    field: str,
    *,
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    places: int = KILOGRAM_PLACES,
) -> Decimal | None:
    """Read a number exactly, None for nothing; refuse NaN, too long, too fine, out of bounds."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    text = plain_number(value, field) if isinstance(value, str) else str(value)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        exact = Decimal("nan")
    if not exact.is_finite():
        raise BadValue(
            f"{field} must be a number such as 12.5, not {str(value)[:40]!r}.",
            field=field,
            code="NUMBER",
        )
    if _digit_count(exact) > LONGEST_NUMBER:
        raise BadValue(
            f"{field} has more than {LONGEST_NUMBER} digits.", field=field, code="LENGTH"
        )
    if (lowest is not None and exact < lowest) or (highest is not None and exact > highest):
        raise BadValue(
            f"{field} is {exact}; it must be {lowest if lowest is not None else 'any'} to "
            f"{highest if highest is not None else 'any'}.",
            field=field,
            code="RANGE",
        )
    if len(f"{exact:f}".partition(".")[2].rstrip("0")) > places:
        raise BadValue(
            f"{field} {exact} has more than {places} decimal places.", field=field, code="PLACES"
        )
    return exact


def _digit_count(exact: Decimal) -> int:
    """Count the digits of a number written out without an exponent, however large that is."""
    places_before = exact.adjusted() + 1
    exponent = places_before - len(exact.as_tuple().digits)
    return max(places_before, 1) + max(-exponent, 0)
