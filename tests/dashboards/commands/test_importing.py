"""What only the record can say about an import: codes in use, references, circles."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.refusals import NotPermitted
from dashboards.imports.csv_folder import import_folder, import_frames

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
AT = "2026-03-09T06:30:00+01:00"


def frame(header, *rows):
    """Make a frame of text; `@` stands for a time."""
    names = header.split()
    cells = [[{"@": AT, "-": None}.get(cell, cell) for cell in row.split()] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def lots(*codes):
    rows = [f"{code} MIX - 10 @" for code in codes]
    return frame("lot_code lot_type product_code weight_kg happened_at", *rows)


def links(*pairs):
    return frame(
        "parent_lot_code child_lot_code quantity_kg happened_at", *[f"{pair} 1 @" for pair in pairs]
    )


def decisions(*rows):
    return frame("lot_code decision happened_at decided_by", *rows)


PARTNERS = frame("partner_code name role", "F Farm SUPPLIER", "S Shop CUSTOMER")
READING = "lot_code characteristic value unit happened_at gate_number"
SHIPMENT = "shipment_code lot_code customer_code quantity_kg happened_at"
SUPPLIED = "lot_code lot_type product_code weight_kg happened_at supplier_code run_code"


def refused(transaction, **files):
    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, files, by=None)
    return [(one.file, one.line, one.column) for one in refusal.value.rejections]


@pytest.mark.parametrize(
    ("stem", "rows", "column"),
    [
        pytest.param("lots", frame(SUPPLIED, "A - NONE 1 @ - -"), "product_code", id="product"),
        pytest.param("lots", frame(SUPPLIED, "A - - 1 @ NONE -"), "supplier_code", id="supplier"),
        pytest.param("lots", frame(SUPPLIED, "A - - 1 @ S -"), "supplier_code", id="customer in"),
        pytest.param("lots", frame(SUPPLIED, "A - - 1 @ - NONE"), "run_code", id="run"),
        pytest.param("genealogy", links("NONE NEW"), "parent_lot_code", id="parent"),
        pytest.param("genealogy", links("OLD NONE"), "child_lot_code", id="child"),
        pytest.param("genealogy", links("OLD OLD"), "parent_lot_code", id="self-link"),
        pytest.param("readings", frame(READING, "OLD ph 1 pH @ 99"), "gate_number", id="gate"),
        pytest.param("qc_decisions", decisions("NONE PASS @ -"), "lot_code", id="decided lot"),
        pytest.param("shipments", frame(SHIPMENT, "D OLD F 1 @"), "customer_code", id="farm out"),
        pytest.param("shipments", frame(SHIPMENT, "D OLD N 1 @"), "customer_code", id="customer"),
    ],
)
def test_what_a_row_names_must_be_known_in_its_role(transaction, stem, rows, column):
    import_frames(transaction, {"partners": PARTNERS, "lots": lots("OLD")}, by=None)

    assert (f"{stem}.csv", 2, column) in refused(transaction, **{stem: rows})
    assert transaction.all("known_lots", codes=["A", "NEW", "NONE"]) == []


def test_a_code_stands_once_in_its_file(transaction):
    assert refused(transaction, lots=lots("A", "B", "A")) == [("lots.csv", 4, "lot_code")]


@pytest.mark.parametrize(
    "alike",
    [
        pytest.param("R\u0410W-1", id="a Cyrillic A"),
        pytest.param("RAW\u20131", id="a dash"),
        pytest.param("raw-1", id="small letters"),
    ],
)
def test_a_code_that_looks_like_a_known_one_is_refused_and_names_it(transaction, alike):
    """Two lots of one look would be mistaken for each other on the next label."""
    import_frames(transaction, {"lots": lots("RAW-1")}, by=None)

    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, {"lots": lots("NEW", alike)}, by=None)

    (one,) = refusal.value.rejections
    assert (one.file, one.line, one.column, one.value) == ("lots.csv", 3, "lot_code", alike)
    assert "looks like lot RAW-1," in one.reason
    assert transaction.all("known_lots", codes=["NEW", alike]) == []


def test_a_space_for_a_dash_makes_no_second_code(transaction):
    import_frames(transaction, {"lots": lots("RAW-1")}, by=None)
    spaced = lots("NEW").with_columns(lot_code=pl.lit("raw 1"))
    assert refused(transaction, lots=spaced) == [("lots.csv", 2, "lot_code")]


def test_codes_whose_signs_are_grouped_otherwise_are_two(transaction):
    added = import_frames(transaction, {"lots": lots("P1-11", "P11-1")}, by=None)
    assert added["lots"] == 2


def test_two_codes_of_one_look_in_a_file_are_both_refused(transaction):
    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, {"lots": lots("Raw-1", "NEW", "RAW-1")}, by=None)

    first, second = refusal.value.rejections
    assert (first.line, first.column, second.line, second.column) == (2, "lot_code", 4, "lot_code")
    assert "looks like lot RAW-1," in first.reason and "looks like lot Raw-1," in second.reason
    assert transaction.all("known_lots", codes=["Raw-1", "NEW", "RAW-1"]) == []


def test_a_code_held_with_other_values_is_refused_and_with_the_same_passed_over(transaction):
    import_frames(transaction, {"lots": lots("A")}, by=None)
    other = frame("lot_code lot_type product_code weight_kg happened_at", "A MIX - 11 @")

    assert refused(transaction, lots=other) == [("lots.csv", 2, "weight_kg")]
    assert import_frames(transaction, {"lots": lots("A", "B")}, by=None)["lots"] == 1


def test_every_link_on_a_circle_is_named_and_no_other(transaction):
    found = refused(transaction, lots=lots(*"ABCD"), genealogy=links("A B", "B C", "C A", "C D"))

    assert [line for _, line, _ in found] == [2, 3, 4]


def test_a_circle_through_the_record_is_found(transaction):
    import_frames(transaction, {"lots": lots(*"ABC"), "genealogy": links("A B", "B C")}, by=None)

    found = refused(transaction, lots=lots("N"), genealogy=links("C N", "N A"))

    assert [line for _, line, _ in found] == [2, 3]


def test_two_equal_facts_are_two_and_only_the_excess_is_added(transaction):
    first = {"lots": lots("A", "B"), "genealogy": links("A B", "A B")}

    assert import_frames(transaction, first, by=None)["genealogy"] == 2
    assert import_frames(transaction, first, by=None)["genealogy"] == 0
    assert import_frames(transaction, {"genealogy": links(*["A B"] * 3)}, by=None)["genealogy"] == 1


def test_history_is_taken_as_it_was(transaction):
    added = import_frames(
        transaction,
        {
            "lots": lots("A", "B"),
            "qc_decisions": decisions("A HOLD @ -"),
            "genealogy": frame(
                "parent_lot_code child_lot_code quantity_kg happened_at", "A B 999 @"
            ),
        },
        by=None,
    )

    assert (added["qc_decisions"], added["genealogy"]) == (1, 1)


def test_a_decider_with_an_account_is_kept_as_the_operator(record, people):
    rows = decisions("A PASS @ Manager@demo.example", "A PASS @ Kovacs")
    files = {"lots": lots("A"), "qc_decisions": rows}
    with record.transaction() as transaction:
        import_frames(transaction, files, by=people["ADMIN"])
        again = import_frames(transaction, files, by=people["ADMIN"])
        lot_id = transaction.all("known_lots", codes=["A"])[0]["id"]
        held = transaction.all("held_qc_decisions", lot_ids=[lot_id], keys=[])

    assert again["qc_decisions"] == 0
    assert {row["decided_by"] for row in held} == {"manager@demo.example", "Kovacs"}


def test_a_decider_without_an_account_is_one_in_any_case(record, people):
    first = {"lots": lots("A"), "qc_decisions": decisions("A PASS @ Kovacs")}
    shouted = {"lots": lots("A"), "qc_decisions": decisions("A PASS @ KOVACS")}
    with record.transaction() as transaction:
        import_frames(transaction, first, by=people["ADMIN"])
        again = import_frames(transaction, shouted, by=people["ADMIN"])

    assert again["qc_decisions"] == 0


def test_who_may_not_import_is_refused(record, people):
    with record.transaction() as transaction, pytest.raises(NotPermitted):
        import_frames(transaction, {"lots": lots("A")}, by=people["OPERATOR"])


def test_a_reading_is_kept_to_its_last_place(transaction):
    files = {"lots": lots("A"), "readings": frame(READING, "A ph 1.412698315 pH @ -")}
    import_frames(transaction, files, by=None)
    lot_id = transaction.all("known_lots", codes=["A"])[0]["id"]

    held = transaction.all("held_readings", lot_ids=[lot_id], keys=[])

    assert [row["value"] for row in held] == [Decimal("1.412698315")]


def test_progress_tells_what_was_checked_and_then_what_was_added(transaction):
    told = []
    import_frames(transaction, {"lots": lots("A")}, by=None, progress=lambda *it: told.append(it))

    assert told == [("lots", 1), ("lots", 1)]


def test_real_batches_come_in_whole_and_a_second_time_add_nothing(transaction):
    folder = DATA / "pharma_tablets" / "import"
    if not folder.is_dir():
        pytest.skip("the folder of shared real data is not beside this project")

    added = import_folder(transaction, [folder], by=None)

    assert (added["lots"], added["genealogy"], added["readings"]) == (249, 660, 2310)
    again = import_folder(transaction, [folder], by=None)
    assert again.keys() == added.keys()
    assert not any(again.values()), again
