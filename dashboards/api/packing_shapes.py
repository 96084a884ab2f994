"""What a packing over HTTP takes and answers: a lot or unit into a logistic unit, or out."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from dashboards.api.bodies import Weighed
from dashboards.api.fields import Code, Moment, Number, Text
from sql.packings import PackingKind
from sql.record.transactions import Row


class NewPacking(Weighed):
    """A lot or a unit put into a unit or taken out; no quantity: unweighed, and all of it out."""

    sscc: Annotated[Code, Field(description="The unit's 18 digits, a leading (00) or not")]
    kind: PackingKind = PackingKind.PACKED
    lot_code: Annotated[Code | None, Field(description="The lot, or")] = None
    inner_sscc: Annotated[Code | None, Field(description="the unit that goes in or out")] = None
    happened_at: Moment | None = None
    confirmed: Annotated[
        list[Text],
        Field(
            max_length=10,
            description="Questions that were refused with TO_CONFIRM and you say yes to, word for "
            "word: a wrong check digit",
        ),
    ] = []


class Packing(BaseModel):
    """A packing as it was recorded."""

    id: int
    sscc: str
    kind: str
    lot_id: int | None
    lot_code: str | None
    inner_sscc: str | None
    quantity_kg: Number | None
    quantity: Number | None = None
    unit: str | None = None
    operator_id: int | None
    happened_at: datetime
    created_at: datetime


def packing_shown(row: Row) -> Packing:
    """Write a packing as the API shows it."""
    of_lot = ("lot_id", "lot_code", "quantity_kg", "quantity", "unit")
    names = ("sscc", "kind", "inner_sscc", "operator_id", *of_lot)
    return Packing(
        id=row["packing_id"],
        happened_at=row["happened_at"],
        created_at=row["recorded_at"],
        **{name: row[name] for name in names},
    )
