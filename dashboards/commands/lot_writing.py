"""Append a lot, or say why the record won't have it: its code is taken, or names are unknown."""

from typing import Any

from dashboards.commands.authority import Person
from dashboards.commands.refusals import NotFound, Taken
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction

NO_STRETCH: dict[str, Any] = {"happened_until": None}


def write_lot(transaction: Transaction, facts: dict[str, Any], by: Person) -> Row:
    """Append the lot and return its row.

    Raises:
        Taken: Its code, or one that looks like it, was registered a moment ago.
        NotFound: The run or phase is unknown.
        LookupError: The record gave nothing back; a fault.
    """
    try:
        written = transaction.one("write_lot", operator_id=by.user_id, **NO_STRETCH | facts)
    except RuleBroken as broken:
        if broken.constraint in ("lot_code_is_unique", "lot_code_resembles_no_other"):
            raise Taken(
                f"Lot {facts['lot_code']}, or one that looks like it, was registered a moment ago. "
                "Use another code, or open that lot.",
                field="lot_code",
            ) from broken
        unknown = {"lots_run_id_fkey": "run_id", "lots_phase_id_fkey": "phase_id"}
        field = unknown.get(broken.constraint)
        if field is None:
            raise
        thing = "Production run" if field == "run_id" else "Phase"
        raise NotFound(thing, facts[field], field=field) from broken
    if written is None:
        raise LookupError("the lot just written was not given back")
    return written
