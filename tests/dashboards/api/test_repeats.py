"""Rows API-37 and API-38: what a client asks twice under one key is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from dashboards.commands.repeats import KEPT_DAYS
from tests.engines import engine_of

REPLAYED = "Idempotent-Replayed"


@pytest.fixture
def asked(plant):
    """Return what to ask of each of the two writing endpoints."""
    return {
        "/lots": {
            "lot_code": f"ONCE-{uuid4().hex}",
            "weight_kg": 0.1,
            "metadata": {"b": 1, "a": 2},
        },
        "/qc-decisions": {"lot_id": plant.lot()["id"], "decision": "HOLD", "notes": "Wärme, 9 °C!"},
    }


def rows(plant):
    return plant.ask(
        "select (select count(*) from facts.lots), (select count(*) from facts.qc_decisions), "
        "(select count(*) from given_answers)"
    )[0]


def grown(plant, before):
    return tuple(now - then for now, then in zip(rows(plant), before, strict=True))


@pytest.mark.parametrize(
    ("path", "written"),
    [("/lots", (1, 0, 1)), ("/qc-decisions", (0, 1, 1))],
    ids="API-37-{}".format,
)
def test_fifty_at_once_write_one_row_and_get_the_same_answer(wire, plant, asked, path, written):
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": uuid4().hex}
    before = rows(plant)
    together = Barrier(50)

    def ask(_number):
        together.wait()
        return wire.api.post(path, json=asked[path], headers=headers)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum(REPLAYED in answer.headers for answer in answers) == 49
    assert grown(plant, before) == written


@pytest.mark.parametrize("path", ["/lots", "/qc-decisions"])
def test_a_repeat_is_answered_byte_for_byte_the_same_and_says_so(plant, asked, path):
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": uuid4().hex}
    first, second = (plant.client.post(path, json=asked[path], headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert (REPLAYED in first.headers, second.headers.get(REPLAYED)) == (False, "true")


@pytest.mark.parametrize("path", ["/lots", "/qc-decisions"], ids="API-38-{}".format)
def test_the_same_key_with_another_request_is_422(plant, asked, path):
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": uuid4().hex}
    assert plant.client.post(path, json=asked[path], headers=headers).status_code == 201
    before = rows(plant)
    elsewhere = "/lots" if path == "/qc-decisions" else "/qc-decisions"
    for other, body in [(path, asked[path] | {"temperature_c": 1}), (elsewhere, asked[elsewhere])]:
        answer = plant.client.post(other, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "IDEMPOTENCY_REUSE")
        assert answer.json()["detail"][0]["loc"] == ["header", "Idempotency-Key"]
    assert grown(plant, before) == (0, 0, 0)


def test_what_was_refused_may_be_asked_again_under_its_key(plant):
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": uuid4().hex}
    parent = f"PARENT-{uuid4().hex}"
    body = {"lot_code": f"CHILD-{uuid4().hex}", "parents": [{"lot_code": parent}]}
    before = rows(plant)
    for _ in range(2):
        assert plant.client.post("/lots", json=body, headers=headers).status_code == 422
    assert grown(plant, before) == (0, 0, 0)
    plant.lot(lot_code=parent)
    answers = [plant.client.post("/lots", json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert grown(plant, before) == (2, 0, 1)


@pytest.mark.parametrize("path", ["/lots", "/qc-decisions"])
def test_the_keys_of_two_people_never_meet(plant, asked, path):
    key = {"Idempotency-Key": uuid4().hex}
    first = plant.client.post(path, json=asked[path], headers=plant.as_role("OPERATOR") | key)
    assert first.status_code == 201
    other = asked[path] | ({"lot_code": f"OTHER-{uuid4().hex}"} if path == "/lots" else {})
    second = plant.client.post(path, json=other, headers=plant.as_role("MANAGER") | key)
    assert second.status_code == 201 and REPLAYED not in second.headers
    assert second.json()["id"] != first.json()["id"]
    assert second.json()["operator_id"] == plant.people["MANAGER"].user_id


def test_a_key_opens_nothing_to_who_may_no_longer_write(plant, asked):
    """The role is asked before the kept answer is."""
    headers = plant.as_role("VIEWER") | {"Idempotency-Key": uuid4().hex}
    assert plant.client.post("/lots", json=asked["/lots"], headers=headers).status_code == 403


@pytest.mark.parametrize("key", ["", "x" * 201, "é", "\t", "a\x7f"], ids=ascii)
def test_a_key_that_can_not_be_kept_is_422_and_writes_nothing(plant, asked, key):
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": key.encode("latin-1")}
    before = rows(plant)
    answer = plant.client.post("/lots", json=asked["/lots"], headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")
    assert grown(plant, before) == (0, 0, 0)


def test_without_a_key_asking_twice_is_asking_twice(plant, asked):
    body = asked["/qc-decisions"]
    first, second = (
        plant.client.post("/qc-decisions", json=body, headers=plant.as_role("OPERATOR"))
        for _ in range(2)
    )
    assert first.json()["id"] != second.json()["id"]


def test_an_answer_is_forgotten_after_a_month_and_no_sooner(plant, server, asked):
    from sqlalchemy import text

    from sql.record.engine import DatabaseRole, Record

    def ages():
        return [
            days
            for (days,) in plant.ask(
                "select extract(day from now() - recorded_at)::int from given_answers "
                "where key like 'old-%' order by 1"
            )
        ]

    owner = Record(plant.settings.database_url, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        for days in (KEPT_DAYS - 1, KEPT_DAYS + 1):
            connection.execute(
                text(
                    "insert into given_answers values (:user, :key, '\\x00', '{}', "
                    "now() - make_interval(days => :days))"
                ),
                {"user": plant.people["OPERATOR"].user_id, "key": f"old-{days}", "days": days},
            )
    owner.close()
    assert ages() == [KEPT_DAYS - 1, KEPT_DAYS + 1]
    headers = plant.as_role("OPERATOR") | {"Idempotency-Key": uuid4().hex}
    assert plant.client.post("/lots", json=asked["/lots"], headers=headers).status_code == 201
    assert ages() == [KEPT_DAYS - 1]
