"""The contracts of the copies, as checks that stop a run.

Expectations hold on an empty plant too, so each contract also counts: the copy has as many rows as
the record had in the same snapshot.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.contracts import CONTRACTS, UNIQUE, contract_of
from pipelines.expectations import failed_expectations
from pipelines.passing import CHANGES
from pipelines.reports import report
from pipelines.resources import PlantResource
from sql.warehouse.changes import CopiedTable
from sql.warehouse.checks import CONTRACT, CONTRACT_REASON
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.copy_writing import written_rows
from sql.warehouse.evidence import last_copy
from sql.warehouse.findings import ROWS_KEPT, Finding
from sql.warehouse.rules import Severity
from sql.warehouse.working_file import Warehouse


def broken_parts(warehouse: Warehouse, copied: CopiedTable) -> list[dict[str, Any]]:
    """Say what of its contract a copy breaks, in the rows that were written, and as a whole.

    Rows from before kept the contract when they were written.
    """
    broken, table = [], copied.table
    unique = [args["column"] for kind, args in CONTRACTS[table] if kind == UNIQUE]
    columns = sorted({arguments["column"] for _kind, arguments in CONTRACTS[table]})
    rows = written_rows(warehouse, copied, [*columns, "recorded_at"], unique)
    if len(rows):
        as_of = warehouse.about()["record_as_of"]
        broken += failed_expectations(rows.to_pandas(), contract_of(table, as_of))
    rows_count = warehouse.count(f"raw.{table}")
    if rows_count != copied.rows_in_record:
        broken.append(
            {
                "expectation": "as_many_rows_as_the_record",
                "column": "",
                "breaches_count": 1,
                "first_values": f"{rows_count} copied of {copied.rows_in_record}",
            }
        )
    return broken


@dg.multi_asset_check(
    name="contracts_of_the_copies",
    specs=[
        dg.AssetCheckSpec(
            name=CONTRACT,
            asset=["raw", table],
            description=CONTRACT_REASON,
            blocking=True,
            additional_deps=[CHANGES],
        )
        for table in copied_tables()
    ],
    ins={"changes": dg.AssetIn(CHANGES)},
)
def contracts_of_the_copies(plant: PlantResource, changes) -> Iterator[dg.AssetCheckResult]:
    """Hold every copy against its contract; a broken one stops the run.

    Asked without a copy in the same run, it looks at every row of the copies there are.
    """
    copies = changes or last_copy(plant.warehouse)
    found = (_finding(plant.warehouse, copied) for copied in copies.tables.values())
    yield from report(plant, found)


def _finding(warehouse: Warehouse, copied: CopiedTable) -> Finding:
    """Say what of its contract a copy breaks."""
    failed = broken_parts(warehouse, copied)
    return Finding(
        table=f"raw.{copied.table}",
        name=CONTRACT,
        kind="contract",
        severity=Severity.BLOCKS,
        description=CONTRACT_REASON,
        breaches_count=sum(result["breaches_count"] for result in failed),
        rows=failed[:ROWS_KEPT],
    )


checks = [contracts_of_the_copies]
