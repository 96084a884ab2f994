"""The function by which the warehouse follows what happened to a lot, as a trace does live.

A model calls it `stands_of`; whoever builds the model teaches it to the connection first.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
from duckdb import func

from sql.genealogy.flows import At, Flow, Place
from sql.genealogy.stand_orders import Dated, amounts_of, stands_after

NAME = "stands_of"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FLOWS = (
    "struct(what varchar, quantity_kg decimal(18, 6), is_some boolean, to_place_id bigint, "
    "from_place_id bigint, happened_us bigint, until_us bigint)[]"
)
_STANDS = (
    "struct(place_id bigint, on_hand_kg decimal(18, 6), on_hand_at_most_kg decimal(18, 6), "
    "on_hand_at_least_kg decimal(18, 6))[]"
)


def teach(connection: duckdb.DuckDBPyConnection) -> None:
    """Let selects on a connection call `stands_of`; one that can already is left alone."""
    known = connection.execute(
        "select 1 from duckdb_functions() where function_name = $name", {"name": NAME}
    )
    if known.fetchone() is None:
        connection.create_function(
            NAME,
            stands_of,
            [duckdb.sqltype("decimal(18, 6)"), duckdb.sqltype(_FLOWS)],
            duckdb.sqltype(_STANDS),
            null_handling=func.SPECIAL,
        )


def stands_of(
    weight_kg: Decimal | None, flows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return how much of a lot stands in each place, by the places' ids; None: nobody said where.

    Args:
        weight_kg: The lot's weight; None: unknown.
        flows: What happened to it, in order: what, quantity_kg, is_some
            (a part, although its kilograms are unknown), to_place_id, from_place_id, and
            happened_us and until_us, microseconds since 1970 between which it happened.
    """
    stands = amounts_of(stands_after(weight_kg, list(map(_dated, flows))))
    return [
        {"place_id": place and int(place.code), **kg.told("on_hand")}
        for place, kg in stands.items()
    ]


def _dated(row: Mapping[str, Any]) -> Dated:
    to, origin = (_place(row[f"{which}_place_id"]) for which in ("to", "from"))
    moments = [_EPOCH + timedelta(microseconds=row[name]) for name in ("happened_us", "until_us")]
    return Dated(Flow(row["what"], row["quantity_kg"], to, origin, row["is_some"]), *moments)


def _place(place_id: int | None) -> At:
    return None if place_id is None else Place(str(place_id), "")
