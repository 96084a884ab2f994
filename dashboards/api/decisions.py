"""Decide about a lot over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from dashboards.api import shapes
from dashboards.api.access import OpenRecord, person_who_may
from dashboards.api.decision_bodies import NewDecision
from dashboards.api.fields import LARGEST_ID
from dashboards.api.repeats import Key, replayed
from dashboards.api.shapes import decision_shown
from dashboards.api.unknown_lots import lot_unknown
from dashboards.commands.authority import Action, Person
from dashboards.commands.decisions import decide
from dashboards.commands.gate_values import Measured
from dashboards.commands.repeats import once
from dashboards.sessions.limits import DECISIONS
from dashboards.sessions.password_check import confirmed

router = APIRouter()


Decider = Annotated[Person, Depends(person_who_may(Action.DECIDE, DECISIONS))]


@router.post("/qc-decisions", status_code=201)
def post_decision(
    person: Decider,
    body: NewDecision,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> shapes.WrittenDecision:
    """Decide PASS, HOLD or FAIL about a lot; the time is the server's.

    What a PASS needs says the plant's process: at a critical gate a value for each limit that the
    lot has there, at others where the process asks for it. A limit in °C is answered by
    `temperature_c`, any other by `measured`, or by the lot's latest result at the gate.

    What is signed (a PASS at a blocking gate, lifting a HOLD or FAIL, failing a lot) is signed
    with the password where it is sent, else with the token, which was got with the password within
    the half hour before. The record and every screen say which. The answer's `digital_signature` is
    what your device signed, as it was sent; null where nothing was, whatever Lotline signed.
    """
    # What older clients asked with a key stays the same question: no values, no field.
    untold = {"password"} if body.measured else {"password", "measured"}
    asked = body.model_dump(mode="json", exclude=untold)
    request.state.asked = asked
    facts = body.model_dump(exclude={"lot_id", "qc_gate_id", "password", "measured"})
    measured = [Measured(one.characteristic, one.value, one.unit) for one in body.measured]
    confirmation = None if body.password is None else confirmed(record, person, body.password)
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            lot_code = None
            if abs(body.lot_id) <= LARGEST_ID:
                lot_code = transaction.value("lot_by_id", lot_id=body.lot_id)
            if lot_code is None:
                known_id = body.lot_id if abs(body.lot_id) <= LARGEST_ID else None
                raise lot_unknown(transaction, lot_id=known_id)
            decision = decide(
                transaction,
                by=person,
                lot_code=lot_code,
                gate_id=body.qc_gate_id,
                measured=measured,
                confirmation=confirmation,
                **facts,
            )
            return decision_shown(decision).model_dump(mode="json")

        written = once(
            transaction, by=person, key=key, asked={"to": "qc-decisions", **asked}, write=write
        )
    return shapes.WrittenDecision(**replayed(written, response))
