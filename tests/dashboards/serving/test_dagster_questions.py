"""A question to Dagster is understood whole, or not passed on."""

import json

import pytest

from dashboards.serving.dagster_questions import NotUnderstood, read_frame, read_question
from tests.cases import each_of

ASKS = "query A { a }"
ACTS = "mutation B { b }"
LISTENS = "subscription C { c }"


def body(**said) -> bytes:
    return json.dumps(said).encode()


@each_of(
    ("text", "acts"),
    [
        (ASKS, False),
        ("{ a }", False),
        ("fragment F on Query { a } query { ...F }", False),
        ("query mutation { mutation }", False),
        ('{ a(text: "mutation { b }") }', False),
        ("# mutation\n{ a }", False),
        (ACTS, True),
        (f"{ASKS} {ACTS}", True),
        ("#\nmutation{b}", True),
        ("\ufeffmutation { b }", True),
        (",,,mutation,{b}", True),
    ],
)
def test_a_question_acts_if_any_part_of_it_does(text, acts) -> None:
    assert bool(read_question(body(query=text)).acts) is acts


def test_a_question_is_passed_on_as_it_was_understood_and_with_nothing_else() -> None:
    doubled = b'{"query": "mutation { b }", "query": "{ a }", "x": 1, "extensions": {"p": 2}}'
    question = read_question(doubled)

    assert question.acts == ()
    assert json.loads(question.body) == {"query": "{ a }", "variables": None, "operationName": None}


@each_of(
    "said",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b'"mutation { b }"',
        body(),
        body(query=None),
        body(query=["{ a }"]),
        body(query=""),
        body(query="{ a"),
        body(query="fragment F on Query { a }"),
        body(query="{ a }", variables="{}"),
        body(query="{ a }", variables=[1]),
        body(query="{ a }", operationName=1),
        body(query=LISTENS),
        body(query=f"{ASKS} {LISTENS}"),
        body(query="{" * 5000),
        body(query="{ a }" + " " * 1_000_000),
        body(query="{" + " a" * 20_000 + "}"),
        body(extensions={"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}),
        json.dumps([{"query": ACTS}]).encode(),
        b"[" * 200_000,
    ],
)
def test_what_is_no_single_question_is_not_passed_on(said) -> None:
    with pytest.raises(NotUnderstood):
        read_question(said)


def frame(text: str, **more) -> str:
    return json.dumps({"type": "start", "id": "1", "payload": {"query": text}} | more)


@each_of(
    "said",
    [
        "",
        "[]",
        "{}",
        '{"type": "start", "id": "1"}',
        '{"type": "start", "payload": {"query": "subscription { c }"}}',
        '{"type": "data", "id": "1"}',
        '{"type": ["start"]}',
        frame(ACTS),
        frame(ASKS),
        frame(f"{LISTENS} {ACTS}"),
        frame(LISTENS, id=7),
        frame("\ud800"),
    ],
)
def test_a_socket_carries_nothing_but_subscriptions(said) -> None:
    with pytest.raises(NotUnderstood):
        read_frame(said)


def test_a_subscription_and_the_words_around_it_are_passed_on() -> None:
    assert json.loads(read_frame(frame(LISTENS, extra=1))) == {
        "type": "start",
        "id": "1",
        "payload": {
            "query": LISTENS,
            "variables": None,
            "operationName": None,
            "operation_name": None,
        },
    }
    for kind in ("connection_init", "stop", "connection_terminate"):
        assert json.loads(read_frame(json.dumps({"type": kind, "id": "1"})))["type"] == kind


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("mutation { launchRun(p: 1) { id } }", ("launchRun",)),
        (
            "mutation A { one: deleteRun } mutation B { two: startSchedule }",
            ("deleteRun", "startSchedule"),
        ),
        (
            "query Q { version } mutation M { ... on Mutation { terminateRun } stopSensor }",
            ("stopSensor", "terminateRun"),
        ),
        (
            "mutation { ...F } fragment F on Mutation { wipeAssets ...G } "
            "fragment G on Mutation { deleteRun ...F }",
            ("wipeAssets", "deleteRun"),
        ),
    ],
)
def test_what_it_would_change_is_named_whatever_it_is_wrapped_in(text, acts) -> None:
    assert read_question(body(query=text)).acts == acts


def test_a_change_that_does_not_say_what_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        read_question(body(query="mutation { ...Nowhere }"))
