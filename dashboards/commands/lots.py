"""Register lots and say which lot went into which."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.look_alikes import refuse_look_alike
from dashboards.commands.refusals import (
    BadValue,
    Cycle,
    NotEnough,
    NotFound,
    ParentNotUsable,
    SelfLink,
    Taken,
)
from dashboards.commands.writing import begin_writing, name_writer
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Disposition, LotType


@dataclass(frozen=True)
class Parent:
    """A lot that goes into another, and how much of it; None kilograms: unknown."""

    lot_code: str
    quantity_kg: Decimal | float | str | None = None


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
    weight_kg: Decimal | float | str | None = None,
    temperature_c: Decimal | float | str | None = None,
    expires_on: date | None = None,
    metadata: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
    parents: Sequence[Parent] = (),
) -> Row:
    """Register a lot together with what went into it: all of it or nothing.

    Args:
        transaction: Open transaction; holds the write lock from the first write to its end.
        by: The signed-in person, kept as the lot's operator.
        lot_code: Code as printed on the label; trimmed.
        lot_type: One of the seven types, or None.
        product_code: A known product, or None.
        run_id: A known production run, or None.
        phase_id: A known phase, or None.
        supplier_code: Who delivered it, a known supplier, or None.
        supplier_lot_code: The supplier's own code for it, or None.
        weight_kg: Net, 0 to 10,000 kg, 3 places; None: unknown.
        temperature_c: -50 to 100 °C, 2 places; None: not measured.
        expires_on: Last day of use.
        metadata: Anything else, a JSON object.
        happened_at: When on the floor; None: now.
        parents: The lots that went in.

    Returns:
        The lot's row as the record holds it.

    Raises:
        NotPermitted: The role may not register lots.
        BadValue: A field's value can't be taken.
        NotFound: The product, run, phase, supplier or a parent is unknown.
        Taken: The code is in use, or looks like one that is.
        LinkRefused: A parent is the lot itself, on HOLD, rejected, or has too little left.
    """
    require(by, Action.WRITE_LOTS)
    if lot_type is not None and lot_type not in set(LotType):
        raise BadValue(
            f"lot_type must be one of {' '.join(LotType)}, not {lot_type!r}.", field="lot_type"
        )
    facts = {
        "lot_code": _new_code(transaction, lot_code),
        "lot_type": lot_type,
        "product_id": _id_of(transaction, "product", product_code),
        "supplier_id": _id_of(transaction, "supplier", supplier_code),
        "supplier_lot_code": values.free_text(supplier_lot_code, "supplier_lot_code", longest=100),
        "run_id": run_id,
        "phase_id": phase_id,
        "weight_kg": values.weight_kg(weight_kg, "weight_kg"),
        "temperature_c": values.temperature_c(temperature_c, "temperature_c"),
        "expires_on": expires_on,
        "metadata": json.dumps(metadata or {}),
        "happened_at": values.moment(happened_at),
    }
    _refuse_known(transaction, facts["lot_code"])
    if parents:
        begin_writing(transaction, by=by)
    else:
        name_writer(transaction, by=by)
    lot = _write_lot(transaction, facts, by)
    for parent in parents:
        link_lots(
            transaction,
            by=by,
            parent_lot_code=parent.lot_code,
            child_lot_code=lot["lot_code"],
            quantity_kg=parent.quantity_kg,
            happened_at=facts["happened_at"],
        )
    return lot


def link_lots(
    transaction: Transaction,
    *,
    by: Person,
    parent_lot_code: str,
    child_lot_code: str,
    quantity_kg: Decimal | float | str | None = None,
    happened_at: datetime | None = None,
) -> int:
    """Record that so many kilograms of one lot went into another; gives the link's id.

    Raises:
        NotPermitted: The role may not link lots.
        BadValue: The quantity is no weight.
        NotFound: A lot is unknown.
        SelfLink, Cycle, NotEnough, ParentNotUsable: The link would break the genealogy.
    """
    require(by, Action.WRITE_LOTS)
    quantity = values.weight_kg(quantity_kg, "quantity_kg")
    begin_writing(transaction, by=by)
    parent = known_lot(transaction, parent_lot_code, "parent_lot_code")
    child = known_lot(transaction, child_lot_code, "child_lot_code")
    if parent["lot_id"] == child["lot_id"]:
        raise SelfLink(parent["lot_code"])
    if parent["disposition"] in (Disposition.HOLD, Disposition.REJECTED):
        raise ParentNotUsable(
            parent["lot_code"], parent["disposition"], _since(transaction, parent["lot_id"])
        )
    if transaction.value("is_descendant", of_lot_id=child["lot_id"], lot_id=parent["lot_id"]):
        raise Cycle(parent["lot_code"], child["lot_code"])
    require_left(transaction, parent, quantity, "quantity_kg")
    return transaction.value(
        "write_link",
        parent_lot_id=parent["lot_id"],
        child_lot_id=child["lot_id"],
        quantity_kg=quantity,
        operator_id=by.user_id,
        happened_at=values.moment(happened_at),
    )


def known_lot(transaction: Transaction, lot_code: str, field: str) -> Row:
    """Give the lot to be acted on, with its disposition and what it has left.

    Raises:
        NotFound: No lot carries the code.
    """
    wanted = values.code(lot_code, field)
    lot = transaction.one("lot_to_act_on", lot_code=wanted)
    if lot is None:
        raise NotFound("Lot", wanted, field=field)
    return lot


def require_left(transaction: Transaction, lot: Row, asked_kg: Decimal | None, field: str) -> None:
    """Refuse to take more from a lot than it has left; an unknown weight can't be measured.

    Raises:
        NotEnough: The lot has less left than is asked; tells who took last, and when.
    """
    if lot["weight_kg"] is None or asked_kg is None:
        return
    left_kg = lot["weight_kg"] - lot["given_out_kg"]
    if asked_kg > left_kg:
        taken = transaction.one("last_taken", lot_id=lot["lot_id"])
        last_taken = (
            ""
            if taken is None
            else (
                f"{taken['taken_by'] or 'An import'} took {_kilograms(taken['quantity_kg'])} for "
                f"{taken['taken_for']} on {taken['recorded_at']:%Y-%m-%d at %H:%M} UTC. "
            )
        )
        raise NotEnough(lot["lot_code"], asked_kg, max(left_kg, Decimal(0)), field, last_taken)


def _kilograms(quantity_kg: Decimal | None) -> str:
    """Say a quantity, an unknown one too."""
    return "an unknown amount" if quantity_kg is None else f"{quantity_kg.normalize():f} kg"


def _since(transaction: Transaction, lot_id: int) -> str:
    """Say when and by whom a lot was put on HOLD or rejected."""
    stop = transaction.one("what_stops", lot_id=lot_id)
    if stop is None:
        return ""
    return f" since {stop['recorded_at']:%Y-%m-%d %H:%M} UTC ({stop['decided_by'] or 'an import'})"


def _new_code(transaction: Transaction, lot_code: str) -> str:
    """Give a new lot's code as it is kept, refusing one that a person would take for another."""
    try:
        code = values.code(lot_code, "lot_code")
    except BadValue:
        # A sign that can't be seen is how a second "same" code is made: name the first.
        refuse_look_alike(transaction, lot_code)
        raise
    return code


def _id_of(transaction: Transaction, thing: str, code: str | None) -> int | None:
    """Look a product's or supplier's id up by its code."""
    if not code:
        return None
    found = transaction.value(f"{thing}_id", code=values.code(code, f"{thing}_code"))
    if found is None:
        raise NotFound(thing.capitalize(), code, field=f"{thing}_code")
    return found


def _refuse_known(transaction: Transaction, lot_code: str) -> None:
    """Refuse a code that is in use, or looks like one, in full words.

    Asked before the write lock is taken, so that nobody waits for it; who registers the same code
    in the same moment is stopped by the record's own constraints (`_write_lot`).
    """
    taken = transaction.one("who_registered", lot_code=lot_code)
    if taken is not None:
        raise Taken(
            f"Lot {taken['lot_code']} exists already, registered "
            f"{taken['recorded_at']:%Y-%m-%d %H:%M} UTC by {taken['full_name'] or 'an import'}. "
            "Use another code, or open that lot.",
            field="lot_code",
        )
    refuse_look_alike(transaction, lot_code)


def _write_lot(transaction: Transaction, facts: dict[str, Any], by: Person) -> Row:
    """Append the lot, or say why the record won't have it."""
    try:
        written = transaction.one("write_lot", operator_id=by.user_id, **facts)
    except RuleBroken as broken:
        if broken.constraint in ("lot_code_is_unique", "lot_code_resembles_no_other"):
            raise Taken(
                f"Lot {facts['lot_code']}, or one that looks like it, was registered a moment ago. "
                "Use another code, or open that lot.",
                field="lot_code",
            ) from broken
        unknown = {"lots_run_id_fkey": "run_id", "lots_phase_id_fkey": "phase_id"}
        field = unknown.get(broken.constraint)
        if field is None:
            raise
        thing = "Production run" if field == "run_id" else "Phase"
        raise NotFound(thing, facts[field], field=field) from broken
    if written is None:
        raise LookupError("the lot just written was not given back")
    return written
