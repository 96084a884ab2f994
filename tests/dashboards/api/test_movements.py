"""What else happens to a lot, over HTTP: answered as it was written, refused by its status."""

import pytest

from dashboards.commands.shipments import record_shipment
from tests.engines import ask

WHY = "said by the test that moves it"


@pytest.fixture
def move(plant):
    """Return a function that posts a movement."""

    def post(role="OPERATOR", key=None, **body):
        headers = plant.as_role(role) | ({} if key is None else {"Idempotency-Key": key})
        return plant.client.post("/movements", json=body, headers=headers)

    return post


def test_a_movement_is_answered_as_it_was_written_and_once(plant, move) -> None:
    lot = plant.lot(weight_kg=100)
    body = {"lot_code": lot["lot_code"], "kind": "WASTE", "quantity_kg": 2.5, "reason": "trim"}
    answer = move(key="m-1", **body)
    assert answer.status_code == 201
    written = answer.json()
    assert written.pop("id") > 0
    assert written.pop("created_at").endswith("Z") and written.pop("happened_at").endswith("Z")
    assert written == {
        "lot_id": lot["id"],
        "lot_code": lot["lot_code"],
        "kind": "WASTE",
        "quantity_kg": 2.5,
        "quantity": None,
        "unit": None,
        "reason": "trim",
        "partner_id": None,
        "shipment_id": None,
        "place_code": None,
        "happened_until": None,
        "operator_id": plant.people["OPERATOR"].user_id,
    }
    again = move(key="m-1", **body)
    assert again.json()["id"] == answer.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert move(key="m-1", **body | {"quantity_kg": 3}).status_code == 422


def test_what_is_no_movement_is_refused_by_its_status(plant, move) -> None:
    code = plant.lot(weight_kg=100)["lot_code"]
    good = {"lot_code": code, "kind": "WASTE", "quantity_kg": 1}
    for status, change in (
        (404, {"lot_code": "never made"}),
        (409, {"quantity_kg": 101}),
        (422, {"quantity_kg": 0}),
        (422, {"quantity_kg": -15}),
        (422, {"quantity_kg": "15"}),
        (422, {"kind": "SOLD"}),
        (422, {"kind": "COUNTED", "quantity_kg": None}),
        (422, {"kind": "RETURNED"}),
        (422, {"kind": "DESTROYED"}),
        (422, {"kind": "SENT_BACK", "reason": WHY, "partner_code": "nobody"}),
        (422, {"kind": "RETURNED", "reason": WHY, "shipment_code": "never sent"}),
        (422, {"weight": 1}),
    ):
        answer = move(**good | change)
        assert answer.status_code == status, (change, answer.text)
        assert {"detail", "code", "request_id"} <= set(answer.json())
    assert move(role="AUDITOR", **good).status_code == 403
    assert plant.client.post("/movements", json=good).status_code == 401


def test_a_customers_return_is_on_hand_again(plant, move) -> None:
    lot = plant.lot(weight_kg=40)
    with plant.record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role) "
            "values ('R-C', 'Shop', 'CUSTOMER')",
        )
        for gate in ask(transaction, "select gate_id from qc_gates").fetchall():
            ask(
                transaction,
                "insert into facts.qc_decisions (lot_id, gate_id, decision, happened_at) "
                f"values ({lot['id']}, {gate[0]}, 'PASS', now())",
            )
        record_shipment(
            transaction,
            by=plant.people["MANAGER"],
            shipment_code="RET-1",
            lot_code=lot["lot_code"],
            customer_code="R-C",
            quantity_kg=40,
        )
    back = {"kind": "RETURNED", "lot_code": lot["lot_code"], "shipment_code": "RET-1"}
    assert move(quantity_kg=15, reason=WHY, **back).status_code == 201
    more = move(quantity_kg=25.001, reason=WHY, **back)
    assert (more.status_code, more.json()["code"]) == (409, "MORE_THAN_SHIPPED")
    with plant.record.transaction() as transaction:
        left = transaction.one("lot_to_act_on", lot_code=lot["lot_code"])
    assert (left["on_hand_kg"], left["undecided_kg"]) == (15, 15)


def test_a_rejected_lot_is_destroyed_by_a_manager_and_signed(plant, move) -> None:
    lot = plant.lot(weight_kg=40)
    fail = {"lot_id": lot["id"], "decision": "FAIL", "notes": "metal was found in it"}
    plant.client.post("/qc-decisions", json=fail, headers=plant.as_role("MANAGER"))
    body = {"lot_code": lot["lot_code"], "kind": "DESTROYED", "quantity_kg": 40, "reason": WHY}
    assert move(**body).status_code == 403
    assert move(role="MANAGER", **body | {"kind": "WASTE"}).status_code == 409
    assert move(role="MANAGER", password="not mine", **body).status_code == 403
    assert move(role="MANAGER", password="lotline-demo", **body).status_code == 201
