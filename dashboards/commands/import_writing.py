"""Write the rows of an import that the record does not hold yet.

Everything was checked before; nothing is refused here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.import_columns import deciders, with_ids, with_times_parted
from dashboards.commands.import_files import (
    HEADER_LINE,
    ImportRejected,
    Known,
    Rows,
    Sorted,
    rejected_cell,
)
from dashboards.commands.import_known import look_up
from dashboards.commands.import_likeness import KEY
from dashboards.commands.import_movements import STEM, with_lines
from dashboards.commands.import_production_writing import link_productions, write_parts
from dashboards.commands.import_productions import SIDES
from dashboards.commands.import_retired_places import retire_places
from dashboards.commands.import_source import Source
from dashboards.commands.import_tables import CODES, TABLES
from dashboards.commands.import_taking_back import VOIDS
from dashboards.commands.import_wording import broken_words
from sql.errors import RuleBroken
from sql.record.transactions import Transaction

Progress = Callable[[str, int], None]


def write_files(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    facts: Mapping[str, Sorted],
    by: Person | None,
    progress: Progress | None,
    source: Source,
) -> dict[str, int]:
    """Write what is new, file by file; what a later file names has its id by then."""
    operator_id = by.user_id if by is not None else None
    ids = {table: {code: row["id"] for code, row in rows.items()} for table, rows in known.items()}
    added = dict.fromkeys(TABLES, 0)
    for stem in TABLES:
        if stem not in files:
            continue
        columns = with_times_parted(with_ids(stem, files[stem].columns, ids))
        try:
            if stem in SIDES:
                added[stem] = write_parts(transaction, stem, columns, facts[stem])
            elif stem in CODES:
                added[stem] = _write_coded(transaction, stem, columns, ids, operator_id)
                retire_places(transaction, stem, files, known, ids, operator_id)
            else:
                _void_corrected(transaction, stem, files[stem], facts[stem], source, operator_id)
                added[stem] = _write_facts(transaction, stem, columns, facts[stem], operator_id)
        except RuleBroken as broken:
            # A rule that only the record knows; which row broke it, it doesn't say.
            reason = broken_words(broken)
            raise ImportRejected([rejected_cell(stem, HEADER_LINE, "", None, reason)]) from broken
        if progress is not None:
            progress(stem, added[stem])
    link_productions(transaction, files, known, ids)
    return added


def _write_coded(
    transaction: Transaction,
    stem: str,
    columns: Mapping[str, Sequence[Any]],
    ids: dict[str, dict[Any, int]],
    operator_id: int | None,
) -> int:
    """Write the rows whose code is new, and note the ids they were given."""
    codes = columns[CODES[stem]]
    new = [
        row
        for code, row in zip(codes, zip(*columns.values(), strict=True), strict=True)
        if code not in ids[stem]
    ]
    if new:
        rows = [(*row, operator_id) for row in new]
        transaction.copy(TABLES[stem], [*columns, "operator_id"], rows)
        written = {code for code in codes if code not in ids[stem]}
        for code, row in look_up(transaction, stem, written).items():
            ids[stem][code] = row["id"]
    return len(new)


def _void_corrected(
    transaction: Transaction,
    stem: str,
    rows: Rows,
    found: Sorted,
    source: Source,
    operator_id: int | None,
) -> None:
    """Void the facts that rows with their keys correct."""
    if not found.replaced:
        return
    now = values.moment(None)
    line_of = {key: line for line, key in rows.cells(KEY)}
    table, column = VOIDS[stem]
    transaction.copy(
        table,
        [column, "reason", "operator_id", "happened_at"],
        [
            (
                fact_id,
                f"corrected by an import, {source.row(stem, line_of[key])}: source key {key}",
                operator_id,
                now,
            )
            for fact_id, key in found.replaced
        ],
    )


def _write_facts(
    transaction: Transaction,
    stem: str,
    columns: dict[str, Sequence[Any]],
    found: Sorted,
    operator_id: int | None,
) -> int:
    """Write the facts that are new."""
    if stem == STEM:
        columns = with_lines(transaction, columns, found.new)
    operators: dict[str, int] = {}
    if stem == "qc_decisions":
        operators, columns["decided_by"] = deciders(transaction, columns["decided_by"])
    names = [name for name in columns if name != "decided_by"]
    new = []
    for at in found.new:
        fact = [columns[name][at] for name in names]
        if stem != "qc_decisions":
            new.append((*fact, operator_id))
        elif (decider := columns["decided_by"][at]) in operators:
            new.append((*fact, None, operators[decider]))
        else:
            new.append((*fact, decider, None))
    if new:
        decided_by = ["decided_by"] if stem == "qc_decisions" else []
        transaction.copy(TABLES[stem], [*names, *decided_by, "operator_id"], new)
    return len(new)
