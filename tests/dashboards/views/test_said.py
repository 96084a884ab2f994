"""Sentences, ages and answers read as a person would write them."""

import pytest

from dashboards.views.decision_said import kind_of
from dashboards.views.states import age
from dashboards.words import sentence


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("raised to 30.5 °C in November", "Raised to 30.5 °C in November."),
        ("as asked by Kebab Kft.", "As asked by Kebab Kft."),
        ("why not?", "Why not?"),
        ("  HACCP team  ", "HACCP team."),
    ],
)
def test_a_reason_reads_as_a_sentence_and_keeps_its_own_capitals(written: str, told: str) -> None:
    assert sentence(written) == told


@pytest.mark.parametrize(("hours", "told"), [(47, "47.0 h"), (48, "2 days"), (None, "unknown")])
def test_an_age_is_said_in_the_largest_unit_that_fits(hours, told: str) -> None:
    assert age(hours) == told


def test_an_answer_is_green_only_where_the_lot_is_released() -> None:
    kinds = {state: kind_of(state) for state in ("released", "pending", "hold", "rejected")}

    assert kinds == {
        "released": "success",
        "pending": "info",
        "hold": "warning",
        "rejected": "warning",
    }
