"""Where a lot stands, worked out by hand."""

from decimal import Decimal as D

import pytest

from sql.amounts import Amount
from sql.genealogy.flows import Flow, Place
from sql.genealogy.stands import stand_after

A, B, C = (Place(code, code) for code in "ABC")


def moved(kg, to, origin=None) -> Flow:
    return Flow("MOVED", None if kg is None else D(kg), to, origin)


def left(kg, origin=None) -> Flow:
    return Flow("LEFT", None if kg is None else D(kg), None, origin)


TO_A = moved(None, A)
TWO = [TO_A, moved(40, B)]  # 60 kg in A, 40 kg in B


@pytest.mark.parametrize(
    ("flows", "stands"),
    [
        pytest.param([], {None: (100, 100)}, id="nobody said where"),
        pytest.param([TO_A], {A: (100, 100)}, id="all of it moved"),
        pytest.param([moved(30, A)], {A: (30, 30), None: (70, 70)}, id="a part moved"),
        pytest.param(TWO, {A: (60, 60), B: (40, 40)}, id="a part of one place moved on"),
        pytest.param([*TWO, moved(None, C)], {C: (100, 100)}, id="all of both moved together"),
        pytest.param([*TWO, moved(None, B, A)], {B: (100, 100)}, id="the rest followed"),
        pytest.param([TO_A, left(30)], {A: (70, 70)}, id="left the only place it was in"),
        pytest.param([TO_A, left(100)], {}, id="all gone stands nowhere"),
        pytest.param([*TWO, left(30)], {A: (30, 60), B: (10, 40)}, id="left one of two"),
        pytest.param([*TWO, left(70)], {A: (0, 30), B: (0, 30)}, id="little is left of two"),
        pytest.param([*TWO, left(None)], {A: (0, 60), B: (0, 40)}, id="left unweighed"),
        pytest.param(
            [*TWO, left(30), moved(10, C, B)],
            {A: (30, 60), B: (0, 30), C: (10, 10)},
            id="what is moved from a place was there",
        ),
        pytest.param(
            [*TWO, moved(20, C)],
            {A: (40, 60), B: (20, 40), C: (20, 20)},
            id="from either of two",
        ),
        pytest.param(
            [TO_A, left(30), Flow("CAME", D(10))],
            {A: (70, 70), None: (10, 10)},
            id="what came back stands nobody knows where",
        ),
        pytest.param([*TWO, left(30, A)], {A: (30, 30), B: (40, 40)}, id="left one place"),
        pytest.param([*TWO, left(None, A)], {A: (0, 60), B: (40, 40)}, id="left A unweighed"),
        pytest.param([TO_A, left(30), left(70, A)], {}, id="all of it left there"),
        pytest.param(
            [*TWO, left(30), left(25, B)],
            {A: (30, 45), B: (0, 15)},
            id="what left a place had been there",
        ),
        pytest.param(
            [TO_A, left(30, A), Flow("CAME", D(10), B)],
            {A: (70, 70), B: (10, 10)},
            id="what came back was put somewhere",
        ),
        pytest.param([TO_A, Flow("COUNTED", D(90))], {A: (90, 90)}, id="fewer were found"),
        pytest.param([TO_A, Flow("COUNTED", D(103))], {A: (103, 103)}, id="more were found"),
        pytest.param([*TWO, Flow("COUNTED", D(90))], {A: (50, 60), B: (30, 40)}, id="fewer of two"),
    ],
)
def test_what_stands_where(flows, stands) -> None:
    found = stand_after(D(100), flows)

    assert found.amounts() == {
        place: Amount(D(least), D(most)) for place, (least, most) in stands.items()
    }
    assert not found.is_overdrawn


def test_a_lot_of_unknown_weight_has_what_was_moved_and_nobody_knows_how_much_more() -> None:
    stands = stand_after(None, [moved(30, A)]).amounts()
    assert stands == {A: Amount(D(30), D(30)), None: Amount(D(0), None)}

    assert stand_after(None, [TO_A]).amounts() == {A: Amount(D(0), None)}
    assert stand_after(None, [TO_A, Flow("COUNTED", D(80))]).amounts() == {A: Amount(D(80), D(80))}


@pytest.mark.parametrize(
    "flows",
    [
        [moved(101, A)],
        [*TWO, moved(61, B, A)],
        [TO_A, moved(1, C, B)],
        [*TWO, left(61, A)],
        [TO_A, left(None, B)],
    ],
    ids=["than all", "than stood there", "from nowhere", "than could leave", "left from nowhere"],
)
def test_more_can_not_be_moved(flows) -> None:
    found = stand_after(D(100), flows)

    assert found.is_overdrawn
    assert sum(amount.least_kg for amount in found.amounts().values()) <= D(100)
