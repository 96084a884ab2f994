"""Rows of an edition's tables with codes in place of ids, so that two records can be compared.

Ids and times of recording are the record's own: of two records that say the same they differ.
"""

from collections import Counter
from contextlib import closing
from pathlib import Path

import duckdb

from sql.record.engine import DatabaseRole, Record
from sql.warehouse.copies import copy_record
from sql.warehouse.models import model_names
from sql.warehouse.working_file import Warehouse
from tests import plants

CODES = {
    "lot_id": ("lots", "lot_id", "lot_code"),
    "product_id": ("products", "product_id", "product_code"),
    "customer_id": ("partners", "partner_id", "partner_code"),
    "supplier_id": ("partners", "partner_id", "partner_code"),
    "partner_id": ("partners", "partner_id", "partner_code"),
    "production_id": ("productions", "production_id", "production_code"),
    "run_id": ("production_runs", "run_id", "run_code"),
}
OWN = ("recorded_at", "row_xid", "decision_id", "link_id", "shipment_id", "movement_id")


def edition_rows(address: str, file: Path, zone: str) -> dict[str, Counter]:
    """Build every model over a record, and count its rows by what they say."""
    record = Record(address, DatabaseRole.PIPELINE)
    with closing(record), closing(Warehouse(file, zone)) as warehouse:
        copy_record(record, warehouse)
        plants.build_all(warehouse)
    with duckdb.connect(file, read_only=True) as reader:
        reader.execute(f"set timezone = '{zone}'")
        return {name: _rows(reader, name) for name in model_names()}


def _rows(reader: duckdb.DuckDBPyConnection, name: str) -> Counter:
    """Count the rows of a table, each a text of its columns."""
    said = []
    for column in (row[0] for row in reader.execute(f"describe {name}").fetchall()):
        coded = next((of for end, of in CODES.items() if column.endswith(end)), None)
        if coded is not None:
            table, number, code = coded
            said.append(
                f"(select {code} from raw.{table} as named where named.{number} = r.{column})"
            )
        elif not any(column.endswith(end) for end in OWN) and not column.endswith("_ids"):
            said.append(f"r.{column}")
    shown = ", ".join(said) or "1"
    rows = reader.execute(f"select row({shown})::varchar from {name} as r").fetchall()
    return Counter(row[0] for row in rows)
