"""A cell that says its unit is an amount in that unit; never a number of another one."""

from decimal import Decimal as D

import pytest

from dashboards.imports.csv_folder import ImportRejected, import_folder
from tests.engines import ask

AT = "2026-05-04T06:00:00+02:00"
LOTS = "lot_code,lot_type,product_code,weight_kg,happened_at"
# What stands in the cell of kilograms: what the record keeps, as kg, amount and unit.
CELLS = {
    "36 pcs": (None, D(36), "pcs"),
    "36 Stk.": (None, D(36), "pcs"),
    "150 L": (None, D(150), "l"),
    "7.5 dl": (None, D("0.75"), "l"),
    "25.5 kg": (D("25.5"), None, None),
    "2 t": (D(2000), None, None),
    "0.5 g": (D("0.0005"), None, None),
    "1 250.5 kg": (D("1250.5"), None, None),
    "12": (D(12), None, None),
}


def write(folder, **files: str):
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return [folder]


def lots_of(transaction) -> dict[str, tuple]:
    rows = ask(transaction, "select lot_code, weight_kg, quantity, unit from lots").fetchall()
    return {code: (kg, quantity, unit) for code, kg, quantity, unit in rows}


def test_an_amount_with_its_unit_in_the_weights_column_is_kept_in_that_unit(
    transaction, people, tmp_path
) -> None:
    rows = [f"C-{at},RAW,,{cell},{AT}" for at, cell in enumerate(CELLS)]
    folder = write(tmp_path, lots="\n".join([LOTS, *rows]) + "\n")
    first = import_folder(transaction, folder, by=people["MANAGER"])
    again = import_folder(transaction, folder, by=people["MANAGER"])

    assert (first["lots"], again["lots"]) == (len(CELLS), 0)
    assert lots_of(transaction) == {f"C-{at}": kept for at, kept in enumerate(CELLS.values())}


def test_decimal_commas_and_units_of_links_and_shipments_are_read_too(
    transaction, people, tmp_path
) -> None:
    folder = write(
        tmp_path,
        partners="partner_code;name;role\nSHOP;Shop;CUSTOMER\n",
        lots=f"{LOTS.replace(',', ';')};temperature_c\nTEA;RAW;;;{AT};18,5 °C\n"
        f"CUP;FG;;4,25 kg;{AT};-18 C\n",
        genealogy=f"parent_lot_code;child_lot_code;quantity_kg;happened_at\nTEA;CUP;12 db;{AT}\n",
        shipments="shipment_code;lot_code;customer_code;quantity_kg;happened_at\n"
        f"S-1;CUP;SHOP;1,5 kg;{AT}\n",
    )
    import_folder(transaction, folder, by=people["MANAGER"])

    kept = ask(
        transaction, "select weight_kg, temperature_c from lots order by lot_code"
    ).fetchall()
    link = ask(transaction, "select quantity_kg, quantity, unit from lot_genealogy").fetchall()
    shipped = ask(transaction, "select quantity_kg, unit from shipments").fetchall()
    assert [tuple(row) for row in kept] == [(D("4.25"), D(-18)), (None, D("18.5"))]
    assert [tuple(row) for row in link] == [(None, D(12), "pcs")]
    assert [tuple(row) for row in shipped] == [(D("1.5"), None)]


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("36 pcs", ("40", "pcs")),  # two amounts: which one is meant?
        ("36 parsecs", ("", "")),
        ("36 °F", ("", "")),
        ("kg 36", ("", "")),
        ("36 kg 2", ("", "")),
        ("1e3 pcs", ("", "")),
    ],
)
def test_what_can_not_be_taken_apart_is_refused_naming_the_cell(
    transaction, people, tmp_path, cell, more
) -> None:
    row = ",".join(["C-1", "RAW", "", cell, AT, *more])
    folder = write(tmp_path, lots=f"{LOTS},quantity,unit\n{row}\n")
    with pytest.raises(ImportRejected) as refused:
        import_folder(transaction, folder, by=people["MANAGER"])

    (one,) = refused.value.rejections
    assert (one.line, one.column, one.value) == (2, "weight_kg", cell)
    assert lots_of(transaction) == {}


def test_a_refused_amount_is_named_under_the_heading_it_came_from(
    transaction, people, tmp_path
) -> None:
    folder = write(
        tmp_path, lots=f"{LOTS.replace('weight_kg', 'Gewicht (kg)')}\nC-1,RAW,,-3 pcs,{AT}\n"
    )
    with pytest.raises(ImportRejected) as refused:
        import_folder(transaction, folder, by=people["MANAGER"])

    (one,) = refused.value.rejections
    assert (one.line, one.column) == (2, "Gewicht (kg)")
