"""Hold at once every lot of a trace that is still here: all of them, signed, or none.

The hold is decided about each lot as such, beside whatever its gates say: a PASS at a gate lifts it
nowhere. What becomes of a lot by a gate is for `dashboards.commands.decisions`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.decision_guards import notes_given
from dashboards.commands.refusals import BadValue, DecisionRefused, NotFound
from dashboards.commands.signatures import Confirmation, sign_all
from dashboards.commands.signed_decisions import signed_content
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, Meaning

MOST_NAMED = 10


@dataclass(frozen=True)
class Held:
    """What holding many lots did, by lot code.

    Attributes:
        lots: Lots that are held now by this; those that a gate held already are among them.
        on_hold: Lots that a decision about the lot as such held already; left as they are.
        rejected: Lots that are rejected; left as they are.
    """

    lots: list[str]
    on_hold: list[str]
    rejected: list[str]


def hold_lots(
    transaction: Transaction,
    *,
    by: Person,
    lot_codes: Collection[str],
    still_here: Callable[[], Collection[str]],
    reason: str,
    confirmation: Confirmation | None,
) -> Held:
    """Put lots on HOLD together, each with a signed decision of its own.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person who decides.
        lot_codes: The lots that the person saw and wants held.
        still_here: Says which lots are here in truth; asked once the write lock is held, so that a
            lot made or shipped since the person looked is found.
        reason: Why, 10 characters or more; kept with every decision.
        confirmation: That the person has just given the password again.

    Raises:
        NotPermitted: The role may not decide.
        BadValue: The reason is too short, or no lot was named.
        NotFound: A lot is unknown.
        DecisionRefused: Other lots are here than the person saw.
        SignatureNeeded: The password was not given again.
    """
    require(by, Action.DECIDE)
    notes = notes_given(Decision.HOLD, reason)
    wanted = set(lot_codes)
    if not wanted:
        raise BadValue("No lot is here to be held.", field="lot_codes")
    begin_writing(transaction, by=by)
    _guard_unchanged(wanted, set(still_here()))
    lots = transaction.all("lots_to_hold", lot_codes=sorted(wanted))
    for missing in sorted(wanted - {lot["lot_code"] for lot in lots}):
        raise NotFound("Lot", missing, field="lot_codes")
    held = _sorted_out(lots)
    free = set(held.lots)
    written = transaction.all(
        "write_holds",
        lot_ids=[lot["lot_id"] for lot in lots if lot["lot_code"] in free],
        notes=notes,
        operator_id=by.user_id,
        happened_at=values.moment(None),
    )
    sign_all(
        transaction,
        by=by,
        confirmation=confirmation,
        meaning=Meaning.HOLD,
        decisions={row["decision_id"]: signed_content(row) for row in written},
    )
    return held


def _guard_unchanged(seen: set[str], here: set[str]) -> None:
    """Refuse where other lots are here than the person saw: they decide about what they know."""
    came, went = sorted(here - seen), sorted(seen - here)
    if not came and not went:
        return
    parts = [f"{', '.join(came[:MOST_NAMED])} came into it"] if came else []
    parts += [f"{', '.join(went[:MOST_NAMED])} left it"] if went else []
    raise DecisionRefused(
        f"The answer has changed since you looked: {' and '.join(parts)}. Nothing was held. "
        "Look at the answer below, then hold again.",
        field="lot_codes",
        code="CHANGED",
    )


def _sorted_out(lots: Iterable[Row]) -> Held:
    """Say which lots are held by this, and which are stopped already."""
    held = Held([], [], [])
    for lot in lots:
        if lot["is_rejected"]:
            held.rejected.append(lot["lot_code"])
        elif lot["is_held_as_such"]:
            held.on_hold.append(lot["lot_code"])
        else:
            held.lots.append(lot["lot_code"])
    return held
