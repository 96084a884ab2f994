"""Take checked rows of an import into the record: all of them, or none and every reason why.

The order of the steps lives here, and the writing. What a file's cells must look like is the
face's to check, what the record makes wrong is told by `import_checks`; neither is said here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.import_checks import rejected_by_the_record
from dashboards.commands.import_files import (
    CODES,
    HEADER_LINE,
    KNOWN_BY,
    REFERENCES,
    TABLES,
    ImportRejected,
    Known,
    Rejection,
    Rows,
)
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction

Progress = Callable[[str, int], None]


def import_rows(
    transaction: Transaction,
    files: Mapping[str, Rows],
    *,
    by: Person | None,
    rejections: Sequence[Rejection] = (),
    progress: Progress | None = None,
) -> dict[str, int]:
    """Add to the record what it does not hold yet, or refuse the whole import.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        files: Checked rows by file stem; any may be absent.
        by: The signed-in person, kept as the facts' operator; None: the server's own terminal.
        rejections: What the face found already; told together with what is found here.
        progress: Told the stem and the rows added after each file is written.

    Returns:
        Rows added, by stem, in the order they were written.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: At least one cell can't be taken; all of them are named.

    """
    if by is not None:
        require(by, Action.IMPORT)
    if any(rejection.line == HEADER_LINE for rejection in rejections):
        raise ImportRejected(rejections)  # a file that can't be read makes every code unknown
    begin_writing(transaction, by=by, reason="import", is_history=True)
    known = _known(transaction, files)
    found = [*rejections, *rejected_by_the_record(transaction, files, known, rejections)]
    if found:
        raise ImportRejected(found)
    return _write(transaction, files, known, by, progress)


def _known(transaction: Transaction, files: Mapping[str, Rows]) -> Known:
    """Give what the record holds under the codes that the files use, by table and code."""
    wanted: dict[str, set[Any]] = {table: set() for table in KNOWN_BY}
    for stem, rows in files.items():
        if stem in CODES:
            wanted[stem].update(rows.columns[CODES[stem]])
        for column, table in REFERENCES.get(stem, {}).items():
            wanted[table].update(rows.columns[column])
    return {table: _look_up(transaction, table, codes) for table, codes in wanted.items()}


def _look_up(transaction: Transaction, table: str, codes: Iterable[Any]) -> dict[Any, Row]:
    """Give the rows of a table that carry one of the codes."""
    asked = [code for code in codes if code is not None]
    if not asked:
        return {}
    return {row[KNOWN_BY[table]]: row for row in transaction.all(f"known_{table}", codes=asked)}


def _write(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    by: Person | None,
    progress: Progress | None,
) -> dict[str, int]:
    """Write what is new, file by file; what a later file names has its id by then."""
    operator_id = by.user_id if by is not None else None
    ids = {table: {code: row["id"] for code, row in rows.items()} for table, rows in known.items()}
    added = dict.fromkeys(TABLES, 0)
    for stem in TABLES:
        if stem not in files:
            continue
        columns = _with_ids(stem, files[stem].columns, ids)
        if stem in CODES:
            added[stem] = _write_coded(transaction, stem, columns, ids, operator_id)
        else:
            existed = {row["id"] for row in known["lots"].values()}
            added[stem] = _write_facts(transaction, stem, columns, existed, operator_id)
        if progress is not None:
            progress(stem, added[stem])
    return added


def _with_ids(
    stem: str, columns: Mapping[str, Sequence[Any]], ids: Mapping[str, Mapping[Any, int]]
) -> dict[str, Sequence[Any]]:
    """Give the columns as the record's table has them: ids in the place of codes."""
    named: dict[str, Sequence[Any]] = {}
    for column, values in columns.items():
        table = REFERENCES.get(stem, {}).get(column)
        if table is None:
            named[column] = values
        else:
            id_column = f"{column.removesuffix('_code').removesuffix('_number')}_id"
            named[id_column] = [ids[table].get(value) for value in values]
    return named


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
    names = list(columns)
    if stem == "lots":
        names.append("operator_id")
        new = [(*row, operator_id) for row in new]
    if new:
        transaction.copy(TABLES[stem], names, new)
        written = {code for code in codes if code not in ids[stem]}
        for code, row in _look_up(transaction, stem, written).items():
            ids[stem][code] = row["id"]
    return len(new)


def _write_facts(
    transaction: Transaction,
    stem: str,
    columns: dict[str, Sequence[Any]],
    existed: set[int],
    operator_id: int | None,
) -> int:
    """Write each fact as often as the file holds it more often than the record."""
    operators: dict[str, int] = {}
    if stem == "qc_decisions":
        operators, columns["decided_by"] = _deciders(transaction, columns["decided_by"])
    about = columns.get("child_lot_id", columns.get("lot_id", ()))
    lot_ids = list(existed.intersection(about))
    held = Counter(
        _compared(stem, tuple(row[name] for name in columns))
        for row in (transaction.all(f"held_{stem}", lot_ids=lot_ids) if lot_ids else ())
    )
    new = []
    for fact in zip(*columns.values(), strict=True):
        known = _compared(stem, fact)
        if held[known] > 0:
            held[known] -= 1
        elif stem != "qc_decisions":
            new.append((*fact, operator_id))
        elif fact[-1] in operators:
            new.append((*fact[:-1], None, operators[fact[-1]]))
        else:
            new.append((*fact, None))
    if new:
        transaction.copy(TABLES[stem], [*columns, "operator_id"], new)
    return len(new)


def _compared(stem: str, fact: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give what makes two facts the same one.

    A decider is one person, whether the account was there when the file first came or not.
    """
    if stem != "qc_decisions" or fact[-1] is None:
        return fact
    return (*fact[:-1], fact[-1].lower())


def _deciders(
    transaction: Transaction, names: Sequence[str | None]
) -> tuple[dict[str, int], list[str | None]]:
    """Give the users among the deciders by e-mail, and the names with e-mails as kept."""
    emails = {name: name.lower() for name in set(names) if name is not None}
    users = {
        row["email"]: row["id"]
        for row in (transaction.all("known_users", codes=list(emails.values())) if emails else ())
    }
    return users, [
        emails[name] if name is not None and emails[name] in users else name for name in names
    ]
