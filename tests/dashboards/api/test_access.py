from datetime import UTC, datetime, timedelta

import jwt
import pytest

from dashboards.api.application import create_api
from dashboards.commands.people import change_user
from sql.errors import RecordUnavailable, SettingsIncomplete
from tests.cases import each_of


def test_health_needs_no_sign_in(client):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok" and answer.json()["timestamp"].endswith("Z")


@each_of("header", [None, "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer \xff"])
def test_without_a_valid_token_it_is_401(client, header):
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    answer = client.get("/traceability/A", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Not authenticated"


@each_of(
    "change",
    [
        {"exp": datetime.now(UTC) - timedelta(seconds=1)},
        {"aud": "another"},
        {"iss": "another"},
        {"sub": "x"},
        {"jti": None},
        {"sub": "999999"},
    ],
)
def test_a_token_with_a_wrong_claim_is_401(client, settings, people, change):
    claims = {
        "sub": str(people["ADMIN"].user_id),
        "role": "ADMIN",
        "iss": "lotline",
        "aud": "lotline-api",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
        "jti": "1",
    } | change
    claims = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(claims, settings.signing_key, algorithm="HS256")
    answer = client.get("/traceability/A", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_an_unsigned_token_is_401(client, people):
    claims = {
        "sub": str(people["ADMIN"].user_id),
        "role": "ADMIN",
        "iss": "lotline",
        "aud": "lotline-api",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
        "jti": "1",
    }
    token = jwt.encode(claims, "", algorithm="none")
    answer = client.get("/traceability/A", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("role", "lots", "decisions", "trace"),
    [
        ("ADMIN", 422, 422, 404),
        ("MANAGER", 422, 422, 404),
        ("AUDITOR", 403, 422, 404),
        ("OPERATOR", 422, 422, 404),
        ("VIEWER", 403, 403, 404),
    ],
)
def test_the_role_decides(client, as_role, role, lots, decisions, trace):
    headers = as_role(role)
    assert client.post("/lots", json={}, headers=headers).status_code == lots
    assert client.post("/qc-decisions", json={}, headers=headers).status_code == decisions
    assert client.get("/traceability/none", headers=headers).status_code == trace


def test_a_403_names_the_roles_that_may(client, as_role):
    answer = client.post("/lots", json={"lot_code": "A"}, headers=as_role("VIEWER"))
    assert answer.json()["detail"] == "Requires one of: ADMIN, MANAGER, OPERATOR"
    assert answer.headers["X-Required-Roles"] == "ADMIN, MANAGER, OPERATOR"
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_a_new_role_ends_the_token_and_counts_from_then_on(client, as_role, people, record):
    headers = as_role("OPERATOR")
    with record.transaction() as transaction:
        change_user(
            transaction,
            by=people["ADMIN"],
            user_id=people["OPERATOR"].user_id,
            role="VIEWER",
            is_active=True,
        )
    assert client.post("/lots", json={"lot_code": "A"}, headers=headers).status_code == 401
    again = as_role("OPERATOR")
    assert client.post("/lots", json={"lot_code": "A"}, headers=again).status_code == 403
    with record.transaction() as transaction:
        change_user(
            transaction,
            by=people["ADMIN"],
            user_id=people["OPERATOR"].user_id,
            role="VIEWER",
            is_active=False,
        )
    assert client.get("/traceability/A", headers=headers).status_code == 401


def test_the_fifty_first_trace_in_a_minute_is_429(client, as_role):
    headers = as_role("VIEWER")
    codes = [client.get("/traceability/A", headers=headers).status_code for _ in range(51)]
    assert codes == [404] * 50 + [429]
    assert client.get("/traceability/A", headers=as_role("AUDITOR")).status_code == 404


def test_without_the_record_it_is_503(client, api, as_role):
    def gone():
        raise RecordUnavailable("secret address")

    headers = as_role("ADMIN")
    api.state.open_record = gone
    answer = client.get("/traceability/A", headers=headers)
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "secret" not in answer.text


def test_it_does_not_start_without_a_key(settings):
    short = settings.model_copy(update={"secret_key": "short"})
    with pytest.raises(SettingsIncomplete):
        create_api(short)


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_strangers_learn_no_paths(client, path):
    answer = client.get(path)
    assert answer.status_code == 401 and "lots" not in answer.text


def test_the_documentation_fetches_nothing(client, as_role):
    page = client.get("/docs", headers=as_role("VIEWER")).text
    assert "/api/lots" in page and "<script" not in page and "http" not in page
