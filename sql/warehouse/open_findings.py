"""What the checks leave open, by lot, for whoever judges an answer about lots.

Read from `check_results`. Whether somebody settled a breach is for the record to say
(`sql.genealogy.checked_lots`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sql.warehouse.check_results import Moment, Result, Results, State, read_results
from sql.warehouse.findings import breach_id, lots_of
from sql.warehouse.rules import rules_about_lots


@dataclass(frozen=True)
class OpenBreach:
    """One row that breaks a rule.

    Attributes:
        check: The sentence that does not hold.
        breach_id: Names it (`findings.breach_id`); empty: it is one of those that no row is kept
            of, which nobody can settle.
        looked_at: The record that the check found it in; None: the one that every check had
            looked at.
    """

    check: str
    breach_id: str
    looked_at: Moment | None = field(default=None, compare=False)


@dataclass(frozen=True)
class OpenFindings:
    """What the checks said last, by lot.

    Attributes:
        looked_at: The record that every check had looked at; None: not every check has looked at
            what there is.
        breaches_by_lot: The breaches that name a lot, by lot code.
        about_lots: Checks whose breach leaves a trace's answer as it is (see `Rule.bears_on_lots`).
        looks: Every record that a check spoke of when it said what it says.
    """

    looked_at: Moment | None
    breaches_by_lot: dict[str, tuple[OpenBreach, ...]]
    about_lots: frozenset[str] = frozenset()
    looks: frozenset[Moment] = frozenset()


def open_findings(home: Path) -> OpenFindings | None:
    """Return what the checks leave open, or None where no run ever began."""
    results = read_results(home)
    return None if results is None else findings_in(results)


@lru_cache(maxsize=4)
def findings_in(results: Results) -> OpenFindings:
    """Return what results leave open."""
    moments = [result.looked_at for result in results.checks if result.is_current]
    known = [moment for moment in moments if moment is not None]
    is_whole = len(known) == len(results.checks)
    oldest = min(known, key=lambda moment: moment.audit_length) if is_whole else None
    named: dict[str, set[OpenBreach]] = defaultdict(set)
    for result in results.checks:
        for code, breach in _breaches(result):
            named[code].add(breach)
    by_sentence = {
        code: tuple(sorted(breaches, key=lambda breach: (breach.check, breach.breach_id)))
        for code, breaches in named.items()
    }
    broken = [one.looked_at for one in results.checks if one.state is State.FAILED]
    looks = frozenset(moment for moment in (*known, *broken) if moment is not None)
    return OpenFindings(oldest, by_sentence, rules_about_lots(), looks)


def _breaches(result: Result) -> list[tuple[str, OpenBreach]]:
    """Return each lot that a result names, with the breach that names it."""
    found = result.finding
    if found is None or found.passed:
        return []
    named = [
        (code, OpenBreach(found.name, breach_id(found.table, found.name, row), result.looked_at))
        for row in found.rows
        for code in sorted(lots_of(row))
    ]
    beyond = OpenBreach(found.name, "", result.looked_at)
    return named + [(code, beyond) for code in found.further_lot_codes]
