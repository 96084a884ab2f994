"""The working file: a table is replaced whole or not at all."""

from dataclasses import replace

import pytest

from sql.errors import ModelUnreadable
from sql.models import load_model
from sql.warehouse import Warehouse
from tests import plants


def test_a_model_that_breaks_its_head_leaves_the_table_as_it_was(warehouse: Warehouse) -> None:
    plants.genealogy(warehouse, [], lots=2)
    plants.build(warehouse, "genealogy.levels")
    broken = replace(load_model("genealogy.levels"), select="select 1 as surprise")

    with pytest.raises(ModelUnreadable, match="surprise"):
        warehouse.build(broken)

    assert list(warehouse.schema_of("genealogy.levels")) == ["lot_id", "level"]
    assert warehouse.count("genealogy.levels") == 2
    plants.build(warehouse, "genealogy.levels")
