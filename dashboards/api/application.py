"""The JSON API: its endpoints put together over the same commands the screens use.

Endpoints are plain functions: they run in threads, so that a password's hash or a slow query
doesn't hold the others up. Bearer tokens only; a cookie signs nobody in here.
"""

from collections.abc import Callable

from fastapi import FastAPI

from dashboards.api import (
    decisions,
    documentation,
    handlers,
    lots,
    movements,
    moves,
    packings,
    productions,
    sign_in,
    stands,
    traceability,
)
from dashboards.api.envelope import Envelope
from dashboards.sessions import connections
from dashboards.sessions.limits import Limiter
from sql.record.engine import Record
from sql.settings import Settings

TITLE = "Lotline"


def create_api(
    settings: Settings,
    open_record: Callable[[], Record] = connections.record,
    limiter: Limiter | None = None,
) -> FastAPI:
    """Make the API of a plant.

    Args:
        settings: Signs the tokens.
        open_record: Opens the record; called on first use, not before.
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
    writing = (sign_in, lots, decisions, movements, productions, packings, moves)
    for part in (*writing, stands, traceability):
        api.include_router(part.router)
    handlers.install(api)
    documentation.install(api)
    api.add_middleware(Envelope)
    return api
