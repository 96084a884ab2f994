"""Read a lot's metadata, a JSON object, with its numbers kept exact."""

import json
from decimal import Decimal
from typing import Any

from dashboards.commands.import_files import (
    SHOWN_CHARACTERS,
)


def as_object(metadata: str) -> dict[str, Any]:
    """Read a JSON object with its numbers kept exact, fit for comparing.

    Raises:
        ValueError: It is no JSON, names something twice, or holds what PostgreSQL can't keep.

    """
    return json.loads(
        metadata,
        parse_float=_exact,
        parse_int=_exact,
        parse_constant=_no_number,
        object_pairs_hook=each_once,
    )


class NamedTwice(ValueError):
    """A name stands twice in one object: which value was meant can't be told."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__(f"{name[:SHOWN_CHARACTERS]} stands twice")
        self.name = name


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs.

    Raises:
        NamedTwice: A name stands twice in it.
    """
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        raise NamedTwice(next(name for name, _ in pairs if name in seen or seen.add(name)))
    return made


def _exact(digits: str) -> tuple[Decimal]:
    """Read a JSON number by its value; wrapped, so that 1 differs from true."""
    exact = Decimal(digits[:400])
    if len(digits) > 400 or abs(exact.adjusted()) > 300:
        _no_number(digits)
    return (exact,)


def _no_number(digits: str) -> None:
    """Refuse what JSON or PostgreSQL does not take for a number."""
    raise ValueError(f"{digits[:SHOWN_CHARACTERS]} is no number that can be kept")
