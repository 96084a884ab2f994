"""Where a lot stands over HTTP, or stood at a moment."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.fields import Moment
from dashboards.api.move_shapes import Stand, stands_shown
from dashboards.api.unknown_lots import lot_unknown
from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.refusals import BadValue
from dashboards.sessions.limits import TRACE
from sql.errors import MomentAhead
from sql.genealogy.standing_places import lot_stood

router = APIRouter()


class Stands(BaseModel):
    """Where a lot stood, as far as the record says."""

    lot_code: str
    at: datetime | None
    as_of: datetime | None
    had_come_to_be: bool
    stands: list[Stand]


Reader = Annotated[Person, Depends(person_who_may(Action.READ, TRACE))]


@router.get("/stands/{lot_code:path}")
def stands(
    lot_code: str,
    _person: Reader,
    record: OpenRecord,
    at: Annotated[Moment | None, Query(description="Where it stood at this moment")] = None,
    as_of: Annotated[Moment | None, Query(description="As was known at this moment")] = None,
) -> Stands:
    """Return where a lot stands, or stood at a moment: by place, between two bounds.

    Before it came to be it stood nowhere; then had_come_to_be is false.
    """
    try:
        wanted = values.code(lot_code, "lot_code")
    except BadValue as unknown:
        raise answers.LotUnknown from unknown
    try:
        with record.snapshot(as_of=as_of) as snapshot:
            found = lot_stood(snapshot, wanted, at=at)
            if found is None:
                raise lot_unknown(snapshot, lot_code=wanted)
    except MomentAhead as ahead:
        field = "at" if at is not None and at > datetime.now(UTC) else "as_of"
        raise BadValue(str(ahead), field=field, code="TIME") from ahead
    return Stands(
        lot_code=found.lot["lot_code"],
        at=at,
        as_of=as_of,
        had_come_to_be=found.places is not None,
        stands=stands_shown(found.places or {}, found.counts),
    )
