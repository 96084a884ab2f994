"""What a check found, noted where people and later runs read it, and told to Dagster."""

import dagster as dg

from pipelines.resources import PlantResource
from sql.warehouse.evidence import note_checked
from sql.warehouse.findings import Finding
from sql.warehouse.rules import Severity

ROWS_SHOWN = 5


def report(plant: PlantResource, finding: Finding) -> dg.AssetCheckResult:
    """Note a finding in the working file, and return it as Dagster wants it."""
    note_checked(plant.warehouse, finding, plant.run_id)
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
