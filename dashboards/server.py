"""One process for people and programs: the Streamlit app, the JSON API under /api, the cookie.

The API is answered before Streamlit's own middleware: that refuses paths such as `a/../b`,
which a lot code may well contain, and compresses and signs what needs neither.
"""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards import connections
from dashboards.api.application import create_api
from dashboards.commands import people
from dashboards.session import COOKIE, tickets

SCRIPT = Path(__file__).with_name("app.py")
CLOSED_PATHS = ("/_stcore/metrics", "/_stcore/agent")
STOP_PATIENCE_SECONDS = 5
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    # Streamlit's page needs inline styles and evaluates its charts; nothing may come from outside.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
}


def create_app() -> st.App:
    """Make the application of the plant the environment names.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    api = create_api(connections.config())
    return st.App(
        SCRIPT,
        routes=[
            Route("/session/open", open_session, methods=["POST"]),
            Route("/session/close", close_session, methods=["POST"]),
            # Lots is where the app begins, so its own address is the root.
            Route("/lots", to_lots),
        ],
        middleware=[Middleware(Guard), Middleware(ApiFirst, api=api)],
        lifespan=_pool,
    )


def to_lots(request: Request) -> Response:
    """Send whoever asks for /lots to the root, with the lot they asked for."""
    return RedirectResponse(f"/?{request.url.query}", status_code=307)


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM, in one process.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    uvicorn.run(
        create_app(), host=host, port=port, access_log=False, log_level="warning",
        server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=STOP_PATIENCE_SECONDS,
    )  # fmt: skip


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
        COOKIE, token, httponly=True, samesite="strict", secure=_is_https(request), path="/",
        max_age=connections.config().session_max_hours * 3600,
    )  # fmt: skip
    return response


async def close_session(request: Request) -> Response:
    """End the cookie's session and have the browser forget the cookie."""
    if not _is_own_page(request):
        return PlainTextResponse("Only the app's own page may ask this.", status_code=403)
    token = request.cookies.get(COOKIE)
    if token:
        await run_in_threadpool(_end_session, token)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict",
                           secure=_is_https(request))  # fmt: skip
    return response


class Guard:
    """Closes what Streamlit leaves open and marks every answer with the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "websocket" and "origin" not in Headers(scope=scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        if scope["path"].startswith(CLOSED_PATHS):
            await PlainTextResponse("Not found", 404)(scope, receive, send_marked)
            return
        await self._app(scope, receive, send_marked)


class ApiFirst:
    """Answers /api and passes everything else on."""

    def __init__(self, app: ASGIApp, api: ASGIApp) -> None:
        """Wrap an application and mount the API beside it."""
        self._app = app
        self._mount = Mount("/api", app=api)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "http":
            if scope["path"] == "/api":
                scope = scope | {"path": "/api/"}
            match, inner = self._mount.matches(scope)
            if match is Match.FULL:
                await self._mount.handle(scope | inner, receive, send)
                return
        await self._app(scope, receive, send)


@asynccontextmanager
async def _pool(_app: st.App) -> AsyncIterator[None]:
    """Close the record's connections when the server ends, if any were opened."""
    yield
    if connections.record.cache_info().currsize:
        connections.record().close()


def _end_session(token: str) -> None:
    """End the session of a token in the record."""
    with connections.record().transaction() as transaction:
        people.end_session(transaction, token=token)


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


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    serve(sys.argv[1], int(sys.argv[2]))
