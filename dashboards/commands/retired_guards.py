"""Products and partners out of use: nothing new is of them, what happened before still comes in.

When it happened decides: what happened before one was retired is a late entry, which a manager
makes.
"""

from datetime import datetime

from dashboards.commands.authority import Action, Person
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import sentence, site_minute
from sql.record.transactions import Row, Transaction

CODE = "RETIRED"


def guard_product(
    transaction: Transaction, product: Row | None, code: str | None, *, at: datetime, by: Person
) -> None:
    """Refuse to let something be of a retired product.

    Args:
        transaction: Open transaction.
        product: With product_id; None: nobody named one.
        code: Its code.
        at: When it happened, or the first moment it may have.
        by: The signed-in person.

    Raises:
        BadValue: It is retired, and was then; or the person may not enter what happened before.
    """
    if product is not None:
        retired = transaction.one("product_retired", id=product["product_id"])
        _refuse(retired, f"Product {code}", "product_code", at, by)


def guard_partner(
    transaction: Transaction,
    partner_id: int | None,
    code: str | None,
    field: str,
    *,
    at: datetime,
    by: Person,
) -> None:
    """Refuse to let goods come from a retired partner or go to one.

    Args:
        transaction: Open transaction.
        partner_id: Which; None: nobody named one.
        code: Its code.
        field: In which field.
        at: When it happened, or the first moment it may have.
        by: The signed-in person.

    Raises:
        BadValue: As `guard_product`.
    """
    if partner_id is not None:
        thing = field.removesuffix("_code").capitalize()
        _refuse(transaction.one("partner_retired", id=partner_id), f"{thing} {code}", field, at, by)


def _refuse(retired: Row | None, named: str, field: str, at: datetime, by: Person) -> None:
    if retired is None:
        return
    is_late = at < retired["retired_at"]
    if is_late and by.may(Action.CORRECT):
        return
    way_out = (
        "This happened before: a manager enters it."
        if is_late
        else "Choose another, or have a manager take it into use again on Master data."
    )
    raise BadValue(
        f"{named} is retired since {site_minute(retired['retired_at'])}, by "
        f"{retired['retired_by']}: {sentence(retired['reason'] or 'no reason given')} {way_out}",
        field=field,
        code=CODE,
    )
