"""A file comes in only from who may import, from our own page, and up to the limit."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboards.commands.authority import Face
from dashboards.commands.sessions import end_session, start_session
from dashboards.serving.front_door import FrontDoor
from dashboards.serving.upload_door import UploadDoor
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from sql.vocabulary import Role
from tests.cases import each_of

PATH = "/_stcore/upload_file/a-session/a-file"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
MOST_MB = 1


@pytest.fixture
def ask(settings, record, people):
    """Return a function that sends a request as a role, and what came through the doors."""
    connections.config.cache_clear()
    connections.record.cache_clear()
    came = []

    async def take(request):
        came.append((request.method, len(await request.body())))
        return PlainTextResponse("taken")

    app = Starlette(
        routes=[Route("/{path:path}", take, methods=["PUT", "DELETE", "GET", "POST", "OPTIONS"])],
        middleware=[
            Middleware(FrontDoor, hosts=["testserver"], screens=["lots"]),
            Middleware(UploadDoor, most_mb=MOST_MB),
        ],
    )

    def send(role, method="PUT", path=PATH, body=b"x", ended=False, **headers):
        client = TestClient(app)
        if role is not None:
            with record.transaction() as transaction:
                token = start_session(transaction, user_id=people[role].user_id, face=Face.SCREEN)
                if ended:
                    end_session(transaction, token=token)
            client.cookies.set(COOKIE, token)
        answer = client.request(method, path, content=body, headers=OWN | headers)
        return answer.status_code, list(came)

    yield send
    connections.record().close()
    connections.record.cache_clear()
    connections.config.cache_clear()


def test_a_file_is_taken_from_who_may_import_and_from_nobody_else(ask) -> None:
    came = []
    for role in Role:
        status, came = ask(role)
        may = role in (Role.ADMIN, Role.MANAGER)
        assert status == (200 if may else 403), role
    assert came == [("PUT", 1)] * 2
    assert ask(None)[0] == 401 and ask(Role.ADMIN, ended=True)[0] == 401
    assert ask(None, method="DELETE")[0] == 401
    assert len(ask(Role.MANAGER, method="DELETE")[1]) >= 3


def test_another_sites_page_sends_no_file_with_somebodys_cookie(ask) -> None:
    for headers in (
        {"Origin": "http://evil"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        status, came = ask(Role.ADMIN, **headers)
        assert (status, came) == (403, []), headers


def test_a_file_over_the_limit_is_refused_before_it_is_read(ask) -> None:
    assert ask(Role.ADMIN, body=bytes(MOST_MB << 20))[0] == 200
    status, came = ask(Role.ADMIN, body=bytes((MOST_MB << 20) + 20_000))
    assert status == 413 and len(came) == 1


@each_of(
    ("method", "path"),
    [
        ("GET", PATH),
        ("POST", PATH),
        ("OPTIONS", PATH),
        ("PUT", f"/lots{PATH}"),
        ("PUT", "/_stcore/upload_file/a"),
        ("PUT", "/_stcore/upload_file/a/../b"),
        ("PUT", "/_stcore/upload_file/a/b/c"),
        ("PUT", "/_stcore/upload_file//"),
        ("PUT", "/_stcore/upload_files/a/b"),
    ],
)
def test_nothing_but_a_file_to_its_place_gets_that_far(ask, method, path) -> None:
    status, came = ask(Role.ADMIN, method=method, path=path)
    assert (status, came) == (404, [])
