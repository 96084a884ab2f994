"""What there is: the assets, checks, jobs, schedules and sensors of the code location."""

import dagster as dg

from pipelines import agreement, contracts, copies, genealogy, publication, quality, schedules
from pipelines.resources import PlantResource

defs = dg.Definitions(
    assets=[*copies.assets, *genealogy.assets, *quality.assets, *publication.assets],
    asset_checks=[
        *contracts.checks,
        *genealogy.checks,
        *agreement.checks,
        *quality.checks,
    ],
    jobs=[schedules.refresh, schedules.check_the_record],
    schedules=[schedules.nightly, schedules.hourly_checks],
    sensors=[schedules.record_changed],
    resources={"plant": PlantResource()},
    # One process a run: it holds the working file, which only one process may write.
    executor=dg.in_process_executor,
)
