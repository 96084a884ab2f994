"""What a folder of CSV files must look like, and that a refusal names every line."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.imports.csv_folder import ImportRejected, import_folder
from dashboards.imports.files import given_files, tables_of
from dashboards.imports.reading import Reading

LOTS = "lot_code,lot_type,product_code,weight_kg,happened_at"
AT = "2026-03-09T06:30:00+01:00"
MORE = LOTS + ",temperature_c,expires_on,metadata"

CELLS = [
    ("lots", f"{LOTS}\n,RAW,,1,{AT}\n", 2, "lot_code", "an empty mandatory value"),
    ("lots", f'{LOTS}\n"  ",RAW,,1,{AT}\n', 2, "lot_code", "a code of blanks"),
    ("lots", f"{LOTS}\n{'x' * 251},RAW,,1,{AT}\n", 2, "lot_code", "a code too long"),
    ("lots", f"{LOTS}\nA\u200b,RAW,,1,{AT}\n", 2, "lot_code", "an invisible character"),
    ("lots", f"{LOTS}\n(10)XT-1,RAW,,1,{AT}\n", 2, "lot_code", "a whole label"),
    ("lots", f"{LOTS}\n]C110XT-1,RAW,,1,{AT}\n", 2, "lot_code", "a label as scanned"),
    ("lots", f"{LOTS}\nA,RAW,,1,{AT}\nB,HAM,,1,{AT}\n", 3, "lot_type", "an unknown type"),
    ("lots", f"{LOTS}\nA,RAW,,NaN,{AT}\n", 2, "weight_kg", "a weight that is no number"),
    ("lots", f"{LOTS}\nA,RAW,,-1,{AT}\n", 2, "weight_kg", "a negative weight"),
    ("lots", f"{LOTS}\nA,RAW,,1.0000001,{AT}\n", 2, "weight_kg", "a weight finer than a milligram"),
    ("lots", f"{LOTS}\nA,RAW,,1,\n", 2, "happened_at", "no time"),
    ("lots", f"{LOTS}\nA,RAW,,1,03/04/2026 06:30\n", 2, "happened_at", "a day or month first"),
    ("lots", f"{LOTS}\nA,RAW,,1,2026-02-30 06:30\n", 2, "happened_at", "a day that never is"),
    ("lots", f"{LOTS}\nA,RAW,,1,46328.2708\n", 2, "happened_at", "the number of a day"),
    ("lots", f"{LOTS}\nA,RAW,,1,yesterday\n", 2, "happened_at", "no time at all"),
    ("lots", f"{LOTS}\nA,RAW,,1,9999-01-01T00:00+00:00\n", 2, "happened_at", "the future"),
    ("lots", f"{LOTS}\nA,RAW,,1,0001-01-01T00:00+05:00\n", 2, "happened_at", "before year 1"),
    ("lots", f"{LOTS}\nA,RAW,,1_000,{AT}\n", 2, "weight_kg", "an underscore"),
    ("lots", f"{LOTS}\nA,RAW,,\u0661\u0662,{AT}\n", 2, "weight_kg", "Arabic digits"),
    ("lots", f'{LOTS}\nA,RAW,,"25,500",{AT}\n', 2, "weight_kg", "a weight of two readings"),
    ("lots", f"{LOTS}\nA,RAW,,1,0206-03-09T06:30Z\n", 2, "happened_at", "a year mistyped"),
    ("lots", f"{MORE}\nA,RAW,,1,{AT},,0206-12-31,\n", 2, "expires_on", "a day's year mistyped"),
    (
        "lots",
        f'{MORE}\nA,RAW,,1,{AT},,,"{{""a"": 1, ""a"": 2}}"\n',
        2,
        "metadata",
        "a name twice",
    ),
    (
        "lots",
        f'{MORE}\nA,RAW,,1,{AT},,,"{{""b"": [{{""a"": 1, ""a"": 2}}]}}"\n',
        2,
        "metadata",
        "a name twice within",
    ),
    ("lots", f"{MORE}\nA,RAW,,1,{AT},-273.16,,\n", 2, "temperature_c", "below zero"),
    ("lots", f"{MORE}\nA,RAW,,1,{AT},,03/04/2026,\n", 2, "expires_on", "a date of two readings"),
    ("lots", f"{MORE}\nA,RAW,,1,{AT},,,[1]\n", 2, "metadata", "metadata no object"),
    ("lots", f'{MORE}\nA,RAW,,1,{AT},,,"{{""a"": NaN}}"\n', 2, "metadata", "NaN in metadata"),
    ("lots", f'{MORE}\nA,RAW,,1,{AT},,,"{{""a"": 1e400}}"\n', 2, "metadata", "a huge number"),
    ("lots", f'{MORE}\nA,RAW,,1,{AT},,,"{{""a"": ""\\u0000""}}"\n', 2, "metadata", "U+0000"),
    ("lots", f'{MORE}\nA,RAW,,1,{AT},,,"{{""a"": ""\\ud800""}}"\n', 2, "metadata", "surrogate"),
    ("lots", f"{MORE}\nA,RAW,,1,{AT},,,{'[' * 9000}\n", 2, "metadata", "metadata too deep"),
    ("lots", f"{LOTS}\nA,RAW,,1\n", 2, "", "a line too short"),
    ("lots", f"{LOTS}\nA,RAW,,1,{AT},x\n", 2, "", "a line too long"),
    ("lots", f'{LOTS}\nA,RAW,,1,{AT}\n"B,RAW\n', 3, "", "a quote never closed"),
    ("lots", f"{LOTS},colour\nA,RAW,,1,{AT},red\n", 1, "colour", "an unknown column"),
    ("lots", f"{LOTS},lot_type\nA,RAW,,1,{AT},RAW\n", 1, "lot_type", "a column given twice"),
    ("products", "product_code\nP\n", 1, "name", "a missing column"),
    ("recipes", "a,b\n1,2\n", 1, "", "an unknown file"),
    ("partners", "partner_code,name,role\nS,Farm,FARM\n", 2, "role", "an unknown role"),
    ("production_runs", "run_code,status\nR,DONE\n", 2, "status", "an unknown status"),
    (
        "production_runs",
        f"run_code,started_at,ended_at\nR,{AT},2026-03-08T00:00Z\n",
        2,
        "ended_at",
        "a run that ends before it starts",
    ),
    (
        "readings",
        f"lot_code,characteristic,value,unit,happened_at\nA,ph,,pH,{AT}\n",
        2,
        "value",
        "a reading of nothing",
    ),
    (
        "readings",
        f"lot_code,characteristic,value,unit,happened_at\nA,ph,1e99,pH,{AT}\n",
        2,
        "value",
        "a reading too large",
    ),
    (
        "readings",
        f"lot_code,characteristic,value,unit,happened_at\nA,ph,0.{'1' * 13},pH,{AT}\n",
        2,
        "value",
        "a reading finer than the record keeps",
    ),
]


def write(folder, **files):
    for stem, content in files.items():
        content = content if isinstance(content, bytes) else content.encode()
        (folder / f"{stem}.csv").write_bytes(content)
    return [folder]


def read(folder):
    """Read a folder's files; nothing in them is wrong."""
    tables, wrong, rejections = tables_of(given_files([folder]), Reading(ZoneInfo("UTC")))
    assert (wrong, rejections) == ([], [])
    return {table.stem: table.frame for table in tables}


def refused(transaction, paths):
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, paths, by=None)
    return [(one.file, one.line, one.column) for one in refusal.value.rejections]


@pytest.mark.parametrize(
    ("stem", "content", "line", "column"),
    [pytest.param(*case[:4], id=case[4]) for case in CELLS],
)
def test_what_a_file_may_not_hold_is_named(transaction, tmp_path, stem, content, line, column):
    found = refused(transaction, write(tmp_path, **{stem: content}))

    assert (f"{stem}.csv", line, column) in found
    assert transaction.all("known_lots", codes=["A", "B"]) == []


def test_each_cell_that_is_no_utf_8_is_named(transaction, tmp_path):
    content = f"{LOTS}\nÁ,RAW,,1,{AT}\n".encode() + f"Sö,RAW,,1,{AT}\n".encode("latin-1")

    assert refused(transaction, write(tmp_path, lots=content)) == [("lots.csv", 3, "lot_code")]


def test_a_file_of_commas_may_hold_any_other_separator_in_its_cells(tmp_path) -> None:
    write(tmp_path, products='product_code,name\nP,"Ham; tin|can"\n')

    assert read(tmp_path)["products"]["name"].to_list() == ["Ham; tin|can"]


def test_every_bad_row_is_named_and_the_text_shows_the_first(transaction, tmp_path):
    rows = "".join(f"L{number},RAW,,x,{AT}\n" for number in range(300))

    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, write(tmp_path, lots=f"{LOTS}\n{rows}"), by=None)

    assert [one.line for one in refusal.value.rejections] == list(range(2, 302))
    assert str(refusal.value).startswith("300 values") and "and 295 more" in str(refusal.value)


def test_mistakes_of_form_and_of_reference_are_told_together(transaction, tmp_path):
    paths = write(tmp_path, lots=f"{LOTS}\nA,RAW,,x,{AT}\nB,RAW,NONE,1,{AT}\n")

    assert refused(transaction, paths) == [
        ("lots.csv", 2, "weight_kg"),
        ("lots.csv", 3, "product_code"),
    ]


def test_lines_are_counted_as_an_editor_counts_them(transaction, tmp_path):
    content = 'product_code,name\nA,"two\nlines"\n\nB,\n'

    assert refused(transaction, write(tmp_path, products=content)) == [("products.csv", 5, "name")]


def test_a_bom_is_passed_over_and_an_empty_cell_is_null(tmp_path):
    write(tmp_path, products=b"\xef\xbb\xbfproduct_code,name,gtin\nP,Ham,\n")

    frame = read(tmp_path)["products"]

    assert frame.rows() == [("P", "Ham", None)]


def test_a_folder_without_a_file_to_import_is_refused(transaction, tmp_path):
    (tmp_path / "readme.md").write_text("nothing to import")
    assert refused(transaction, [tmp_path]) == [(tmp_path.name, 1, "")]


LABEL = "(01)05991234000018(10)SUPLOT7"


@pytest.mark.parametrize("field", ["lot_code", "supplier_lot_code"])
@pytest.mark.parametrize("label", [LABEL, "]C110XT-1", "(10)XT-1"])
def test_a_label_as_it_was_scanned_names_no_lot_in_a_file(
    transaction, tmp_path, field, label
) -> None:
    """Neither the plant's own lot nor the supplier's; it is named with its line and the way out."""
    row = {"lot_code": "A", "supplier_lot_code": "S-1"} | {field: label}
    content = (
        "lot_code,lot_type,product_code,weight_kg,happened_at,supplier_lot_code\n"
        f"{row['lot_code']},RAW,,5,{AT},{row['supplier_lot_code']}\n"
    )
    with pytest.raises(ImportRejected) as refusal:
        import_folder(transaction, write(tmp_path, lots=content), by=None)

    (one,) = refusal.value.rejections
    assert (one.file, one.line, one.column, one.value) == ("lots.csv", 2, field, label)
    assert "whole label as it was scanned, not a code" in one.reason
    assert "Enter the code alone." in one.reason
    assert transaction.all("known_lots", codes=["A", label]) == []
