"""What models, rules and queries read beside tables: the same in the working file and in editions.

The zone differs from plant to plant; the tolerances and the order of stages hold for all.
"""

import duckdb

from sql.movements import ACCOUNTED, Band
from sql.vocabulary import YIELD_TOLERANCES, LotType

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
        "set variable yield_tolerances = map($types, $ratios)",
        {
            "types": [kind.value for kind in YIELD_TOLERANCES],
            "ratios": list(YIELD_TOLERANCES.values()),
        },
    )
    connection.execute(
        "set variable production_tolerance = $ratio", {"ratio": PRODUCTION_TOLERANCE}
    )
    connection.execute(
        "set variable stages = $stages", {"stages": [kind.value for kind in LotType]}
    )
