"""An edition is read as it was published, whatever has come since."""

from pathlib import Path

import pytest

from sql.errors import EditionOutdated
from sql.warehouse.editions import current_edition
from sql.warehouse.working_file import Warehouse
from tests import plants


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("exposed_products", {}),
        ("carry_over_stretches", {"days": 28}),
        ("shared_traits", {"lot_ids": [1], "are_bad": [True]}),
        ("closure_noted", {}),
    ],
)
def test_what_an_earlier_versions_edition_lacks_is_said_in_words(
    warehouse: Warehouse, tmp_path: Path, query, parameters
) -> None:
    """Until the next run after an update, boards stand before an edition of the version before."""
    plants.publish_unproven(warehouse, tmp_path / "home")

    with pytest.raises(EditionOutdated, match="Run now"):
        current_edition(tmp_path / "home").named(query, **parameters)


def test_days_are_taken_in_the_zone_the_edition_was_made_in(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w.duckdb", "Pacific/Auckland")
    plants.empty(warehouse)
    plants.publish_unproven(warehouse, tmp_path / "home")
    warehouse.close()
    edition = current_edition(tmp_path / "home")

    assert edition.about["site_zone"] == "Pacific/Auckland"
    day = edition.select(
        "select timezone(getvariable('site_zone'), timestamptz '2026-01-15 20:00Z')"
    )
    assert str(day.item()) == "2026-01-16 09:00:00"
