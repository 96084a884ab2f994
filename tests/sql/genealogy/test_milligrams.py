"""Kilograms to the milligram: kept, shared, balanced and shown as finely as they were written."""

from decimal import Decimal as D

import polars as pl
import pytest

from dashboards.exports.csv_text import csv_text
from dashboards.views.column_types import places_shown
from dashboards.words import kilograms
from sql.amounts import without_spare_zeros
from sql.genealogy.grains import grains_of, kilograms_of
from sql.genealogy.suspect_kilograms import backward_kg


def test_half_a_gram_in_five_tonnes_is_shared_to_the_milligram() -> None:
    asked = {"weight_kg": D("5000.000500")}
    enzyme = 0.0005 / 5000.0005

    first, other = backward_kg(asked, [(True, enzyme), (True, 1 - enzyme)])

    assert first["suspect_kg"] == D("0.0005")
    assert sum(part["suspect_kg"] or D(0) for part in (first, other)) == D("5000.0005")


def test_kilograms_to_the_gram_are_answered_to_the_gram() -> None:
    assert grains_of([{"weight_kg": D("500.000000"), "shipped_kg": None}]) == 1_000
    assert grains_of([{"weight_kg": D("500"), "shipped_kg": D("0.000500")}]) == 1_000_000
    assert str(kilograms_of(1, 1_000_000)) == "0.000001"


@pytest.mark.parametrize(
    ("kept", "said", "written"),
    [
        ("500.000000", "500 kg", "500.000"),
        ("0.000500", "0.0005 kg", "0.0005"),
        ("0.000001", "0.000001 kg", "0.000001"),
        ("999999999.999999", "999,999,999.999999 kg", "999999999.999999"),
        ("12.5", "12.5 kg", "12.5"),
        ("0.000000", "0 kg", "0.000"),
    ],
)
def test_a_weight_is_said_as_finely_as_it_was_written(kept, said, written) -> None:
    assert kilograms(D(kept)) == said
    assert f"{without_spare_zeros(D(kept)):f}" == written
    assert csv_text([{"weight_kg": D(kept)}], ["weight_kg"]).splitlines()[1] == written


def test_a_column_shows_places_beyond_the_gram_only_where_it_holds_them() -> None:
    assert places_shown(pl.Series("weight_kg", [500.0, None, 12.345])) == 3
    assert places_shown(pl.Series("weight_kg", [500.0, 0.0005])) == 4
    assert places_shown(pl.Series("weight_kg", [0.000001, None])) == 6
