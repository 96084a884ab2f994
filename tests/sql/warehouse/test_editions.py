"""An edition is read as it was published, whatever has come since."""

from pathlib import Path

import pytest

from sql.errors import EditionOutdated
from sql.warehouse.editions import current_edition, current_edition_id, edition_files, kept_editions
from sql.warehouse.evidence import last_step_number
from sql.warehouse.proof import SoundRun
from sql.warehouse.publishing import publish
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
    warehouse = plants.empty_warehouse(tmp_path / "w.duckdb", "Pacific/Auckland")
    plants.publish_unproven(warehouse, tmp_path / "home")
    warehouse.close()
    edition = current_edition(tmp_path / "home")

    assert edition.about["site_zone"] == "Pacific/Auckland"
    day = edition.select(
        "select timezone(getvariable('site_zone'), timestamptz '2026-01-15 20:00Z')"
    )
    assert str(day.item()) == "2026-01-16 09:00:00"


@pytest.mark.parametrize("ahead", ["29990101T000000000000Z", "00000041-29990101T000000Z"])
def test_a_clock_that_went_back_removes_no_newer_edition(
    warehouse: Warehouse, tmp_path: Path, ahead: str
) -> None:
    """Named by their times, the one just published looked like the oldest, and was removed."""
    home = tmp_path / "home"
    plants.publish_unproven(warehouse, home)
    (first,) = edition_files(home)
    first.rename(first.with_stem(ahead))
    (first.parent / "current").write_text(ahead)

    plants.publish_unproven(warehouse, home)

    assert [file.stem for file in edition_files(home)] == [current_edition_id(home)]
    assert current_edition(home).about["edition_id"] == current_edition_id(home)


def test_editions_are_counted_and_the_ones_published_first_go_first(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    published = []
    for _edition in range(4):
        publish(warehouse, home, SoundRun(last_step_number(warehouse)), kept=2)
        published.append(current_edition_id(home))

    assert [int(str(name).split("-")[0]) for name in published] == [1, 2, 3, 4]
    assert [about["edition_id"] for about in kept_editions(home)] == published[2:]
    assert {file.stat().st_mode & 0o777 for file in edition_files(home)} == {0o400}

    edition_files(home)[-1].unlink()
    publish(warehouse, home, SoundRun(last_step_number(warehouse)), kept=2)
    assert str(current_edition_id(home)).startswith("00000005-"), "a number was given out again"
