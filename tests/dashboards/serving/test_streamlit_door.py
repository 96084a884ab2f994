"""What strangers get of the running app: a sign-in page, few sockets, no download, no version."""

import json
import os
import platform
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboards.commands.authority import Face
from dashboards.commands.sessions import end_session, start_session
from dashboards.serving.streamlit_door import StreamlitDoor
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from dashboards.sessions.strangers import SOCKET, Strangers, strangers
from sql.record.engine import DatabaseRole, Record
from sql.settings import Settings
from tests.databases import WITH_PEOPLE

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@dataclass
class Plant:
    """A served plant.

    Attributes:
        port: Where it is served.
        log: What the server said.
        record: Its record.
        user_id: Somebody who may look.
    """

    port: int
    log: Path
    record: Record
    user_id: int

    def cookie(self) -> dict[str, str]:
        """Start a session, and return what its browser sends along."""
        with self.record.transaction() as transaction:
            token = start_session(transaction, user_id=self.user_id, face=Face.SCREEN)
        return {"Cookie": f"{COOKIE}={token}"}

    @contextmanager
    def page(
        self, headers: dict[str, str] | None = None, place: str = "127.0.0.1"
    ) -> Iterator[ClientConnection]:
        """Open a page's socket from an address."""
        with socket.socket() as way:
            way.bind((place, 0))
            way.connect(("127.0.0.1", self.port))
            with connect(
                f"ws://127.0.0.1:{self.port}/_stcore/stream",
                sock=way,
                origin=Origin(f"http://127.0.0.1:{self.port}"),
                additional_headers=headers,
                subprotocols=[Subprotocol("streamlit")],
            ) as opened:
                yield opened


@pytest.fixture(scope="module")
def plant(databases, everybody, tmp_path_factory):
    """Serve one plant to all tests here."""
    home = tmp_path_factory.mktemp("plant")
    with databases.copied(WITH_PEOPLE) as address, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        record = Record(address, DatabaseRole.APP)
        own = os.environ | {
            "LOTLINE_DATABASE_URL": address,
            "LOTLINE_HOME": str(home),
            "LOTLINE_SECRET_KEY": "a key for tests, long enough to be taken",
        }
        with (home / "said.log").open("wb") as said:
            command = [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)]
            server = subprocess.Popen(command, env=own, cwd=ROOT, stdout=said, stderr=said)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(port):
            assert time.monotonic() < deadline and server.poll() is None
            time.sleep(0.1)
        yield Plant(port, home / "said.log", record, everybody["VIEWER"].user_id)
        server.terminate()
        server.wait(20)
        record.close()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health").is_success
    except httpx.TransportError:
        return False


def rerun() -> bytes:
    said = BackMsg()
    said.rerun_script.query_string = ""
    return said.SerializeToString()


def read(page: ClientConnection) -> bytes:
    """Return the next frame to a page."""
    frame = page.recv(timeout=PATIENCE_SECONDS)
    assert isinstance(frame, bytes)
    return frame


def first_told(page: ClientConnection) -> bytes:
    """Run the script and return the frame that begins it."""
    page.send(rerun())
    while True:
        frame = read(page)
        if ForwardMsg.FromString(frame).WhichOneof("type") == "new_session":
            return frame


def test_a_download_asks_for_a_live_session(plant) -> None:
    address = f"http://127.0.0.1:{plant.port}/media/{'0' * 56}.csv"
    live = plant.cookie()
    assert httpx.get(address).status_code == 401
    assert httpx.get(address, headers={"Cookie": f"{COOKIE}=guess"}).status_code == 401
    # There is no such file; who is signed in is told so by Streamlit itself.
    assert httpx.get(address, headers=live).status_code == 404

    with plant.record.transaction() as transaction:
        end_session(transaction, token=live["Cookie"].partition("=")[2])
    assert httpx.get(address, headers=live).status_code == 401


def test_a_download_is_kept_by_no_browser(settings, record, people) -> None:
    connections.config.cache_clear()
    connections.record.cache_clear()
    app = Starlette(
        routes=[Route("/{path:path}", lambda _request: PlainTextResponse("a file"))],
        middleware=[Middleware(StreamlitDoor)],
    )
    with record.transaction() as transaction:
        user_id = people["VIEWER"].user_id
        token = start_session(transaction, user_id=user_id, face=Face.SCREEN)
    given = TestClient(app).get("/media/a.csv", headers={"Cookie": f"{COOKIE}={token}"})
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()

    assert (given.text, given.headers["Cache-Control"]) == ("a file", "no-store")


def test_a_socket_goes_by_the_name_we_gave_it_and_by_no_other(settings) -> None:
    """Who could name a socket could have another's uncounted."""
    connections.config.cache_clear()
    connections.record.cache_clear()

    async def tell(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_json(socket.headers.getlist(SOCKET))
        await socket.close()

    app = Starlette(
        routes=[WebSocketRoute("/", tell)],
        middleware=[Middleware(StreamlitDoor, counted=Strangers(from_one_place=2, in_all=2))],
    )
    with TestClient(app).websocket_connect("/", headers={SOCKET: "another"}) as page:
        names = json.loads(page.receive()["text"])
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()

    assert len(names) == 1 and names[0] != "another"


def test_a_stranger_who_opens_many_sockets_stops_nobody_else(plant) -> None:
    with ExitStack() as opened:
        for _socket in range(Settings.model_fields["strangers_per_address"].default):
            opened.enter_context(plant.page())
        with pytest.raises(InvalidStatus), plant.page():
            pass
        # Somebody at another place may still sign in, and who has signed in works on.
        with plant.page(place="127.0.0.2") as elsewhere, plant.page(plant.cookie()) as known:
            assert first_told(elsewhere) and first_told(known)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with plant.page() as again:
                assert first_told(again)
            break
        except InvalidStatus:
            assert time.monotonic() < deadline, "closed sockets are still counted"
            time.sleep(0.05)


def test_the_page_is_told_no_version_and_no_path(plant) -> None:
    with plant.page() as page:
        told = first_told(page)

    for particular in (streamlit.__version__, platform.python_version(), str(ROOT), "app.py"):
        assert particular.encode() not in told
    begun = ForwardMsg.FromString(told).new_session
    assert begun.initialize.environment_info.streamlit_version
    assert begun.initialize.session_id and begun.main_script_hash
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/nothing", "/api/none"):
        headers = httpx.get(f"http://127.0.0.1:{plant.port}{path}").headers
        assert not {"server", "x-powered-by"} & set(headers), path


def refused(kind: str) -> bytes:
    said = BackMsg()
    if kind == "install_skills":
        said.backend_operation_request.install_skills.SetInParent()
    else:
        setattr(said, kind, True)
    return said.SerializeToString()


def test_garbage_ends_its_socket_and_leaves_no_trace(plant) -> None:
    before = plant.log.read_text()
    for garbage in ("text", "{}", b"", b"\xff" * 40, b"\x00", os.urandom(5000), rerun() + b"\xff"):
        with plant.page() as page:
            page.send(garbage)
            with pytest.raises(ConnectionClosed):
                page.recv(timeout=PATIENCE_SECONDS)
                page.recv(timeout=PATIENCE_SECONDS)
    with plant.page() as page:
        for kind in (
            "debug_shutdown_runtime",
            "debug_disconnect_websocket",
            "clear_cache",
            "load_git_info",
            "install_skills",
        ):
            page.send(refused(kind))
        assert first_told(page)

    assert plant.log.read_text() == before


def test_strangers_are_counted_by_place_and_in_all_until_they_sign_in() -> None:
    counted = Strangers(from_one_place=2, in_all=3)
    first, second = counted.come("a"), counted.come("a")
    assert first and second and counted.come("a") is None
    third = counted.come("b")
    assert third and counted.come("c") is None

    counted.go(first)
    counted.go("no socket")
    counted.go(None)
    assert counted.count() == 2 and counted.come("a")


def test_nonsense_said_in_order_leaves_no_trace(plant) -> None:
    before = plant.log.read_text()
    with plant.page() as page:
        page.send(rerun())
        told = b""
        while ForwardMsg.FromString(frame := read(page)).WhichOneof("type") != "script_finished":
            told += frame
        widgets = sorted({found.decode() for found in re.findall(rb"\$\$ID-[\w.-]+", told)})
        assert widgets
        for nonsense in ("%", "a=" * 5000, "lot=%00%ff&" * 2000, "\ud7ff\u0000"):
            said = BackMsg()
            said.rerun_script.query_string = nonsense
            said.rerun_script.page_script_hash = nonsense[:50]
            said.rerun_script.fragment_id = nonsense[:50]
            for widget in widgets:
                for kind in ("int_value", "json_value", "bool_value", "trigger_value"):
                    state = said.rerun_script.widget_states.widgets.add()
                    state.id = widget
                    setattr(state, kind, "{" if kind == "json_value" else 1)
            page.send(said.SerializeToString())
        assert first_told(page)
        while ForwardMsg.FromString(read(page)).WhichOneof("type") != "script_finished":
            pass
    assert plant.log.read_text() == before


def test_how_many_strangers_there_may_be_is_a_setting_of_the_plant(settings, monkeypatch) -> None:
    assert (settings.strangers_per_address, settings.strangers_in_all) == (40, 200)
    monkeypatch.setenv("LOTLINE_STRANGERS_PER_ADDRESS", "2")
    monkeypatch.setenv("LOTLINE_STRANGERS_IN_ALL", "3")
    connections.config.cache_clear()
    strangers.cache_clear()

    counted = strangers()
    let_in = [counted.come(place) is not None for place in ("a", "a", "a", "b", "c")]
    strangers.cache_clear()
    connections.config.cache_clear()
    assert let_in == [True, True, False, True, False]
