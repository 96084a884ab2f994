"""What the process says of pallets: of one product, or one customer's, where it says so.

A guard reads and refuses; it never writes. It is asked under the write lock. What counts is the
rule that held when it happened on the floor, and every lot on the pallet: a rule for one type is
about all pallets on which a lot of it stands.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from dashboards.commands.refusals import PackingRefused, ShipmentRefused
from sql.process_words import ProcessRule
from sql.record.transactions import Row, Transaction


def guard_one_product(
    transaction: Transaction, sscc: str, added: Collection[Row], *, at: datetime
) -> None:
    """Refuse a second product in a unit, counted with what it stands on, where the process says so.

    Args:
        transaction: Open transaction that holds the write lock.
        sscc: The unit that something goes into.
        added: The lots that go in, each with lot_code, lot_type and product_id.
        at: When they go in.

    Raises:
        PackingRefused: Names both lots; of one of them the product may not be known.
    """
    whole = transaction.value("outermost_unit", sscc=sscc)
    inside = transaction.all("lots_in_unit", sscc=whole)
    together = [*inside, *added]
    for lot in added:
        other = next((one for one in together if one["product_id"] != lot["product_id"]), None)
        if other is not None and _holds(
            transaction, ProcessRule.PALLET_OF_ONE_PRODUCT, together, at
        ):
            is_known = None not in (other["product_id"], lot["product_id"])
            raise PackingRefused(
                f"Unit {whole} {'holds' if other in inside else 'would hold'} lot "
                f"{other['lot_code']} of {'another' if is_known else 'maybe another'} product than "
                f"lot {lot['lot_code']}: a pallet is of one product. Use another unit.",
                field="lot_code",
                code="ONE_PRODUCT",
            )


def guard_leaves_as_one(
    transaction: Transaction,
    sscc: str | None,
    lot: Row,
    customer_code: str,
    *,
    at: datetime,
    until: datetime | None,
) -> None:
    """Refuse a pallet that would leave with two products or for two customers, where it may not.

    Args:
        transaction: Open transaction that holds the write lock.
        sscc: The unit's code on the line; None: there is none.
        lot: The lot of the line, with lot_code, lot_type and product_id.
        customer_code: Who it goes to.
        at: When it leaves.
        until: Before when, where the time is a day or a month; None: it is known.

    Raises:
        ShipmentRefused: Names the other lot, where both products are known; or the other customer
            and the shipment to it.
    """
    if sscc is None:
        return
    gone = transaction.all("lines_on_unit", sscc=sscc)
    aboard = [*transaction.all("lots_in_unit", sscc=sscc), *gone]
    everything = [lot, *aboard]
    other = next(
        (
            one
            for one in aboard
            if None not in (one["product_id"], lot["product_id"])
            and one["product_id"] != lot["product_id"]
        ),
        None,
    )
    if other is not None and _holds(
        transaction, ProcessRule.PALLET_OF_ONE_PRODUCT, everything, at, until
    ):
        raise ShipmentRefused(
            f"Pallet {sscc} has lot {other['lot_code']} of another product than lot "
            f"{lot['lot_code']}: a pallet is of one product. Unpack one of them, or use another "
            "pallet's code.",
            field="sscc",
            code="ONE_PRODUCT",
        )
    line = next((line for line in gone if line["customer_code"] != customer_code), None)
    if line is not None and _holds(
        transaction, ProcessRule.PALLET_OF_ONE_CUSTOMER, everything, at, until
    ):
        raise ShipmentRefused(
            f"Pallet {line['sscc']} left for {line['customer_name']} ({line['customer_code']}) "
            f"with shipment {line['shipment_code']}: a pallet is one customer's. Use another "
            "pallet's code; where that line is wrong, void it first.",
            field="sscc",
            code="PALLET_OF_ONE_CUSTOMER",
        )


def _holds(
    transaction: Transaction,
    rule: ProcessRule,
    lots: Iterable[Row],
    at: datetime,
    until: datetime | None = None,
) -> bool:
    """Tell whether a rule about a pallet with these lots held then, all that time."""
    types = sorted({lot["lot_type"] for lot in lots} - {None})
    return transaction.value(
        "does_pallet_rule_hold", rule=rule, lot_types=types, at=at, until=until
    )
