"""Write a movement that was asked and guarded, and say what of it is signed."""

from typing import Any

from dashboards.commands.known_order import order_known
from dashboards.commands.refusals import MovementRefused
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction

_SIGNED = ("movement_id", "lot_id", "kind", "quantity_kg", "reason", "happened_at")
_IN_UNIT = ("quantity", "unit")
# What the record says of a count below what left the lot since, in kilograms and in its own unit.
_TOO_LOW = {"lot_gives_out_at_most_what_it_weighs", "lot_gives_out_at_most_what_it_counts"}


def signed_content(written: Row) -> dict[str, Any]:
    """Return what of a movement is signed; its amount in a unit where it has one."""
    names = _SIGNED if written["unit"] is None else (*_SIGNED, *_IN_UNIT)
    return {name: written[name] for name in names}


def written_movement(transaction: Transaction, lot: Row, **facts: object) -> Row:
    """Append the movement, or say why the record won't have it.

    Raises:
        MovementRefused: It is a count, and more left the lot since than was found.
        BadValue: Whether it came before or after a count can't be told.
    """
    try:
        with order_known(lot["lot_code"]):
            written = transaction.one("write_movement", **facts)
    except RuleBroken as broken:
        if broken.constraint not in _TOO_LOW:
            raise
        raise MovementRefused(
            f"More left lot {lot['lot_code']} since that time than was found then. Check the count "
            "and its time, or void what is wrong.",
            field="quantity_kg",
            code="COUNT_TOO_LOW",
        ) from broken
    if written is None:
        raise LookupError("the movement just written was not given back")
    return written
