"""How SQL is kept: in files, under names, in lower case, with the words Python knows."""

import ast
import re
from pathlib import Path

import pytest

from sql.queries import RECORD_QUERIES, WAREHOUSE_QUERIES, load_queries
from sql.vocabulary import Decision, GateType, LotType, PartnerRole, Role, RunStatus
from tests.house.source import PACKAGES, ROOT, files_of, path_of, tree_of

KEYWORDS = {"SELECT", "FROM", "WHERE", "JOIN", "INSERT", "UPDATE", "DELETE", "WITH"}
# Four small questions that only tests ask; a fifth needs a better reason than being easy.
ASKED_BY_TESTS = {"constraint_text", "gate_id_by_number", "links_into", "moment_now"}


def test_sql_is_lower_case() -> None:
    shouting = {
        f"{path_of(file)}: {word}"
        for file in (ROOT / "sql").rglob("*.sql")
        for line in file.read_text(encoding="utf-8").splitlines()
        for word in line.partition("--")[0].split()
        if word in KEYWORDS
    }

    assert shouting == set()


@pytest.mark.parametrize("package", ["pipelines", "dashboards"])
def test_no_sql_stands_outside_the_ground_floor(package: str) -> None:
    """Queries have names and lie in files."""
    broken = {
        f"{path_of(file)}:{node.lineno}"
        for file in files_of(package)
        for node in ast.walk(tree_of(file))
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


@pytest.mark.parametrize("folder", [RECORD_QUERIES, WAREHOUSE_QUERIES], ids=path_of)
def test_every_named_query_is_asked_by_the_product(folder: Path) -> None:
    words, patterns = set(), set()
    for node in (node for file in files_of(*PACKAGES) for node in ast.walk(tree_of(file))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns.add(pattern_of(node))
    unasked = {
        name
        for name in load_queries(folder).keys() - words - ASKED_BY_TESTS
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


def test_a_query_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lots.sql").write_text("-- name: lot\nselect 1;\n", encoding="utf-8")
    (tmp_path / "people.sql").write_text("-- name: lot\nselect 2;\n", encoding="utf-8")

    with pytest.raises(ValueError, match="lot stands twice; again in people.sql"):
        load_queries(tmp_path)


def test_text_before_a_querys_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lots.sql").write_text("select 1;\n-- name: lot\nselect 2;\n", encoding="utf-8")

    with pytest.raises(ValueError, match="text before its first"):
        load_queries(tmp_path)
