"""What stands in the way of voiding a fact. A guard reads and refuses; it never writes."""

from dashboards.commands.refusals import CorrectionRefused
from dashboards.commands.wording import counted
from sql.record.transactions import Row, Transaction


def guard_link_of_production(link: Row) -> None:
    """Refuse to void one link of a production: its links go together.

    Args:
        link: With what it is called and production_code; None there: somebody linked by hand.

    Raises:
        CorrectionRefused: Names the production.
    """
    if link["production_code"] is not None:
        raise CorrectionRefused(
            f"{link['named']} follows from production {link['production_code']}. Void the "
            "production, and record it anew as it was.",
            field="link_id",
        )


def guard_facts_of_lot(transaction: Transaction, lot_id: int, named: str) -> None:
    """Refuse while something stands that says the lot was there: it goes first, one by one."""
    standing = transaction.one("facts_that_stand", lot_id=lot_id) or {}
    said = [
        counted(standing[f"{thing}s_count"], thing)
        for thing in ("link", "shipment", "movement", "decision")
        if standing[f"{thing}s_count"]
    ]
    if said:
        raise CorrectionRefused(
            f"{named} still has {' and '.join(said)}. Void its links, shipments and "
            "movements and withdraw its decisions first, then the lot.",
            field="lot_id",
            code="LOT_IN_USE",
        )
