"""Record over HTTP which lot went to which place."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import answers
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.move_shapes import Move, NewMove, move_shown
from dashboards.api.repeats import Key, replayed
from dashboards.commands.authority import Action, Person
from dashboards.commands.places import move_lot
from dashboards.commands.refusals import NotFound
from dashboards.commands.repeats import once
from dashboards.sessions.limits import LOTS
from sql.genealogy.standing_places import standing_counts, standing_places

router = APIRouter()


Mover = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]


@router.post("/moves", status_code=201)
def post_move(
    person: Mover,
    body: NewMove,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> Move:
    """Record that a lot, or some of it, went to a place; answered with where it stands then.

    Moving takes no kilograms from a lot; one on HOLD may be moved.
    """
    asked = body.model_dump(mode="json")
    request.state.asked = asked
    facts: dict[str, Any] = body.model_dump(exclude={"happened_on"})
    facts["happened_at"] = body.happened()
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            try:
                move = move_lot(transaction, by=person, **facts)
            except NotFound as unknown:
                if unknown.field == "lot_code":
                    raise answers.LotUnknown from unknown
                raise
            lot_id = move["lot_id"]
            stands = standing_places(transaction, [lot_id])[lot_id]
            counts = standing_counts(transaction, [lot_id]).get(lot_id)
            return move_shown(move, stands, counts).model_dump(mode="json")

        written = once(transaction, by=person, key=key, asked={"to": "moves", **asked}, write=write)
    return Move(**replayed(written, response))
