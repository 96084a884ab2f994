"""Cells of files that say yes or no."""

from dashboards.commands.refusals import BadValue

_YES = {"yes": True, "no": False, "igen": True, "nem": False}


def yes(cell: str, column: str) -> bool:
    """Read yes or no.

    Raises:
        BadValue: It says neither.
    """
    if cell.lower() not in _YES:
        raise BadValue(f"{column} must be yes or no.", field=column)
    return _YES[cell.lower()]
