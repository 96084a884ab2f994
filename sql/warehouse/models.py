"""A model, rule or copied table as its file describes it.

The path is the name: `duckdb/models/genealogy/closure.sql` is the table `genealogy.closure`.
The head of the file says what a row is; nothing it says is said again in Python.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import duckdb

from sql.errors import ModelUnreadable
from sql.queries import DUCKDB, POSTGRES

WALK = [
    DUCKDB.parent / "genealogy" / name for name in ("ancestries.py", "walk.py", "walk_loops.py")
]
_COLUMN = re.compile(r"^--   (\w+)\s+(\S.*)$")
_CONTINUED = re.compile(r"^--      +(\S.*)$")


class Severity(StrEnum):
    """What a breach means: no edition, a finding somebody must mend, or one to look at."""

    BLOCKS = "blocks"
    ERROR = "error"
    WARNING = "warning"


class ModelKind(StrEnum):
    """How a model is made.

    A table, whole; a table, but only the rows of lots whose own facts changed, or of those and all
    they came from (`row_models`); a view, asked anew each time; or a walk
    (`sql.genealogy.walk`).
    """

    TABLE = "table"
    OWN_ROWS = "own rows"
    REACHING_ROWS = "reaching rows"
    VIEW = "view"
    WALK = "walk"


@dataclass(frozen=True)
class Model:
    """A table or view that follows from others: one select, and a head that says what a row is.

    Of a walk, the select gives the links; the table is the ancestry of each lot. Of rows, it gives
    those of the lots in `edition.to_make`.
    """

    name: str
    summary: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    select: str
    kind: "ModelKind"

    @property
    def schema(self) -> str:
        """Give the schema, which is also the group of its asset."""
        return self.name.partition(".")[0]

    @property
    def fingerprint(self) -> str:
        """Give a short digest of what makes the table, the asset's code version."""
        code = WALK if self.kind is ModelKind.WALK else []
        code_text = "".join(file.read_text(encoding="utf-8") for file in code)
        return hashlib.sha256((self.select + code_text).encode()).hexdigest()[:12]

    def reads(self) -> list[str]:
        """Name the tables the select reads, as DuckDB itself understands it, sorted."""
        with duckdb.connect() as connection:
            names = connection.get_table_names(self.select, qualified=True)
        plain = {name.split(" ")[0] for name in names}
        return sorted(name for name in plain if name.split(".")[0] in known_schemas())

    def copies_behind(self) -> set[str]:
        """Name the copied tables, without schema, that it follows from, also through models."""
        behind = set()
        for table in self.reads():
            schema, _, name = table.partition(".")
            behind |= {name} if schema == "raw" else load_model(table).copies_behind()
        return behind


@dataclass(frozen=True)
class Rule:
    """What must hold across rows: a select of the rows that break it."""

    model: str
    name: str
    reason: str
    severity: Severity
    select: str


@cache
def known_schemas() -> frozenset[str]:
    """Name every schema of the warehouse: the copies' and the models'."""
    return frozenset({"raw"} | {path.name for path in (DUCKDB / "models").iterdir()})


def model_names() -> list[str]:
    """Name every model there is a file of, sorted."""
    files = (DUCKDB / "models").glob("*/*.sql")
    return sorted(f"{file.parent.name}.{file.stem}" for file in files)


def copied_tables() -> list[str]:
    """Name every table of the record that is copied, without schema, sorted."""
    return sorted(file.stem for file in (DUCKDB / "raw").glob("*.sql"))


def copy_script(table: str) -> tuple[str, str]:
    """Give a copied table's summary and the script that creates it empty."""
    script = (DUCKDB / "raw" / f"{table}.sql").read_text(encoding="utf-8")
    return script.partition("\n")[0].removeprefix("-- "), script


@cache
def declared_columns(table: str) -> dict[str, str]:
    """Give a copied table's columns and their DuckDB types, in order; the first is its key."""
    with duckdb.connect() as scratch:
        scratch.execute("create schema raw")
        scratch.execute(copy_script(table)[1])
        described = scratch.execute(f"describe raw.{table}").fetchall()
    return {row[0]: row[1] for row in described}


def build_fingerprint() -> str:
    """Give a digest of what decides over copies and models, which runs build upon.

    Scripts of the copies, the record's migrations, and the models.
    """
    migrations = POSTGRES / "migrations" / "versions"
    parts = [copy_script(table)[1] for table in copied_tables()]
    parts += sorted(file.name for file in migrations.glob("*.sql"))
    parts += [load_model(name).fingerprint for name in model_names()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def load_model(name: str) -> Model:
    """Read a model's file.

    Raises:
        ModelUnreadable: The head lacks its summary, grain or columns.
    """
    schema, _, table = name.partition(".")
    head, select = _split(DUCKDB / "models" / schema / f"{table}.sql")
    grain = _said(head, "grain")
    columns = _columns(head)
    if not head or not grain or not columns:
        raise ModelUnreadable(f"The head of the model {name} needs a summary, grain and columns.")
    return Model(
        name=name,
        summary=head[0].removeprefix("-- "),
        grain=tuple(part.strip() for part in grain.split(",")),
        columns=columns,
        select=select,
        kind=ModelKind(_said(head, "kind") or ModelKind.TABLE),
    )


def rules_of(model: str) -> list[Rule]:
    """Read every rule of a table, the grain rule of a model first.

    Raises:
        ModelUnreadable: A rule's head lacks its reason or severity.
    """
    schema, _, table = model.partition(".")
    folder = DUCKDB / "rules" / schema / table
    written = [_rule(model, file) for file in sorted(folder.glob("*.sql"))]
    return [grain_rule(load_model(model)), *written] if model in model_names() else written


def ruled_tables() -> list[str]:
    """Name every table that a rule speaks about, models and copies, sorted."""
    folders = (DUCKDB / "rules").glob("*/*")
    return sorted({f"{path.parent.name}.{path.name}" for path in folders} | set(model_names()))


def grain_rule(model: Model) -> Rule:
    """Give the rule that a model holds one row for each value of its grain."""
    keys = ", ".join(model.grain)
    return Rule(
        model=model.name,
        name=f"one_row_for_each_{'_and_'.join(model.grain)}",
        reason="A row that stands twice counts its kilograms twice.",
        severity=Severity.BLOCKS,
        select=(
            f"select {keys}, count(*) as rows_count from {model.name} "
            f"group by {keys} having count(*) > 1"
        ),
    )


def _rule(model: str, file: Path) -> Rule:
    """Read one rule's file."""
    head, select = _split(file)
    severity = next((line for line in head if line.startswith("-- severity: ")), "")
    if len(head) < 2 or not severity:
        raise ModelUnreadable(f"The head of the rule {file.stem} needs a reason and a severity.")
    return Rule(
        model=model,
        name=file.stem,
        reason=" ".join(
            line.removeprefix("-- ") for line in head if line != severity and line != "--"
        ),
        severity=Severity(severity.removeprefix("-- severity: ")),
        select=select,
    )


def _split(file: Path) -> tuple[list[str], str]:
    """Part a file into the comment lines of its head and its select."""
    lines = file.read_text(encoding="utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:end], "\n".join(lines[end:]).strip().rstrip(";")


def _said(head: list[str], name: str) -> str:
    """Give what a head says under a name, or nothing."""
    start = f"-- {name}: "
    return next((line.removeprefix(start) for line in head if line.startswith(start)), "")


def _columns(head: list[str]) -> dict[str, str]:
    """Read the columns of a head, each with its meaning."""
    columns: dict[str, str] = {}
    for line in head[head.index("-- columns:") + 1 :] if "-- columns:" in head else ():
        if named := _COLUMN.match(line):
            columns[named[1]] = named[2]
        elif columns and (more := _CONTINUED.match(line)):
            columns[list(columns)[-1]] += " " + more[1]
        else:
            break
    return columns
