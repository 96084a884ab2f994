"""The trace screen says what a lot touches, first in one line."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

from dashboards.views.downloads import csv_bytes
from tests.cases import each_of
from tests.check_results import write_results


def test_a_lot_of_the_reference_plant(screen, plant) -> None:
    app = screen("trace", lot="RAW-BEEF-001")

    assert app.text[0].value == (
        "RAW-BEEF-001 touches 2 other lots; 300 kg of these lots went to 1 customer. "
        "Of RAW-BEEF-001 itself, 222.222 kg are still here."
    )
    lots = app.dataframe[-1].value.set_index("lot_code")
    assert round(lots.loc["MIX-BATCH-88", "suspect_kg"], 3) == 500
    customers = next(one.value for one in app.dataframe if "customer_name" in one.value)
    assert customers["customer_name"].tolist() == ["Kebab Palota"]


def test_back_shows_no_customers(screen, plant) -> None:
    app = screen("trace", lot="MIX-BATCH-88")
    app.session_state["trace_direction"] = "back"
    app.run()

    assert sorted(app.dataframe[-1].value["lot_code"]) == [
        "MIX-BATCH-88",
        "RAW-BEEF-001",
        "RAW-SPICE-001",
    ]
    assert not any("customer_name" in one.value for one in app.dataframe)


def test_an_answer_says_what_is_open_about_it_and_at_which_lots(screen, plant) -> None:
    """No checks ran in this plant yet, so nobody can say that nothing is found."""
    app = screen("trace", lot="MIX-BATCH-88")

    said = app.warning[0].value
    assert said.startswith("Not complete") and app.warning[0].icon == "⚠"
    assert "have not looked at" in said and "4 lots" in said
    assert set(app.dataframe[0].value["lot_code"]) == {
        "RAW-BEEF-001",
        "RAW-SPICE-001",
        "MIX-BATCH-88",
        "FG-DONER-X1",
    }


def test_an_answer_of_which_nothing_is_open_is_complete(screen, plant, settings, record) -> None:
    write_results(settings.home, record=record)
    app = screen("trace", lot="MIX-BATCH-88")

    assert app.success[0].value.startswith("✓ Complete")
    assert not app.warning


def test_a_typed_code_is_traced_and_kept_in_the_address(screen, plant) -> None:
    app = screen("trace")
    assert "Scan" in app.info[0].value
    app.text_input(key="trace_lot").input(" FG-DONER-X1 ").run()

    assert "3 other lots" in app.text[0].value
    assert app.query_params["lot"] in ("FG-DONER-X1", ["FG-DONER-X1"])


def test_an_unknown_code_says_where_to_look(screen, plant) -> None:
    assert "Lots screen" in screen("trace", lot="NOBODY").warning[0].value


def test_part_of_a_code_offers_the_lots_that_match(screen, plant) -> None:
    app = screen("trace", lot="RAW-")

    assert "Choose a lot" in app.text[0].value
    matches = app.dataframe[0].value
    assert set(matches["lot_code"]) == {"RAW-BEEF-001", "RAW-SPICE-001"}
    assert set(matches["matched_by"]) == {"part of its code"}


def test_a_scan_opens_its_lot_and_says_how_it_was_read(screen, plant) -> None:
    app = screen("trace", lot="]C110RAW-BEEF-001\x1d3103012500")

    said = [one.value.replace("\\", "") for one in app.caption]
    assert "Read as a GS1 label: lot RAW-BEEF-001, AI 3103 012500" in said
    assert "RAW-BEEF-001 touches" in app.text[0].value


def test_a_scan_without_its_separator_is_said_and_opens_nothing(screen, plant) -> None:
    app = screen("trace", lot="]C110RAW-BEEF-00117261231")

    assert "lacks a separator" in app.warning[0].value
    assert app.dataframe[0].value["lot_code"].tolist() == ["RAW-BEEF-001"]
    assert not any("touches" in one.value for one in app.text)


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = [{"a": "=1+1", "b": "-2", "c": Decimal("-2"), "d": datetime(2026, 1, 1, tzinfo=UTC)}]

    written = csv_bytes(rows, ["a", "b", "c", "d"]).decode("utf-8-sig")

    assert written == "a,b,c,d\r\n'=1+1,'-2,-2,2026-01-01T00:00:00+00:00\r\n"


@each_of("start", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_spreadsheet_takes_for_the_start_of_a_formula_is_quoted(start) -> None:
    written = csv_bytes([{"a": f"{start}1+1"}], ["a"]).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{start}1+1"]
