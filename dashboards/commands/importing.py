"""Take checked rows of an import into the record: all of them, or none and every reason why.

What a file's cells must look like is the face's to check; here is what only the record can
say: codes in use, references, cycles. History is taken as it was: that a lot gave out more
than it weighed, or was used while on HOLD, is a finding of the checks and no rejection.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import networkx

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.refusals import Refusal
from sql.record import Row, Transaction
from sql.vocabulary import PartnerRole

SHOWN_REJECTIONS = 5
SHOWN_LOTS = 5
SHOWN_CHARACTERS = 40
HEADER_LINE = 1

# The files in the order they are written, and the record's table of each.
TABLES = {
    "products": "products",
    "partners": "partners",
    "production_runs": "production_runs",
    "lots": "lots",
    "genealogy": "lot_genealogy",
    "readings": "readings",
    "qc_decisions": "qc_decisions",
    "shipments": "shipments",
}

# What is known by a code. The other files hold facts, of which two may be equal.
CODES = {
    "products": "product_code",
    "partners": "partner_code",
    "production_runs": "run_code",
    "lots": "lot_code",
}
KNOWN_BY = CODES | {"qc_gates": "gate_number"}

# The columns that name something else, and what.
REFERENCES = {
    "lots": {"product_code": "products", "supplier_code": "partners",
             "run_code": "production_runs"},
    "genealogy": {"parent_lot_code": "lots", "child_lot_code": "lots"},
    "readings": {"lot_code": "lots", "gate_number": "qc_gates"},
    "qc_decisions": {"lot_code": "lots", "gate_number": "qc_gates"},
    "shipments": {"lot_code": "lots", "customer_code": "partners"},
}  # fmt: skip
ROLES = {"supplier_code": PartnerRole.SUPPLIER, "customer_code": PartnerRole.CUSTOMER}

Progress = Callable[[str, int], None]
Known = dict[str, dict[Any, Row]]


@dataclass(frozen=True)
class Rejection:
    """One cell that can't be taken; line 1 is the header, or the file as a whole."""

    file: str
    line: int
    column: str
    value: str | None
    reason: str

    def __str__(self) -> str:
        """Say where, what and why in one line."""
        value = "" if self.value is None else f" {self.value[:SHOWN_CHARACTERS]!r}"
        return f"{self.file} line {self.line} {self.column}{value}: {self.reason}"


class ImportRejected(Refusal):
    """Rows of the import can't be taken; nothing was saved."""

    code = "IMPORT"

    def __init__(self, rejections: Iterable[Rejection]) -> None:
        """Keep every rejection, in the order of the files; the text shows the first few."""
        places = {f"{stem}.csv": place for place, stem in enumerate(TABLES)}
        self.rejections = sorted(
            rejections, key=lambda one: (places.get(one.file, -1), one.file, one.line)
        )
        shown = [str(rejection) for rejection in self.rejections[:SHOWN_REJECTIONS]]
        if len(self.rejections) > SHOWN_REJECTIONS:
            shown.append(f"and {len(self.rejections) - SHOWN_REJECTIONS} more")
        count = "1 value" if len(self.rejections) == 1 else f"{len(self.rejections)} values"
        super().__init__("\n".join([f"{count} can't be imported; nothing was saved.", *shown]))


@dataclass(frozen=True)
class Rows:
    """Checked rows of one file, column by column; None where a cell is empty or was rejected."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    given: frozenset[str]  # the columns the file really has; the others are empty throughout

    def cells(self, column: str) -> Iterator[tuple[int, Any]]:
        """Give each filled cell of a column with its line."""
        for line, value in zip(self.lines, self.columns[column], strict=True):
            if value is not None:
                yield line, value


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
    transaction.run("take_write_lock")
    known = _known(transaction, files)
    found = [*rejections, *_rejections(transaction, files, known, rejections)]
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


def _rejections(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    rejections: Sequence[Rejection],
) -> Iterator[Rejection]:
    """Find what the record makes wrong about the files."""
    rejected = {(rejection.file, rejection.line) for rejection in rejections}
    for stem, rows in files.items():
        if stem in CODES:
            yield from _twice(stem, rows)
            yield from (
                found
                for found in _otherwise(stem, rows, known[stem])
                if (found.file, found.line) not in rejected
            )
        for column in REFERENCES.get(stem, {}):
            yield from _unknown(stem, column, files, known)
    if "genealogy" in files:
        yield from _circles(transaction, files["genealogy"], known["lots"])


def _twice(stem: str, rows: Rows) -> Iterator[Rejection]:
    """Find codes that stand twice in their file."""
    column = CODES[stem]
    first: dict[str, int] = {}
    for line, code in rows.cells(column):
        if first.setdefault(code, line) != line:
            yield _rejection(stem, line, column, code, f"stands on line {first[code]} already.")


def _otherwise(stem: str, rows: Rows, known: Mapping[str, Row]) -> Iterator[Rejection]:
    """Find codes under which the record holds something else; only given columns count."""
    for index, code in enumerate(rows.columns[CODES[stem]]):
        if code not in known:
            continue
        for column in rows.given:
            value, held = rows.columns[column][index], known[code][column]
            if value != held and not (column == "metadata" and as_object(value) == as_object(held)):
                yield _rejection(
                    stem, rows.lines[index], column, value,
                    f"{code} is in the record with {_said(held)}. Use another code, or correct "
                    "the file.",
                )  # fmt: skip


def as_object(metadata: str) -> dict[str, Any]:
    """Read a JSON object with its numbers kept exact, fit for comparing.

    Raises:
        ValueError: It is no JSON, or holds what PostgreSQL can't keep.

    """
    return json.loads(
        metadata, parse_float=_exact, parse_int=_exact, parse_constant=_no_number
    )  # fmt: skip


def _exact(digits: str) -> tuple[Decimal]:
    """Give a JSON number by its value; wrapped, so that 1 differs from true."""
    exact = Decimal(digits[:400])
    if len(digits) > 400 or abs(exact.adjusted()) > 300:
        _no_number(digits)
    return (exact,)


def _no_number(digits: str) -> None:
    """Refuse what JSON or PostgreSQL does not take for a number."""
    raise ValueError(f"{digits[:SHOWN_CHARACTERS]} is no number that can be kept")


def _unknown(
    stem: str, column: str, files: Mapping[str, Rows], known: Known
) -> Iterator[Rejection]:
    """Find codes that neither the files nor the record know, or not in the role needed."""
    table = REFERENCES[stem][column]
    role = ROLES.get(column)
    roles = {code: row.get("role") for code, row in known[table].items()}
    if table in files:
        new = files[table].columns
        roles |= dict(zip(new[CODES[table]], new.get("role", new[CODES[table]]), strict=True))
    for line, code in files[stem].cells(column):
        if code not in roles:
            reason = f"is neither in the record nor in {table}.csv. Check it, or enter it first."
            yield _rejection(stem, line, column, code, reason)
        elif role is not None and roles[code] not in (role, None):
            yield _rejection(
                stem, line, column, code, f"is a {roles[code]}; a {role} is needed here."
            )


def _circles(
    transaction: Transaction, links: Rows, known: Mapping[str, Row]
) -> Iterator[Rejection]:
    """Find the links that make a lot its own ancestor, together with the record's links."""
    column = "parent_lot_code"
    pairs = list(zip(links.columns[column], links.columns["child_lot_code"], strict=True))
    graph = networkx.DiGraph(
        (parent, child)
        for parent, child in pairs
        if parent != child and None not in (parent, child)
    )
    grown = [known[child]["id"] for child in {child for _, child in pairs} if child in known]
    if grown:
        graph.add_edges_from(
            (link["parent_lot_code"], link["child_lot_code"])
            for link in transaction.all("links_below", lot_ids=grown)
        )
    circle = {}
    for lots in networkx.strongly_connected_components(graph):
        if len(lots) > 1:
            circle |= dict.fromkeys(lots, lots)
    for line, (parent, child) in zip(links.lines, pairs, strict=True):
        if parent is not None and parent == child:
            yield _rejection("genealogy", line, column, parent, "can't be its own parent.")
        elif parent in circle and child in circle[parent]:
            lots = sorted(circle[parent])
            more = f" and {len(lots) - SHOWN_LOTS} more" if len(lots) > SHOWN_LOTS else ""
            yield _rejection(
                "genealogy", line, column, parent,
                f"was itself made from {child}: a cycle through "
                f"{', '.join(lots[:SHOWN_LOTS])}{more}. For rework, register a new lot.",
            )  # fmt: skip


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
    new = [row for code, row in zip(codes, zip(*columns.values(), strict=True), strict=True)
           if code not in ids[stem]]  # fmt: skip
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
        tuple(row[name] for name in columns)
        for row in (transaction.all(f"held_{stem}", lot_ids=lot_ids) if lot_ids else ())
    )
    new = []
    for fact in zip(*columns.values(), strict=True):
        if held[fact] > 0:
            held[fact] -= 1
        elif stem != "qc_decisions":
            new.append((*fact, operator_id))
        elif fact[-1] in operators:
            new.append((*fact[:-1], None, operators[fact[-1]]))
        else:
            new.append((*fact, None))
    if new:
        transaction.copy(TABLES[stem], [*columns, "operator_id"], new)
    return len(new)


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


def _rejection(stem: str, line: int, column: str, value: Any, reason: str) -> Rejection:
    """Reject one cell of a file."""
    return Rejection(f"{stem}.csv", line, column, None if value is None else str(value), reason)


def _said(held: Any) -> str:
    """Say what the record holds in a cell."""
    return "nothing there" if held is None else str(held)[:SHOWN_CHARACTERS]
