"""Dagster's real pages, reached through our own door only: who may look, who may act, and how."""

import json
import socket
import stat
from datetime import timedelta

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboards.commands.authority import Face
from dashboards.commands.sessions import end_session, start_session
from dashboards.serving import carrying
from dashboards.serving.dagster_door import MAY_ACT, QUESTIONS, DagsterDoor
from dashboards.serving.front_door import FrontDoor
from dashboards.sessions import connections
from dashboards.sessions.connections import COOKIE
from sql.record.engine import DatabaseRole, Record
from sql.trail.audit import verify
from sql.vocabulary import Role
from tests import engines
from tests.cases import each_of
from tests.dagster_pages import MUTATION, QUERY, SUBSCRIPTION, dagster_behind, was_changed

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
MANAGERS = (Role.ADMIN, Role.MANAGER)


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """Serve Dagster's pages; yield their socket and what they keep things in."""
    place = tmp_path_factory.mktemp("d") / "sockets" / "dagster"
    with dagster_behind(place) as instance:
        yield place, instance


@pytest.fixture(scope="module")
def instance(behind):
    return behind[1]


@pytest.fixture(scope="module")
def app(behind):
    routes = [Route("/{path:path}", lambda _request: PlainTextResponse("not Dagster"))]
    layers = [
        Middleware(FrontDoor, hosts=["testserver"], screens=["lots"]),
        Middleware(DagsterDoor, socket=behind[0]),
    ]
    return Starlette(routes=routes, middleware=layers)


@pytest.fixture
def client(app, settings, record):
    """Build our own layers before Dagster's pages; the record is this test's."""
    connections.config.cache_clear()
    connections.record.cache_clear()
    with TestClient(app, follow_redirects=False) as opened:
        yield opened
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()


@pytest.fixture
def token(record, people):
    """Make a function that starts a session of a role and returns its token."""

    def start(role: str) -> str:
        with record.transaction() as transaction:
            user_id = people[role].user_id
            return start_session(transaction, user_id=user_id, face=Face.SCREEN)

    return start


def of(token: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={token}"}


def ask(client, text: str, headers: dict[str, str], **more) -> httpx.Response:
    return client.post(QUESTIONS, json={"query": text} | more, headers=OWN | headers)


def test_everybody_signed_in_may_look_and_managers_may_act(client, token, instance) -> None:
    for role in Role:
        cookie = of(token(role))
        shown = client.get("/dagster/", headers=cookie)
        assert (shown.status_code, '"/dagster/_next' in shown.text) == (200, True), role
        looked = ask(client, QUERY, cookie)
        # What Dagster itself believes the person may do: its buttons follow.
        assert looked.json() == {"data": {"canBulkTerminate": role in MANAGERS}}, role
        acted = ask(client, MUTATION, cookie)
        assert acted.status_code == (200 if role in MANAGERS else 403), role
        assert was_changed(instance) is (role in MANAGERS), role


def test_who_is_not_signed_in_sees_and_does_nothing(client, token, record, instance) -> None:
    ended = token("ADMIN")
    with record.transaction() as transaction:
        end_session(transaction, token=ended)
        program = start_session(transaction, user_id=1, face=Face.API)
    for headers in ({}, of("a guess"), of(ended), of(program), {MAY_ACT: "yes"}):
        for path in ("/dagster", "/dagster/", "/dagster/runs", "/dagster/server_info"):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 401 and "Dagster" not in answer.text, (headers, path)
        assert ask(client, MUTATION, headers).status_code == 401
        assert not was_changed(instance), headers


def noted(record) -> list[tuple]:
    """Read what the trail knows of acts on Dagster's pages: who, where from and what."""
    with record.snapshot() as snapshot:
        rows = engines.ask(
            snapshot, "select acted_by, acts, asked from dagster_acts order by act_id"
        )
        return rows.fetchall()


def test_an_act_stands_in_the_trail_with_its_person_and_a_look_does_not(
    client, token, record, people, database, instance
) -> None:
    for role in Role:
        ask(client, QUERY, of(token(role)))
        ask(client, MUTATION, of(token(role)), variables={"why": "\0"})
    was_changed(instance)

    acted = noted(record)
    assert [(who, acts) for who, acts, _ in acted] == [
        (people[role].user_id, ["setConcurrencyLimit"]) for role in MANAGERS
    ]
    assert all(json.loads(asked)["query"] == MUTATION for _, _, asked in acted)
    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        entries = engines.ask(
            snapshot,
            "select user_id, face from audit.entries where table_name = 'dagster_acts' order by 1",
        ).fetchall()
        assert verify(snapshot, sees_passwords=True).breaks == []
    owner.close()
    assert entries == sorted((people[role].user_id, "screen") for role in MANAGERS)


def test_an_act_that_can_not_be_noted_is_not_done(client, token, database, instance) -> None:
    cookie = of(token("ADMIN"))
    owner = Record(database, DatabaseRole.OWNER)
    with owner.transaction() as transaction:
        engines.ask(transaction, "revoke insert on dagster_acts from lotline_app")
        engines.ask(
            transaction, "revoke insert (acts, asked, acted_by) on dagster_acts from lotline_app"
        )
    owner.close()

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(client, MUTATION, cookie)
    assert not was_changed(instance)


def test_an_act_is_noted_before_it_is_passed_on(client, token, record, behind, app) -> None:
    """Also where Dagster doesn't answer: nobody knows then whether it was done."""
    away = Starlette(middleware=[Middleware(DagsterDoor, socket=behind[0].with_name("nobody"))])
    cookie = of(token("MANAGER"))
    with TestClient(away) as alone:
        assert ask(alone, MUTATION, cookie).status_code == 503

    assert [acts for _, acts, _ in noted(record)] == [["setConcurrencyLimit"]]


def test_nobody_says_for_himself_that_he_may_act(client, token, instance) -> None:
    cookie = of(token("VIEWER")) | {MAY_ACT: "yes"}

    assert ask(client, QUERY, cookie).json() == {"data": {"canBulkTerminate": False}}
    assert ask(client, MUTATION, cookie).status_code == 403
    assert not was_changed(instance)


def test_nothing_is_changed_but_by_our_own_page_by_post_in_json(client, token, instance) -> None:
    manager = of(token("MANAGER"))
    asked = {"query": MUTATION}
    tries = [
        client.get(QUESTIONS, params=asked, headers=manager),
        client.get(QUESTIONS, params=asked, headers=manager | OWN),
        client.head(QUESTIONS, params=asked, headers=manager | OWN),
        client.put(QUESTIONS, json=asked, headers=manager | OWN),
        client.post(QUESTIONS, params=asked, headers=manager | OWN),
        client.post(QUESTIONS, data=asked, headers=manager | OWN),
        client.post(QUESTIONS, content=json.dumps(asked), headers=manager | OWN),
        client.post(QUESTIONS, json=[asked], headers=manager | OWN),
        client.post("/dagster//graphql", json=asked, headers=manager | OWN),
        client.post("/dagster/x/..%2fgraphql", json=asked, headers=manager | OWN),
        client.get("/dagster/x/..%2fgraphql", params=asked, headers=manager | OWN),
        client.post("/dagster/report_asset_materialization/a", headers=manager | OWN),
        client.post(
            QUESTIONS, content=MUTATION, headers=manager | OWN | {"Content-Type": "text/plain"}
        ),
        client.post(
            QUESTIONS,
            content=MUTATION,
            headers=manager | OWN | {"Content-Type": "application/graphql"},
        ),
    ]

    assert [answer.status_code for answer in tries if answer.status_code < 400] == []
    assert not was_changed(instance)


@each_of(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Host": "evil.example"},
    ],
)
def test_another_sites_page_gets_nothing(client, token, instance, headers) -> None:
    asked = of(token("MANAGER")) | headers
    answers = [
        client.get("/dagster/", headers=asked),
        client.get(QUESTIONS, params={"query": MUTATION}, headers=asked),
        client.post(QUESTIONS, json={"query": MUTATION}, headers=asked),
        client.post(QUESTIONS, json={"query": QUERY}, headers=asked),
    ]

    assert {answer.status_code for answer in answers} <= {400, 403}
    assert not was_changed(instance)


def test_a_link_on_another_page_may_be_followed_and_no_form_be_sent(
    client, token, instance
) -> None:
    opened = of(token("MANAGER")) | {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert client.get("/dagster/", headers=opened).status_code == 200
    assert client.post(QUESTIONS, json={"query": MUTATION}, headers=opened).status_code == 403
    assert not was_changed(instance)


def test_a_page_that_asks_by_itself_keeps_no_session_alive(client, token, record) -> None:
    manager = of(token("MANAGER"))

    def age(minutes: int) -> None:
        with record.transaction() as transaction:
            moment = "now() - make_interval(mins => :minutes)"
            engines.ask(transaction, f"update sessions set seen_at = {moment}", minutes=minutes)

    age(10)
    picture = client.get("/dagster/favicon.png", headers=manager | {"Sec-Fetch-Mode": "no-cors"})
    assert (picture.status_code, ask(client, QUERY, manager).status_code) == (200, 200)
    with record.transaction() as transaction:
        rested = engines.ask(transaction, "select now() - seen_at from sessions").fetchall()
    assert [since >= timedelta(minutes=10) for (since,) in rested] == [True]
    for minutes in (16, -5):  # too long ago; or the clock was set back meanwhile
        age(minutes)
        assert ask(client, QUERY, manager).status_code == 401


def socket_of(client, headers: dict[str, str]):
    return client.websocket_connect(
        QUESTIONS, subprotocols=["graphql-ws"], headers={"Origin": "http://testserver"} | headers
    )


def started(text: str) -> dict:
    return {"type": "start", "id": "1", "payload": {"query": text}}


def test_a_socket_carries_subscriptions_until_the_session_ends(
    client, token, record, monkeypatch
) -> None:
    monkeypatch.setattr(carrying, "ASK_AGAIN_SECONDS", 0.05)
    viewer = token("VIEWER")
    with socket_of(client, of(viewer)) as opened:
        opened.send_json({"type": "connection_init", "payload": {"a": 1}})
        assert opened.receive_json() == {"type": "connection_ack"}
        opened.send_json(started(SUBSCRIPTION))
        with record.transaction() as transaction:
            end_session(transaction, token=viewer)
        with pytest.raises(WebSocketDisconnect) as ended:
            opened.receive_json()
    assert ended.value.code == carrying.NOT_ALLOWED


@each_of("said", [started(MUTATION), started(QUERY), started(f"{SUBSCRIPTION} {MUTATION}"), [], {}])
def test_a_socket_carries_nothing_else(client, token, instance, said) -> None:
    with socket_of(client, of(token("ADMIN"))) as opened:
        opened.send_json(said)
        with pytest.raises(WebSocketDisconnect):
            opened.receive_json()
    assert not was_changed(instance)


def test_nobody_elses_socket_is_opened(client, token) -> None:
    manager = of(token("MANAGER"))
    for headers in ({}, of("guess"), manager | {"Origin": "http://evil.example"}):
        with pytest.raises(WebSocketDisconnect), socket_of(client, headers):
            pass


def test_only_our_account_may_open_the_socket_behind(behind) -> None:
    place, _ = behind
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    with socket.socket(socket.AF_UNIX) as ours:
        ours.connect(str(place))


def test_while_dagster_is_away_the_rest_is_there(settings, record, token, tmp_path) -> None:
    connections.config.cache_clear()
    connections.record.cache_clear()
    door = DagsterDoor(PlainTextResponse("the app"), tmp_path / "nobody")
    client = TestClient(door, base_url="http://testserver")
    manager = of(token("MANAGER"))

    assert client.get("/lots", headers=manager).text == "the app"
    assert client.get("/dagster/", headers=manager).status_code == 503
    away = client.post(QUESTIONS, json={"query": QUERY}, headers=OWN | manager)
    assert (away.status_code, away.json()["code"]) == (503, "UNAVAILABLE")
    with pytest.raises(WebSocketDisconnect), socket_of(client, manager):
        pass
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()
