"""What the API answers: its bodies, made of the record's rows in the names of the HTTP contract."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from dashboards.api.fields import DeviceSignature, Number
from sql.record.transactions import Row
from sql.vocabulary import Role


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
    digital_signature: DeviceSignature
    decided_at: datetime


class Traced(BaseModel):
    """A lot with the lots one step before and one step after it."""

    central: Lot
    parents: list[Lot]
    children: list[Lot]


def lot_shown(row: Row) -> Lot:
    """Write a lot as the API shows it."""
    return Lot(
        id=row["lot_id"],
        lot_code=row["lot_code"],
        lot_type=row["lot_type"],
        production_run_id=row["run_id"],
        phase_id=row["phase_id"],
        operator_id=row["operator_id"],
        weight_kg=row["weight_kg"],
        temperature_c=row["temperature_c"],
        metadata=row["metadata"],
        created_at=row["recorded_at"],
    )


def decision_shown(row: Row) -> WrittenDecision:
    """Write a decision as the API shows it."""
    return WrittenDecision(
        id=row["decision_id"],
        lot_id=row["lot_id"],
        qc_gate_id=row["gate_id"],
        operator_id=row["operator_id"],
        decision=row["decision"],
        notes=row["notes"],
        temperature_c=row["temperature_c"],
        digital_signature=row["digital_signature"],
        decided_at=row["happened_at"],
    )


def user_shown(row: Row) -> User:
    """Write the person who signed in as the API shows them."""
    return User(
        id=row["user_id"],
        email=row["email"],
        full_name=row["full_name"],
        role=row["role"],
        created_at=row["recorded_at"],
        last_login=row["last_login"],
    )
