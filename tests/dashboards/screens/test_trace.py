"""The trace screen says what a lot touches, first in one line."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.settlements import settle_finding
from dashboards.commands.shipments import record_shipment
from dashboards.views.downloads import csv_bytes
from tests.cases import each_of
from tests.check_results import passed, write_results
from tests.plants import just_confirmed

ZONE = ZoneInfo("Europe/Budapest")


def test_a_lot_of_the_reference_plant(screen, plant) -> None:
    app = screen("trace", lot="RAW-BEEF-001")

    assert app.text[0].value == (
        "RAW-BEEF-001 touches 2 other lots; 300 kg of RAW-BEEF-001 itself and of what was made "
        "from it went to 1 customer. Of RAW-BEEF-001, in itself and in what was made "
        "from it, 222.222 kg are still here."
    )
    lots = app.dataframe[-1].value.set_index("lot_code")
    assert round(lots.loc["MIX-BATCH-88", "suspect_kg"], 3) == 500
    customers = next(one.value for one in app.dataframe if "customer_name" in one.value)
    assert customers["customer_name"].tolist() == ["Kebab Palota"]


def test_a_shipment_of_two_lots_is_counted_once(screen, plant, record, people) -> None:
    """Spice went into both; they left under one code, in a line each."""
    manager, operator = people["MANAGER"], people["OPERATOR"]
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=operator,
            lot_code="FG-2",
            lot_type="FG",
            weight_kg=5,
            parents=[Parent("RAW-SPICE-001", 5)],
        )
        decide(
            transaction,
            by=manager,
            lot_code="FG-2",
            decision="PASS",
            gate_id=8,
            confirmation=just_confirmed(manager),
        )
        record_shipment(
            transaction,
            by=operator,
            shipment_code="SH-1",
            lot_code="FG-2",
            customer_code="CUS",
            quantity_kg=5,
        )
    app = screen("trace", lot="RAW-SPICE-001")

    (label,) = [one.label for one in app.expander if one.label.startswith("Shipments")]
    assert label == "Shipments (1)"
    lines = next(one.value for one in app.dataframe if "sscc" in one.value)
    assert sorted(lines["lot_code"]) == ["FG-2", "FG-DONER-X1"]
    customers = next(one.value for one in app.dataframe if "shipments_count" in one.value)
    assert customers["shipments_count"].tolist() == [1]
    assert customers["quantity_kg"].tolist() == [305]


def test_links_in_pieces_are_shown_in_both_directions(screen, record, people) -> None:
    """A link counted in pieces says them beside the kilograms that nobody knows."""
    with record.transaction() as transaction:
        by = people["OPERATOR"]
        register_lot(transaction, by=by, lot_code="JARS", quantity=40, unit="jar")
        taken = Parent("JARS", None, quantity=12, unit="jar")
        register_lot(transaction, by=by, lot_code="CASE", parents=[taken])

    for lot in ("JARS", "CASE"):
        app = screen("trace", lot=lot)

        assert not app.exception
        links = next(one.value for one in app.dataframe if "parent_lot_code" in one.value)
        assert links[["quantity", "unit"]].values.tolist() == [[12, "jar"]]
        assert list(links.columns).count("quantity") == 1


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


def test_which_lots_are_open_are_counted_and_not_what_is_open_at_them(
    screen, plant, record, people
) -> None:
    """X weighs nobody knows what and was not checked: two lines, one lot."""
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="X")
    app = screen("trace", lot="X")

    assert "Which lots (1)" in [one.label for one in app.expander]
    said = [one.value for one in app.info]
    assert "No links of it are recorded. Add parents on the lot's screen." in said
    app.session_state["trace_direction"] = "back"
    app.run()
    assert any(one.value.startswith("No links are recorded in this") for one in app.info)


def test_an_answer_of_which_nothing_is_open_is_complete(screen, plant, settings, record) -> None:
    write_results(settings.home, record=record)
    app = screen("trace", lot="MIX-BATCH-88")

    assert app.success[0].value.startswith("✓ Complete")
    assert not app.warning


def test_what_is_known_of_the_lots_alone_stands_beside_a_complete_answer(
    screen, plant, settings, record, people
) -> None:
    """A finding about a lot, and who settled one, say nothing against the list of lots."""
    table, rule = "quality.lot_dispositions", "no_held_or_failed_lot_was_used"
    rows = [{"lot_code": code, "used_in_lot_code": "X"} for code in ("MIX-BATCH-88", "FG-DONER-X1")]
    found = replace(passed(f"{table} {rule}"), breaches_count=2, rows=rows)
    write_results(settings.home, found, record=record)
    with record.transaction() as transaction:
        settle_finding(
            transaction,
            by=people["MANAGER"],
            table=table,
            rule=rule,
            row=rows[0],
            kind="ACKNOWLEDGED",
            reason="used before the HOLD was known",
        )
    app = screen("trace", lot="MIX-BATCH-88")

    assert app.success[0].value.startswith("✓ Complete") and not app.warning
    said = app.info[0].value.replace("\\", "")
    assert said.startswith("What else is known about these lots:")
    assert "A rule about the lot itself is broken" in said and "(1 lot)" in said
    assert "at MIX-BATCH-88; settled: acknowledged by Manager on" in said
    assert "used before the HOLD was known" in said
    listed = next(one.value for one in app.dataframe if "what" in one.value)
    assert listed["lot_code"].tolist() == ["FG-DONER-X1"]


def test_a_typed_code_is_traced_and_kept_in_the_address(screen, plant) -> None:
    app = screen("trace")
    assert "Scan" in app.info[0].value
    app.text_input(key="trace_lot").input(" FG-DONER-X1 ").run()

    assert "3 other lots" in app.text[0].value
    assert app.query_params["find"] in ("FG-DONER-X1", ["FG-DONER-X1"])


def test_an_unknown_code_says_where_to_look(screen, plant) -> None:
    assert "Lots screen" in screen("trace", lot="NOBODY").warning[0].value


def test_part_of_a_code_offers_the_lots_that_match(screen, plant) -> None:
    app = screen("trace", lot="RAW-")

    assert "may mean 2 lots. Choose one or several" in app.text[0].value
    matches = app.dataframe[0].value
    assert set(matches["lot_code"]) == {"RAW-BEEF-001", "RAW-SPICE-001"}
    assert set(matches["matched_by"]) == {"part of its code"}


def test_a_scan_opens_its_lot_and_says_how_it_was_read(screen, plant) -> None:
    app = screen("trace", lot="]C110RAW-BEEF-001\x1d3103012500")

    said = [one.value.replace("\\", "") for one in app.caption]
    assert "Read as a GS1 label: lot RAW-BEEF-001, net weight 12.5 kg" in said
    assert "RAW-BEEF-001 touches" in app.text[0].value


def test_a_scan_without_its_separator_is_said_and_opens_nothing(screen, plant) -> None:
    app = screen("trace", lot="]C110RAW-BEEF-00117261231")

    assert "lacks a separator" in app.warning[0].value
    assert app.dataframe[0].value["lot_code"].tolist() == ["RAW-BEEF-001"]
    assert not any("touches" in one.value for one in app.text)


@pytest.fixture
def receipts(record, people, plant) -> None:
    """Three receipts of one supplier's lot, as three clerks typed it; one of them shipped."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for number, typed in enumerate(("P-4471", "p-4471", "P 4471"), 1):
            register_lot(
                transaction,
                by=by,
                lot_code=f"R{number}",
                weight_kg=25,
                supplier_code="SUP",
                supplier_lot_code=typed,
            )
            register_lot(
                transaction,
                by=by,
                lot_code=f"F{number}",
                weight_kg=100,
                parents=[Parent(f"R{number}", 10)],
            )


def test_lots_that_may_be_meant_are_offered_and_traced_together(screen, receipts) -> None:
    app = screen("trace", find="P-4471")
    assert set(app.dataframe[0].value["lot_code"]) == {"R1", "R2", "R3"}
    assert not any("touch" in one.value for one in app.text)

    app.button(key="search_all").click().run()

    assert not app.exception
    assert "R1, R3 and R2 touch 3 other lots" in app.text[0].value
    lots = app.dataframe[-1].value.set_index("lot_code")
    assert {code: list(lots.loc[code, "suspects"]) for code in ("F1", "F2", "F3")} == {
        f"F{number}": [f"R{number}"] for number in (1, 2, 3)
    }
    assert not any("not taken" in one.value for one in app.warning)


def test_what_was_offered_and_not_taken_is_named_by_the_verdict(screen, receipts) -> None:
    app = screen("trace", find="P-4471", lot="R2")

    assert "R2 touches 1 other lot" in app.text[0].value
    assert any("Chosen: 1 of 3 that" in one.value.replace("\\", "") for one in app.caption)
    assert "it was not taken (2 lots)" in app.warning[0].value
    named = app.dataframe[0].value
    assert set(named[named["what"].str.contains("not taken")]["lot_code"]) == {"R1", "R3"}

    app.button(key="search_again").click().run()
    assert set(app.dataframe[0].value["lot_code"]) == {"R1", "R2", "R3"}


def test_a_list_of_lots_is_traced_together_and_an_unknown_line_is_said(screen, receipts) -> None:
    app = screen("trace")
    app.text_area(key="trace_list").input("R1\n(10)R2\nNOBODY\n\nR1")
    app.button(key="trace_find_list").click().run()

    assert not app.exception
    assert "R1 and R2 touch" in app.text[0].value
    assert any("Nothing matches NOBODY" in one.value for one in app.warning)
    verdict = next(one.value for one in app.warning if "Not complete" in one.value)
    assert "No lot carries this code" in verdict


def test_a_line_that_nothing_matches_is_named_after_a_choice_too(screen, receipts) -> None:
    app = screen("trace")
    app.text_area(key="trace_list").input("P-4471\nNOPE-9")
    app.button(key="trace_find_list").click().run()
    app.button(key="search_all").click().run()

    assert not app.exception
    assert "R1, R3 and R2 touch" in app.text[0].value
    verdict = next(one.value for one in app.warning if "Not complete" in one.value)
    assert "No lot carries this code" in verdict
    assert not any("Complete" in one.value for one in app.success)
    assert any("Nothing matches NOPE-9" in one.value for one in app.warning)
    assert not any("0 of 0" in one.value for one in app.caption)
    named = next(one.value for one in app.dataframe if "what" in one.value)
    assert list(named[named["what"].str.contains("No lot carries")]["lot_code"]) == ["NOPE-9"]


def test_an_own_lots_code_opens_nothing_where_a_supplier_has_it_too(
    screen, record, people, receipts
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["MANAGER"],
            lot_code="R9",
            supplier_code="SUP",
            supplier_lot_code="R1",
            weight_kg=1,
        )
    app = screen("trace", find="R1")

    assert set(app.dataframe[0].value["lot_code"]) == {"R1", "R9"}
    assert not any("touch" in one.value for one in app.text)


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = [{"a": "=1+1", "b": "-2", "c": Decimal("-2"), "d": datetime(2026, 1, 1, tzinfo=UTC)}]

    written = csv_bytes(rows, ["a", "b", "c", "d"], ZONE).decode("utf-8-sig")

    assert written == "a,b,c,d (Europe/Budapest)\r\n'=1+1,'-2,-2,2026-01-01T01:00:00+01:00\r\n"


@each_of("start", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_spreadsheet_takes_for_the_start_of_a_formula_is_quoted(start) -> None:
    written = csv_bytes([{"a": f"{start}1+1"}], ["a"], ZONE).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{start}1+1"]


def test_a_stopped_row_says_by_which_lots(screen, plant, record, people) -> None:
    """Beef on HOLD stops the mix and what is packed of it; spice, held too, stops both."""
    assert "stopped_by" not in screen("trace", lot="RAW-BEEF-001").dataframe[-1].value
    for code in ("RAW-BEEF-001", "RAW-SPICE-001"):
        with record.transaction() as transaction:
            decide(
                transaction,
                by=people["AUDITOR"],
                lot_code=code,
                decision="HOLD",
                notes="waits for the laboratory",
            )

    lots = screen("trace", lot="RAW-BEEF-001").dataframe[-1].value.set_index("lot_code")
    both = "RAW-BEEF-001, RAW-SPICE-001"
    assert lots["stopped_by"].loc[["MIX-BATCH-88", "FG-DONER-X1"]].tolist() == [both, both]
    assert lots["stopped_by"].isna()["RAW-BEEF-001"]
