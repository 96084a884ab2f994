"""Pack lots and units into logistic units over HTTP, and take them out again."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import answers
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.packing_shapes import NewPacking, Packing, packing_shown
from dashboards.api.repeats import Key, replayed
from dashboards.commands.authority import Action, Person
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.refusals import BadValue, NotFound
from dashboards.commands.repeats import once
from dashboards.commands.unpacking import unpack
from dashboards.sessions.limits import LOTS
from sql.packings import PackingKind
from sql.record.transactions import Transaction

router = APIRouter()


Packer = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]


@router.post("/packings", status_code=201)
def post_packing(
    person: Packer,
    body: NewPacking,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> Packing:
    """Put a lot or a unit into a logistic unit (PACKED), or take it out (UNPACKED).

    Packing says where a lot stands and takes nothing from it; no more is packed than is on hand and
    not packed yet.
    """
    asked = body.model_dump(mode="json")
    request.state.asked = asked
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            try:
                packing_id = _write(transaction, person, body)
            except NotFound as unknown:
                if unknown.field == "lot_code":
                    raise answers.LotUnknown from unknown
                raise
            row = transaction.all("packing_written", packing_id=packing_id)[0]
            return packing_shown(row).model_dump(mode="json")

        written = once(
            transaction, by=person, key=key, asked={"to": "packings", **asked}, write=write
        )
    return Packing(**replayed(written, response))


def _write(transaction: Transaction, by: Person, body: NewPacking) -> int:
    """Ask the command that the body means."""
    if (body.lot_code is None) == (body.inner_sscc is None):
        raise BadValue(
            "Name the lot in lot_code, or the unit in inner_sscc: one of them.",
            field="lot_code",
            code="ONE_OF",
        )
    amount = {"quantity_kg": body.quantity_kg, "quantity": body.quantity, "unit": body.unit}
    which = {"by": by, "sscc": body.sscc, "happened_at": body.happened_at}
    if body.kind == PackingKind.UNPACKED:
        inner = {"lot_code": body.lot_code, "inner_sscc": body.inner_sscc}
        return unpack(transaction, **which, **inner, **amount)
    if body.lot_code is not None:
        lot = {"lot_code": body.lot_code, "confirmed": body.confirmed}
        return pack_lot(transaction, **which, **lot, **amount)
    if any(value is not None for value in amount.values()):
        raise BadValue(
            "quantity_kg is of a whole unit. Leave it empty; its lots were weighed on their own.",
            field="quantity_kg",
            code="OF_A_UNIT",
        )
    inner = {"inner_sscc": body.inner_sscc or "", "confirmed": body.confirmed}
    return pack_unit(transaction, **which, **inner)
