"""What must hold before something is packed, unpacked or leaves on its unit; see `pallet_guards`.

A guard reads and refuses or asks; it never writes. It is asked under the write lock.
"""

from collections.abc import Collection
from decimal import Decimal

from dashboards.commands.identifiers import has_wrong_check_digit
from dashboards.commands.identifiers import sscc as digits_of
from dashboards.commands.refusals import BadValue, PackingRefused, ToConfirm
from dashboards.commands.wording import counted, kilograms, site_time_of
from sql.amounts import Amount, Sureness
from sql.record.transactions import Row, Transaction


def unit_code(value: str | None, field: str = "sscc") -> str:
    """Read a unit's SSCC, which must be there.

    Raises:
        BadValue: It is empty, has letters, or not 18 digits.
    """
    code = digits_of(value, field)
    if code is None:
        raise BadValue(
            "The unit's SSCC is empty. Scan the 18 digits of its label.", field=field, code="EMPTY"
        )
    return code


def guard_check_digit(transaction: Transaction, sscc: str, confirmed: Collection[str]) -> None:
    """Ask about a wrong check digit of a unit that the record doesn't know yet.

    Raises:
        ToConfirm: The person has not said yes to just these words.
    """
    if has_wrong_check_digit(sscc) and not transaction.value("unit_known", sscc=sscc):
        question = f"The check digit of unit {sscc} is wrong: a digit may be misread."
        if question not in confirmed:
            raise ToConfirm(question, field="sscc")


def guard_here(transaction: Transaction, sscc: str) -> None:
    """Refuse a unit that has left the plant, itself or on what it stands on.

    Raises:
        PackingRefused: Names the shipment, its customer and when.
    """
    shipped = transaction.one("unit_shipped", sscc=sscc)
    if shipped is not None:
        on = "" if shipped["sscc"] == sscc else f" on unit {shipped['sscc']}"
        raise PackingRefused(
            f"Unit {sscc} left{on} with shipment {shipped['shipment_code']} to "
            f"{shipped['customer_name']}, {site_time_of(shipped)}. Where that is "
            "wrong, void the shipment first.",
            field="sscc",
            code="UNIT_SHIPPED",
        )


def guard_left_to_pack(transaction: Transaction, lot: Row, asked_kg: Decimal | None) -> None:
    """Refuse to pack more of a lot than is on hand and not packed yet.

    Raises:
        PackingRefused: Says how much is left to pack.
    """
    is_overdrawn = lot["overdrawn_kg"] is not None or lot["overdrawn_at_least_kg"] is not None
    on_hand = Amount(Decimal(0), Decimal(0)) if is_overdrawn else Amount.of(lot, "on_hand")
    most_kg = on_hand.most_kg
    if most_kg is None:
        return
    packed = transaction.one("packed_of_lot", lot_id=lot["lot_id"]) or {}
    packed_kg: Decimal = packed["kg"]
    left_kg = max(most_kg - packed_kg, Decimal(0))
    if left_kg == 0 or asked_kg is not None and asked_kg > left_kg:
        unweighed = packed["unweighed_count"]
        on_hand_bound = "" if on_hand.sureness is Sureness.EXACTLY else "at most "
        bound = "at most " if unweighed and left_kg else on_hand_bound
        also = f", more of it unweighed in {counted(unweighed, 'unit')}" if unweighed else ""
        raise PackingRefused(
            f"Lot {lot['lot_code']} has {bound}{kilograms(left_kg)} left to pack: {on_hand_bound}"
            f"{kilograms(max(most_kg, Decimal(0)))} on hand, {kilograms(packed_kg)} of it packed"
            f"{also}. "
            "Pack at most that, or unpack some first.",
            field="quantity_kg",
            code="NOT_ENOUGH",
        )


def guard_inner(transaction: Transaction, sscc: str, inner_sscc: str) -> None:
    """Refuse a unit put into itself, and one that is empty, has left, or stands elsewhere.

    Raises:
        PackingRefused: Says which, and the way out.
    """
    if transaction.value("is_around", outer_sscc=inner_sscc, sscc=sscc):
        same = f"Unit {sscc} can't be put into itself."
        through = f"Unit {inner_sscc} can't be put into {sscc}, which stands in it already."
        raise PackingRefused(
            f"{same if inner_sscc == sscc else through} Scan the unit that goes into the other.",
            field="inner_sscc",
            code="INTO_ITSELF",
        )
    stands_on = transaction.value("unit_stands_on", sscc=inner_sscc)
    if stands_on is not None:
        raise PackingRefused(
            f"Unit {inner_sscc} stands on unit {stands_on} already. Take it from there first.",
            field="inner_sscc",
            code="STANDS_ELSEWHERE",
        )
    guard_here(transaction, inner_sscc)
    if not transaction.all("lots_in_unit", sscc=inner_sscc):
        raise PackingRefused(
            f"Nothing is packed in unit {inner_sscc}. Pack its lots into it first.",
            field="inner_sscc",
            code="EMPTY_UNIT",
        )
