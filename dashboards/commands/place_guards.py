"""What must hold before a lot goes to a place, or leaves one. A guard reads and refuses only.

What is known by the day or month is refused where it can't have happened at its beginning, nor at
its end.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from dashboards.commands.known_places import known_place, place_of
from dashboards.commands.refusals import BadValue, MovementRefused
from dashboards.commands.wording import kilograms
from sql.genealogy.flows import Flow
from sql.genealogy.stand_orders import Dated, is_overdrawn, stands_before
from sql.genealogy.standing_places import dated
from sql.record.transactions import Row, Transaction


def guard_move(
    transaction: Transaction, lot: Row, move: Flow, *, at: datetime, until: datetime | None = None
) -> None:
    """Refuse to move what did not stand there then, or what moved on since.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, lot_code and weight_kg.
        move: Where to, where from and how much.
        at: When it happened.
        until: Of a day or month, its end.

    Raises:
        BadValue: It would stay where it is.
        MovementRefused: As `move_lot` says.
    """
    if move.from_place == move.to_place:
        raise BadValue(
            f"{move.to_place} is where it came from and where it went to. Choose another place.",
            field="to_place_code",
            code="SAME_PLACE",
        )
    known = _flows(transaction, lot)
    new = Dated(move, at, until or at)
    before = stands_before(lot["weight_kg"], known, new)
    code, to = lot["lot_code"], move.to_place
    if move.from_place is None and all(way.least[to] == way.most_kg > 0 for way in before):
        raise MovementRefused(
            f"All of lot {code} stands at {to} already. Nothing is left to do.",
            field="to_place_code",
            code="THERE_ALREADY",
        )
    named = [place for place in before[-1].amounts() if place not in (None, to)]
    if move.kg is not None and move.from_place is None and len(named) > 1:
        raise MovementRefused(
            f"Lot {code} stands at {' and '.join(map(str, named))}. Say where the "
            f"{kilograms(move.kg)} came from.",
            field="from_place_code",
            code="WHICH_PLACE",
        )
    if move.from_place:
        has_kg = max(way.most[move.from_place] for way in before)
    else:
        has_kg = max(way.most_kg - way.least[to] for way in before)
    where = f"at {move.from_place}" if move.from_place else f"that is not at {to} already"
    _guard_enough(lot, move.kg, has_kg, where, "lot_code")
    _guard_since(lot, known, new, f"go to {move.to_place}")


def place_left(
    transaction: Transaction,
    lot: Row,
    code: str | None,
    kg: Decimal | None,
    *,
    at: datetime,
    until: datetime | None = None,
    field: str = "from_place_code",
) -> Row | None:
    """Look up the place that something of a lot left; None where nobody said.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, lot_code and weight_kg.
        code: The place's code.
        kg: How much left; None: unknown.
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
    known = _flows(transaction, lot)
    new = Dated(Flow("LEFT", kg, None, origin), at, until or at)
    before = stands_before(lot["weight_kg"], known, new)
    has_kg = max(way.most[origin] for way in before)
    _guard_enough(lot, kg, has_kg, f"at {origin}", field)
    _guard_since(lot, known, new, f"leave {origin}")
    return place


def _flows(transaction: Transaction, lot: Row) -> list[Dated]:
    """Return what happened to the lot so far."""
    return [dated(row) for row in transaction.all("flows_of_lots", lot_ids=[lot["lot_id"]])]


def _guard_enough(lot: Row, kg: Decimal | None, has_kg: Decimal, where: str, field: str) -> None:
    """Refuse more than can have stood there."""
    if has_kg <= 0 or kg is not None and kg > has_kg:
        much = "nothing" if has_kg <= 0 else f"at most {kilograms(has_kg)}"
        raise MovementRefused(
            f"Lot {lot['lot_code']} had {much} {where} then. Check the lot, the place and "
            "the time.",
            field="quantity_kg" if has_kg > 0 else field,
            code="NOT_ENOUGH",
        )


def _guard_since(lot: Row, known: Sequence[Dated], new: Dated, what: str) -> None:
    """Refuse what leaves too little for what happened since."""
    weight_kg = lot["weight_kg"]
    if is_overdrawn(weight_kg, [*known, new]) and not is_overdrawn(weight_kg, known):
        raise MovementRefused(
            f"What would {what} went from where it stood with something later of lot "
            f"{lot['lot_code']}. Check the time, or void what came later first.",
            field="happened_at",
            code="MOVED_SINCE",
        )
