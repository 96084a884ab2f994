"""The API beside the app: asked before Streamlit's own middleware.

That middleware refuses paths such as `a/../b`, which a lot code may well contain.
"""

from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Receive, Scope, Send


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
                scope = {**scope, "path": "/api/"}
            match, inner = self._mount.matches(scope)
            if match is Match.FULL:
                await self._mount.handle({**scope, **inner}, receive, send)
                return
        await self._app(scope, receive, send)
