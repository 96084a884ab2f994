"""The edition: what people read, published after every blocking check passed."""

import dagster as dg

from pipelines.resources import PlantResource
from sql.warehouse.editions import publish
from sql.warehouse.models import copied_tables, model_names


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
    """Publish the working file under a name of its own and point readers to it."""
    edition_id = publish(plant.warehouse, plant.settings.home, kept=plant.settings.editions_kept)
    plant.note_published()
    return dg.MaterializeResult(
        metadata={
            "edition_id": edition_id,
            "dagster/row_count": plant.warehouse.count("raw.lots"),
        }
    )


assets = [current_edition]
