"""Refuse a lot code that a person would take for another lot's.

What looks alike is decided by the record itself (`lot_code_skeleton`, a unique column of `lots`);
here it is put into words that name the other lot and point at the character.
"""

from dashboards.commands import values
from dashboards.commands.refusals import Taken
from sql.record import Transaction

CODE = "LOOK_ALIKE"


def refuse_look_alike(transaction: Transaction, lot_code: str) -> None:
    """Refuse a code whose look-alike is in the record; the very same code is not one.

    Raises:
        Taken: The code resembles a known lot's; names that lot and the differing character.
    """
    if "\0" in lot_code or any("\ud800" <= character <= "\udfff" for character in lot_code):
        return  # no database can be asked for it, and no lot carries it
    known = transaction.value("lot_resembling", lot_code=lot_code[: 4 * values.LONGEST_CODE])
    if known is not None and known != lot_code:
        raise Taken(said(lot_code, known), field="lot_code", code=CODE)


def said(lot_code: str, known: str) -> str:
    """Say which known code a new one resembles, and where the two differ first."""
    place = next(
        (n for n, (new, old) in enumerate(zip(lot_code, known, strict=False)) if new != old),
        min(len(lot_code), len(known)),
    )
    if place < len(lot_code):
        difference = f"its character {place + 1} is {values.character_name(lot_code[place])}"
    else:
        difference = "it is shorter"
    return (
        f"This code looks like lot {known}, which exists: {difference}. If you mean that lot, open "
        "it; else give this one a code nobody can mistake."
    )
