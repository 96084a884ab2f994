"""What a check found, noted where people and later runs read it, and told to Dagster."""

from collections.abc import Iterable

import dagster as dg

from pipelines.resources import PlantResource
from sql.warehouse.evidence import note_checked
from sql.warehouse.findings import Finding
from sql.warehouse.rules import Severity

ROWS_SHOWN = 5


def report(plant: PlantResource, found: Iterable[Finding]) -> list[dg.AssetCheckResult]:
    """Note a step's findings in the working file, all or none, and return them for Dagster."""
    noted = []
    with plant.warehouse.whole():
        for finding in found:
            note_checked(plant.warehouse, finding, plant.run_id)
            noted.append(_result(finding))
    return noted


def _result(finding: Finding) -> dg.AssetCheckResult:
    """Say a finding as Dagster wants it."""
    is_warning = finding.severity is Severity.WARNING
    return dg.AssetCheckResult(
        asset_key=finding.table.split("."),
        check_name=finding.name,
        passed=finding.passed,
        severity=dg.AssetCheckSeverity.WARN if is_warning else dg.AssetCheckSeverity.ERROR,
        metadata={
            "breaches": finding.breaches_count,
            "first_breaches": str(finding.rows[:ROWS_SHOWN]),
        },
    )
