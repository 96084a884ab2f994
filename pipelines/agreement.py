"""Whether boards and live traces give one answer; a sample of lots in each run."""

from collections.abc import Iterator

import dagster as dg

from pipelines.resources import PlantResource
from sql.genealogy.agreement import compare
from sql.warehouse.models import Severity

NAME = "closure_and_live_trace_agree"
REASON = "Boards would say one thing about a lot and its trace another; one of them is wrong."


@dg.multi_asset_check(
    name=NAME,
    specs=[
        dg.AssetCheckSpec(
            name=NAME,
            asset=["genealogy", "ancestries"],
            description=REASON,
            blocking=True,
            additional_deps=[["raw", "lots"]],
        )
    ],
)
def closure_and_live_trace(plant: PlantResource) -> Iterator[dg.AssetCheckResult]:
    """Hold 200 lots' ancestries equal to their live traces, steps and shares."""
    record = plant.record()
    found = compare(record, plant.warehouse)
    record.close()
    yield plant.note_check(
        table="genealogy.ancestries",
        name=NAME,
        kind="rule",
        severity=Severity.BLOCKS,
        description=REASON,
        rows=found.disagreements,
        breaches_count=len(found.disagreements),
    )


checks = [closure_and_live_trace]
