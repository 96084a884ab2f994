"""The JSON API: five endpoints over the same commands the screens use.

Endpoints are plain functions: they run in threads, so that a password's hash or a slow query
doesn't hold the others up. Bearer tokens only; a cookie signs nobody in here.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response

from dashboards.api import answers, bodies, documentation
from dashboards.api.access import CameFrom, OpenRecord, counted, counted_sign_in, person_who_may
from dashboards.api.envelope import Envelope
from dashboards.api.shapes import decision_shown, lot_shown, user_shown
from dashboards.api.tokens import issue_token
from dashboards.commands import values
from dashboards.commands.authority import Action, Face, Person
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import BadValue, WrongCredentials
from dashboards.commands.repeats import Answer, once
from dashboards.commands.sessions import person_of, start_session
from dashboards.commands.sign_in import sign_in
from dashboards.sessions import connections
from dashboards.sessions.limits import DECISIONS, LOTS, TRACE, Limiter
from dashboards.sessions.password_check import confirmed
from sql.record.engine import Record
from sql.settings import Settings

TITLE = "Lotline"
REPLAYED = "Idempotent-Replayed"

router = APIRouter()
Registrar = Annotated[Person, Depends(person_who_may(Action.WRITE_LOTS, LOTS))]
Decider = Annotated[Person, Depends(person_who_may(Action.DECIDE, DECISIONS))]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Of your choice; asking again with it gives the same answer and writes "
        "nothing.",
    ),
]
Tracer = Annotated[Person, Depends(person_who_may(Action.READ, TRACE))]


def create_api(
    settings: Settings,
    open_record: Callable[[], Record] = connections.record,
    limiter: Limiter | None = None,
) -> FastAPI:
    """Make the API of a plant.

    Args:
        settings: Signs the tokens.
        open_record: Gives the record; called on first use, not before.
        limiter: Counts sign-ins together with the screens; None: one of the API's own.

    Raises:
        SettingsIncomplete: The signing key is missing or short, outside the demo.
    """
    settings.signing_key  # noqa: B018 - refuses to start without one
    api = FastAPI(
        title=TITLE, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    api.state.settings = settings
    api.state.open_record = open_record
    api.state.limiter = limiter or Limiter(settings)
    api.include_router(router)
    answers.install(api)
    documentation.install(api)
    api.add_middleware(Envelope)
    return api


@router.get("/health", dependencies=[Depends(counted)])
def health() -> bodies.Health:
    """Say that the server answers."""
    return bodies.Health(timestamp=datetime.now(UTC))


@router.post("/login", dependencies=[Depends(counted_sign_in)])
def login(
    body: bodies.Credentials, request: Request, record: OpenRecord, came_from: CameFrom
) -> bodies.SignedIn:
    """Sign a person in; the same answer, in the same time, whatever was wrong."""
    with record.transaction() as transaction:
        user = sign_in(transaction, email=body.email, password=body.password, origin=came_from)
        if user is not None:
            jti = start_session(transaction, user_id=user["user_id"], face=Face.API)
    if user is None:
        raise WrongCredentials
    token = issue_token(request.app.state.settings, person_of(user, came_from), jti)
    return bodies.SignedIn(user=user_shown(user), token=token)


@router.post("/lots", status_code=201)
def post_lot(
    person: Registrar,
    body: bodies.NewLot,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> bodies.Lot:
    """Register a lot together with what went into it."""
    asked = body.model_dump(mode="json")
    request.state.asked = asked
    facts = body.model_dump(exclude={"production_run_id", "parents"})
    parents = [Parent(parent.lot_code, parent.quantity_kg) for parent in body.parents]
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            lot = register_lot(
                transaction, by=person, run_id=body.production_run_id, parents=parents, **facts
            )
            return lot_shown(lot).model_dump(mode="json")

        written = once(transaction, by=person, key=key, asked={"to": "lots", **asked}, write=write)
    return bodies.Lot(**_said(written, response))


@router.post("/qc-decisions", status_code=201)
def post_decision(
    person: Decider,
    body: bodies.NewDecision,
    request: Request,
    response: Response,
    record: OpenRecord,
    key: Key = None,
) -> bodies.WrittenDecision:
    """Decide PASS, HOLD or FAIL about a lot; the time is the server's.

    What is signed (a release at a blocking gate, lifting a HOLD or FAIL, failing a lot) is signed
    with the password where it is sent, else with the token.
    """
    asked = body.model_dump(mode="json", exclude={"password"})
    request.state.asked = asked
    facts = body.model_dump(exclude={"lot_id", "qc_gate_id", "password"})
    confirmation = confirmed(record, person, body.password) if body.password else None
    with record.transaction() as transaction:

        def write() -> dict[str, Any]:
            lot_code = None
            if abs(body.lot_id) <= bodies.LARGEST_ID:
                lot_code = transaction.value("lot_by_id", lot_id=body.lot_id)
            if lot_code is None:
                raise answers.LotUnknown
            decision = decide(
                transaction,
                by=person,
                lot_code=lot_code,
                gate_id=body.qc_gate_id,
                confirmation=confirmation,
                **facts,
            )
            return decision_shown(decision).model_dump(mode="json")

        written = once(
            transaction, by=person, key=key, asked={"to": "qc-decisions", **asked}, write=write
        )
    return bodies.WrittenDecision(**_said(written, response))


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


def _said(written: Answer, response: Response) -> dict[str, Any]:
    """Give an answer's body, marking one that was given before."""
    if written.is_repeat:
        response.headers[REPLAYED] = "true"
    return written.body
