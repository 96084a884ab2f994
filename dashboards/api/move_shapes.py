"""What a move over HTTP takes and answers: a lot to a place, and where it stands then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from dashboards.api.bodies import Weighed
from dashboards.api.fields import Code, Number, Text
from dashboards.api.floor_times import Timed
from sql.amounts import Amount
from sql.genealogy.flows import At
from sql.genealogy.stand_rows import stand_rows
from sql.genealogy.standing_places import Counts
from sql.record.transactions import Row


class NewMove(Weighed, Timed):
    """A lot moved to a place; no quantity: all that stood where it came from."""

    lot_code: Code
    to_place_code: Code
    from_place_code: Annotated[
        Code | None, Field(description="Where it came from; none: from wherever it stands")
    ] = None
    reason: Text | None = None


class Stand(BaseModel):
    """What stands at one place, between two bounds."""

    place: Annotated[str | None, Field(description="None: nobody said where")]
    place_code: str | None = None
    at_least_kg: Number
    at_most_kg: Number | None
    at_least_quantity: Annotated[
        Number | None, Field(description="In the lot's own unit; none: it is kept in kilograms")
    ] = None
    at_most_quantity: Number | None = None
    unit: str | None = None


class Move(BaseModel):
    """A move as it was recorded, and where the lot stands since."""

    id: int
    lot_id: int
    lot_code: str
    to_place_code: str
    from_place_code: str | None
    quantity_kg: Number | None
    quantity: Number | None = None
    unit: str | None = None
    reason: str | None
    operator_id: int | None
    happened_at: datetime
    happened_until: datetime | None = None
    created_at: datetime
    stands: list[Stand]


def stands_shown(stands: Mapping[At, Amount], counts: Counts | None) -> list[Stand]:
    """Write where a lot stands as the API shows it."""
    return [Stand(**row) for row in stand_rows(stands, counts)]


def move_shown(row: Row, stands: Mapping[At, Amount], counts: Counts | None) -> Move:
    """Write a move as the API shows it."""
    places = ("to_place_code", "from_place_code")
    names = ("lot_id", "lot_code", *places, "quantity_kg", "quantity", "unit", "reason")
    return Move(
        id=row["move_id"],
        operator_id=row["operator_id"],
        happened_at=row["happened_at"],
        happened_until=row["happened_until"],
        created_at=row["recorded_at"],
        stands=stands_shown(stands, counts),
        **{name: row[name] for name in names},
    )
