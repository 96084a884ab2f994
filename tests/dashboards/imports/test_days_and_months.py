"""Files that know a time by its day or month only: kept as that, and never as a midnight."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.cases import each_of
from tests.dashboards.imports.workbooks import ods, xlsx
from tests.engines import ask

LOTS = "lot_code,lot_type,product_code,weight_kg,happened_at\n"
DECISIONS = "lot_code,decision,happened_at,gate_number,notes\n"
SHIPMENTS = "shipment_code,lot_code,customer_code,quantity_kg,happened_at\n"
MOVEMENTS = "lot_code,kind,quantity_kg,happened_at\n"
PLANT = {
    "partners": "partner_code,name,role\nC,Shop,CUSTOMER\n",
    "lots": f"{LOTS}A,RAW,,100,2026-03-01T06:00+01:00\n",
}


def take(transaction, folder, zone: Any = "Europe/Budapest", corrects: Any = False, **files):
    for file in folder.glob("*.csv"):
        file.unlink()
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return import_folder(
        transaction, [folder], by=None, reading=Reading(ZoneInfo(zone)), corrects=corrects
    )


def refused(transaction, folder, **files) -> str:
    with pytest.raises(ImportRejected) as found:
        take(transaction, folder, **files)
    return str(found.value)


def times(transaction, code: str = "A") -> tuple[datetime, datetime | None]:
    (row,) = ask(
        transaction,
        "select happened_at, happened_until from lots where lot_code = :code",
        code=code,
    )
    return row


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "zone", "began", "ended"),
    [
        ("2026-03-05", "Europe/Budapest", utc(2026, 3, 4, 23), utc(2026, 3, 5, 23)),
        ("2026.03.05.", "Europe/Budapest", utc(2026, 3, 4, 23), utc(2026, 3, 5, 23)),
        ("05.03.2026", "Europe/Budapest", utc(2026, 3, 4, 23), utc(2026, 3, 5, 23)),
        # The day on which the clock is set forward has 23 hours, set back 25.
        ("2026-03-29", "Europe/Budapest", utc(2026, 3, 28, 23), utc(2026, 3, 29, 22)),
        ("2025-10-26", "Europe/Budapest", utc(2025, 10, 25, 22), utc(2025, 10, 26, 23)),
        ("2026-03", "Europe/Budapest", utc(2026, 2, 28, 23), utc(2026, 3, 31, 22)),
        ("2025. 12.", "Europe/Budapest", utc(2025, 11, 30, 23), utc(2025, 12, 31, 23)),
        # Where the clock is set forward at midnight, the day begins at one.
        ("2022-03-27", "Asia/Beirut", utc(2022, 3, 26, 22), utc(2022, 3, 27, 21)),
        ("2026-03-05", "Pacific/Kiritimati", utc(2026, 3, 4, 10), utc(2026, 3, 5, 10)),
    ],
)
def test_a_day_or_month_lasts_as_long_as_on_the_sites_calendar(
    transaction, tmp_path, cell, zone, began, ended
) -> None:
    take(transaction, tmp_path, zone, lots=f"{LOTS}A,RAW,,1,{cell}\n")
    assert times(transaction) == (began, ended)


@each_of(
    ("cell", "said"),
    [
        ("2999-01-01", "lies in the future"),
        ("2999-01", "lies in the future"),
        ("1899-12-31", "before 1900"),
        ("0000-01", "never came"),
        ("9999-12-31", "never came"),
        ("2026-02-30", "no time of the calendar"),
        ("2026-13", "must be a time"),
        ("03/05/2026", "two ways"),
    ],
)
def test_a_day_or_month_that_cannot_be_is_refused(transaction, tmp_path, cell, said) -> None:
    assert said in refused(transaction, tmp_path, lots=f"{LOTS}A,RAW,,1,{cell}\n")


def test_a_day_that_the_site_left_out_is_refused(transaction, tmp_path) -> None:
    """Samoa went from 29 to 31 December 2011."""
    with pytest.raises(ImportRejected, match="never came"):
        take(transaction, tmp_path, "Pacific/Apia", lots=f"{LOTS}A,RAW,,1,2011-12-30\n")


def test_the_same_file_again_brings_nothing_and_a_time_known_better_is_a_correction(
    transaction, tmp_path
) -> None:
    by_day = f"{LOTS}A,RAW,,1,2026-03-05\n"
    midnight = f"{LOTS}A,RAW,,1,2026-03-05T00:00+01:00\n"
    take(transaction, tmp_path, lots=by_day)
    assert take(transaction, tmp_path, lots=by_day)["lots"] == 0

    said = refused(transaction, tmp_path, lots=midnight)
    assert "is in the record with 2026-03-05. Import with --correct" in said
    take(transaction, tmp_path, corrects=True, lots=midnight)
    assert times(transaction) == (utc(2026, 3, 4, 23), None)
    back = refused(transaction, tmp_path, lots=by_day)  # files say it otherwise since
    assert "is in the record with 2026-03-05 00:00 (Europe/Budapest). Import with" in back

    take(transaction, tmp_path, corrects=True, lots=f"{LOTS}A,RAW,,2,2026-03\n")
    assert times(transaction) == (utc(2026, 2, 28, 23), utc(2026, 3, 31, 22))


@pytest.mark.parametrize("book", [xlsx, ods])
def test_a_workbooks_column_of_days_is_no_column_of_midnights(transaction, tmp_path, book) -> None:
    day, other = datetime(2026, 3, 5), datetime(2026, 3, 6)
    headings = LOTS.strip().split(",")
    rows = {"lots": [headings, ["A", "RAW", None, 1, day], ["B", "RAW", None, 1, other]]}
    (tmp_path / f"lots.{book.__name__}").write_bytes(book(rows))
    take(transaction, tmp_path)
    assert times(transaction) == (utc(2026, 3, 4, 23), utc(2026, 3, 5, 23))
    assert times(transaction, "B") == (utc(2026, 3, 5, 23), utc(2026, 3, 6, 23))


@pytest.mark.parametrize("book", [xlsx, ods])
def test_a_midnight_among_other_times_stays_one(transaction, tmp_path, book) -> None:
    day, other = datetime(2026, 3, 5), datetime(2026, 3, 6, 8, 15)
    headings = LOTS.strip().split(",")
    rows = {"lots": [headings, ["A", "RAW", None, 1, day], ["B", "RAW", None, 1, other]]}
    (tmp_path / f"lots.{book.__name__}").write_bytes(book(rows))
    take(transaction, tmp_path)
    assert times(transaction) == (utc(2026, 3, 4, 23), None)


def test_a_count_needs_its_time_of_day(transaction, tmp_path) -> None:
    said = refused(
        transaction, tmp_path, **PLANT, movements=f"{MOVEMENTS}A,COUNTED,90,2026-03-05\n"
    )
    assert "a count needs its time of day" in said


COUNTED = f"{MOVEMENTS}A,COUNTED,90,2026-03-05T12:00+01:00\n"


@pytest.mark.parametrize(
    "files",
    [
        {"shipments": f"{SHIPMENTS}S,A,C,5,2026-03-05\n", "movements": COUNTED},
        {"shipments": f"{SHIPMENTS}S,A,C,5,2026-03\n", "movements": COUNTED},
        {"movements": f"{COUNTED}A,WASTE,5,2026-03-05\n"},
        {
            "lots": f"{PLANT['lots']}B,DEB,,,2026-03-06T06:00+01:00\n",
            "genealogy": "parent_lot_code,child_lot_code,quantity_kg,happened_at\nA,B,5,2026-03\n",
            "movements": COUNTED,
        },
    ],
)
def test_whether_it_left_before_a_count_or_since_must_be_said(transaction, tmp_path, files) -> None:
    said = refused(transaction, tmp_path, **PLANT | files)
    assert "whether this left it before or since can't be told of a day" in said


def test_what_left_on_another_day_than_the_count_may_be_known_by_its_day(
    transaction, tmp_path
) -> None:
    files = {
        "shipments": f"{SHIPMENTS}S,A,C,5,2026-03-04\nT,A,C,5,2026-03-06\n",
        "movements": COUNTED,
    }
    assert take(transaction, tmp_path, **PLANT | files)["shipments"] == 2


@pytest.mark.parametrize(
    "rows",
    [
        "A,HOLD,2026-03-05,1,because of doubt\nA,PASS,2026-03-05,1,\n",
        "A,HOLD,2026-03-05T10:00+01:00,1,because of doubt\nA,PASS,2026-03-05,1,\n",
        "A,HOLD,2026-03,1,because of doubt\nA,PASS,2026-03-05,1,\n",
        "A,FAIL,2026-03,,because of doubt\nA,PASS,2026-03-31,,\n",
    ],
)
def test_which_of_two_unlike_decisions_came_last_must_be_said(transaction, tmp_path, rows) -> None:
    said = refused(transaction, tmp_path, **PLANT, qc_decisions=f"{DECISIONS}{rows}")
    assert "which came last can't be told of a day" in said


@pytest.mark.parametrize(
    "rows",
    [
        "A,HOLD,2026-03-05,1,because of doubt\nA,PASS,2026-03-06,1,\n",
        "A,PASS,2026-03-05,1,\nA,PASS,2026-03-05T10:00+01:00,1,\n",
        "A,HOLD,2026-03-05,1,because of doubt\nA,PASS,2026-03-05,,\n",
        "A,HOLD,2026-03-05,1,because of doubt\nA,PASS,2026-03-06T00:00+01:00,1,\n",
    ],
)
def test_decisions_whose_order_is_plain_come_in(transaction, tmp_path, rows) -> None:
    assert (
        take(transaction, tmp_path, **PLANT, qc_decisions=f"{DECISIONS}{rows}")["qc_decisions"] == 2
    )
