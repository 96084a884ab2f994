"""Packing over HTTP: answered as it was written, refused by its status, once a key."""

from itertools import count

import pytest

from dashboards.commands.unit_shipments import ship_unit
from tests.engines import ask

UNITS = count(1)


def unit() -> str:
    """Return an SSCC of its own with a right check digit."""
    body = f"05990000{next(UNITS):09}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@pytest.fixture
def pack(plant):
    """Return a function that posts a packing."""

    def post(role="OPERATOR", key=None, **body):
        headers = plant.as_role(role) | ({} if key is None else {"Idempotency-Key": key})
        return plant.client.post("/packings", json=body, headers=headers)

    return post


def test_a_packing_is_answered_as_it_was_written_and_once(plant, pack) -> None:
    lot, sscc = plant.lot(weight_kg=100), unit()
    body = {"sscc": f"(00){sscc}", "lot_code": lot["lot_code"], "quantity_kg": 2.5}
    answer = pack(key="pack-1", **body)
    assert answer.status_code == 201, answer.text
    written = answer.json()
    assert written.pop("id") > 0
    assert written.pop("created_at").endswith("Z") and written.pop("happened_at").endswith("Z")
    assert written == {
        "sscc": sscc,
        "kind": "PACKED",
        "lot_id": lot["id"],
        "lot_code": lot["lot_code"],
        "inner_sscc": None,
        "quantity_kg": 2.5,
        "quantity": None,
        "unit": None,
        "operator_id": plant.people["OPERATOR"].user_id,
    }
    counted = pack(**body | {"quantity": 3, "unit": "pcs"}).json()
    assert (counted["quantity_kg"], counted["quantity"], counted["unit"]) == (2.5, 3, "pcs")
    again = pack(key="pack-1", **body)
    assert again.json()["id"] == answer.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert pack(key="pack-1", **body | {"quantity_kg": 3}).status_code == 422


def test_a_unit_goes_onto_another_and_all_comes_out_again(plant, pack) -> None:
    lot, case, pallet = plant.lot(weight_kg=100), unit(), unit()
    assert pack(sscc=case, lot_code=lot["lot_code"], quantity_kg=60).status_code == 201
    onto = pack(sscc=pallet, inner_sscc=case)
    assert (onto.status_code, onto.json()["inner_sscc"]) == (201, case)
    circle = pack(sscc=case, inner_sscc=pallet)
    assert (circle.status_code, circle.json()["code"]) == (409, "INTO_ITSELF")
    off = pack(sscc=pallet, inner_sscc=case, kind="UNPACKED")
    assert (off.status_code, off.json()["kind"]) == (201, "UNPACKED")
    out = pack(sscc=case, lot_code=lot["lot_code"], kind="UNPACKED", quantity_kg=61)
    assert (out.status_code, out.json()["code"]) == (409, "NOT_ENOUGH")
    assert pack(sscc=case, lot_code=lot["lot_code"], kind="UNPACKED").json()["quantity_kg"] is None
    with plant.record.transaction() as transaction:
        assert not transaction.all("unit_packed", sscc=case)


def test_what_is_no_packing_is_refused_by_its_status_and_leaves_nothing(plant, pack) -> None:
    lot, sscc = plant.lot(weight_kg=100), unit()
    good = {"sscc": sscc, "lot_code": lot["lot_code"], "quantity_kg": 1}
    for status, change in (
        (404, {"lot_code": "never made"}),
        (409, {"quantity_kg": 100.000001}),
        (409, {"kind": "UNPACKED"}),
        (422, {"quantity_kg": 0}),
        (422, {"quantity_kg": "1"}),
        (422, {"quantity_kg": None, "quantity": 5}),
        (422, {"quantity_kg": None, "quantity": 5, "unit": "pcs"}),
        (422, {"sscc": "1234"}),
        (422, {"kind": "MOVED"}),
        (422, {"lot_code": None}),
        (422, {"inner_sscc": unit()}),
        (422, {"lot_code": None, "inner_sscc": unit()}),
        (422, {"pieces": 9}),
    ):
        answer = pack(**good | change)
        assert answer.status_code == status, (change, answer.text)
        assert {"detail", "code", "request_id"} <= set(answer.json())
    for role in ("AUDITOR", "VIEWER"):
        assert pack(role=role, **good).status_code == 403
    assert plant.client.post("/packings", json=good).status_code == 401
    with plant.record.transaction() as transaction:
        assert not transaction.all("unit_packed", sscc=sscc)


def test_a_wrong_check_digit_is_taken_once_it_was_said_yes_to(plant, pack) -> None:
    lot, sscc = plant.lot(weight_kg=100), unit()
    wrong = f"{sscc[:-1]}{(int(sscc[-1]) + 1) % 10}"
    body = {"sscc": wrong, "lot_code": lot["lot_code"], "quantity_kg": 1}
    asked = pack(**body)
    assert (asked.status_code, asked.json()["code"]) == (409, "TO_CONFIRM")
    assert pack(**body, confirmed=[asked.json()["detail"]]).status_code == 201


def test_pieces_are_weighed_by_their_product_and_a_unit_that_left_takes_nothing(
    plant, pack
) -> None:
    lot, sscc = plant.lot(weight_kg=100), unit()
    with plant.record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.products (product_code, name, unit, kg_per_unit)"
            " values ('PACK-JAR', 'Jar', 'pcs', 0.25)",
        )
        ask(
            transaction,
            "insert into facts.partners (partner_code, name, role)"
            " values ('PACK-C', 'Shop', 'CUSTOMER')",
        )
    jars = plant.lot(weight_kg=5, product_code="PACK-JAR")
    for one in (lot, jars):
        with plant.record.transaction() as transaction:
            for gate in ask(transaction, "select gate_id from qc_gates").fetchall():
                ask(
                    transaction,
                    "insert into facts.qc_decisions (lot_id, gate_id, decision, happened_at) "
                    f"values ({one['id']}, {gate[0]}, 'PASS', now())",
                )
    packed = pack(sscc=sscc, lot_code=jars["lot_code"], quantity=12, unit="pcs")
    assert (packed.status_code, packed.json()["quantity_kg"]) == (201, 3)
    out = pack(sscc=sscc, lot_code=jars["lot_code"], kind="UNPACKED", quantity=4, unit="pcs")
    assert (out.status_code, out.json()["quantity_kg"]) == (201, 1)
    with plant.record.transaction() as transaction:
        ship_unit(
            transaction,
            by=plant.people["MANAGER"],
            sscc=sscc,
            shipment_code="PACK-S",
            customer_code="PACK-C",
        )
    late = pack(sscc=sscc, lot_code=lot["lot_code"], quantity_kg=1)
    assert (late.status_code, late.json()["code"]) == (409, "UNIT_SHIPPED")
