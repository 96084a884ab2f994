"""A lot's old code and its old number over HTTP: told with what the lot is called now."""

import pytest

from dashboards.commands.renames import rename_lot
from tests.plants import just_confirmed


@pytest.fixture
def renamed(record, people, new_lot):
    """Register lot A1O, call it A10, and return the number it had first."""
    first = new_lot(lot_code="A1O", weight_kg=10)
    by = people["MANAGER"]
    with record.transaction() as transaction:
        rename_lot(
            transaction,
            by=by,
            lot_code="A1O",
            new_lot_code="A10",
            reason="a letter was mistyped",
            confirmation=just_confirmed(by),
        )
    return first["id"]


@pytest.mark.parametrize("path", ["/traceability/A1O", "/stands/A1O"])
def test_an_old_code_is_not_found_and_says_the_new_one(client, as_role, renamed, path) -> None:
    answer = client.get(path, headers=as_role("VIEWER"))

    said = answer.json()
    assert (answer.status_code, said["detail"]) == (404, "Lot not found")
    assert (said["code"], said["renamed_to"]) == ("RENAMED", "A10")
    assert client.get(path.replace("1O", "10"), headers=as_role("VIEWER")).status_code == 200


def test_an_old_number_is_decided_about_no_more(client, as_role, renamed) -> None:
    body = {"lot_id": renamed, "decision": "PASS"}
    answer = client.post("/qc-decisions", json=body, headers=as_role("MANAGER"))

    assert (answer.status_code, answer.json()["renamed_to"]) == (404, "A10")


def test_an_old_code_is_registered_and_used_no_more(client, as_role, renamed) -> None:
    again = client.post("/lots", json={"lot_code": "A1O"}, headers=as_role("OPERATOR"))
    child = {"lot_code": "B", "parents": [{"lot_code": "A1O", "quantity_kg": 1}]}
    used = client.post("/lots", json=child, headers=as_role("OPERATOR"))

    for answer in (again, used):
        assert (answer.status_code, answer.json()["code"]) == (409, "RENAMED")
        assert "use A10" in answer.json()["detail"]
