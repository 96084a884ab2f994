"""Take back what was recorded by mistake: a link, shipment, movement, packing, move, or a lot.

One mechanism for all. What is voided stays readable, with who voided it, when and why, and
counts nowhere from then on. A decision is not voided but withdrawn, for that is signed
(`commands.withdrawals`).
"""

from datetime import datetime
from enum import StrEnum

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.reasons import reason_given
from dashboards.commands.references import askable_id
from dashboards.commands.refusals import CorrectionRefused, NotFound
from dashboards.commands.void_guards import (
    guard_facts_of_lot,
    guard_link_of_production,
    guard_packing,
    guard_stand,
)
from dashboards.commands.wording import site_minute
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.record.transactions import Transaction


class Voidable(StrEnum):
    """What can be voided by its id."""

    LINK = "link"
    SHIPMENT = "shipment"
    MOVEMENT = "movement"
    READING = "reading"
    PRODUCTION = "production"
    PACKING = "packing"
    MOVE = "move"
    LOT = "lot"


def void_fact(
    transaction: Transaction,
    *,
    by: Person,
    kind: Voidable,
    fact_id: int,
    reason: str,
    happened_at: datetime | None = None,
) -> int:
    """Take a fact out of what is current and return the void's id; the fact stays readable.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        kind: What it is. A lot's readings and moves are voided with it, and a production's links.
        fact_id: The link, shipment line, movement, reading, production, packing, move or lot
            that never was, or was not so.
        reason: Why, 10 characters or more.
        happened_at: When it was found to be wrong; None: now.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: The reason is too short, or the time can't be taken.
        NotFound: No such fact.
        CorrectionRefused: It was voided before, which says by whom and when; or a lot has links,
            shipments, movements or decisions that stand; or something of a shipment came back; or
            what came back, or was found, has left again; or a link follows from a production; or
            something was packed or unpacked since, or has left; or what was moved has moved on.
    """
    require(by, Action.CORRECT)
    why, at = reason_given(reason), floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    fact = transaction.one(f"{kind}_to_void", fact_id=askable_id(fact_id))
    if fact is None:
        raise NotFound(kind.capitalize(), fact_id, field=f"{kind}_id")
    if fact["voided_at"] is not None:
        raise CorrectionRefused(
            f"{fact['named']} was voided already, {site_minute(fact['voided_at'])} by "
            f"{fact['voided_by'] or 'an import'}. Nothing is left to do.",
            field=f"{kind}_id",
        )
    if kind == Voidable.LINK:
        guard_link_of_production(fact)
    if kind == Voidable.PACKING:
        guard_packing(transaction, fact)
    if kind == Voidable.PRODUCTION:
        transaction.run(
            "void_links_of_production",
            production_id=fact["fact_id"],
            reason=why,
            operator_id=by.user_id,
            happened_at=at,
        )
    if kind in (Voidable.MOVE, Voidable.MOVEMENT):
        guard_stand(transaction, fact, kind)
    if kind == Voidable.LOT:
        guard_facts_of_lot(transaction, fact["fact_id"], fact["named"])
        for voids in ("void_readings_of_lot", "void_moves_of_lot"):
            said = {"reason": why, "operator_id": by.user_id, "happened_at": at}
            transaction.run(voids, lot_id=fact["fact_id"], **said)
    try:
        return transaction.value(
            f"write_{kind}_void",
            fact_id=fact["fact_id"],
            reason=why,
            operator_id=by.user_id,
            happened_at=at,
        )
    except RuleBroken as broken:
        raise _refused(broken, kind, fact["named"]) from broken


def void_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    reason: str,
    happened_at: datetime | None = None,
) -> int:
    """Take a whole lot back that was registered by mistake, named by its code; see `void_fact`.

    Its code is not given out again: what carries it on paper stays findable in the history.
    """
    require(by, Action.CORRECT)
    reason_given(reason)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    return void_fact(
        transaction,
        by=by,
        kind=Voidable.LOT,
        fact_id=lot["lot_id"],
        reason=reason,
        happened_at=happened_at,
    )


def _refused(broken: RuleBroken, kind: Voidable, named: str) -> Exception:
    """Say why the record won't have the void: something else stands on the fact."""
    why = {
        "voided_shipment_has_no_returns": f"Something of {named[0].lower()}{named[1:]} came back. "
        "Void that movement first.",
        "lot_gives_out_at_most_what_it_weighs": f"{named} can't be voided: the lot would have "
        "given out more than it had. Void what left it since first.",
    }.get(broken.constraint)
    return broken if why is None else CorrectionRefused(why, field=f"{kind}_id", code="IN_USE")
