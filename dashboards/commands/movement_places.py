"""The place that a movement left, or where what came back was put."""

from datetime import datetime

from dashboards.commands.known_places import place_in_use
from dashboards.commands.place_guards import place_left
from dashboards.commands.quantities import Quantity
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction


def place_of_movement(
    transaction: Transaction,
    lot: Row,
    kind: MovementKind,
    code: str | None,
    moved: Quantity,
    at: datetime,
    until: datetime | None = None,
) -> Row | None:
    """Look up where it left, with so much there then, or where it was put; None: nobody said.

    Raises:
        NotFound: No place has the code.
        BadValue: What came back would go to a retired place.
        MovementRefused: Less stood there then, or something later takes it from there.
    """
    if code and kind == MovementKind.RETURNED:
        return place_in_use(transaction, code, "place_code")
    return place_left(transaction, lot, code, moved, at=at, until=until, field="place_code")
