"""The one place where a rule file becomes a check."""

from collections.abc import Iterator

import dagster as dg
import pyarrow as pa

from pipelines.reports import report
from pipelines.resources import PlantResource
from sql.warehouse.breaches import breaches, lots_named
from sql.warehouse.checks import WALKED, kind_of, wants_every_pair
from sql.warehouse.findings import ROWS_KEPT, Finding, row_kept
from sql.warehouse.marks import MADE_ANEW, is_marked
from sql.warehouse.rules import Rule, Severity, rules_of
from sql.warehouse.working_file import Warehouse


def rule_checks(table: str) -> dg.AssetChecksDefinition:
    """Declare one check a rule of the table; those whose severity is `blocks` stop the run.

    Each waits for the tables that DuckDB says its rule reads.
    """
    rules = rules_of(table)
    trusts_older_lists = any(is_marked(rule.select, MADE_ANEW) for rule in rules)
    looked_at = {"walked": dg.AssetIn(WALKED.split("."))} if trusts_older_lists else {}

    @dg.multi_asset_check(
        name=f"rules_of_{table.replace('.', '_')}",
        specs=[_spec(rule) for rule in rules],
        ins=looked_at,
        can_subset=False,
    )
    def find_breaches(plant: PlantResource, **handed_on) -> Iterator[dg.AssetCheckResult]:
        walked = handed_on.get("walked")
        made_anew = walked.made_anew if walked else None
        yield from report(plant, (_finding(plant.warehouse, rule, made_anew) for rule in rules))

    return find_breaches


def _finding(warehouse: Warehouse, rule: Rule, made_anew: pa.Table | None) -> Finding:
    """Say what a rule found."""
    found = breaches(warehouse, rule, made_anew)
    is_partial = wants_every_pair(rule) and _lacks_pairs(warehouse)
    return Finding(
        table=rule.table,
        name=rule.name,
        kind=kind_of(rule),
        severity=rule.severity,
        description=rule.reason,
        breaches_count=found.height,
        rows=[row_kept(row) for row in found.head(ROWS_KEPT).to_dicts()],
        further_lot_codes=lots_named(found.slice(ROWS_KEPT)),
        is_partial=is_partial,
    )


def _lacks_pairs(warehouse: Warehouse) -> bool:
    """Tell whether the closure left lots out, for its budget."""
    return warehouse.named("closure_noted")["left_out_count"][0] > 0


def _spec(rule: Rule) -> dg.AssetCheckSpec:
    """Describe a rule to Dagster."""
    reads = set(rule.reads()) | ({WALKED} if is_marked(rule.select, MADE_ANEW) else set())
    return dg.AssetCheckSpec(
        name=rule.name,
        asset=rule.table.split("."),
        description=rule.reason,
        blocking=rule.severity is Severity.BLOCKS,
        additional_deps=[read.split(".") for read in sorted(reads - {rule.table})],
    )
