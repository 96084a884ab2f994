"""Write the rows of an import that the record does not hold yet.

Everything was checked before; nothing is refused here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboards.commands.authority import Person
from dashboards.commands.import_files import (
    CODES,
    REFERENCES,
    TABLES,
    Known,
    Rows,
)
from dashboards.commands.import_known import look_up
from sql.record.transactions import Transaction

Progress = Callable[[str, int], None]


def write_files(
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
    """Name the columns as the record's table does: ids in the place of codes."""
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
        for code, row in look_up(transaction, stem, written).items():
            ids[stem][code] = row["id"]
    return len(new)


def _write_facts(
    transaction: Transaction,
    stem: str,
    columns: dict[str, Sequence[Any]],
    existed: set[int],
    operator_id: int | None,
) -> int:
    """Write each fact as many times as the file holds it beyond the record."""
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
    """Reduce a fact to what makes two facts the same one.

    A decider is one person, whether the account was there when the file first came or not.
    """
    if stem != "qc_decisions" or fact[-1] is None:
        return fact
    return (*fact[:-1], fact[-1].lower())


def _deciders(
    transaction: Transaction, names: Sequence[str | None]
) -> tuple[dict[str, int], list[str | None]]:
    """Find the users among the deciders by e-mail, and write e-mails in the names as kept."""
    emails = {name: name.lower() for name in set(names) if name is not None}
    users = {
        row["email"]: row["id"]
        for row in (transaction.all("known_users", codes=list(emails.values())) if emails else ())
    }
    return users, [
        emails[name] if name is not None and emails[name] in users else name for name in names
    ]
