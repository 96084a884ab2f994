import itertools

import pytest
from starlette.testclient import TestClient

from dashboards.api.application import create_api
from dashboards.api.tokens import issue_token
from dashboards.commands.authority import Face
from dashboards.commands.people import start_session


@pytest.fixture
def api(settings, record):
    return create_api(settings, lambda: record)


@pytest.fixture
def client(api):
    return TestClient(api, raise_server_exceptions=False)


@pytest.fixture
def as_role(settings, people, record):
    """Give the headers that speak for a person of a role."""

    def headers(role: str) -> dict[str, str]:
        with record.transaction() as transaction:
            jti = start_session(transaction, user_id=people[role].user_id, face=Face.API)
        return {"Authorization": f"Bearer {issue_token(settings, people[role], jti)}"}

    return headers


@pytest.fixture
def new_lot(client, as_role):
    """Register a lot and give its body."""
    numbers = itertools.count(1)

    def register(**fields):
        body = {"lot_code": f"LOT-{next(numbers)}"} | fields
        answer = client.post("/lots", json=body, headers=as_role("OPERATOR"))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return register
