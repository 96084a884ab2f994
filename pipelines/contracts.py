"""What a copy of the record must look like before any model reads it.

Expectations on one table, as data. What spans two tables is a rule in SQL, not a contract. Nothing
is checked here (`contract_checks`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pipelines.expectations import Expectation
from sql.movements import MovementKind
from sql.packings import PackingKind
from sql.process_words import LotOrigin, ProcessRule, ProcessSetting
from sql.vocabulary import (
    SETS_OF_ROLES,
    Decision,
    OutputKind,
    RunStatus,
)

UNIQUE = "expect_column_values_to_be_unique"


def _unique(column: str) -> Expectation:
    return UNIQUE, {"column": column}


def _present(column: str) -> Expectation:
    return "expect_column_values_to_not_be_null", {"column": column}


def _between(column: str, lowest: float | None, highest: float | None) -> Expectation:
    return (
        "expect_column_values_to_be_between",
        {"column": column, "min_value": lowest, "max_value": highest},
    )


def _one_of(column: str, words: Iterable[str]) -> Expectation:
    return (
        "expect_column_values_to_be_in_set",
        {"column": column, "value_set": [str(word) for word in words]},
    )


CONTRACTS: dict[str, list[Expectation]] = {
    "users": [_unique("user_id"), _unique("email")],
    "products": [_unique("product_id"), _unique("product_code")],
    "partners": [_unique("partner_id"), _unique("partner_code"), _one_of("role", SETS_OF_ROLES)],
    "production_runs": [_unique("run_id"), _unique("run_code"), _one_of("status", RunStatus)],
    "phases": [_unique("phase_id")],
    "qc_gates": [_unique("gate_id"), _unique("gate_number")],
    "lot_types": [
        _unique("lot_type_id"),
        _unique("lot_type"),
        _one_of("origin", LotOrigin),
    ],
    "gates_stated": [_present("gate_id"), _present("gate_number"), _present("version_id")],
    "gates_to_pass": [_present("gate_id")],
    "process_rules": [_unique("rule_id"), _one_of("rule", ProcessRule)],
    "process_settings": [_unique("setting_id"), _one_of("setting", ProcessSetting)],
    "gate_limits": [_unique("limit_id"), _present("characteristic"), _present("unit")],
    "lots": [
        _unique("lot_id"),
        _unique("lot_code"),
        _between("weight_kg", 0, 1_000_000_000),
        _between("temperature_c", -273.15, None),
        _present("happened_at"),
    ],
    "lot_genealogy": [
        _unique("link_id"),
        _present("parent_lot_id"),
        _present("child_lot_id"),
        _between("quantity_kg", 0, None),
        _present("happened_at"),
    ],
    "productions": [_unique("production_id"), _unique("production_code"), _present("happened_at")],
    "production_inputs": [
        _unique("input_id"),
        _present("production_id"),
        _present("lot_id"),
        _between("quantity_kg", 0, None),
    ],
    "production_outputs": [
        _unique("output_id"),
        _present("production_id"),
        _present("lot_id"),
        _between("quantity_kg", 0, None),
        _one_of("kind", OutputKind),
    ],
    "packings": [
        _unique("packing_id"),
        _present("sscc"),
        _one_of("kind", PackingKind),
        _between("quantity_kg", 0, None),
        _present("happened_at"),
    ],
    "places": [_unique("place_id"), _unique("place_code"), _present("name")],
    "moves": [
        _unique("move_id"),
        _present("lot_id"),
        _present("place_id"),
        _between("quantity_kg", 0, None),
        _present("happened_at"),
    ],
    "renamed_lots": [_unique("void_id"), _unique("former_code"), _present("renamed_id")],
    "rows_set_aside": [_unique("row_id"), _present("said"), _present("reason")],
    "readings": [_unique("reading_id"), _present("lot_id"), _present("unit")],
    "qc_decisions": [
        _unique("decision_id"),
        _present("lot_id"),
        _one_of("decision", Decision),
        _between("temperature_c", -273.15, None),
        _present("happened_at"),
    ],
    "origin_assessments": [
        _unique("assessment_id"),
        _present("lot_id"),
        _present("decision_ids"),
    ],
    "shipments": [
        _unique("shipment_id"),
        _present("customer_id"),
        _present("lot_id"),
        _between("quantity_kg", 0, None),
    ],
    "movements": [
        _unique("movement_id"),
        _present("lot_id"),
        _one_of("kind", MovementKind),
        _between("quantity_kg", 0, None),
        _present("happened_at"),
    ],
}


def contract_of(table: str, record_as_of: datetime) -> list[Expectation]:
    """Return a copy's whole contract: its own, and that no row is from after its moment."""
    latest = record_as_of + timedelta(minutes=1)
    of_its_moment = (
        "expect_column_max_to_be_between",
        {"column": "recorded_at", "max_value": latest},
    )
    return [*CONTRACTS[table], of_its_moment]
