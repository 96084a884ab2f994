"""Which products, partners and runs of an import are new, known as they are, or changed.

Products, partners and runs are known by a code. A row with a known code and another value is a
change, never a second row: it is shown, and written as a revision once somebody has confirmed it.
An empty cell says nothing, so that a file without phones takes none away; a partner's roles add up.
What a person changed on a screen and the file says as it was first registered is no change either:
that file stays good.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboards.commands.import_changes import held_value
from dashboards.commands.import_files import Known, Rejection, Rows, rejected_cell
from dashboards.commands.import_known import look_up
from dashboards.commands.import_tables import CODES
from dashboards.commands.master_kinds import KINDS, Master
from sql.record.transactions import Row, Transaction
from sql.vocabulary import ROLES_BETWEEN, PartnerRole, roles_together


class Standing(StrEnum):
    """How a row of a file stands to the record."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One value that a file says otherwise than the record."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class MasterRow:
    """One row of a file of products, partners or runs, and how it stands to the record.

    Attributes:
        stem: The file, `products`, `partners` or `production_runs`.
        line: Its line in the file.
        code: What it is known by.
        standing: New, the same, or changed.
        changes: Of a changed row each value that differs, old and new; else empty.
        held: Of a row that the record has, what it holds: `id` and every column.
    """

    stem: str
    line: int
    code: str
    standing: Standing
    changes: tuple[Change, ...] = ()
    held: Row | None = None


def changed_masters(transaction: Transaction, files: Mapping[str, Rows]) -> list[MasterRow]:
    """Say of every row of products, partners and runs how it stands to the record.

    Reads only: for a preview, in a snapshot or a transaction. Files by stem, rows checked cell by
    cell (`dashboards.imports.cells.checked`); each partner on one line (`with_roles_united`). Other
    files are passed over, and so are rows without a code.
    """
    known: Known = {
        stem: look_up(transaction, stem, files[stem].columns[CODES[stem]])
        for stem in Master
        if stem in files
    }
    return list(compared(files, known))


def compared(files: Mapping[str, Rows], known: Known) -> Iterator[MasterRow]:
    """Compare rows with what the record holds under their codes, handed in."""
    for stem in (stem for stem in Master if stem in files):
        rows = files[stem]
        for at, code in enumerate(rows.columns[CODES[stem]]):
            if code is None:
                continue
            held = known[stem].get(code)
            if held is None:
                yield MasterRow(stem, rows.lines[at], code, Standing.NEW)
                continue
            changes = tuple(_changes(rows, at, held))
            standing = Standing.CHANGED if changes else Standing.SAME
            yield MasterRow(stem, rows.lines[at], code, standing, changes, held)


def changed_rows(
    files: Mapping[str, Rows], known: Known, found: Iterable[Rejection]
) -> list[MasterRow]:
    """Return the changed rows of the files, but for lines that are refused for something else."""
    wrong = {(one.file, one.line) for one in found}
    return [
        row
        for row in compared(files, known)
        if row.standing is Standing.CHANGED and (f"{row.stem}.csv", row.line) not in wrong
    ]


def masters_to_confirm(rows: Iterable[MasterRow]) -> Iterator[Rejection]:
    """Say each changed cell with what stands in the record."""
    for row in rows:
        for change in row.changes:
            reason = (
                f"{row.code} is in the record with {held_value(change.old)}. Import with --correct "
                "to change it; if this is another, use another code."
            )
            yield rejected_cell(
                row.stem, row.line, change.column, change.new, reason, is_change=True
            )


def ends_too_early(row: MasterRow) -> bool:
    """Tell whether a changed run would end before it started."""
    if row.stem != Master.RUN or row.held is None:
        return False
    said = {**row.held, **{change.column: change.new for change in row.changes}}
    return None not in (said["started_at"], said["ended_at"]) and (
        said["ended_at"] < said["started_at"]
    )


def _changes(rows: Rows, at: int, held: Row) -> Iterator[Change]:
    """Yield what a row says otherwise than the record; only columns that the file has count."""
    for column in rows.columns:
        new, old = rows.columns[column][at], held[column]
        if column not in rows.given or new is None:
            continue
        if column == "role" and old is not None:
            new = roles_together(map(PartnerRole, [*old.split(ROLES_BETWEEN), *new.split(";")]))
        if new not in (old, held[f"registered_{column}"] if column in _RESTATED else old):
            yield Change(column, old, new)


_RESTATED = {name for kind in KINDS.values() for name in kind.readers}
