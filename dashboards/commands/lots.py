"""Register lots, each together with what went into it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_stretch
from dashboards.commands.label_guards import code_said
from dashboards.commands.links import link_lots
from dashboards.commands.lot_guards import guard_new_code, new_code
from dashboards.commands.lot_writing import write_lot
from dashboards.commands.plausible import beyond_reason_given, guard_type
from dashboards.commands.quantities import quantity_given
from dashboards.commands.receiving import place_received_at, put_where_it_came
from dashboards.commands.references import id_of, product_named
from dashboards.commands.retired_guards import guard_partner, guard_product
from dashboards.commands.writing import begin_writing, name_writer
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch


@dataclass(frozen=True)
class Parent:
    """A lot that goes into another, how much of it, and why where it has expired."""

    lot_code: str
    quantity_kg: Decimal | float | str | None = None
    expiry_reason: str | None = None
    quantity: Decimal | float | str | None = None
    unit: str | None = None


def register_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    lot_type: str | None = None,
    product_code: str | None = None,
    run_id: int | None = None,
    phase_id: int | None = None,
    supplier_code: str | None = None,
    supplier_lot_code: str | None = None,
    printed_code: str | None = None,
    weight_kg: Decimal | float | str | None = None,
    quantity: Decimal | float | str | None = None,
    unit: str | None = None,
    temperature_c: Decimal | float | str | None = None,
    expires_on: date | None = None,
    metadata: dict[str, Any] | None = None,
    happened_at: datetime | Stretch | None = None,
    parents: Sequence[Parent] = (),
    beyond_reason: str | None = None,
    place_code: str | None = None,
) -> Row:
    """Register a lot together with what went into it: all of it or nothing.

    Args:
        transaction: Open transaction; holds the write lock from the first write to its end.
        by: The signed-in person, kept as the lot's operator.
        lot_code: Its own code, which no other lot has; trimmed.
        lot_type: One of the process's types, or None.
        product_code: A known product, or None.
        run_id: A known production run, or None.
        phase_id: A known phase, or None.
        supplier_code: Who delivered it, a known supplier, or None.
        supplier_lot_code: The supplier's own code for it, or None.
        printed_code: What its label says beside its own code; others may say the same.
        weight_kg: Net, in kg, 6 places; None: unknown, or what its product is known to
            weigh a unit.
        quantity: How much in another unit, instead of kilograms or beside them.
        unit: That unit (`sql.units`).
        temperature_c: In °C, 2 places; None: not measured.
        expires_on: Last day of use.
        metadata: Anything else, a JSON object.
        happened_at: When on the floor, to the minute or by the day or month; None: now.
        parents: The lots that went in.
        beyond_reason: Why its weight or temperature is beyond what the process takes to be
            plausible; from a manager. None: it isn't.
        place_code: Where all of it stands since it came to be: a known place, or None.

    Returns:
        The lot's row as the record holds it.

    Raises:
        NotPermitted: The role may not register lots.
        BadValue: A field's value can't be taken, or the product or supplier is retired.
        NotFound: The product, run, phase, supplier, place or a parent is unknown.
        Taken: The code is in use, or looks like one that is.
        LinkRefused: A parent is the lot itself, on HOLD, rejected, or has too little left.
    """
    require(by, Action.WRITE_LOTS)
    bounds = guard_type(transaction, lot_type)
    given = quantity_given(weight_kg, quantity, unit, kg_field="weight_kg")
    product = product_named(transaction, product_code)
    made = given.weighed(product["unit"], product["kg_per_unit"]) if product else given
    at, until = floor_stretch(happened_at, by=by)
    facts = {
        "lot_code": new_code(transaction, lot_code),
        "lot_type": lot_type,
        "product_id": product["product_id"] if product else None,
        "supplier_id": id_of(transaction, "supplier", supplier_code),
        "supplier_lot_code": code_said(supplier_lot_code, "supplier_lot_code"),
        "printed_code": code_said(printed_code, "printed_code"),
        "run_id": run_id,
        "phase_id": phase_id,
        "weight_kg": made.kg,
        "quantity": made.quantity,
        "unit": made.unit,
        "temperature_c": values.temperature_c(temperature_c, "temperature_c"),
        "expires_on": values.day(expires_on, "expires_on"),
        "metadata": json.dumps(metadata or {}),
        "happened_at": at,
        "happened_until": until,
    }
    facts["beyond_reason"] = beyond_reason_given(
        bounds, facts["weight_kg"], facts["temperature_c"], beyond_reason, by
    )
    guard_new_code(transaction, facts["lot_code"])
    guard_product(transaction, product, product_code, at=at, by=by)
    supplier = facts["supplier_id"]
    guard_partner(transaction, supplier, supplier_code, "supplier_code", at=at, by=by)
    if parents or place_code:
        begin_writing(transaction, by=by)
    else:
        name_writer(transaction, by=by)
    place = place_received_at(transaction, place_code)
    lot = write_lot(transaction, facts, by)
    if place is not None:
        put_where_it_came(transaction, lot, place, by.user_id)
    for parent in parents:
        link_lots(
            transaction,
            by=by,
            parent_lot_code=parent.lot_code,
            child_lot_code=lot["lot_code"],
            quantity_kg=parent.quantity_kg,
            quantity=parent.quantity,
            unit=parent.unit,
            expiry_reason=parent.expiry_reason,
            happened_at=at if until is None else Stretch(at, until),
        )
    return lot
