"""The copies: every table of the record, all as of one moment; and what that changed."""

from collections.abc import Iterator

import dagster as dg

from pipelines.model_asset import column_schema
from pipelines.passing import CHANGES, IN_MEMORY
from pipelines.resources import PlantResource
from sql.warehouse.copied_tables import copied_tables, copy_script
from sql.warehouse.copies import copy_record


@dg.multi_asset(
    specs=[
        *(
            dg.AssetSpec(
                ["raw", table],
                group_name="raw",
                kinds={"postgres", "duckdb"},
                description=copy_script(table)[0],
            )
            for table in copied_tables()
        ),
        dg.AssetSpec(
            CHANGES,
            group_name="raw",
            description="What the copies changed; handed on to what is built upon them.",
        ).with_io_manager_key(IN_MEMORY),
    ]
)
def copies_of_the_record(
    context: dg.AssetExecutionContext, plant: PlantResource
) -> Iterator[dg.MaterializeResult]:
    """Bring every copy to one snapshot, so that no link names a lot that was not copied."""
    warehouse, since = plant.warehouse_to_copy_into()
    with plant.record() as record:
        changes = copy_record(
            record,
            warehouse,
            since,
            lambda copied: context.log.info(f"{copied.table}: {copied.written_count} rows written"),
        )
    for copied in changes.tables.values():
        yield dg.MaterializeResult(
            asset_key=["raw", copied.table],
            metadata={
                "dagster/row_count": copied.rows_count,
                "rows_in_record": copied.rows_in_record,
                "rows_written": copied.written_count,
                "dagster/column_schema": column_schema(warehouse, f"raw.{copied.table}"),
            },
        )
    yield dg.MaterializeResult(asset_key=CHANGES, value=changes)


assets = [copies_of_the_record]
