"""What the assets stand on: the settings, the record to read, and the working file to write.

One run at a time holds the plant, from its first asset to its last. What one step leaves for
another is handed on as a value (`passing`) or noted in the working file, never here. However the
run ends, its findings are written where people read them; only a killed run leaves none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from pydantic import PrivateAttr

from sql.errors import RecordUnavailable
from sql.movements import accounted_band
from sql.record.engine import DatabaseRole, Record
from sql.record.opening import open_record
from sql.settings import Settings, settings
from sql.warehouse.opening import one_run, open_working_file, working_file
from sql.warehouse.result_book import begin_run, end_run, vouched_by
from sql.warehouse.working_file import Warehouse

# A run with this tag makes everything from nothing.
ANEW = "lotline/anew"
RETRIES = 3


class PlantResource(dg.ConfigurableResource):
    """The plant's databases for the length of one run.

    Attributes:
        retry_seconds: How long a step waits before it asks again for a record that can't be
            reached; it does so three times.
    """

    retry_seconds: float = 10

    _settings: Settings = PrivateAttr()
    _run_id: str = PrivateAttr(default="")
    _is_anew: bool = PrivateAttr(default=False)
    _warehouse: Warehouse | None = PrivateAttr(default=None)
    _discarded: bool = PrivateAttr(default=False)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["PlantResource"]:
        """Hold the right to run while the run lasts; note its beginning, end and results."""
        self._settings = settings()
        self._run_id = context.run.run_id if context.run else ""
        self._is_anew = bool(context.run and ANEW in context.run.tags)
        with one_run(self._settings.home):
            begin_run(self._settings.home, self._run_id)
            try:
                yield self
            finally:
                self._finish()

    @property
    def settings(self) -> Settings:
        """Return the settings of this run."""
        return self._settings

    @property
    def run_id(self) -> str:
        """Return the id of this run."""
        return self._run_id

    @property
    def warehouse(self) -> Warehouse:
        """Return the working file, opened on first use."""
        if self._warehouse is None:
            config = self._settings
            path = working_file(config.home)
            self._warehouse = Warehouse(
                path, config.timezone, config.closure_pairs_budget, accounted_band(config)
            )
        return self._warehouse

    def warehouse_to_copy_into(self) -> tuple[Warehouse, dict[str, Any] | None]:
        """Return the working file and of which moment its copies are; None: it is empty.

        Empty, too, where the run was asked to make everything anew.
        """
        if self._warehouse is not None:
            self._warehouse.close()
            self._warehouse = None
        config = self._settings
        self._discarded = True
        self._warehouse, since = open_working_file(
            config.home,
            config.timezone,
            config.closure_pairs_budget,
            accounted_band(config),
            anew=self._is_anew,
        )
        return self._warehouse, since

    @contextmanager
    def record(self) -> Iterator[Record]:
        """Lend the record in the pipeline's role, which only reads.

        A step to which the record can't be reached is tried again, and fails when it still isn't.
        """
        record = open_record(self._settings, DatabaseRole.PIPELINE)
        try:
            yield record
        except RecordUnavailable as fault:
            raise dg.RetryRequested(RETRIES, self.retry_seconds) from fault
        finally:
            record.close()

    def _finish(self) -> None:
        """Note what this run found and vouches for, and close the working file."""
        if self._discarded and self._warehouse is None:
            return  # what the file held is gone, so nothing vouches for it: not an end to note
        try:
            opened = self._warehouse
            end_run(self._settings.home, opened and vouched_by(opened, self._run_id))
        finally:
            if self._warehouse is not None:
                self._warehouse.close()
                self._warehouse = None
