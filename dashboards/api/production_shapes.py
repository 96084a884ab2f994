"""What the API answers about a production: its body, made of the record's rows."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from dashboards.api.fields import Number
from dashboards.commands.authority import Person
from sql.record.transactions import Row


class ProductionPart(BaseModel):
    """A lot that went into a production, or came of it."""

    lot_code: str
    kind: str
    quantity_kg: Number | None
    quantity: Number | None = None
    unit: str | None = None


class Production(BaseModel):
    """A production as it was recorded."""

    id: int
    production_code: str
    run_code: str | None
    place: str | None
    waste_kg: Number | None
    inputs: list[ProductionPart]
    outputs: list[ProductionPart]
    operator_id: int
    happened_at: datetime
    created_at: datetime


def production_shown(row: Row, parts: Sequence[Row], by: Person) -> Production:
    """Write a production as the API shows it to the person who recorded it."""
    lots = [
        ProductionPart(
            lot_code=part["lot_code"],
            kind=part["kind"],
            quantity_kg=part["quantity_kg"],
            quantity=part["quantity"],
            unit=part["unit"],
        )
        for part in parts
    ]
    return Production(
        id=row["production_id"],
        production_code=row["production_code"],
        run_code=row["run_code"],
        place=row["place"],
        waste_kg=row["waste_kg"],
        inputs=[part for part in lots if part.kind == "INPUT"],
        outputs=[part for part in lots if part.kind != "INPUT"],
        operator_id=by.user_id,
        happened_at=row["happened_at"],
        created_at=row["recorded_at"],
    )
