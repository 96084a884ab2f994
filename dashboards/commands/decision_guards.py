"""What the gate and the one who decides there demand of a decision.

A guard reads and refuses; it never writes.
"""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.reasons import SHORTEST_REASON
from dashboards.commands.refusals import BadValue, DecisionRefused, NotFound
from dashboards.commands.wording import celsius
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType


def notes_given(decision: str, notes: str | None) -> str | None:
    """Return the notes, or refuse a HOLD or FAIL that doesn't say why."""
    reason = values.free_text(notes, "notes")
    if decision != Decision.PASS and values.letter_count(reason or "") < SHORTEST_REASON:
        raise BadValue(
            f"{decision} needs notes of at least {SHORTEST_REASON} characters: say what is wrong.",
            field="notes",
            code="NOTES_REQUIRED",
        )
    return reason


def known_gate(transaction: Transaction, gate_id: int) -> Row:
    """Find the gate, or refuse an unknown one."""
    gate = transaction.one("gate_to_decide_at", gate_id=gate_id)
    if gate is None:
        raise NotFound("Gate", gate_id, field="qc_gate_id")
    return gate


def guard_gate_serves(
    transaction: Transaction, gate: Row | None, lot: Row, latest: Row | None
) -> None:
    """Refuse to decide about a lot at a gate of another type; a lot without a type may be any.

    Where a HOLD or FAIL stands, as an import may have brought it, it can be lifted all the same.
    """
    if gate is None or (latest is not None and latest["decision"] != Decision.PASS):
        return
    serves = not gate["lot_types"] or lot["lot_type"] in (None, *gate["lot_types"])
    if serves and not gate["is_retired"]:
        return
    own = transaction.all("gates_of_type", lot_type=lot["lot_type"])
    named = " or ".join(f"{row['gate_number']} {row['name_en']}" for row in own)
    way_out = f"Decide at gate {named}." if named else "Decide about it without a gate."
    if gate["is_retired"]:
        raise DecisionRefused(
            f"{_name(gate)} is no gate of this plant any more. {way_out}",
            field="qc_gate_id",
            code="GATE_RETIRED",
        )
    raise DecisionRefused(
        f"{_name(gate)} is for {', '.join(gate['lot_types'])} lots, and lot {lot['lot_code']} is "
        f"{lot['lot_type']}. {way_out}",
        field="qc_gate_id",
        code="GATE_TYPE",
    )


def guard_gate(
    transaction: Transaction,
    gate: Row,
    lot: Row,
    decision: str,
    measured_c: Decimal | None,
    at: datetime,
    by: Person,
) -> None:
    """Refuse what the gate forbids: a CCP without or outside its temperature, one's own release.

    Which temperature a lot must keep goes by what it is and by when it is decided about.
    """
    name = _name(gate)
    if gate["is_ccp"] and gate["has_temperature"] and measured_c is None:
        raise BadValue(
            f"{name} is a critical control point: enter the measured temperature.",
            field="temperature_c",
            code="CCP_TEMP_REQUIRED",
        )
    if decision != Decision.PASS:
        return
    wrong = None
    if gate["is_ccp"] and measured_c is not None:
        bounds = transaction.all(
            "temperature_limits",
            gate_id=gate["gate_id"],
            lot_type=lot["lot_type"],
            product_id=lot["product_id"],
            moment=at,
        )[0]
        wrong = beyond_limits(measured_c, bounds["coldest_c"], bounds["warmest_c"])
    if wrong is not None:
        raise DecisionRefused(
            f"Lot {lot['lot_code']} can't pass {name}: {wrong}. Decide HOLD or FAIL.",
            field="temperature_c",
            code="CCP_LIMIT",
        )
    if gate["gate_type"] == GateType.BLOCKING and lot["operator_id"] == by.user_id:
        raise DecisionRefused(
            f"{name} needs a second person: you registered lot {lot['lot_code']} yourself.",
            code="FOUR_EYES",
        )


def _name(gate: Row) -> str:
    """Name a gate as people do."""
    return f"Gate {gate['gate_number'].normalize():f} {gate['name_en']}"


def beyond_limits(
    measured_c: Decimal | None, coldest_c: Decimal | None, warmest_c: Decimal | None
) -> str | None:
    """Say which critical limit a temperature breaks, and what would keep it; None: it keeps all.

    A missing limit bounds nothing; a temperature that wasn't measured breaks none.
    """
    if measured_c is None:
        return None
    if coldest_c is not None and measured_c < coldest_c:
        broken = f"colder than the critical limit of {celsius(coldest_c)}"
    elif warmest_c is not None and measured_c > warmest_c:
        broken = f"warmer than the critical limit of {celsius(warmest_c)}"
    else:
        return None
    allowed = (
        f"; it must be {celsius(coldest_c)} to {celsius(warmest_c)}"
        if coldest_c is not None and warmest_c is not None
        else ""
    )
    return f"{celsius(measured_c)} is {broken}{allowed}"
