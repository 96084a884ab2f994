"""Put a new lot where it came to be: all of it, at its own time."""

from dashboards.commands.known_places import place_in_use
from sql.record.transactions import Row, Transaction


def put_where_it_came(transaction: Transaction, lot: Row, place: Row, operator_id: int) -> None:
    """Record that all of a lot that was just registered stands at a place since it came to be.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, happened_at and happened_until.
        place: With place_id.
        operator_id: Who says so.
    """
    transaction.run(
        "write_receipt",
        lot_id=lot["lot_id"],
        place_id=place["place_id"],
        operator_id=operator_id,
        happened_at=lot["happened_at"],
        happened_until=lot["happened_until"],
    )


def place_received_at(transaction: Transaction, place_code: str | None) -> Row | None:
    """Look up where a lot was received; None: nobody said.

    Raises:
        BadValue: The code can't be taken, or the place is retired.
        NotFound: No place has it.
    """
    return place_in_use(transaction, place_code, "place_code") if place_code else None
