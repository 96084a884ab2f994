"""What every module keeps to: its size, its docstring, and habits that no linter knows."""

import ast
import tokenize

import pytest

from tests.house.source import PACKAGES, files_of, path_of, tree_of

LONGEST_MODULE = 150


def test_modules_stay_short_enough_to_read_in_one_go() -> None:
    lines = {
        path_of(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in files_of(*PACKAGES)
    }
    longest = max(lines, key=lambda path: lines[path])
    print(f"\n{len(lines)} modules, {sum(lines.values()):,} lines; longest: {longest}, ", end="")
    print(f"{lines[longest]} lines")

    assert {path: count for path, count in lines.items() if count > LONGEST_MODULE} == {}


def test_every_module_says_what_lives_in_it() -> None:
    silent = {path_of(file) for file in files_of(*PACKAGES) if not ast.get_docstring(tree_of(file))}

    assert silent == set()


@pytest.mark.parametrize("folder", [*PACKAGES, "tests"])
def test_the_formatter_formats_everything(folder: str) -> None:
    skipped = set()
    for file in files_of(folder):
        with file.open("rb") as source:
            skipped |= {
                f"{path_of(file)}:{token.start[0]}"
                for token in tokenize.tokenize(source.readline)
                if token.type == tokenize.COMMENT
                and token.string.replace(" ", "").startswith(("#fmt:", "#yapf:"))
            }

    assert skipped == set()


def test_nobody_swallows_every_error() -> None:
    """A fault that is caught with everything else is a fault nobody hears of."""
    broken = {
        f"{path_of(file)}:{node.lineno}"
        for file in files_of(*PACKAGES)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }

    assert broken == set()


def test_no_command_knows_the_framework_of_a_face() -> None:
    """Import-linter knows only frameworks that somebody imports; this knows them all."""
    frameworks = {"streamlit", "fastapi", "starlette", "click", "rich", "dagster"}
    broken = {
        f"{path_of(file)}:{node.lineno}"
        for file in files_of("dashboards/commands", "sql")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and frameworks & {word.partition(".")[0] for word in ast.unparse(node).split()}
    }

    assert broken == set()


def test_the_terminal_says_everything_in_one_place() -> None:
    """`say` and `NoAnswer` write out what a terminal would obey; click's own would not."""
    past_it = {
        f"{path_of(file)}:{node.lineno}"
        for file in files_of("dashboards/terminal")
        if file.name not in ("saying.py", "printing.py")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute)
        and node.attr in ("echo", "secho", "ClickException", "format_filename")
    }

    assert past_it == set()


def test_whatever_can_be_started_keeps_what_it_makes_to_its_owner() -> None:
    """A module that is run by itself inherits no mask of file modes."""
    started = [
        node
        for file in files_of(*PACKAGES)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
    ]

    assert started
    for node in started:
        assert "keep_to_owner()" in [ast.unparse(line) for line in node.body]
