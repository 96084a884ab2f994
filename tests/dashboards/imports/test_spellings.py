"""One plant, spelt as the programs of many countries save it, is one plant."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from dashboards.imports.csv_folder import ImportRejected, import_folder
from dashboards.imports.reading import Reading, reading_of
from sql.settings import Settings
from tests.cases import each_of
from tests.dashboards.imports.workbooks import ods, xlsx
from tests.engines import ask

READING = reading_of(Settings(timezone="Europe/Budapest"))
MADE = datetime(2026, 11, 2, 5, 30, tzinfo=UTC)
MIXED = datetime(2026, 11, 3, 7, 15, tzinfo=UTC)
# Numbers and times as they are; each spelling writes them in its way.
PLANT = {
    "products": [["product_code", "name"], ["PAP", "Őrölt paprika"], ["KOLB", "Paprikás kolbász"]],
    "partners": [
        ["partner_code", "name", "role"],
        ["SUP-A", "Minta Fűszer Kft.", "SUPPLIER"],
        ["CUS-A", "=cmd|' /C calc'!A0", "CUSTOMER"],
    ],
    "lots": [
        ["lot_code", "lot_type", "product_code", "weight_kg", "happened_at", "supplier_lot_code"],
        ["00123", "RAW", "PAP", 25.5, datetime(2026, 11, 2, 6, 30), "0000"],
        ["ŰK-1", "MIX", "KOLB", 1812.125, datetime(2026, 11, 3, 8, 15), None],
    ],
    "genealogy": [
        ["parent_lot_code", "child_lot_code", "quantity_kg", "happened_at"],
        ["00123", "ŰK-1", 12.75, datetime(2026, 11, 3, 8, 0)],
    ],
}
GERMAN = {
    "Lose": ["Losnummer", "Typ", "Artikelnummer", "Gewicht (kg)", "Zeitpunkt", "Lieferantenlos"],
    "Verbrauch": ["Eingangslos", "Ausgangslos", "Menge (kg)", "Zeitpunkt"],
    "Artikel": ["Artikelnummer", "Bezeichnung"],
    "Geschäftspartner": ["Partnernummer", "Firma", "Rolle"],
}
HUNGARIAN = {
    "Tételek": ["Tételszám", "Típus", "Cikkszám", "Súly", "Időpont", "Szállítói tételszám"],
    "Származás": ["Felhasznált tétel", "Készült tétel", "Mennyiség", "Időpont"],
    "Termékek": ["Cikkszám", "Megnevezés"],
    "Partnerek": ["Partnerkód", "Név", "Szerep"],
}
OURS = {"lots": 0, "genealogy": 1, "products": 2, "partners": 3}


def named(words: dict[str, list[str]]) -> dict[str, list]:
    """Call the plant's tables and columns by other words."""
    return {
        table: [headings, *PLANT[stem][1:]]
        for (table, headings), stem in zip(words.items(), OURS, strict=True)
    }


def spelt(separator=",", page="utf-8", *, comma=False, thousands="", time="%Y-%m-%d %H:%M", **more):
    """Write the plant as CSV in a dialect."""

    def write(cell):
        if isinstance(cell, datetime):
            return cell.strftime(time)
        if isinstance(cell, float):
            said = f"{cell:,.3f}" if thousands else f"{cell:.3f}"
            signs = {",": thousands, ".": "," if comma else "."}
            return "".join(signs.get(sign, sign) for sign in said)
        return cell

    files = {}
    for stem, rows in more.get("plant", PLANT).items():
        text = io.StringIO()
        quoting = csv.QUOTE_ALL if more.get("quoted") else csv.QUOTE_MINIMAL
        writer = csv.writer(text, delimiter=separator, quoting=quoting)
        writer.writerows([[write(cell) for cell in row] for row in rows])
        lines = more.get("first", "") + text.getvalue()
        files[f"{stem}{more.get('ending', '.csv')}"] = lines.encode(page)
    return files


HU_TIME = "%Y.%m.%d %H:%M"
SPELLINGS = {
    "ours": spelt(time="%Y-%m-%dT%H:%M:00+01:00"),
    "commas with a mark": spelt(page="utf-8-sig"),
    "semicolons, decimal comma": spelt(";", comma=True, time=HU_TIME),
    "the same in Windows-1250": spelt(";", "cp1250", comma=True, time=HU_TIME),
    "the same in UTF-16": spelt(";", "utf-16", comma=True, time=HU_TIME),
    "UTF-16 without a mark": spelt("\t", "utf-16-le", comma=True, time=HU_TIME),
    "tabs, German dots": spelt("\t", comma=True, time="%d.%m.%Y %H:%M:%S", ending=".tsv"),
    "bars, quoted": spelt("|", quoted=True),
    "a hint": spelt(";", "utf-8-sig", comma=True, first="sep=;\r\n", time="%Y. %m. %d. %H:%M"),
    "thousands in points": spelt(";", comma=True, thousands=".", time=HU_TIME),
    "thousands in spaces": spelt(";", comma=True, thousands="\u00a0", time=HU_TIME),
    "thousands in commas": spelt(";", thousands=","),
    "Hungarian headings": spelt(";", "cp1250", comma=True, plant=named(HUNGARIAN), time=HU_TIME),
    "titles above": spelt(";", comma=True, first="Minta Kft.\r\n\r\nNovember\r\n", time=HU_TIME),
    "a workbook": {"plant.xlsx": xlsx(PLANT)},
    "a German workbook": {"Werk.xlsx": xlsx(named(GERMAN))},
    "a workbook with titles": {
        "plant.xlsx": xlsx({name: [["Minta"], [], *rows] for name, rows in PLANT.items()})
    },
    "a workbook of LibreOffice": {"plant.ods": ods(PLANT)},
    "a Hungarian one": {"üzem.ods": ods(named(HUNGARIAN))},
}


def write(folder, files):
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return [folder]


def facts(transaction) -> dict[str, list]:
    """Read what the record holds of the plant, by codes."""
    asked = {
        "lots": "select lot_code, lot_type, products.name, weight_kg, happened_at,"
        " supplier_lot_code from lots join products using (product_id) order by 1",
        "links": "select p.lot_code, c.lot_code, quantity_kg, g.happened_at from lot_genealogy g"
        " join lots p on p.lot_id = parent_lot_id join lots c on c.lot_id = child_lot_id",
        "partners": "select partner_code, name, role from partners order by 1",
    }
    return {name: [tuple(row) for row in ask(transaction, sql)] for name, sql in asked.items()}


EXPECTED = {
    "lots": [
        ("00123", "RAW", "Őrölt paprika", D("25.500"), MADE, "0000"),
        ("ŰK-1", "MIX", "Paprikás kolbász", D("1812.125"), MIXED, None),
    ],
    "links": [("00123", "ŰK-1", D("12.750"), datetime(2026, 11, 3, 7, tzinfo=UTC))],
    "partners": [
        ("CUS-A", "=cmd|' /C calc'!A0", "CUSTOMER"),
        ("SUP-A", "Minta Fűszer Kft.", "SUPPLIER"),
    ],
}


@pytest.mark.parametrize("spelling", list(SPELLINGS))
def test_every_spelling_of_a_plant_comes_in_as_the_same_facts_and_once(
    transaction, tmp_path, spelling
) -> None:
    paths = write(tmp_path, SPELLINGS[spelling])
    import_folder(transaction, paths, by=None, reading=READING)

    assert facts(transaction) == EXPECTED
    again = import_folder(transaction, paths, by=None, reading=READING)
    assert set(again.values()) == {0}


def test_what_a_hungarian_spreadsheet_saves_comes_in(transaction, shared, tmp_path) -> None:
    """Right answer of the case: 25.5 kg made at 05:30Z, 812.25 kg, a link of 12.75 kg."""
    for page, code in (("utf-8", "HA"), ("cp1250", "HB"), ("utf-16", "HC")):
        folder = tmp_path / page
        folder.mkdir()
        for file in (shared / "cases/excel_hu").glob("*.csv"):
            text = file.read_text(encoding="utf-8").replace("XHU", f"X{code}")
            (folder / file.name).write_bytes(text.encode(page))
        import_folder(transaction, [folder], by=None, reading=READING)
        lots = "select lot_type, weight_kg, happened_at from lots where lot_code like 'X{}%'"
        links = (
            "select quantity_kg from lot_genealogy join lots on lot_id = child_lot_id"
            " where lot_code like 'X{}%'"
        )
        assert {tuple(row) for row in ask(transaction, lots.format(code))} == {
            ("RAW", D("25.500"), MADE),
            ("MIX", D("812.250"), MIXED),
        }
        assert [row[0] for row in ask(transaction, links.format(code))] == [D("12.750")]


LOTS = "lot_code;lot_type;product_code;weight_kg;happened_at\n"


def refusals(transaction, folder, files, **said):
    with pytest.raises(ImportRejected) as refusal:
        import_folder(
            transaction, write(folder, files), by=None, reading=Reading(READING.zone, **said)
        )
    return refusal.value.rejections


def test_a_number_of_two_readings_is_refused_where_nothing_tells_which(
    transaction, tmp_path
) -> None:
    text = f"{LOTS}A;RAW;;1.234;2026.11.02 06:30\nB;RAW;;5;2026.11.02 06:30\n"
    (one,) = refusals(transaction, tmp_path, {"lots.csv": text.encode()})

    assert (one.line, one.column, one.value) == (2, "weight_kg", "1.234")
    assert "as 1.234 or 1234" in one.reason and "write 1234 or 1.2340" in one.reason
    import_folder(transaction, [tmp_path], by=None, reading=Reading(READING.zone, decimal=","))
    weights = ask(transaction, "select weight_kg from lots order by lot_code")
    assert [row[0] for row in weights] == [D("1234.000"), D("5.000")]


def test_where_a_comma_is_said_a_point_is_no_thousand(transaction, tmp_path) -> None:
    """12.5 must not become 125."""
    text = f"{LOTS}A;RAW;;12.5;2026.11.02 06:30\n"
    (one,) = refusals(transaction, tmp_path, {"lots.csv": text.encode()}, decimal=",")

    assert (one.column, one.value) == ("weight_kg", "12.5")


@each_of(
    ("time", "said"),
    [
        ("2026.10.25 02:30", ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]),
        ("2026-03-29 02:30", ["2026-03-29 01:30", "2026-03-29 03:30"]),
    ],
)
def test_a_local_time_that_came_twice_or_never_is_refused_with_the_choice(
    transaction, tmp_path, time, said
) -> None:
    text = f"{LOTS}A;RAW;;1;{time}\n"
    (one,) = refusals(transaction, tmp_path, {"lots.csv": text.encode()})

    assert (one.line, one.column, one.value) == (2, "happened_at", time)
    assert all(choice in one.reason for choice in said)


def test_a_code_page_may_be_said(transaction, tmp_path) -> None:
    """Š is another byte in ISO 8859-2 than in Windows-1250, and no file says which it is in."""
    text = "product_code;name\nP;Šunka ťažká\n"
    import_folder(
        transaction,
        write(tmp_path, {"products.csv": text.encode("iso-8859-2")}),
        by=None,
        reading=Reading(READING.zone, code_page="iso-8859-2"),
    )
    assert [row[0] for row in ask(transaction, "select name from products")] == ["Šunka ťažká"]
