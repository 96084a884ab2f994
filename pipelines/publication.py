"""The edition: what people read, published only on proof of a sound run."""

import dagster as dg

from pipelines.resources import PlantResource
from sql.errors import NotSound
from sql.warehouse.copied_tables import copied_tables
from sql.warehouse.evidence import note_published
from sql.warehouse.models import model_names
from sql.warehouse.proof import prove
from sql.warehouse.publishing import publish


@dg.asset(
    key=["edition", "current"],
    deps=[
        *(name.split(".") for name in model_names()),
        *(["raw", table] for table in copied_tables()),
    ],
    group_name="edition",
    kinds={"duckdb"},
    description="A whole, never-changing copy of the warehouse, which boards and rankings read.",
)
def current_edition(plant: PlantResource) -> dg.MaterializeResult:
    """Publish the working file under a name of its own and point readers to it.

    However the step was started, it publishes nothing that isn't proven sound.
    """
    warehouse, config = plant.warehouse, plant.settings
    try:
        edition_id = publish(warehouse, config.home, prove(warehouse), kept=config.editions_kept)
    except NotSound as refused:
        raise dg.Failure(str(refused), allow_retries=False) from refused
    note_published(warehouse, edition_id, plant.run_id)
    return dg.MaterializeResult(
        metadata={"edition_id": edition_id, "dagster/row_count": warehouse.count("raw.lots")}
    )


assets = [current_edition]
