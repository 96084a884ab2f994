"""Ask for the time of day where the record can't know what came first.

Of what is known by the day or month, the record takes nothing whose order decides and can't be
told: what left a lot beside its count, unlike decisions about a lot at one gate.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from dashboards.commands.refusals import BadValue
from sql.errors import RuleBroken

_ASKED = {
    "order_of_counts_is_known": (
        "Lot {} was counted in that time, and whether something left it before the count or since "
        "can't be told. Enter the time of day, or void what is known by its day only."
    ),
    "order_of_decisions_is_known": (
        "About lot {} stands another decision here that is known by its day only, and which came "
        "last can't be told. Enter no time, for now, or a time after that day."
    ),
}


@contextmanager
def order_known(lot_code: str) -> Iterator[None]:
    """Turn the record's refusal of a write into one for people.

    Raises:
        BadValue: The order of what is written and of what stands can't be told.
    """
    try:
        yield
    except RuleBroken as broken:
        asked = _ASKED.get(broken.constraint)
        if asked is None:
            raise
        raise BadValue(asked.format(lot_code), field="happened_at", code="TIME") from broken
