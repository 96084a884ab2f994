import asyncio
import gc

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboards.api.application import create_api
from dashboards.commands.authority import TERMINAL, Face
from dashboards.commands.sessions import person_of_session, start_session
from dashboards.serving import server, session_cookie
from dashboards.serving.api_first import ApiFirst
from dashboards.serving.front_door import FrontDoor
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from dashboards.sessions.limits import LOGIN
from dashboards.sessions.tickets import tickets
from sql.settings import Settings
from tests.cases import each_of

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def client():
    """Build the server's own layers around a stand-in for Streamlit's; no record is asked."""

    async def echo(websocket):
        await websocket.accept()
        await websocket.close()

    routes = [
        Route("/session/open", session_cookie.open_session, methods=["POST"]),
        Route("/session/close", session_cookie.close_session, methods=["POST"]),
        Route("/{path:path}", lambda _request: PlainTextResponse("page")),
        WebSocketRoute("/_stcore/stream", echo),
    ]
    unused = Settings(
        database_url="postgresql://none", secret_key="k" * 32, other_calls_per_minute=10**6
    )
    layers = [
        Middleware(
            FrontDoor, hosts=["testserver", "*.plant.example", "[::1]"], screens=["trace", "lots"]
        ),
        Middleware(ApiFirst, api=create_api(unused)),
    ]
    return TestClient(Starlette(routes=routes, middleware=layers), follow_redirects=False)


@pytest.fixture(autouse=True)
def own_settings():
    """Have each test read the settings anew."""
    connections.config.cache_clear()
    yield
    connections.config.cache_clear()


@pytest.fixture
def served_record(settings, record):
    """Have the server end sessions in this test's record."""
    connections.record.cache_clear()
    yield record
    connections.record().close()
    connections.record.cache_clear()


def test_every_answer_carries_the_security_headers(client):
    for path in ("/", "/api/health", "/_stcore/metrics"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"]


def test_what_streamlit_leaves_open_is_closed(client):
    assert client.get("/_stcore/metrics").status_code == 404
    assert client.post("/_stcore/agent/interact").status_code == 404


@each_of(
    "path",
    [
        "/api",
        "/api/",
        "/api/none",
        "/api/traceability",
        "/api/health/",
        "/api/lots/1",
        "/api//health",
        "/api/static/a.js",
        "/api/_stcore/health",
        "/API/health",
        "/apix",
    ],
    ids="API-27-{}".format,
)
@each_of("accept", ["text/html", "application/json"])
def test_unknown_api_paths_are_json_404(client, path, accept):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404 and answer.json()["detail"] in ("Not found", "Not Found")


@each_of("path", ["/", "/trace", "/trace/", "/_stcore/health", "/static/a.js"])
def test_what_the_app_serves_is_let_in(client, path):
    assert client.get(path).status_code == 200


@each_of(
    "path",
    [
        "/admin",
        "/API/health",
        "/apix",
        "/.env",
        "/static/../etc/passwd",
        "/metrics",
        "/trace/none",
        "/_stcore/metrics",
        "/session/steal",
    ],
)
@each_of("accept", ["text/html", "application/json"])
def test_every_other_path_is_a_plain_404(client, path, accept):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404 and "page" not in answer.text.replace("such page", "")


@each_of(
    ("host", "status"),
    [
        ("testserver:8501", 200),
        ("line1.plant.example", 200),
        ("LINE1.Plant.Example:1", 200),
        ("[::1]", 200),
        ("[::1]:8501", 200),
        ("evil.example", 400),
        ("", 400),
        (":", 400),
        ("1", 400),
        ("plant.example.evil", 400),
        ("plant.example", 400),
        ("evilplant.example", 400),
        ("testserver.", 400),
        ("testserver@evil", 400),
        ("*.plant.example.evil", 400),
    ],
)
def test_only_names_we_go_by_are_answered(client, host, status):
    for path in ("/", "/api/health"):
        assert client.get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://testserver:81"])
def test_a_socket_of_another_page_is_refused(client, origin):
    headers = {} if origin is None else {"Origin": origin}
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=headers),
    ):
        pass


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil", "Host": "evil"},
        {"Origin": "ftp://testserver"},
        {"Origin": "http://[x"},
    ],
)
def test_a_socket_by_another_name_is_refused(client, headers):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=headers),
    ):
        pass


@pytest.mark.parametrize("path", ["/api/health", "/none", "/api/none"])
def test_no_socket_is_opened_but_streamlits(client, path):
    own = {"Origin": "http://testserver"}
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers=own):
        pass


@pytest.mark.parametrize("origin", ["http://evil", "null", "", "http://testserver:81"])
def test_another_sites_page_asks_the_api_nothing_and_changes_nothing(client, origin):
    for method, path in (
        ("GET", "/api/health"),
        ("POST", "/api/login"),
        ("PUT", "/"),
        ("POST", "/session/close"),
        ("DELETE", "/_stcore/upload_file/a"),
    ):
        answer = client.request(method, path, headers={"Origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "ORIGIN"), path
    assert client.get("/", headers={"Origin": origin}).status_code == 200


def test_headers_no_browser_sends_are_refused(client):
    many = {f"X-{number}": "1" for number in range(100)}
    for headers in (many, {"X": "a" * 32_768}):
        assert client.get("/", headers=headers).status_code == 400
    assert client.get("/", headers={"Cookie": "a" * 16_000}).status_code == 200


def test_a_second_host_is_refused(client):
    both = [("Host", "testserver"), ("Host", "testserver")]
    assert client.get("/api/health", headers=both).status_code == 400


def test_a_socket_of_our_own_page_is_opened(client):
    with client.websocket_connect(
        "/_stcore/stream", headers={"Origin": "http://testserver"}
    ) as own:
        assert own.receive()["type"] == "websocket.close"  # the stand-in's, once accepted


def test_a_ticket_becomes_a_cookie_no_script_can_read(client):
    body = {"ticket": tickets.issue("the token")}
    answer = client.post("/session/open", json=body, headers=OWN)
    assert answer.status_code == 204
    cookie = answer.headers["Set-Cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=") and "httponly" in cookie and "samesite=strict" in cookie
    assert "secure" not in cookie
    assert client.post("/session/open", json=body, headers=OWN).status_code == 410


def test_over_https_the_cookie_is_secure(client):
    headers = {"Origin": "https://testserver", "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/session/open", json={"ticket": tickets.issue("t")}, headers=headers)
    assert "secure" in answer.headers["Set-Cookie"].lower()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        OWN | {"Sec-Fetch-Site": "cross-site"},
        OWN | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_only_the_own_page_opens_and_closes(client, headers):
    ticket = tickets.issue("t")
    opened = client.post("/session/open", json={"ticket": ticket}, headers=headers)
    assert opened.status_code == 403 and tickets.redeem(ticket) == "t"
    assert client.post("/session/close", headers=headers).status_code == 403


@each_of("body", [b"", b"{", b"[]", b'{"ticket":7}', b"\xff", b"x" * 5000])
def test_what_is_no_ticket_opens_nothing(client, body):
    answer = client.post("/session/open", content=body, headers=OWN)
    assert answer.status_code == 410 and "Set-Cookie" not in answer.headers


def test_closing_ends_the_session(client, served_record, people):
    with served_record.transaction() as transaction:
        token = start_session(transaction, user_id=people["VIEWER"].user_id, face=Face.SCREEN)
    answer = client.post("/session/close", headers=OWN | {"Cookie": f"{COOKIE}={token}"})
    assert answer.status_code == 204 and f'{COOKIE}=""' in answer.headers["Set-Cookie"]
    with served_record.transaction() as transaction:
        found = person_of_session(
            transaction, token=token, idle_minutes=15, max_hours=12, origin=TERMINAL
        )
    assert found is None


@pytest.fixture
def own_limiter(settings):
    """Have the process begin with nothing counted, by this test's limits."""
    connections.limiter.cache_clear()
    yield
    connections.limiter.cache_clear()


def test_screens_and_api_count_sign_ins_together(own_limiter, served_record):
    """Whoever used up the form's attempts gets no ten more at the API."""
    app = TestClient(server.create_app(), base_url="http://localhost")
    for _ in range(10):
        connections.limiter().count(LOGIN, "testclient")
    refused = app.post("/api/login", json={"email": "a@demo.example", "password": "a guess"})

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_what_stands_once_the_server_has_started_is_looked_through_no_more(served_record):
    """Collecting looked through every module again and again: a fifth of a trace."""

    async def kept_for_good() -> int:
        async with server._pool(server.create_app()):
            return gc.get_freeze_count()

    assert gc.get_freeze_count() == 0
    try:
        assert asyncio.run(kept_for_good()) > 10_000
    finally:
        gc.unfreeze()
