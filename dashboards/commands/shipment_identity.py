"""Whether a shipment line is a new fact: one customer a code, and no line twice by mistake.

A guard reads, refuses or asks; it never writes.
"""

from collections.abc import Collection

from dashboards.commands.identifiers import has_wrong_check_digit
from dashboards.commands.refusals import ShipmentRefused, ToConfirm
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row, Transaction


def guard_identity(
    transaction: Transaction,
    *,
    shipment_code: str,
    lot: Row,
    customer_code: str,
    sscc: str | None,
    confirmed: Collection[str],
) -> None:
    """Refuse a second customer; ask about a line that is there already, and a wrong check digit.

    Raises:
        ShipmentRefused: The shipment goes to another customer.
        ToConfirm: The person has not said yes to just these words.
    """
    lines = transaction.all("shipped_already", shipment_code=shipment_code, lot_id=lot["lot_id"])
    other = [line for line in lines if line["customer_code"] != customer_code]
    if other:
        raise ShipmentRefused(
            f"Shipment {shipment_code} goes to {other[0]['customer_name']} "
            f"({other[0]['customer_code']}). One shipment has one customer: use another code.",
            field="shipment_code",
            code="ONE_CUSTOMER",
        )
    questions = [
        f"Shipment {shipment_code} has lot {lot['lot_code']} with "
        f"{kilograms(line['quantity_kg'])} already."
        for line in lines
        if line["is_of_lot"]
    ]
    if sscc is not None and has_wrong_check_digit(sscc):
        questions.append(f"The check digit of pallet {sscc} is wrong: a digit may be misread.")
    question = " ".join(questions)
    if question and question not in confirmed:
        raise ToConfirm(question, field="shipment_code")
