"""What must hold of a lot before a command acts on it: known, with enough left, its code new.

A guard reads and refuses; it never writes.
"""

from dashboards.commands import values
from dashboards.commands.label_guards import refuse_label
from dashboards.commands.look_alikes import refuse_look_alike
from dashboards.commands.printed_codes import refuse_printed
from dashboards.commands.refusals import (
    BadValue,
    NotFound,
    Taken,
    Voided,
)
from dashboards.commands.wording import sentence, site_minute, site_time_of
from sql.record.transactions import Row, Transaction


def known_lot(transaction: Transaction, lot_code: str, field: str) -> Row:
    """Find the lot to act on, with its disposition and what it has left.

    Raises:
        NotFound: No lot carries the code.
        Voided: The lot that carried it was voided.
        PrintedOnly: It is no lot's own, and labels show it: says which lots'.
    """
    wanted = values.code(lot_code, field)
    lot = transaction.one("lot_to_act_on", lot_code=wanted)
    if lot is None:
        refuse_voided(transaction, wanted, field)
        refuse_printed(transaction, wanted, field)
        raise NotFound("Lot", wanted, field=field)
    return lot


def new_code(transaction: Transaction, lot_code: str) -> str:
    """Return a new lot's code as it is kept, or refuse one that a person would take for another."""
    try:
        code = values.code(lot_code, "lot_code")
    except BadValue:
        # A sign that can't be seen is how a second "same" code is made: name the first.
        refuse_look_alike(transaction, lot_code)
        raise
    refuse_label(code, "lot_code")
    return code


def guard_new_code(
    transaction: Transaction, lot_code: str, *, now_called: str | None = None
) -> None:
    """Refuse a code that is in use, or looks like one, in full words.

    Asked before the write lock is taken, so that nobody waits for it; who registers the same code
    in the same moment is stopped by the record's own constraints (`lot_writing`).

    Args:
        transaction: Open transaction.
        lot_code: The code.
        now_called: What the lot is called that is to have it; the code may look like that.
    """
    taken = transaction.one("who_registered", lot_code=lot_code)
    if taken is not None:
        refuse_voided(transaction, lot_code, "lot_code")
        raise Taken(
            f"Lot {taken['lot_code']} exists already: made {site_time_of(taken)}, "
            f"registered by {taken['full_name'] or 'an import'}. "
            "Use another code, or open that lot.",
            field="lot_code",
        )
    refuse_look_alike(transaction, lot_code, but=now_called)


def refuse_voided(transaction: Transaction, lot_code: str, field: str) -> None:
    """Refuse the code of a lot that was voided or renamed: it is not given out again.

    Raises:
        Voided: Says who did it, when and why, and of a renamed one what it is called now.
    """
    voided = transaction.one("lot_voided", lot_code=lot_code)
    if voided is None:
        return
    if voided["renamed_to"] is not None:
        raise Voided(
            f"Lot {voided['lot_code']} is called {voided['renamed_to']} since "
            f"{site_minute(voided['voided_at'])}, by {voided['voided_by'] or 'an import'}: "
            f"{sentence(voided['reason'])} If you mean that lot, use {voided['renamed_to']}; its "
            "old code is not given again.",
            field=field,
            code="RENAMED",
        )
    raise Voided(
        f"Lot {voided['lot_code']} was voided {site_minute(voided['voided_at'])} by "
        f"{voided['voided_by'] or 'an import'}: {sentence(voided['reason'])} Use another code.",
        field=field,
    )
