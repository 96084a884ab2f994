"""Which of the record's constraints refused a write, as the driver names it."""

import psycopg
from sqlalchemy.exc import DBAPIError


def constraint_of(refused: DBAPIError) -> str | None:
    """Name the constraint; None: the error is about none."""
    assert isinstance(refused.orig, psycopg.Error)
    return refused.orig.diag.constraint_name
