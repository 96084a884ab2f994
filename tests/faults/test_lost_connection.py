"""A connection that breaks: told plainly, nothing half-saved, and the next request is fine."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from dashboards.api.application import create_api
from dashboards.commands.lots import Parent, register_lot
from sql.errors import RecordUnavailable, RecordUncertain
from sql.record.engine import DatabaseRole, Record
from tests.engines import engine_of
from tests.faults.wires import Cut, wire_to

NOTHING_SAVED = "The connection to PostgreSQL was lost; nothing was saved. Try again shortly."
PASSWORD = "lotline-demo"
MOMENT = datetime(2026, 1, 15, 8, tzinfo=UTC)


@pytest.fixture
def wire(database):
    """Lay a wire to the test's database."""
    with wire_to(database) as laid:
        yield laid


@pytest.fixture
def wired(wire):
    """Open the record as the app sees it through the wire."""
    opened = Record(wire.address, DatabaseRole.APP)
    yield opened
    opened.close()


def codes(record: Record) -> list[str]:
    with engine_of(record).connect() as connection:
        found = connection.exec_driver_sql("select lot_code from facts.lots order by lot_id")
        return list(found.scalars())


def test_a_connection_lost_amid_a_transaction_saves_nothing(wire, wired, record, people) -> None:
    with wired.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="A", weight_kg=10)
    wire.cut_at(b"insert into facts.lot_genealogy", Cut.UNHEARD)

    with pytest.raises(RecordUnavailable) as said, wired.transaction() as transaction:
        register_lot(
            transaction, by=people["MANAGER"], lot_code="B", weight_kg=10, parents=[Parent("A", 1)]
        )

    assert wire.cuts == 1
    assert str(said.value) == NOTHING_SAVED
    assert not isinstance(said.value, RecordUncertain)
    assert codes(record) == ["A"]
    with wired.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="B", weight_kg=10)
    assert codes(record) == ["A", "B"]


def test_a_connection_lost_amid_a_stream_saves_nothing(wire, wired, record, people) -> None:
    wire.cut_at(b"ROW-0900", Cut.UNHEARD)

    with pytest.raises(RecordUnavailable) as said, wired.transaction() as transaction:
        transaction.run(
            "begin_writing",
            user_id=people["MANAGER"].user_id,
            face=None,
            address=None,
            request_id=None,
            reason=None,
            history="",
        )
        rows = ((f"ROW-{number:04}", MOMENT) for number in range(1_000))
        transaction.copy("facts.lots", ["lot_code", "happened_at"], rows)

    assert wire.cuts == 1
    assert str(said.value) == NOTHING_SAVED
    assert codes(record) == []
    assert codes(wired) == []


@pytest.mark.parametrize(("cut", "kept"), [(Cut.UNHEARD, []), (Cut.UNANSWERED, ["A"])])
def test_a_connection_lost_in_a_commit_is_said_to_be_uncertain(
    wire, wired, record, people, cut, kept
) -> None:
    wire.cut_at(b"COMMIT", cut)

    with pytest.raises(RecordUncertain, match="may or may not have been saved"):  # noqa: SIM117
        with wired.transaction() as transaction:
            register_lot(transaction, by=people["MANAGER"], lot_code="A")

    assert wire.cuts == 1
    assert codes(record) == kept
    assert codes(wired) == kept


def test_a_snapshot_that_breaks_speaks_of_no_saving(wire, wired) -> None:
    assert codes(wired) == []
    wire.cut_at(b"lot_code", Cut.UNHEARD)

    with pytest.raises(RecordUnavailable) as said, wired.snapshot() as snapshot:
        snapshot.value("lot_id_by_code", lot_code="A")

    assert str(said.value) == "The connection to PostgreSQL was lost. Try again shortly."


def test_a_connection_lost_while_undoing_harms_nobody_after(wire, wired) -> None:
    assert codes(wired) == []
    wire.cut_at(b"ROLLBACK", Cut.UNHEARD)

    with pytest.raises(RecordUnavailable) as said, wired.transaction() as transaction:
        transaction.value("lot_id_by_code", lot_code="A")
        raise ZeroDivisionError

    assert wire.cuts == 1
    assert str(said.value) == NOTHING_SAVED
    assert codes(wired) == []


def test_asking_again_with_the_key_after_an_unheard_answer_writes_once(
    wire, wired, record, people, settings
) -> None:
    client = TestClient(create_api(settings, lambda: wired), raise_server_exceptions=False)
    asked = {"email": people["MANAGER"].email, "password": PASSWORD}
    token = client.post("/login", json=asked).json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "the same"}
    first = client.post("/lots", json={"lot_code": "A"}, headers=headers | {"Idempotency-Key": "1"})
    assert first.status_code == 201
    body = {"lot_code": "B", "parents": [{"lot_code": "A", "quantity_kg": 1}]}
    # The first commit of a request is that of the sign-in check, which writes nothing.
    wire.cut_at(b"COMMIT", Cut.UNANSWERED, skip=1)

    lost = client.post("/lots", json=body, headers=headers)
    assert (lost.status_code, wire.cuts) == (503, 1)
    assert lost.headers["retry-after"].isdigit()
    assert codes(record) == ["A", "B"]

    again = client.post("/lots", json=body, headers=headers)
    assert again.status_code == 201
    assert again.headers["idempotent-replayed"] == "true"
    assert codes(record) == ["A", "B"]
