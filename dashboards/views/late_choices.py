"""What a form offers to choose among: products and partners in use, to a manager retired ones too.

What happened before one was retired is entered by a manager (`commands.retired_guards`).
"""

from dashboards.commands.authority import Action, Person
from dashboards.words.masters import RETIRED_CHOICE
from sql.record.transactions import Row, Transaction

_RETIRED = {
    f"{things}_known": f"{things}_retired"
    for things in ("products", "suppliers", "customers", "partners")
}


def choices(snapshot: Transaction, known: str, viewer: Person) -> list[Row]:
    """Return what a query of this name offers; for managers the retired ones, marked, below.

    Args:
        snapshot: Open snapshot.
        known: Such as `products_known`; of anything else just what it says.
        viewer: Who is to choose.
    """
    rows = snapshot.all(known)
    if known not in _RETIRED or not viewer.may(Action.CORRECT):
        return rows
    retired = snapshot.all(_RETIRED[known])
    return [*rows, *({**row, "name": RETIRED_CHOICE.format(**row)} for row in retired)]
