"""How a model, rule or copied table is described: the comment lines at the head of its file.

Reading only. What a head means is for `models`, `rules` and `copied_tables`.
"""

import re
from pathlib import Path

_COLUMN = re.compile(r"^--   (\w+)\s+(\S.*)$")
_CONTINUED = re.compile(r"^--      +(\S.*)$")


def split_head(file: Path) -> tuple[list[str], str]:
    """Return the comment lines at the head of a file, and the select below them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:end], "\n".join(lines[end:]).strip().rstrip(";")


def value_in(head: list[str], name: str) -> str:
    """Return what a head says under a name; empty where it says nothing."""
    start = f"-- {name}: "
    return next((line.removeprefix(start) for line in head if line.startswith(start)), "")


def list_in(head: list[str], name: str) -> tuple[str, ...]:
    """Return what a head lists under a name, separated by commas, on one line or on several."""
    start = f"-- {name}: "
    lines = [line.removeprefix(start) for line in head if line.startswith(start)]
    return tuple(part.strip() for line in lines for part in line.split(",") if part.strip())


def columns_in(head: list[str]) -> dict[str, str]:
    """Return the columns that a head describes, in order, each with its meaning."""
    columns: dict[str, str] = {}
    for line in head[head.index("-- columns:") + 1 :] if "-- columns:" in head else ():
        if named := _COLUMN.match(line):
            columns[named[1]] = named[2]
        elif columns and (more := _CONTINUED.match(line)):
            columns[list(columns)[-1]] += " " + more[1]
        else:
            break
    return columns
