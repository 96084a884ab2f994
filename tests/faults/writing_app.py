"""A process that writes without end, to be killed: `ADDRESS KIND PREFIX USER_ID`.

Says on a line what it begins and, once it is committed, that it is done.
"""

import csv
import itertools
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from dashboards.commands.authority import Person
from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.signatures import Confirmation
from dashboards.imports.csv_folder import import_folder
from sql.record.engine import DatabaseRole, Record
from sql.record.transactions import Transaction
from sql.vocabulary import Role

MOTHERS = ["MOTHER-1", "MOTHER-2", "MOTHER-3"]
DECIDED = "DECIDED"
IMPORTED_ROWS = 3_000
WHEN = "2026-03-09T06:30:00+01:00"


def save(transaction: Transaction, by: Person, name: str, _folder: Path) -> None:
    """Register one lot with three parents."""
    parents = [Parent(mother, "0.001") for mother in MOTHERS]
    register_lot(transaction, by=by, lot_code=name, weight_kg=1, parents=parents)


def sign(transaction: Transaction, by: Person, name: str, _folder: Path) -> None:
    """Fail a lot, signed with the password given just now."""
    confirmation = Confirmation(by.user_id, datetime.now(UTC))
    decide(
        transaction,
        by=by,
        lot_code=DECIDED,
        decision="FAIL",
        notes=f"the reason of {name}",
        confirmation=confirmation,
    )


def bring_in(transaction: Transaction, by: Person, _name: str, folder: Path) -> None:
    """Import a folder of some thousand rows."""
    import_folder(transaction, [folder], by=by)


def write_folder(folder: Path, name: str) -> None:
    """Write an import folder whose lots all begin with a name."""
    lots = [f"{name}-{number}" for number in range(IMPORTED_ROWS)]
    files = {
        "lots": (
            ["lot_code", "lot_type", "product_code", "weight_kg", "happened_at"],
            ([lot, "RAW", "", "10", WHEN] for lot in lots),
        ),
        "genealogy": (
            ["parent_lot_code", "child_lot_code", "quantity_kg", "happened_at"],
            ([parent, child, "1", WHEN] for parent, child in itertools.pairwise(lots)),
        ),
        "readings": (
            ["lot_code", "characteristic", "value", "unit", "happened_at"],
            ([lot, "core", "3.5", "C", WHEN] for lot in lots),
        ),
    }
    for stem, (header, rows) in files.items():
        with (folder / f"{stem}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])


def main() -> None:
    """Write until killed."""
    address, kind, prefix, user_id = sys.argv[1:]
    by = Person(int(user_id), "manager@demo.example", "Manager", Role.MANAGER)
    record = Record(address, DatabaseRole.APP)
    write = {"save": save, "sign": sign, "import": bring_in}[kind]
    with tempfile.TemporaryDirectory() as folder:
        for number in itertools.count(1):
            name = f"{prefix}-{number}"
            if kind == "import":
                write_folder(Path(folder), name)
            print("begin", name, flush=True)
            with record.transaction() as transaction:
                write(transaction, by, name, Path(folder))
            print("done", name, flush=True)


if __name__ == "__main__":
    main()
