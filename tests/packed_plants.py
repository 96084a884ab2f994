"""A lot that stands in a case on a pallet and left on another, for the faces of a trace."""

from collections.abc import Mapping

from dashboards.commands.authority import Person
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.unit_shipments import ship_unit
from sql.record.transactions import Transaction

CASE, PALLET, GONE = "059012345000000012", "059012345000000036", "059012345000000043"


def register_packed(transaction: Transaction, people: Mapping[str, Person]) -> None:
    """Make A (60 kg) of R: 30 kg of it in a case on a pallet, 10 kg left on another with S-1."""
    by = people["MANAGER"]
    transaction.copy(
        "facts.partners", ["partner_code", "name", "role"], [("C", "Shop", "CUSTOMER")]
    )
    register_lot(transaction, by=by, lot_code="R", lot_type="RAW", weight_kg=100)
    parents = [Parent("R", 60)]
    register_lot(transaction, by=by, lot_code="A", lot_type="MIX", weight_kg=60, parents=parents)
    pack_lot(transaction, by=by, sscc=CASE, lot_code="A", quantity_kg=30)
    pack_lot(transaction, by=by, sscc=GONE, lot_code="A", quantity_kg=10)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    ship_unit(transaction, by=by, sscc=GONE, shipment_code="S-1", customer_code="C")
