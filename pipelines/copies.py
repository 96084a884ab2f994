"""The copies: every table of the record, all as of one moment."""

from collections.abc import Iterator

import dagster as dg

from pipelines.model_asset import column_schema
from pipelines.resources import PlantResource
from sql.copies import copy_record
from sql.models import copied_tables, copy_script


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
    """Copy every table in one snapshot, so that no link names a lot that was not copied."""
    warehouse = plant.new_warehouse()
    record = plant.record()
    for table, rows, counted in copy_record(record, warehouse):
        plant.note_rows_in_record(table, counted)
        yield dg.MaterializeResult(
            asset_key=["raw", table],
            metadata={
                "dagster/row_count": rows,
                "rows_in_record": counted,
                "dagster/column_schema": column_schema(warehouse, f"raw.{table}"),
            },
        )
    record.close()


assets = [copies_of_the_record]
