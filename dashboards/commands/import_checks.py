"""What only the record can say about the rows of an import: codes in use, references, cycles.

Each check names every cell that breaks it. Nothing here writes, and history is no mistake: that
a lot gave out more than it weighed, or was used while on HOLD, is for the plant's rules to find.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import networkx

from dashboards.commands.import_files import (
    CODES,
    REFERENCES,
    ROLES,
    SHOWN_CHARACTERS,
    Known,
    Rejection,
    Rows,
)
from dashboards.commands.look_alikes import said
from sql.record.transactions import Row, Transaction

SHOWN_LOTS = 5


def rejected_by_the_record(
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
    if "lots" in files:
        yield from _look_alikes(transaction, files["lots"], known["lots"])
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
    """Find codes under which the record holds something else; only given columns count.

    A lot may be given as it reads now or as it was registered: the file that a corrected lot came
    from stays good.
    """
    for index, code in enumerate(rows.columns[CODES[stem]]):
        if code not in known:
            continue
        for column in rows.given:
            value, held = rows.columns[column][index], known[code][column]
            if value in (held, known[code].get(f"registered_{column}", held)):
                continue
            if not (column == "metadata" and as_object(value) == as_object(held)):
                yield _rejection(
                    stem,
                    rows.lines[index],
                    column,
                    value,
                    f"{code} is in the record with {_said(held)}. Use another code, or correct "
                    "the file.",
                )


def as_object(metadata: str) -> dict[str, Any]:
    """Read a JSON object with its numbers kept exact, fit for comparing.

    Raises:
        ValueError: It is no JSON, or holds what PostgreSQL can't keep.

    """
    return json.loads(metadata, parse_float=_exact, parse_int=_exact, parse_constant=_no_number)


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


def _look_alikes(
    transaction: Transaction, lots: Rows, known: Mapping[str, Row]
) -> Iterator[Rejection]:
    """Find new lot codes that a person would take for another of the file or the record."""
    new = [code for code in lots.columns["lot_code"] if code is not None and code not in known]
    resembles = {row["code"]: row["known"] for row in transaction.all("look_alikes", codes=new)}
    for line, code in lots.cells("lot_code"):
        if code in resembles:
            yield _rejection("lots", line, "lot_code", code, said(code, resembles[code]))


def _circles(
    transaction: Transaction, links: Rows, known: Mapping[str, Row]
) -> Iterator[Rejection]:
    """Find the links that make a lot its own ancestor, together with the record's links."""
    column = "parent_lot_code"
    pairs = list(zip(links.columns[column], links.columns["child_lot_code"], strict=True))
    circle = _lots_in_circles(transaction, pairs, known)
    for line, (parent, child) in zip(links.lines, pairs, strict=True):
        if parent is not None and parent == child:
            yield _rejection("genealogy", line, column, parent, "can't be its own parent.")
        elif parent in circle and child in circle[parent]:
            lots = sorted(circle[parent])
            more = f" and {len(lots) - SHOWN_LOTS} more" if len(lots) > SHOWN_LOTS else ""
            yield _rejection(
                "genealogy",
                line,
                column,
                parent,
                f"was itself made from {child}: a cycle through "
                f"{', '.join(lots[:SHOWN_LOTS])}{more}. For rework, register a new lot.",
            )


def _lots_in_circles(
    transaction: Transaction, pairs: Sequence[tuple[Any, Any]], known: Mapping[str, Row]
) -> dict[str, set[str]]:
    """Give each lot that is its own ancestor with all lots of its circle."""
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
    return circle


def _rejection(stem: str, line: int, column: str, value: Any, reason: str) -> Rejection:
    """Reject one cell of a file."""
    return Rejection(f"{stem}.csv", line, column, None if value is None else str(value), reason)


def _said(held: Any) -> str:
    """Say what the record holds in a cell."""
    return "nothing there" if held is None else str(held)[:SHOWN_CHARACTERS]
