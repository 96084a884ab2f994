"""The rooms of the house: who may import whom, and that no arrow runs back.

The rules themselves are the import contracts in pyproject.toml. Here they are run, and the rooms
and arrows counted; `pytest -s tests/house/test_rooms.py` prints them.
"""

import ast
from collections import defaultdict
from graphlib import TopologicalSorter

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.source import PACKAGES, ROOT, files_of, path_of, tree_of


@pytest.fixture(scope="module")
def arrows() -> dict[str, set[str]]:
    """Map every room to the rooms it imports."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    rooms: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        here = room_of(graph, module)
        rooms[here] |= {
            room_of(graph, imported) for imported in graph.find_modules_directly_imported_by(module)
        } - {here}
    return dict(rooms)


def room_of(graph: grimp.ImportGraph, module: str) -> str:
    """Name a module's room: a folder of a package; modules beside the folders share one."""
    package, *inner = module.split(".")
    is_folder = bool(inner) and bool(graph.find_children(f"{package}.{inner[0]}"))
    return f"{package}.{inner[0]}" if is_folder else package


def test_every_import_contract_is_kept(monkeypatch, capsys) -> None:
    monkeypatch.chdir(ROOT)

    status = lint_imports(no_cache=True, no_logo=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_a_broken_wall_is_seen(monkeypatch, tmp_path, capsys) -> None:
    """Turned upside down, the contract of the floors must break; else the linter reads nothing."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    upside_down = text.replace('["pipelines | dashboards", "sql"]', '["sql", "dashboards"]')
    (tmp_path / "upside_down.toml").write_text(upside_down, encoding="utf-8")
    monkeypatch.chdir(ROOT)

    status = lint_imports(
        config_filename=str(tmp_path / "upside_down.toml"),
        limit_to_contracts=("floors",),
        no_cache=True,
        no_logo=True,
    )

    assert upside_down != text
    assert status != EXIT_STATUS_SUCCESS
    assert "dashboards is not allowed to import sql" in capsys.readouterr().out


def test_no_arrow_between_rooms_runs_in_a_circle(arrows: dict[str, set[str]]) -> None:
    order = list(TopologicalSorter(arrows).static_order())

    count = sum(len(imported) for imported in arrows.values())
    print(f"\n{len(arrows)} rooms, {count} import arrows, no circle")
    for room in order:
        print(f"  {room} -> {', '.join(sorted(arrows[room])) or 'nothing of ours'}")
    assert set(order) == set(arrows)


def test_the_ground_imports_nothing_of_ours(arrows: dict[str, set[str]]) -> None:
    assert arrows["sql"] == set()


def test_great_expectations_is_imported_inside_the_check_only() -> None:
    """Its import takes seconds, and every load of Dagster's code location would pay them."""
    at_load = {
        path_of(file)
        for file in files_of("pipelines")
        for node in tree_of(file).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "great_expectations" in ast.unparse(node)
    }

    assert at_load == set()
