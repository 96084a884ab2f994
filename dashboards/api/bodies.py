"""What the API takes and gives, field by field.

Types and bounds stand here so that a client finds them in the OpenAPI document; the plant's
rules about them stay with the commands. Numbers are strict: neither "12.5" nor true is one.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from dashboards.api.json_values import keepable_object, printable, written
from dashboards.commands import values
from sql.vocabulary import Decision, LotType, Role

LARGEST_ID = 2**63 - 1
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


def _email(address: str) -> str:
    """Give the address trimmed, refusing what can't be one."""
    try:
        validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as invalid:
        raise ValueError(f"value is not a valid email address: {invalid}") from invalid
    return address.strip()


def _not_ancient(moment: datetime) -> datetime:
    """Refuse a time from before there were clocks to write it down with."""
    if moment < EARLIEST:
        raise ValueError(f"must not lie before {EARLIEST:%Y}")
    return moment


Text = Annotated[str, AfterValidator(printable)]
Code = Annotated[Text, Field(min_length=1, max_length=values.LONGEST_CODE)]
Id = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
WeightKg = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        ge=0,
        le=float(values.HEAVIEST_LOT_KG),
        description="kg, at most 3 decimal places",
    ),
]
TemperatureC = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        ge=float(values.COLDEST_C),
        le=float(values.WARMEST_C),
        description="°C, at most 2 decimal places",
    ),
]
Moment = Annotated[AwareDatetime, BeforeValidator(written), AfterValidator(_not_ancient)]
Day = Annotated[date, BeforeValidator(written)]
JsonObject = Annotated[dict[str, Any], AfterValidator(keepable_object)]
Number = Annotated[Decimal, PlainSerializer(float, return_type=float)]


class Asked(BaseModel):
    """A body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Asked):
    """What signs a person in; no password, or one no account can have, is a wrong one."""

    email: Annotated[Text, AfterValidator(_email)]
    password: str = ""


class ParentLot(Asked):
    """A lot that goes into the new one; no quantity: unknown."""

    lot_code: Code
    quantity_kg: WeightKg | None = None


class NewLot(Asked):
    """A lot to register, with what went into it."""

    lot_code: Code
    lot_type: LotType | None = None
    production_run_id: Id | None = None
    phase_id: Id | None = None
    weight_kg: WeightKg | None = None
    temperature_c: TemperatureC | None = None
    metadata: JsonObject = {}
    product_code: Code | None = None
    supplier_code: Code | None = None
    supplier_lot_code: Code | None = None
    expires_on: Day | None = None
    happened_at: Moment | None = None
    parents: Annotated[list[ParentLot], Field(max_length=1000)] = []


class NewDecision(Asked):
    """A decision about a lot; HOLD and FAIL need notes of at least 10 characters."""

    lot_id: Annotated[int, Field(strict=True)]
    decision: Decision
    qc_gate_id: Id | None = None
    notes: Text | None = None
    temperature_c: TemperatureC | None = None
    digital_signature: Text | None = None
    password: Annotated[str | None, Field(max_length=1024, description="Yours, to sign with")] = (
        None
    )


class Health(BaseModel):
    """That the server answers, and when."""

    status: Literal["ok"] = "ok"
    timestamp: datetime


class User(BaseModel):
    """The person who signed in."""

    id: int
    email: str
    full_name: str
    role: Role
    created_at: datetime
    last_login: datetime


class SignedIn(BaseModel):
    """The person, and the token that speaks for them for half an hour."""

    user: User
    token: str


class Lot(BaseModel):
    """A lot as it was registered."""

    id: int
    lot_code: str
    lot_type: str | None
    production_run_id: int | None
    phase_id: int | None
    operator_id: int | None
    weight_kg: Number | None
    temperature_c: Number | None
    metadata: dict[str, Any]
    created_at: datetime


class WrittenDecision(BaseModel):
    """A decision as it was written."""

    id: int
    lot_id: int
    qc_gate_id: int | None
    operator_id: int | None
    decision: str
    notes: str | None
    temperature_c: Number | None
    digital_signature: str | None
    decided_at: datetime


class Traced(BaseModel):
    """A lot with the lots one step before and one step after it."""

    central: Lot
    parents: list[Lot]
    children: list[Lot]
