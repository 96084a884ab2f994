"""The body of a decision over the API, field by field."""

from typing import Annotated

from pydantic import Field

from dashboards.api.bodies import Asked
from dashboards.api.fields import Code, DeviceSignature, Id, TemperatureC, Text
from dashboards.commands import values

MeasuredNumber = Annotated[float, Field(strict=True, allow_inf_nan=False)]
MeasuredText = Annotated[Text, Field(max_length=values.LONGEST_CODE)]


class MeasuredValue(Asked):
    """One value: a number, or `<10`, `not detected`, `ok`; no unit: that of the gate's limit."""

    characteristic: Code
    value: MeasuredNumber | MeasuredText
    unit: MeasuredText | None = None


class NewDecision(Asked):
    """A decision about a lot; HOLD and FAIL need notes of at least 10 characters."""

    lot_id: Annotated[int, Field(strict=True)]
    decision: Annotated[
        Text,
        Field(description="PASS, HOLD or FAIL, or a word of this plant's process for one of them"),
    ]
    qc_gate_id: Id | None = None
    notes: Text | None = None
    temperature_c: TemperatureC | None = None
    measured: Annotated[
        list[MeasuredValue],
        Field(
            max_length=100,
            description="What else the gate's limits ask for; kept as results of the lot there. A "
            "PASS is refused without what it needs (422) and outside a limit (409)",
        ),
    ] = []
    digital_signature: DeviceSignature = None
    seen_decision_ids: Annotated[
        list[Id] | None,
        Field(
            max_length=1000,
            description="The decisions that you know to stand about the lot, the latest at each "
            "gate; what lets go is refused (409) where others stand",
        ),
    ] = None
    password: Annotated[
        str | None,
        Field(max_length=1024, description="Yours, to sign with; without it the token signs"),
    ] = None
