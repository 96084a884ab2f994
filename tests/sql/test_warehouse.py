"""The working file: a table is replaced whole or not at all."""

from dataclasses import replace

import pytest

from sql.errors import ModelUnreadable
from sql.models import Kind, load_model
from sql.warehouse import Warehouse
from tests import plants


def test_a_model_that_breaks_its_head_leaves_the_table_as_it_was(warehouse: Warehouse) -> None:
    plants.genealogy(warehouse, [(1, 2, None), (2, 3, None)])
    plants.build(warehouse, "genealogy.closure")
    broken = replace(
        load_model("genealogy.closure"), select="select 1 as surprise", kind=Kind.TABLE
    )

    with pytest.raises(ModelUnreadable, match="surprise"):
        warehouse.build(broken)

    assert list(warehouse.schema_of("genealogy.closure")) == [
        "ancestor_lot_id", "descendant_lot_id", "steps", "share"
    ]  # fmt: skip
    assert warehouse.count("genealogy.closure") == 3
    plants.build(warehouse, "genealogy.closure")
