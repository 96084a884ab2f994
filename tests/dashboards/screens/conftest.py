"""Fixtures: a screen of the app, run as a person of a role against a real record."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards.commands.authority import Face, Person
from dashboards.commands.corrections import Corrected
from dashboards.commands.decisions import decide
from dashboards.commands.sessions import start_session
from dashboards.commands.shipments import record_shipment
from dashboards.sessions import connections
from dashboards.sessions.current import TOKEN_KEY
from sql.record.engine import DatabaseRole, Record
from tests.databases import WITH_PEOPLE, Databases
from tests.plants import correct_as_known, just_confirmed
from tests.reference_plant import register_reference

SCREENS = Path(__file__).resolve().parents[3] / "dashboards" / "screens"
WITH_PLANT = "with_plant"


@pytest.fixture
def screen(settings, record, people) -> Iterator[Callable[..., AppTest]]:
    """Return a function that opens a screen as a role, with query parameters."""
    connections.config.cache_clear()
    connections.record.cache_clear()
    connections.limiter.cache_clear()
    connections.auditors_record.cache_clear()
    st.cache_data.clear()  # editions of one second have one name

    def open_screen(name: str, role: str = "MANAGER", **parameters: str) -> AppTest:
        with record.transaction() as transaction:
            token = start_session(transaction, user_id=people[role].user_id, face=Face.SCREEN)
        app = AppTest.from_file(str(SCREENS / f"{name}.py"), default_timeout=30)
        app.session_state[TOKEN_KEY] = token
        for parameter, value in parameters.items():
            app.query_params[parameter] = value
        app.run()
        assert not app.exception
        return app

    yield open_screen
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()
    connections.limiter.cache_clear()
    connections.auditors_record.cache_clear()


@pytest.fixture
def whole_app(screen, record, people) -> Callable[[str], AppTest]:
    """Return a function that makes the whole app, signed in as a role and not drawn yet."""

    def make(role: str) -> AppTest:
        with record.transaction() as transaction:
            token = start_session(transaction, user_id=people[role].user_id, face=Face.SCREEN)
        app = AppTest.from_file(str(SCREENS.parent / "app.py"), default_timeout=30)
        app.session_state[TOKEN_KEY] = token
        return app

    return make


@pytest.fixture(scope="session")
def plant_template(databases: Databases, everybody: dict[str, Person]) -> str:
    """Make the template that has people and the reference plant in it, and return its name."""
    record = Record(databases.create(WITH_PLANT, WITH_PEOPLE), DatabaseRole.APP)
    write_plant(record, everybody)
    record.close()
    return WITH_PLANT


@pytest.fixture
def template(request: pytest.FixtureRequest, template: str) -> str:
    """Name the database that this test's own is a copy of."""
    has_plant = "plant" in request.fixturenames
    return request.getfixturevalue("plant_template") if has_plant else template


@pytest.fixture
def plant(plant_template: str) -> None:
    """Have the reference plant in this test's database."""


@pytest.fixture
def older(plant, record, people) -> None:
    """Have the reference plant's lots made three days ago, so that more can have happened since."""
    at = datetime.now(UTC) - timedelta(days=3)
    weights = {"RAW-BEEF-001": 500, "RAW-SPICE-001": 50, "MIX-BATCH-88": 540, "FG-DONER-X1": 530}
    with record.transaction() as transaction:
        for code, weight_kg in weights.items():
            correct_as_known(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                corrected=Corrected(None, weight_kg, None, None, at),
                reason="made three days before",
            )


def write_plant(record: Record, people: dict[str, Person]) -> None:
    """Write the domain's reference plant: beef and spice into a mix into a finished lot."""
    by = people["OPERATOR"]
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners",
            ["partner_code", "name", "role"],
            [("CUS", "Kebab Palota", "CUSTOMER"), ("SUP", "Farm", "SUPPLIER")],
        )
        transaction.copy("facts.products", ["product_code", "name"], [("CHK15", "Chicken 15 kg")])
        register_reference(transaction, by)
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="FG-DONER-X1",
            decision="PASS",
            gate_id=8,
            confirmation=just_confirmed(people["MANAGER"]),
        )
        record_shipment(
            transaction,
            by=by,
            shipment_code="SH-1",
            lot_code="FG-DONER-X1",
            customer_code="CUS",
            quantity_kg=300,
        )
