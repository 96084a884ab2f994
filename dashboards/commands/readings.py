"""Record what was measured about a lot, and take back a reading that never was."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.decision_guards import known_gate
from dashboards.commands.deviations import hold_for_reading
from dashboards.commands.floor_times import floor_time, since_made
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.measured import characteristic_kept, unit_kept
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import Result, result, unit_of
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction


class Recorded(NamedTuple):
    """A reading that was written.

    Attributes:
        reading_id: Which.
        held_for: Why its lot is on HOLD for it; None: it isn't.
        is_limited: Whether a limit says what the result should be.
    """

    reading_id: int
    held_for: str | None
    is_limited: bool


def record_reading(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    characteristic: str,
    value: Result | Decimal | float | str | None,
    unit: str | None,
    gate_id: int | None = None,
    happened_at: datetime | None = None,
) -> Recorded:
    """Append one result about a lot; one outside its limit puts the lot on HOLD.

    The HOLD is written in the same transaction, by the same person, about the lot as such; none
    where a HOLD or FAIL stands, or answered the result since it was taken.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot that was measured.
        characteristic: What was measured or looked for.
        value: A number, a number behind a sign (`<10`), or a word (`not detected`).
        unit: Of the number; of a word what it was looked for in (`25 g`), or nothing.
        gate_id: At which gate; None: at none.
        happened_at: When; None: now.

    Raises:
        NotPermitted: The role may not record readings.
        BadValue: The value is no result, the characteristic or a number's unit is empty, or the
            time can't be taken or lies before the lot came to be.
        NotFound: The lot or gate is unknown.
    """
    require(by, Action.DECIDE)
    found = result(value, "value")
    if found is None:
        raise BadValue("value is needed: what the measurement came to.", field="value")
    given = unit_kept(unit) if unit and unit.strip() else None
    said_unit = unit_of(found, given, "unit")
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None)
    if gate_id is not None:
        known_gate(transaction, gate_id)
    reading_id = transaction.value(
        "write_reading",
        lot_id=lot["lot_id"],
        gate_id=gate_id,
        sign=found.sign,
        value=found.value,
        word=found.word,
        characteristic=characteristic_kept(transaction, characteristic),
        unit=said_unit,
        operator_id=by.user_id,
        happened_at=at,
    )
    is_limited = transaction.value("reading_is_limited", reading_id=reading_id)
    held_for = hold_for_reading(transaction, by=by, reading_id=reading_id)
    return Recorded(reading_id, held_for, is_limited)
