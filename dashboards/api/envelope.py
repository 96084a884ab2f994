"""What happens to every API request before and after: its id, its body's size, time and form.

A body that can't be taken is told only to somebody who may write (`access` raises it): who is not
signed in learns that, and nothing else.
"""

import asyncio
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.api.strict_json import refusal_of

LARGEST_BODY_BYTES = 1_000_000
BODY_PATIENCE_SECONDS = 10
EMPTY = b"{}"


class _Gone(Exception):
    """The client went away before its body had arrived whole."""


class Envelope:
    """Numbers each request and refuses a body too large to be a lot or a decision."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers["Cache-Control"] = "no-store"
            await send(message)

        try:
            async with asyncio.timeout(BODY_PATIENCE_SECONDS):
                body = await _read_body(scope, receive)
        except _Gone:
            return  # half a body may well be valid JSON, yet nobody asked for that
        except TimeoutError:
            refusal = {
                "detail": f"The body did not arrive within {BODY_PATIENCE_SECONDS} s.",
                "code": "TIMEOUT",
                "request_id": request_id,
            }
            await JSONResponse(refusal, 408, {"Connection": "close"})(scope, receive, send_marked)
            return
        if body is None:
            refusal = {
                "detail": f"The body is larger than {LARGEST_BODY_BYTES:,} bytes.",
                "code": "TOO_LARGE",
                "request_id": request_id,
            }
            await JSONResponse(refusal, status_code=413)(scope, receive, send_marked)
            return
        if scope["method"] == "POST":
            found = refusal_of(body, Headers(scope=scope).get("content-type", ""))
            scope["state"]["body_refusal"] = found
            body = body if found is None else EMPTY
        await self._app(scope, _replay(body, receive), send_marked)


async def _read_body(scope: Scope, receive: Receive) -> bytes | None:
    """Read a body whole, or return None as soon as it is known to be too large."""
    length = Headers(scope=scope).get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > LARGEST_BODY_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Hand the application the body we have read, then whatever else the client says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
