"""A lot that was voided stays findable: every search names it, as voided, and traces it never."""

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.voids import void_lot
from tests.cases import each_of

WHY = "registered on the wrong form"


@pytest.fixture
def voided(plant, record, people) -> None:
    """Have a lot that was voided."""
    with record.transaction() as transaction:
        by = people["MANAGER"]
        register_lot(transaction, by=by, lot_code="AT-X3", lot_type="RAW", weight_kg=5)
        void_lot(transaction, by=by, lot_code="AT-X3", reason=WHY)


def said(app) -> str:
    return " ".join(one.value for one in [*app.info, *app.warning]).replace("\\", "")


@each_of("typed", ["AT-X3", "at x3", "(10)AT-X3", "T-X"])
def test_the_list_of_lots_names_a_voided_lot_that_matches(screen, voided, typed) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input(typed).run()

    assert "Lot AT-X3 was voided on" in said(app) and WHY in said(app)
    assert "No lot matches" not in said(app)


@each_of("typed", ["AT-X3", "at x3", "(10)AT-X3", "T-X"])
def test_a_trace_names_a_voided_lot_that_matches_and_traces_nothing(screen, voided, typed) -> None:
    app = screen("trace")
    app.text_input(key="trace_lot").input(typed).run()

    assert "Lot AT-X3 was voided on" in said(app) and WHY in said(app)
    assert "Nothing matches" not in said(app)
    assert not app.dataframe


def test_a_scan_to_decide_says_that_its_lot_was_voided(screen, voided) -> None:
    app = screen("qc_decisions")
    app.text_input(key="qc_scan").input("at-x3").run()

    assert "Lot AT-X3 was voided on" in said(app) and WHY in said(app)


def test_where_another_lot_is_meant_a_voided_one_that_only_contains_it_is_not_named(
    screen, voided, record, people
) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="T-X", weight_kg=5)
    app = screen("trace")
    app.text_input(key="trace_lot").input("T-X").run()

    assert "voided" not in said(app)
