"""What a process may not do to what the plant has recorded.

A guard reads and finds problems; it never writes.
"""

from collections.abc import Iterator
from decimal import Decimal

from dashboards.commands.process.differences import Act, Difference
from dashboards.commands.process.guards import Problem, value_said
from dashboards.commands.process.parts import Process
from sql.record.transactions import Transaction


def problems_beside_the_record(
    transaction: Transaction, wanted: Process, changes: list[Difference]
) -> Iterator[Problem]:
    """Find what would break what the plant has recorded."""
    retired = [one for one in changes if one.act is Act.RETIRED]
    types = [one.key[0] for one in retired if one.kind == "lot_types"]
    for row in transaction.all("types_with_lots", lot_types=types) if types else ():
        text = (
            f"{row['lots_count']:,} lots have the type {row['lot_type']}: it can't go. Keep it, by "
            "another name if you like, and take it out of the gates that need not be passed."
        )
        yield Problem("lot_types", (row["lot_type"],), "lot_type", row["lot_type"], text)
    yield from _stops_left(transaction, changes)
    codes = {part["product_code"] for part in wanted.of("limits").values()} - {None}
    ids = transaction.all("process_ids", product_codes=sorted(codes))
    known = {row["name"] for row in ids if row["kind"] == "products"}
    for key, part in wanted.of("limits").items():
        if part["product_code"] not in (None, *known):
            text = "is no product of this plant. Enter the product first, or leave it out."
            yield Problem("limits", key, "product_code", part["product_code"], text)


def _stops_left(transaction: Transaction, changes: list[Difference]) -> Iterator[Problem]:
    """Find lots on HOLD or rejected at a gate that would go, or would serve their type no more."""
    lost: dict[Decimal, set[str] | None] = {}
    for one in changes:
        if one.kind == "gates" and one.before is not None:
            served = set(one.before["lot_types"])
            now = set() if one.after is None else set(one.after["lot_types"])
            lost[one.key[0]] = None if one.after is None else (served - now if now else set())
    for row in transaction.all("stops_at_gates_by_type") if lost else ():
        gone = lost.get(row["gate_number"], set())
        if gone is None or row["lot_type"] in gone:
            text = (
                f"{row['lots_count']:,} lots, such as {row['lot_code']}, stand on HOLD or FAIL at "
                "this gate and would be left without it. Decide about them first."
            )
            gate = (row["gate_number"],)
            yield Problem("gates", gate, "gate_number", value_said(row["gate_number"]), text)
