"""The one place where a model file becomes an asset and a rule file a check."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipelines.resources import PlantResource
from sql.warehouse.models import Rule, Severity, load_model, rules_of
from sql.warehouse.working_file import Warehouse


def column_schema(
    warehouse: Warehouse, table: str, meanings: dict[str, str] | None = None
) -> dg.TableSchema:
    """Give a table's columns with their types, and what they mean where the file says so."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, kind, description=(meanings or {}).get(name))
            for name, kind in warehouse.schema_of(table).items()
        ]
    )


def model_asset(name: str) -> dg.AssetsDefinition:
    """Declare the asset for the model file `sql/duckdb/models/<schema>/<table>.sql`."""
    model = load_model(name)

    @dg.asset(
        key=name.split("."),
        deps=[table.split(".") for table in model.reads()],
        group_name=model.schema,
        kinds={"duckdb", "sql"},
        description=model.summary,
        code_version=model.fingerprint,
        metadata={"grain": ", ".join(model.grain)},
    )
    def build(plant: PlantResource) -> dg.MaterializeResult:
        rows = plant.warehouse.build(model, plant.warehouse.relinked)
        schema = column_schema(plant.warehouse, name, model.columns)
        counted = {} if rows is None else {"dagster/row_count": rows}
        return dg.MaterializeResult(metadata={**counted, "dagster/column_schema": schema})

    return build


def rule_checks(table: str, reads: list[str] | None = None) -> dg.AssetChecksDefinition:
    """Declare one check a rule of the table; those whose severity is `blocks` stop the run.

    Args:
        table: The table the rules speak about.
        reads: Other tables the rules read, which must be built first.
    """
    rules = rules_of(table)

    @dg.multi_asset_check(
        name=f"rules_of_{table.replace('.', '_')}",
        specs=[_spec(rule, reads or []) for rule in rules],
        can_subset=False,
    )
    def find_breaches(plant: PlantResource) -> Iterator[dg.AssetCheckResult]:
        for rule in rules:
            breaches = plant.warehouse.breaches(rule)
            yield plant.note_check(
                table=table,
                name=rule.name,
                kind="grain" if rule.name.startswith("one_row_for_each") else "rule",
                severity=rule.severity,
                description=rule.reason,
                rows=breaches.head(1000).to_dicts(),
                breaches_count=breaches.height,
                lot_codes=_lots_named(breaches),
            )

    return find_breaches


def _lots_named(breaches: pl.DataFrame) -> list[str]:
    """Give every lot that the breaches name, in whatever column."""
    named = [name for name in breaches.columns if name.endswith("lot_code")]
    return sorted({code for name in named for code in breaches[name] if code is not None})


def _spec(rule: Rule, reads: list[str]) -> dg.AssetCheckSpec:
    """Describe a rule to Dagster."""
    return dg.AssetCheckSpec(
        name=rule.name,
        asset=rule.model.split("."),
        description=rule.reason,
        blocking=rule.severity is Severity.BLOCKS,
        additional_deps=[table.split(".") for table in reads if table != rule.model],
    )
