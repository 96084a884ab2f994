"""Every named query is asked by the product, and every query that code names is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sql.queries import RECORD_QUERIES, WAREHOUSE_QUERIES, load_queries
from tests.house.source import PACKAGES, files_of, path_of, tree_of

FOLDERS = [RECORD_QUERIES, WAREHOUSE_QUERIES]
# What takes a query's name first, in any part of the product.
ASKING = {"all", "one", "value", "run", "named", "ask", "ids", "binary_columns"}


def nodes() -> Iterator[ast.AST]:
    """Walk the whole product."""
    return (node for file in files_of(*PACKAGES) for node in ast.walk(tree_of(file)))


@pytest.mark.parametrize("folder", FOLDERS, ids=path_of)
def test_every_named_query_is_asked_by_the_product(folder: Path) -> None:
    words, patterns = set(), set()
    for node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns.add(pattern_of(node))
    unasked = {
        name
        for name in load_queries(folder).keys() - words
        if not any(re.fullmatch(pattern, name) for pattern in patterns)
    }

    assert unasked == set()


def pattern_of(text: ast.JoinedStr) -> str:
    """Turn an f-string into a pattern of the names it may make; one without a name makes none."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in text.values
    ]
    return "".join(parts) if any(re.search(r"[a-z]{3}", part) for part in parts) else ""


def test_every_query_that_code_names_is_there() -> None:
    known = set().union(*(load_queries(folder) for folder in FOLDERS))
    named = {name for node in nodes() if isinstance(node, ast.Call) for name in names_asked(node)}

    assert len(named) > 100
    assert named - known == set()


def names_asked(call: ast.Call) -> Iterator[str]:
    """Yield the names of queries that a call asks for, where they stand in it as plain words."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name == "run" and ast.unparse(function) == "place.run":
        return  # a program of the embedded server
    place = 1 if name == "binary_columns" else 0
    arguments = call.args[place : place + 1] if name in ASKING else []
    if name == "pipelined":
        arguments = [pair.elts[0] for pair in call.args if isinstance(pair, ast.Tuple)]
    for argument in arguments:
        value = argument.value if isinstance(argument, ast.Constant) else None
        if isinstance(value, str) and re.fullmatch(r"[a-z_]+", value):
            yield value


def test_the_record_understands_every_query_asked_of_it(record) -> None:
    """PostgreSQL plans each, so that a column renamed under a query is seen here at once.

    It plans no `do` block; the backup's tests run those.
    """
    refused = {}
    queries = load_queries(RECORD_QUERIES).items()
    planned = {name: query for name, query in queries if "\ndo $$" not in query}
    with psycopg.connect(record.driver_address(), autocommit=True) as connection:
        for name, query in planned.items():
            try:
                connection.execute(f"prepare asked as {numbered(query)}".encode())
                connection.execute("deallocate asked")
            except psycopg.Error as error:
                refused[name] = str(error)

    assert refused == {}


def numbered(query: str) -> str:
    """Write a query's parameters as PostgreSQL does: by number."""
    places: dict[str, int] = {}

    def place(found: re.Match) -> str:
        return f"${places.setdefault(found[1] or found[2], len(places) + 1)}"

    return re.sub(r"(?<![:\w]):([a-z_]+)|%\(([a-z_]+)\)s", place, query)


def test_a_query_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lots.sql").write_text("-- name: lot\nselect 1;\n", encoding="utf-8")
    (tmp_path / "people.sql").write_text("-- name: lot\nselect 2;\n", encoding="utf-8")

    with pytest.raises(ValueError, match="lot stands twice; again in people.sql"):
        load_queries(tmp_path)


def test_text_before_a_querys_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lots.sql").write_text("select 1;\n-- name: lot\nselect 2;\n", encoding="utf-8")

    with pytest.raises(ValueError, match="text before its first"):
        load_queries(tmp_path)
