"""Holds each fact and each password against what the trail says was written."""

from collections.abc import Iterator

from sql.record.transactions import Row, Transaction
from sql.trail.findings import Break


def changed_facts(transaction: Transaction) -> Iterator[Break]:
    """Say which rows differ from what the trail says was written."""
    for row in transaction.all("facts_against_trail"):
        name = f"{row['table_name']} {row['row_id']}"
        if row["found"] is None:
            said = f"{name} was removed; entry {row['entry_id']} wrote it."
        elif row["written"] is None:
            said = f"{name} was put in behind the trail: no entry speaks of it."
        else:
            said = f"{name} was changed behind the trail: {_difference(row)}."
        yield Break(row["entry_id"], row["table_name"], row["row_id"], said)


def swapped_passwords(transaction: Transaction) -> Iterator[Break]:
    """Say whose password differs from what the trail says; needs the owner's role."""
    for row in transaction.all("passwords_against_trail"):
        said = f"The password of {row['email']} was swapped behind the trail."
        yield Break(row["entry_id"], "users", row["row_id"], said)


def _difference(row: Row) -> str:
    """Say which columns differ, and from what to what."""
    found, written = row["found"], row["written"]
    names = [name for name in {**written, **found} if written.get(name) != found.get(name)]
    return ", ".join(f"{name} {written.get(name)!r} → {found.get(name)!r}" for name in names)
