"""What only a socket can say, to the server as it is served: rows API-24, 28, 40, 41, AUTH-13."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from dashboards.api.envelope import BODY_PATIENCE_SECONDS
from tests.cases import each_of

HOST = b"Host: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"


def get(path: bytes, headers: bytes = b"") -> bytes:
    return b"GET %s HTTP/1.1\r\n%s%s\r\n" % (path, HOST, headers)


def post(path: bytes, headers: bytes, body: bytes) -> bytes:
    return b"POST %s HTTP/1.1\r\n%s%s%s\r\n%s" % (path, HOST, JSON, headers, body)


def status(answer: bytes) -> int:
    assert answer.startswith(b"HTTP/1.1 "), answer
    return int(answer[9:12])


def header(headers: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


@pytest.mark.timeout(120)
def test_api_24_a_body_that_never_arrives_is_408_in_ten_seconds(wire):
    endless = [
        (post(b"/api/login", b"Content-Length: 2000\r\n", b"{}"), None),
        (post(b"/api/login", b"Content-Length: 2000\r\n", b"{}"), b" "),
        (post(b"/api/login", b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n"), None),
        (post(b"/api/login", b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n"), b"1\r\n \r\n"),
    ]

    def ask(sent):
        began = time.perf_counter()
        return status(wire.say(sent[0], then=sent[1])), time.perf_counter() - began

    with ThreadPoolExecutor(len(endless)) as pool:
        waiting = pool.map(ask, endless)
        assert wire.api.get("/health").status_code == 200
        answers = list(waiting)
    assert [answer for answer, _seconds in answers] == [408] * len(endless)
    assert max(seconds for _answer, seconds in answers) < BODY_PATIENCE_SECONDS + 3


@each_of(
    ("length", "said"),
    [
        (b"-1", 400),
        (b"x", 400),
        (b"2\r\nContent-Length: 3", 400),
        (b"2\r\nTransfer-Encoding: chunked", 400),
        (b"1000001", 413),
    ],
)
def test_api_24_a_length_that_lies_is_refused(wire, length, said):
    assert status(wire.say(post(b"/api/login", b"Content-Length: %s\r\n" % length, b"{}"))) == said


@pytest.mark.parametrize("headers", [b"Content-Length: 900", b"Transfer-Encoding: chunked"])
def test_api_24_a_body_cut_off_writes_nothing(wire, plant, headers):
    """What has arrived is whole JSON; the client has promised more, and is gone."""
    code = f"CUT-{uuid4().hex}"
    body = b'{"lot_code":"%s"}' % code.encode()
    if b"chunked" in headers:
        body = b"%x\r\n%s\r\n" % (len(body), body)
    own = header(plant.as_role("OPERATOR"))
    with socket.create_connection(("127.0.0.1", wire.port)) as connection:
        connection.sendall(post(b"/api/lots", own + headers + b"\r\n", body))
    for _ in range(20):  # long enough for the server to have seen it
        assert wire.api.get("/health").status_code == 200
    assert plant.ask("select 1 from facts.lots where lot_code = :code", code=code) == []


@each_of(
    "path",
    [b"%00", b"%ff", b"%C0%AF", b"..%2f", b"%0d%0a", b"x" * 8000, b"a%2fb", b"..%2f..%2f"],
    ids=lambda path: f"API-28-{path[:12].decode()}",
)
def test_a_path_that_is_no_code_is_a_json_404(wire, plant, path):
    answer = wire.say(get(b"/api/traceability/" + path, header(plant.as_role("VIEWER"))))
    assert status(answer) == 404
    said = json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]
    assert said == ("Not Found" if path == b"%0d%0a" else "Lot not found")


@pytest.mark.parametrize("path", [b"/\xff", b"/ x", b"api", b""], ids=ascii)
def test_what_is_no_path_is_400(wire, path):
    assert status(wire.say(b"GET %s HTTP/1.1\r\n%s\r\n" % (path, HOST))) == 400


def test_api_40_a_forged_address_buys_no_more_attempts(wire):
    codes = []
    for number in range(14):
        forged = {
            "X-Forwarded-For": f"10.0.0.{number}",
            "X-Real-IP": f"10.0.0.{number}",
            "Forwarded": f"for=10.0.0.{number}",
        }
        body = {"email": "nobody@demo.example", "password": "x"}
        codes.append(wire.api.post("/login", json=body, headers=forged).status_code)
    assert codes == [401] * 10 + [429] * 4


@each_of(
    ("headers", "said"),
    [
        (b"X: a\r\nb\r\n", 400),
        (b"X: a\nY: b\r\n", 400),
        (b"X: a\rY: b\r\n", 400),
        (b"X: a\0b\r\n", 400),
        (b"X y: a\r\n", 400),
        (b"X: " + b"a" * 65536 + b"\r\n", 400),
        (b"".join(b"X-%d: 1\r\n" % number for number in range(200)), 400),
        (b"Host: evil\r\n", 400),
        (b"Origin: http://evil\r\n", 403),
        (b"Origin: null\r\n", 403),
        (b"Origin: http://[x\r\n", 403),
    ],
    ids=lambda headers: ascii(headers)[:30],
)
def test_api_41_a_header_no_honest_client_sends_is_refused(wire, headers, said):
    assert status(wire.say(get(b"/api/health", headers))) == said


@pytest.mark.parametrize("host", [b"", b"Host:\r\n", b"Host: evil\r\n", b"Host: [::1\r\n"])
def test_api_41_another_host_is_400(wire, host):
    assert status(wire.say(b"GET /api/health HTTP/1.1\r\n%s\r\n" % host)) == 400


def test_auth_13_a_token_of_a_megabyte_is_400_and_none_is_ever_logged(wire, plant):
    token = plant.as_role("ADMIN")["Authorization"]
    long = b"Authorization: %s\r\n" % (token.encode() + b"a" * 1_000_000)
    assert status(wire.say(get(b"/api/traceability/A", long))) == 400
    wire.say(
        get(
            b"/api/traceability/A?token=%s" % token[7:].encode(),
            b"Cookie: t=%s\r\n" % token[7:].encode(),
        )
    )
    assert status(wire.say(get(b"/api/traceability/A", header(plant.as_role("ADMIN"))))) == 404
    assert token[-40:] not in wire.output.read_text()


def test_nothing_told_to_a_stranger_names_a_version_or_a_path_of_the_server(wire):
    for path in (b"/api/health", b"/api/none", b"/none", b"/api/docs", b"/_stcore/metrics", b"/"):
        head = wire.say(get(path)).partition(b"\r\n\r\n")[0].lower()
        for word in (b"server:", b"x-powered-by", b"uvicorn", b"starlette", b"tornado", b"python"):
            assert word not in head, (path, head)


def test_every_answer_of_the_served_app_carries_the_security_headers(wire):
    for path in (b"/api/health", b"/api/none", b"/none", b"/", b"/_stcore/health", b"/lots"):
        head = wire.say(get(path)).partition(b"\r\n\r\n")[0].lower()
        for name in (
            b"x-content-type-options: nosniff",
            b"frame-ancestors 'self'",
            b"referrer-policy:",
            b"permissions-policy:",
        ):
            assert name in head, (path, name)


def test_a_server_that_runs_keeps_anchors_outside_the_database(wire, plant):
    """Without them a cut tail or a rebuilt chain shows nowhere."""
    anchors = plant.settings.home / "audit" / "anchors.jsonl"
    for _ in range(100):
        if anchors.exists() and anchors.read_text():
            break
        time.sleep(0.1)
    noted = json.loads(anchors.read_text().splitlines()[-1])
    assert noted["length"] > 0 and len(noted["head"]) == 64
