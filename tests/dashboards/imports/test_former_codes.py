"""Files that name a lot by the code that it had before a manager corrected it."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.renames import rename_lot
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask
from tests.plants import just_confirmed

AT = "2026-11-02T06:30:00Z"
LOTS = "lot_code,lot_type,product_code,weight_kg,happened_at,source_key"


def lots(*rows):
    return [LOTS, *(f"{code},RAW,,100,{AT},{key}" for code, key in rows)]


LINK = ["parent_lot_code,child_lot_code,quantity_kg,happened_at", f"A1O,B,40,{AT}"]


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
def now(record):
    """Return a function that asks the record for one column, sorted."""

    def said(query):
        with record.snapshot() as snapshot:
            return sorted(row[0] for row in ask(snapshot, query).fetchall())

    return said


@pytest.fixture
def renamed(bring, record, people):
    """Bring lots A1O and B, then correct the code of the first; return nothing."""

    def done(key=""):
        bring({"lots": lots(("A1O", key), ("B", ""))})
        with record.transaction() as transaction:
            by = people["MANAGER"]
            rename_lot(
                transaction,
                by=by,
                lot_code="A1O",
                new_lot_code="A10",
                reason="a letter was mistyped",
                confirmation=just_confirmed(by),
            )

    return done


def test_the_old_code_makes_no_second_lot_and_is_told(bring, now, renamed) -> None:
    renamed()
    told = []

    bring({"lots": lots(("A1O", ""), ("B", ""))}, pass_over=told.append)

    assert now("select lot_code from lots") == ["A10", "B"]
    assert [one.reason for one in told if one.value == "A1O"][0].startswith(
        "was renamed to A10 in the record"
    )


def test_a_fact_about_the_old_code_is_refused_with_what_to_write(bring, now, renamed) -> None:
    renamed()

    with pytest.raises(ImportRejected, match="is the old code of lot A10 in the record") as refused:
        bring({"genealogy": LINK})
    assert [(one.column, one.value) for one in refused.value.rejections] == [
        ("parent_lot_code", "A1O")
    ]
    bring({"genealogy": LINK}, sets_aside=True)
    assert now("select lot_code from rows_set_aside") == ["A1O"]
    assert now("select count(*)::text from lot_genealogy") == ["0"]


def test_by_its_key_the_lot_is_known_and_keeps_the_corrected_code(bring, now, renamed) -> None:
    renamed("K")
    told = []

    for _day in range(2):
        bring(
            {"lots": lots(("A1O", "K"), ("B", "")), "genealogy": LINK},
            corrects=True,
            is_whole=True,
            pass_over=told.append,
        )

    assert now("select lot_code from lots") == ["A10", "B"]
    assert now("select lot_code from lot_genealogy join lots on parent_lot_id = lot_id") == ["A10"]
    assert {one.reason for one in told} == {
        "was corrected in the record since, to A10: the lot keeps that code."
    }
    assert now("select count(*)::text from rows_set_aside") == ["0"]


def test_what_is_exported_has_the_new_code_alone(record, renamed) -> None:
    renamed("K")

    with record.snapshot() as snapshot:
        codes = [row["lot_code"] for row in snapshot.all("export_lots")]
    assert sorted(codes) == ["A10", "B"]
