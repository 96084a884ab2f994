"""Rename a place, retire it, or take it into use again; what was known of it stays readable."""

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.known_places import known_place
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import BadValue, CorrectionRefused
from dashboards.commands.writing import begin_writing
from sql.genealogy.lots_at import lots_at
from sql.record.transactions import Row, Transaction

NAMED = 3


def change_place(
    transaction: Transaction,
    *,
    by: Person,
    place_code: str,
    name: str,
    kind: str | None = None,
    is_retired: bool = False,
    reason: str | None,
    based_on: int | None,
) -> int:
    """Restate what is known of a place and return the revision's id.

    Nothing goes to a retired place any more; lots that stood there stood there all the same.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        place_code: Which; its code and site never change.
        name: What people call it from now on.
        kind: What it is, in the plant's own words; None: nobody says.
        is_retired: Whether it is out of use.
        reason: Why, 10 characters or more.
        based_on: The latest revision that the person knew of; None: of none.

    Raises:
        NotPermitted: The role may not keep master data.
        BadValue: A value can't be taken, or nothing differs.
        NotFound: No place has the code.
        CorrectionRefused: Lots may stand there, which it names; or somebody changed it meanwhile.
    """
    require(by, Action.CORRECT)
    called = values.free_text(name, "name", longest=values.LONGEST_CODE)
    if called is None:
        raise BadValue("name is empty: say what people call the place.", field="name", code="EMPTY")
    what = values.free_text(kind, "kind", longest=values.LONGEST_CODE)
    why = reason_given(reason, "why it changes")
    begin_writing(transaction, by=by)
    held = known_place(transaction, place_code, "place_code")
    if held["revision_id"] != based_on:
        raise CorrectionRefused(
            f"Place {held['place_code']} was changed meanwhile. Nothing was saved. Look at it "
            "again, then change it.",
            field="place_code",
            code="CHANGED_MEANWHILE",
        )
    said = {"name": called, "kind": what, "is_retired": is_retired}
    if all(held[column] == value for column, value in said.items()):
        raise BadValue(
            f"Place {held['place_code']} reads like that already. Change a value, or leave it.",
            field="place_code",
            code="NOTHING_CHANGED",
        )
    if is_retired and not held["is_retired"]:
        _guard_empty(transaction, held)
    return transaction.value(
        "revise_place", place_id=held["place_id"], reason=why, operator_id=by.user_id, **said
    )


def _guard_empty(transaction: Transaction, place: Row) -> None:
    """Refuse to retire a place where lots may stand."""
    there = list(lots_at(transaction, place["place_code"]))
    if not there:
        return
    codes = [row["lot_code"] for row in transaction.all("codes_of_lots", lot_ids=there[:NAMED])]
    more = f" and {len(there) - NAMED} more" if len(there) > NAMED else ""
    raise CorrectionRefused(
        f"Place {place['place_code']} can't be retired: {', '.join(codes)}{more} may stand there. "
        "Move them to where they are now, count them or record what left, then retire it.",
        field="place_code",
        code="LOTS_THERE",
    )
