"""What the checks say about the lots of an answer: what is open, and what nobody looked at.

A check speaks about the record it was given. Facts that came later, and facts that an answer as of
an earlier moment doesn't know, may bear on any lot they reach; the record itself says on which
(its function `lots_not_looked_at`), counted along its trail.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sql.record.binary_columns import array_literal
from sql.record.pipelined_queries import Asked, Rows
from sql.warehouse.open_findings import OpenFindings


@dataclass(frozen=True)
class CheckedLots:
    """What the checks say about some lots.

    Attributes:
        not_checked: Codes of the lots on which a fact bears that not every check has looked at.
        open_checks: The checks that are broken at a lot, by lot code.
        about_lots: Checks whose breach leaves the answer as it is (see `Rule.bears_on_lots`).
    """

    not_checked: frozenset[str] = frozenset()
    open_checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about_lots: frozenset[str] = frozenset()


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
    findings: OpenFindings | None, codes: Mapping[int, str], answers: Sequence[Rows]
) -> CheckedLots:
    """Say what the checks say about lots.

    Args:
        findings: What they said last; None: none ever ran.
        codes: The lots' codes, by id.
        answers: What the record answered to `questions`.
    """
    if findings is None:
        return CheckedLots(frozenset(codes.values()))
    named = findings.breaches_by_lot
    broken = {
        code: tuple(sorted({breach.check for breach in named[code]}))
        for code in codes.values()
        if code in named
    }
    unseen = [codes[row["lot_id"]] for row in answers[0]] if answers else codes.values()
    return CheckedLots(frozenset(unseen), broken, findings.about_lots)
