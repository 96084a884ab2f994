"""Whether a trace's answer is complete, and if not, what makes it so and at which lots.

A trace names every lot that the record links, whatever else is unknown. The verdict says what the
record itself leaves open: kilograms nobody wrote down, links that came long after, findings that
wait for somebody, circles. Words for people are not here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sql.genealogy.trace_walk import UNKNOWN
from sql.genealogy.traced_links import Columns
from sql.record.transactions import Row
from sql.warehouse.findings import OpenFindings

LATE_AFTER = 24 * 3600 * 1_000_000  # microseconds


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


def are_late(
    recorded_at: np.ndarray, happened_at: np.ndarray, child_recorded_at: np.ndarray
) -> np.ndarray:
    """Tell which links were recorded long after their child lot was, and after they happened.

    Whoever traced the child before then got another answer. What an import brings together with
    its lots, however old, is not late. All moments in microseconds since any one moment.
    """
    return (recorded_at - child_recorded_at > LATE_AFTER) & (recorded_at - happened_at > LATE_AFTER)


def verdict_on(
    *,
    lots: Mapping[int, Row],
    links: Columns,
    circular: Iterable[int],
    shipments: Sequence[Row],
    findings: OpenFindings | None,
) -> Verdict:
    """Judge one answer.

    Args:
        lots: The lots of the answer by id: lot_code, weight_kg, recorded_at.
        links: Every link that a share of the answer counts: child_lot_id (a lot of the answer),
            grams, is_late; those from lots outside the answer too, for they dilute a share.
        circular: Lots on a circle or behind one.
        shipments: Those of the answer: lot_code, quantity_kg.
        findings: What the last checks found; None: none ever ran.
    """
    found: dict[GapKind, set[str]] = defaultdict(set)
    checks: set[str] = set()
    for kind, open_links in (
        (GapKind.UNKNOWN_QUANTITY, links["grams"] == UNKNOWN),
        (GapKind.LATE_LINK, links["is_late"]),
    ):
        children = np.unique(links["child_lot_id"][open_links]).tolist()
        found[kind] = {lots[child]["lot_code"] for child in children}
    found[GapKind.CIRCLE] |= {lots[lot]["lot_code"] for lot in circular}
    found[GapKind.UNKNOWN_SHIPMENT] |= {
        row["lot_code"] for row in shipments if row["quantity_kg"] is None
    }
    facts = lots.values()
    found[GapKind.UNKNOWN_WEIGHT] |= {lot["lot_code"] for lot in facts if lot["weight_kg"] is None}
    if findings is None:
        found[GapKind.NOT_CHECKED] |= {lot["lot_code"] for lot in facts}
    else:
        until, known = findings.record_as_of, findings.checks_by_lot
        found[GapKind.NOT_CHECKED] |= {
            lot["lot_code"] for lot in facts if lot["recorded_at"] > until
        }
        found[GapKind.OPEN_FINDING] |= {
            lot["lot_code"] for lot in facts if lot["lot_code"] in known
        }
        checks.update(*(known[code] for code in found[GapKind.OPEN_FINDING]))
    return Verdict(
        tuple(
            Gap(
                kind,
                tuple(sorted(found[kind])),
                tuple(sorted(checks)) if kind is GapKind.OPEN_FINDING else (),
            )
            for kind in GapKind
            if found[kind]
        )
    )
