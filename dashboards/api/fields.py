"""The kinds of fields a body may have, each with its bounds.

Types and bounds stand here so that a client finds them in the OpenAPI document; the plant's
rules about them stay with the commands. Numbers are strict: neither "12.5" nor true is one.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
)

from dashboards.api.json_values import keepable_object, printable, written
from dashboards.commands import values
from sql.units import LARGEST_QUANTITY, UNITS

LARGEST_ID = 2**63 - 1


def _email(address: str) -> str:
    """Return the address trimmed, or refuse what can't be one."""
    try:
        validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as invalid:
        raise ValueError(f"value is not a valid email address: {invalid}") from invalid
    return address.strip()


def _not_ancient(moment: datetime) -> datetime:
    """Refuse a time that no plant wrote down; the commands' own bound."""
    if moment < values.EARLIEST:
        raise ValueError(f"must not lie before {values.EARLIEST:%Y}")
    return moment


def _not_an_ancient_day(day: date) -> date:
    """Refuse a day that no plant wrote down."""
    if day < values.EARLIEST.date():
        raise ValueError(f"must not lie before {values.EARLIEST:%Y}")
    return day


Text = Annotated[str, AfterValidator(printable)]
DeviceSignature = Annotated[
    Text | None,
    Field(description="What the device signed, kept as it came; it is not Lotline's signature"),
]
Email = Annotated[Text, AfterValidator(_email)]
Code = Annotated[Text, Field(min_length=1, max_length=values.LONGEST_CODE)]
# Of a lot that is registered here: the HTTP contract's bound. Files and screens take longer ones.
NewLotCode = Annotated[Text, Field(min_length=1, max_length=100)]
Id = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
LotType = Annotated[Text, Field(description="One of the types of the plant's process")]
WeightKg = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        ge=0,
        lt=1e9,
        description=f"kg, at most {values.KILOGRAM_PLACES} decimal places, within what the plant's "
        "process takes to be plausible",
    ),
]
UnitQuantity = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        ge=0,
        lt=float(LARGEST_QUANTITY),
        description="how much in `unit`, instead of kilograms or beside them",
    ),
]
Unit = Annotated[
    Text, Field(max_length=values.LONGEST_CODE, description=f"one of {' '.join(UNITS)}")
]
TemperatureC = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        ge=float(values.COLDEST_C),
        le=float(values.WARMEST_C),
        description="°C, at most 2 decimal places, within what the plant's process takes to be "
        "plausible",
    ),
]
Moment = Annotated[AwareDatetime, BeforeValidator(written), AfterValidator(_not_ancient)]
Day = Annotated[date, BeforeValidator(written), AfterValidator(_not_an_ancient_day)]
JsonObject = Annotated[dict[str, Any], AfterValidator(keepable_object)]
Number = Annotated[Decimal, PlainSerializer(float, return_type=float)]
