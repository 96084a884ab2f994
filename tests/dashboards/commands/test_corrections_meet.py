"""Two who correct one lot: the second doesn't undo what the first did, not having seen it."""

from datetime import UTC, datetime
from decimal import Decimal as D
from threading import Barrier

import pytest

from dashboards.commands.authority import Person
from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.people import add_user
from dashboards.commands.refusals import BadValue, CorrectionRefused

WHY = "weighed the wrong pallet"
AT = datetime(2026, 1, 15, 8, 30, 17, 123456, tzinfo=UTC)


@pytest.fixture
def beef(record, people) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="BEEF",
            weight_kg=100,
            temperature_c=3,
            happened_at=AT,
        )


def correct(record, by, based_on, weight_kg=100, temperature_c=3) -> int:
    corrected = Corrected(None, weight_kg, temperature_c, None, AT)
    with record.transaction() as transaction:
        return correct_lot(
            transaction, by=by, lot_code="BEEF", corrected=corrected, reason=WHY, based_on=based_on
        )


def weighs(record) -> D:
    with record.transaction() as transaction:
        return known_lot(transaction, "BEEF", "lot_code")["weight_kg"]


def test_who_knew_of_no_correction_does_not_undo_one(record, people, beef) -> None:
    correct(record, people["MANAGER"], None, weight_kg=80)
    with pytest.raises(CorrectionRefused) as refused:
        correct(record, people["ADMIN"], None, temperature_c=5)

    said = str(refused.value)
    assert said.startswith("Lot BEEF was corrected meanwhile, ")
    assert f"{datetime.now(UTC):%Y-%m-%d}" in said and " (Europe/Budapest) by Manager. " in said
    assert said.endswith("Look at it again, then correct.")
    assert refused.value.code == "CORRECTED_MEANWHILE"
    assert weighs(record) == 80


def test_who_knew_of_an_earlier_one_is_told_of_the_latest(record, people, beef) -> None:
    first = correct(record, people["MANAGER"], None, weight_kg=80)
    second = correct(record, people["ADMIN"], first, weight_kg=70)
    with pytest.raises(CorrectionRefused, match="by Admin"):
        correct(record, people["MANAGER"], first, weight_kg=80, temperature_c=5)

    assert weighs(record) == 70
    correct(record, people["MANAGER"], second, weight_kg=70, temperature_c=5)
    assert weighs(record) == 70


@pytest.mark.parametrize("based_on", [0, -1, 10**6])
def test_a_correction_that_never_was_is_nobodys_knowledge(record, people, beef, based_on) -> None:
    correct(record, people["MANAGER"], None, weight_kg=80)
    with pytest.raises(CorrectionRefused):
        correct(record, people["MANAGER"], based_on, weight_kg=60)


def test_the_other_ones_correction_is_told_before_that_nothing_differs(
    record, people, beef
) -> None:
    first = correct(record, people["MANAGER"], None, weight_kg=80)
    with pytest.raises(CorrectionRefused):
        correct(record, people["ADMIN"], None, weight_kg=80)
    with pytest.raises(BadValue, match="reads like that already"):
        correct(record, people["ADMIN"], first, weight_kg=80)


def test_another_lots_correction_stands_in_nobodys_way(record, people, beef) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="SPICE", weight_kg=9)
        correct_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="SPICE",
            reason=WHY,
            based_on=None,
            corrected=Corrected(None, 8, None, None, AT),
        )

    assert correct(record, people["MANAGER"], None, weight_kg=80)


def test_of_two_at_once_one_is_written(record, people, beef) -> None:
    from concurrent.futures import ThreadPoolExecutor

    both = Barrier(2)

    def one(weight_kg):
        both.wait()
        try:
            return correct(record, people["MANAGER"], None, weight_kg=weight_kg)
        except CorrectionRefused:
            return None

    with ThreadPoolExecutor() as pool:
        written = list(pool.map(one, [70, 80]))
    assert [number is None for number in written].count(True) == 1
    assert weighs(record) == (80 if written[0] is None else 70)


def test_who_corrected_is_named_even_when_switched_off_since(record, people, beef) -> None:
    from dashboards.commands.people import change_user

    with record.transaction() as transaction:
        user_id = add_user(
            transaction,
            by=people["ADMIN"],
            email="gone@demo.example",
            full_name="Gone Now",
            role="MANAGER",
            password="a few unrelated words",
        )
    gone = Person(user_id, "gone@demo.example", "Gone Now", people["MANAGER"].role)
    correct(record, gone, None, weight_kg=80)
    with record.transaction() as transaction:
        change_user(
            transaction, by=people["ADMIN"], user_id=user_id, role="MANAGER", is_active=False
        )

    with pytest.raises(CorrectionRefused, match="by Gone Now"):
        correct(record, people["MANAGER"], None, weight_kg=60)
