"""A plant of years, drawn from a seed: about 700 lots and 1,370 links a day, in numpy arrays.

A day: 40 meat lots and 3 spice lots received (the last 20 spice lots are in use), 60 deboned from
1-2 of them, 20 bulk from 3-6 of those (the first 5 also hold 1 of yesterday's last 5, but for a
clean break each 7 days), 40 mixes from 1-2 bulk and 3-5 spices, 200 skewered from 1-2 mixes, 40
freezing cycles of 4-8 skewered, 300 finished from 1-2 cycles. Every link weighs 1 to 99 kg.
"""

import numpy as np
import pyarrow as pa

from sql.warehouse.copied_tables import declared_columns
from sql.warehouse.copy_writing import load_copy
from sql.warehouse.working_file import Warehouse
from tests.plants import MOMENT

SEED = 20261125
MADE_A_DAY = {
    "MEAT": 40,
    "SPICE": 3,
    "DEB": 60,
    "BULK": 20,
    "MIX": 40,
    "SKW": 200,
    "FRZ": 40,
    "FG": 300,
}
LOTS_A_DAY = sum(MADE_A_DAY.values())
SPICES_IN_USE = 20
CARRIED_OVER = 5
CLEAN_BREAK_DAYS = 7

Arrays = tuple[np.ndarray, np.ndarray]


def links(days: int) -> Arrays:
    """Draw the links of so many days as (parent ids, child ids); ids from 1, day by day."""
    chance = np.random.default_rng(SEED)
    drawn = [_day(day, chance) for day in range(days)]
    parents, children = (np.concatenate(half) for half in zip(*drawn, strict=True))
    return parents, children


def write(warehouse: Warehouse, days: int) -> tuple[int, int]:
    """Write so many days of lots and links into the copied tables, and return both counts."""
    parents, children = links(days)
    lot_ids = np.arange(1, days * LOTS_A_DAY + 1)
    _load(
        warehouse,
        "lots",
        {
            "lot_id": pa.array(lot_ids),
            "lot_code": pa.array([f"L{n}" for n in lot_ids]),
        },
    )
    grams = np.random.default_rng(SEED).integers(1_000, 99_000, len(parents))
    _load(
        warehouse,
        "lot_genealogy",
        {
            "link_id": pa.array(np.arange(1, len(parents) + 1)),
            "parent_lot_id": pa.array(parents),
            "child_lot_id": pa.array(children),
            "quantity_kg": pa.array(grams / 1000),
        },
    )
    return len(lot_ids), len(parents)


def _load(warehouse: Warehouse, table: str, columns: dict[str, pa.Array]) -> None:
    """Fill a copied table; what is not null there and not given is MOMENT."""
    count = len(next(iter(columns.values())))
    moments = pa.array([MOMENT] * count, pa.timestamp("us", "UTC"))
    timed = {n: moments for n in declared_columns(table) if n in ("happened_at", "recorded_at")}
    load_copy(warehouse, table, pa.table(columns | timed).to_reader())


def _day(day: int, chance: np.random.Generator) -> Arrays:
    """Draw one day's links."""
    begin = day * LOTS_A_DAY + 1
    made, at = {}, begin
    for kind, count in MADE_A_DAY.items():
        made[kind] = np.arange(at, at + count)
        at += count
    spices = np.concatenate(
        [made["SPICE"] - back * LOTS_A_DAY for back in range(SPICES_IN_USE // 3 + 1)]
    )
    spices = np.sort(spices[spices > 0])[-SPICES_IN_USE:]
    parts = [
        _from(made["MEAT"], made["DEB"], 1, 2, chance),
        _from(made["DEB"], made["BULK"], 3, 6, chance),
        _from(made["BULK"], made["MIX"], 1, 2, chance),
        _from(spices, made["MIX"], 3, 5, chance),
        _from(made["MIX"], made["SKW"], 1, 2, chance),
        _from(made["SKW"], made["FRZ"], 4, 8, chance),
        _from(made["FRZ"], made["FG"], 1, 2, chance),
    ]
    if day % CLEAN_BREAK_DAYS:
        yesterday = made["BULK"][-CARRIED_OVER:] - LOTS_A_DAY
        parts.append(_from(yesterday, made["BULK"][:CARRIED_OVER], 1, 1, chance))
    parents, children = zip(*parts, strict=True)
    return np.concatenate(parents), np.concatenate(children)


def _from(parents: np.ndarray, children: np.ndarray, least: int, most: int, chance) -> Arrays:
    """Choose for each child `least` to `most` of the parents, none twice."""
    most = min(most, len(parents))
    counts = chance.integers(min(least, most), most + 1, len(children))
    chosen = [chance.choice(parents, count, replace=False) for count in counts]
    return np.concatenate(chosen), np.repeat(children, counts)
