"""Carry a page's socket to a server of our own behind the door, and its answers back.

What the page says is read before it is passed on, and the socket ends with its person's session.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import anyio
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from dashboards.serving.passing_on import NobodyThere

LARGEST_ANSWER_BYTES = 16_000_000
NOT_ALLOWED = 1008  # the protocol's code for a policy that was broken
ASK_AGAIN_SECONDS = 5


async def carry(
    page: WebSocket,
    behind: Path,
    *,
    given: dict[str, str],
    read: Callable[[str], str],
    may_stay: Callable[[], Awaitable[bool]],
) -> None:
    """Carry a socket both ways until one side closes it, or its person may hold it no more.

    Args:
        page: The socket of a page, not accepted yet.
        behind: Where the server behind listens.
        given: Headers that say for whom.
        read: Understands what the page says and returns what is passed on; a ValueError ends it.
        may_stay: Asked every few seconds.

    Raises:
        NobodyThere: The server behind doesn't answer; nothing was accepted.
    """
    async with _opened(page, behind, given) as inner:
        await page.accept(subprotocol=inner.subprotocol)
        async with anyio.create_task_group() as tasks:
            for work in (_inwards(page, inner, read), _outwards(page, inner), _watch(may_stay)):
                tasks.start_soon(_then_end_all, work, tasks.cancel_scope)
    if page.client_state is page.application_state is WebSocketState.CONNECTED:
        with suppress(WebSocketDisconnect):
            await page.close(NOT_ALLOWED)


@asynccontextmanager
async def _opened(
    page: WebSocket, behind: Path, given: dict[str, str]
) -> AsyncIterator[ClientConnection]:
    """Open the socket behind; only for opening it are its faults ours to name."""
    opening = unix_connect(
        str(behind),
        f"ws://localhost{page.scope['path']}",
        subprotocols=[Subprotocol(name) for name in page.scope["subprotocols"][:1]] or None,
        additional_headers=given,
        max_size=LARGEST_ANSWER_BYTES,
        proxy=None,
    )
    try:
        inner = await opening
    except (OSError, InvalidHandshake) as silence:
        raise NobodyThere from silence
    try:
        yield inner
    finally:
        with anyio.CancelScope(shield=True):
            await inner.close()


async def _then_end_all(work: Awaitable[None], scope: anyio.CancelScope) -> None:
    """Do one of the works; when it ends, all end."""
    await work
    scope.cancel()


async def _inwards(page: WebSocket, inner: ClientConnection, read: Callable[[str], str]) -> None:
    """Pass on what the page says, as long as it can be understood."""
    with suppress(WebSocketDisconnect, ConnectionClosed):
        while True:
            said = await page.receive()
            if said["type"] != "websocket.receive":
                return
            try:
                understood = read(said.get("text") or "")
            except ValueError:
                return
            await inner.send(understood)


async def _outwards(page: WebSocket, inner: ClientConnection) -> None:
    """Pass on what the server behind says."""
    with suppress(WebSocketDisconnect, ConnectionClosed):
        async for said in inner:
            await page.send_text(said if isinstance(said, str) else said.decode())


async def _watch(may_stay: Callable[[], Awaitable[bool]]) -> None:
    """End when the socket may stay open no more."""
    while await may_stay():
        await anyio.sleep(ASK_AGAIN_SECONDS)
