"""What an import would do is told before it is done, and a grown export asks about what changed."""

from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.import_mappings import kept_mapping, save_mapping
from dashboards.commands.refusals import NotFound, NotPermitted
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.files import given_files, tables_of
from dashboards.imports.mappings import ColumnMapping, TableMapping, mapping_of
from dashboards.imports.preview import Preview, preview
from dashboards.imports.reading import Reading
from dashboards.imports.refused_lines import causes
from sql.record.engine import DatabaseRole, Record
from tests.engines import ask

READING = Reading(ZoneInfo("Europe/Budapest"))
HEADER = "lot_code;lot_type;product_code;weight_kg;happened_at;temperature_c\n"
MONDAY = f"{HEADER}A;RAW;;;2026.01.12 06:30;3,5\nB;RAW;;100,5;2026.01.12 07:00;\n"
TUESDAY = (
    f"{HEADER}A;RAW;;250,5;2026.01.12 06:30;3,5\nB;RAW;;100,5;2026.01.12 07:15;\n"
    "C;RAW;;1;2026.01.13 08:00;\n"
)
LINKS = "parent_lot_code;child_lot_code;quantity_kg;happened_at;source_key\n"


def write(folder, **files):
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return [folder]


def lots(transaction) -> dict[str, tuple]:
    rows = ask(transaction, "select lot_code, weight_kg, happened_at::text from lots order by 1")
    return {code: (weight, at[:16]) for code, weight, at in rows}


def test_a_grown_export_brings_what_is_new_and_asks_about_what_changed(
    transaction, people, tmp_path
) -> None:
    """A weight filled in and a time mended: corrections, taken once they are confirmed."""
    by = people["MANAGER"]
    import_folder(transaction, write(tmp_path, lots=MONDAY), by=by, reading=READING)
    paths = write(tmp_path, lots=TUESDAY)
    with pytest.raises(ImportRejected) as asked:
        import_folder(transaction, paths, by=by, reading=READING)

    changed = asked.value.rejections
    assert [(one.line, one.column, one.is_change) for one in changed] == [
        (2, "weight_kg", True),
        (3, "happened_at", True),
    ]
    assert "A is in the record with nothing there" in changed[0].reason
    added = import_folder(transaction, paths, by=by, reading=READING, corrects=True)
    assert added["lots"] == 1
    assert lots(transaction) == {
        "A": (D("250.500"), "2026-01-12 05:30"),
        "B": (D("100.500"), "2026-01-12 06:15"),
        "C": (D("1.000"), "2026-01-13 07:00"),
    }
    reasons = ask(transaction, "select reason, operator_id from facts.lot_corrections order by 1")
    assert [tuple(row) for row in reasons] == [
        (
            "corrected by an import, lots.csv line 2: weight_kg nothing there → 250.5",
            by.user_id,
        ),
        (
            "corrected by an import, lots.csv line 3: happened_at 2026-01-12 07:00 "
            "(Europe/Budapest) → 2026-01-12 07:15 (Europe/Budapest)",
            by.user_id,
        ),
    ]
    again = import_folder(transaction, paths, by=by, reading=READING)
    assert set(again.values()) == {0}


def seen(record: Record, folder, mapping: ColumnMapping | None = None) -> Preview:
    tables, wrong, rejections = tables_of(given_files([folder]), READING, mapping)
    return preview(record, tables, by=None, zone=READING.zone, wrong=wrong, rejections=rejections)


def test_a_preview_counts_what_is_new_corrected_known_and_refused_and_saves_nothing(
    database, tmp_path
) -> None:
    record = Record(database, DatabaseRole.APP)
    first = write(tmp_path, lots=MONDAY, genealogy=f"{LINKS}A;B;12,5;2026.01.12 08:00;k1\n")
    with record.transaction() as transaction:
        import_folder(transaction, first, by=None, reading=READING)
    write(
        tmp_path,
        lots=TUESDAY + "D;RAW;NONE;1;2026.01.13 08:00;\n",
        genealogy=f"{LINKS}A;B;13;2026.01.12 08:00;k1\nA;C;1,5;2026.01.13 08:00;k2\n",
    )
    found = seen(record, tmp_path)

    plan = found.plan
    assert plan.rows == {"lots": 4, "genealogy": 2}
    assert plan.added == {"lots": [4], "genealogy": [3]}
    assert plan.corrected == {"lots": 2, "genealogy": 1}
    assert plan.refused == {"lots": 1, "genealogy": 0}
    assert (plan.known("lots"), plan.known("genealogy")) == (0, 0)
    assert [(one.line, one.column) for one in found.refused] == [(5, "product_code")]
    assert {(one.file, one.line) for one in plan.corrections} == {
        ("lots.csv", 2),
        ("lots.csv", 3),
        ("genealogy.csv", 2),
    }
    write(tmp_path, lots=TUESDAY)
    assert seen(record, tmp_path).refused == ()
    with record.transaction() as transaction:
        assert set(lots(transaction)) == {"A", "B"}
    record.close()


MAPPING = ColumnMapping(
    {
        "lots": TableMapping(
            "Rakat",
            {
                "lot_code": "Jel",
                "lot_type": "Fajta",
                "product_code": "Mi",
                "weight_kg": "Mennyi",
                "happened_at": "Ekkor",
            },
            frozenset({"Szín"}),
        )
    },
    decimal=",",
    code_page="cp1250",
)
BY_HAND = "Jel;Szín;Fajta;Mi;Mennyi;Ekkor\nÁ;kék;RAW;;1.234,5;2026.01.12 06:30\n"


def test_a_mapping_is_kept_under_a_name_and_reads_what_names_alone_can_t(
    transaction, people, tmp_path
) -> None:
    by = people["MANAGER"]
    (tmp_path / "Rakat.csv").write_bytes(BY_HAND.encode("cp1250"))
    with pytest.raises(ImportRejected, match="is none of products"):
        import_folder(transaction, [tmp_path], by=by, reading=READING)

    save_mapping(transaction, by=by, name="ERP", mapping=ColumnMapping().as_json())
    save_mapping(transaction, by=by, name="ERP", mapping=MAPPING.as_json())
    kept = mapping_of(kept_mapping(transaction, "ERP"))
    import_folder(transaction, [tmp_path], by=by, reading=READING, mapping=kept)

    assert kept == MAPPING
    assert lots(transaction) == {"Á": (D("1234.500"), "2026-01-12 05:30")}
    with pytest.raises(NotFound, match="SAP"):
        kept_mapping(transaction, "SAP")


def test_a_refusal_of_a_mapped_file_speaks_of_its_own_columns(transaction, tmp_path) -> None:
    (tmp_path / "Rakat.csv").write_text(BY_HAND.replace("RAW", "HAM").replace("kék", ""))
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None, reading=READING, mapping=MAPPING)

    assert [(one.file, one.line, one.column, one.value) for one in refusal.value.rejections] == [
        ("Rakat.csv", 2, "Fajta", "HAM")
    ]


def test_a_column_that_a_mapping_knows_nothing_of_is_refused(transaction, tmp_path) -> None:
    (tmp_path / "Rakat.csv").write_text(BY_HAND.replace("Szín", "Íz"))
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None, reading=READING, mapping=MAPPING)

    assert [(one.line, one.column) for one in refusal.value.rejections] == [(1, "Íz")]


def test_who_may_not_import_keeps_no_mapping(transaction, people) -> None:
    with pytest.raises(NotPermitted):
        save_mapping(transaction, by=people["OPERATOR"], name="ERP", mapping={})


def test_a_gate_that_the_plant_has_not_is_named_with_where_gates_are_made(
    transaction, tmp_path
) -> None:
    """A thousand decisions at a foreign gate are one line."""
    decisions = "lot_code;decision;happened_at;gate_number\n"
    write(
        tmp_path,
        lots=MONDAY,
        qc_decisions=decisions + "A;PASS;2026.01.12 08:00;77\n" * 1000,
    )
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None, reading=READING)

    (only,) = causes(refusal.value.rejections)
    assert str(only).startswith('qc_decisions.csv:2, 3, 4, 5, 6 and 995 more: gate_number "77"')
    assert "is no gate of this plant. Gates are made on the screen Plant" in str(only)


def test_a_correction_leaves_what_the_file_does_not_say(transaction, tmp_path) -> None:
    """A number of jars is no less there because a weight was filled in."""
    lot = "lot_code;lot_type;product_code;weight_kg;{}happened_at;expires_on\n"
    products = "product_code;name;unit;kg_per_unit\nJAR;Jar;jar;\n"
    first = lot.format("quantity;unit;") + "A;RAW;JAR;;40;jar;2026.01.12 06:30;2026.12.31\n"
    import_folder(
        transaction, write(tmp_path, products=products, lots=first), by=None, reading=READING
    )
    heavier = (lot.format("") + "A;RAW;JAR;12,5;2026.01.12 06:30;2026.12.31\n").replace(
        ";expires_on", ""
    )
    write(tmp_path, lots=heavier.replace(";2026.12.31", ""))
    import_folder(transaction, [tmp_path], by=None, reading=READING, corrects=True)

    (row,) = ask(
        transaction, "select weight_kg, quantity, unit, expires_on::text from lots"
    ).fetchall()
    assert tuple(row) == (D("12.5"), D("40"), "jar", "2026-12-31")

    write(tmp_path, lots=heavier.replace(";2026.12.31", "").replace("12,5", ""))
    added = import_folder(transaction, [tmp_path], by=None, reading=READING)
    assert set(added.values()) == {0}


def test_a_type_that_a_file_says_otherwise_is_asked_about_and_corrected(
    transaction, people, tmp_path
) -> None:
    """Where gates or rules speak against it, it is refused and the lot keeps its type."""
    by = people["MANAGER"]
    import_folder(transaction, write(tmp_path, lots=MONDAY), by=by, reading=READING)
    paths = write(tmp_path, lots=MONDAY.replace("A;RAW", "A;DEB"))
    with pytest.raises(ImportRejected) as asked:
        import_folder(transaction, paths, by=by, reading=READING)
    assert [(one.line, one.column, one.is_change) for one in asked.value.rejections] == [
        (2, "lot_type", True)
    ]
    import_folder(transaction, paths, by=by, reading=READING, corrects=True)

    types = "select lot_type from lots order by lot_code"
    assert [row[0] for row in ask(transaction, types)] == ["DEB", "RAW"]
    decision = (
        "lot_code;decision;happened_at;gate_number;temperature_c\nA;PASS;2026.01.12 09:00;3;3\n"
    )
    paths = write(tmp_path, lots=MONDAY.replace("A;RAW", "A;MIX"), qc_decisions=decision)
    with pytest.raises(ImportRejected) as refused:
        import_folder(transaction, paths, by=by, reading=READING, corrects=True)
    assert "decided about at gate 3" in refused.value.rejections[0].reason
