"""Where the lots of an import were received: each a move of all of it, at its own time.

The column place_code of lots.csv says it. A known lot that was received elsewhere is a correction,
as everything else that a file says otherwise about a lot.
"""

from collections.abc import Mapping, Sequence

from dashboards.commands import values
from dashboards.commands.import_changes import LOTS, Change
from dashboards.commands.import_files import Known, Rows, Sorted
from dashboards.commands.import_looked import Looked
from dashboards.commands.import_source import Source
from sql.record.transactions import Transaction

PLACE, MOVES = "place_code", "moves"


def receive_lots(
    transaction: Transaction,
    looked: Looked,
    changes: Sequence[Change],
    source: Source,
    operator_id: int | None,
) -> None:
    """Write where new lots were received, and lots that changed in that."""
    lots = looked.files.get(LOTS)
    if lots is None or PLACE not in lots.given:
        return
    moved = [change for change in changes if PLACE in change.values]
    transaction.copy(
        "facts.move_voids",
        ["move_id", "reason", "operator_id", "happened_at"],
        [
            (
                change.held["receipt_id"],
                f"corrected by an import, {source.row(LOTS, lots.lines[change.at])}: received at "
                f"{change.values[PLACE]}",
                operator_id,
                values.moment(None),
            )
            for change in moved
            if change.held["receipt_id"] is not None
        ],
    )
    at = {change.held["lot_code"]: change.values[PLACE] for change in moved}
    at |= {
        code: place
        for code, place in _received(lots).items()
        if code not in looked.known[LOTS] and place is not None
    }
    if at:
        transaction.run("receive_lots", codes=[*at], places=[*at.values()], operator_id=operator_id)


def keep_receipts(files: Mapping[str, Rows], known: Known, facts: Mapping[str, Sorted]) -> None:
    """Let no move be gone that lots.csv tells, although moves.csv doesn't."""
    if LOTS in files and MOVES in facts and PLACE in files[LOTS].given:
        places = _received(files[LOTS])
        told = {
            lot["receipt_id"] for code, lot in known[LOTS].items() if places.get(code) is not None
        }
        facts[MOVES].gone = [fact for fact in facts[MOVES].gone if fact["fact_id"] not in told]


def _received(lots: Rows) -> dict[str, str | None]:
    """Return where each lot of a file was received."""
    return dict(zip(lots.columns["lot_code"], lots.columns[PLACE], strict=True))
