"""Lots that a whole export doesn't have any more, and what keeps one in the record."""

from collections.abc import Iterator, Mapping

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import NOWHERE, Rejection, Rows, rejected_cell
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_setting_aside import Kept
from dashboards.commands.import_source import Source
from dashboards.commands.import_tables import REFERENCES
from dashboards.commands.import_untracked import UNTRACKED
from sql.record.transactions import Row, Transaction


def vanished_lots(
    transaction: Transaction, files: Mapping[str, Rows], kept: Kept, source: Source
) -> tuple[dict[int, Row], list[Rejection]]:
    """Find the lots that files like these brought and don't have any more.

    Returns:
        Those that can go, by id: to the rows of the import they are unknown; and, told, those that
        people decided or wrote something about.
    """
    there = set(files[LOTS].columns["lot_code"]) if LOTS in files else set()
    there |= kept.codes(LOTS) | set(_untracked(files))
    keys = kept.keys(LOTS)
    lots = {
        row["lot_id"]: row
        for row in transaction.all("imported_lots")
        if row["lot_code"] not in there
        and (row[KEY] is None or row[KEY] not in keys)
        and (row["is_untracked"] or LOTS in files)
    }
    rows = transaction.all("facts_about_lots", lot_ids=list(lots)) if lots else ()
    bound = {row["lot_id"] for row in rows if not row["is_imported"]}
    return (
        {lot_id: lot for lot_id, lot in lots.items() if lot_id not in bound},
        [bound_lot(lots[lot_id], source) for lot_id in sorted(bound)],
    )


def _untracked(files: Mapping[str, Rows]) -> Iterator[str]:
    """Yield the codes of the lots without a code of their own that rows name."""
    for stem in files:
        for column, table in REFERENCES.get(stem, {}).items():
            if table == LOTS:
                codes = files[stem].cells(column)
                yield from (code for _line, code in codes if code.startswith(UNTRACKED))


def bound_lot(lot: Row, source: Source) -> Rejection:
    """Say that a lot vanished from its file, and can't go."""
    reason = (
        f"{lot['lot_code']} is {source.gone(LOTS)}, but something stands about it. Void or "
        "withdraw that on its page first, or leave the lot in the file."
    )
    return rejected_cell(LOTS, NOWHERE, "lot_code", lot["lot_code"], reason)
