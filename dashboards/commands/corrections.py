"""Mend what was written down wrong, without erasing it.

A link is voided, a lot corrected, a decision withdrawn: each is a new fact with its reason, person
and time. What was written stays readable; what is current follows from both.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.lots import known_lot
from dashboards.commands.refusals import BadValue, CorrectionRefused, NotFound
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Meaning

SHORTEST_REASON = 10


@dataclass(frozen=True)
class Corrected:
    """The values of a lot that may be corrected; all of them, as they should read."""

    product_code: str | None
    weight_kg: Decimal | float | str | None
    temperature_c: Decimal | float | str | None
    expires_on: date | None
    happened_at: datetime


def void_link(transaction: Transaction, *, by: Person, link_id: int, reason: str) -> int:
    """Take a link out of what is current and give the void's id; the link stays readable.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        link_id: The link that never was, or was not so.
        reason: Why, 10 characters or more.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: The reason is too short.
        NotFound: No such link.
        CorrectionRefused: It was voided before; says by whom and when.
    """
    require(by, Action.CORRECT)
    why = said_reason(reason)
    begin_writing(transaction, by=by)
    link = transaction.one("link_to_void", link_id=_id(link_id))
    if link is None:
        raise NotFound("Link", link_id, field="link_id")
    if link["voided_at"] is not None:
        raise CorrectionRefused(
            f"The link {link['parent_lot_code']} → {link['child_lot_code']} was voided already, "
            f"{_when(link['voided_at'])} by {link['voided_by']}. Nothing is left to do.",
            field="link_id",
        )
    return transaction.value(
        "write_link_void", link_id=link["link_id"], reason=why, operator_id=by.user_id
    )


def correct_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    corrected: Corrected,
    reason: str,
    based_on: int | None,
) -> int:
    """Restate a lot's values and give the correction's id; earlier values stay readable.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot to correct.
        corrected: Every correctable value as it should read; None: unknown.
        reason: Why, 10 characters or more.
        based_on: The lot's latest correction that the person knew of; None: of none.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: A value or the reason can't be taken, or nothing differs.
        NotFound: The lot or product is unknown.
        CorrectionRefused: Another corrected the lot meanwhile, or the new weight is less than
            the lot has given out.
    """
    require(by, Action.CORRECT)
    why = said_reason(reason)
    facts = {
        "weight_kg": values.weight_kg(corrected.weight_kg, "weight_kg"),
        "temperature_c": values.temperature_c(corrected.temperature_c, "temperature_c"),
        "expires_on": corrected.expires_on,
        "happened_at": values.moment(corrected.happened_at),
        "product_id": _product_id(transaction, corrected.product_code),
    }
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    _guard_knowledge(transaction, lot, based_on)
    if all(lot[name] == value for name, value in facts.items()):
        raise BadValue(
            f"Lot {lot['lot_code']} reads like that already. Change a value, or leave it.",
            field="lot_code",
            code="NOTHING_CHANGED",
        )
    _guard_weight(lot, facts)
    return transaction.value(
        "write_lot_correction", lot_id=lot["lot_id"], reason=why, operator_id=by.user_id, **facts
    )


def withdraw_decision(
    transaction: Transaction,
    *,
    by: Person,
    decision_id: int,
    reason: str,
    confirmation: Confirmation | None,
) -> int:
    """Take a decision out of what is current, signed; gives the withdrawal's id.

    The decision before it at the same gate counts again, so a withdrawal may release a lot: it is
    signed like a release.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        decision_id: The decision made in error.
        reason: Why, 10 characters or more.
        confirmation: That the person has just given the password again.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: The reason is too short.
        NotFound: No such decision.
        SignatureNeeded: The password was not given again.
        CorrectionRefused: It was withdrawn before; says by whom and when.
    """
    require(by, Action.CORRECT)
    why = said_reason(reason)
    begin_writing(transaction, by=by)
    decision = transaction.one("decision_to_withdraw", decision_id=_id(decision_id))
    if decision is None:
        raise NotFound("Decision", decision_id, field="decision_id")
    if decision["withdrawn_at"] is not None:
        raise CorrectionRefused(
            f"The {decision['decision']} of lot {decision['lot_code']} was withdrawn already, "
            f"{_when(decision['withdrawn_at'])} by {decision['withdrawn_by']}. Nothing is left "
            "to do.",
            field="decision_id",
        )
    withdrawal_id = transaction.value(
        "write_withdrawal", decision_id=decision["decision_id"], reason=why, operator_id=by.user_id
    )
    sign(
        transaction,
        by=by,
        confirmation=confirmation,
        meaning=Meaning.WITHDRAW,
        withdrawal_id=withdrawal_id,
        content={"decision_id": decision["decision_id"], "reason": why},
    )
    return withdrawal_id


def said_reason(reason: str | None) -> str:
    """Give the reason trimmed, refusing one that says nothing."""
    said = values.free_text(reason, "reason")
    if said is None or values.letter_count(said) < SHORTEST_REASON:
        raise BadValue(
            f"reason needs at least {SHORTEST_REASON} characters: say what was wrong.",
            field="reason",
            code="REASON_REQUIRED",
        )
    return said


def _guard_knowledge(transaction: Transaction, lot: Row, based_on: int | None) -> None:
    """Refuse to restate a lot as it read before somebody corrected it."""
    if transaction.one("lot_shown", lot_code=lot["lot_code"])["correction_id"] == based_on:
        return
    latest = transaction.all("corrections_of_lot", lot_id=lot["lot_id"])[-1]
    raise CorrectionRefused(
        f"Lot {lot['lot_code']} was corrected meanwhile, {_when(latest['recorded_at'])} by "
        f"{latest['written_by']}. Nothing was saved. Look at it again, then correct.",
        field="lot_code",
        code="CORRECTED_MEANWHILE",
    )


def _guard_weight(lot: Any, facts: dict[str, Any]) -> None:
    """Refuse a weight below what left the lot already."""
    weight_kg, given_out_kg = facts["weight_kg"], lot["given_out_kg"]
    if weight_kg is not None and weight_kg < given_out_kg:
        raise CorrectionRefused(
            f"Lot {lot['lot_code']} has given out {given_out_kg:f} kg, so it can't weigh "
            f"{weight_kg:f} kg. Void the link that is wrong first.",
            field="weight_kg",
        )


def _product_id(transaction: Transaction, code: str | None) -> int | None:
    """Look a product's id up by its code."""
    if not code:
        return None
    found = transaction.value("product_id", code=values.code(code, "product_code"))
    if found is None:
        raise NotFound("Product", code, field="product_code")
    return found


def _id(value: int) -> int:
    """Give an id that PostgreSQL can be asked for; one beyond its range names nothing."""
    return value if 0 < value < 2**63 else 0


def _when(moment: datetime) -> str:
    """Say a time in UTC, to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
