"""Whether boards and live traces give one answer; a sample of lots in each run."""

from collections.abc import Iterator

import dagster as dg

from pipelines.reports import report
from pipelines.resources import PlantResource
from sql.genealogy.agreement import Agreement, compare
from sql.warehouse.checks import AGREEMENT, AGREEMENT_REASON, WALKED
from sql.warehouse.findings import ROWS_KEPT, Finding
from sql.warehouse.rules import Severity


@dg.multi_asset_check(
    name=AGREEMENT,
    specs=[
        dg.AssetCheckSpec(
            name=AGREEMENT,
            asset=WALKED.split("."),
            description=AGREEMENT_REASON,
            blocking=True,
            additional_deps=[["raw", "lots"]],
        )
    ],
)
def closure_and_live_trace(plant: PlantResource) -> Iterator[dg.AssetCheckResult]:
    """Hold 200 lots' ancestries equal to their live traces, steps and shares."""
    with plant.record() as record:
        compared = compare(record, plant.warehouse)
    yield from report(plant, [finding_of(compared, plant.warehouse.count(WALKED))])


def finding_of(compared: Agreement, walked_count: int) -> Finding:
    """Say what the comparison found.

    Args:
        compared: What was compared.
        walked_count: Of how many lots there are lists. Where there are some and the record moved
            on about every one drawn, nothing was compared: finding nothing is no pass then.
    """
    found = compared.disagreements
    return Finding(
        table=WALKED,
        name=AGREEMENT,
        kind="rule",
        severity=Severity.BLOCKS,
        description=AGREEMENT_REASON,
        breaches_count=len(found),
        rows=found[:ROWS_KEPT],
        further_lot_codes=sorted({row["lot_code"] for row in found[ROWS_KEPT:]}),
        is_partial=compared.compared_count == 0 and walked_count > 0,
    )


checks = [closure_and_live_trace]
