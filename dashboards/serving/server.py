"""One process for people and programs: the Streamlit app, the JSON API under /api, the cookie.

What may come in at all is decided at the front door (`front_door`); here the parts are put together
and the browser's session cookie is opened and closed.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboards.api.application import create_api
from dashboards.commands import sessions
from dashboards.serving.front_door import ApiFirst, FrontDoor
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from dashboards.sessions.current import tickets
from sql.errors import LotlineError
from sql.trail.anchors import note_anchor

SCRIPT = Path(__file__).parents[1] / "app.py"
STOP_PATIENCE_SECONDS = 5
ANCHOR_SECONDS = 10
SWITCH_SECONDS = 0.0005

logger = logging.getLogger(__name__)


def create_app() -> st.App:
    """Make the application of the plant the environment names.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    config = connections.config()
    api = create_api(config, limiter=connections.limiter())
    return st.App(
        SCRIPT,
        routes=[
            Route("/session/open", open_session, methods=["POST"]),
            Route("/session/close", close_session, methods=["POST"]),
            # Lots is where the app begins, so its own address is the root.
            Route("/lots", to_lots),
        ],
        middleware=[
            Middleware(FrontDoor, hosts=config.hosts, screens=screen_names()),
            Middleware(ApiFirst, api=api),
        ],
        lifespan=_pool,
    )


def screen_names() -> list[str]:
    """Give the screens' names, which are their paths."""
    folder = SCRIPT.with_name("screens")
    return sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")


def to_lots(request: Request) -> Response:
    """Send whoever asks for /lots to the root, with the lot they asked for."""
    return RedirectResponse(f"/?{request.url.query}", status_code=307)


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM, in one process.

    Raises:
        SettingsIncomplete: A setting can't be used, or the signing key is missing.
    """
    # Requests wait for one another's turn at the record, not for a thread's turn at Python.
    sys.setswitchinterval(SWITCH_SECONDS)
    proxies = connections.config().trusted_proxies
    uvicorn.run(
        create_app(),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=STOP_PATIENCE_SECONDS,
    )


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


@asynccontextmanager
async def _pool(_app: st.App) -> AsyncIterator[None]:
    """Keep anchors while the server runs; close the record's connections when it ends."""
    anchoring = asyncio.create_task(_keep_anchors())
    yield
    anchoring.cancel()
    if connections.record.cache_info().currsize:
        connections.record().close()


async def _keep_anchors() -> None:
    """Note the audit chain's length and head outside the database, whenever there is news."""
    while True:
        try:
            await run_in_threadpool(_note_anchor)
        except (LotlineError, OSError) as missing:
            logger.warning("No anchor could be noted: %s", missing)
        await asyncio.sleep(ANCHOR_SECONDS)


def _note_anchor() -> None:
    """Note one anchor, if something was written since the last."""
    with connections.record().transaction() as transaction:
        note_anchor(transaction, connections.config().anchors)


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


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    serve(sys.argv[1], int(sys.argv[2]))
