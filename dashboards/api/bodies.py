"""The bodies that the API takes, field by field. What it answers is in `shapes`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.fields import (
    Code,
    Day,
    Email,
    Id,
    JsonObject,
    LotType,
    Moment,
    NewLotCode,
    TemperatureC,
    Text,
    Unit,
    UnitQuantity,
    WeightKg,
)
from dashboards.api.floor_times import Timed
from sql.movements import MovementKind
from sql.vocabulary import OutputKind


class Asked(BaseModel):
    """A body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Asked):
    """What signs a person in; no password, or one no account can have, is a wrong one."""

    email: Email
    password: str = ""


class ParentLot(Asked):
    """A lot that goes into the new one; no quantity: unknown."""

    lot_code: Code
    quantity_kg: WeightKg | None = None
    expiry_reason: Text | None = None
    quantity: UnitQuantity | None = None
    unit: Unit | None = None


class NewLot(Asked, Timed):
    """A lot to register, with what went into it."""

    lot_code: NewLotCode
    lot_type: LotType | None = None
    production_run_id: Id | None = None
    phase_id: Id | None = None
    weight_kg: WeightKg | None = None
    temperature_c: TemperatureC | None = None
    metadata: JsonObject = {}
    product_code: Code | None = None
    supplier_code: Code | None = None
    supplier_lot_code: NewLotCode | None = None
    printed_code: Annotated[
        NewLotCode | None,
        Field(description="What its label says; other lots' labels may say it too"),
    ] = None
    expires_on: Day | None = None
    quantity: UnitQuantity | None = None
    unit: Unit | None = None
    parents: Annotated[list[ParentLot], Field(max_length=1000)] = []
    beyond_reason: Text | None = None
    place_code: Annotated[
        Code | None, Field(description="Where all of it stands since it came to be")
    ] = None


class Weighed(Asked):
    """How much, in kilograms or in the product's unit; neither: unknown."""

    quantity_kg: WeightKg | None = None
    quantity: UnitQuantity | None = None
    unit: Unit | None = None


class ProductionInput(Weighed):
    """A lot that goes into a production; no quantity: unknown."""

    lot_code: Code
    expiry_reason: Text | None = None


class ProductionOutput(Weighed):
    """A lot that comes of a production: a new one is registered, a known one added to."""

    lot_code: NewLotCode
    kind: OutputKind = OutputKind.MAIN
    lot_type: LotType | None = None
    product_code: Code | None = None
    expires_on: Day | None = None


class NewProduction(Asked):
    """What went in together and what came of it; no waste: nobody said."""

    production_code: Code
    inputs: Annotated[list[ProductionInput], Field(min_length=1, max_length=1000)]
    outputs: Annotated[list[ProductionOutput], Field(min_length=1, max_length=1000)]
    waste_kg: WeightKg | None = None
    run_code: Code | None = None
    place: Text | None = None
    happened_at: Moment | None = None


class NewMovement(Weighed, Timed):
    """What else happened to a lot; no quantity: unknown, but of a count it is what was found."""

    lot_code: Code
    kind: MovementKind
    reason: Text | None = None
    partner_code: Annotated[
        Code | None, Field(description="Who got it: SENT_BACK (none: the lot's supplier), DONATED")
    ] = None
    shipment_code: Annotated[
        Code | None, Field(description="The shipment that something came back of: RETURNED")
    ] = None
    place_code: Annotated[
        Code | None, Field(description="Where it left, or where what came back was put")
    ] = None
    password: Annotated[
        str | None,
        Field(max_length=1024, description="Yours, to sign with; without it the token signs"),
    ] = None
