"""A retired product over HTTP: a lot of today is refused, one of before is a manager's."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master


@pytest.fixture
def retired(record, people) -> str:
    """Register product ROD and retire it, and return its code."""
    by = people["MANAGER"]
    said = {"name": "Rod"}
    with record.transaction() as transaction:
        register_master(transaction, by=by, master=Master.PRODUCT, code="ROD", said=said)
        change_master(
            transaction,
            by=by,
            master=Master.PRODUCT,
            code="ROD",
            said=said | {"is_retired": True},
            reason="not made here any more",
            based_on=None,
        )
    return "ROD"


def test_a_lot_of_a_retired_product_is_refused_and_says_the_way_out(
    client, as_role, retired
) -> None:
    body = {"lot_code": "A", "product_code": retired}
    now = client.post("/lots", json=body, headers=as_role("MANAGER"))
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    before = body | {"happened_at": yesterday}
    late = client.post("/lots", json=before, headers=as_role("OPERATOR"))

    for answer, said in ((now, "Choose another"), (late, "a manager enters it")):
        assert (answer.status_code, answer.json()["code"]) == (422, "RETIRED")
        assert answer.json()["field"] == "product_code"
        assert said in answer.json()["detail"][0]["msg"]
    assert client.post("/lots", json=before, headers=as_role("MANAGER")).status_code == 201
