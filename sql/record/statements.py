"""Named queries as psycopg takes them: `:name` in the files becomes `%(name)s` for the driver."""

import re
from collections.abc import Sequence
from functools import cache

from psycopg.sql import SQL, Composed, Identifier

from sql.queries import RECORD_QUERIES, load_queries

# What may hold a colon or a percent sign that means nothing to the driver, then a parameter.
_PIECES = re.compile(
    r"""
    (?P<verbatim>
        '(?:[^']|'')*'                  # text
      | "(?:[^"]|"")*"                  # a quoted name
      | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ # text between dollars
      | --[^\n]*                        # a comment
      | /\*.*?\*/
      | ::                              # a cast
    )
  | :(?P<parameter>[a-z]\w*)
    """,
    flags=re.VERBOSE | re.DOTALL,
)


@cache
def statement(query: str) -> bytes:
    """Return a named query as the driver takes it, with its parameters."""
    return for_driver(load_queries(RECORD_QUERIES)[query]).encode()


def for_driver(sql: str) -> str:
    """Rewrite `:name` as `%(name)s` outside of texts, names and comments, and `%` as `%%`."""
    return _PIECES.sub(_rewritten, sql.replace("%", "%%"))


def _rewritten(piece: re.Match[str]) -> str:
    return f"%({piece['parameter']})s" if piece["parameter"] else piece[0]


def copy_in(table: str, columns: Sequence[str]) -> Composed:
    """Write the statement that appends a stream of rows to a table."""
    return SQL("copy {} ({}) from stdin").format(table_of(table), names_of(columns))


def table_of(name: str) -> Identifier:
    """Quote a table's name, which may carry its schema."""
    return Identifier(*name.split("."))


def names_of(columns: Sequence[str]) -> Composed:
    """Quote column names; they come from the code, the catalogue or a manifest."""
    return SQL(", ").join(map(Identifier, columns))
