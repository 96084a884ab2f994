"""What must hold before a lot is moved to a place. A guard reads and refuses; it never writes."""

from datetime import datetime

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, MovementRefused, NotFound
from dashboards.commands.wording import kilograms
from sql.genealogy.standing_places import flow_of
from sql.genealogy.stands import Flow, Stand, stand_after
from sql.record.transactions import Row, Transaction


def known_place(transaction: Transaction, code: str, field: str) -> Row:
    """Look a place up by its code: place_id, place_code and label.

    Raises:
        NotFound: No place has the code.
    """
    found = transaction.one("place_named", place_code=values.code(code, field))
    if found is None:
        raise NotFound("Place", code, field=field)
    return found


def guard_move(transaction: Transaction, lot: Row, move: Flow, *, at: datetime) -> None:
    """Refuse to move what did not stand there then, or what moved on since.

    Args:
        transaction: Holds the write lock.
        lot: With lot_id, lot_code and weight_kg.
        move: Where to, where from and how much.
        at: When it happened.

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
    flows = transaction.all("flows_of_lots", lot_ids=[lot["lot_id"]])
    before = [flow_of(row) for row in flows if row["happened_at"] <= at]
    after = [flow_of(row) for row in flows if row["happened_at"] > at]
    weight_kg = lot["weight_kg"]
    _guard_there(lot, move, stand_after(weight_kg, before))
    was_overdrawn = stand_after(weight_kg, before + after).is_overdrawn
    if stand_after(weight_kg, [*before, move, *after]).is_overdrawn and not was_overdrawn:
        raise MovementRefused(
            f"What would go to {move.to_place} was moved from where it stood by a later move of "
            f"lot {lot['lot_code']}. Check the time, or void the later move first.",
            field="happened_at",
            code="MOVED_SINCE",
        )


def _guard_there(lot: Row, move: Flow, stand: Stand) -> None:
    """Refuse what can't have stood there: nothing, less, there already, or nobody knows where."""
    code, to = lot["lot_code"], move.to_place
    if move.from_place is None and stand.least[to] == stand.most_kg > 0:
        raise MovementRefused(
            f"All of lot {code} stands at {to} already. Nothing is left to do.",
            field="to_place_code",
            code="THERE_ALREADY",
        )
    named = [place for place in stand.amounts() if place not in (None, to)]
    if move.kg is not None and move.from_place is None and len(named) > 1:
        raise MovementRefused(
            f"Lot {code} stands at {' and '.join(map(str, named))}. Say where the "
            f"{kilograms(move.kg)} came from.",
            field="from_place_code",
            code="WHICH_PLACE",
        )
    has_kg = stand.most[move.from_place] if move.from_place else stand.most_kg - stand.least[to]
    if has_kg <= 0 or move.kg is not None and move.kg > has_kg:
        where = f"at {move.from_place}" if move.from_place else f"that is not at {to} already"
        much = "nothing" if has_kg <= 0 else f"at most {kilograms(has_kg)}"
        raise MovementRefused(
            f"Lot {code} had {much} {where} then. Check the lot, the place and the time.",
            field="quantity_kg" if has_kg > 0 else "lot_code",
            code="NOT_ENOUGH",
        )
