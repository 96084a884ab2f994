"""Refuse to use or ship a lot that its origin stops; say which lots stop it, and how much of it.

A guard reads and refuses; it never writes. It is asked under the write lock.
"""

from collections.abc import Callable

from dashboards.commands.refusals import Refusal
from dashboards.commands.wording import site_time_of
from dashboards.reader.parts import percent
from sql.genealogy.origin_stops import not_assessed, stops_by_origin
from sql.record.transactions import Row, Transaction

MOST_NAMED = 3
_SAID = {"FAIL": "rejected (FAIL)", "HOLD": "on HOLD"}


def guard_origin(
    transaction: Transaction, lot: Row, refused: Callable[[str], Refusal], forbidden: str
) -> None:
    """Refuse a lot with an ancestor on HOLD or FAIL that no manager has assessed.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot to be used or shipped, with lot_id and lot_code.
        refused: Makes the refusal from its text.
        forbidden: What the lot may not, such as `may not be used`.
    """
    if not transaction.value("is_stopped", lot_id=lot["lot_id"]):
        return
    stops = not_assessed(stops_by_origin(transaction, lot))
    named = "; ".join(_said(stop) for stop in stops[:MOST_NAMED])
    more = f"; and {len(stops) - MOST_NAMED} more" if len(stops) > MOST_NAMED else ""
    raise refused(
        f"Lot {lot['lot_code']} is stopped by its origin and {forbidden}: {named}{more}. "
        f"A manager can assess {lot['lot_code']} on its screen."
    )


def _said(stop: Row) -> str:
    """Say which lot stops it, since when and by whom, and which part of the lot that is."""
    share = "an unknown part" if stop["share"] is None else percent(stop["share"])
    return (
        f"{stop['lot_code']}, {share} of it, is {_SAID[stop['decision']]} since "
        f"{site_time_of(stop)} ({stop['decided_by'] or 'an import'})"
    )
