"""Over the API a PASS is held to its gate's limits, whatever is measured there.

Under the reference process a gate that is not critical needs no value: the HTTP contract.
"""

import pytest

from dashboards.commands.process.applying import apply_process
from dashboards.imports.process_folder import TEMPLATES, read_process
from tests.engines import ask
from tests.plants import gate_id_of


@pytest.fixture
def decide(client, as_role, record):
    def post(lot_id: int, gate: int, decision: str = "PASS", **body):
        with record.transaction() as transaction:
            at = {"lot_id": lot_id, "qc_gate_id": gate_id_of(transaction, gate)}
        asked = at | {"decision": decision} | body
        return client.post("/qc-decisions", json=asked, headers=as_role("AUDITOR"))

    return post


def readings(record) -> list[tuple]:
    with record.transaction() as transaction:
        asked = "select characteristic, result_words(sign, value, word), unit from readings"
        return ask(transaction, asked + " order by reading_id").fetchall()


@pytest.mark.parametrize(
    ("lot_type", "gate", "outside"),
    [
        ("DEB", 3, {"measured": [{"characteristic": "wip_time", "value": 2.1}]}),
        ("BULK", 4, {"temperature_c": 4.1}),
        ("MIX", 5, {"measured": [{"characteristic": "mix time", "value": "<40"}]}),
    ],
)
def test_a_gate_that_is_not_critical_needs_no_value_and_takes_no_wrong_one(
    decide, new_lot, lot_type, gate, outside
) -> None:
    lot_id = new_lot(lot_type=lot_type)["id"]

    refused = decide(lot_id, gate, **outside)
    assert refused.status_code == 409, refused.text
    assert refused.json()["code"] == "GATE_LIMIT"
    assert refused.json()["field"] == next(iter(outside))
    assert decide(lot_id, gate).status_code == 201
    assert decide(lot_id, gate, "HOLD", notes="looked at again", **outside).status_code == 201


def test_what_a_process_asks_for_is_named_given_and_kept(
    client, record, people, decide, new_lot
) -> None:
    with record.transaction() as transaction:
        apply_process(
            transaction,
            by=people["MANAGER"],
            wanted=read_process(TEMPLATES / "bakery"),
            reason="a bakery from now on",
        )
    lot_id = new_lot(lot_type="FLOUR", weight_kg=1000)["id"]
    ash, moisture = (
        {"characteristic": name, "value": value} for name, value in (("ash", 0.5), ("moisture", 14))
    )

    missing = decide(lot_id, 1, measured=[ash])
    assert (missing.status_code, missing.json()["code"]) == (422, "VALUE_REQUIRED")
    (detail,) = missing.json()["detail"]
    assert detail["loc"] == ["body", "measured"] and detail["input"] == [{**ash, "unit": None}]
    assert "without moisture (≤ 15.5%)" in detail["msg"]
    assert readings(record) == []

    written = decide(lot_id, 1, measured=[ash, moisture])
    assert written.status_code == 201
    assert "measured" not in written.json()
    assert readings(record) == [("ash", "0.5", "%"), ("moisture", "14", "%")]


@pytest.mark.parametrize(
    "measured",
    [
        {"characteristic": "mix_time"},
        {"characteristic": "mix_time", "value": None},
        {"characteristic": "mix_time", "value": True},
        {"characteristic": "mix_time", "value": "a while"},
        {"characteristic": "mix_time", "value": 1e12},
        {"characteristic": "mix_time", "value": 45, "unit": "h"},
        {"characteristic": "colour", "value": 45},
        {"characteristic": "", "value": 45},
        {"characteristic": "mix_time", "value": 45, "probe": 3},
    ],
)
def test_what_is_no_value_of_a_limit_there_is_422(decide, new_lot, measured) -> None:
    lot_id = new_lot(lot_type="MIX")["id"]
    refused = decide(lot_id, 5, measured=[measured])

    assert refused.status_code == 422, refused.text
    assert refused.json()["detail"][0]["loc"][:2] == ["body", "measured"]
