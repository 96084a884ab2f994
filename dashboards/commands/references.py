"""Find by its code or id what a command names: a product, a supplier."""

from dashboards.commands import values
from dashboards.commands.refusals import (
    NotFound,
)
from sql.record.transactions import Transaction


def id_of(transaction: Transaction, thing: str, code: str | None) -> int | None:
    """Look a product's or supplier's id up by its code."""
    if not code:
        return None
    found = transaction.value(f"{thing}_id", code=values.code(code, f"{thing}_code"))
    if found is None:
        raise NotFound(thing.capitalize(), code, field=f"{thing}_code")
    return found


def askable_id(value: int) -> int:
    """Return an id PostgreSQL can be asked for; 0, which names nothing, where out of range."""
    return value if 0 < value < 2**63 else 0
