"""Hold lots for results outside their limit: a deviation stops its lot until a manager decides.

What deviates is judged in the record, by `judged_readings`; here follows what is done about it. The
HOLD is about the lot as such, so that no PASS at a gate lifts it.
"""

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.decisions import decide
from dashboards.commands.measured import deviation_said
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision

HELD_BY_IMPORT = "an import"


def hold_for_reading(transaction: Transaction, *, by: Person, reading_id: int) -> str | None:
    """Hold the lot of a reading that was just written, where it deviates and nothing answers it.

    Returns:
        Why the lot is on HOLD now; None: it is not held for this.
    """
    found = transaction.all("deviations_since_reading", reading_id=reading_id - 1)
    if not found:
        return None
    [deviation] = found
    why = deviation_said(deviation)
    decide(transaction, by=by, lot_code=deviation["lot_code"], decision=Decision.HOLD, notes=why)
    return why


def hold_for_imported(
    transaction: Transaction, *, by: Person | None, after_reading_id: int
) -> list[str]:
    """Hold the lots of readings that an import wrote, where they deviate and nothing answers them.

    A lot about which somebody decided since the reading, or of which goods left, is not held behind
    people's backs: a rule finds the reading, and they decide.

    Args:
        transaction: Open transaction; holds the write lock.
        by: Who imports; None: the server's own terminal.
        after_reading_id: The last reading before the import.

    Returns:
        What was held and why, a sentence a lot.
    """
    reasons: dict[int, list[Row]] = {}
    for row in transaction.all("deviations_since_reading", reading_id=after_reading_id):
        if not row["was_decided_since"] and not row["was_shipped"]:
            reasons.setdefault(row["lot_id"], []).append(row)
    now = values.moment(None)
    decider = (None, by.user_id) if by is not None else (HELD_BY_IMPORT, None)
    held = {
        lot_id: " ".join(dict.fromkeys(deviation_said(row) for row in rows))[: values.LONGEST_TEXT]
        for lot_id, rows in reasons.items()
    }
    if held:
        transaction.copy(
            "facts.qc_decisions",
            ["lot_id", "decision", "notes", "happened_at", "decided_by", "operator_id"],
            [(lot_id, Decision.HOLD, why, now, *decider) for lot_id, why in held.items()],
        )
    return [f"Lot {reasons[lot_id][0]['lot_code']}: {why}" for lot_id, why in held.items()]
