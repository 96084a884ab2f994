"""What a plant takes to be plausible of a lot: beyond it, somebody mistyped, or a manager says why.

The bounds are the process's, by lot type or for the whole plant. What is possible at all is for
`dashboards.commands.values` to say. A guard reads and refuses; it never writes.
"""

from decimal import Decimal

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue
from sql.record.transactions import Row, Transaction

WHY = "why it is beyond what is plausible"
_WAY_OUT = "Check it. Where it is right, a manager registers it and says why."


def guard_type(transaction: Transaction, lot_type: str | None) -> Row:
    """Return what is plausible of lots of a type, or refuse one that the process doesn't have."""
    bounds = transaction.one("bounds_of_type", lot_type=lot_type)
    if bounds is None:
        raise LookupError("the record says nothing of what is plausible")
    if not bounds["is_known"]:
        raise BadValue(
            f"lot_type must be one of {' '.join(bounds['lot_types'])}, not {lot_type!r}. A manager "
            "adds types on the Plant screen.",
            field="lot_type",
            code="VALIDATION",
        )
    return bounds


def beyond_reason_given(
    bounds: Row,
    weight_kg: Decimal | None,
    temperature_c: Decimal | None,
    reason: str | None,
    by: Person,
) -> str | None:
    """Return why a lot is beyond what is plausible; None: it isn't.

    Raises:
        BadValue: It is and nobody said why, or the reason is no reason.
        NotPermitted: Only a manager may insist.
    """
    try:
        require_plausible(weight_kg, "weight_kg", bounds["lightest_kg"], bounds["heaviest_kg"])
        require_plausible(temperature_c, "temperature_c", bounds["coldest_c"], bounds["warmest_c"])
    except BadValue:
        if not (reason or "").strip():
            raise
        require(by, Action.CORRECT)
        return reason_given(reason, WHY)
    return None


def require_plausible(
    value: Decimal | None,
    field: str,
    lowest: Decimal | None,
    highest: Decimal | None,
    *,
    way_out: str = _WAY_OUT,
) -> None:
    """Refuse a value beyond what is plausible; a bound that is None bounds nothing."""
    if value is None:
        return
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        raise BadValue(
            f"{field} is {value}; it must be {_said(lowest)} to {_said(highest)}. {way_out}",
            field=field,
            code="VALIDATION",
        )


def _said(bound: Decimal | None) -> str:
    return "any" if bound is None else f"{bound.normalize():f}"
