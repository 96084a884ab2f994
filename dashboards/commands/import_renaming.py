"""Write lots under their new codes, with all that was recorded about them."""

from collections.abc import Sequence

from dashboards.commands.carrying import carry_over
from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_known import look_up
from dashboards.commands.import_renames import Rename
from dashboards.commands.import_source import Source
from dashboards.commands.import_untracked import BEFORE_KEY, UNTRACKED
from sql.record.transactions import Transaction


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
    carry_over(
        transaction,
        lot_id=one.lot_id,
        lot_code=one.new,
        reason=f"renamed from {one.old} to {one.new} in {source.file(LOTS)}",
        operator_id=operator_id,
    )
