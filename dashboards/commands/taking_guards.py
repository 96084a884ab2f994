"""What must hold before kilograms of a lot go: enough left, decided about, released.

A guard reads and refuses; it never writes. It is asked under the write lock.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from dashboards.commands.loose_guards import require_loose
from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue, LinkRefused, NotEnough, Refusal
from dashboards.commands.wording import in_unit, kilograms, site_time_of
from sql.amounts import Amount
from sql.record.transactions import Row, Transaction


def require_left(
    transaction: Transaction,
    lot: Row,
    asked_kg: Decimal | None,
    field: str,
    *,
    at: datetime,
    in_unit_kg: Decimal | None = None,
) -> None:
    """Refuse to take more from a lot than it can have left; an unknown weight can't be measured.

    Where some of what it gave out is of unknown weight, it has at most what the rest leaves. What
    happened before the lot was counted is measured by what was there until then. What stands
    packed is not taken loose; `in_unit_kg` of it leave on their unit, None: it is taken loose.

    Raises:
        PackingRefused: What is asked stands packed in units.
        NotEnough: The lot has less left than is asked, or is overdrawn; tells who took last, and
            when.
    """
    left = transaction.one("lot_left", lot_id=lot["lot_id"], at=at)
    if left is None or left["at_most_kg"] is None:
        require_loose(transaction, lot, asked_kg, None, field, in_unit_kg=in_unit_kg)
        return
    left_kg = max(left["at_most_kg"], Decimal(0))
    if asked_kg is not None and asked_kg > left_kg:
        taken = transaction.one("last_taken", lot_id=lot["lot_id"])
        last_taken = (
            ""
            if taken is None
            else (
                f"{taken['taken_by'] or 'An import'} took {kilograms(taken['quantity_kg'])} for "
                f"{taken['taken_for']} at {site_time_of(taken)}. "
            )
        )
        raise NotEnough(
            lot["lot_code"],
            asked_kg,
            left_kg,
            field,
            last_taken,
            is_at_most=not left["is_known"] and left_kg > 0,
        )
    require_loose(transaction, lot, asked_kg, left_kg, field, in_unit_kg=in_unit_kg)


def require_units_left(
    transaction: Transaction, lot: Row, asked: Quantity, *, at: datetime, field: str = "quantity"
) -> None:
    """Refuse to take more of a lot's own unit than it can have left then; see `require_left`.

    Raises:
        BadValue: It is counted in another unit, and nobody knows what the asked amount weighs.
        LinkRefused: The lot has less left, in its unit.
    """
    if asked.quantity is None or lot["quantity"] is None:
        return
    if asked.unit != lot["unit"]:
        if asked.kg is not None:
            return
        raise BadValue(
            f"Lot {lot['lot_code']} is kept in {lot['unit']}, not in {asked.unit}. Say how many "
            f"{lot['unit']} were taken, or how many kilograms.",
            field="unit",
            code="OTHER_UNIT",
        )
    rest = transaction.one("units_left", lot_id=lot["lot_id"], at=at)
    if rest is None or rest["at_most_quantity"] is None:
        return
    left = max(rest["at_most_quantity"], Decimal(0))
    if asked.quantity <= left:
        return
    raise LinkRefused(
        f"Lot {lot['lot_code']} has {'' if rest['is_known'] or not left else 'at most '}"
        f"{in_unit(left, lot['unit'])} left; {in_unit(asked.quantity, asked.unit)} is too much. "
        "Take at most what is left, or choose another lot.",
        field=field,
        code="NOT_ENOUGH",
    )


def require_decided(
    lot: Row,
    refused: Callable[..., Refusal],
    asked_kg: Decimal | None,
    field: str = "quantity_kg",
) -> None:
    """Refuse to take what came back from a customer before somebody has decided about it.

    Raises:
        Refusal: What is asked is more than the lot has without it; or nobody knows how much.
    """
    undecided_kg = lot["undecided_kg"]
    left = Amount.of(lot, "on_hand")
    if undecided_kg is None or left.most_kg is None:
        return
    free_kg = max(left.most_kg - undecided_kg, Decimal(0))
    if asked_kg is None and free_kg > 0 or asked_kg is not None and asked_kg <= free_kg:
        return
    raise refused(
        f"{kilograms(undecided_kg)} of lot {lot['lot_code']} came back from a customer, and nobody "
        f"has decided about it since; {kilograms(free_kg)} can be taken without it. Decide about "
        "the lot first.",
        field=field,
        code="RETURN_UNDECIDED",
    )


def require_released(transaction: Transaction, lot: Row, refused: Callable[..., Refusal]) -> None:
    """Refuse what leaves the plant for people before its final release."""
    if not transaction.value("passed_blocking_gate", lot_id=lot["lot_id"]):
        raise refused(
            f"Lot {lot['lot_code']} has not passed its final release. Decide PASS there first.",
            field="lot_code",
        )
