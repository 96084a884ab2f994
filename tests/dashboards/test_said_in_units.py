"""What goods in several units come to is said in kilograms first, where all of them are weighed."""

from decimal import Decimal as D

from dashboards.words import in_each_unit
from sql.amounts import Amount
from sql.unit_amounts import InUnit


def known(amount: str) -> Amount:
    return Amount(D(amount), D(amount))


MILK = InUnit("l", Amount(D(0), D(23900)), known("14640.9"))
CHEESE = InUnit("pcs", known("1290"), known("322.5"))
WHEY = InUnit(None, known("31849.5"), known("31849.5"))
NOBODY_WEIGHED = InUnit("jar", known("18"), Amount(D(0), None))


def test_the_kilograms_in_all_stand_before_what_they_are_made_of() -> None:
    """14,640.9 + 322.5 + 31,849.5 kg: whoever holds them asks for one weight."""
    assert in_each_unit([MILK, CHEESE, WHEY]) == (
        "46,812.9 kg (at most 23,900 l · 14,640.9 kg + 1,290 pcs · 322.5 kg + 31,849.5 kg)"
    )


def test_with_anything_that_nobody_weighed_there_is_no_sum() -> None:
    assert in_each_unit([NOBODY_WEIGHED, WHEY]) == "18 jar + 31,849.5 kg"


def test_one_unit_is_its_own_sum() -> None:
    assert in_each_unit([CHEESE]) == "1,290 pcs · 322.5 kg"
    assert in_each_unit([]) == "0 kg"


def test_what_is_at_most_stays_so_in_all() -> None:
    at_most = InUnit("l", Amount(D(0), D(100)), Amount(D(0), D("103.1")))
    assert in_each_unit([at_most, WHEY]).startswith("at most 31,952.6 kg (at most 100 l · ")
