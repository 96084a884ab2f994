"""Before Streamlit: a file comes in only from who may import, and only up to a limit.

Streamlit itself would keep a file of whoever knows the number of a session.
"""

import re

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.commands.authority import Action
from dashboards.serving.requests import is_asked_by_own_page
from dashboards.serving.visitors import visitor
from sql.errors import RecordUnavailable

UPLOADS = "/_stcore/upload_file"
_UPLOAD = re.compile(rf"{UPLOADS}/[\w-]{{1,64}}/[\w-]{{1,64}}")
_METHODS = ("PUT", "DELETE")
# What a browser writes around a file, with its name.
_AROUND_BYTES = 16_384


def is_upload(scope: Scope) -> bool:
    """Tell whether a request brings a file to Streamlit, or takes one away again."""
    return scope["method"] in _METHODS and _UPLOAD.fullmatch(scope["path"]) is not None


class UploadDoor:
    """Lets in files that may come in, and passes everything else on."""

    def __init__(self, app: ASGIApp, most_mb: int) -> None:
        """Wrap Streamlit's application; `most_mb`: the largest file, in units of 2^20 bytes."""
        self._app = app
        self._most_mb = most_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "http" and UPLOADS in scope["path"]:
            refusal = await self._refusal(scope)
            await (refusal or self._app)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Choose the answer to a file that may not come in; None: it may."""
        headers = Headers(scope=scope)
        if not is_upload(scope):
            return _no(404, "Not found", "NOT_FOUND")
        if not is_asked_by_own_page(headers, scope["method"]):
            return _no(403, "Another site's page may not ask this.", "ORIGIN")
        try:
            person = await visitor(scope, is_use=True)
        except RecordUnavailable as down:
            return _no(503, down.words, "UNAVAILABLE")
        if person is None:
            return _no(401, "Not authenticated", "NOT_AUTHENTICATED")
        if not person.may(Action.IMPORT):
            return _no(403, "Only an administrator or manager imports.", "ROLE")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > (self._most_mb << 20) + _AROUND_BYTES:
            # One that doesn't say its length is counted by Streamlit, which has the same limit.
            return _no(413, f"A file may have {self._most_mb:,} MB at most.", "TOO_LARGE")
        return None


def _no(status: int, detail: str, code: str) -> Response:
    """Write a refusal as the API does."""
    return JSONResponse({"detail": detail, "code": code}, status)
