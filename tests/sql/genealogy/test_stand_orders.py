"""What is known by the day happened in one order or the other: a lot stands as in either."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

from sql.amounts import Amount
from sql.genealogy.flows import Flow, Place
from sql.genealogy.stand_orders import (
    Dated,
    amounts_of,
    is_overdrawn,
    orders,
    stands_after,
    stands_before,
)
from tests.presence import present

MIDNIGHT = datetime(2026, 5, 4, tzinfo=UTC)
DAY = timedelta(days=1)
A, B, C = (Place(code, code) for code in "ABC")


def at(hour, flow) -> Dated:
    moment = MIDNIGHT + timedelta(hours=hour)
    return Dated(flow, moment, moment)


def that_day(flow) -> Dated:
    return Dated(flow, MIDNIGHT, MIDNIGHT + DAY)


def moved(kg, to, origin=None) -> Flow:
    return Flow("MOVED", None if kg is None else D(kg), to, origin)


TO_A = at(8, moved(None, A))


def stands(flows) -> dict:
    ways = amounts_of(stands_after(D(100), flows))
    return {place: (kg.least_kg, kg.most_kg) for place, kg in ways.items()}


def test_what_has_its_minutes_has_one_order() -> None:
    assert len(present(orders([TO_A, at(7, moved(10, B))]))) == 1
    assert stands([TO_A, at(9, moved(40, B, A))]) == {A: (60, 60), B: (40, 40)}


def test_a_move_of_that_day_was_before_or_after_the_one_at_eight() -> None:
    # Moved to B first, all of it came to A at eight; else 40 kg are at B since.
    assert stands([TO_A, that_day(moved(40, B))]) == {A: (60, 100), B: (0, 40)}


def test_nobody_is_accused_where_one_order_is_sound() -> None:
    left = that_day(Flow("LEFT", D(30), None, A))
    assert not is_overdrawn(D(100), [left, TO_A])
    assert is_overdrawn(D(100), [at(7, left.flow), TO_A])


def test_before_something_of_that_day_stands_what_stood_at_its_beginning_or_end() -> None:
    before = stands_before(D(100), [TO_A], that_day(Flow("LEFT", D(30), None, A)))

    assert [way.amounts() for way in before] == [
        {None: Amount(D(100), D(100))},
        {A: Amount(D(100), D(100))},
        {A: Amount(D(100), D(100))},
    ]


def test_what_happened_that_day_may_lie_between_two_of_its_minutes() -> None:
    """At eight all came to A, at ten 40 kg left B: they went to B between."""
    to_b, left = that_day(moved(40, B)), at(10, Flow("LEFT", D(40), None, B))
    assert not is_overdrawn(D(100), [TO_A, to_b, left])
    assert is_overdrawn(D(100), [TO_A, at(10.5, to_b.flow), left])
    assert max(way.most[B] for way in stands_before(D(100), [TO_A, to_b], left)) == 40


MANY = [that_day(moved(1, B)) for _ in range(20)]


def test_where_orders_are_too_many_a_place_may_hold_all_or_nothing() -> None:
    """Twenty moves of a day: only some of their orders were tried, and told as if they were all."""
    assert orders([TO_A, *MANY]) is None
    assert stands([TO_A, *MANY]) == {None: (0, 100), A: (0, 100), B: (0, 100)}
    back = [at(11, Flow("CAME", D(5), C)), at(12, Flow("CAME", D(2), C))]
    assert stands([TO_A, *MANY, *back])[C] == (0, 107)
    counted = [at(13, Flow("COUNTED", D(120))), *back]
    assert stands([TO_A, *MANY, *counted])[A] == (0, 127)
    assert stands([TO_A, *MANY, at(13, Flow("COUNTED", None))])[B] == (0, None)


def test_where_orders_are_too_many_nobody_is_accused() -> None:
    """What left A before it came there is sound in none, but nobody looked at all of them."""
    left = at(7, Flow("LEFT", D(30), None, A))
    assert is_overdrawn(D(100), [left, TO_A])
    assert not is_overdrawn(D(100), [left, TO_A, *MANY])
    (before,) = stands_before(D(100), [TO_A, *MANY], that_day(left.flow))
    assert before.most[A] == 100
