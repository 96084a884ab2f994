"""What stands in the way of voiding a fact. A guard reads and refuses; it never writes."""

from dashboards.commands.packing_guards import guard_here
from dashboards.commands.refusals import CorrectionRefused
from dashboards.commands.wording import counted
from sql.genealogy.stand_orders import is_overdrawn
from sql.genealogy.standing_places import counted as counted_of
from sql.genealogy.standing_places import dated
from sql.packings import PackingKind
from sql.record.transactions import Row, Transaction


def guard_link_of_production(link: Row) -> None:
    """Refuse to void one link of a production: its links go together.

    Args:
        link: With what it is called and production_code; None there: somebody linked by hand.

    Raises:
        CorrectionRefused: Names the production.
    """
    if link["production_code"] is not None:
        raise CorrectionRefused(
            f"{link['named']} follows from production {link['production_code']}. Void the "
            "production, and record it anew as it was.",
            field="link_id",
        )


def guard_packing(transaction: Transaction, packing: Row) -> None:
    """Refuse to void what was packed or unpacked where something since stands on it.

    Args:
        transaction: Open transaction that holds the write lock.
        packing: With fact_id, named, kind, sscc, lot_id and inner_sscc.

    Raises:
        PackingRefused: The unit has left; names the shipment.
        CorrectionRefused: What was packed was taken out since, or what was taken out was packed
            since; or a unit would stand in itself.
    """
    guard_here(transaction, packing["sscc"])
    inner = packing["inner_sscc"]
    would_circle = inner is not None and transaction.value(
        "is_around", outer_sscc=inner, sscc=packing["sscc"]
    )
    is_used = would_circle or transaction.value(
        "packed_since",
        packing_id=packing["fact_id"],
        kind=packing["kind"],
        sscc=packing["sscc"],
        lot_id=packing["lot_id"],
        inner_sscc=inner,
    )
    if is_used:
        since = "taken out" if packing["kind"] == PackingKind.PACKED else "packed"
        raise CorrectionRefused(
            f"{packing['named']} can't be voided: it was {since} since. Void that first.",
            field="packing_id",
            code="IN_USE",
        )


def guard_stand(transaction: Transaction, fact: Row, kind: str) -> None:
    """Refuse to void a move or movement that something later stands on.

    Args:
        transaction: Holds the write lock.
        fact: With fact_id, named and lot_id.
        kind: move or movement.

    Raises:
        CorrectionRefused: What came to its place by it has gone from there since.
    """
    flows = transaction.all("flows_of_lots", lot_ids=[fact["lot_id"]])
    others = [row for row in flows if row[f"{kind}_id"] != fact["fact_id"]]
    ways = [("weight_kg", dated), ("lot_quantity", counted_of)]
    if others and any(
        is_overdrawn(flows[0][began], [*map(read, others)])
        and not is_overdrawn(flows[0][began], [*map(read, flows)])
        for began, read in ways
    ):
        raise CorrectionRefused(
            f"{fact['named']} can't be voided: what it put there has moved on. Void that first.",
            field=f"{kind}_id",
            code="IN_USE",
        )


def guard_facts_of_lot(transaction: Transaction, lot_id: int, named: str) -> None:
    """Refuse while something stands that says the lot was there: it goes first, one by one."""
    standing = transaction.one("facts_that_stand", lot_id=lot_id) or {}
    said = [
        counted(standing[f"{thing}s_count"], thing)
        for thing in ("link", "shipment", "movement", "packing", "decision")
        if standing[f"{thing}s_count"]
    ]
    if said:
        raise CorrectionRefused(
            f"{named} still has {' and '.join(said)}. Void its links, shipments, "
            "movements and packings and withdraw its decisions first, then the lot.",
            field="lot_id",
            code="LOT_IN_USE",
        )
