"""Decide about lots at gates, and record what was measured."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.lots import known_lot
from dashboards.commands.refusals import BadValue, DecisionRefused, NotFound
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType, Meaning

SHORTEST_REASON = 10


def decide(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    decision: str,
    gate_id: int | None = None,
    notes: str | None = None,
    temperature_c: Decimal | float | str | None = None,
    digital_signature: str | None = None,
    confirmation: Confirmation | None = None,
) -> Row:
    """Append a PASS, HOLD or FAIL for a lot; the time is the server's.

    Releasing at a blocking gate, lifting a HOLD or FAIL, and failing a lot are signed.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person who decides.
        lot_code: The lot decided about.
        decision: PASS, HOLD or FAIL.
        gate_id: The gate it is decided at; None: about the lot as such.
        notes: Why; HOLD, FAIL and what lifts either need 10 characters or more.
        temperature_c: Measured, °C; a CCP gate needs it.
        digital_signature: What the person's device signed, kept as it came.
        confirmation: That the person has just given the password again, for what is signed.

    Returns:
        The decision's row, with `meaning` (of the signature, None where none is needed) and
        `before`: the latest decision about the lot before this one, None where there is none.

    Raises:
        NotPermitted: The role may not decide, or may not lift a HOLD or FAIL.
        BadValue: The decision, notes or temperature can't be taken.
        NotFound: The lot or gate is unknown.
        DecisionRefused: A PASS outside a critical limit, or of one's own lot at a blocking gate.
        SignatureNeeded: It is to be signed and the password was not given again.
    """
    require(by, Action.DECIDE)
    if decision not in set(Decision):
        raise BadValue(f"decision must be PASS, HOLD or FAIL, not {decision!r}.", field="decision")
    reason = _reason(decision, notes)
    measured_c = values.temperature_c(temperature_c, "temperature_c")
    signature = values.free_text(digital_signature, "digital_signature")
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_id")
    gate = None if gate_id is None else _known_gate(transaction, gate_id)
    _guard_gate(gate, lot, decision, measured_c, by)
    latest = transaction.one("latest_decision_at", lot_id=lot["lot_id"], gate_id=gate_id)
    lifts = _lifts(latest, decision, lot, reason, by)
    meaning = _meaning(decision, gate, lifts)
    before = transaction.one("decision_before", lot_id=lot["lot_id"])
    written = transaction.one(
        "write_decision",
        lot_id=lot["lot_id"],
        gate_id=gate_id,
        decision=decision,
        notes=reason,
        temperature_c=measured_c,
        digital_signature=signature,
        operator_id=by.user_id,
        happened_at=_after(latest),
    )
    if written is None:
        raise LookupError("the decision just written was not given back")
    if meaning is not None:
        sign(
            transaction,
            by=by,
            confirmation=confirmation,
            meaning=meaning,
            decision_id=written["decision_id"],
            content=signed_content(written),
        )
    return {**written, "meaning": meaning, "before": before}


def signed_content(decision: Row) -> dict[str, object]:
    """Give what a signature under a decision covers, field by field."""
    names = (
        "decision_id",
        "lot_id",
        "gate_id",
        "decision",
        "notes",
        "temperature_c",
        "happened_at",
    )
    return {name: decision[name] for name in names}


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
    """Append one measured value of a lot and give the reading's id.

    Raises:
        NotPermitted: The role may not record readings.
        BadValue: The value is no number, or the characteristic or unit is empty.
        NotFound: The lot or gate is unknown.
    """
    require(by, Action.DECIDE)
    measured = values.number(value, "value", places=values.READING_PLACES)
    if measured is None:
        raise BadValue("value is needed: the number that was measured.", field="value")
    if abs(measured) >= Decimal(10) ** 12:
        raise BadValue(f"value {measured} is too large to be a measurement.", field="value")
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    if gate_id is not None:
        _known_gate(transaction, gate_id)
    return transaction.value(
        "write_reading",
        lot_id=lot["lot_id"],
        gate_id=gate_id,
        value=measured,
        characteristic=values.code(characteristic, "characteristic"),
        unit=values.code(unit, "unit"),
        operator_id=by.user_id,
        happened_at=values.moment(happened_at),
    )


def _reason(decision: str, notes: str | None) -> str | None:
    """Give the notes, refusing a HOLD or FAIL that doesn't say why."""
    reason = values.free_text(notes, "notes")
    if decision != Decision.PASS and values.letter_count(reason or "") < SHORTEST_REASON:
        raise BadValue(
            f"{decision} needs notes of at least {SHORTEST_REASON} characters: say what is wrong.",
            field="notes",
            code="NOTES_REQUIRED",
        )
    return reason


def _known_gate(transaction: Transaction, gate_id: int) -> Row:
    """Give the gate, or refuse an unknown one."""
    gate = transaction.one("gate_to_decide_at", gate_id=gate_id)
    if gate is None:
        raise NotFound("Gate", gate_id, field="qc_gate_id")
    return gate


def _guard_gate(
    gate: Row | None, lot: Row, decision: str, measured_c: Decimal | None, by: Person
) -> None:
    """Refuse what the gate forbids: a CCP without or outside its temperature, one's own release."""
    if gate is None:
        return
    name = f"Gate {gate['gate_number'].normalize():f} {gate['name_en']}"
    if gate["is_ccp"] and measured_c is None:
        raise BadValue(
            f"{name} is a critical control point: enter the measured temperature.",
            field="temperature_c",
            code="CCP_TEMP_REQUIRED",
        )
    if decision != Decision.PASS:
        return
    if gate["is_ccp"] and not _within(measured_c, gate["coldest_c"], gate["warmest_c"]):
        raise DecisionRefused(
            f"Lot {lot['lot_code']} can't pass {name}: {measured_c} °C is warmer than the critical "
            f"limit of {gate['warmest_c'].normalize():f} °C. Decide HOLD or FAIL.",
            field="temperature_c",
            code="CCP_LIMIT",
        )
    if gate["gate_type"] == GateType.BLOCKING and lot["operator_id"] == by.user_id:
        raise DecisionRefused(
            f"{name} needs a second person: you registered lot {lot['lot_code']} yourself.",
            code="FOUR_EYES",
        )


def _within(measured: Decimal | None, lowest: Decimal | None, highest: Decimal | None) -> bool:
    """Tell whether a measured value keeps its limits; a missing limit bounds nothing."""
    if measured is None:
        return False
    return (lowest is None or measured >= lowest) and (highest is None or measured <= highest)


def _meaning(decision: str, gate: Row | None, lifts: bool) -> Meaning | None:
    """Say what signing the decision means; None: it isn't signed."""
    if decision == Decision.FAIL:
        return Meaning.REJECT
    if lifts:
        return Meaning.LIFT
    if decision == Decision.PASS and gate is not None and gate["gate_type"] == GateType.BLOCKING:
        return Meaning.RELEASE
    return None


def _after(latest: Row | None) -> datetime:
    """Give the time of a decision made now: never before the one it follows.

    Clocks differ and are set back; a FAIL that came second must not count as the first.
    """
    now = values.moment(None)
    return now if latest is None else max(now, latest["happened_at"])


def _lifts(latest: Row | None, decision: str, lot: Row, reason: str | None, by: Person) -> bool:
    """Tell whether a decision lifts a HOLD or FAIL; refuses that without authority and a reason.

    A HOLD after a FAIL lifts it too: what was rejected would be on hold again.
    """
    if latest is None or _strictness(decision) >= _strictness(latest["decision"]):
        return False
    require(by, Action.LIFT_HOLD)
    if values.letter_count(reason or "") < SHORTEST_REASON:
        raise BadValue(
            f"Lot {lot['lot_code']} has a {latest['decision']} here. Lifting it needs notes of at "
            f"least {SHORTEST_REASON} characters: say why.",
            field="notes",
            code="NOTES_REQUIRED",
        )
    return True


def _strictness(decision: str) -> int:
    """Rank a decision by how much it stops."""
    return [Decision.PASS, Decision.HOLD, Decision.FAIL].index(Decision(decision))
