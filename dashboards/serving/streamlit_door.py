"""Before Streamlit: its downloads ask for a live session, its sockets are counted and read.

Streamlit itself hands a download to whoever knows its address, long after the person it was made
for has signed out, and opens as many sockets as anybody asks for.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.serving.pages import SIGN_IN_FIRST, page
from dashboards.serving.streamlit_frames import Frames
from dashboards.serving.visitors import visitor
from dashboards.sessions import connections
from dashboards.sessions.strangers import SOCKET, Strangers, strangers
from sql.errors import RecordUnavailable

DOWNLOADS = "/media/"
TRY_LATER = 1013


class StreamlitDoor:
    """Lets in to downloads and sockets who may have them, and passes everything else on."""

    def __init__(self, app: ASGIApp, counted: Strangers | None = None) -> None:
        """Wrap Streamlit's application.

        Args:
            app: Streamlit's.
            counted: Counts sockets of people who haven't signed in.
        """
        self._app = app
        self._strangers = strangers() if counted is None else counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "websocket":
            await self._open(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(DOWNLOADS):
            await self._download(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _download(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand out a download to whoever is signed in, to be kept by no browser."""
        refusal: Response | None = None
        try:
            if await visitor(scope, is_use=False) is None:
                refusal = page(SIGN_IN_FIRST, 401)
        except RecordUnavailable as down:
            refusal = JSONResponse({"detail": down.words, "code": "UNAVAILABLE"}, 503)

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        await (refusal or self._app)(scope, receive, send_unkept)

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a socket, unless there are too many whose people haven't signed in."""
        try:
            is_known = await visitor(scope, is_use=False) is not None
        except RecordUnavailable:
            is_known = False
        client = HTTPConnection(scope).client
        name = "" if is_known else self._strangers.come(client.host if client else "")
        if name is None:
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        headers = [(key, value) for key, value in scope["headers"] if key != SOCKET.encode()]
        named = {**scope, "headers": [*headers, (SOCKET.encode(), name.encode())]}
        frames = Frames(receive, send, connections.config().signing_key.encode())
        try:
            await self._app(named, frames.receive, frames.send)
        finally:
            self._strangers.go(name)
