"""Write what an import takes back: what vanished from a whole export, and what reads otherwise."""

from collections.abc import Iterable

from dashboards.commands import values
from dashboards.commands.carrying import void_production
from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_gone import Gone
from dashboards.commands.import_productions import PRODUCTIONS
from dashboards.commands.import_source import Source
from sql.record.transactions import Row, Transaction

# Where a fact is voided, and by which column; what came back goes before what it came back of.
VOIDS = {
    "movements": ("facts.movement_voids", "movement_id"),
    "shipments": ("facts.shipment_voids", "shipment_id"),
    "genealogy": ("facts.link_voids", "link_id"),
    "readings": ("facts.reading_voids", "reading_id"),
    "qc_decisions": ("facts.decision_withdrawals", "decision_id"),
    "packings": ("facts.packing_voids", "packing_id"),
    "moves": ("facts.move_voids", "move_id"),
}


def void_gone(
    transaction: Transaction, gone: Gone, source: Source, operator_id: int | None
) -> None:
    """Void the facts that vanished, lots not yet."""
    now = values.moment(None)
    for stem, (table, key) in VOIDS.items():
        if ids := gone.facts.get(stem):
            transaction.copy(
                table,
                [key, "reason", "operator_id", "happened_at"],
                [(fact_id, source.gone(stem), operator_id, now) for fact_id in ids],
            )
    for production_id in gone.facts.get(PRODUCTIONS, ()):
        void_production(transaction, production_id, source.gone(PRODUCTIONS), operator_id)


def void_revised(
    transaction: Transaction, revised: Iterable[Row], source: Source, operator_id: int | None
) -> None:
    """Void the productions that are written anew."""
    reason = f"corrected by an import: {source.file(PRODUCTIONS)}"
    for held in revised:
        void_production(transaction, held["id"], reason, operator_id)


def void_gone_lots(
    transaction: Transaction, gone: Gone, source: Source, operator_id: int | None
) -> None:
    """Void the lots that vanished, with what imports decided and measured about them."""
    if not gone.lots:
        return
    now, reason = values.moment(None), source.gone(LOTS)
    written = {"reason": reason, "operator_id": operator_id, "happened_at": now}
    transaction.run("withdraw_decisions_of_lots", lot_ids=gone.lots, **written)
    transaction.run("void_readings_of_lots", lot_ids=gone.lots, **written)
    transaction.run("void_moves_of_lots", lot_ids=gone.lots, **written)
    transaction.copy(
        "facts.lot_voids",
        ["lot_id", "reason", "operator_id", "happened_at"],
        [(lot_id, reason, operator_id, now) for lot_id in gone.lots],
    )
