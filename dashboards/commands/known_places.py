"""Look places up by their codes: any, or one that something may go to."""

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, NotFound
from sql.genealogy.flows import Place
from sql.record.transactions import Row, Transaction


def place_in_use(transaction: Transaction, code: str, field: str) -> Row:
    """Look up a place that something goes to.

    Raises:
        NotFound: No place has the code.
        BadValue: It is retired.
    """
    found = known_place(transaction, code, field)
    if found["is_retired"]:
        raise BadValue(
            f"Place {found['place_code']} is retired: nothing goes there any more. Choose another, "
            "or have a manager take it into use again on Master data.",
            field=field,
            code="RETIRED",
        )
    return found


def place_of(row: Row) -> Place:
    """Read a place that was looked up."""
    return Place(row["place_code"], row["label"])


def known_place(transaction: Transaction, code: str, field: str) -> Row:
    """Look a place up by its code: place_id, place_code, label, name, kind, is_retired.

    Raises:
        NotFound: No place has the code.
    """
    found = transaction.one("place_named", place_code=values.code(code, field))
    if found is None:
        raise NotFound("Place", code, field=field)
    return found
