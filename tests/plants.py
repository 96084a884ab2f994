"""Builders: small plants, written straight into a warehouse or through the record."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from dashboards.commands.authority import Person
from dashboards.commands.corrections import correct_lot
from dashboards.commands.signatures import Confirmation
from sql.genealogy.ancestries import walk
from sql.genealogy.taught_stands import teach
from sql.record.transactions import Transaction
from sql.settings import PAIRS_BUDGET
from sql.warehouse import building
from sql.warehouse.changes import Changes, Walked
from sql.warehouse.copied_tables import declared_columns
from sql.warehouse.copy_writing import load_copy
from sql.warehouse.evidence import last_step_number
from sql.warehouse.models import load_model, model_names
from sql.warehouse.proof import SoundRun
from sql.warehouse.publishing import publish
from sql.warehouse.rules import Rule
from sql.warehouse.working_file import Warehouse

MOMENT = datetime(2026, 1, 15, 8, tzinfo=UTC)
# What says of each lot what it is, each model after those that it reads.
DISPOSITIONS = (
    "quality.lot_decisions",
    "quality.standing_stops",
    "quality.stopped_lots",
    "quality.lot_dispositions",
)

LEFT_OUT = {"happened_at": MOMENT, "recorded_at": MOMENT, "version_id": 1, "is_retired": False}
LOT_TYPES = [
    {
        "lot_type_id": place,
        "lot_type": kind,
        "name_en": kind,
        "name_hu": kind,
        "position": place,
        "origin": "MADE",
        "yield_tolerance_ratio": Decimal("0.05") if place > 3 else None,
        "colour": "#1d4ed8" if kind == "MIX" else None,
    }
    for place, kind in enumerate(["RAW", "DEB", "BULK", "MIX", "SKW", "FRZ", "FG"], start=1)
]
PROCESS_RULES = [
    {
        "rule_id": 1,
        "rule": "ONE_PRODUCT",
        "lot_type": "FRZ",
        "input_lot_type": "SKW",
    },
    {"rule_id": 2, "rule": "ONE_SPECIES"},
]

Link = tuple[int, int, Decimal | None]


def fill(warehouse: Warehouse, table: str, rows: Sequence[dict]) -> None:
    """Put rows into a copied table; columns left out are empty, times are MOMENT.

    What belongs to a process is of its first version, and not retired.
    """
    types = declared_columns(table)
    names = list(types)
    full = [{n: row.get(n, LEFT_OUT.get(n)) for n in names} for row in rows]
    schema = pa.schema([(n, _arrow(types[n])) for n in names])
    load_copy(warehouse, table, pa.Table.from_pylist(full, schema).to_reader())


def fill_process(warehouse: Warehouse) -> None:
    """Say the lot types, rules and bounds of the reference process."""
    fill(warehouse, "lot_types", LOT_TYPES)
    fill(warehouse, "process_rules", PROCESS_RULES)


def gates(*rows: dict) -> dict[str, list[dict]]:
    """Return gates that the process has had since ever, in every table that speaks of them.

    `lot_type` is the one that a gate serves; a blocking one is asked of lots without a type too.
    """
    stated = [row | {"lot_types": [row["lot_type"]] if row.get("lot_type") else []} for row in rows]
    passes = [
        {"gate_id": row["gate_id"], "lot_type": kind}
        for row in stated
        for kind in (*row["lot_types"], *([None] if row["gate_type"] == "BLOCKING" else []))
    ]
    return {"qc_gates": stated, "gates_stated": stated, "gates_to_pass": passes}


def _arrow(duckdb_type: str) -> pa.DataType:
    kinds = {
        "BIGINT": pa.int64(),
        "INTEGER": pa.int32(),
        "BOOLEAN": pa.bool_(),
        "BIGINT[]": pa.list_(pa.int64()),
        "VARCHAR[]": pa.list_(pa.string()),
        "DATE": pa.date32(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", "UTC"),
    }
    if duckdb_type.startswith("DECIMAL"):
        return pa.decimal128(18, 6)
    return kinds.get(duckdb_type, pa.string())


def empty(warehouse: Warehouse) -> None:
    """Make every copied table, with no rows in it."""
    from sql.warehouse.copied_tables import copied_tables

    for table in copied_tables():
        fill(warehouse, table, [])
    fill_process(warehouse)
    warehouse.describe_edition({"record_as_of": MOMENT})


@cache
def _emptied() -> tuple[TemporaryDirectory, Path]:
    """Make a working file whose copied tables are all empty, and close it."""
    folder = TemporaryDirectory(prefix="lotline-test-")
    path = Path(folder.name) / "working.duckdb"
    with closing(Warehouse(path, "UTC")) as warehouse:
        empty(warehouse)
    return folder, path


def empty_warehouse(
    path: Path, site_zone: str = "UTC", closure_pairs_budget: int = PAIRS_BUDGET
) -> Warehouse:
    """Open a new working file whose copied tables are all empty.

    One is made and then copied: making it takes longer than most of what a test does in it.
    """
    shutil.copy(_emptied()[1], path)
    return Warehouse(path, site_zone, closure_pairs_budget)


LINK_COLUMNS = ("link_id", "parent_lot_id", "child_lot_id", "quantity_kg", "quantity", "unit")


def genealogy(warehouse: Warehouse, links: Sequence[Link], lots: int = 0) -> None:
    """Write links among numbered lots, and lots 1 to `lots` even when nothing links them."""
    named = {lot for link in links for lot in link[:2]} | set(range(1, lots + 1))
    fill(warehouse, "lots", [{"lot_id": n, "lot_code": f"L{n}"} for n in sorted(named)])
    fill(
        warehouse,
        "lot_genealogy",
        [
            dict(zip(LINK_COLUMNS, (i, *link), strict=False))
            for i, link in enumerate(links, start=1)
        ],
    )


def build(warehouse: Warehouse, *names: str) -> Walked | None:
    """Build these models from nothing, in this order, and return what the last walk came to."""
    return _build(warehouse, names, None)


def build_all(warehouse: Warehouse, changes: Changes | None = None) -> Walked | None:
    """Build every model, each after those it reads."""
    return _build(warehouse, _in_order(), changes)


def build_for(warehouse: Warehouse, rule: Rule) -> None:
    """Build from nothing the models that a rule reads, and all that these follow from."""
    wanted, left = set(), list(rule.reads())
    while left:
        name = left.pop()
        if name in model_names() and name not in wanted:
            wanted.add(name)
            left += load_model(name).reads()
    _build(warehouse, [name for name in _in_order() if name in wanted], None)


@cache
def _in_order() -> tuple[str, ...]:
    """Name every model, each after those it reads."""
    reads = {name: set(load_model(name).reads()) for name in model_names()}
    return tuple(name for name in TopologicalSorter(reads).static_order() if name in reads)


def relink(warehouse: Warehouse, changed: Sequence[int]) -> Walked:
    """Bring the closure up to date after links into these lots changed."""
    changes = Changes({}, tuple(changed), None)
    walked = _build(warehouse, ["genealogy.ancestries"], changes)
    assert walked is not None
    return walked


def _build(warehouse: Warehouse, names: Sequence[str], changes: Changes | None) -> Walked | None:
    walked = None
    for name in names:
        model = load_model(name)
        walked = building.build(warehouse, model, changes, walk, teach).walked or walked
    return walked


def publish_unproven(warehouse: Warehouse, home: Path) -> None:
    """Publish a plant of which a test built just what it needs."""
    publish(warehouse, home, SoundRun(last_step_number(warehouse)), kept=1)


def just_confirmed(person: Person) -> Confirmation:
    """Make the proof that a person has typed the password just now."""
    return Confirmation(person.user_id, datetime.now(UTC))


def correct_as_known(transaction: Transaction, *, lot_code: str, **values) -> int:
    """Correct a lot as somebody does who has just looked at it."""
    lot = transaction.one("lot_shown", lot_code=lot_code)
    based_on = None if lot is None else lot["correction_id"]
    return correct_lot(transaction, lot_code=lot_code, based_on=based_on, **values)


def link_ids_into(transaction: Transaction, lot_id: int) -> list[int]:
    """Name the links into a lot, the first written first."""
    return sorted(row["link_id"] for row in transaction.all("parents_of_lot", lot_id=lot_id))


def gate_id_of(transaction: Transaction, gate_number: float) -> int:
    """Return the id of the gate with this number."""
    gates = {row["gate_number"]: row["gate_id"] for row in transaction.all("gate_names")}
    return gates[Decimal(str(gate_number))]


def button(app: AppTest, form: str):
    """Find a form's button; its key ends with the nonce that makes a click good once."""
    return next(one for one in app.button if (one.key or "").startswith(form))


def type_into(app: AppTest, key: str, text: str) -> None:
    """Type into a box; into one that offers choices, as a choice of one's own."""
    choice = next((one for one in app.selectbox if one.key == key), None)
    if choice is None:
        app.text_input(key=key).input(text)
    else:
        choice.options.append(text)
        choice.select(text)
