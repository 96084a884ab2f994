"""Register a lot over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import bodies, shapes
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.repeats import Key, replayed
from dashboards.api.shapes import lot_shown
from dashboards.commands.authority import Action, Person
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.repeats import once
from dashboards.sessions.limits import LOTS

router = APIRouter()


Registrar = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]


@router.post("/lots", status_code=201)
def post_lot(
    person: Registrar,
    body: bodies.NewLot,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> shapes.Lot:
    """Register a lot together with what went into it."""
    asked = body.model_dump(mode="json")
    request.state.asked = asked
    facts = body.model_dump(exclude={"production_run_id", "parents", "happened_on"})
    facts["happened_at"] = body.happened()
    parents = [
        Parent(
            parent.lot_code, parent.quantity_kg, parent.expiry_reason, parent.quantity, parent.unit
        )
        for parent in body.parents
    ]
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            lot = register_lot(
                transaction, by=person, run_id=body.production_run_id, parents=parents, **facts
            )
            return lot_shown(lot).model_dump(mode="json")

        written = once(transaction, by=person, key=key, asked={"to": "lots", **asked}, write=write)
    return shapes.Lot(**replayed(written, response))
