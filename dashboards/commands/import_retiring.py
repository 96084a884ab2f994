"""Products, partners and runs that a whole export has no more, and those that it has again.

What names them stands, so none is taken out of the record. A product or partner is retired: forms
offer it no more. A run that goes on is closed: as completed where a lot or production names it, or
else as cancelled; when it ended nobody said. Each is a revision, with the file as its reason.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from dashboards.commands.import_files import NOWHERE, Known, Rows
from dashboards.commands.import_known import look_up
from dashboards.commands.import_masters import Change, MasterRow, Standing, compared
from dashboards.commands.import_setting_aside import Kept
from dashboards.commands.import_tables import CODES
from dashboards.commands.master_kinds import Master
from sql.record.transactions import Row, Transaction
from sql.vocabulary import RunStatus

RETIRED, STATUS = "is_retired", "status"


def vanished_masters(
    transaction: Transaction, files: Mapping[str, Rows], kept: Kept, lots: Collection[int]
) -> list[MasterRow]:
    """Find what came by an import and its file has no more.

    Args:
        transaction: Open transaction that holds the write lock.
        files: The rows that may be taken.
        kept: What rows set aside speak of.
        lots: Ids of lots that go, or are of another run by these files.
    """
    found: list[MasterRow] = []
    for stem in (stem for stem in Master if stem in files):
        code = CODES[stem]
        there = {*files[stem].columns[code], *kept.codes(stem)}
        codes = [row[code] for row in transaction.all(f"imported_{stem}")]
        held = look_up(transaction, stem, [one for one in codes if one not in there])
        named = _named_runs(transaction, files, held, lots) if stem == Master.RUN else set()
        found += [
            MasterRow(stem, NOWHERE, one, Standing.CHANGED, (_goes(stem, row, named),), row)
            for one, row in sorted(held.items())
        ]
    return found


def said_gone(row: MasterRow) -> str:
    """Say what vanished, as the beginning of a sentence."""
    word = {Master.PRODUCT: "product", Master.PARTNER: "partner"}.get(Master(row.stem))
    return (
        f"{word} {row.code} is in the record" if word else f"run {row.code} is open in the record"
    )


def way_out(row: MasterRow) -> str:
    """Say what --correct does about it."""
    change = row.changes[0]
    if change.column == RETIRED:
        return (
            "Import with --correct to retire it: forms offer it no more, and what names it stands."
        )
    why = "" if change.new == RunStatus.COMPLETED else ": no lot or production names it"
    return f"Import with --correct to close it as {change.new.lower()}{why}."


def with_returned(
    masters: Iterable[MasterRow], files: Mapping[str, Rows], known: Known, wrong: Collection[object]
) -> list[MasterRow]:
    """Return the changed rows, with those added that a whole export had no more and has again."""
    by_place = {(row.stem, row.line): row for row in masters}
    for row in compared(files, known):
        changes = tuple(_returns(row, files[row.stem]))
        if changes and (f"{row.stem}.csv", row.line) not in wrong:
            changed = replace(row, standing=Standing.CHANGED, changes=(*row.changes, *changes))
            by_place[row.stem, row.line] = changed
    return list(by_place.values())


def _goes(stem: str, held: Row, named: Collection[int]) -> Change:
    if stem != Master.RUN:
        return Change(RETIRED, False, True)
    ended = RunStatus.COMPLETED if held["id"] in named else RunStatus.CANCELLED
    return Change(STATUS, held[STATUS], ended)


def _returns(row: MasterRow, rows: Rows) -> Iterator[Change]:
    """Yield what takes a row back; one that people retired or closed stays so."""
    if row.held is None or not row.held["is_gone"]:
        return
    if row.stem != Master.RUN:
        yield Change(RETIRED, True, False)
    elif STATUS not in rows.given:
        yield Change(STATUS, row.held[STATUS], RunStatus.ACTIVE)


def _named_runs(
    transaction: Transaction,
    files: Mapping[str, Rows],
    held: Mapping[str, Row],
    lots: Collection[int],
) -> set[int]:
    """Return the runs that a lot or production names once the import is in."""
    ids = [row["id"] for row in held.values()]
    rows = transaction.all("runs_with_lots", run_ids=ids, lot_ids=list(lots)) if ids else ()
    said = {
        code
        for stem in ("lots", "productions")
        if stem in files
        for _line, code in files[stem].cells("run_code")
    }
    return {row["run_id"] for row in rows} | {held[code]["id"] for code in said & {*held}}
