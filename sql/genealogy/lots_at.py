"""Which lots stand at a place, and how much of each is there."""

from sql.amounts import Amount
from sql.genealogy.standing_places import standing_places
from sql.record.transactions import Transaction


def lots_at(transaction: Transaction, place_code: str) -> dict[int, Amount]:
    """Return what may stand at a place, by lot: at least and at most so many kilograms.

    Args:
        transaction: A transaction or snapshot; as of a moment it knows what was known then.
        place_code: The place's code; of one that isn't there, nothing stands there.
    """
    brought = transaction.all("lots_brought_to", place_code=place_code)
    if not brought:
        return {}
    stands = standing_places(transaction, [row["lot_id"] for row in brought])
    return {
        lot_id: kg
        for lot_id, places in stands.items()
        for place, kg in places.items()
        if place is not None and place.code == place_code
    }
