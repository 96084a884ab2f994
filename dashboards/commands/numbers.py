"""How a number is read, whoever typed, sent or exported it: one parser for every face.

It is taken exactly or refused; no sign is dropped and no digit of another script guessed at.
"""

from decimal import Decimal, InvalidOperation

from dashboards.commands.refusals import BadValue

LONGEST_NUMBER = 40  # digits, written out
KILOGRAM_PLACES = 3
READING_PLACES = 12


def number(
    value: Decimal | float | int | str | None,
    field: str,
    *,
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    places: int = KILOGRAM_PLACES,
) -> Decimal | None:
    """Read a number exactly, None for nothing; refuse NaN, too long, too fine, out of bounds."""
    if value is None or value == "":
        return None
    try:
        exact = Decimal(str(value).strip())
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
