"""`lotline trace` names the units that hold something of the answer, and those that left."""

import csv
import json

import pytest

from tests.packed_plants import CASE, GONE, PALLET, register_packed
from tests.terminal import lotline


@pytest.fixture(autouse=True)
def packed(settings, record, people) -> None:
    with record.transaction() as transaction:
        register_packed(transaction, people)


def test_a_table_says_where_to_find_them_and_with_which_shipment_others_left() -> None:
    said = lotline("trace", "R").stdout

    assert "Packed here in 1 unit; to find on the floor: 1. 1 unit left the plant." in said
    here, left = [line.split() for line in said.splitlines() if line.startswith("059012345")]
    assert here[:4] == [CASE, PALLET, "A", "30.000"]
    assert left == [GONE, GONE, "A", "10.000", "S-1", "Shop"]


def test_json_holds_each_unit_and_csv_names_them_lot_by_lot() -> None:
    whole = json.loads(lotline("trace", "R", "--format", "json").stdout)
    assert [(u["sscc"], u["outermost_sscc"], u["shipment_code"]) for u in whole["units"]] == [
        (CASE, PALLET, None),
        (GONE, GONE, "S-1"),
    ]
    rows = csv.DictReader(lotline("trace", "R", "--format", "csv").stdout.splitlines())
    assert {row["lot_code"]: (row["units_here"], row["units_left"]) for row in rows} == {
        "R": ("", ""),
        "A": (CASE, f"{GONE} (S-1)"),
    }
