"""Codes of a file that are printed on several labels: the product says which lot a link means."""

from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.imports.csv_folder import import_folder
from dashboards.imports.reading import Reading
from tests.engines import ask

READING = Reading(ZoneInfo("Europe/Budapest"))
PRODUCTS = "product_code,name\nFLOUR,Flour\nSALT,Salt\nDOUGH,Dough\n"
LOTS = (
    "lot_code,lot_type,product_code,weight_kg,happened_at,printed_code\n"
    "F1,RAW,FLOUR,100,2026-01-12T06:00Z,1512\n"
    "S1,RAW,SALT,10,2026-01-12T06:00Z,1512\n"
    "D1,,DOUGH,50,2026-01-12T08:00Z,\n"
)
HEAD = "parent_lot_code,child_lot_code,quantity_kg,happened_at"
LINK = "1512,D1,40,2026-01-12T08:00Z"


def bring(transaction, people, folder, **files: str):
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return import_folder(
        transaction, [folder], by=people["MANAGER"], reading=READING, corrects=True
    )


def refused(transaction, people, folder, **files: str) -> list[tuple[str, str]]:
    with pytest.raises(ImportRejected) as refusal:
        bring(transaction, people, folder, **files)
    return [(one.column, one.reason) for one in refusal.value.rejections]


def links(transaction) -> list[tuple[str, str]]:
    rows = ask(
        transaction,
        "select p.lot_code, c.lot_code from lot_genealogy as g inner join lots as p on "
        "g.parent_lot_id = p.lot_id inner join lots as c on g.child_lot_id = c.lot_id",
    )
    return [tuple(row) for row in rows]


def test_the_product_beside_a_printed_code_says_which_lot_went_in(
    transaction, people, tmp_path
) -> None:
    genealogy = f"{HEAD},parent_product_code\n{LINK},SALT\n"
    bring(transaction, people, tmp_path, products=PRODUCTS, lots=LOTS, genealogy=genealogy)

    assert links(transaction) == [("S1", "D1")]


def test_the_same_file_again_adds_nothing(transaction, people, tmp_path) -> None:
    genealogy = f"{HEAD},parent_product_code\n{LINK},SALT\n"
    files = {"products": PRODUCTS, "lots": LOTS, "genealogy": genealogy}
    bring(transaction, people, tmp_path, **files)

    assert sum(bring(transaction, people, tmp_path, **files).values()) == 0


def test_a_printed_code_alone_is_refused_and_names_the_lots(transaction, people, tmp_path) -> None:
    said = refused(
        transaction, people, tmp_path, products=PRODUCTS, lots=LOTS, genealogy=f"{HEAD}\n{LINK}\n"
    )

    assert said == [
        (
            "parent_lot_code",
            "is no lot's own code; it is printed on the label of F1 (FLOUR), S1 (SALT). Name the "
            "lot by its own code, or say in parent_product_code which product it is of.",
        )
    ]
    assert links(transaction) == []


def test_it_is_refused_where_no_product_can_be_said_and_where_none_of_it_shows_the_code(
    transaction, people, tmp_path
) -> None:
    shipments = (
        "shipment_code,lot_code,customer_code,quantity_kg,happened_at\n"
        "S-1,1512,C,1,2026-01-13T08:00Z\n"
    )
    partners = "partner_code,name,role\nC,Café,CUSTOMER\n"
    genealogy = f"{HEAD},parent_product_code\n{LINK},DOUGH\n"
    said = refused(
        transaction,
        people,
        tmp_path,
        products=PRODUCTS,
        partners=partners,
        lots=LOTS,
        genealogy=genealogy,
        shipments=shipments,
    )

    assert [column for column, _why in said] == ["parent_lot_code", "lot_code"]
    assert "not one alone of product DOUGH" in said[0][1]
    assert said[1][1].endswith("S1 (SALT). Name the lot by its own code.")


def test_an_own_code_names_its_lot_also_under_the_product_of_before(
    transaction, people, tmp_path
) -> None:
    genealogy = f"{HEAD},child_product_code\nF1,D1,40,2026-01-12T08:00Z,SALT\n"
    bring(transaction, people, tmp_path, products=PRODUCTS, lots=LOTS, genealogy=genealogy)

    assert links(transaction) == [("F1", "D1")]


def test_an_own_code_that_labels_of_others_show_is_told_by_the_product(
    transaction, people, tmp_path
) -> None:
    """1512 is a lot of dough, and printed on flour and salt."""
    lots = f"{LOTS}1512,,DOUGH,50,2026-01-12T07:00Z,\n"
    head = f"{HEAD},parent_product_code"
    rows = "1512,D1,4,2026-01-12T08:00Z,SALT\n1512,D1,5,2026-01-12T08:00Z,\n"
    genealogy = f"{head}\n{rows}"
    bring(transaction, people, tmp_path, products=PRODUCTS, lots=lots, genealogy=genealogy)

    assert sorted(links(transaction)) == [("1512", "D1"), ("S1", "D1")]
    (tmp_path / "lots.csv").unlink()
    said = refused(
        transaction,
        people,
        tmp_path,
        genealogy=f"{head}\n1512,D1,6,2026-01-12T08:00Z,NONE\n",
    )
    assert said[0][1].startswith("is a lot of product DOUGH, not NONE, and is printed on the label")


def test_lots_of_an_earlier_import_are_told_apart_too(transaction, people, tmp_path) -> None:
    bring(transaction, people, tmp_path, products=PRODUCTS, lots=LOTS)
    (tmp_path / "lots.csv").unlink()
    bring(transaction, people, tmp_path, genealogy=f"{HEAD},parent_product_code\n{LINK},FLOUR\n")

    assert links(transaction) == [("F1", "D1")]


def test_a_printed_code_that_reads_otherwise_is_a_correction(transaction, people, tmp_path) -> None:
    bring(transaction, people, tmp_path, products=PRODUCTS, lots=LOTS)
    bring(
        transaction,
        people,
        tmp_path,
        lots=LOTS.replace("F1,RAW,FLOUR,100", "F1,RAW,FLOUR,100").replace(
            "06:00Z,1512\nS1", "06:00Z,1612\nS1"
        ),
    )

    shown = ask(transaction, "select lot_code, printed_code from lots order by lot_code")
    assert [tuple(row) for row in shown] == [("D1", None), ("F1", "1612"), ("S1", "1512")]
    [[reason]] = ask(transaction, "select reason from facts.lot_corrections").fetchall()
    assert reason == "corrected by an import, lots.csv line 2: printed_code 1512 → 1612"
