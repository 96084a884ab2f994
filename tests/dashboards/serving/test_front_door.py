"""What the front door puts on each answer, and which paths it opens: held word for word."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboards.serving.front_door import FrontDoor
from tests.cases import each_of


def _page(_request) -> PlainTextResponse:
    return PlainTextResponse("a page")


@pytest.fixture
def ask():
    """Make a function that asks for a path in a scheme and returns the answer."""
    door = FrontDoor(Starlette(routes=[Route("/{path:path}", _page)]), ["testserver"], ["lots"])
    return lambda path, scheme="http": TestClient(door, base_url=f"{scheme}://testserver").get(path)


def test_only_our_own_content_runs_on_a_page(ask) -> None:
    """A source more is a way in; it is added here on purpose or not at all."""
    given = ask("/").headers["Content-Security-Policy"].split("; ")

    assert dict(rule.split(" ", 1) for rule in given) == {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }


def test_who_came_by_https_is_told_to_stay_with_it(ask) -> None:
    """Said over plain http it would lock people out of a demo on their own machine."""
    assert ask("/", "https").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in ask("/").headers


@each_of(
    ("path", "status"),
    [
        ("/", 200),
        ("/lots", 200),
        ("/static/a.js", 200),
        ("/zxing/zxing_reader.wasm", 200),
        ("/zxing/LICENSE.txt", 404),
        ("/zxing/%2e%2e/server.py", 404),
        ("/nothing", 404),
        ("/media/..%2fx", 404),
        ("/_stcore/metrics", 404),
        ("/_stcore/upload_file/session/file", 404),
        ("/static/%2e%2e/secret", 404),
        ("/lots/static/%2e%2e/x", 404),
    ],
)
def test_only_listed_paths_are_open(ask, path, status) -> None:
    assert ask(path).status_code == status
