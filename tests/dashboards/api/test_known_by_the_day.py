"""What is known by its day or month only, over HTTP: written so, and never made up."""

from datetime import UTC, datetime
from itertools import count

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.places import register_place

NUMBERS = count(1)
MADE = datetime(2026, 2, 2, 8, tzinfo=UTC)
# Midnights of Budapest's clock; summer time began on 29 March.
FIFTH = ("2026-03-04T23:00:00Z", "2026-03-05T23:00:00Z")
MARCH = ("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")


@pytest.fixture
def post(plant):
    """Register a lot of February and a place; return a function that posts about them."""
    by, named = plant.people["MANAGER"], f"DAY-{next(NUMBERS)}"
    with plant.record.transaction() as transaction:
        register_place(transaction, by=by, place_code=named, name="The cold store")
        register_lot(transaction, by=by, lot_code=named, weight_kg=100, happened_at=MADE)
    headers = plant.as_role("OPERATOR")

    def send(path, **body):
        for field in ("lot_code", "to_place_code"):
            body |= {field: named} if body.get(field) == "…" else {}
        return plant.client.post(path, json=body, headers=headers)

    return send


@pytest.mark.parametrize(("said", "stretch"), [("2026-03-05", FIFTH), ("2026-03", MARCH)])
@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("/moves", {"lot_code": "…", "to_place_code": "…"}),
        ("/movements", {"lot_code": "…", "kind": "WASTE", "quantity_kg": 2}),
    ],
)
def test_a_day_or_month_is_kept_as_such(post, path, about, said, stretch) -> None:
    answer = post(path, **about, happened_on=said)

    assert answer.status_code == 201, answer.text
    written = answer.json()
    assert (written["happened_at"], written["happened_until"]) == stretch


def test_a_lot_is_known_by_its_day(plant, post) -> None:
    assert post("/lots", lot_code="DAY-NEW", happened_on="2026-03-05").status_code == 201
    with plant.record.snapshot() as snapshot:
        lot = snapshot.one("lot_shown", lot_code="DAY-NEW")
    assert (lot["happened_at"], lot["happened_until"]) == tuple(map(datetime.fromisoformat, FIFTH))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"happened_on": "2026-02-30"}, "happened_on"),
        ({"happened_on": "2026"}, "a month such as 2026-03"),
        ({"happened_on": "2026-3-5"}, "a day such as 2026-03-05"),
        ({"happened_on": "1026-03-05"}, "must not lie before"),
        ({"happened_on": 20260305}, "happened_on"),
        ({"happened_on": "2999-03"}, "future"),
        ({"happened_on": "2026-01-31"}, "lies before lot DAY-"),
        ({"happened_on": "2026-03", "happened_at": "2026-03-05T08:00:00Z"}, "Send one of them"),
    ],
)
@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("/moves", {"to_place_code": "…"}),
        ("/movements", {"kind": "WASTE", "quantity_kg": 2}),
    ],
)
def test_what_is_no_day_or_month_is_refused_in_words(post, path, about, when, said) -> None:
    answer = post(path, lot_code="…", **about, **when)

    assert answer.status_code == 422, answer.text
    assert said in answer.text


def test_a_count_needs_its_time_of_day_and_what_left_that_day_has_no_order(post) -> None:
    """Whether the waste of a day went before or after its count nobody knows."""
    about = {"lot_code": "…", "quantity_kg": 90}
    day = {"happened_on": "2026-03-05"}
    refused = post("/movements", **about, **day, kind="COUNTED")
    assert refused.status_code == 422 and "time of day" in refused.text
    counted = post("/movements", **about, happened_at="2026-03-05T08:00:00Z", kind="COUNTED")
    assert counted.status_code == 201
    waste = post("/movements", **about | {"quantity_kg": 1}, **day, kind="WASTE")
    assert waste.status_code == 422 and "was counted in that time" in waste.text


def test_what_happened_in_the_month_in_which_the_lot_came_to_be_is_taken(post) -> None:
    """A part of the month lies after it: nobody is accused."""
    assert post("/movements", lot_code="…", kind="WASTE", happened_on="2026-02").status_code == 201
