"""What models, rules and queries read beside tables: the same in the working file and in editions.

The zone differs from plant to plant; the tolerances and the order of stages hold for all.
"""

import duckdb

from sql.vocabulary import YIELD_TOLERANCES, LotType


def set_variables(connection: duckdb.DuckDBPyConnection, site_zone: str) -> None:
    """Set what SQL reads by `getvariable`, for as long as the connection or cursor is open.

    Args:
        connection: The working file or an edition.
        site_zone: Days are taken in this zone.
    """
    connection.execute("set variable site_zone = $zone", {"zone": site_zone})
    connection.execute(
        "set variable yield_tolerances = map($types, $ratios)",
        {
            "types": [kind.value for kind in YIELD_TOLERANCES],
            "ratios": list(YIELD_TOLERANCES.values()),
        },
    )
    connection.execute(
        "set variable stages = $stages", {"stages": [kind.value for kind in LotType]}
    )
