"""What may come in: known hosts, known paths, our own pages' sockets; and headers on what goes out.

Streamlit answers any path with its page, any host, and a socket without an origin; metrics are
open. Here only what the app serves passes; everything else is a plain 404.
"""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.serving.dagster_door import QUESTIONS, is_dagsters
from dashboards.serving.pages import NO_SUCH_PAGE, page
from dashboards.serving.requests import has_too_many_headers, is_own_origin, without_port
from dashboards.serving.upload_door import UPLOADS, is_upload

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    # Streamlit's page needs inline styles and evaluates its charts; nothing may come from outside.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
}
HTTPS_ONLY = "max-age=31536000"
OPEN_PATHS = re.compile(
    r"/|/index\.html|/favicon\.(png|ico|svg)|/manifest\.json|/robots\.txt"
    r"|/session/(open|close)|/zxing/zxing_reader\.(js|wasm)|/(static|media|component)/[\w./~@+-]+"
    r"|/_stcore/(health|host-config|stream|script-health-check)"
)


class FrontDoor:
    """Lets in what the app serves, from where it may come, and marks every answer."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], screens: Sequence[str]) -> None:
        """Wrap an application.

        Args:
            app: Everything behind the door.
            hosts: Names it may be asked by, without ports; `*.plant.example` for many.
            screens: Names of the pages, which are their paths.
        """
        self._app = app
        self._hosts = [host.lower() for host in hosts]
        names = "|".join(re.escape(name) for name in screens)
        self._screens = re.compile(rf"/({names})(/_stcore/[\w./-]+|/static/[\w./~@+-]+)?/?")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "websocket" and not self._is_own_socket(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_marked)
            return
        await self._app(scope, receive, send_marked)

    def _refusal(self, scope: Scope) -> Response | None:
        """Choose the answer to a request that may not come in; None: it may."""
        if has_too_many_headers(scope):
            return _no(400, "The request's headers are too large.", "HEADERS")
        if not self._is_own_host(scope):
            return _no(400, "This name is not in LOTLINE_ALLOWED_HOSTS.", "HOST")
        path = scope["path"]
        is_api = path == "/api" or path.startswith("/api/")
        has_own_door = is_api or is_dagsters(path)
        if (has_own_door or scope["method"] not in ("GET", "HEAD")) and not is_own_origin(scope):
            return _no(403, "Another site's page may not ask this.", "ORIGIN")
        # Streamlit would take a file from a stranger: `upload_door` asks who sends it.
        if has_own_door or is_upload(scope) or self._is_open(path):
            return None
        if "text/html" in Headers(scope=scope).get("accept", "") and not _is_api_like(path):
            return page(NO_SUCH_PAGE, 404)
        return _no(404, "Not found", "NOT_FOUND")

    def _is_open(self, path: str) -> bool:
        if ".." in path or UPLOADS in path:
            return False
        return bool(OPEN_PATHS.fullmatch(path) or self._screens.fullmatch(path))

    def _is_own_host(self, scope: Scope) -> bool:
        """Tell whether the request names a host we go by."""
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1:
            return False
        host = without_port(named[0])
        return any(
            host.endswith(allowed[1:]) if allowed.startswith("*.") else allowed in ("*", host)
            for allowed in self._hosts
        )

    def _is_own_socket(self, scope: Scope) -> bool:
        """Tell whether a socket is opened by a page of this very server."""
        return (
            self._is_own_host(scope)
            and "origin" in Headers(scope=scope)
            and is_own_origin(scope)
            and (scope["path"] == QUESTIONS or self._is_open(scope["path"]))
        )


def _no(status: int, detail: str, code: str) -> Response:
    """Write a refusal as the API does."""
    return JSONResponse({"detail": detail, "code": code}, status)


def _is_api_like(path: str) -> bool:
    """Tell whether a program meant the API and mistyped it."""
    return path.lower().startswith("/api")
