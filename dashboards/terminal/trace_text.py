"""A trace, and the choice of its lot, as a terminal writes them."""

from dataclasses import asdict
from typing import Any

from dashboards.words import LABEL_PARTS
from sql.genealogy.lot_choice import Meant
from sql.genealogy.trace import Trace


def whole(found: Trace) -> dict[str, Any]:
    """Unfold everything a trace says into plain mappings and lists, for JSON."""
    verdict = found.verdict
    gaps = [asdict(gap) | {"bears_on": gap.kind.bearing} for gap in verdict.gaps]
    parts = {"lots": found.lots, "links": found.links, "shipments": found.shipments}
    return {
        "lot": dict(found.lot),
        "verdict": {
            "is_complete": verdict.is_complete,
            "is_whole": verdict.is_whole,
            "gaps": gaps,
        },
    } | {name: [dict(row) for row in rows] for name, rows in parts.items()}


def found_by(meant: Meant) -> str | None:
    """Say which lot was found by what; None where its code was typed."""
    if meant.sure is None:
        return None
    return f"Found {meant.lot_code} by {LABEL_PARTS[meant.sure['matched_by']]}."


def choices(typed: str, meant: Meant, then: str) -> str:
    """Say that no lot is surely meant, and which ones may be.

    Args:
        typed: What was typed.
        meant: What it may mean.
        then: Words for the moment asked about; empty: now.
    """
    found = meant.found
    if found is None or not found.lots:
        return f"Lot {typed} is not in the record{then}."
    shown, count = len(found.lots), found.count
    more = f"; the first {shown:,}" if count > shown else ""
    lines = [f"{typed} may mean {count:,} lots{then}{more}. Say which:"]
    lines += [f"  {lot['lot_code']}  by {LABEL_PARTS[lot['matched_by']]}" for lot in found.lots]
    return "\n".join(lines)
