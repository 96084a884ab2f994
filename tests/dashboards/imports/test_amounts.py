"""Amounts in files: pieces, litres, grams as the record keeps them; halves named where they are."""

from decimal import Decimal as D
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from dashboards.exports.plant_files import export_plant
from dashboards.imports.csv_folder import ImportRejected, import_frames
from tests.engines import ask

AT = "2026-01-15T08:00:00+01:00"


def frame(head: str, *rows: str) -> pl.DataFrame:
    names = head.split(",")
    cells = [[cell or None for cell in row.split(",")] for row in rows]
    return pl.DataFrame(
        {name: [row[at] for row in cells] for at, name in enumerate(names)},
        schema=dict.fromkeys(names, pl.String),
    )


PLANT = {
    "products": frame(
        "product_code,name,unit,kg_per_unit", "PIE,Pie,pcs,0.37", "OIL,Oil,l,", "FLOUR,Flour,,"
    ),
    "partners": frame("partner_code,name,role", "SHOP,Shop,CUSTOMER"),
    "lots": frame(
        "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at",
        f"PIES,FG,PIE,,480,db,{AT}",
        f"OIL1,RAW,OIL,,200,L,{AT}",
        f"OIL2,RAW,OIL,,50000,ml,{AT}",
        f"ENZYME,RAW,FLOUR,,0.5,g,{AT}",
        f"HAM,FG,,612.4,40,pcs,{AT}",
        f"BLEND,MIX,OIL,,240,l,{AT}",
    ),
    "genealogy": frame(
        "parent_lot_code,child_lot_code,quantity_kg,quantity,unit,happened_at",
        f"OIL1,BLEND,,190,l,{AT}",
        f"OIL2,BLEND,,5000,cl,{AT}",
    ),
    "shipments": frame(
        "shipment_code,lot_code,customer_code,quantity_kg,quantity,unit,happened_at",
        f"S1,PIES,SHOP,,20,pcs,{AT}",
    ),
}
LOTS = {
    "PIES": (D("177.6"), D(480), "pcs"),  # 0.37 kg each
    "OIL1": (None, D(200), "l"),
    "OIL2": (None, D(50), "l"),
    "ENZYME": (D("0.0005"), None, None),
    "HAM": (D("612.4"), D(40), "pcs"),
    "BLEND": (None, D(240), "l"),
}


def test_amounts_of_a_file_are_kept_in_their_units_and_the_same_file_adds_nothing(
    transaction, tmp_path
) -> None:
    added = import_frames(transaction, PLANT, by=None)
    assert (added["lots"], added["genealogy"], added["shipments"]) == (6, 2, 1)
    found = ask(transaction, "select lot_code, weight_kg, quantity, unit from lots").fetchall()
    assert {code: tuple(said) for code, *said in found} == LOTS
    links = ask(transaction, "select quantity_kg, quantity, unit from lot_genealogy").fetchall()
    assert sorted(map(tuple, links), key=str) == [(None, D(190), "l"), (None, D(50), "l")]

    assert not any(import_frames(transaction, PLANT, by=None).values())

    export_plant(transaction, tmp_path, ZoneInfo("Europe/Budapest"))
    exported = {stem: pl.read_csv(tmp_path / f"{stem}.csv", infer_schema=False) for stem in PLANT}
    lots = {row["lot_code"]: row for row in exported["lots"].to_dicts()}
    assert (lots["HAM"]["weight_kg"], lots["HAM"]["quantity"]) == ("612.4", "40")
    assert (lots["ENZYME"]["weight_kg"], lots["ENZYME"]["unit"]) == ("0.0005", None)
    assert not any(import_frames(transaction, exported, by=None).values())


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (f"A,FG,,,480,,{AT}", "unit", "has no unit"),
        (f"A,FG,,,,pcs,{AT}", "quantity", "has no amount"),
        (f"A,FG,,,480,furlong,{AT}", "unit", "is not known"),
        (f"A,FG,,480 parsecs,,,{AT}", "weight_kg", "must be a number"),
        (f"A,FG,,0.4,500,g,{AT}", "weight_kg", "comes to 0.5 kg"),
    ],
)
def test_half_an_amount_is_refused_where_it_stands(transaction, row, column, reason) -> None:
    lots = frame("lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at", row)

    with pytest.raises(ImportRejected) as refused:
        import_frames(transaction, {"lots": lots}, by=None)

    (one,) = refused.value.rejections
    assert one.column == column
    assert reason in one.reason


def test_kilograms_a_unit_without_a_unit_are_refused(transaction) -> None:
    products = frame("product_code,name,unit,kg_per_unit", "PIE,Pie,,0.37", "OIL,Oil,g,0.001")

    with pytest.raises(ImportRejected) as refused:
        import_frames(transaction, {"products": products}, by=None)

    assert [(one.line, one.column) for one in refused.value.rejections] == [
        (2, "kg_per_unit"),
        (3, "kg_per_unit"),
    ]
