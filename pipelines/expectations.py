"""Great Expectations, asked whether rows keep a list of expectations.

The only module that knows the library, and it imports it inside the function: the import takes
seconds, pandas with it, and every load of the code location would pay for them.
"""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import ExpectationValidationResult

Expectation = tuple[str, dict[str, Any]]


def failed_expectations(
    rows: "pd.DataFrame", expectations: list[Expectation]
) -> list[dict[str, Any]]:
    """Say which expectations the rows do not meet, with the first values that break each.

    Returns:
        One mapping a failed expectation: expectation, column, breaches_count, first_values.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    suite = gx.ExpectationSuite("contract")
    for kind, arguments in expectations:
        suite.add_expectation_configuration(ExpectationConfiguration(type=kind, kwargs=arguments))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("copy")
    batch = source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    report = batch.get_batch({"dataframe": rows}).validate(suite)
    return [_failure(result) for result in report.results if not result.success]


def _failure(result: "ExpectationValidationResult") -> dict[str, Any]:
    """Describe one failed expectation."""
    expected = result.expectation_config
    if expected is None:
        raise LookupError(f"a failed expectation does not say what was expected: {result}")
    seen = result.result
    return {
        "expectation": expected.type,
        "column": expected.kwargs.get("column", ""),
        # An expectation about the table as a whole counts no rows; it is broken once.
        "breaches_count": seen.get("unexpected_count") or 1,
        "first_values": str(seen.get("partial_unexpected_list") or seen.get("observed_value")),
    }
