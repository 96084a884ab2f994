"""Decide about lots at gates: PASS, HOLD or FAIL, appended and, where it matters, signed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.checklists import checklist_kept
from dashboards.commands.decision_guards import (
    guard_gate_serves,
    guard_second_person,
    known_gate,
    notes_given,
)
from dashboards.commands.decision_words import counts_as, notes_with_word, words_for_decisions
from dashboards.commands.floor_times import decided_at, floor_time
from dashboards.commands.gate_values import (
    Measured,
    given_by_name,
    values_asked,
    write_values,
)
from dashboards.commands.known_order import order_known
from dashboards.commands.lift_guards import guard_lift, guard_seen
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.plausible import require_plausible
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.signed_decisions import meaning_of, signed_content
from dashboards.commands.value_guards import guard_values, place_of
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction


def decide(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    decision: str,
    gate_id: int | None = None,
    notes: str | None = None,
    temperature_c: Decimal | float | str | None = None,
    measured: Sequence[Measured] = (),
    digital_signature: str | None = None,
    ticked: Sequence[bool] | None = None,
    happened_at: datetime | None = None,
    seen_decision_ids: Collection[int] | None = None,
    confirmation: Confirmation | None = None,
) -> Row:
    """Append a PASS, HOLD or FAIL for a lot.

    Passing a blocking gate, lifting a HOLD or FAIL, and failing a lot are signed.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person who decides.
        lot_code: The lot decided about.
        decision: PASS, HOLD or FAIL, or a word of the process that counts as one of them.
        gate_id: The gate it is decided at; None: about the lot as such.
        notes: Why; HOLD, FAIL and what lifts either need 10 characters or more.
        temperature_c: Measured, °C, kept with the decision; a CCP gate with a limit in °C needs it.
        measured: What else the gate's limits ask for, by name; kept as results of the lot there. A
            PASS needs each that `gate_values.is_needed` says, here or as the latest result there.
        digital_signature: What the person's device signed, kept as it came.
        ticked: Which points of the gate's checklist the person ticked, in its order; kept in words.
            None: nobody was asked.
        happened_at: When it was decided on the floor, after the lot came to be and after the
            latest decision at that gate; None: now.
        seen_decision_ids: Every decision that stood about the lot as the person saw it, the latest
            at each gate and as such; None: nobody says.
        confirmation: That the person has just given the password again, for what is signed.

    Returns:
        The decision's row, with `meaning` (of the signature, None where none is needed) and
        `before`: the latest decision about the lot before this one, None where there is none.

    Raises:
        NotPermitted: The role may not decide, or may not lift a HOLD or FAIL.
        BadValue: The decision, notes, temperature, a value or the time can't be taken, or a value
            that is needed is missing.
        NotFound: The lot or gate is unknown.
        DecisionRefused: The gate is for lots of another type; a PASS outside a limit there, with a
            point left unticked, or of one's own lot at a blocking gate; what lets go, where other
            decisions stand than the person saw.
        SignatureNeeded: It is to be signed and the password was not given again.
    """
    require(by, Action.DECIDE)
    word = decision
    decision = counts_as(words_for_decisions(transaction), word)
    reason = notes_with_word(word, notes_given(decision, notes))
    measured_c = values.temperature_c(temperature_c, "temperature_c")
    signature = values.free_text(digital_signature, "digital_signature")
    at = None if happened_at is None else floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_id")
    bounds = transaction.all("plant_bounds")[0]
    require_plausible(measured_c, "temperature_c", bounds["coldest_c"], bounds["warmest_c"])
    gate = None if gate_id is None else known_gate(transaction, gate_id)
    standing = transaction.all("standing_decisions", lot_id=lot["lot_id"])
    latest = next((row for row in standing if row["gate_id"] == gate_id), None)
    guard_gate_serves(transaction, gate, lot, latest)
    if seen_decision_ids is not None:
        guard_seen(standing, latest, decision, lot, seen_decision_ids)
    lifts = guard_lift(latest, decision, lot, reason, by)
    at = decided_at(latest, at, lot)
    place = place_of(gate)
    limits = values_asked(transaction, gate_id, lot["lot_id"], at)
    given = given_by_name(place.said, lot, limits, measured, bounds)
    guard_values(transaction, place, lot, decision, limits, measured_c, given)
    guard_second_person(gate, lot, decision, by)
    checklist = checklist_kept(gate, decision, ticked)
    before = transaction.one("decision_before", lot_id=lot["lot_id"])
    with order_known(lot["lot_code"]):
        written = transaction.one(
            "write_decision",
            lot_id=lot["lot_id"],
            gate_id=gate_id,
            decision=decision,
            notes=reason,
            temperature_c=measured_c,
            digital_signature=signature,
            checklist=checklist,
            operator_id=by.user_id,
            happened_at=at,
        )
    if written is None:
        raise LookupError("the decision just written was not given back")
    write_values(transaction, given, written)
    meaning = meaning_of(transaction, written, gate, lifts)
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
