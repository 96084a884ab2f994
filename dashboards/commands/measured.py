"""What was measured, in the words that limits are kept under, whatever a person typed for them."""

from dashboards.commands import values
from sql.record.transactions import Transaction

DEGREES = {"°c", "ºc", "° c"}


def characteristic_kept(transaction: Transaction, typed: str) -> str:
    """Return what was measured as the record keeps it: a known limit's word, else as typed.

    Raises:
        BadValue: It is empty or can't be printed.
    """
    wanted = values.code(typed, "characteristic")
    return transaction.value("known_characteristic", typed=wanted) or wanted


def unit_kept(typed: str) -> str:
    """Return a unit as the record keeps it: degrees Celsius as C.

    Raises:
        BadValue: It is empty or can't be printed.
    """
    unit = values.code(typed, "unit")
    return "C" if unit.lower() in DEGREES else unit
