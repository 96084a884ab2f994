"""Open and close the browser's session cookie, when the app's own page asks for it."""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboards.commands import sessions
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from dashboards.sessions.tickets import tickets


async def open_session(request: Request) -> Response:
    """Swap a ticket for the cookie that keeps a person signed in over a refresh."""
    if not _is_own_page(request):
        return PlainTextResponse("Only the app's own page may ask this.", status_code=403)
    ticket = await _ticket(request)
    token = tickets.redeem(ticket) if ticket is not None else None
    if token is None:
        return PlainTextResponse("The ticket is used, old or unknown.", status_code=410)
    response = Response(status_code=204)
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
        path="/",
        max_age=connections.config().session_max_hours * 3600,
    )
    return response


async def close_session(request: Request) -> Response:
    """End the cookie's session and have the browser forget the cookie."""
    if not _is_own_page(request):
        return PlainTextResponse("Only the app's own page may ask this.", status_code=403)
    token = request.cookies.get(COOKIE)
    if token:
        await run_in_threadpool(_end_session, token)
    response = Response(status_code=204)
    response.delete_cookie(
        COOKIE, path="/", httponly=True, samesite="strict", secure=_is_https(request)
    )
    return response


def _end_session(token: str) -> None:
    """End the session of a token in the record."""
    with connections.record().transaction() as transaction:
        sessions.end_session(transaction, token=token)


def _is_own_page(request: Request) -> bool:
    """Tell whether the browser says that the request comes from a page of this very server."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return False
    site = request.headers.get("sec-fetch-site")
    return site == "same-origin" if site is not None else origin is not None


def _is_https(request: Request) -> bool:
    """Tell whether the browser reached us by https, itself or through a proxy that ends it."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")


async def _ticket(request: Request) -> str | None:
    """Read the ticket of a small JSON body; None where there is none to be read."""
    if int(request.headers.get("content-length") or 0) not in range(1, 500):
        return None
    try:
        body = await request.json()
    except ValueError:
        return None
    ticket = body.get("ticket") if isinstance(body, dict) else None
    return ticket if isinstance(ticket, str) else None
