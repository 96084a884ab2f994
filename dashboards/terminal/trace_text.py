"""A trace, and the choice of its lot, as a terminal writes them."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dashboards.exports.trace_units import units_words
from dashboards.reader.parts import percent
from dashboards.terminal.printing import print_table
from dashboards.terminal.saying import say
from dashboards.views.genealogy import customers_reached
from dashboards.views.here import by_place, here_words
from dashboards.views.returns import with_returns
from dashboards.words import STANDINGS, file_words, plural
from dashboards.words.movements import MOVED_LINES
from dashboards.words.searches import LABEL_NOTES, LABEL_PARTS, SEARCH_BESIDE
from sql.amount_columns import columns_told
from sql.genealogy.lot_choice import Meant
from sql.genealogy.trace import Trace
from sql.genealogy.whereabouts import Whereabouts
from sql.settings import settings
from sql.stretches import spelled_in
from sql.vocabulary import Direction

CUSTOMERS = ["customer_name", "customer_code", "quantity_kg", "shipments_count", "phone", "email"]
SUPPLIERS = ["supplier_name", "supplier_code", "supplier_lot_code", "lot_code", "phone", "email"]
MOVEMENTS = ["happened_at", "lot_code", "kind", "quantity_kg", "partner_name", "reason"]
UNITS = ["sscc", "outermost_sscc", "lot_code", "quantity_kg", "shipment_code", "customer_name"]
PLACES = ["place", "standing", "lots_count", "on_hand_kg", "suspect_on_hand_kg", "unknown_count"]


def whole(found: Trace, where: Whereabouts) -> dict[str, Any]:
    """Unfold everything a trace says into plain mappings and lists, for JSON."""
    verdict = found.verdict
    gaps = [asdict(gap) | {"bears_on": gap.kind.bearing} for gap in verdict.gaps]
    parts = {
        "lots": found.lots,
        "links": found.links,
        "shipments": found.shipments,
        "movements": found.movements,
        "customers": customers_reached(found.shipments),
        "deliveries": where.deliveries,
        "here": where.here,
        "sites": where.sites,
        "units": where.units,
    }
    return {
        "lot": dict(found.asked[0]) if len(found.asked) == 1 else None,
        "asked": [lot["lot_code"] for lot in found.asked],
        "verdict": {
            "is_complete": verdict.is_complete,
            "is_whole": verdict.is_whole,
            "gaps": gaps,
            "settled": [asdict(finding) for finding in verdict.settled],
        },
    } | {name: [dict(row) for row in rows] for name, rows in parts.items()}


def row_said(lot: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """Write a lot's row for a table: its share as people say it, all else as it is."""
    share = lot["share"]
    return {name: lot.get(name) for name in columns} | {
        "share": None if share is None else percent(share, 2)
    }


def print_to_do(found: Trace, where: Whereabouts, direction: Direction) -> None:
    """Print what must be held here and whom to call, a table each."""
    places = [{**row, "standing": STANDINGS[row["standing"]]} for row in by_place(where.here)]
    tables: list[tuple[str, Sequence[dict[str, Any]], list[str]]] = [
        (here_words(where.here), places, PLACES)
    ]
    if where.units:
        tables.append((units_words(where.units), where.units, UNITS))
    if direction is not Direction.BACK:
        customers = customers_reached(found.shipments)
        said = f"Customers to call: {len(customers):,}"
        tables.append((said, customers, with_returns(customers, CUSTOMERS)))
    if found.movements:
        zone, said = settings().zone, MOVED_LINES.format(count=f"{len(found.movements):,}")
        moved = [
            {
                **row,
                "kind": file_words("kind", row["kind"]),
                "happened_at": spelled_in(row, "happened_at", zone) or row["happened_at"],
            }
            for row in found.movements
        ]
        tables.append((said, moved, MOVEMENTS))
    if direction is not Direction.FORWARD:
        said = f"Lots that suppliers delivered: {len(where.deliveries):,}"
        tables.append((said, where.deliveries, SUPPLIERS))
    for said, rows, columns in tables:
        say("", said)
        if rows:
            print_table(rows, columns_told(columns, rows))


def found_by(meant: Meant) -> str | None:
    """Say which lot was found by what, and how many more contain it; None: its code was typed."""
    lot = meant.sure
    if lot is None:
        return None
    more = meant.found.count - 1
    beside = SEARCH_BESIDE.format(count=plural(more, "more lot"), typed=meant.typed)
    also = f" {beside}." if more else ""
    if lot["matched_by"] == "lot_code":
        return also.strip() or None
    return f"Found {meant.lot_code} by {LABEL_PARTS[lot['matched_by']]}.{also}"


def doubts(meant: Meant) -> list[str]:
    """Say what is uncertain about how it was read, such as a wrong check digit."""
    return [f"{meant.typed}: {LABEL_NOTES[note]}" for note in meant.reading.notes]


def choices(meant: Meant, then: str) -> list[str]:
    """Say, line by line, that no lot is surely meant, and which ones may be.

    Args:
        meant: What was typed, and what it may mean.
        then: Words for the moment asked about; empty: now.
    """
    found = meant.found
    shown, count = len(found.lots), found.count
    more = f"; the first {shown:,}" if count > shown else ""
    listed = [
        f"  {lot['lot_code']}  by {LABEL_PARTS[lot['matched_by']]} {lot['matched']}".rstrip()
        for lot in found.lots
    ]
    head = f"{meant.typed} may mean {plural(count, 'lot')}{then}{more}. Say which, one or several:"
    return [head, *listed]


def choose_with(looked_for: Sequence[str]) -> str:
    """Say that nothing was traced, and how to name the chosen lots of all that was looked for."""
    among = " ".join(f"--among {shlex.quote(one)}" for one in looked_for)
    return f"Nothing was traced. Choose with: lotline trace {among} LOT..."
