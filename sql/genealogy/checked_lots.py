"""What the checks say about the lots of an answer: what is open, and what nobody looked at.

A check speaks about the record it was given. Facts that came later, and facts that an answer as of
an earlier moment doesn't know, may bear on any lot they reach; the record itself says on which
(its function `lots_not_looked_at`), counted along its trail.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sql.genealogy.gaps import SettledFinding
from sql.record.binary_columns import array_literal
from sql.record.pipelined_queries import Asked, Rows
from sql.record.transactions import Transaction
from sql.warehouse.open_findings import OpenFindings
from sql.warehouse.settlements import Settlement, settlements_of


@dataclass(frozen=True)
class CheckedLots:
    """What the checks say about some lots.

    Attributes:
        not_checked: Codes of the lots on which a fact bears that not every check has looked at.
        open_checks: The checks that are broken at a lot, by lot code, and nobody settled it.
        settled: What somebody settled, with the check and the lots it is about.
        about_lots: Checks whose breach leaves the answer as it is (see `Rule.bears_on_lots`).
    """

    not_checked: frozenset[str] = frozenset()
    open_checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about_lots: frozenset[str] = frozenset()
    settled: tuple[SettledFinding, ...] = ()


def questions(findings: OpenFindings | None, lot_ids: Iterable[int]) -> list[Asked]:
    """Return the queries whose answers `checked_lots` takes, to be asked of the record."""
    if findings is None or findings.looked_at is None:
        return []
    moment = findings.looked_at
    asked = {
        "looked_until": moment.audit_length,
        "head": moment.audit_head,
        "lot_ids": array_literal(lot_ids),
    }
    return [("lots_not_looked_at", asked)]


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
    named = {
        code: findings.breaches_by_lot[code]
        for code in codes.values()
        if code in findings.breaches_by_lot
    }
    settlements = settlements_of(
        transaction, (breach.breach_id for broken in named.values() for breach in broken)
    )
    open_checks: dict[str, set[str]] = defaultdict(set)
    settled: dict[tuple[str, Settlement], set[str]] = defaultdict(set)
    for code, broken in named.items():
        for breach in broken:
            settlement = settlements.get(breach.breach_id)
            if settlement is None:
                open_checks[code].add(breach.check)
            else:
                settled[breach.check, settlement].add(code)
    unseen = [codes[row["lot_id"]] for row in answers[0]] if answers else codes.values()
    return CheckedLots(
        frozenset(unseen),
        {code: tuple(sorted(checks)) for code, checks in open_checks.items()},
        findings.about_lots,
        tuple(
            SettledFinding(check, settlement, tuple(sorted(lots)))
            for (check, settlement), lots in settled.items()
        ),
    )
