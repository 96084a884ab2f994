"""Named queries, read from files: `-- name: lot_to_decide` starts one, the next name ends it.

Python says the name and never sees the SQL. A name stands once in all files of a folder.
"""

import re
from functools import cache
from pathlib import Path

POSTGRES = Path(__file__).parent / "postgres"
DUCKDB = Path(__file__).parent / "duckdb"
RECORD_QUERIES = POSTGRES / "queries"
WAREHOUSE_QUERIES = DUCKDB / "queries"
_NAME = re.compile(r"^-- name: (\w+)\n", flags=re.MULTILINE)


@cache
def load_queries(folder: Path) -> dict[str, str]:
    """Read every `.sql` file of a folder into query texts by name.

    Raises:
        ValueError: A name stands twice, or a file has text before its first name.
    """
    queries: dict[str, str] = {}
    for file in sorted(folder.glob("*.sql")):
        head, *parts = _NAME.split(file.read_text(encoding="utf-8"))
        if head.strip():
            raise ValueError(f"{file.name} has text before its first '-- name:'")
        for name, query in zip(parts[::2], parts[1::2], strict=True):
            if name in queries:
                raise ValueError(f"the query {name} stands twice; again in {file.name}")
            queries[name] = query.strip().rstrip(";")
    return queries
