"""What only draws or answers reads one state of the record, however many queries it asks."""

import ast

from tests.house.source import files_of, path_of, tree_of

DRAWING = ("dashboards/screens", "dashboards/views")
QUESTIONS = {"all", "one", "value"}
# Who opens a transaction of its own at the API, and what it writes there.
WRITING_AT_THE_API = {
    "dashboards/api/access.py: signed_in": "the token's session is marked seen",
    "dashboards/api/access.py: signed_in_anywhere": "the session is marked seen",
    "dashboards/api/decisions.py: post_decision": "a decision",
    "dashboards/api/movements.py: post_movement": "a movement",
    "dashboards/api/moves.py: post_move": "a lot moved to a place",
    "dashboards/api/packings.py: post_packing": "a unit packed or unpacked",
    "dashboards/api/productions.py: post_production": "a production",
    "dashboards/api/lots.py: post_lot": "a lot",
    "dashboards/api/sign_in.py: login": "the sign-in, or the failure",
}


def calls_in(tree: ast.AST) -> list[ast.Attribute]:
    """List what is called by a name after a dot."""
    return [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def test_screens_and_views_write_only_where_a_person_acts() -> None:
    """They read in a snapshot; `acting` opens the transaction of what a click writes."""
    opened = {
        f"{path_of(file)}:{called.lineno}"
        for file in files_of(*DRAWING)
        for called in calls_in(tree_of(file))
        if called.attr == "transaction"
    }

    assert opened == set()


def test_screens_and_views_ask_nothing_in_a_transaction_that_writes() -> None:
    asked = {
        f"{path_of(file)}:{called.lineno}"
        for file in files_of(*DRAWING)
        for called in calls_in(tree_of(file))
        if called.attr in QUESTIONS
        and isinstance(called.value, ast.Name)
        and called.value.id == "transaction"
    }

    assert asked == set()


def test_at_the_api_a_transaction_is_opened_only_to_write() -> None:
    opened = {
        f"{path_of(file)}: {function.name}"
        for file in files_of("dashboards/api")
        for function in ast.walk(tree_of(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(called.attr == "transaction" for called in calls_in(function))
    }

    assert opened == set(WRITING_AT_THE_API)
