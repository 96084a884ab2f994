"""Registering and linking lots: every refusal names the lot and leaves nothing behind."""

from decimal import Decimal as D
from typing import Any

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import (
    BadValue,
    Cycle,
    NotEnough,
    NotFound,
    NotPermitted,
    ParentNotUsable,
    SelfLink,
    Taken,
)
from tests.engines import engine_of
from tests.plants import just_confirmed

WHY = "found something wrong"


@pytest.fixture
def by(people):
    return people["OPERATOR"]


@pytest.fixture
def beef(transaction, by):
    """Register 500 kg of beef."""
    return register_lot(transaction, by=by, lot_code="BEEF", lot_type="RAW", weight_kg=500)


def test_a_lot_keeps_its_operator_and_its_exact_weight(transaction, by) -> None:
    lot = register_lot(transaction, by=by, lot_code="  A-1 ", weight_kg="0.005")

    assert (lot["lot_code"], lot["weight_kg"], lot["operator_id"]) == (
        "A-1",
        D("0.005"),
        by.user_id,
    )


def test_a_lot_and_its_parents_are_saved_together_or_not_at_all(record, people) -> None:
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="BEEF", weight_kg=500)
    with pytest.raises(NotFound), record.transaction() as transaction:
        register_lot(
            transaction,
            by=by,
            lot_code="MIX",
            weight_kg=540,
            parents=[Parent("BEEF", 500), Parent("NOBODY", 40)],
        )

    with record.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="MIX") is None
        left = transaction.one("lot_to_act_on", lot_code="BEEF")["given_out_kg"]
    assert left == 0


def test_the_last_gram_can_be_taken_and_not_one_more(transaction, by, beef) -> None:
    register_lot(transaction, by=by, lot_code="MIX", parents=[Parent("BEEF", "499.999")])
    link_lots(transaction, by=by, parent_lot_code="BEEF", child_lot_code="MIX", quantity_kg="0.001")

    with pytest.raises(NotEnough, match="BEEF has 0 kg left"):
        link_lots(
            transaction, by=by, parent_lot_code="BEEF", child_lot_code="MIX", quantity_kg="0.001"
        )


def test_after_an_unknown_amount_a_lot_has_at_most_the_rest(transaction, by, beef) -> None:
    """500 kg, 10 of them used and an unknown amount: 490 may be left, more can't be."""
    register_lot(transaction, by=by, lot_code="MIX", parents=[Parent("BEEF", 10), Parent("BEEF")])

    with pytest.raises(NotEnough, match="BEEF has at most 490 kg left; 490.001 kg is too much"):
        link_lots(
            transaction, by=by, parent_lot_code="BEEF", child_lot_code="MIX", quantity_kg="490.001"
        )
    link_lots(transaction, by=by, parent_lot_code="BEEF", child_lot_code="MIX", quantity_kg=490)


def test_two_equal_consumptions_stay_two(transaction, by, beef) -> None:
    register_lot(transaction, by=by, lot_code="MIX", parents=[Parent("BEEF", 5), Parent("BEEF", 5)])

    assert transaction.one("lot_to_act_on", lot_code="BEEF")["given_out_kg"] == 10


def test_a_lot_is_not_its_own_parent(transaction, by, beef) -> None:
    with pytest.raises(SelfLink, match="BEEF"):
        link_lots(transaction, by=by, parent_lot_code="BEEF", child_lot_code="BEEF")


def test_a_lot_is_not_its_own_ancestor(transaction, by, beef) -> None:
    register_lot(transaction, by=by, lot_code="MIX", parents=[Parent("BEEF", 5)])
    register_lot(transaction, by=by, lot_code="ROD", parents=[Parent("MIX")])

    with pytest.raises(Cycle, match="ROD was itself made from BEEF"):
        link_lots(transaction, by=by, parent_lot_code="ROD", child_lot_code="BEEF")


@pytest.mark.parametrize("word", ["HOLD", "FAIL"])
def test_a_held_or_failed_parent_may_not_be_used(transaction, by, beef, word) -> None:
    decide(
        transaction,
        by=by,
        lot_code="BEEF",
        decision=word,
        notes=WHY,
        confirmation=just_confirmed(by),
    )

    with pytest.raises(ParentNotUsable, match="BEEF"):
        register_lot(transaction, by=by, lot_code="MIX", parents=[Parent("BEEF", 5)])


def test_a_code_of_250_characters_is_registered_found_and_traced(transaction, by) -> None:
    """Other plants' systems make them; over the API a new lot has at most 100 (its contract)."""
    code = "PROD-01/2026-" + "0" * 236 + "7"
    register_lot(transaction, by=by, lot_code=code, weight_kg=1)

    shown = transaction.one("lot_shown", lot_code=code)
    assert shown is not None and len(shown["lot_code"]) == 250
    with pytest.raises(Taken, match="looks like lot PROD-01/2026"):
        register_lot(transaction, by=by, lot_code=code.lower())


def test_a_known_code_is_refused_and_says_who_registered_it(transaction, by, beef) -> None:
    with pytest.raises(
        Taken, match="BEEF exists already: made .* \\(Europe/Budapest\\), registered by Operator"
    ):
        register_lot(transaction, by=by, lot_code="BEEF")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"lot_code": " "}, "lot_code"),
        ({"lot_code": "A" * 251}, "lot_code"),
        ({"lot_code": "A\x00B"}, "lot_code"),
        ({"lot_type": "raw"}, "lot_type"),
        ({"weight_kg": "-0.01"}, "weight_kg"),
        ({"weight_kg": "10000.001"}, "weight_kg"),
        ({"weight_kg": "4.1234567"}, "weight_kg"),
        ({"weight_kg": "NaN"}, "weight_kg"),
        ({"weight_kg": "1e999999"}, "weight_kg"),
        ({"weight_kg": "1.234,5"}, "weight_kg"),
        ({"temperature_c": "-50.1"}, "temperature_c"),
        ({"temperature_c": "100.1"}, "temperature_c"),
    ],
)
def test_a_value_that_can_not_be_is_refused_by_its_field(transaction, by, facts, field) -> None:
    with pytest.raises(BadValue) as refused:
        register_lot(transaction, by=by, **({"lot_code": "X"} | facts))

    assert refused.value.field == field


@pytest.mark.parametrize("weight", ["0", "10000"])
def test_both_ends_of_the_weight_range_are_taken(transaction, by, weight) -> None:
    assert register_lot(transaction, by=by, lot_code="X", weight_kg=weight)["weight_kg"] == D(
        weight
    )


@pytest.mark.parametrize("field", ["run_id", "phase_id"])
def test_an_unknown_run_or_phase_is_refused(transaction, by, field) -> None:
    with pytest.raises(NotFound) as refused:
        unknown: dict[str, Any] = {field: 4711}
        register_lot(transaction, by=by, lot_code="X", **unknown)

    assert refused.value.field == field


@pytest.mark.parametrize("role", ["AUDITOR", "VIEWER"])
def test_who_may_not_register_lots_is_refused(transaction, people, role) -> None:
    with pytest.raises(NotPermitted, match="Requires one of: ADMIN, MANAGER, OPERATOR"):
        register_lot(transaction, by=people[role], lot_code="X")


def test_the_app_may_not_change_or_remove_a_fact(record, beef) -> None:
    """Facts are appended; the database role itself holds that."""
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    for statement in ("delete from facts.lots", "update facts.lots set weight_kg = 1"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            engine_of(record).begin() as connection,
        ):
            connection.execute(text(statement))
