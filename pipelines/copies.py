"""The copies: every table of the record, all as of one moment."""

from collections.abc import Iterator

import dagster as dg

from pipelines.model_asset import column_schema
from pipelines.resources import PlantResource
from sql.warehouse.copies import copy_record
from sql.warehouse.models import copied_tables, copy_script


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["raw", table],
            group_name="raw",
            kinds={"postgres", "duckdb"},
            description=copy_script(table)[0],
        )
        for table in copied_tables()
    ]
)
def copies_of_the_record(plant: PlantResource) -> Iterator[dg.MaterializeResult]:
    """Bring every copy to one snapshot, so that no link names a lot that was not copied."""
    warehouse, since = plant.warehouse_to_copy_into()
    record = plant.record()
    for copied in copy_record(record, warehouse, since):
        plant.note_rows_in_record(copied.table, copied.rows_in_record)
        changed_count = copied.rows_count if copied.changed_count is None else copied.changed_count
        yield dg.MaterializeResult(
            asset_key=["raw", copied.table],
            metadata={
                "dagster/row_count": copied.rows_count,
                "rows_in_record": copied.rows_in_record,
                "rows_written": changed_count,
                "dagster/column_schema": column_schema(warehouse, f"raw.{copied.table}"),
            },
        )
    record.close()


assets = [copies_of_the_record]
