"""The JSON API: five endpoints over the same commands the screens use.

Endpoints are plain functions: they run in threads, so that a password's hash or a slow query
doesn't hold the others up. Bearer tokens only; a cookie signs nobody in here.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request

from dashboards import connections
from dashboards.api import answers, bodies, documentation
from dashboards.api.access import OpenRecord, counted_sign_in, person_who_may
from dashboards.api.envelope import Envelope
from dashboards.api.limits import DECISIONS, LOTS, TRACE, Limiter
from dashboards.api.shapes import decision_shown, lot_shown, user_shown
from dashboards.api.tokens import issue_token
from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.people import person_of, sign_in
from dashboards.commands.refusals import BadValue
from sql.record import Record
from sql.settings import Settings

TITLE = "Lotline"

router = APIRouter()
Registrar = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]
Decider = Annotated[Person, Depends(person_who_may(Action.DECIDE, DECISIONS))]
Tracer = Annotated[Person, Depends(person_who_may(Action.READ, TRACE))]


def create_api(
    settings: Settings, open_record: Callable[[], Record] = connections.record
) -> FastAPI:
    """Make the API of a plant.

    Args:
        settings: Signs the tokens.
        open_record: Gives the record; called on first use, not before.

    Raises:
        SettingsIncomplete: The signing key is missing or short, outside the demo.
    """
    settings.signing_key  # noqa: B018 - refuses to start without one
    api = FastAPI(title=TITLE, docs_url=None, redoc_url=None, redirect_slashes=False)
    api.state.settings = settings
    api.state.open_record = open_record
    api.state.limiter = Limiter()
    api.include_router(router)
    answers.install(api)
    documentation.install(api)
    api.add_middleware(Envelope)
    return api


@router.get("/health")
def health() -> bodies.Health:
    """Say that the server answers."""
    return bodies.Health(timestamp=datetime.now(UTC))


@router.post("/login", dependencies=[Depends(counted_sign_in)])
def login(body: bodies.Credentials, request: Request, record: OpenRecord) -> bodies.SignedIn:
    """Sign a person in; the same answer, in the same time, whatever was wrong."""
    with record.transaction() as transaction:
        user = sign_in(transaction, email=body.email, password=body.password)
    token = issue_token(request.app.state.settings, person_of(user))
    return bodies.SignedIn(user=user_shown(user), token=token)


@router.post("/lots", status_code=201)
def post_lot(
    person: Registrar, body: bodies.NewLot, request: Request, record: OpenRecord
) -> bodies.Lot:
    """Register a lot together with what went into it."""
    request.state.asked = body.model_dump(mode="json")
    facts = body.model_dump(exclude={"production_run_id", "parents"})
    parents = [Parent(parent.lot_code, parent.quantity_kg) for parent in body.parents]
    with record.transaction() as transaction:
        lot = register_lot(
            transaction, by=person, run_id=body.production_run_id, parents=parents, **facts
        )
    return lot_shown(lot)


@router.post("/qc-decisions", status_code=201)
def post_decision(
    person: Decider, body: bodies.NewDecision, request: Request, record: OpenRecord
) -> bodies.WrittenDecision:
    """Decide PASS, HOLD or FAIL about a lot; the time is the server's."""
    request.state.asked = body.model_dump(mode="json")
    facts = body.model_dump(exclude={"lot_id", "qc_gate_id"})
    with record.transaction() as transaction:
        lot_code = None
        if abs(body.lot_id) <= bodies.LARGEST_ID:
            lot_code = transaction.value("lot_by_id", lot_id=body.lot_id)
        if lot_code is None:
            raise answers.LotUnknown
        written = decide(
            transaction, by=person, lot_code=lot_code, gate_id=body.qc_gate_id, **facts
        )
    return decision_shown(written)


@router.get("/traceability/{lot_code:path}")
def trace(lot_code: str, _person: Tracer, record: OpenRecord) -> bodies.Traced:
    """Give a lot with its direct parents and children, each once."""
    try:
        wanted = values.code(lot_code, "lot_code")
    except BadValue as unknown:
        raise answers.LotUnknown from unknown
    with record.snapshot() as snapshot:
        lot = snapshot.one("lot_as_registered", lot_code=wanted)
        if lot is None:
            raise answers.LotUnknown
        parents = snapshot.all("parents_as_registered", lot_id=lot["lot_id"])
        children = snapshot.all("children_as_registered", lot_id=lot["lot_id"])
    return bodies.Traced(
        central=lot_shown(lot),
        parents=[lot_shown(parent) for parent in parents],
        children=[lot_shown(child) for child in children],
    )
