"""The house's walls: who may import whom, who speaks to a driver, what nobody writes."""

import ast
from pathlib import Path

import pytest

from sql.queries import RECORD_QUERIES, load_queries
from sql.vocabulary import Decision, GateType, LotType, PartnerRole, Role, RunStatus

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("sql", "pipelines", "dashboards")
DRIVERS = {"sqlalchemy", "psycopg", "duckdb", "adbc_driver_postgresql", "alembic"}
FACES = ("screens", "api", "imports", "terminal", "views", "session", "server", "app")
LONGEST_MODULE = 330


def files_of(layer: str) -> list[Path]:
    return sorted((ROOT / layer).rglob("*.py"))


def imports_of(file: Path) -> set[str]:
    """Name every module a file imports, wherever in it the import stands."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def importers(layer: str, forbidden: set[str]) -> set[str]:
    return {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of(layer)
        for name in imports_of(file)
        if name.partition(".")[0] in forbidden
    }


@pytest.mark.parametrize(
    ("layer", "forbidden"),
    [
        ("sql", {"pipelines", "dashboards", "dagster", "streamlit", "fastapi"}),
        ("pipelines", {"dashboards", "streamlit", "fastapi"}),
        ("dashboards", {"pipelines", "dagster"}),
    ],
)
def test_a_layer_imports_only_what_it_stands_on(layer: str, forbidden: set[str]) -> None:
    assert importers(layer, forbidden) == set()


@pytest.mark.parametrize("layer", ["pipelines", "dashboards"])
def test_only_sql_speaks_to_a_driver(layer: str) -> None:
    """A second way to the database is a second set of habits."""
    assert importers(layer, DRIVERS) == set()


def test_commands_know_no_face() -> None:
    broken = {
        f"{file.name} imports {name}"
        for file in files_of("dashboards/commands")
        for name in imports_of(file)
        if name.startswith(tuple(f"dashboards.{face}" for face in FACES))
        or name.partition(".")[0] in {"streamlit", "fastapi", "click"}
    }

    assert broken == set()


def test_only_contracts_knows_great_expectations_and_only_inside_a_function() -> None:
    """Its import takes seconds, which every load of the code location would pay."""
    users = {
        file.relative_to(ROOT).as_posix()
        for layer in LAYERS
        for file in files_of(layer)
        if any(name.startswith("great_expectations") for name in imports_of(file))
    }
    top = ast.parse((ROOT / "pipelines/contracts.py").read_text(encoding="utf-8")).body
    at_load = {
        name for node in top if isinstance(node, ast.Import) for name in [node.names[0].name]
    }

    assert users == {"pipelines/contracts.py"}
    assert "great_expectations" not in at_load


@pytest.mark.parametrize("layer", LAYERS)
def test_nobody_swallows_every_error(layer: str) -> None:
    """A fault that is caught with everything else is a fault nobody hears of."""
    broken = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in files_of(layer)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) == "Exception")
    }

    assert broken == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_modules_stay_readable_and_say_what_lives_in_them(layer: str) -> None:
    for file in files_of(layer):
        text = file.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{file.relative_to(ROOT)} says nothing"
        assert text.count("\n") <= LONGEST_MODULE, f"{file.relative_to(ROOT)} is too long"


def test_sql_is_lower_case() -> None:
    shouting = {
        f"{file.relative_to(ROOT)}: {word}"
        for file in (ROOT / "sql").rglob("*.sql")
        for line in file.read_text(encoding="utf-8").splitlines()
        for word in line.partition("--")[0].split()
        if word in {"SELECT", "FROM", "WHERE", "JOIN", "INSERT", "UPDATE", "DELETE", "WITH"}
    }

    assert shouting == set()


@pytest.mark.parametrize("layer", ["pipelines", "dashboards"])
def test_no_sql_stands_outside_the_ground_floor(layer: str) -> None:
    """Queries have names and lie in files."""
    broken = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in files_of(layer)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().lower().startswith(("select ", "insert into", "with recursive"))
    }

    assert broken == set()


@pytest.mark.parametrize(
    ("words", "constraint"),
    [
        (LotType, "lot_type_is_known"),
        (Decision, "decision_is_known"),
        (Role, "role_is_known"),
        (GateType, "gate_type_is_known"),
        (PartnerRole, "partner_role_is_known"),
        (RunStatus, "run_status_is_known"),
    ],
)
def test_python_and_postgresql_share_their_words(transaction, words, constraint) -> None:
    allowed = transaction.value("constraint_text", name=constraint)

    assert set(allowed.replace('"', "'").split("'")[1::2]) == {word.value for word in words}


def test_every_query_name_stands_once_and_has_a_file() -> None:
    assert "write_lot" in load_queries(RECORD_QUERIES)


def test_the_lock_file_names_no_host_and_pins_every_package_by_hash() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]

    assert not [line for line in lines if "://" in line or line.startswith("-")]
    assert all("==" in line and line.endswith("\\") for line in packages)
