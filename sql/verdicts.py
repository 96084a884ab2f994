"""Whether a trace's answer is complete, and if not, what makes it so and at which lots.

A trace names every lot that the record links, whatever else is unknown. The verdict says what the
record itself leaves open: kilograms nobody wrote down, links that came long after, findings that
wait for somebody, circles. Words for people are not here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sql.findings import OpenFindings
from sql.record import Row

LATE_AFTER = timedelta(hours=24)


class GapKind(StrEnum):
    """What can keep an answer from being complete, what matters most first."""

    CIRCLE = "circle"
    UNKNOWN_QUANTITY = "unknown_quantity"
    UNKNOWN_WEIGHT = "unknown_weight"
    UNKNOWN_SHIPMENT = "unknown_shipment"
    OPEN_FINDING = "open_finding"
    LATE_LINK = "late_link"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class Gap:
    """One thing that is open.

    Attributes:
        kind: What it is.
        lot_codes: The lots it is about, sorted: the child of a link, the lot shipped.
        checks: Of open findings, the checks that name those lots, sorted.
    """

    kind: GapKind
    lot_codes: tuple[str, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What is open about an answer; nothing: it is complete."""

    gaps: tuple[Gap, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether the record leaves nothing open about the lots of the answer."""
        return not self.gaps


def is_late(link: Row, child: Row) -> bool:
    """Tell whether a link was recorded long after its child lot was, and after it happened.

    Whoever traced the child before then got another answer. What an import brings together with
    its lots, however old, is not late.
    """
    known_for = link["recorded_at"] - child["recorded_at"]
    return known_for > LATE_AFTER and link["recorded_at"] - link["happened_at"] > LATE_AFTER


def verdict_on(
    *,
    lots: Mapping[int, Row],
    links: Iterable[Row],
    circular: Iterable[int],
    shipments: Sequence[Row],
    findings: OpenFindings | None,
) -> Verdict:
    """Judge one answer.

    Args:
        lots: The lots of the answer by id: lot_code, weight_kg, recorded_at.
        links: Every link that a share of the answer counts: child_lot_id, quantity_kg, happened_at,
            recorded_at; those from lots outside the answer too, for they dilute a share.
        circular: Lots on a circle or behind one.
        shipments: Those of the answer: lot_code, quantity_kg.
        findings: What the last checks found; None: none ever ran.
    """
    found: dict[GapKind, set[str]] = defaultdict(set)
    checks: set[str] = set()
    for link in links:
        child = lots.get(link["child_lot_id"])
        if child is None:
            continue
        if link["quantity_kg"] is None:
            found[GapKind.UNKNOWN_QUANTITY].add(child["lot_code"])
        if is_late(link, child):
            found[GapKind.LATE_LINK].add(child["lot_code"])
    found[GapKind.CIRCLE] |= {lots[lot]["lot_code"] for lot in circular}
    found[GapKind.UNKNOWN_SHIPMENT] |= {
        row["lot_code"] for row in shipments if row["quantity_kg"] is None
    }
    for lot in lots.values():
        if lot["weight_kg"] is None:
            found[GapKind.UNKNOWN_WEIGHT].add(lot["lot_code"])
        if findings is None or lot["recorded_at"] > findings.record_as_of:
            found[GapKind.NOT_CHECKED].add(lot["lot_code"])
        if findings is not None and lot["lot_code"] in findings.checks_by_lot:
            found[GapKind.OPEN_FINDING].add(lot["lot_code"])
            checks.update(findings.checks_by_lot[lot["lot_code"]])
    return Verdict(
        tuple(
            Gap(kind, tuple(sorted(found[kind])),
                tuple(sorted(checks)) if kind is GapKind.OPEN_FINDING else ())
            for kind in GapKind
            if found[kind]
        )
    )  # fmt: skip
