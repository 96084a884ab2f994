"""Record a production over HTTP: what went in together, what came of it, and what was lost."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import bodies
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.production_shapes import Production, production_shown
from dashboards.api.repeats import Key, replayed
from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.lots import Parent
from dashboards.commands.production_sides import Output
from dashboards.commands.productions import record_production
from dashboards.commands.repeats import once
from dashboards.sessions.limits import LOTS

router = APIRouter()


Producer = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]


@router.post("/productions", status_code=201)
def post_production(
    person: Producer,
    body: bodies.NewProduction,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> Production:
    """Record a production, register its new lots and write the links that follow, or nothing.

    Each input is allotted to the outputs by their mass; where one of several outputs is unweighed,
    how much went into which stays unknown.
    """
    asked = body.model_dump(mode="json")
    request.state.asked = asked
    facts = body.model_dump(exclude={"inputs", "outputs"})
    inputs = [Parent(**one.model_dump()) for one in body.inputs]
    outputs = [Output(**one.model_dump()) for one in body.outputs]
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            production_id = record_production(
                transaction, by=person, inputs=inputs, outputs=outputs, **facts
            )
            code = values.code(body.production_code, "production_code")
            made = transaction.all("production_shown", production_code=code)[0]
            parts = transaction.all("production_parts", production_id=production_id)
            return production_shown(made, parts, person).model_dump(mode="json")

        written = once(
            transaction, by=person, key=key, asked={"to": "productions", **asked}, write=write
        )
    return Production(**replayed(written, response))
