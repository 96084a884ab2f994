"""Who is asking: the person behind a token, how often they may ask, and whether they may at all."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItemPerMinute

from dashboards.api.answers import NotSignedIn
from dashboards.api.limits import LOGIN
from dashboards.api.tokens import user_id_of
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.people import person_by_id
from sql.record import Record

_bearer = HTTPBearer(auto_error=False, bearerFormat="JWT")


def the_record(request: Request) -> Record:
    """Give the record the application was made for; opened on first use."""
    return request.app.state.open_record()


OpenRecord = Annotated[Record, Depends(the_record)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def signed_in(request: Request, record: OpenRecord, bearer: Bearer) -> Person:
    """Give the person a token speaks for, as the record knows them now.

    Raises:
        NotSignedIn: There is no valid token, or its person was switched off.
    """
    user_id = bearer and user_id_of(request.app.state.settings, bearer.credentials)
    if user_id is None:
        raise NotSignedIn
    with record.transaction() as transaction:
        person = person_by_id(transaction, user_id=user_id)
    if person is None:
        raise NotSignedIn
    return person


def person_who_may(action: Action, limit: RateLimitItemPerMinute) -> Callable[..., Person]:
    """Give a dependency: the signed-in person, within the limit and permitted the action.

    Asked before the body is looked at, so that who may not write learns that and nothing else.
    """

    def permitted(request: Request, person: Annotated[Person, Depends(signed_in)]) -> Person:
        request.app.state.limiter.count(limit, str(person.user_id))
        require(person, action)
        return person

    return permitted


def counted_sign_in(request: Request) -> None:
    """Count an attempt to sign in from this client's address."""
    request.app.state.limiter.count(LOGIN, request.client.host if request.client else "unknown")
