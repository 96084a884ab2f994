"""What stops a lot is refused over HTTP too: by origin, by age, and at another type's gate."""

from datetime import date, timedelta

import pytest

WHY = "waits for the laboratory"


@pytest.fixture
def made(plant):
    """Register a lot made from another that is then put on HOLD; return both."""
    raw = plant.lot(lot_type="RAW", weight_kg=10)
    parents = [{"lot_code": raw["lot_code"], "quantity_kg": 4}]
    made = plant.lot(lot_type="MIX", weight_kg=4, parents=parents)
    held = {"lot_id": raw["id"], "decision": "HOLD", "notes": WHY}
    answer = plant.client.post("/qc-decisions", json=held, headers=plant.as_role("AUDITOR"))
    assert answer.status_code == 201, answer.text
    return raw, made


def post_lot(plant, parent: dict, role: str = "OPERATOR", **facts):
    used = {"lot_code": parent["lot_code"], "quantity_kg": 1, **facts}
    body = {"lot_code": f"{parent['lot_code']}-NEXT", "parents": [used]}
    return plant.client.post("/lots", json=body, headers=plant.as_role(role))


def test_a_lot_that_its_origin_stops_goes_into_nothing(plant, made) -> None:
    raw, stopped = made
    before = plant.lot_count()
    answer = post_lot(plant, stopped)

    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["field"]) == ("PARENT_STOPPED", "parents")
    assert f"{raw['lot_code']}, 100% of it, is on HOLD" in answer.json()["detail"]
    assert plant.lot_count() == before


def test_a_lot_is_not_decided_about_at_another_types_gate(plant, made) -> None:
    _raw, mix = made
    asked = {"lot_id": mix["id"], "decision": "PASS", "qc_gate_id": plant.gate(8)}
    answer = plant.client.post("/qc-decisions", json=asked, headers=plant.as_role("MANAGER"))

    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["field"]) == ("GATE_TYPE", "qc_gate_id")
    assert "gate 5 Mix" in answer.json()["detail"]


def test_an_expired_lot_is_used_only_for_a_managers_reason(plant) -> None:
    yesterday = (date.today() - timedelta(days=2)).isoformat()
    old = plant.lot(lot_type="RAW", weight_kg=10, expires_on=yesterday)
    for role, facts in (("OPERATOR", {}), ("MANAGER", {}), ("OPERATOR", {"expiry_reason": WHY})):
        answer = post_lot(plant, old, role, **facts)
        assert (answer.status_code, answer.json()["code"]) == (409, "PARENT_EXPIRED")

    assert post_lot(plant, old, "MANAGER", expiry_reason=WHY).status_code == 201
    kept = plant.ask(
        "select expiry_reason from facts.lot_genealogy where parent_lot_id = :lot", lot=old["id"]
    )
    assert kept == [(WHY,)]
