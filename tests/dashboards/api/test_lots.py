from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.cases import each_of


@pytest.fixture
def client(plant):
    return plant.client


@pytest.fixture
def as_role(plant):
    return plant.as_role


@pytest.fixture
def new_lot(plant):
    return plant.lot


@pytest.fixture
def people(plant):
    return plant.people


def test_a_lot_is_answered_as_it_was_written(client, as_role, people):
    body = {
        "lot_code": " RAW/1 ",
        "lot_type": "RAW",
        "weight_kg": 500,
        "temperature_c": -0.25,
        "metadata": {"dock": 3},
        "phase_id": 1,
    }
    answer = client.post("/lots", json=body, headers=as_role("OPERATOR"))
    assert answer.status_code == 201
    lot = answer.json()
    assert lot.pop("id") > 0 and lot.pop("created_at").endswith("Z")
    assert lot == {
        "lot_code": "RAW/1",
        "lot_type": "RAW",
        "production_run_id": None,
        "phase_id": 1,
        "operator_id": people["OPERATOR"].user_id,
        "weight_kg": 500.0,
        "temperature_c": -0.25,
        "metadata": {"dock": 3},
    }


def test_only_a_code_is_needed(new_lot):
    lot = new_lot()
    assert lot["metadata"] == {} and lot["weight_kg"] is None and lot["lot_type"] is None


def test_a_manager_alone_registers_what_is_not_plausible_and_says_why(client, as_role):
    body = {"lot_code": "TANKER", "weight_kg": 24850}
    why = {"beyond_reason": "a whole tanker of brine"}
    for asked, role, status in (
        (body, "MANAGER", 422),
        (body | why, "OPERATOR", 403),
        (body | why, "MANAGER", 201),
    ):
        assert client.post("/lots", json=asked, headers=as_role(role)).status_code == status, role


def test_a_known_code_is_409(client, as_role, new_lot):
    new_lot(lot_code="TAKEN")
    answer = client.post("/lots", json={"lot_code": "TAKEN"}, headers=as_role("ADMIN"))
    assert answer.status_code == 409
    assert answer.json()["field"] == "lot_code" and isinstance(answer.json()["detail"], str)


@each_of(
    ("field", "value"),
    [
        ("weight_kg", 0),
        ("weight_kg", 10000),
        ("temperature_c", -50),
        ("temperature_c", 100),
        ("lot_code", "x" * 100),
        ("lot_code", "é"),
        ("metadata", {"a": [1, {"b": None}]}),
        ("expires_on", "2027-01-31"),
        ("happened_at", "2026-01-01T08:00:00+01:00"),
        ("lot_type", None),
    ],
)
def test_what_may_be_written(client, as_role, field, value):
    answer = client.post(
        "/lots", json={"lot_code": f"A-{uuid4().hex}"} | {field: value}, headers=as_role("OPERATOR")
    )
    assert answer.status_code == 201, answer.text


@each_of(
    ("field", "value"),
    [
        ("weight_kg", -0.001),
        ("weight_kg", 10000.001),
        ("weight_kg", 1.2345678),
        ("weight_kg", "1"),
        ("weight_kg", True),
        ("temperature_c", -50.01),
        ("temperature_c", 100.01),
        ("lot_code", ""),
        ("lot_code", "   "),
        ("lot_code", "x" * 101),
        ("lot_code", None),
        ("lot_code", 7),
        ("lot_code", "a\0b"),
        ("lot_code", "(01)05991234000018(10)SUPLOT7"),
        ("lot_code", "]C110XT-1"),
        ("supplier_lot_code", "(10)XT-1"),
        ("lot_type", "raw"),
        ("lot_type", "XYZ"),
        ("metadata", []),
        ("metadata", "x"),
        ("metadata", {"a": "\0"}),
        ("metadata", {"\0": 1}),
        ("operator_id", 1),
        ("operator", "x"),
        ("production_run_id", 424242),
        ("production_run_id", 2**63),
        ("production_run_id", 1.5),
        ("phase_id", 99),
        ("product_code", "none"),
        ("product_code", "a\0"),
        ("supplier_code", "none"),
        ("parents", [{"lot_code": "none"}]),
        ("expires_on", 7),
        ("expires_on", "soon"),
        ("happened_at", "2026-01-01T08:00:00"),
        ("happened_at", "0001-01-01T00:00:00+14:00"),
        ("happened_at", "2999-01-01T00:00:00Z"),
        ("happened_at", 0),
    ],
)
def test_what_may_not_is_a_422_list(client, as_role, field, value):
    answer = client.post(
        "/lots", json={"lot_code": f"A-{uuid4().hex}"} | {field: value}, headers=as_role("OPERATOR")
    )
    assert answer.status_code == 422, answer.text
    assert set(answer.json()["detail"][0]) == {"type", "loc", "msg", "input"}
    assert answer.json()["detail"][0]["loc"][:2] == ["body", field]


def test_parents_are_linked_or_nothing_is_written(client, as_role, new_lot):
    new_lot(lot_code="RAW-1", weight_kg=10)
    body = {"lot_code": "MIX-1", "parents": [{"lot_code": "RAW-1", "quantity_kg": 10.5}]}
    answer = client.post("/lots", json=body, headers=as_role("OPERATOR"))
    assert answer.status_code == 409 and answer.json()["code"] == "NOT_ENOUGH"
    body["parents"][0]["quantity_kg"] = 9.5
    answer = client.post("/lots", json=body, headers=as_role("OPERATOR"))
    assert answer.status_code == 201


def test_more_than_a_thousand_parents_are_refused_before_any_is_looked_up(client, as_role):
    parents = [{"lot_code": f"P-{n}"} for n in range(1001)]
    answer = client.post(
        "/lots", json={"lot_code": "MANY", "parents": parents}, headers=as_role("OPERATOR")
    )
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "parents"]


@each_of("field", ["lot_code", "supplier_lot_code"])
def test_a_label_as_it_was_scanned_names_no_lot_over_the_api(client, as_role, field):
    """The answer names the lot on it, and nothing is written."""
    label = "(01)05991234000018(10)SUPLOT7"
    code = f"A-{uuid4().hex}"
    asked = {"lot_code": code} | {field: label}
    answer = client.post("/lots", json=asked, headers=as_role("OPERATOR"))

    assert answer.status_code == 422, answer.text
    (said,) = answer.json()["detail"]
    assert said["loc"] == ["body", field]
    assert "whole label as it was scanned" in said["msg"]
    assert "The lot on it is SUPLOT7." in said["msg"]
    for named in {label, code}:
        path = f"/traceability/{quote(named, safe='')}"
        assert client.get(path, headers=as_role("VIEWER")).status_code == 404


def test_a_lot_may_be_registered_in_a_unit_and_answers_as_ever(client, as_role):
    code = f"A-{uuid4().hex}"
    answer = client.post(
        "/lots",
        json={"lot_code": code, "quantity": 40, "unit": "pcs", "weight_kg": 612.4},
        headers=as_role("OPERATOR"),
    )
    assert answer.status_code == 201, answer.text
    assert "unit" not in answer.json() and answer.json()["weight_kg"] == 612.4
    half = {"lot_code": f"A-{uuid4().hex}", "quantity": 40}
    refused = client.post("/lots", json=half, headers=as_role("OPERATOR"))
    assert (refused.status_code, refused.json()["field"]) == (422, "unit")
