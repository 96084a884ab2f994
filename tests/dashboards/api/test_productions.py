"""Productions over HTTP: answered as they were written, once, whole or not at all."""

import pytest

from tests.engines import ask

COUNTS = (
    "select (select count(*) from facts.lots), (select count(*) from facts.productions),"
    " (select count(*) from facts.lot_genealogy)"
)


@pytest.fixture
def produce(plant):
    """Return a function that posts a production."""

    def post(role="OPERATOR", key=None, **body):
        headers = plant.as_role(role) | ({} if key is None else {"Idempotency-Key": key})
        return plant.client.post("/productions", json=body, headers=headers)

    return post


IN_KILOGRAMS = {"quantity": None, "unit": None}


@pytest.fixture
def vat(plant):
    """Receive 1000 kg of milk, and return the body that makes cheese and whey of 900."""
    milk = plant.lot(weight_kg=1000)["lot_code"]
    return {
        "production_code": f"VAT-{milk}",
        "inputs": [{"lot_code": milk, "quantity_kg": 900}],
        "outputs": [
            {"lot_code": f"CHEESE-{milk}", "quantity_kg": 90},
            {"lot_code": f"WHEY-{milk}", "quantity_kg": 810, "kind": "BY_PRODUCT"},
        ],
        "waste_kg": 0,
        "place": "vat 1",
    }


def test_a_production_is_answered_as_it_was_written_and_once(plant, produce, vat) -> None:
    milk = vat["inputs"][0]["lot_code"]
    answer = produce(key="p-1", **vat)
    assert answer.status_code == 201, answer.text
    written = answer.json()
    assert written.pop("id") > 0
    assert written.pop("created_at").endswith("Z") and written.pop("happened_at").endswith("Z")
    assert written == {
        "production_code": f"VAT-{milk}",
        "run_code": None,
        "place": "vat 1",
        "waste_kg": 0,
        "inputs": [{"lot_code": milk, "kind": "INPUT", "quantity_kg": 900} | IN_KILOGRAMS],
        "outputs": [
            {"lot_code": f"CHEESE-{milk}", "kind": "MAIN", "quantity_kg": 90} | IN_KILOGRAMS,
            {"lot_code": f"WHEY-{milk}", "kind": "BY_PRODUCT", "quantity_kg": 810} | IN_KILOGRAMS,
        ],
        "operator_id": plant.people["OPERATOR"].user_id,
    }
    again = produce(key="p-1", **vat)
    assert again.json()["id"] == answer.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert produce(key="p-1", **vat | {"waste_kg": 1}).status_code == 422
    assert produce(**vat).status_code == 409  # without the key it is another, of a code in use
    traced = plant.client.get(f"/traceability/WHEY-{milk}", headers=plant.as_role("VIEWER")).json()
    assert [lot["lot_code"] for lot in traced["parents"]] == [milk]


def test_what_is_no_production_is_refused_by_its_status_and_leaves_nothing(
    plant, produce, vat
) -> None:
    milk = vat["inputs"][0]["lot_code"]
    with plant.record.transaction() as transaction:
        before = ask(transaction, COUNTS).fetchall()
    for status, change in (
        (409, {"inputs": [{"lot_code": milk, "quantity_kg": 1000.000001}]}),
        (409, {"outputs": [{"lot_code": milk}]}),
        (422, {"inputs": []}),
        (422, {"outputs": []}),
        (422, {"inputs": [{"lot_code": milk}, {"lot_code": milk}]}),
        (422, {"inputs": [{"lot_code": milk, "quantity_kg": 0}]}),
        (422, {"inputs": [{"lot_code": milk, "quantity_kg": "9"}]}),
        (422, {"inputs": [{"lot_code": milk, "pieces": 9}]}),
        (422, {"outputs": [{"lot_code": "X", "kind": "WASTE"}]}),
        (422, {"outputs": [{"lot_code": "X", "product_code": "nobody's"}]}),
        (422, {"waste_kg": -1}),
        (422, {"run_code": "never run"}),
        (422, {"production_code": " "}),
    ):
        answer = produce(**vat | change)
        assert answer.status_code == status, (change, answer.text)
        assert {"detail", "code", "request_id"} <= set(answer.json())
    unknown = produce(**vat | {"inputs": [{"lot_code": "never made"}]})
    assert unknown.json()["code"] == "NOT_FOUND"
    for role in ("AUDITOR", "VIEWER"):
        assert produce(role=role, **vat).status_code == 403
    assert plant.client.post("/productions", json=vat).status_code == 401
    with plant.record.transaction() as transaction:
        assert ask(transaction, COUNTS).fetchall() == before
