"""An import's productions: whole or not at all, the links that follow, the same file again."""

from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from tests.dashboards.commands.test_importing import frame
from tests.dashboards.commands.test_productions import links

LOTS = frame(
    "lot_code lot_type product_code weight_kg happened_at",
    *[
        f"{code} - - {kg} @"
        for code, kg in (("MILK", 1000), ("SALT", 3), ("CURD", 90), ("WHEY", 801))
    ],
)
EVENT = "production_code happened_at place waste_kg"
SIDE = "production_code lot_code quantity_kg"
INPUTS = frame(SIDE, "VAT MILK 900", "VAT SALT 3")
OUTPUTS = frame(f"{SIDE} kind", "VAT CURD 90 MAIN", "VAT WHEY 801 CO_PRODUCT")


def plant(**changes):
    files = {
        "lots": LOTS,
        "productions": frame(EVENT, "VAT @ hall 12"),
        "production_inputs": INPUTS,
        "production_outputs": OUTPUTS,
    }
    return files | changes


def refused(transaction, files):
    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, files, by=None)
    return {(one.file, one.line, one.column) for one in refusal.value.rejections}


def test_an_import_brings_productions_with_the_links_that_follow(transaction):
    added = import_frames(transaction, plant(), by=None)
    assert (added["productions"], added["production_inputs"], added["production_outputs"]) == (
        1,
        2,
        2,
    )
    # CURD is 90 of 891 kg
    assert {pair: kg and round(kg, 3) for pair, kg in links(transaction).items()} == {
        ("MILK", "CURD"): D("90.909"),
        ("MILK", "WHEY"): D("809.091"),
        ("SALT", "CURD"): D("0.303"),
        ("SALT", "WHEY"): D("2.697"),
    }


def test_the_same_files_again_add_nothing_and_a_voided_production_stays_away(transaction, people):
    import_frames(transaction, plant(), by=None)
    assert set(import_frames(transaction, plant(), by=None).values()) == {0}
    shown = transaction.one("production_shown", production_code="VAT")
    void_fact(
        transaction,
        by=people["MANAGER"],
        kind=Voidable.PRODUCTION,
        fact_id=shown["production_id"],
        reason="another vat's figures",
    )
    passed = []
    added = import_frames(transaction, plant(), by=None, pass_over=passed.append)
    assert set(added.values()) == {0}
    assert links(transaction) == {}
    assert {one.file for one in passed} == {"production_inputs.csv", "production_outputs.csv"}
    assert "another vat's figures" in passed[0].reason


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        (
            {"production_inputs": frame(SIDE, "VAT MILK 901", "VAT SALT 3")},
            ("production_inputs.csv", 2, "quantity_kg"),
        ),
        (
            {"production_inputs": frame(SIDE, "VAT MILK 900")},
            ("production_inputs.csv", 2, "production_code"),
        ),
        (
            {"production_inputs": frame(SIDE, "VAT MILK 900", "VAT SALT 3", "VAT CURD 1")},
            ("production_inputs.csv", 4, "lot_code"),
        ),
        (
            {"production_outputs": frame(f"{SIDE} kind", "VAT CURD 90 MAIN", "VAT WHEY 801 MAIN")},
            ("production_outputs.csv", 3, "kind"),
        ),
        (
            {"productions": frame(EVENT, "VAT @ hall 13")},
            ("productions.csv", 2, "waste_kg"),
        ),
    ],
)
def test_what_reads_otherwise_than_a_known_production_is_refused(transaction, changes, cell):
    import_frames(transaction, plant(), by=None)
    assert cell in refused(transaction, plant(**changes))


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"production_outputs": OUTPUTS.clear()}, ("productions.csv", 2, "production_code")),
        ({"productions": frame(EVENT)}, ("production_inputs.csv", 2, "production_code")),
        (
            {"production_inputs": frame(SIDE, "VAT MILK 1", "VAT MILK 2")},
            ("production_inputs.csv", 3, "lot_code"),
        ),
        (
            {"production_inputs": frame(SIDE, "VAT CURD 1")},
            ("production_inputs.csv", 2, "lot_code"),
        ),
        (
            {
                "genealogy": frame(
                    "parent_lot_code child_lot_code quantity_kg happened_at", "WHEY MILK 1 @"
                )
            },
            ("production_inputs.csv", 2, "lot_code"),
        ),
        (
            {"production_inputs": frame(SIDE, "VAT MILK 0")},
            ("production_inputs.csv", 2, "quantity_kg"),
        ),
    ],
)
def test_a_production_that_can_not_be_is_refused_and_nothing_is_saved(transaction, changes, cell):
    assert cell in refused(transaction, plant(**changes))
    assert transaction.all("known_lots", codes=["MILK"]) == []
