"""Record what else happens to a lot over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import answers, bodies
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.movement_shapes import Movement, movement_shown
from dashboards.api.repeats import Key, replayed
from dashboards.commands.authority import Action, Person
from dashboards.commands.movements import register_movement
from dashboards.commands.refusals import NotFound
from dashboards.commands.repeats import once
from dashboards.sessions.limits import LOTS
from dashboards.sessions.password_check import confirmed

router = APIRouter()


Mover = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]


@router.post("/movements", status_code=201)
def post_movement(
    person: Mover,
    body: bodies.NewMovement,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> Movement:
    """Record waste, a sample, what is destroyed, sent back, given away, returned or counted.

    Destroying a rejected lot is signed with the password where it is sent, else with the token.
    """
    asked = body.model_dump(mode="json", exclude={"password"})
    request.state.asked = asked
    facts: dict[str, Any] = body.model_dump(exclude={"password", "happened_on"})
    facts["happened_at"] = body.happened()
    confirmation = None if body.password is None else confirmed(record, person, body.password)
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            try:
                movement = register_movement(
                    transaction, by=person, confirmation=confirmation, **facts
                )
            except NotFound as unknown:
                if unknown.field == "lot_code":
                    raise answers.LotUnknown from unknown
                raise
            return movement_shown(movement).model_dump(mode="json")

        written = once(
            transaction, by=person, key=key, asked={"to": "movements", **asked}, write=write
        )
    return Movement(**replayed(written, response))
