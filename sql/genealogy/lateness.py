"""Which links came late; none did by being written again when one of their lots was renamed."""

from collections.abc import Mapping

import numpy as np

from sql.genealogy.traced_links import Columns
from sql.genealogy.verdicts import are_late
from sql.record.binary_columns import binary_moment
from sql.record.transactions import Transaction


def first_written(transaction: Transaction, *links: Columns) -> dict[int, int]:
    """Return when late links were written first, by their id, where a rename wrote them again.

    Args:
        transaction: Open transaction or snapshot.
        links: Each with link_id and is_late.

    Returns:
        Microseconds since 2000-01-01 UTC.
    """
    late = np.unique(np.concatenate([some["link_id"][some["is_late"]] for some in links]))
    if not late.size:
        return {}
    rows = transaction.all("links_first_written", link_ids=late.tolist())
    return {row["link_id"]: binary_moment(row["recorded_at"]) for row in rows}


def with_lateness(
    links: Columns,
    lot_ids: np.ndarray,
    recorded_at: np.ndarray,
    ends: Mapping[int, int] | None = None,
    first: Mapping[int, int] | None = None,
) -> Columns:
    """Add which links came late; the lots' ids ascend, each with when it was recorded.

    Of links known by the day or month, the end counts, where it is given by their id; of those
    that a rename wrote again, when they were written first.
    """
    of_child = recorded_at[np.searchsorted(lot_ids, links["child_lot_id"])]
    happened, written = (
        _instead(links["link_id"], links[name], said or {})
        for name, said in (("happened_at", ends), ("recorded_at", first))
    )
    return links | {"is_late": are_late(written, happened, of_child)}


def _instead(ids: np.ndarray, moments: np.ndarray, said: Mapping[int, int]) -> np.ndarray:
    """Return moments with others in their place, where they are given by the id."""
    if not said:
        return moments
    pairs = zip(ids.tolist(), moments.tolist(), strict=True)
    return np.array([said.get(number, at) for number, at in pairs], np.int64)
