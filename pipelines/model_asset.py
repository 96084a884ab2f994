"""The one place where a model file becomes an asset."""

import dagster as dg

from pipelines.passing import CHANGES, IN_MEMORY
from pipelines.resources import PlantResource
from sql.warehouse.building import Walk, build
from sql.warehouse.models import load_model
from sql.warehouse.working_file import Warehouse


def column_schema(
    warehouse: Warehouse, table: str, meanings: dict[str, str] | None = None
) -> dg.TableSchema:
    """Return a table's columns with their types, and what they mean where the file says so."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, kind, description=(meanings or {}).get(name))
            for name, kind in warehouse.schema_of(table).items()
        ]
    )


def model_asset(name: str, walk: Walk | None = None) -> dg.AssetsDefinition:
    """Declare the asset for the model file `sql/duckdb/models/<schema>/<table>.sql`.

    Its value, handed on within the run, is what a walk came to; of other models it is None.

    Args:
        name: Schema and table.
        walk: Fills the table of a model that is walked.
    """
    model = load_model(name)

    @dg.asset(
        key=name.split("."),
        deps=[table.split(".") for table in model.reads()],
        ins={"changes": dg.AssetIn(CHANGES)},
        group_name=model.schema,
        kinds={"duckdb", "sql"},
        description=model.summary,
        code_version=model.fingerprint,
        metadata={"grain": ", ".join(model.grain)},
        io_manager_key=IN_MEMORY,
    )
    def build_model(plant: PlantResource, changes) -> dg.MaterializeResult:
        built = build(plant.warehouse, model, changes, walk)
        schema = column_schema(plant.warehouse, name, model.columns)
        counted = {} if built.rows_count is None else {"dagster/row_count": built.rows_count}
        return dg.MaterializeResult(
            value=built.walked, metadata={**counted, "dagster/column_schema": schema}
        )

    return build_model
