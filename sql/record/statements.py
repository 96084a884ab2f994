"""Named queries as psycopg takes them: `:name` in the files becomes `%(name)s` for the driver."""

import re
from functools import cache

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
def statement(query: str) -> str:
    """Return a named query as the driver takes it, with its parameters."""
    return for_driver(load_queries(RECORD_QUERIES)[query])


def for_driver(sql: str) -> str:
    """Rewrite `:name` as `%(name)s` outside of texts, names and comments, and `%` as `%%`."""
    return _PIECES.sub(_rewritten, sql.replace("%", "%%"))


def _rewritten(piece: re.Match[str]) -> str:
    return f"%({piece['parameter']})s" if piece["parameter"] else piece[0]
