"""What was measured: the words that limits are kept under, and how it is said beside its limit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboards.commands import values
from dashboards.commands.process.differences import bounds_said
from dashboards.commands.wording import celsius
from dashboards.reader.parts import with_unit
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


def words_of(characteristic: str) -> str:
    """Say what was measured: limits are kept under code words such as mix_temperature."""
    return " ".join(characteristic.replace("_", " ").split())


def result_said(judged: Mapping[str, Any]) -> str:
    """Say what was measured and what it came to: mix temperature 5.5 °C."""
    result = with_unit(judged["result"], judged["unit"])
    return f"{words_of(judged['characteristic'])} {result}"


def deviation_said(deviation: Mapping[str, Any]) -> str:
    """Say what was measured and what was wanted."""
    measured = result_said(deviation)
    if not deviation["is_limited"]:
        return f"{measured}: no limit says that this may be."
    return f"{measured}: outside the limit {bounds_said(deviation)}."


def beyond_limits(
    measured_c: Decimal | None,
    coldest_c: Decimal | None,
    warmest_c: Decimal | None,
    *,
    named: str = "critical limit",
) -> str | None:
    """Say which limit a temperature breaks, and what would keep it; None: it keeps all.

    A missing limit bounds nothing; a temperature that wasn't measured breaks none.
    """
    if measured_c is None:
        return None
    if coldest_c is not None and measured_c < coldest_c:
        broken = f"colder than the {named} of {celsius(coldest_c)}"
    elif warmest_c is not None and measured_c > warmest_c:
        broken = f"warmer than the {named} of {celsius(warmest_c)}"
    else:
        return None
    allowed = (
        f"; it must be {celsius(coldest_c)} to {celsius(warmest_c)}"
        if coldest_c is not None and warmest_c is not None
        else ""
    )
    return f"{celsius(measured_c)} is {broken}{allowed}"
