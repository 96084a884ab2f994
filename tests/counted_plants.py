"""Loaves and a drink that nobody weighed, of one flour, for the faces of a trace."""

from collections.abc import Mapping

from dashboards.commands.authority import Person
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.shipments import record_shipment
from sql.record.transactions import Transaction


def register_counted(transaction: Transaction, people: Mapping[str, Person]) -> None:
    """Make 200 loaves, half of FLOUR, and 30 l of a drink, all of it; of 50 loaves 10 came back."""
    by = people["MANAGER"]
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
    )
    for code, kg in (("FLOUR", 60), ("RYE", 40)):
        register_lot(transaction, by=by, lot_code=code, lot_type="RAW", weight_kg=kg)
    for code, quantity, unit, parents in (
        ("LOAVES", 200, "pcs", [Parent("FLOUR", 40), Parent("RYE", 40)]),
        ("DRINK", 30, "l", [Parent("FLOUR", 20)]),
    ):
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type="MIX",
            quantity=quantity,
            unit=unit,
            parents=parents,
        )
    loaves = {"by": by, "lot_code": "LOAVES", "unit": "pcs", "shipment_code": "S-1"}
    record_shipment(transaction, **loaves, customer_code="C", quantity_kg=None, quantity=50)
    register_movement(transaction, **loaves, kind="RETURNED", quantity=10, reason="too many loaves")
