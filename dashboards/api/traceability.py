"""A lot with its neighbours over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from dashboards.api import answers, shapes
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.shapes import lot_shown
from dashboards.api.unknown_lots import lot_unknown
from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.printed_codes import refuse_printed
from dashboards.commands.refusals import BadValue
from dashboards.sessions.limits import TRACE

router = APIRouter()


Tracer = Annotated[Person, Depends(person_who_may(Action.READ, TRACE))]


@router.get("/traceability/{lot_code:path}")
def trace(lot_code: str, _person: Tracer, record: OpenRecord) -> shapes.Traced:
    """Return a lot with its direct parents and children, each once."""
    try:
        wanted = values.code(lot_code, "lot_code")
    except BadValue as unknown:
        raise answers.LotUnknown from unknown
    with record.snapshot() as snapshot:
        lot = snapshot.one("lot_as_registered", lot_code=wanted)
        if lot is None:
            refuse_printed(snapshot, wanted, "lot_code")
            raise lot_unknown(snapshot, lot_code=wanted)
        parents = snapshot.all("parents_as_registered", lot_id=lot["lot_id"])
        children = snapshot.all("children_as_registered", lot_id=lot["lot_id"])
    return shapes.Traced(
        central=lot_shown(lot),
        parents=[lot_shown(parent) for parent in parents],
        children=[lot_shown(child) for child in children],
    )
