"""Files that would harm, mislead or lose something: each has one clear answer; nothing is saved."""

import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from dashboards.imports.csv_folder import ImportRejected, import_folder
from dashboards.imports.reading import Reading
from dashboards.imports.refused_lines import causes
from tests.cases import each_of
from tests.dashboards.imports.workbooks import archive, ods, parts_of, xlsx
from tests.engines import ask

PRODUCTS = {"products": [["product_code", "name"], ["P", "Ham"], ["Q", "Beef"]]}
BOOK = xlsx(PRODUCTS)
PARTS = parts_of(BOOK)
SHEET = "xl/worksheets/sheet1.xml"
UTC_ZONE = ZoneInfo("UTC")
ERROR: Any = "#DIV/0!"
VALUE: Any = "P-1"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def sheet_with(old: bytes, new: bytes) -> bytes:
    """Change the first sheet's own XML."""
    assert old in PARTS[SHEET]
    return archive(PARTS | {SHEET: PARTS[SHEET].replace(old, new, 1)})


def far_away(column: bytes, row: bytes) -> bytes:
    cell = b'<row r="%s"><c r="%s%s"><v>1</v></c></row></sheetData>' % (row, column, row)
    return sheet_with(b"</sheetData>", cell)


FILES = {
    "a password": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "by a password"),
    "an old workbook": ("a.xls", OLE, "an old format of Excel. Save it as .xlsx or .ods."),
    "macros": ("a.xlsm", archive(PARTS | {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "macros of LibreOffice": (
        "a.ods",
        archive(parts_of(ods(PRODUCTS)) | {"Basic/Standard/M.xml": "x"}),
        "holds macros",
    ),
    "a password of LibreOffice": (
        "a.ods",
        ods(PRODUCTS, manifest="<manifest:encryption-data/>"),
        "by a password",
    ),
    "a binary workbook": ("a.xlsb", archive({"xl/workbook.bin": b"x"}), "(.xlsb)"),
    "another archive": ("a.zip", archive({"word/document.xml": "x"}), "no file to import"),
    "a document": (
        "a.docx",
        archive({"[Content_Types].xml": "x", "word/document.xml": "x"}),
        "archive of something else",
    ),
    "an archive of nothing": ("a.zip", archive({}), "no file to import"),
    "half an archive": ("a.zip", archive({"lots.csv": bytes(999)})[:90], "damaged"),
    "an archive of Deflate64": (
        "a.zip",
        # The method stands in the part's own head and in the directory.
        archive({"lots.csv": b"x" * 99}).replace(
            b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x09\x00"
        ),
        "packed in a way that is not read here",
    ),
    "an archive of a version that there is none of": (
        "a.zip",
        # The directory says which version reads the part: 2.0 here, then 25.5; the newest is 6.3.
        archive({"lots.csv": b"x"}).replace(
            b"PK\x01\x02\x14\x03\x14\x00", b"PK\x01\x02\x14\x03\xff\x00"
        ),
        "damaged",
    ),
    "a bomb of files": ("a.zip", archive({"lots.csv": bytes(9 << 20)}), "more than 8 MB"),
    "thousands of files": (
        "a.zip",
        archive({f"{number}.csv": b"" for number in range(10_001)}),
        "has 10,001 parts",
    ),
    "half a workbook": ("a.xlsx", BOOK[: len(BOOK) // 2], "damaged"),
    "no XML": ("a.xlsx", archive(PARTS | {SHEET: b"<worksheet"}), "damaged"),
    "a bomb": ("a.xlsx", archive(PARTS | {"xl/media/i.png": bytes(9 << 20)}), "more than 8 MB"),
    "a cell far away": ("a.xlsx", far_away(b"XFD", b"1048576"), "1,048,576 rows and 16,384 col"),
    "a cell far away in LibreOffice": (
        "a.ods",
        archive(
            parts_of(ods(PRODUCTS))
            | {
                "content.xml": parts_of(ods(PRODUCTS))["content.xml"].replace(
                    b'<table:table-cell office:value-type="string"',
                    b'<table:table-cell table:number-columns-repeated="16384"/>'
                    b'<table:table-cell office:value-type="string"'
                    b' table:number-columns-repeated="9000000"',
                    1,
                )
            }
        ),
        "rows and 9,016,385 columns",
    ),
    "too many rows": ("a.csv", b"product_code,name\n" + b"P,Ham\n" * 1001, "an import takes 1,000"),
    "too many rows of a workbook": (
        "a.xlsx",
        xlsx({"products": [["product_code", "name"], *[[f"P{n}", "x"] for n in range(1000)]]}),
        "1,001 rows; an import takes 1,000",
    ),
    "nothing": ("products.csv", b"", "is empty"),
    "merged cells": (
        "a.xlsx",
        sheet_with(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
        ),
        "B2:B3 are merged",
    ),
    "merged cells of LibreOffice": (
        "a.ods",
        archive(
            parts_of(ods(PRODUCTS))
            | {
                "content.xml": parts_of(ods(PRODUCTS))["content.xml"].replace(
                    b'<table:table-cell office:value-type="string"><text:p>Ham',
                    b'<table:table-cell table:number-rows-spanned="2" '
                    b'office:value-type="string"><text:p>Ham',
                )
            }
        ),
        "row 2 are merged",
    ),
    "a formula without a value": (
        "a.xlsx",
        sheet_with(b"</sheetData>", b'<row r="4"><c r="B4"><f>A1</f></c></row></sheetData>'),
        "B4 is a formula without its value",
    ),
}


@pytest.mark.parametrize("what", list(FILES))
def test_a_file_that_can_t_be_taken_says_in_one_sentence_why(transaction, tmp_path, what) -> None:
    file, raw, said = FILES[what]
    (tmp_path / file).write_bytes(raw)
    reading = Reading(zone=UTC_ZONE, expanded_bytes=8 << 20, most_rows=1000)

    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path / file], by=None, reading=reading)

    (one,) = refusal.value.rejections
    assert one.file.startswith(file) and said in one.reason
    assert ask(transaction, "select count(*) from products").fetchall() == [(0,)]


def test_what_an_archive_says_of_its_size_is_not_believed(transaction, tmp_path) -> None:
    raw = archive(PARTS | {"xl/media/i.png": bytes(9 << 20)})
    lying = raw.replace((9 << 20).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != raw
    (tmp_path / "a.xlsx").write_bytes(lying)

    with pytest.raises(ImportRejected, match="unpacks to more than 8 MB"):
        import_folder(
            transaction, [tmp_path], by=None, reading=Reading(UTC_ZONE, expanded_bytes=8 << 20)
        )


def test_a_formula_gives_its_value_and_one_that_is_text_stays_text(transaction, tmp_path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("products")
        sheet.write_row(0, 0, ["product_code", "name", "gtin"])
        sheet.write_formula(1, 0, '="P-"&1', None, VALUE)
        sheet.write_string(1, 1, "=cmd|' /C calc'!A0")
        sheet.write_number(1, 2, 5991234000018)
    import_folder(transaction, [tmp_path], by=None)

    rows = ask(transaction, "select product_code, name, gtin from products").fetchall()
    assert rows == [("P-1", "=cmd|' /C calc'!A0", "5991234000018")]


def test_an_error_of_a_formula_is_named_with_its_row_and_column(transaction, tmp_path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("products")
        sheet.write_row(0, 0, ["product_code", "name"])
        sheet.write_row(1, 0, ["P", "Ham"])
        sheet.write_formula(2, 0, "=1/0", None, ERROR)
        sheet.write_string(2, 1, "Beef")
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None)

    assert {(one.file, one.line, one.column) for one in refusal.value.rejections} == {
        ("a.xlsx, sheet products", 3, "product_code")
    }


def test_a_hidden_sheet_comes_in_only_where_it_is_chosen(transaction, tmp_path) -> None:
    more = {"partners": [["partner_code", "name", "role"], ["S", "Farm", "SUPPLIER"]]}
    (tmp_path / "a.xlsx").write_bytes(xlsx(PRODUCTS | more, hidden=["partners"]))

    seen = import_folder(transaction, [tmp_path], by=None)
    chosen = Reading(UTC_ZONE, sheets=frozenset({"partners"}))
    hidden = import_folder(transaction, [tmp_path], by=None, reading=chosen)

    assert (seen["products"], seen["partners"]) == (2, 0)
    assert (hidden["products"], hidden["partners"]) == (0, 1)


def test_a_bad_cell_of_a_large_file_is_named_within_seconds(transaction, tmp_path) -> None:
    rows = [f"L{number};RAW;;1,5;2026.01.15 08:00" for number in range(100_000)]
    rows[4_998] = "L4998;RAW;;one;2026.01.15 08:00"
    text = "\n".join(["lot_code;lot_type;product_code;weight_kg;happened_at", *rows])
    (tmp_path / "lots.csv").write_text(text, encoding="utf-8")
    began = time.process_time()  # of this process alone: others may share the machine
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None)

    took = time.process_time() - began
    (one,) = refusal.value.rejections
    assert (one.file, one.line, one.column, one.value) == ("lots.csv", 5000, "weight_kg", "one")
    assert took < 10 and ask(transaction, "select count(*) from lots").fetchall() == [(0,)]


def test_a_thousand_refusals_of_one_cause_are_one_line(transaction, tmp_path) -> None:
    rows = "".join(f"L{n};MEAT;;{n};2026.01.15 08:00\n" for n in range(1000))
    (tmp_path / "lots.csv").write_text(
        f"lot_code;lot_type;product_code;weight_kg;happened_at\n{rows}X;RAW;NONE;1;2026-01-15 08:00"
    )
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, [tmp_path], by=None)

    said = [str(cause) for cause in causes(refusal.value.rejections)]
    assert len(refusal.value.rejections) == 1001 and len(said) == 2
    assert said[0].startswith('lots.csv:2, 3, 4, 5, 6 and 995 more: lot_type "MEAT": ')
    assert said[1].startswith('lots.csv:1002: product_code "NONE": ')


@each_of("ending", [".csv", ".txt", ".xlsx", ""])
def test_what_a_file_is_is_told_by_what_is_in_it(transaction, tmp_path, ending) -> None:
    (tmp_path / f"products{ending}").write_bytes(BOOK)
    added = import_folder(transaction, [tmp_path / f"products{ending}"], by=None)
    assert added["products"] in (0, 2)
