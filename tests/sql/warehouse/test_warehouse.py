"""The working file: a table is replaced whole or not at all."""

from dataclasses import replace

import pytest

from sql.errors import ModelUnreadable
from sql.warehouse.building import build
from sql.warehouse.models import ModelKind, load_model
from sql.warehouse.working_file import Warehouse
from tests import plants


def test_a_model_that_breaks_its_head_leaves_the_table_as_it_was(warehouse: Warehouse) -> None:
    plants.genealogy(warehouse, [(1, 2, None), (2, 3, None)])
    plants.build(warehouse, "genealogy.ancestries")
    broken = replace(
        load_model("genealogy.ancestries"), select="select 1 as surprise", kind=ModelKind.TABLE
    )

    with pytest.raises(ModelUnreadable, match="surprise"):
        build(warehouse, broken)

    assert list(warehouse.schema_of("genealogy.ancestries")) == [
        "descendant_lot_id",
        "ancestor_lot_ids",
        "steps",
        "shares",
    ]
    assert warehouse.count("genealogy.ancestries") == 2
    plants.build(warehouse, "genealogy.ancestries")
