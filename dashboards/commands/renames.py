"""Correct a lot's own code: a typo that was found when the lot was registered.

The lot goes on under the new code with all that was recorded about it. The old code stays what it
was: findable, told as the old one, never another lot's.
"""

from typing import Any

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.carrying import Carried, carry_over
from dashboards.commands.lot_guards import guard_new_code, known_lot, new_code
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue, CorrectionRefused, Taken
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.genealogy.standing_places import standing_places
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Meaning

_CODE_RULES = ("lot_code_is_unique", "lot_code_resembles_no_other")
_ORDER_RULES = ("order_of_decisions_is_known", "order_of_counts_is_known")


def rename_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    new_lot_code: str,
    reason: str,
    confirmation: Confirmation | None,
) -> str:
    """Give a lot another code, signed, and return that as the record keeps it.

    What people signed under the old code is signed again by whoever renames it, as taken over.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: What the lot is called.
        new_lot_code: What it should have been called; trimmed.
        reason: Why, 10 characters or more.
        confirmation: That the person has just given the password again.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: The code or the reason can't be taken, or the lot has that code.
        CorrectionRefused: What happened to it by the day is in an order that could no more be told.
        NotFound: No lot has the old code.
        Voided: It was voided, or renamed already; or the new code was given to a voided lot.
        Taken: The new code is another lot's, or would be taken for one, or for its present code.
        SignatureNeeded: The password was not given again.
    """
    require(by, Action.CORRECT)
    why = reason_given(reason)
    code = new_code(transaction, new_lot_code)
    begin_writing(transaction, by=by, reason=why, is_history=True)
    lot = known_lot(transaction, lot_code, "lot_code")
    if code == lot["lot_code"]:
        raise BadValue(
            f"Lot {code} is called that already. Type what it should be called.",
            field="lot_code",
            code="NOTHING_CHANGED",
        )
    guard_new_code(transaction, code, now_called=lot["lot_code"])
    stood = standing_places(transaction, [lot["lot_id"]]).get(lot["lot_id"])
    said = f"renamed from {lot['lot_code']} to {code}: {why}"
    carried = _carried(transaction, lot, code, said, by)
    stands = standing_places(transaction, [carried.lot_id]).get(carried.lot_id)
    if stands != stood or _read_of(known_lot(transaction, code, "lot_code")) != _read_of(lot):
        raise _order_lost(lot)
    _sign(transaction, carried, lot, code, said, by=by, confirmation=confirmation)
    return code


def _carried(transaction: Transaction, lot: Row, code: str, said: str, by: Person) -> Carried:
    try:
        return carry_over(
            transaction, lot_id=lot["lot_id"], lot_code=code, reason=said, operator_id=by.user_id
        )
    except RuleBroken as broken:
        if broken.constraint in _ORDER_RULES:
            raise _order_lost(lot) from broken
        if broken.constraint not in _CODE_RULES:
            raise
        raise Taken(
            f"{code} looks like {lot['lot_code']}, which this lot is called: labels with either "
            "mean the same lot to a person. Leave it, or choose a code nobody can mistake.",
            field="lot_code",
            code="LOOK_ALIKE",
        ) from broken


def _read_of(lot: Row) -> Row:
    """Return what stands of a lot but its code: what is left, and what decisions make of it."""
    return {name: value for name, value in lot.items() if name not in ("lot_id", "lot_code")}


def _order_lost(lot: Row) -> CorrectionRefused:
    return CorrectionRefused(
        f"Lot {lot['lot_code']} has decisions, or a count and what left it, of one time, and only "
        "when they were entered tells which came first. Taken over, that could not be told. Take "
        "back what is known too roughly, record it with its time of day, then correct the code.",
        field="lot_code",
        code="TIME",
    )


def _sign(
    transaction: Transaction,
    carried: Carried,
    lot: Row,
    code: str,
    said: str,
    *,
    by: Person,
    confirmation: Confirmation | None,
) -> None:
    """Sign the rename, and each thing that was signed under the old code."""
    content: dict[str, Any] = {"lot_id": carried.lot_id, "lot_code": code, "reason": said}
    signed = {"by": by, "confirmation": confirmation, "meaning": Meaning.RENAME}
    sign(transaction, **signed, lot_void_id=carried.void_id, content=content)
    again = transaction.all(
        "signed_before_rename", lot_id=lot["lot_id"], renamed_id=carried.lot_id, reason=said
    )
    for row in again:
        about = {f"{row['thing']}_id": row["fact_id"]}
        sign(transaction, **signed, **about, content=content | about)
