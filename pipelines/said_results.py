"""What every check said last, as a terminal writes it: breaches first, then what nobody checked."""

from collections import Counter
from collections.abc import Mapping

from sql.warehouse.check_results import Result, Results, State
from sql.warehouse.findings import breach_ids, lots_of
from sql.warehouse.rules import Severity
from sql.warehouse.settlements import Settlement

LOTS_NAMED = 8


def errors_in(results: Results, settlements: Mapping[str, Settlement]) -> list[Result]:
    """Return the checks that leave an error open, or may: not passed, no warning, not settled.

    Args:
        results: What every check said last.
        settlements: What somebody settled, by breach.
    """
    return [
        result
        for result in results.checks
        if result.state is State.NOT_CHECKED
        or result.state is State.FAILED
        and result.check.severity is not Severity.WARNING
        and _open_count(result, settlements)
    ]


def say_results(
    results: Results | None, settlements: Mapping[str, Settlement], run_id: str
) -> None:
    """Print what the checks said, worst first; "every check passed" only where each one looked.

    Args:
        results: What every check said last.
        settlements: What somebody settled, by breach.
        run_id: The run that has just ended; where it asked no check, that is said first.
    """
    has_run = results is not None and any(one.run_id == run_id for one in results.checks)
    if not has_run:
        print("No check ran.")
    if results is None:
        return
    failed = [result for result in results.checks if result.state is State.FAILED]
    unknown = [result for result in results.checks if result.state is State.NOT_CHECKED]
    if has_run and not failed and not unknown:
        print(f"Every check passed ({len(results.checks)}).")
    order = list(Severity)
    for result in sorted(failed, key=lambda result: order.index(result.check.severity)):
        print(_failure(result, settlements))
        for said in _settled(result, settlements):
            print(f"{'':<8} {said}")
    for result in unknown:
        print(f"{'NOT CHECKED':<12} {_sentence(result)}")
    if unknown:
        looked = f"{len(unknown)} of {len(results.checks)} checks have not looked"
        print(f"{looked} at what there is now.")


def _failure(result: Result, settlements: Mapping[str, Settlement]) -> str:
    """Say which rule is broken, how often and at which lots."""
    found = result.finding
    assert found is not None  # or it would not have failed
    lots = sorted(set().union(*map(lots_of, found.rows)))
    named = f": {', '.join(lots[:LOTS_NAMED])}{' …' if len(lots) > LOTS_NAMED else ''}"
    since = "" if result.is_current else ", not checked again since"
    is_open = _open_count(result, settlements) > 0
    word = result.check.severity.upper() if is_open else "SETTLED"
    return (
        f"{word:<8} {_sentence(result)}, "
        f"{found.breaches_count} broken{since}{named if lots else ''}"
    )


def _settled(result: Result, settlements: Mapping[str, Settlement]) -> list[str]:
    """Say who settled breaches of a check, and why; each once."""
    ids = breach_ids(result.finding) if result.finding else []
    said = Counter(settlements[breach] for breach in ids if breach in settlements)
    # On one line each: an end of line that somebody typed would begin another, or write over this.
    return [
        " ".join(
            f"{count} settled by {one.settled_by}, {one.settled_at:%Y-%m-%d}: {one.reason}".split()
        )
        for one, count in said.items()
    ]


def _open_count(result: Result, settlements: Mapping[str, Settlement]) -> int:
    """Count the breaches of a check that nobody settled."""
    if result.finding is None:
        return 0
    settled = sum(breach in settlements for breach in breach_ids(result.finding))
    return result.finding.breaches_count - settled


def _sentence(result: Result) -> str:
    """Say what must hold, of which table."""
    return f"{result.check.table}: {result.check.name.replace('_', ' ')}"
