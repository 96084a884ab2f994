import json

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


JSON = {"Content-Type": "application/json"}
HOSTILE = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"NaN",
    b'"x"',
    b"[" * 100_000,
    b'{"lot_code":"A","weight_kg":NaN}',
    b'{"lot_code":"A","weight_kg":1e999}',
    b'{"lot_code":"A","weight_kg":-Infinity}',
    b'{"lot_code":"A","metadata":{"a":NaN}}',
    b'{"lot_code":"A","metadata":{"a":Infinity}}',
    b'{"lot_code":"\\ud800"}',
    b'{"lot_code":"A","metadata":{"\\udfff":1}}',
    b'{"lot_code":"A","\\ud800":1}',
    b'{"lot_code":"A","metadata":{"a":"\\u0000"}}',
    b'{"lot_code":"A","product_code":"\\ud800"}',
    b'{"lot_code":"A","weight_kg":1e-320}',
    b'{"lot_code":"A","phase_id":' + b"9" * 4000 + b"}",
    b'{"lot_code":"A","phase_id":' + b"9" * 5000 + b"}",
    b'{"lot_code":"A","metadata":{"a":' + b"9" * 4000 + b"}}",
    b'{"lot_code":"A","metadata":' + b'{"a":' * 40 + b"1" + b"}" * 41,
    b'{"lot_code":"A","metadata":' + b'{"a":' * 900 + b"1" + b"}" * 901,
    b'{"lot_code":"A","happened_at":"9999-12-31T23:59:59-23:59"}',
]


@each_of("body", HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_no_body_is_a_fault(client, as_role, body):
    answer = client.post("/lots", content=body, headers=as_role("OPERATOR") | JSON)
    assert answer.status_code in (400, 422), answer.text[:300]
    json.loads(answer.content.decode("utf-8"), parse_constant=pytest.fail)


@pytest.mark.parametrize("path", ["/login", "/lots", "/qc-decisions"])
def test_a_body_over_a_megabyte_is_413(client, as_role, path):
    answer = client.post(path, content=b" " * 1_000_001, headers=as_role("OPERATOR") | JSON)
    assert answer.status_code == 413 and answer.json()["request_id"]


def test_a_body_that_hides_its_length_is_413(client, as_role):
    parts = (b" " * 100_000 for _ in range(11))
    answer = client.post("/lots", content=parts, headers=as_role("OPERATOR") | JSON)
    assert answer.status_code == 413
