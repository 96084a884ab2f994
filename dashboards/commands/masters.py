"""Register products, partners and runs, and change them without erasing what was written."""

from collections.abc import Collection
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.identifiers import has_wrong_check_digit
from dashboards.commands.master_kinds import KINDS, Kind, Master
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue, CorrectionRefused, NotFound, Taken, ToConfirm
from dashboards.commands.wording import site_minute
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction

WITH_CHECK_DIGIT = ("gtin", "gln")


def register_master(
    transaction: Transaction,
    *,
    by: Person,
    master: Master,
    code: str,
    said: dict[str, Any],
    confirmed: Collection[str] = (),
) -> int:
    """Register a product, a partner or a run and return its id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        master: Which of them.
        code: The code that files, labels and facts name it by; it never changes.
        said: What else is known, by the record's column; what is left out is unknown.
        confirmed: Questions that the person has said yes to.

    Raises:
        NotPermitted: The role may not keep master data.
        BadValue: A value can't be taken.
        Taken: The code is in use.
        ToConfirm: A GTIN's or GLN's check digit is wrong.
    """
    require(by, Action.CORRECT)
    kind = KINDS[master]
    kept = values.code(code, kind.code)
    read = kind.read(said)
    _ask_about_check_digits(read, confirmed)
    begin_writing(transaction, by=by)
    try:
        return transaction.value(
            f"write_{master}", **{kind.code: kept}, operator_id=by.user_id, **read
        )
    except RuleBroken as broken:
        if broken.constraint != f"{kind.code}_is_unique":
            raise
        raise Taken(
            f"{kind.word} {kept} exists already. Use another code, or change that one.",
            field=kind.code,
        ) from broken


def change_master(
    transaction: Transaction,
    *,
    by: Person,
    master: Master,
    code: str,
    said: dict[str, Any],
    reason: str | None,
    based_on: int | None,
    confirmed: Collection[str] = (),
) -> int:
    """Restate what is known of a product, partner or run, and return the revision's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        master: Which of them.
        code: Its code.
        said: Every value that may change, as it should read; what is left out is unknown.
        reason: Why, 10 characters or more; may be left out while no lot or shipment names it.
        based_on: The latest revision that the person knew of; None: of none.
        confirmed: Questions that the person has said yes to.

    Raises:
        NotPermitted: The role may not keep master data.
        BadValue: A value or the reason can't be taken, or nothing differs.
        NotFound: Nothing has the code.
        CorrectionRefused: Somebody else changed it meanwhile.
        ToConfirm: A GTIN's or GLN's check digit is wrong.
    """
    require(by, Action.CORRECT)
    kind = KINDS[master]
    read = kind.read(said)
    held = known_master(transaction, master, code)
    if reason or transaction.value(f"facts_hang_on_{master}", id=held["id"]):
        reason = reason_given(reason, "why it changes: lots or shipments name it")
    begin_writing(transaction, by=by)
    held = known_master(transaction, master, code)
    if held["revision_id"] != based_on:
        _refuse_what_changed(transaction, master, kind, held)
    changed = {name: value for name, value in read.items() if held[name] != value}
    if not changed:
        raise BadValue(
            f"{kind.word} {held[kind.code]} reads like that already. Change a value, or leave it.",
            field=kind.code,
            code="NOTHING_CHANGED",
        )
    _ask_about_check_digits(changed, confirmed)
    return transaction.value(
        f"revise_{master}", id=held["id"], reason=reason or None, operator_id=by.user_id, **read
    )


def known_master(transaction: Transaction, master: Master, code: str) -> Row:
    """Look up a product, partner or run by its code.

    Raises:
        NotFound: Nothing has the code.
    """
    kind = KINDS[master]
    found = transaction.all(f"known_{master}", codes=[values.code(code, kind.code)])
    if not found:
        raise NotFound(kind.word, code, field=kind.code)
    return found[0]


def _refuse_what_changed(transaction: Transaction, master: Master, kind: Kind, held: Row) -> None:
    """Refuse to restate a row as it read before somebody else changed it."""
    latest = transaction.all(f"history_of_{master}", id=held["id"])[-1]
    raise CorrectionRefused(
        f"{kind.word} {held[kind.code]} was changed meanwhile, "
        f"{site_minute(latest['recorded_at'])} by {latest['written_by'] or 'an import'}. Nothing "
        "was saved. Look at it again, then change it.",
        field=kind.code,
        code="CHANGED_MEANWHILE",
    )


def _ask_about_check_digits(said: dict[str, Any], confirmed: Collection[str]) -> None:
    """Ask whether a number with a wrong check digit is really meant."""
    for name in WITH_CHECK_DIGIT:
        if said.get(name) and has_wrong_check_digit(said[name]):
            question = (
                f"The check digit of {name.upper()} {said[name]} is wrong: one may be misread."
            )
            if question not in confirmed:
                raise ToConfirm(question, field=name)
