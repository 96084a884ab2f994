"""Fixtures: a whole pipeline run, in this process, on a plant of its own.

Who asks for `sound` has the reference plant after its first run: made once, then copied, the record
as a database and the home as a folder. The database bears the name it had in that run; a run goes
on only from copies of the record it reads.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from dashboards.commands.authority import Person
from sql.record.engine import DatabaseRole, Record
from sql.settings import Settings
from tests.dagster_runs import execute
from tests.databases import WITH_PEOPLE, Databases
from tests.reference_plant import register_reference

SOUND = "sound"
SOUND_TEMPLATE = "sound_template"


@pytest.fixture
def run(settings: Settings) -> Callable[..., dg.ExecuteInProcessResult]:
    """Make a function that runs a job and tells how it ended."""
    return execute


def write_reference(record: Record, by: Person) -> None:
    """Write the reference plant through the commands."""
    with record.transaction() as transaction:
        register_reference(transaction, by)


@pytest.fixture
def reference(record: Record, people: dict[str, Person]) -> None:
    """Have the reference plant in this test's record, before any run."""
    write_reference(record, people["MANAGER"])


@pytest.fixture(scope="session")
def sound_home(
    databases: Databases, everybody: dict[str, Person], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Run the pipeline once over the reference plant; return the home, and keep the record."""
    home = tmp_path_factory.mktemp("sound") / "home"
    address = databases.create(SOUND, WITH_PEOPLE)
    record = Record(address, DatabaseRole.APP)
    write_reference(record, everybody["MANAGER"])
    record.close()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LOTLINE_DATABASE_URL", address)
        environment.setenv("LOTLINE_HOME", str(home))
        assert execute().success
    databases.rename(SOUND, SOUND_TEMPLATE)
    return home


@pytest.fixture
def template(request: pytest.FixtureRequest, template: str) -> str:
    """Name the database that this test's own is a copy of."""
    if "sound" not in request.fixturenames:
        return template
    request.getfixturevalue("sound_home")
    return SOUND_TEMPLATE


@pytest.fixture
def database_name(request: pytest.FixtureRequest) -> str:
    """Name this test's own database as the run did that it goes on from."""
    return SOUND if "sound" in request.fixturenames else ""


@pytest.fixture
def sound(sound_home: Path, settings: Settings) -> None:
    """Have the reference plant in this test's record, and its first edition."""
    shutil.copytree(sound_home, settings.home, symlinks=True)
