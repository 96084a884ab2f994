"""Who stands behind a request: the person whose live session its cookie names.

Asked of the record at every request, so that a session that ended anywhere counts nowhere.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import Scope

from dashboards.commands import sessions
from dashboards.commands.authority import Face, Origin, Person
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE


async def visitor(scope: Scope, *, is_use: bool) -> Person | None:
    """Find the signed-in person who asks; None: nobody is.

    Args:
        scope: The request or socket.
        is_use: Whether the person does something. A page that asks again by itself is no use, and
            must not keep a session alive that nobody sits before.

    Raises:
        RecordUnavailable: The record can't be asked just now.
    """
    connection = HTTPConnection(scope)
    token = connection.cookies.get(COOKIE)
    if not token:
        return None
    address = connection.client.host if connection.client else None
    return await run_in_threadpool(_person, token, Origin(Face.SCREEN, address=address), is_use)


def _person(token: str, origin: Origin, is_use: bool) -> Person | None:
    """Ask the record whose live session this is."""
    config = connections.config()
    find = sessions.person_of_session if is_use else sessions.person_without_use
    with connections.record().transaction() as transaction:
        return find(
            transaction,
            token=token,
            idle_minutes=config.session_idle_minutes,
            max_hours=config.session_max_hours,
            origin=origin,
        )
