"""The product's and the tests' own source files, as the house tests read them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sql", "pipelines", "dashboards")


def files_of(*folders: str) -> list[Path]:
    """List the Python files below folders of the repository, in order."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def tree_of(file: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def path_of(file: Path) -> str:
    """Name a file from the repository's root."""
    return file.relative_to(ROOT).as_posix()
