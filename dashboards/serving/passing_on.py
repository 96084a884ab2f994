"""Pass a request that was let in to a server of our own behind the door, over its Unix socket.

Only listed headers go either way: no cookie and no token reaches the server behind, and it sets
none. Who may ask what was decided before; nothing is decided here. Sockets are `carrying`'s.
"""

from pathlib import Path

import httpx
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

TIMES = httpx.Timeout(60, connect=5)
# A connection each time costs little on one machine, and none outlives its request.
ONE_REQUEST = httpx.Limits(max_keepalive_connections=0)
ASKED = ("accept", "accept-encoding", "accept-language", "if-modified-since", "if-none-match")
ANSWERED = (
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-type",
    "etag",
    "last-modified",
    "vary",
)


class NobodyThere(Exception):
    """The server behind doesn't answer: it is starting, or was never started."""


class PassingOn:
    """Asks one server behind the door."""

    def __init__(self, socket: Path) -> None:
        """Prepare; nothing is opened before the first request.

        Args:
            socket: Where the server behind listens.
        """
        way = httpx.AsyncHTTPTransport(uds=str(socket), verify=False, limits=ONE_REQUEST)
        self._client = httpx.AsyncClient(
            transport=way, base_url="http://localhost", timeout=TIMES, trust_env=False
        )

    async def answer(
        self, request: Request, given: dict[str, str], body: str | None = None
    ) -> Response:
        """Return the answer of the server behind, streamed.

        Args:
            request: What was asked; its method, path and listed headers are passed on, and its
                query where there is no body.
            given: Headers that say for whom.
            body: JSON to pass on; None: there is no body.

        Raises:
            NobodyThere: It doesn't answer.
        """
        headers = {name: request.headers[name] for name in ASKED if name in request.headers}
        # Else the client would ask for encodings that the browser didn't.
        headers.setdefault("accept-encoding", "identity")
        if body is not None:
            headers["content-type"] = "application/json"
        path = request.scope["raw_path"].partition(b"?")[0]
        query = request.scope["query_string"] if body is None else b""
        asked = self._client.build_request(
            request.method,
            httpx.URL("http://localhost", raw_path=path + (b"?" + query if query else b"")),
            headers=headers | given,
            content=body,
        )
        try:
            answer = await self._client.send(asked, stream=True)
        except httpx.TransportError as silence:
            raise NobodyThere from silence
        kept = {name: answer.headers[name] for name in ANSWERED if name in answer.headers}
        return StreamingResponse(
            answer.aiter_raw(), answer.status_code, kept, background=BackgroundTask(answer.aclose)
        )
