"""Rows known by their day whose order nobody can tell: set aside, and the rest comes in."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask

AT, DAY, NOON, NEXT = "2026-11-02T06:30:00Z", "2026-11-03", "2026-11-03T12:00:00Z", "2026-11-04"
LOTS = ["lot_code,lot_type,product_code,weight_kg,happened_at", f"A,RAW,,100,{AT}", f"B,,,,{NEXT}"]
PARTNERS = ["partner_code,name,role", "C,Shop,CUSTOMER"]
MOVED = "lot_code,kind,quantity_kg,happened_at"
SHIPPED = "shipment_code,lot_code,customer_code,quantity_kg,happened_at"
LINKED = "parent_lot_code,child_lot_code,quantity_kg,happened_at"
DECIDED = "lot_code,decision,happened_at,gate_number,notes"
COUNT = f"A,COUNTED,80,{NOON}"
PALLET = "340123450000000017"
PACKED = "sscc,lot_code,quantity_kg,happened_at"


@pytest.fixture
def bring(record, tmp_path):
    """Return a function that imports files of these lines in a transaction of its own."""

    def take(files, **how):
        for file in tmp_path.iterdir():
            file.unlink()
        for stem, lines in files.items():
            (tmp_path / f"{stem}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        with record.transaction() as transaction:
            return import_folder(
                transaction, [tmp_path], by=None, reading=Reading(ZoneInfo("UTC")), **how
            )

    return take


@pytest.fixture
def rows(record):
    def found(query):
        with record.snapshot() as snapshot:
            return ask(snapshot, query).fetchall()

    return found


ASIDE = "select table_name, lot_code, line from rows_set_aside order by table_name, line"


def test_what_left_on_the_day_of_a_count_is_set_aside_and_the_rest_comes_in(bring, rows) -> None:
    files = {
        "lots": LOTS,
        "partners": PARTNERS,
        "shipments": [SHIPPED, f"S1,A,C,1,{DAY}", f"S2,A,C,1,{NEXT}"],
        "genealogy": [LINKED, f"A,B,1,{DAY}"],
        "movements": [MOVED, COUNT, f"A,WASTE,1,{DAY}", f"A,WASTE,2,{NEXT}"],
        "productions": ["production_code,happened_at", f"P,{DAY}"],
        "production_inputs": ["production_code,lot_code,quantity_kg", "P,A,1"],
        "production_outputs": ["production_code,lot_code,quantity_kg", "P,B,1"],
    }
    with pytest.raises(ImportRejected) as refused:
        bring(files)
    assert [(one.file, one.line) for one in refused.value.rejections] == [
        ("production_inputs.csv", 2),
        ("genealogy.csv", 2),
        ("shipments.csv", 2),
        ("movements.csv", 3),
    ]

    added = bring(files, sets_aside=True)
    assert (added["lots"], added["shipments"], added["movements"]) == (2, 1, 2)
    assert {row[0] for row in rows(ASIDE)} == {
        "genealogy",
        "movements",
        "production_inputs",
        "production_outputs",
        "productions",
        "shipments",
    }


def test_a_count_of_a_day_on_which_something_left_in_the_record_is_set_aside(bring, rows) -> None:
    bring({"lots": LOTS, "movements": [MOVED, f"A,WASTE,1,{DAY}"]})
    files = {"movements": [MOVED, f"A,WASTE,1,{DAY}", COUNT, "A,SAMPLE,1,2026-11-05"]}

    with pytest.raises(ImportRejected, match="has a movement of that day in the record"):
        bring(files)
    assert bring(files, sets_aside=True)["movements"] == 1
    assert rows(ASIDE) == [("movements", "A", 3)]


def test_a_row_of_the_day_of_a_count_in_the_record_is_set_aside(bring, rows) -> None:
    bring({"lots": LOTS, "movements": [MOVED, COUNT]})

    added = bring({"movements": [MOVED, COUNT, f"A,WASTE,1,{DAY}"]}, sets_aside=True)
    assert (added["movements"], rows(ASIDE)) == (0, [("movements", "A", 3)])


def test_unlike_decisions_of_a_day_are_set_aside(bring, rows) -> None:
    decided = [
        DECIDED,
        f"A,HOLD,{NOON},1,because of doubt",
        f"A,PASS,{DAY},1,",
        f"B,PASS,{NEXT},,",
    ]
    added = bring({"lots": LOTS, "qc_decisions": decided}, sets_aside=True)

    assert (added["qc_decisions"], rows(ASIDE)) == (2, [("qc_decisions", "A", 3)])
    again = [*decided[:2], f"A,PASS,{DAY},1,", f"B,HOLD,{NEXT},,smells of soap"]
    added = bring({"qc_decisions": again}, sets_aside=True)
    assert added["qc_decisions"] == 0
    assert [row[1] for row in rows(ASIDE)] == ["A", "B"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{PALLET},A,12,{AT}", "with 10 kg. If this row"),
        (f"{PALLET},A,10,{NOON}", "with 10 kg, 2026-11-02"),
    ],
    ids=["kilograms", "time"],
)
def test_a_packing_without_key_that_changed_is_asked_about(bring, rows, row, said) -> None:
    bring({"lots": LOTS, "packings": [PACKED, f"{PALLET},A,10,{AT}"]})

    with pytest.raises(ImportRejected, match=said):
        bring({"packings": [PACKED, row]})
    assert rows("select count(*) from packings") == [(1,)]
    both = [PACKED, f"{PALLET},A,10,{AT}", f"{PALLET},A,10,{NOON}"]
    assert bring({"packings": both})["packings"] == 1
