import pytest

from tests.conftest import PASSWORD
from tests.dashboards.commands.test_decision_words import say_words


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


@pytest.fixture
def decide(client, as_role):
    def ask(role="AUDITOR", **body):
        return client.post("/qc-decisions", json=body, headers=as_role(role))

    return ask


@pytest.fixture
def gate(plant):
    return plant.gate


def test_a_decision_is_answered_as_it_was_written(decide, new_lot, people):
    lot = new_lot()
    answer = decide(lot_id=lot["id"], decision="PASS", digital_signature="sig")
    assert answer.status_code == 201
    written = answer.json()
    assert written.pop("id") > 0 and written.pop("decided_at").endswith("Z")
    assert written == {
        "lot_id": lot["id"],
        "qc_gate_id": None,
        "operator_id": people["AUDITOR"].user_id,
        "decision": "PASS",
        "notes": None,
        "temperature_c": None,
        "digital_signature": "sig",
    }


@pytest.mark.parametrize("decision", ["HOLD", "FAIL"])
@pytest.mark.parametrize(
    ("notes", "status"),
    [
        ("x" * 10, 201),
        ("x" * 9, 422),
        (" " * 5 + "x" * 9 + " ", 422),
        (None, 422),
        ("x" * 1000, 201),
        ("x" * 1001, 422),
    ],
)
def test_hold_and_fail_say_why(decide, new_lot, decision, notes, status):
    answer = decide(lot_id=new_lot()["id"], decision=decision, notes=notes)
    assert answer.status_code == status


def test_a_ccp_gate_needs_a_temperature_within_its_limit(decide, new_lot, gate):
    asked = {"lot_id": new_lot(lot_type="RAW")["id"], "decision": "PASS", "qc_gate_id": gate(1)}
    missing = decide(**asked)
    assert missing.status_code == 422 and missing.json()["code"] == "CCP_TEMP_REQUIRED"
    assert decide(**asked, temperature_c=4.01).status_code == 409
    assert decide(**asked, temperature_c=4).status_code == 201


def test_only_a_manager_lifts_a_hold(decide, new_lot):
    lot_id = new_lot()["id"]
    decide(lot_id=lot_id, decision="HOLD", notes="core too warm")
    asked = {"lot_id": lot_id, "decision": "PASS", "notes": "measured again"}
    refused = decide(**asked)
    assert refused.status_code == 403
    assert refused.headers["X-Required-Roles"] == "ADMIN, MANAGER"
    assert decide("MANAGER", **asked).status_code == 201


@pytest.mark.parametrize("lot_id", [0, -1, 424242, 2**63, 10**30])
def test_an_unknown_lot_is_404(decide, lot_id):
    answer = decide(lot_id=lot_id, decision="PASS")
    assert answer.status_code == 404 and answer.json()["detail"] == "Lot not found"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lot_id", "1"),
        ("lot_id", True),
        ("lot_id", None),
        ("decision", "pass"),
        ("decision", None),
        ("qc_gate_id", 424242),
        ("qc_gate_id", 2**64),
        ("temperature_c", 101),
        ("notes", "a\0"),
        ("decided_at", "2026-01-01T00:00:00Z"),
        ("digital_signature", 7),
    ],
)
def test_what_may_not_be_written(decide, new_lot, field, value):
    answer = decide(**{"lot_id": new_lot()["id"], "decision": "PASS"} | {field: value})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][:2] == ["body", field]


def test_a_pass_may_say_which_decisions_it_knows_of(decide, new_lot):
    lot_id = new_lot()["id"]
    held = decide(lot_id=lot_id, decision="HOLD", notes="core too warm").json()["id"]
    asked = {"lot_id": lot_id, "decision": "PASS", "notes": "measured again"}

    refused = decide("MANAGER", **asked, seen_decision_ids=[])
    assert (refused.status_code, refused.json()["code"]) == (409, "DECIDED_MEANWHILE")
    assert "core too warm" in refused.json()["detail"]
    assert decide("MANAGER", **asked, seen_decision_ids=[held]).status_code == 201


def test_who_may_not_lift_reads_the_roles_that_may(decide, new_lot):
    lot_id = new_lot()["id"]
    decide(lot_id=lot_id, decision="HOLD", notes="core too warm")
    refused = decide(lot_id=lot_id, decision="PASS", notes="measured again")

    assert refused.json()["detail"] == "Requires one of: ADMIN, MANAGER"


def held(decide, new_lot, **fields) -> int:
    lot_id = new_lot(**fields)["id"]
    assert decide(lot_id=lot_id, decision="HOLD", notes="core too warm").status_code == 201
    return lot_id


def failed_at_8(decide, new_lot, gate) -> dict:
    lot_id = new_lot(lot_type="FG")["id"]
    wrong = {"decision": "FAIL", "notes": "metal in the detector", "qc_gate_id": gate(8)}
    assert decide(lot_id=lot_id, **wrong).status_code == 201
    return {"lot_id": lot_id, "qc_gate_id": gate(8)}


@pytest.mark.parametrize("sent", [{}, {"digital_signature": "what my device made"}])
@pytest.mark.parametrize(
    ("password", "method"), [({}, "TOKEN"), ({"password": PASSWORD}, "PASSWORD")]
)
def test_what_is_signed_is_signed_with_the_token_or_the_password_and_kept_as_that(
    plant, decide, new_lot, gate, sent, password, method
):
    """Lifting a HOLD, a FAIL, and a PASS at the gate that blocks over one; the answer gives back
    what the client's device signed and no more."""
    asked = [
        ({"lot_id": held(decide, new_lot), "decision": "PASS", "notes": "measured again"}, "LIFT"),
        ({"lot_id": new_lot()["id"], "decision": "FAIL", "notes": "salmonella found"}, "REJECT"),
        (
            failed_at_8(decide, new_lot, gate) | {"decision": "PASS", "notes": "it ran again"},
            "LIFT",
        ),
    ]
    for body, meaning in asked:
        answer = decide("MANAGER", **{"notes": "measured again"} | body | sent | password)
        assert answer.status_code == 201, answer.text
        assert answer.json()["digital_signature"] == sent.get("digital_signature")
        kept = plant.ask(
            "select meaning, method from facts.decision_signatures where decision_id = :id",
            id=answer.json()["id"],
        )
        assert kept == [(meaning, method)]


@pytest.mark.parametrize("password", ["", "not the password"])
def test_a_wrong_password_that_is_sent_signs_nothing_where_the_token_would(
    plant, decide, new_lot, password
):
    """An empty one was sent as well: whoever meant to sign with theirs is not signed for."""
    lot_id = new_lot()["id"]
    answer = decide(lot_id=lot_id, decision="FAIL", notes="salmonella found", password=password)
    assert answer.status_code == 403 and answer.json()["code"] == "SIGNATURE_NEEDED"
    assert plant.ask("select 1 from facts.qc_decisions where lot_id = :id", id=lot_id) == []


def test_the_description_says_what_signs_and_that_the_devices_signature_is_another(plant):
    described = plant.client.get("/openapi.json", headers=plant.as_role("VIEWER")).json()
    assert "else with the token" in described["paths"]["/qc-decisions"]["post"]["description"]
    for body in ("NewDecision", "WrittenDecision"):
        said = described["components"]["schemas"][body]["properties"]["digital_signature"]
        assert "not Lotline's signature" in said["description"]


def test_a_word_of_the_plants_own_is_answered_as_what_it_counts_as(decide, new_lot, plant):
    with plant.record.transaction() as transaction:
        say_words(transaction, plant.people["MANAGER"], QUARANTINE="HOLD")
    lot_id = new_lot()["id"]

    answer = decide(lot_id=lot_id, decision="QUARANTINE", notes="core too warm")
    assert answer.status_code == 201
    assert answer.json()["decision"] == "HOLD"
    assert answer.json()["notes"] == "QUARANTINE: core too warm"
    unknown = decide(lot_id=lot_id, decision="SCRAP", notes="core too warm")
    assert unknown.status_code == 422
    assert unknown.json()["detail"][0]["loc"] == ["body", "decision"]
    assert "QUARANTINE" in unknown.json()["detail"][0]["msg"]
