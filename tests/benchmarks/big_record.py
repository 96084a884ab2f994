"""The big plant as a record: lots, links, shipments and decisions of years in real PostgreSQL.

Kilograms are consistent to the gram: a received lot weighs what its kind does, a lot gives all it
weighs to its children in near equal parts, a made lot weighs what went in, a finished lot ships
whole. People made mistakes in it, as anywhere: links entered twice and voided, lots corrected; what
a view costs that looks for them can't be measured where there are none. Filled by COPY with
triggers off, so there is no trail: for benchmarks only.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import psycopg
from psycopg.sql import SQL, Identifier

from sql.record.statements import names_of, table_of
from tests.benchmarks import big_plant
from tests.benchmarks.big_plant import LOTS_A_DAY, MADE_A_DAY

FIRST_DAY = datetime(2022, 11, 1, 6, tzinfo=UTC)
MEAT_GRAMS, SPICE_GRAMS = 500_000, 25_000
CUSTOMERS = 50
HELD_OF = 500
ENTERED_TWICE_OF, CORRECTED_OF = 1_000, 500
LOT_TYPES = {"MEAT": "RAW", "SPICE": "RAW"}


def fill(address: str, days: int) -> tuple[int, int]:
    """Write so many days into an empty record, and return the counts of lots and links.

    Args:
        address: The owner's, as libpq takes it.
        days: How many.
    """
    parents, children = big_plant.links(days)
    lots = _lots(days)
    grams, weights = _weighed(lots, parents, children)
    lots = lots.with_columns(weight_kg=pl.Series(weights) / 1000)
    first = pl.datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 6, time_zone="UTC")
    at = {
        "happened_at": first + pl.duration(days=pl.col("day")),
        "recorded_at": first + pl.duration(days=pl.col("day"), minutes=5),
    }
    lots = lots.with_columns(**at)
    links = pl.DataFrame(
        {
            "link_id": np.arange(1, len(parents) + 1),
            "parent_lot_id": parents,
            "child_lot_id": children,
            "quantity_kg": grams / 1000,
            "day": (children - 1) // LOTS_A_DAY,
        }
    ).with_columns(**at)
    finished = lots.filter(pl.col("made") == "FG", pl.col("day") < days - 1)
    shipments = finished.select(
        shipment_id="lot_id",
        shipment_code=pl.format("S-{}", "lot_id"),
        lot_id="lot_id",
        customer_id=pl.col("lot_id") % CUSTOMERS + 2,
        quantity_kg="weight_kg",
        document=pl.format("D-{}", pl.col("lot_id") // 30),
        happened_at=pl.col("happened_at") + timedelta(days=1),
        recorded_at=pl.col("recorded_at") + timedelta(days=1),
    )
    decided = lots.filter(pl.col("lot_type").is_in(["RAW", "FG"])).select(
        decision_id="lot_id",
        lot_id="lot_id",
        decision=pl.when(pl.col("lot_id") % HELD_OF == 0)
        .then(pl.lit("HOLD"))
        .otherwise(pl.lit("PASS")),
        happened_at="happened_at",
        recorded_at="recorded_at",
    )
    again = links.filter(pl.col("link_id") % ENTERED_TWICE_OF == 0).with_columns(
        pl.col("link_id") + len(links)
    )
    tables = {
        "facts.products": _products(),
        "facts.partners": _partners(),
        "facts.lots": lots.drop("day", "made"),
        "facts.lot_corrections": lots.filter(pl.col("lot_id") % CORRECTED_OF == 0).select(
            correction_id="lot_id",
            lot_id="lot_id",
            product_id="product_id",
            weight_kg="weight_kg",
            happened_at="happened_at",
            reason=pl.lit("typed anew as it was"),
            recorded_at="recorded_at",
        ),
        "facts.lot_genealogy": pl.concat([links, again]).drop("day"),
        "facts.link_voids": again.select(
            void_id="link_id",
            link_id="link_id",
            reason=pl.lit("entered twice by mistake"),
            recorded_at="recorded_at",
        ),
        "facts.shipments": shipments,
        "facts.qc_decisions": decided,
    }
    copy(address, tables)
    return len(lots), len(links)


def copy(address: str, tables: dict[str, pl.DataFrame]) -> None:
    """Append whole tables to a record, triggers off, and gather the planner's statistics."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        with connection.transaction():
            for table, rows in tables.items():
                into = SQL("copy {} ({}) from stdin (format csv)").format(
                    table_of(table), names_of(rows.columns)
                )
                with connection.cursor().copy(into) as stream:
                    stream.write(rows.write_csv(include_header=False).encode())
                key = rows.columns[0]
                connection.execute(
                    SQL(
                        "select setval(pg_get_serial_sequence({}, {}), (select max({}) from {}))"
                    ).format(table, key, Identifier(key), table_of(table))
                )
        connection.execute("vacuum analyze")


def _lots(days: int) -> pl.DataFrame:
    """List every lot but its weight: id, code, day, kind, supplier."""
    kinds = np.tile(np.repeat(list(MADE_A_DAY), list(MADE_A_DAY.values())), days)
    lot_ids = np.arange(1, days * LOTS_A_DAY + 1)
    lots = pl.DataFrame(
        {
            "lot_id": lot_ids,
            "made": kinds,
            "day": (lot_ids - 1) // LOTS_A_DAY,
            "place": (lot_ids - 1) % LOTS_A_DAY,
        }
    )
    received = pl.col("made").is_in(["MEAT", "SPICE"])
    day = pl.lit(FIRST_DAY.date()) + pl.duration(days=pl.col("day"))
    return lots.select(
        "lot_id",
        lot_code=pl.format(
            "{}-{}-BIG-{}",
            pl.col("made").replace(LOT_TYPES),
            day.dt.strftime("%Y%m%d"),
            pl.col("place").cast(pl.String).str.zfill(4),
        ),
        lot_type=pl.col("made").replace(LOT_TYPES),
        product_id=pl.col("made").replace_strict({k: i for i, k in enumerate(MADE_A_DAY, 1)}),
        supplier_id=pl.when(received).then(pl.lit(1)),
        supplier_lot_code=pl.when(received).then(pl.format("SUP-{}", "lot_id")),
        day="day",
        made="made",
    )


def _weighed(
    lots: pl.DataFrame, parents: np.ndarray, children: np.ndarray
) -> tuple[np.ndarray, list[int]]:
    """Return each link's and each lot's grams; ids are in the order of making."""
    order = np.argsort(parents, kind="stable")
    begins = np.searchsorted(parents[order], np.arange(1, len(lots) + 2)).tolist()
    ordered, child_of = order.tolist(), children.tolist()
    weights = (
        lots["made"]
        .replace_strict(
            {"MEAT": MEAT_GRAMS, "SPICE": SPICE_GRAMS}, default=0, return_dtype=pl.Int64
        )
        .to_list()
    )
    grams = [0] * len(parents)
    for index in range(len(lots)):
        going = ordered[begins[index] : begins[index + 1]]
        for place, link in enumerate(going):
            grams[link] = (weights[index] + place) // len(going)
            weights[child_of[link] - 1] += grams[link]
    return np.array(grams), weights


def _products() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "product_id": range(1, len(MADE_A_DAY) + 1),
            "product_code": list(MADE_A_DAY),
            "name": [kind.title() for kind in MADE_A_DAY],
        }
    )


def _partners() -> pl.DataFrame:
    numbers = range(1, CUSTOMERS + 2)
    return pl.DataFrame(
        {
            "partner_id": numbers,
            "partner_code": [f"P{n}" for n in numbers],
            "name": [f"Partner {n}" for n in numbers],
            "role": ["SUPPLIER"] + ["CUSTOMER"] * CUSTOMERS,
        }
    )
