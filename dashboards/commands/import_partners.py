"""One partner on several lines of a file: each line adds what it says, its role above all.

Nothing is asked of the record here.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboards.commands.import_files import Rows
from dashboards.commands.import_tables import CODES
from sql.vocabulary import ROLES_BETWEEN, PartnerRole, roles_together

STEM = "partners"


def with_roles_united(files: Mapping[str, Rows]) -> dict[str, Rows]:
    """Return the files with each partner on one line, which has all its roles.

    A cell that one line leaves empty is what another says. Lines of one code that contradict one
    another stay as they are: that a code stands twice is for the checks to refuse.
    """
    if STEM not in files:
        return dict(files)
    rows = files[STEM]
    kept: list[int] = []
    lines: list[dict[str, Any]] = []
    first: dict[str, int] = {}
    for at in range(len(rows.lines)):
        line = {name: cells[at] for name, cells in rows.columns.items()}
        place = first.setdefault(line[CODES[STEM]], len(lines))
        together = _together(lines[place], line) if place < len(lines) else None
        if together is None:
            kept.append(at)
            lines.append(line)
        else:
            lines[place] = together
    columns = {name: [line[name] for line in lines] for name in rows.columns}
    return {**files, STEM: replace(rows, lines=[rows.lines[at] for at in kept], columns=columns)}


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what two lines about one partner say together; None: they contradict one another."""
    said = {}
    for name, value in one.items():
        if name == "role":
            words = [
                role
                for roles in (value, other[name])
                if roles
                for role in roles.split(ROLES_BETWEEN)
            ]
            said[name] = roles_together(map(PartnerRole, words)) or None
        elif None not in (value, other[name]) and value != other[name]:
            return None
        else:
            said[name] = other[name] if value is None else value
    return said
