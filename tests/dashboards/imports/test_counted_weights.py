"""Rows that give pieces alone weigh what their product tells; weighed kilograms are kept."""

from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.imports.csv_folder import import_frames
from tests.dashboards.imports.test_amounts import AT, frame
from tests.engines import ask

HEAD = "shipment_code,lot_code,customer_code,quantity_kg,quantity,unit,happened_at"
PRODUCTS = "product_code,name,unit,kg_per_unit"
PLANT = {
    "products": frame(PRODUCTS, "PIE,Pie,pcs,0.333333", "OIL,Oil,l,0.92", "TRAY,Tray,tray,"),
    "partners": frame("partner_code,name,role", "SHOP,Shop,CUSTOMER"),
    "lots": frame(
        "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at",
        f"PIES,FG,PIE,,480,pcs,{AT}",
        f"HAND,FG,PIE,161.5,480,pcs,{AT}",
        f"OIL1,RAW,OIL,,200000,ml,{AT}",
        f"TRAYS,FG,TRAY,,30,tray,{AT}",
        f"BOXED,FG,PIE,,10,box,{AT}",
        f"DISH,FG,,,8,pcs,{AT}",
    ),
    "genealogy": frame(
        "parent_lot_code,child_lot_code,quantity_kg,quantity,unit,happened_at",
        f"OIL1,DISH,,0.5,l,{AT}",
        f"PIES,DISH,2.5,6,pcs,{AT}",
    ),
    "shipments": frame(
        HEAD,
        f"S1,PIES,SHOP,,3,pcs,{AT}",
        f"S2,PIES,SHOP,1.1,3,pcs,{AT}",
        f"S9,HAND,SHOP,,3,pcs,{AT}",
    ),
}


def kilograms(transaction) -> tuple[dict, dict, dict]:
    """Return what lots, links and shipments weigh, by code."""
    lots = ask(transaction, "select lot_code, weight_kg from lots").fetchall()
    links = ask(
        transaction,
        "select lot_code, quantity_kg from lot_genealogy inner join lots on lot_id = parent_lot_id",
    ).fetchall()
    sent = ask(transaction, "select shipment_code, quantity_kg from shipments").fetchall()
    return dict(map(tuple, lots)), dict(map(tuple, links)), dict(map(tuple, sent))


def test_pieces_and_litres_of_a_file_weigh_what_their_product_does_to_the_milligram(
    transaction,
) -> None:
    import_frames(transaction, PLANT, by=None)

    lots, links, sent = kilograms(transaction)
    # 480 × 0.333333 and 200 × 0.92; what a tray or a box weighs, nobody said.
    assert lots == {
        "PIES": D("159.999840"),
        "HAND": D("161.5"),
        "OIL1": D(184),
        "TRAYS": None,
        "BOXED": None,
        "DISH": None,
    }
    assert links == {"OIL1": D("0.46"), "PIES": D("2.5")}
    # 3 of the 480 that were weighed by hand: 161.5 / 160.
    assert sent == {"S1": D("0.999999"), "S2": D("1.1"), "S9": D("1.009375")}


def test_weighed_kilograms_that_are_not_those_of_their_pieces_are_kept_and_told_once(
    transaction,
) -> None:
    told = []
    import_frames(transaction, PLANT, by=None, warn=told.append)

    assert [(one.file, one.line, one.column, one.value) for one in told] == [
        ("lots.csv", 3, "weight_kg", "161.5"),
        ("genealogy.csv", 3, "quantity_kg", "2.5"),
        ("shipments.csv", 3, "quantity_kg", "1.1"),
    ]
    assert told[0].reason == "480 pcs of PIE come to 159.99984 kg. What was weighed is kept."
    told.clear()
    assert not any(import_frames(transaction, PLANT, by=None, warn=told.append).values())
    assert told == []


def test_the_same_file_adds_and_changes_nothing_once_a_piece_weighs_something_else(
    transaction,
) -> None:
    import_frames(transaction, PLANT, by=None)
    before = kilograms(transaction)

    heavier = PLANT | {"products": frame(PRODUCTS, "PIE,Pie,pcs,0.4")}
    added = import_frames(transaction, heavier, by=None, corrects=True)
    assert not any(added.values())
    assert not any(import_frames(transaction, heavier, by=None).values())
    assert kilograms(transaction) == before

    # A new lot weighs what a piece weighs now, 20 × 0.4; of an old one what its pieces weighed.
    lots = frame(
        "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at",
        f"NEWER,FG,PIE,,20,pcs,{AT}",
    )
    import_frames(
        transaction, {"lots": lots, "shipments": frame(HEAD, f"S3,PIES,SHOP,,3,pcs,{AT}")}, by=None
    )
    lots, _, sent = kilograms(transaction)
    assert (lots["NEWER"], sent["S3"], sent["S1"]) == (D(8), D("0.999999"), D("0.999999"))


def test_other_pieces_under_a_known_lot_are_a_correction_of_both_figures(transaction) -> None:
    import_frames(transaction, PLANT, by=None)
    fewer = {
        "lots": frame(
            "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at",
            f"PIES,FG,PIE,,300,pcs,{AT}",
            f"HAND,FG,PIE,,300,pcs,{AT}",
        )
    }
    with pytest.raises(ImportRejected) as refused:
        import_frames(transaction, fewer, by=None)

    # HAND was weighed: an empty cell doesn't say that it weighs something else.
    assert [(one.line, one.column, one.value) for one in refused.value.rejections] == [
        (2, "weight_kg", "99.999900"),
        (2, "quantity", "300"),
        (3, "quantity", "300"),
    ]


def test_a_count_follows_kilograms_that_a_file_corrects_alone(transaction) -> None:
    """99.9999 kg are 300 pies of 0.333333 kg; 184 l of oil weigh 169.28 kg. HAND was weighed."""
    import_frames(transaction, PLANT, by=None)
    lots = {
        "lots": frame(
            "lot_code,lot_type,product_code,weight_kg,happened_at",
            f"PIES,FG,PIE,99.9999,{AT}",
            f"HAND,FG,PIE,150,{AT}",
            f"OIL1,RAW,OIL,169.28,{AT}",
        )
    }
    with pytest.raises(ImportRejected) as refused:
        import_frames(transaction, lots, by=None)
    said = [(one.line, one.column, one.value) for one in refused.value.rejections]
    assert said == [
        (2, "weight_kg", "99.9999"),
        (2, "quantity", "300"),
        (3, "weight_kg", "150"),
        (4, "weight_kg", "169.28"),
        (4, "quantity", "184.000000"),
    ]

    import_frames(transaction, lots, by=None, corrects=True)

    counts = ask(
        transaction,
        "select lot_code, quantity from lots where lot_code in ('PIES', 'HAND', 'OIL1')",
    )
    assert dict(map(tuple, counts)) == {"PIES": 300, "HAND": 480, "OIL1": 184}


def test_a_file_that_says_both_keeps_both_and_tells_it_once(transaction) -> None:
    import_frames(transaction, PLANT, by=None)
    told = []
    head = "lot_code,lot_type,product_code,weight_kg,quantity,unit,happened_at"
    lots = {"lots": frame(head, f"PIES,FG,PIE,99.9999,480,pcs,{AT}")}
    import_frames(transaction, lots, by=None, corrects=True, warn=told.append)

    assert [one.reason for one in told] == [
        "480 pcs of PIE come to 159.99984 kg. What was weighed is kept."
    ]
    counts = ask(transaction, "select weight_kg, quantity from lots where lot_code = 'PIES'")
    assert [tuple(row) for row in counts] == [(D("99.9999"), 480)]
    told.clear()
    assert not any(import_frames(transaction, lots, by=None, warn=told.append).values())
    assert told == []


def test_two_equal_rows_of_pieces_beside_a_weighed_one_are_three_facts_and_stay_so(
    transaction,
) -> None:
    import_frames(transaction, PLANT, by=None)
    links = {
        "genealogy": frame(
            "parent_lot_code,child_lot_code,quantity_kg,quantity,unit,happened_at",
            f"PIES,HAND,,6,pcs,{AT}",
            f"PIES,HAND,2.5,6,pcs,{AT}",
            f"PIES,HAND,,6,pcs,{AT}",
        )
    }
    assert import_frames(transaction, links, by=None)["genealogy"] == 3
    heavier = {"products": frame(PRODUCTS, "PIE,Pie,pcs,0.4")}
    import_frames(transaction, heavier, by=None, corrects=True)

    assert not any(import_frames(transaction, links, by=None).values())
