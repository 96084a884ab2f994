"""Rows of the record in the names the HTTP contract gives them."""

from dashboards.api import bodies
from sql.record.transactions import Row


def lot_shown(row: Row) -> bodies.Lot:
    """Give a lot as the API shows it."""
    return bodies.Lot(
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


def decision_shown(row: Row) -> bodies.WrittenDecision:
    """Give a decision as the API shows it."""
    return bodies.WrittenDecision(
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


def user_shown(row: Row) -> bodies.User:
    """Give the person who signed in as the API shows them."""
    return bodies.User(
        id=row["user_id"],
        email=row["email"],
        full_name=row["full_name"],
        role=row["role"],
        created_at=row["recorded_at"],
        last_login=row["last_login"],
    )
