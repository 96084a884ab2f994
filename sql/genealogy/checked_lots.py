"""What the checks say about the lots of an answer: what is open, and what nobody looked at.

A check speaks about the record it was given. Facts that came later, and facts that an answer as of
an earlier moment doesn't know, may bear on any lot they reach; the record itself says on which
(its function `lots_not_looked_at`), counted along its trail.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sql.genealogy.gaps import SettledFinding
from sql.record.binary_columns import array_literal
from sql.record.pipelined_queries import Asked, Rows
from sql.record.transactions import Transaction
from sql.warehouse.check_results import Moment
from sql.warehouse.open_findings import OpenFindings
from sql.warehouse.settlements import Settlement, settlements_of


@dataclass(frozen=True)
class CheckedLots:
    """What the checks say about some lots.

    Attributes:
        not_checked: Codes of the lots on which a fact bears that not every check has looked at.
        open_checks: The checks that are broken at a lot, by lot code, and nobody settled it.
        found_later: As `open_checks`, of an answer as of a moment: what was found after it, when
            facts that bear on the lot had been recorded since. It may not have been so then.
        settled: What somebody settled, with the check and the lots it is about.
        about_lots: Checks whose breach leaves the answer as it is (see `Rule.bears_on_lots`).
    """

    not_checked: frozenset[str] = frozenset()
    open_checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about_lots: frozenset[str] = frozenset()
    settled: tuple[SettledFinding, ...] = ()
    found_later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def questions(findings: OpenFindings | None, lot_ids: Iterable[int]) -> list[Asked]:
    """Return the queries whose answers `checked_lots` takes, to be asked of the record."""
    if findings is None:
        return []
    lots = array_literal(lot_ids)
    whole = findings.looked_at
    unseen: list[Asked] = [("lots_not_looked_at", _until(whole, lots))] if whole else []
    later: list[Asked] = [
        ("lots_looked_at_later", {**_until(look, lots), "record_as_of": look.record_as_of})
        for look in _looks(findings)
    ]
    return unseen + later


def checked_lots(
    transaction: Transaction,
    findings: OpenFindings | None,
    codes: Mapping[int, str],
    answers: Sequence[Rows],
) -> CheckedLots:
    """Say what the checks say about lots.

    Args:
        transaction: The transaction or snapshot that the lots were read in; tells what is settled.
        findings: What they said last; None: none ever ran.
        codes: The lots' codes, by id.
        answers: What the record answered to `questions`.
    """
    if findings is None:
        return CheckedLots(frozenset(codes.values()))
    looks = _looks(findings)
    named_by = [frozenset(codes[row["lot_id"]] for row in rows) for rows in answers]
    later = dict(zip(looks, named_by[len(answers) - len(looks) :], strict=True))
    unseen = named_by[0] if findings.looked_at else frozenset(codes.values())
    named = {
        code: findings.breaches_by_lot[code]
        for code in codes.values()
        if code in findings.breaches_by_lot
    }
    settlements = settlements_of(
        transaction, (breach.breach_id for broken in named.values() for breach in broken)
    )
    open_checks: dict[str, set[str]] = defaultdict(set)
    found_later: dict[str, set[str]] = defaultdict(set)
    settled: dict[tuple[str, Settlement], set[str]] = defaultdict(set)
    for code, broken in named.items():
        for breach in broken:
            settlement = settlements.get(breach.breach_id)
            look = breach.looked_at or findings.looked_at
            if settlement is not None:
                settled[breach.check, settlement].add(code)
            elif look is not None and code in later.get(look, ()):
                found_later[code].add(breach.check)
            else:
                open_checks[code].add(breach.check)
    return CheckedLots(
        unseen.union(*later.values()),
        _sorted(open_checks),
        findings.about_lots,
        tuple(
            SettledFinding(check, settlement, tuple(sorted(lots)))
            for (check, settlement), lots in settled.items()
        ),
        _sorted(found_later),
    )


def _looks(findings: OpenFindings) -> list[Moment]:
    """Return every record that a check spoke of, the oldest first."""
    every = findings.looks | ({findings.looked_at} if findings.looked_at else set())
    return sorted(every, key=lambda look: look.audit_length)


def _until(look: Moment, lots: str) -> dict[str, Any]:
    """Return the parameters that tell the record which facts a check has looked at."""
    return {"looked_until": look.audit_length, "head": look.audit_head, "lot_ids": lots}


def _sorted(checks: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(sorted(names)) for code, names in checks.items()}
