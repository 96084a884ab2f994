"""What models, rules and queries read beside tables: the same in the working file and in editions.

What a plant's process says lies in `raw.lot_types` and its like.
"""

import duckdb

from sql.movements import ACCOUNTED, Band

# What may come of a production beyond what went in, as a part of it: water, say, is no lot.
PRODUCTION_TOLERANCE = 0.05


def set_variables(
    connection: duckdb.DuckDBPyConnection, site_zone: str, accounted: Band = ACCOUNTED
) -> None:
    """Set what SQL reads by `getvariable`, for as long as the connection or cursor is open.

    Args:
        connection: The working file or an edition.
        site_zone: Days are taken in this zone.
        accounted: Between which parts of its weight a lot's kilograms are accounted for. Models
            keep what came of it, so only who builds them need say it.
    """
    for name, ratio in zip(("lowest", "highest"), accounted, strict=True):
        connection.execute(f"set variable accounted_{name}_ratio = $ratio", {"ratio": ratio})
    connection.execute("set variable site_zone = $zone", {"zone": site_zone})
    connection.execute(
        "set variable production_tolerance = $ratio", {"ratio": PRODUCTION_TOLERANCE}
    )
