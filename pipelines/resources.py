"""What the assets stand on: the record to read, the working file, and what checks found.

One run at a time holds the plant, from its first asset to its last. However the run ends,
its findings are written where people read them; only a killed run leaves none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from pydantic import PrivateAttr

from sql.record.engine import DatabaseRole, Record, open_record
from sql.settings import Settings, settings
from sql.warehouse.findings import ROWS_KEPT, write_findings
from sql.warehouse.models import Severity, copied_tables, model_names
from sql.warehouse.opening import one_run, open_working_file, working_file
from sql.warehouse.working_file import Warehouse

# A run with this tag makes everything from nothing.
ANEW = "lotline/anew"


class PlantResource(dg.ConfigurableResource):
    """The plant's databases for the length of one run."""

    _settings: Settings = PrivateAttr()
    _warehouse: Warehouse | None = PrivateAttr(default=None)
    _checks: list[dict[str, Any]] = PrivateAttr(default_factory=list)
    _rows_in_record: dict[str, int] = PrivateAttr(default_factory=dict)
    _published: bool = PrivateAttr(default=False)
    _is_anew: bool = PrivateAttr(default=False)
    _has_copied: bool = PrivateAttr(default=False)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["PlantResource"]:
        """Hold the right to run while the run lasts, and write its findings at the end."""
        self._settings = settings()
        self._checks = []
        self._rows_in_record = {}
        self._published = False
        self._has_copied = False
        self._is_anew = bool(context.run and ANEW in context.run.tags)
        with one_run(self._settings.home):
            try:
                yield self
            finally:
                self._finish(context.run.run_id if context.run else "")

    @property
    def settings(self) -> Settings:
        """Give the settings of this run."""
        return self._settings

    @property
    def warehouse(self) -> Warehouse:
        """Give the working file, opened on first use."""
        if self._warehouse is None:
            self._warehouse = Warehouse(
                working_file(self._settings.home),
                self._settings.timezone,
                self._settings.closure_pairs_budget,
            )
        return self._warehouse

    def warehouse_to_copy_into(self) -> tuple[Warehouse, dict[str, Any] | None]:
        """Give the working file and of which moment its copies are; None: it is empty.

        Empty, too, where the run was asked to make everything anew.
        """
        if self._warehouse is not None:
            self._warehouse.close()
        self._warehouse, since = open_working_file(
            self._settings.home,
            self._settings.timezone,
            self._settings.closure_pairs_budget,
            anew=self._is_anew,
        )
        self._has_copied = True
        return self._warehouse, since

    def record(self) -> Record:
        """Give the record in the pipeline's role, which only reads."""
        return open_record(self._settings, DatabaseRole.PIPELINE)

    def note_rows_in_record(self, table: str, rows: int) -> None:
        """Remember how many rows the record counted in the snapshot a table was copied in."""
        self._rows_in_record[table] = rows

    def rows_in_record(self, table: str) -> int:
        """Give how many rows the record counted; a run without copies counts the copy itself."""
        counted = self._rows_in_record.get(table)
        return self.warehouse.count(f"raw.{table}") if counted is None else counted

    def note_published(self) -> None:
        """Remember that an edition came of this run."""
        self._published = True

    def note_check(
        self,
        *,
        table: str,
        name: str,
        kind: str,
        severity: Severity,
        description: str,
        rows: list[dict[str, Any]],
        breaches_count: int,
        lot_codes: list[str] | None = None,
    ) -> dg.AssetCheckResult:
        """Keep what a check found for people to read, and give it as Dagster wants it.

        Args:
            table: Table checked.
            name: The sentence that must hold.
            kind: `rule`, `contract` or `grain`.
            severity: What a breach means.
            description: What a breach means on the floor.
            rows: Rows that break it, the first of them.
            breaches_count: How many rows break it in all.
            lot_codes: Every lot that a breach names, sorted; None: those of the rows given.
        """
        passed = breaches_count == 0
        if lot_codes is None:
            lot_codes = sorted({str(row["lot_code"]) for row in rows if "lot_code" in row})
        self._checks.append(
            {
                "table": table,
                "name": name,
                "kind": kind,
                "severity": severity,
                "description": description,
                "passed": passed,
                "breaches_count": breaches_count,
                "rows": rows[:ROWS_KEPT],
                "lot_codes": lot_codes,
            }
        )
        return dg.AssetCheckResult(
            asset_key=table.split("."),
            check_name=name,
            passed=passed,
            severity=(
                dg.AssetCheckSeverity.WARN
                if severity is Severity.WARNING
                else dg.AssetCheckSeverity.ERROR
            ),
            metadata={"breaches": breaches_count, "first_breaches": str(rows[:5])},
        )

    def _finish(self, run_id: str) -> None:
        """Write what was found and give the working file back."""
        if self._checks:
            about = self.warehouse.about()
            write_findings(
                self._settings.home,
                {
                    "run_id": run_id,
                    "record_as_of": about["record_as_of"].isoformat(),
                    "published": self._published,
                    "checks": self._checks,
                },
            )
        if self._warehouse is not None:
            if self._is_sound():
                self._warehouse.mark_sound()
            self._warehouse.close()
            self._warehouse = None

    def _is_sound(self) -> bool:
        """Tell whether the next run may go on from the working file as this run leaves it.

        That takes copies that kept their contracts, every model brought up to date with them, and
        no rule that blocks.
        """
        contracts = [check for check in self._checks if check["kind"] == "contract"]
        return (
            self._has_copied
            and len(contracts) == len(copied_tables())
            and self.warehouse.built >= set(model_names())
            and all(c["passed"] for c in self._checks if c["severity"] is Severity.BLOCKS)
        )
