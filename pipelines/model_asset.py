"""The one place where a model file becomes an asset."""

import dagster as dg

from pipelines.passing import CHANGES, IN_MEMORY
from pipelines.resources import PlantResource
from sql.warehouse.building import Teach, Walk, build
from sql.warehouse.models import ModelKind, load_model
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


def model_asset(
    name: str, walk: Walk | None = None, teach: Teach | None = None
) -> dg.AssetsDefinition:
    """Declare the asset for the model file `sql/duckdb/models/<schema>/<table>.sql`.

    A walk hands on within the run what it came to. Only what makes some rows alone is handed what
    changed: each value that a step takes or hands on costs the run two entries of its log.

    Args:
        name: Schema and table.
        walk: Fills the table of a model that is walked.
        teach: Gives the connection the functions that the select calls.
    """
    model = load_model(name)
    follows = model.kind not in (ModelKind.TABLE, ModelKind.VIEW)

    @dg.asset(
        key=name.split("."),
        deps=[table.split(".") for table in model.reads()],
        ins={"changes": dg.AssetIn(CHANGES)} if follows else {},
        group_name=model.schema,
        kinds={"duckdb", "sql"},
        description=model.summary,
        code_version=model.fingerprint,
        metadata={"grain": ", ".join(model.grain)},
        io_manager_key=IN_MEMORY if walk else None,
    )
    def build_model(plant: PlantResource, **handed_on) -> dg.MaterializeResult:
        built = build(plant.warehouse, model, handed_on.get("changes"), walk, teach)
        schema = column_schema(plant.warehouse, name, model.columns)
        counted = {} if built.rows_count is None else {"dagster/row_count": built.rows_count}
        metadata = {**counted, "dagster/column_schema": schema}
        if built.walked is None:
            return dg.MaterializeResult(metadata=metadata)
        return dg.MaterializeResult(value=built.walked, metadata=metadata)

    return build_model
