"""The screen that ranks what bad lots share."""

import csv
import io

import pytest

from tests import plants
from tests.outbreaks import publish_outbreak

BAD = "\n".join(f"F{n}" for n in range(1, 7))


@pytest.fixture
def outbreak(settings, tmp_path):
    """Publish the outbreak where the app reads."""
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    publish_outbreak(warehouse, settings.home)
    warehouse.close()


def test_without_an_edition_it_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("common_ancestors", "VIEWER").info[0].value


def test_an_empty_question_says_what_to_give(screen, outbreak) -> None:
    app = screen("common_ancestors", "VIEWER")

    assert "turned out bad" in app.info[0].value and not app.dataframe


def test_the_poisoned_supplier_lot_is_named_first(screen, outbreak) -> None:
    app = screen("common_ancestors")
    app.text_area(key="suspects_bad").input(BAD).run()

    assert not app.exception
    assert "6 of 6 bad lots have it, and 0 of 6 others" in app.error[0].value
    assert "1 in " in app.error[0].value
    assert any("can't tell it apart" in one.value and "S-1" in one.value for one in app.caption)
    first = app.dataframe[-1].value.iloc[0]
    assert first["evidence"] == "✕ stands out" and first["chance"] == 924
    assert (first["bad_share"], first["good_share"], first["lift"]) == (1.0, 0.0, 2.0)


def test_good_lots_can_be_named_and_what_is_unknown_is_said(screen, outbreak) -> None:
    app = screen("common_ancestors")
    app.text_area(key="suspects_bad").input("F1\nnope\nF7").run()
    app.segmented_control(key="suspects_against").set_value("named").run()
    app.text_area(key="suspects_good").input("F7, F8").run()

    assert "nope" in app.warning[0].value and "F7" in app.warning[1].value
    assert not app.exception


def test_rejected_lots_are_taken_with_one_click(screen, outbreak) -> None:
    app = screen("common_ancestors")
    app.button(key="suspects_take_rejected").click().run()

    assert app.text_area(key="suspects_bad").value == "F1"
    assert app.dataframe


def test_the_order_can_be_by_lift(screen, outbreak) -> None:
    app = screen("common_ancestors")
    app.text_area(key="suspects_bad").input(BAD).run()
    app.segmented_control(key="suspects_order").set_value("lift").run()
    lifts = list(app.dataframe[-1].value["lift"])

    assert lifts == sorted(lifts, reverse=True)


def test_the_file_holds_every_trait_with_its_counts(outbreak, settings) -> None:
    from dashboards.exports.csv_text import csv_text
    from dashboards.views.suspects import FILE_COLUMNS, file_rows
    from sql.genealogy.common_ancestors import common_ancestors
    from sql.warehouse.editions import current_edition

    found = common_ancestors(current_edition(settings.home), BAD.split(), None)
    rows = list(csv.DictReader(io.StringIO(csv_text(file_rows(found), FILE_COLUMNS))))

    assert len(rows) == sum(len(one.traits) for one in found.suspects)
    first = next(row for row in rows if row["kind"] == "supplier_lot")
    assert (first["rank"], first["bad_with_count"], first["good_with_count"]) == ("1", "6", "0")
    assert float(first["p"]) == pytest.approx(1 / 924)
