"""Who is asking: the person behind a token, how often they may ask, and whether they may.

What asks the record is a plain function and runs in a thread; what only looks is a coroutine, since
each hop to a thread and back costs more than the look.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from dashboards.api.answers import NotSignedIn
from dashboards.api.strict_json import BadBody
from dashboards.api.tokens import claim_of
from dashboards.commands.authority import Action, Face, Origin, Person, require
from dashboards.commands.sessions import person_of_session, person_of_token
from dashboards.sessions.connections import COOKIE
from dashboards.sessions.limits import LOGIN, OTHER
from sql.record.engine import Record

_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT")


async def the_record(request: Request) -> Record:
    """Open the record that the application was made for, on first use."""
    return request.app.state.open_record()


OpenRecord = Annotated[Record, Depends(the_record)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def origin(request: Request) -> Origin:
    """Tell where the request came from, for the audit trail."""
    return Origin(
        Face.API,
        address=request.client.host if request.client else None,
        request_id=getattr(request.state, "request_id", None),
    )


CameFrom = Annotated[Origin, Depends(origin)]


def signed_in(request: Request, record: OpenRecord, bearer: Bearer, came_from: CameFrom) -> Person:
    """Find the person a token speaks for, as the record knows them now.

    Raises:
        NotSignedIn: There is no valid token, more than one, or it was revoked.
    """
    is_one = len(request.headers.getlist("authorization")) == 1
    claim = bearer and is_one and claim_of(request.app.state.settings, bearer.credentials)
    if not claim:
        raise NotSignedIn
    with record.transaction() as transaction:
        person = person_of_token(
            transaction, token=claim.jti, user_id=claim.user_id, origin=came_from
        )
    if person is None:
        raise NotSignedIn
    return person


def signed_in_anywhere(
    request: Request, record: OpenRecord, bearer: Bearer, came_from: CameFrom
) -> Person:
    """Find the person of a token or of a screen's cookie, for what only reads.

    Raises:
        NotSignedIn: There is neither.
    """
    cookie = request.cookies.get(COOKIE)
    if bearer is not None or cookie is None:
        return signed_in(request, record, bearer, came_from)
    settings = request.app.state.settings
    with record.transaction() as transaction:
        person = person_of_session(
            transaction,
            token=cookie,
            idle_minutes=settings.session_idle_minutes,
            max_hours=settings.session_max_hours,
            origin=came_from,
        )
    if person is None:
        raise NotSignedIn
    return person


def person_who_may(action: Action, limit: str) -> Callable[..., Awaitable[Person]]:
    """Make a dependency: the signed-in person, within the limit and permitted the action.

    Asked before the body is looked at, so that who may not write learns that and nothing else.
    """

    async def permitted(request: Request, person: Annotated[Person, Depends(signed_in)]) -> Person:
        request.app.state.limiter.count(limit, str(person.user_id))
        require(person, action)
        _refuse_bad_body(request)
        return person

    return permitted


async def counted_sign_in(request: Request) -> None:
    """Count an attempt to sign in from this client's address."""
    _count(request, LOGIN)
    _refuse_bad_body(request)


async def counted(request: Request) -> None:
    """Count any other request from this client's address."""
    _count(request, OTHER)


def _count(request: Request, kind: str) -> None:
    """Count a request by where it comes from."""
    request.app.state.limiter.count(kind, request.client.host if request.client else "unknown")


def _refuse_bad_body(request: Request) -> None:
    """Refuse a body that the envelope found can't be taken.

    Raises:
        BadBody: It is no JSON, of another type, or says something twice.
    """
    refusal = getattr(request.state, "body_refusal", None)
    if refusal is not None:
        raise BadBody(refusal)
