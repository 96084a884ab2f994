"""Record what was measured about a lot, and take back a reading that never was."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.decision_guards import known_gate
from dashboards.commands.floor_times import floor_time
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.refusals import BadValue
from dashboards.commands.voids import Voidable, void_fact
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction


def record_reading(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    characteristic: str,
    value: Decimal | float | str,
    unit: str,
    gate_id: int | None = None,
    happened_at: datetime | None = None,
) -> int:
    """Append one measured value of a lot and return the reading's id.

    Raises:
        NotPermitted: The role may not record readings.
        BadValue: The value is no number, the characteristic or unit is empty, or the time can't be
            taken.
        NotFound: The lot or gate is unknown.
    """
    require(by, Action.DECIDE)
    measured = values.number(value, "value", places=values.READING_PLACES)
    if measured is None:
        raise BadValue("value is needed: the number that was measured.", field="value")
    if abs(measured) >= Decimal(10) ** 12:
        raise BadValue(f"value {measured} is too large to be a measurement.", field="value")
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    if gate_id is not None:
        known_gate(transaction, gate_id)
    return transaction.value(
        "write_reading",
        lot_id=lot["lot_id"],
        gate_id=gate_id,
        value=measured,
        characteristic=values.code(characteristic, "characteristic"),
        unit=values.code(unit, "unit"),
        operator_id=by.user_id,
        happened_at=at,
    )


def void_reading(transaction: Transaction, *, by: Person, reading_id: int, reason: str) -> int:
    """Take a reading out of what is current; returns and refuses as `void_fact` does."""
    return void_fact(transaction, by=by, kind=Voidable.READING, fact_id=reading_id, reason=reason)
