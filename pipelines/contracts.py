"""What a copy of the record must look like before any model reads it.

The only module that knows Great Expectations, and it imports it inside the check: the import
takes seconds, and every load of the code location would pay for it. What spans two tables is
a rule in SQL, not a contract. Expectations hold on an empty plant too, so each contract also
counts: the copy has as many rows as the record had in the same snapshot.
"""

import os
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pandas as pd

from pipelines.resources import PlantResource
from sql.vocabulary import Decision, LotType, PartnerRole, RunStatus
from sql.warehouse.models import Severity, copied_tables
from sql.warehouse.working_file import Warehouse

Expectation = tuple[str, dict[str, Any]]


UNIQUE = "expect_column_values_to_be_unique"


def _unique(column: str) -> Expectation:
    return UNIQUE, {"column": column}


def _present(column: str) -> Expectation:
    return "expect_column_values_to_not_be_null", {"column": column}


def _between(column: str, lowest: float | None, highest: float | None) -> Expectation:
    return (
        "expect_column_values_to_be_between",
        {"column": column, "min_value": lowest, "max_value": highest},
    )


def _one_of(column: str, words: type) -> Expectation:
    return (
        "expect_column_values_to_be_in_set",
        {"column": column, "value_set": [word.value for word in words]},
    )


CONTRACTS: dict[str, list[Expectation]] = {
    "users": [_unique("user_id"), _unique("email")],
    "products": [_unique("product_id"), _unique("product_code")],
    "partners": [_unique("partner_id"), _unique("partner_code"), _one_of("role", PartnerRole)],
    "production_runs": [_unique("run_id"), _unique("run_code"), _one_of("status", RunStatus)],
    "phases": [_unique("phase_id")],
    "qc_gates": [_unique("gate_id"), _unique("gate_number")],
    "gate_limits": [_unique("limit_id"), _present("characteristic"), _present("unit")],
    "lots": [
        _unique("lot_id"),
        _unique("lot_code"),
        _one_of("lot_type", LotType),
        _between("weight_kg", 0, 10_000),
        _between("temperature_c", -50, 100),
        _present("happened_at"),
    ],
    "lot_genealogy": [
        _unique("link_id"),
        _present("parent_lot_id"),
        _present("child_lot_id"),
        _between("quantity_kg", 0, None),
        _present("happened_at"),
    ],
    "readings": [_unique("reading_id"), _present("lot_id"), _present("value"), _present("unit")],
    "qc_decisions": [
        _unique("decision_id"),
        _present("lot_id"),
        _one_of("decision", Decision),
        _between("temperature_c", -50, 100),
        _present("happened_at"),
    ],
    "shipments": [
        _unique("shipment_id"),
        _present("customer_id"),
        _present("lot_id"),
        _between("quantity_kg", 0, None),
    ],
}


def failed_expectations(
    rows: pd.DataFrame, expectations: list[Expectation]
) -> list[dict[str, Any]]:
    """Say which expectations the rows do not meet, with the first values that break each.

    Returns:
        One mapping a failed expectation: expectation, column, breaches_count, first_values.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    suite = gx.ExpectationSuite("contract")
    for kind, arguments in expectations:
        suite.add_expectation_configuration(ExpectationConfiguration(type=kind, kwargs=arguments))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("copy")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    report = batch.get_batch({"dataframe": rows}).validate(suite)
    return [
        {
            "expectation": result.expectation_config.type,
            "column": result.expectation_config.kwargs.get("column", ""),
            # An expectation about the table as a whole counts no rows; it is broken once.
            "breaches_count": result.result.get("unexpected_count") or 1,
            "first_values": str(
                result.result.get("partial_unexpected_list") or result.result.get("observed_value")
            ),
        }
        for result in report.results
        if not result.success
    ]


def contract_of(table: str, record_as_of: pd.Timestamp) -> list[Expectation]:
    """Give a copy's whole contract: its own, and that no row is from after its moment."""
    latest = record_as_of + pd.Timedelta(minutes=1)
    of_its_moment = (
        "expect_column_max_to_be_between",
        {"column": "recorded_at", "max_value": latest},
    )
    return [*CONTRACTS[table], of_its_moment]


def broken_parts(warehouse: Warehouse, table: str, rows_in_record: int) -> list[dict[str, Any]]:
    """Say what of its contract a copy breaks, in rows that this run wrote, and as a whole.

    Rows from before kept the contract when they were written.
    """
    broken = []
    unique = [args["column"] for kind, args in CONTRACTS[table] if kind == UNIQUE]
    columns = sorted({arguments["column"] for _kind, arguments in CONTRACTS[table]})
    rows = warehouse.changed_rows(table, [*columns, "recorded_at"], unique).to_pandas()
    if len(rows):
        as_of = pd.Timestamp(warehouse.about()["record_as_of"])
        broken += failed_expectations(rows, contract_of(table, as_of))
    rows_count = warehouse.count(f"raw.{table}")
    if rows_count != rows_in_record:
        broken.append(
            {
                "expectation": "as_many_rows_as_the_record",
                "column": "",
                "breaches_count": 1,
                "first_values": f"{rows_count} copied of {rows_in_record}",
            }
        )
    return broken


@dg.multi_asset_check(
    name="contracts_of_the_copies",
    specs=[
        dg.AssetCheckSpec(
            name="keeps_its_contract",
            asset=["raw", table],
            description="The copy is complete, and every value is one a model can rely on.",
            blocking=True,
        )
        for table in copied_tables()
    ],
)
def contracts_of_the_copies(
    plant: PlantResource,
) -> Iterator[dg.AssetCheckResult]:
    """Hold every copy against its contract; a broken one stops the run."""
    for table in copied_tables():
        failed = broken_parts(plant.warehouse, table, plant.rows_in_record(table))
        yield plant.note_check(
            table=f"raw.{table}",
            name="keeps_its_contract",
            kind="contract",
            severity=Severity.BLOCKS,
            description="The copy is complete, and every value is one a model can rely on.",
            rows=failed,
            breaches_count=sum(result["breaches_count"] for result in failed),
        )


checks = [contracts_of_the_copies]
