"""Rows of lots under a code that was corrected in the record since; their key says which they are.

A daily export goes on saying the mistyped code until it is corrected there, too. The lot keeps the
code that a manager gave it; its rows are taken as its own, and each import says so.
"""

from collections.abc import Mapping

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Rows, rejected_cell
from dashboards.commands.import_renames import called_as_held, otherwise_called
from dashboards.commands.import_telling import Warn
from sql.record.transactions import Transaction


def with_codes_corrected(
    transaction: Transaction, files: Mapping[str, Rows], pass_over: Warn | None
) -> dict[str, Rows]:
    """Return the files with these lots under the codes that they have now.

    A code without its lot's key stays what it is, the code of no lot.

    Args:
        transaction: Open transaction.
        files: Checked rows by file stem.
        pass_over: Told each such code.
    """
    found = otherwise_called(transaction, files)
    codes = [one.new for one in found]
    once = transaction.all("once_called", codes=codes) if codes else ()
    lots = {row["former_code"]: row["lot_id"] for row in once}
    kept = [one for one in found if lots.get(one.new) == one.lot_id]
    for one in kept:
        if pass_over is None:
            break
        reason = f"was corrected in the record since, to {one.old}: the lot keeps that code."
        pass_over(rejected_cell(LOTS, one.line, "lot_code", one.new, reason))
    return called_as_held(files, kept)
