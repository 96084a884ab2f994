"""Write lots under their new codes, with all that was recorded about them."""

from collections.abc import Sequence

from dashboards.commands import values
from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_known import look_up
from dashboards.commands.import_renames import Rename
from dashboards.commands.import_source import Source
from dashboards.commands.import_untracked import BEFORE_KEY, UNTRACKED
from sql.record.transactions import Transaction

_MOVED = ("links", "shipments", "movements", "moves", "readings", "decisions")


def rename_lots(
    transaction: Transaction,
    renames: Sequence[Rename],
    source: Source,
    operator_id: int | None,
) -> None:
    """Register each lot under its new code, with all that was recorded about it.

    What went into it without a lot code is called after it, and renamed with it.
    """
    for one in renames:
        _rename(transaction, one, source, operator_id)
        old, new = UNTRACKED + one.old, UNTRACKED + one.new
        for lot in transaction.all("untracked_inputs_of", code=old, before_key=BEFORE_KEY):
            called = new + lot["lot_code"].removeprefix(old)
            if not look_up(transaction, LOTS, [called]):
                nowhere = Rename(one.line, lot["lot_id"], lot["lot_code"], called)
                _rename(transaction, nowhere, source, operator_id)


def _rename(transaction: Transaction, one: Rename, source: Source, operator_id: int | None) -> None:
    reason = f"renamed from {one.old} to {one.new} in {source.file(LOTS)}"
    written = {
        "reason": reason,
        "operator_id": operator_id,
        "happened_at": values.moment(None),
        "lot_id": one.lot_id,
    }
    rows = transaction.all("productions_of_lot", lot_id=one.lot_id)
    productions = [row["production_id"] for row in rows]
    for production_id in productions:
        void_production(transaction, production_id, reason, operator_id)
    for what in _MOVED:
        transaction.run(f"void_{what}_of_renamed", **written)
    renamed_id = transaction.value("register_renamed", lot_code=one.new, **written)
    to = {"lot_id": one.lot_id, "renamed_id": renamed_id, "reason": reason}
    for what in _MOVED:
        transaction.run(f"copy_{what}_to_renamed", **to)
    for production_id in productions:
        _copy_production(transaction, production_id, one.lot_id, renamed_id, operator_id)


def void_production(
    transaction: Transaction, production_id: int, reason: str, operator_id: int | None
) -> None:
    """Void a production with its links."""
    written = {"reason": reason, "operator_id": operator_id, "happened_at": values.moment(None)}
    transaction.run("void_links_of_production", production_id=production_id, **written)
    transaction.run("write_production_void", fact_id=production_id, **written)


def _copy_production(
    transaction: Transaction,
    production_id: int,
    lot_id: int,
    renamed_id: int,
    operator_id: int | None,
) -> None:
    copy_id = transaction.value(
        "copy_production", production_id=production_id, operator_id=operator_id
    )
    transaction.run(
        "copy_production_parts",
        production_id=production_id,
        copy_id=copy_id,
        lot_id=lot_id,
        renamed_id=renamed_id,
    )
    transaction.run("write_production_links", production_ids=[copy_id])
