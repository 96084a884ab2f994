"""What `lotline import` says of a workbook beside what it takes."""

from tests.dashboards.imports.workbooks import xlsx
from tests.terminal import lotline

SHEETS = {
    "products": [["product_code", "name"], ["P1", "Rods"]],
    "partners": [["partner_code", "name", "role"], ["S", "Farm", "SUPPLIER"]],
}


def test_a_hidden_sheet_that_is_left_out_is_named_until_it_is_chosen(
    settings, record, tmp_path
) -> None:
    book = tmp_path / "a.xlsx"
    book.write_bytes(xlsx(SHEETS, hidden=["partners"]))
    ended = lotline("import", str(book))
    chosen = lotline("import", "--sheet", "partners", str(book))

    assert ended.returncode == 0
    assert "a.xlsx, sheet partners is hidden there and left out" in ended.stderr
    assert "1 products, 0 partners" in ended.stdout
    assert "hidden" not in chosen.stderr and "1 partners" in chosen.stdout
