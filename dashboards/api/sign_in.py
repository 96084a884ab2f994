"""Whether the server answers, and the sign-in that gives a program its token."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request

from dashboards.api import bodies, shapes
from dashboards.api.access import CameFrom, OpenRecord, counted, counted_sign_in
from dashboards.api.shapes import user_shown
from dashboards.api.tokens import issue_token
from dashboards.commands.authority import Face
from dashboards.commands.refusals import WrongCredentials
from dashboards.commands.sessions import person_of, start_session
from dashboards.commands.sign_in import sign_in

router = APIRouter()


@router.get("/health", dependencies=[Depends(counted)])
def health() -> shapes.Health:
    """Say that the server answers."""
    return shapes.Health(timestamp=datetime.now(UTC))


@router.post("/login", dependencies=[Depends(counted_sign_in)])
def login(
    body: bodies.Credentials, request: Request, record: OpenRecord, came_from: CameFrom
) -> shapes.SignedIn:
    """Sign a person in; the same answer, in the same time, whatever was wrong."""
    with record.transaction() as transaction:  # committed either way: a failure is noted too
        user = sign_in(transaction, email=body.email, password=body.password, origin=came_from)
        jti = (
            None
            if user is None
            else start_session(transaction, user_id=user["user_id"], face=Face.API)
        )
    if user is None or jti is None:
        raise WrongCredentials
    token = issue_token(request.app.state.settings, person_of(user, came_from), jti)
    return shapes.SignedIn(user=user_shown(user), token=token)
