"""What is open about a trace's answer: whether the list is whole, and what else is known.

A trace names every lot that the record links, whatever else is unknown. The verdict says what puts
that list or a number of it in doubt, and what else is on record against the lots. What each kind
bears on is said in `sql.genealogy.gaps`; words for people are not here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sql.genealogy.checked_lots import CheckedLots
from sql.genealogy.gaps import NOTHING_OFFERED, Gap, GapKind, NotTaken, Verdict
from sql.genealogy.traced_links import Columns
from sql.record.transactions import Row

LATE_AFTER = 24 * 3600 * 1_000_000  # microseconds


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
    checked: CheckedLots,
    damaged: Iterable[str] = (),
    not_found: Iterable[str] = (),
    not_taken: NotTaken = NOTHING_OFFERED,
) -> Verdict:
    """Judge one answer.

    Args:
        lots: The lots of the answer by id: lot_code, weight_kg, recorded_at, and what is known of
            what they gave out: given_out_kg, overdrawn_kg, overdrawn_at_least_kg; where they have
            an amount in a unit, quantity, given_out_quantity, overdrawn_quantity.
        links: Every link that a share of the answer counts: child_lot_id (a lot of the answer),
            is_known, is_late; those from lots outside the answer too, for they dilute a share.
        circular: Lots on a circle or behind one.
        shipments: Those of the answer: lot_code, quantity_kg.
        checked: What the checks say about the lots.
        damaged: Lots with an identifier that a spreadsheet or a misreading spoilt.
        not_found: Codes asked about that no lot carries.
        not_taken: What a search offered for what was asked, and nobody chose.
    """
    found: dict[GapKind, set[str]] = defaultdict(set)
    found[GapKind.NOT_FOUND] |= set(not_found)
    found[GapKind.NOT_TAKEN] |= set(not_taken.lot_codes)
    found[GapKind.DAMAGED_IDENTIFIER] |= set(damaged)
    for kind, open_links in (
        (GapKind.UNKNOWN_QUANTITY, ~links["is_known"].astype(bool)),
        (GapKind.LATE_LINK, links["is_late"]),
    ):
        children = np.unique(links["child_lot_id"][open_links]).tolist()
        found[kind] = {lots[child]["lot_code"] for child in children}
    found[GapKind.CIRCLE] = {lots[lot]["lot_code"] for lot in circular}
    found[GapKind.UNKNOWN_SHIPMENT] = {
        row["lot_code"]
        for row in shipments
        if row["quantity_kg"] is None and row.get("quantity") is None
    }
    # Asked of every lot of every trace: in kilograms first, which most lots have.
    found[GapKind.UNKNOWN_WEIGHT] = {
        lot["lot_code"]
        for lot in lots.values()
        if lot["weight_kg"] is None and lot.get("quantity") is None
    }
    found[GapKind.NOT_CHECKED] = set(checked.not_checked)
    found[GapKind.UNKNOWN_OUTPUT] = {
        lot["lot_code"]
        for lot in lots.values()
        if lot["given_out_kg"] is None and lot.get("given_out_quantity") is None
    } - found[GapKind.UNKNOWN_SHIPMENT]
    found[GapKind.OVERDRAWN] = {
        lot["lot_code"]
        for lot in lots.values()
        if lot["overdrawn_kg"] is not None
        or lot["overdrawn_at_least_kg"] is not None
        or lot.get("overdrawn_quantity") is not None
    }
    checks = _broken(checked, found)
    unlisted = {GapKind.NOT_TAKEN: not_taken.unlisted_count}
    return Verdict(
        tuple(
            Gap(
                kind,
                tuple(sorted(found[kind])),
                tuple(sorted(set().union(*checks[kind].values()))),
                unlisted.get(kind, 0),
                {code: tuple(sorted(broken)) for code, broken in checks[kind].items()},
            )
            for kind in GapKind
            if found[kind] or unlisted.get(kind)
        ),
        checked.settled,
    )


def _broken(
    checked: CheckedLots, found: dict[GapKind, set[str]]
) -> dict[GapKind, dict[str, set[str]]]:
    """Add which lots a check names; return those checks by kind and lot."""
    checks: dict[GapKind, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, broken in checked.open_checks.items():
        for check in broken:
            is_aside = check in checked.about_lots
            kind = GapKind.LOT_FINDING if is_aside else GapKind.OPEN_FINDING
            found[kind].add(code)
            checks[kind][code].add(check)
    for code, broken in checked.found_later.items():
        found[GapKind.FOUND_LATER].add(code)
        checks[GapKind.FOUND_LATER][code] |= set(broken)
    return checks
