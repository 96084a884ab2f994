"""`lotline trace` tells suspect pieces and litres, each in its unit."""

import csv
import json

import pytest

from tests.counted_plants import register_counted
from tests.terminal import lotline


@pytest.fixture(autouse=True)
def counted(settings, record, people) -> None:
    with record.transaction() as transaction:
        register_counted(transaction, people)


def test_csv_and_json_tell_each_lot_in_its_unit() -> None:
    whole = json.loads(lotline("trace", "FLOUR", "--format", "json").stdout)
    lots = {lot["lot_code"]: lot for lot in whole["lots"]}
    assert (lots["LOAVES"]["suspect_on_hand_quantity"], lots["LOAVES"]["unit"]) == (80, "pcs")
    assert lots["LOAVES"]["suspect_shipped_quantity"] == 20
    assert "suspect_quantity" not in lots["FLOUR"]

    rows = csv.DictReader(lotline("trace", "FLOUR", "--format", "csv").stdout.splitlines())
    told = {row["lot_code"]: (row["suspect_quantity"], row["unit"]) for row in rows}
    assert told == {"FLOUR": ("", ""), "LOAVES": ("100.000", "pcs"), "DRINK": ("30.000", "l")}


def test_a_table_says_what_is_here_and_what_each_customer_has() -> None:
    said = lotline("trace", "FLOUR").stdout

    assert "160 pcs" in said and "30 l" in said
    assert "80 pcs" in said and "50 pcs" in said
