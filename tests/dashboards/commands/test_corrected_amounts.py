"""A lot's amount is corrected in the unit it has; what is not plausible is asked about first."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import register_master
from dashboards.commands.refusals import BadValue, CorrectionRefused, ToConfirm
from tests.plants import correct_as_known

WHY = "the tray was counted twice"
AT = datetime(2026, 1, 15, 8, tzinfo=UTC)


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def buns(transaction, by) -> Corrected:
    """Register 240 buns of 83 g and use 100 of them; return the lot as it reads."""
    said = {"name": "Bun", "unit": "pcs", "kg_per_unit": D("0.083")}
    register_master(transaction, by=by, master=Master.PRODUCT, code="BUN", said=said, confirmed=())
    register_lot(
        transaction,
        by=by,
        lot_code="BUNS",
        product_code="BUN",
        quantity=240,
        unit="pcs",
        happened_at=AT,
    )
    taken = Parent("BUNS", quantity=100, unit="pcs")
    register_lot(transaction, by=by, lot_code="BAGS", parents=[taken], happened_at=AT)
    return Corrected("BUN", None, None, None, AT, quantity=240, unit="pcs")


def correct(transaction, by, wanted: Corrected, **more) -> dict:
    """Correct the lot and return what it is then."""
    correct_as_known(transaction, by=by, lot_code="BUNS", corrected=wanted, reason=WHY, **more)
    shown = transaction.one("lot_shown", lot_code="BUNS")
    return {name: shown[name] for name in ("weight_kg", "quantity", "unit", "on_hand_quantity")}


def test_a_count_is_corrected_and_weighs_what_the_product_weighs_a_unit(
    transaction, by, buns
) -> None:
    now = correct(transaction, by, replace(buns, quantity="230"))

    # 230 x 0.083 kg = 19.09 kg; 230 - 100 = 130 pieces are left.
    assert now == {
        "weight_kg": D("19.09"),
        "quantity": 230,
        "unit": "pcs",
        "on_hand_quantity": 130,
    }


def test_a_count_follows_the_weight_where_a_unit_weighs_so_much(transaction, by, buns) -> None:
    """240 buns weigh 240 x 0.083 = 19.92 kg; 19.09 kg are 230 of them."""
    kept = replace(buns, weight_kg=D("19.09"))
    with pytest.raises(
        ToConfirm, match=r"0\.083 kg: lot BUNS of 19\.09 kg will be 230 pcs"
    ) as said:
        correct(transaction, by, kept)

    now = correct(transaction, by, kept, confirmed=[str(said.value)])

    assert (now["weight_kg"], now["quantity"]) == (D("19.09"), 230)


def test_who_says_it_was_weighed_so_keeps_count_and_kilograms(transaction, by, buns) -> None:
    now = correct(transaction, by, replace(buns, weight_kg=D("19.09"), is_weighed_so=True))

    assert (now["weight_kg"], now["quantity"]) == (D("19.09"), 240)


def test_a_weight_of_no_whole_count_is_asked_about_and_leaves_the_count(
    transaction, by, buns
) -> None:
    """20.1 kg are 242.17 buns."""
    kept = Corrected("BUN", D("20.1"), None, None, AT)
    with pytest.raises(ToConfirm, match=r"no whole number of pcs: lot BUNS stays 240 pcs") as said:
        correct(transaction, by, kept)

    now = correct(transaction, by, kept, confirmed=[str(said.value)])

    assert (now["weight_kg"], now["quantity"]) == (D("20.1"), 240)


def test_kilograms_follow_a_count_that_was_corrected_beside_them(transaction, by, buns) -> None:
    """On the form both stand as they read: 230 buns don't weigh what 240 did."""
    typed = replace(buns, weight_kg=D("19.92"), quantity=230)
    with pytest.raises(ToConfirm, match=r"230 pcs of lot BUNS will weigh 19\.09 kg") as said:
        correct(transaction, by, typed)

    now = correct(transaction, by, typed, confirmed=[str(said.value)])

    assert (now["weight_kg"], now["quantity"]) == (D("19.09"), 230)


def test_of_a_lot_that_was_weighed_neither_follows_the_other(transaction, by, buns) -> None:
    """Catch weight: 240 buns of 20.5 kg are 240 still when they are found to weigh 20.3 kg."""
    correct(transaction, by, replace(buns, weight_kg=D("20.5"), is_weighed_so=True))

    lighter = correct(transaction, by, replace(buns, weight_kg=D("20.3")))
    fewer = correct(transaction, by, replace(buns, weight_kg=D("20.3"), quantity=239))

    assert (lighter["weight_kg"], lighter["quantity"]) == (D("20.3"), 240)
    assert (fewer["weight_kg"], fewer["quantity"]) == (D("20.3"), 239)


def test_litres_follow_kilograms_to_the_millionth(transaction, by) -> None:
    """2,400 l of 1.03 kg; 2,465 kg are 2,393.203883 l."""
    said = {"name": "Milk", "unit": "l", "kg_per_unit": D("1.03")}
    register_master(transaction, by=by, master=Master.PRODUCT, code="MILK", said=said, confirmed=())
    tanker = {"product_code": "MILK", "quantity": 2400, "unit": "l", "happened_at": AT}
    register_lot(transaction, by=by, lot_code="BUNS", **tanker)
    wanted = Corrected("MILK", 2465, None, None, AT)
    with pytest.raises(ToConfirm) as question:
        correct(transaction, by, wanted)
    now = correct(transaction, by, wanted, confirmed=[str(question.value)])
    assert now["quantity"] == D("2393.203883")

    # What follows weighs as its product says: the next correction is followed too.
    with pytest.raises(ToConfirm, match="will be 2400 l"):
        correct(transaction, by, replace(wanted, weight_kg=2472))


def test_all_that_is_asked_is_asked_at_once(transaction, by) -> None:
    """A yes to one question of two would be asked for the other, and so on for ever."""
    register_lot(
        transaction,
        by=by,
        lot_code="BUNS",
        lot_type="RAW",
        weight_kg=400,
        temperature_c=4,
        happened_at=AT,
    )
    wanted = Corrected(None, 24850, 120, None, AT)
    with pytest.raises(ToConfirm) as question:
        correct(transaction, by, wanted)

    assert "24850" in str(question.value) and "120" in str(question.value)
    assert correct(transaction, by, wanted, confirmed=[str(question.value)])["weight_kg"] == 24850


def test_a_count_entered_for_a_lot_that_has_none_is_taken_away_again(transaction, by, buns) -> None:
    now = correct(transaction, by, replace(buns, weight_kg=20, quantity=None, unit=None))

    assert (now["weight_kg"], now["quantity"], now["unit"]) == (20, None, None)


def test_less_than_was_used_is_refused_in_pieces(transaction, by, buns) -> None:
    with pytest.raises(CorrectionRefused) as refusal:
        correct(transaction, by, replace(buns, quantity=99))

    assert "given out 100 pcs, so it can't be 99 pcs" in str(refusal.value)
    assert correct(transaction, by, replace(buns, quantity=100))["on_hand_quantity"] == 0


def test_a_number_without_its_unit_is_refused(transaction, by, buns) -> None:
    with pytest.raises(BadValue, match="has no unit"):
        correct(transaction, by, replace(buns, unit=None))


def test_what_is_not_plausible_is_taken_once_somebody_said_yes_to_it(transaction, by) -> None:
    """No lot of the reference plant plausibly weighs more than 10,000 kg."""
    register_lot(transaction, by=by, lot_code="BUNS", lot_type="RAW", weight_kg=400, happened_at=AT)
    wanted = Corrected(None, 24850, None, None, AT)
    with pytest.raises(ToConfirm) as question:
        correct(transaction, by, wanted)
    with pytest.raises(ToConfirm):  # a yes to other words is none
        correct(transaction, by, replace(wanted, weight_kg=24851), confirmed=[str(question.value)])

    now = correct(transaction, by, wanted, confirmed=[str(question.value)])

    assert now["weight_kg"] == 24850
