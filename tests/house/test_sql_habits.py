"""How SQL is kept: in files, under names, in lower case, with the words Python knows."""

import ast

import psycopg
import pytest

from sql.process_words import LotOrigin, ProcessRule, ProcessSetting, StorageClass
from sql.vocabulary import (
    ROLES_BETWEEN,
    Decision,
    GateType,
    PartnerRole,
    Role,
    RunStatus,
)
from tests.house.source import ROOT, files_of, path_of, tree_of
from tests.presence import present

KEYWORDS = {"SELECT", "FROM", "WHERE", "JOIN", "INSERT", "UPDATE", "DELETE", "WITH"}
CONSTRAINT = "select pg_get_constraintdef(oid) from pg_constraint where conname = %s"


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
        (LotOrigin, "lot_type_origin_is_known"),
        (LotOrigin, "revised_origin_is_known"),
        (GateType, "revised_gate_type_is_known"),
        (StorageClass, "storage_class_is_known"),
        (StorageClass, "limit_storage_class_is_known"),
        (ProcessRule, "process_rule_is_known"),
        (ProcessSetting, "setting_is_known"),
        (Decision, "decision_is_known"),
        (Role, "role_is_known"),
        (GateType, "gate_type_is_known"),
        (PartnerRole, "partner_role_is_known"),
        (RunStatus, "run_status_is_known"),
    ],
)
def test_python_and_postgresql_share_their_words(record, words, constraint) -> None:
    with psycopg.connect(record.driver_address()) as connection:
        (allowed,) = present(connection.execute(CONSTRAINT, [constraint]).fetchone())

    kept = allowed.replace('"', "'").split("'")[1::2]
    assert {word for one in kept for word in one.split(ROLES_BETWEEN)} == {
        word.value for word in words
    }
