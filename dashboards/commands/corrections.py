"""Restate what a lot's values should have been, without erasing what was written.

A correction is a new fact with its reason, person and time. What was written stays readable; what
is current follows from both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.corrected_amounts import amount_given, ask_first, guard_given_out
from dashboards.commands.corrected_counts import followed
from dashboards.commands.corrected_origins import AS_IT_READS, Kept, as_it_reads, origin_given
from dashboards.commands.floor_times import floor_time
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.reasons import reason_given
from dashboards.commands.references import product_named
from dashboards.commands.refusals import BadValue, CorrectionRefused
from dashboards.commands.retired_guards import guard_partner, guard_product
from dashboards.commands.type_guards import type_given
from dashboards.commands.wording import site_minute
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch, parted


@dataclass(frozen=True)
class Corrected:
    """The values of a lot that may be corrected; all of them, as they should read.

    Where it came from, and how much it was in a unit of its own, may be left as it reads. Where the
    lot was weighed so, count and kilograms are two facts, and neither follows from the other.
    """

    product_code: str | None
    weight_kg: Decimal | float | str | None
    temperature_c: Decimal | float | str | None
    expires_on: date | None
    happened_at: datetime | Stretch
    supplier_code: str | None | Kept = AS_IT_READS
    supplier_lot_code: str | None | Kept = AS_IT_READS
    run_code: str | None | Kept = AS_IT_READS
    printed_code: str | None | Kept = AS_IT_READS
    lot_type: str | None | Kept = AS_IT_READS
    quantity: Decimal | float | str | None | Kept = AS_IT_READS
    unit: str | None | Kept = AS_IT_READS
    is_weighed_so: bool = False


def correct_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    corrected: Corrected,
    reason: str,
    based_on: int | None,
    confirmed: Collection[str] = (),
) -> int:
    """Restate a lot's values and return the correction's id; earlier values stay readable.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot to correct.
        corrected: Every correctable value as it should read; None: unknown.
        reason: Why, 10 characters or more.
        based_on: The lot's latest correction that the person knew of; None: of none.
        confirmed: Questions that the person has said yes to.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: A value or the reason can't be taken, nothing differs, or another product or
            supplier was retired then.
        NotFound: The lot, product, supplier or run is unknown.
        CorrectionRefused: Another corrected the lot meanwhile, the new amount is less than
            the lot has given out, or what was decided and used doesn't allow the new type.
        ToConfirm: The weight or temperature is not plausible of the type, or the lot's count
            follows its kilograms, or they its count; say yes to its words.
    """
    require(by, Action.CORRECT)
    why = reason_given(reason)
    at, until = parted(corrected.happened_at)
    at = values.moment(at)
    product = product_named(transaction, corrected.product_code)
    facts = {
        "temperature_c": values.temperature_c(corrected.temperature_c, "temperature_c"),
        "expires_on": values.day(corrected.expires_on, "expires_on"),
        "happened_at": at,
        "happened_until": until,
        "product_id": product["product_id"] if product else None,
    }
    origin = origin_given(
        transaction,
        supplier_code=corrected.supplier_code,
        supplier_lot_code=corrected.supplier_lot_code,
        run_code=corrected.run_code,
        printed_code=corrected.printed_code,
    )
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    reads = transaction.all("origin_of_lot", lot_id=lot["lot_id"])[0]
    origin = as_it_reads(origin, reads)
    facts |= amount_given(lot, corrected.weight_kg, corrected.quantity, corrected.unit, product)
    facts["lot_type"] = type_given(transaction, lot, corrected.lot_type)
    floor_time(at, by=by, was=lot["happened_at"])
    facts, follows = (facts, None) if corrected.is_weighed_so else followed(lot, facts, product)
    _guard_knowledge(transaction, lot, based_on)
    if facts["product_id"] != lot["product_id"]:
        guard_product(transaction, product, corrected.product_code, at=at, by=by)
    if origin["supplier_id"] != reads["supplier_id"]:
        said = str(corrected.supplier_code)
        guard_partner(transaction, origin["supplier_id"], said, "supplier_code", at=at, by=by)
    if reads == origin and all(lot[name] == value for name, value in facts.items()):
        raise BadValue(
            f"Lot {lot['lot_code']} reads like that already. Change a value, or leave it.",
            field="lot_code",
            code="NOTHING_CHANGED",
        )
    guard_given_out(transaction, lot, facts)
    ask_first(transaction, lot, facts, follows, confirmed)
    return transaction.value(
        "write_lot_correction",
        lot_id=lot["lot_id"],
        reason=why,
        operator_id=by.user_id,
        **facts,
        **origin,
    )


def _guard_knowledge(transaction: Transaction, lot: Row, based_on: int | None) -> None:
    """Refuse to restate a lot as it read before somebody corrected it."""
    shown = transaction.one("lot_shown", lot_code=lot["lot_code"])
    if shown is not None and shown["correction_id"] == based_on:
        return
    latest = transaction.all("corrections_of_lot", lot_id=lot["lot_id"])[-1]
    raise CorrectionRefused(
        f"Lot {lot['lot_code']} was corrected meanwhile, {site_minute(latest['recorded_at'])} by "
        f"{latest['written_by']}. Nothing was saved. Look at it again, then correct.",
        field="lot_code",
        code="CORRECTED_MEANWHILE",
    )
