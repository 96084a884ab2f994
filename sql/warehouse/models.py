"""A model as its file describes it: a table or view that follows from others.

The path is the name: `duckdb/models/genealogy/closure.sql` is the table `genealogy.closure`.
The head of the file says what a row is; nothing it says is said again in Python. The select runs
alone, as it stands in the file, and gives every row. How a table is made from it, whole or only
where something changed, is not here (`building`).
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import duckdb

from sql.errors import ModelUnreadable
from sql.queries import DUCKDB
from sql.warehouse.sql_heads import columns_in, list_in, split_head, value_in

CODE = DUCKDB.parents[1]
# Functions that a build is taught (`building.Teach`), as a select may call them.
TAUGHT = ("stands_of(weight_kg, flows)",)


class ModelKind(StrEnum):
    """How a model is made.

    A table, whole; a table, but only the rows of lots whose own facts changed, or of those and all
    they came from; a view, asked anew each time; or a walk along the links that the select gives.
    """

    TABLE = "table"
    OWN_ROWS = "own rows"
    REACHING_ROWS = "reaching rows"
    VIEW = "view"
    WALK = "walk"


@dataclass(frozen=True)
class Model:
    """A table or view that follows from others: one select, and a head that says what a row is.

    Attributes:
        name: Schema and table.
        summary: First line of the head.
        grain: Columns that tell one row from another.
        columns: Each column with its meaning, in the select's order.
        select: What fills the table; of a walk, the links to walk along.
        kind: How it is made.
        code: Files of this project, from its root, that decide over the table besides the select.
    """

    name: str
    summary: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    select: str
    kind: ModelKind
    code: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """Return the schema, which is also the group of its asset."""
        return self.name.partition(".")[0]

    @property
    def fingerprint(self) -> str:
        """Return a short digest of what makes the table; the asset's code version."""
        code = "".join((CODE / file).read_text(encoding="utf-8") for file in self.code)
        return hashlib.sha256((self.select + code).encode()).hexdigest()[:12]

    def reads(self) -> list[str]:
        """Name the tables the select reads, as DuckDB itself understands it, sorted."""
        return tables_read(self.select)

    def copies_behind(self) -> set[str]:
        """Name the copied tables, without schema, that it follows from, also through models."""
        behind: set[str] = set()
        for table in self.reads():
            schema, _, name = table.partition(".")
            behind |= {name} if schema == "raw" else load_model(table).copies_behind()
        return behind


@cache
def known_schemas() -> frozenset[str]:
    """Name every schema of the warehouse: the copies' and the models'."""
    return frozenset({"raw"} | {path.name for path in (DUCKDB / "models").iterdir()})


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """Open the empty database that selects are read with; opening one a select takes a second."""
    reader = duckdb.connect()
    for called in TAUGHT:
        reader.execute(f"create macro {called} as null")
    return reader


@cache
def tables_read(select: str) -> list[str]:
    """Name the copies and models that a select reads, as DuckDB understands it, sorted.

    Tables of other schemas, such as `edition.about`, are left out.
    """
    with _reader().cursor() as cursor:
        names = cursor.get_table_names(select, qualified=True)
    # An alias comes back with its table: 'raw.lots AS lots'.
    plain = {name.split(" ")[0] for name in names}
    return sorted(name for name in plain if name.split(".")[0] in known_schemas())


@cache
def model_names() -> tuple[str, ...]:
    """Name every model there is a file of, sorted."""
    files = (DUCKDB / "models").glob("*/*.sql")
    return tuple(sorted(f"{file.parent.name}.{file.stem}" for file in files))


@cache
def load_model(name: str) -> Model:
    """Read a model's file.

    Raises:
        ModelUnreadable: The head lacks its summary, grain or columns.
    """
    schema, _, table = name.partition(".")
    head, select = split_head(DUCKDB / "models" / schema / f"{table}.sql")
    grain, columns = list_in(head, "grain"), columns_in(head)
    if not head or not grain or not columns:
        raise ModelUnreadable(f"The head of the model {name} needs a summary, grain and columns.")
    return Model(
        name=name,
        summary=head[0].removeprefix("-- "),
        grain=grain,
        columns=columns,
        select=select,
        kind=ModelKind(value_in(head, "kind") or ModelKind.TABLE),
        code=list_in(head, "made with"),
    )
