"""Amounts are told exactly, by a bound, or in a unit of their own; each column once."""

from decimal import Decimal

from sql.amount_columns import columns_told


def test_a_column_asked_for_twice_is_shown_once() -> None:
    """A list of columns may name what would stand beside kilograms anyway."""
    rows = [{"quantity_kg": None, "quantity": Decimal(12), "unit": "jar", "happened_at": None}]

    asked = ["quantity_kg", "unit", "quantity", "happened_at", "unit"]

    assert columns_told(asked, rows) == ["quantity_kg", "quantity", "unit", "happened_at"]
