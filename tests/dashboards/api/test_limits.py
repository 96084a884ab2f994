"""Row API-39: exact counts a minute, as windows that move. The clock is turned, nobody waits."""

import pytest

from dashboards.sessions.limits import DECISIONS, LOGIN, LOTS, OTHER, TRACE, Limiter, TooOften
from sql.settings import Settings
from tests.cases import each_of

EVERY_DAY = {LOGIN: 10, LOTS: 100, DECISIONS: 100, TRACE: 50, OTHER: 200}


@pytest.fixture
def clock(monkeypatch):
    """Make a clock whose time is set by hand."""
    hands = {"now": 1_800_000_059.5}
    monkeypatch.setattr("time.time", lambda: hands["now"])
    return hands


def hits(limiter, kind, count, who="somebody"):
    """Ask so often, and count how often it was allowed."""
    allowed = 0
    for _ in range(count):
        try:
            limiter.count(kind, who)
        except TooOften as refusal:
            assert 1 <= refusal.wait_seconds <= 60
        else:
            allowed += 1
    return allowed


@each_of("kind", EVERY_DAY)
def test_no_minute_holds_more_than_the_limit_wherever_it_begins(clock, kind):
    limiter, most = Limiter(Settings()), EVERY_DAY[kind]
    assert hits(limiter, kind, most + 20) == most
    clock["now"] += 1  # over the edge of a minute
    assert hits(limiter, kind, 20) == 0
    clock["now"] += 58.9
    assert hits(limiter, kind, 20) == 0
    clock["now"] += 0.2
    assert hits(limiter, kind, most + 20) == most


@each_of("kind", EVERY_DAY, ids="API-39-{}".format)
def test_a_crowd_around_the_edge_of_a_window_gets_no_second_helping(clock, kind):
    """One asks, and 59.9 s later everybody does, before and after that one's minute is over."""
    limiter, most = Limiter(Settings()), EVERY_DAY[kind]
    assert hits(limiter, kind, 1) == 1
    clock["now"] += 59.9
    assert hits(limiter, kind, most) == most - 1
    clock["now"] += 0.2
    assert hits(limiter, kind, most) == 1


def test_what_is_refused_does_not_lengthen_the_wait(clock):
    limiter = Limiter(Settings())
    assert hits(limiter, LOGIN, 10) == 10
    for _ in range(59):
        clock["now"] += 1
        assert hits(limiter, LOGIN, 5) == 0
    clock["now"] += 1.1
    assert hits(limiter, LOGIN, 1) == 1


def test_people_and_kinds_are_counted_apart(clock):
    limiter = Limiter(Settings())
    assert hits(limiter, TRACE, 60, "1") == hits(limiter, TRACE, 60, "2") == 50
    assert hits(limiter, LOTS, 1, "1") == 1


@pytest.mark.parametrize(
    ("path", "most"), [("/lots", 100), ("/qc-decisions", 100)], ids="API-39-{}".format
)
def test_over_the_api_the_one_too_many_is_429_whatever_it_says(client, as_role, path, most):
    headers = as_role("OPERATOR")
    answers = [client.post(path, json={}, headers=headers) for _ in range(most + 3)]
    assert [answer.status_code for answer in answers] == [422] * most + [429] * 3
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert client.post(path, json={}, headers=as_role("MANAGER")).status_code == 422


def test_api_39_every_other_call_is_counted_by_address(client):
    codes = [client.get("/health").status_code for _ in range(203)]
    assert codes == [200] * 200 + [429] * 3
