"""The reference plant of the domain, as people register it."""

from dashboards.commands.authority import Person
from dashboards.commands.lots import Parent, register_lot
from sql.record.transactions import Transaction

REFERENCE = (
    ("RAW-BEEF-001", "RAW", 500, ()),
    ("RAW-SPICE-001", "RAW", 50, ()),
    ("MIX-BATCH-88", "MIX", 540, (("RAW-BEEF-001", 500), ("RAW-SPICE-001", 40))),
    ("FG-DONER-X1", "FG", 530, (("MIX-BATCH-88", 530),)),
)


def register_reference(transaction: Transaction, by: Person) -> None:
    """Register the domain's reference plant: beef and spice into a mix into a finished lot."""
    for code, kind, weight, parents in REFERENCE:
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type=kind,
            weight_kg=weight,
            parents=[Parent(*parent) for parent in parents],
        )
