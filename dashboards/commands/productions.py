"""Record a production: what went in together, what came of it, and what was lost.

One event, all of it or nothing. The links follow from it by the outputs' mass, so that traces,
shares and balances know nothing of productions (`write_production_links`; sql/domain.md).
"""

from collections.abc import Sequence
from datetime import datetime

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time
from dashboards.commands.lots import Parent
from dashboards.commands.production_guards import (
    guard_circles,
    guard_production_code,
    guard_sides,
)
from dashboards.commands.production_sides import Kilograms, Output, made_lot, used_lot
from dashboards.commands.refusals import NotFound
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction


def record_production(
    transaction: Transaction,
    *,
    by: Person,
    production_code: str,
    inputs: Sequence[Parent],
    outputs: Sequence[Output],
    waste_kg: Kilograms = None,
    run_code: str | None = None,
    place: str | None = None,
    happened_at: datetime | None = None,
) -> int:
    """Record a production with its new lots and the links that follow, and return its id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        production_code: The event's own code; once among productions that stand.
        inputs: The lots that went in, one or more, each once.
        outputs: The lots that came out, one or more, each once.
        waste_kg: What was lost, kg, 0 or more; None: nobody said.
        run_code: A known production run, or None.
        place: Where, such as a line or a vat.
        happened_at: When; None: now.

    Raises:
        NotPermitted: The role may not register lots.
        BadValue: A value can't be taken, a lot stands twice, or a side is empty.
        Taken: A production of that code stands, or a new lot's code resembles one in use.
        NotFound: A lot, product or run is unknown.
        LinkRefused: An input is also an output or made from one, has too little left, or quality,
            its origin or its age forbids its use.
    """
    require(by, Action.WRITE_LOTS)
    code = values.code(production_code, "production_code")
    lost = values.weight_kg(waste_kg, "waste_kg")
    where = values.free_text(place, "place", longest=100)
    at = floor_time(happened_at, by=by)
    guard_sides([one.lot_code for one in inputs], [one.lot_code for one in outputs])
    begin_writing(transaction, by=by)
    guard_production_code(transaction, code)
    used = [used_lot(transaction, one, by, at, is_given=happened_at is not None) for one in inputs]
    made = [made_lot(transaction, one, by, at) for one in outputs]
    guard_circles(transaction, [lot for lot, *_ in used], [lot for lot, *_ in made])
    production_id = transaction.value(
        "write_production",
        production_code=code,
        run_id=_run(transaction, run_code),
        place=where,
        waste_kg=lost,
        operator_id=by.user_id,
        happened_at=max([at, *(since for *_, since in used)]),
    )
    for lot, taken, why_expired, _ in used:
        transaction.run(
            "write_production_input",
            production_id=production_id,
            lot_id=lot["lot_id"],
            quantity_kg=taken.kg,
            quantity=taken.quantity,
            unit=taken.unit,
            expiry_reason=why_expired,
        )
    for lot, given, kind in made:
        transaction.run(
            "write_production_output",
            production_id=production_id,
            lot_id=lot["lot_id"],
            quantity_kg=given.kg,
            quantity=given.quantity,
            unit=given.unit,
            kind=kind,
        )
    transaction.run("write_production_links", production_ids=[production_id])
    return production_id


def _run(transaction: Transaction, run_code: str | None) -> int | None:
    """Look a production run up by its code."""
    if not run_code:
        return None
    run_id = transaction.value("run_id", code=values.code(run_code, "run_code"))
    if run_id is None:
        raise NotFound("Production run", run_code, field="run_code")
    return run_id
