"""What a move over HTTP takes and answers: a lot to a place, and where it stands then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from dashboards.api.bodies import Weighed
from dashboards.api.fields import Code, Moment, Number, Text
from sql.amounts import Amount
from sql.genealogy.flows import At
from sql.record.transactions import Row


class NewMove(Weighed):
    """A lot moved to a place; no quantity: all that stood where it came from."""

    lot_code: Code
    to_place_code: Code
    from_place_code: Annotated[
        Code | None, Field(description="Where it came from; none: from wherever it stands")
    ] = None
    reason: Text | None = None
    happened_at: Moment | None = None


class Stand(BaseModel):
    """What stands at one place, between two bounds."""

    place: Annotated[str | None, Field(description="None: nobody said where")]
    place_code: str | None = None
    at_least_kg: Number
    at_most_kg: Number | None


class Move(BaseModel):
    """A move as it was recorded, and where the lot stands since."""

    id: int
    lot_id: int
    lot_code: str
    to_place_code: str
    from_place_code: str | None
    quantity_kg: Number | None
    reason: str | None
    operator_id: int | None
    happened_at: datetime
    created_at: datetime
    stands: list[Stand]


def stands_shown(stands: Mapping[At, Amount]) -> list[Stand]:
    """Write where a lot stands as the API shows it."""
    return [
        Stand(
            place=place and place.label,
            place_code=place and place.code,
            at_least_kg=kg.least_kg,
            at_most_kg=kg.most_kg,
        )
        for place, kg in stands.items()
    ]


def move_shown(row: Row, stands: Mapping[At, Amount]) -> Move:
    """Write a move as the API shows it."""
    names = ("lot_id", "lot_code", "to_place_code", "from_place_code", "quantity_kg", "reason")
    return Move(
        id=row["move_id"],
        operator_id=row["operator_id"],
        happened_at=row["happened_at"],
        created_at=row["recorded_at"],
        stands=stands_shown(stands),
        **{name: row[name] for name in names},
    )
