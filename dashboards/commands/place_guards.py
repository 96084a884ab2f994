"""What must hold before a lot goes to a place, or leaves one. A guard reads and refuses only.

What is known by the day or month is refused where it can't have happened at its beginning, nor at
its end.
"""

from datetime import datetime

from dashboards.commands.held_places import Held, guard_enough, guard_since
from dashboards.commands.known_places import known_place, place_of
from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue, MovementRefused
from sql.genealogy.flows import At, Flow, Place
from sql.genealogy.stand_orders import Dated, stands_before
from sql.genealogy.standing_places import counted, dated
from sql.record.transactions import Row, Transaction


def guard_move(
    transaction: Transaction,
    lot: Row,
    moved: Quantity,
    to_place: Place,
    from_place: At,
    *,
    at: datetime,
    until: datetime | None = None,
) -> None:
    """Refuse to move what did not stand there then, or what moved on since.

    It is held against kilograms, and against what the lot counts in its own unit.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, lot_code, weight_kg, quantity and unit.
        moved: How much; nothing said: all that stood there.
        to_place: The place it went to.
        from_place: The place it came from; None: from wherever it stands.
        at: When it happened.
        until: Of a day or month, its end.

    Raises:
        BadValue: It would stay where it is.
        MovementRefused: As `move_lot` says.
    """
    if from_place == to_place:
        raise BadValue(
            f"{to_place} is where it came from and where it went to. Choose another place.",
            field="to_place_code",
            code="SAME_PLACE",
        )
    rows = transaction.all("flows_of_lots", lot_ids=[lot["lot_id"]])
    some = moved.quantity is not None
    flow = Flow("MOVED", moved.kg, to_place, from_place, some)
    weighed = Held(lot, lot["weight_kg"], [dated(row) for row in rows])
    _guard_there(weighed, Dated(flow, at, until or at))
    if lot["quantity"] is not None:
        count = moved.quantity if moved.unit == lot["unit"] else None
        some = moved.quantity is not None or moved.kg is not None
        flow = Flow("MOVED", count, to_place, from_place, some)
        in_unit = Held(lot, lot["quantity"], [counted(row) for row in rows], lot["unit"])
        _guard_there(in_unit, Dated(flow, at, until or at))


def _guard_there(held: Held, new: Dated) -> None:
    """Refuse a move of what wasn't there, by kilograms or by what is counted."""
    move, code, to = new.flow, held.lot["lot_code"], new.flow.to_place
    before = stands_before(held.began_with, held.known, new)
    if move.from_place is None and all(way.least[to] == way.most_kg > 0 for way in before):
        raise MovementRefused(
            f"All of lot {code} stands at {to} already. Nothing is left to do.",
            field="to_place_code",
            code="THERE_ALREADY",
        )
    named = [place for place in before[-1].amounts() if place not in (None, to)]
    is_part = move.kg is not None or move.is_some
    if is_part and move.from_place is None and len(named) > 1:
        part = "it" if move.kg is None else f"the {held.said(move.kg)}"
        raise MovementRefused(
            f"Lot {code} stands at {' and '.join(map(str, named))}. Say where {part} came from.",
            field="from_place_code",
            code="WHICH_PLACE",
        )
    if move.from_place:
        has = max(way.most[move.from_place] for way in before)
    else:
        has = max(way.most_kg - way.least[to] for way in before)
    where = f"at {move.from_place}" if move.from_place else f"that is not at {to} already"
    guard_enough(held, move.kg, has, where, "lot_code")
    guard_since(held, new, f"go to {to}")


def place_left(
    transaction: Transaction,
    lot: Row,
    code: str | None,
    taken: Quantity,
    *,
    at: datetime,
    until: datetime | None = None,
    field: str = "from_place_code",
) -> Row | None:
    """Look up the place that something of a lot left; None where nobody said.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, lot_code, weight_kg, quantity and unit.
        code: The place's code.
        taken: How much left, in kilograms and in its unit, as far as is known.
        at: When it happened.
        until: Of a day or month, its end.
        field: The input that named the place.

    Raises:
        NotFound: No place has the code.
        MovementRefused: Less stood there then, or something later takes it from there.
    """
    if not code:
        return None
    place = known_place(transaction, code, field)
    origin = place_of(place)
    rows = transaction.all("flows_of_lots", lot_ids=[lot["lot_id"]])
    ways = [(Held(lot, lot["weight_kg"], [dated(row) for row in rows]), taken.kg)]
    if lot["quantity"] is not None:
        count = taken.quantity if taken.unit == lot["unit"] else None
        ways.append((Held(lot, lot["quantity"], [*map(counted, rows)], lot["unit"]), count))
    for held, amount in ways:
        new = Dated(Flow("LEFT", amount, None, origin), at, until or at)
        before = stands_before(held.began_with, held.known, new)
        has = max(way.most[origin] for way in before)
        guard_enough(held, amount, has, f"at {origin}", field)
        guard_since(held, new, f"leave {origin}")
    return place
