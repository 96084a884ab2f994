"""Values that one step of a run hands on to others, in memory: what changed, what was walked.

Only values of the same run are handed on. A step that is started alone, from Dagster's page or in a
run of some assets, gets None, and does its work from nothing or from what the working file says.
"""

from typing import Any

import dagster as dg

IN_MEMORY = "in_memory"
CHANGES = dg.AssetKey(["run", "changes"])


class WithinARun(dg.IOManager):
    """Keeps the values of one run until the next one begins."""

    def __init__(self) -> None:
        """Begin with none."""
        self._run_id = ""
        self._values: dict[dg.AssetKey, Any] = {}

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Keep a step's value; those of an earlier run go."""
        if context.run_id != self._run_id:
            self._run_id, self._values = context.run_id, {}
        self._values[context.asset_key] = obj

    def load_input(self, context: dg.InputContext) -> Any:
        """Return the value of a step of this run; None: it did not run."""
        output = context.upstream_output
        is_ours = output is not None and context.step_context.run_id == self._run_id
        return self._values.get(context.asset_key) if is_ours else None
