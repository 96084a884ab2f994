"""What every check said last, as a terminal writes it: breaches first, then what nobody checked."""

from sql.warehouse.check_results import Result, Results, State
from sql.warehouse.findings import lots_of
from sql.warehouse.rules import Severity

LOTS_NAMED = 8


def errors_in(results: Results) -> list[Result]:
    """Return the checks that leave an error open, or may: no warning, and not passed."""
    return [
        result
        for result in results.checks
        if result.state is not State.PASSED
        and (result.state is State.NOT_CHECKED or result.check.severity is not Severity.WARNING)
    ]


def say_results(results: Results | None) -> None:
    """Print what the checks said, worst first; "every check passed" only where each one looked."""
    if results is None:
        print("No check ran.")
        return
    failed = [result for result in results.checks if result.state is State.FAILED]
    unknown = [result for result in results.checks if result.state is State.NOT_CHECKED]
    if not failed and not unknown:
        print(f"Every check passed ({len(results.checks)}).")
    order = list(Severity)
    for result in sorted(failed, key=lambda result: order.index(result.check.severity)):
        print(_failure(result))
    for result in unknown:
        print(f"{'NOT CHECKED':<12} {_sentence(result)}")
    if unknown:
        print(
            f"{len(unknown)} of {len(results.checks)} checks have not looked at what there is now."
        )


def _failure(result: Result) -> str:
    """Say which rule is broken, how often and at which lots."""
    found = result.finding
    assert found is not None  # or it would not have failed
    lots = sorted(set().union(*map(lots_of, found.rows)))
    named = f": {', '.join(lots[:LOTS_NAMED])}{' …' if len(lots) > LOTS_NAMED else ''}"
    since = "" if result.is_current else ", not checked again since"
    return (
        f"{result.check.severity.upper():<8} {_sentence(result)}, "
        f"{found.breaches_count} broken{since}{named if lots else ''}"
    )


def _sentence(result: Result) -> str:
    """Say what must hold, of which table."""
    return f"{result.check.table}: {result.check.name.replace('_', ' ')}"
