"""The triggers that keep the record's rules, and whether they all stand.

Somebody who owns the database can switch one off, write past it, and switch it on again: then the
facts show it. One left off, or gone, shows here.
"""

from collections.abc import Iterator

from sql.record.transactions import Transaction
from sql.trail.findings import Break

# Every trigger that stands for a rule or writes the trail, by table, as the migrations make them.
_KEPT = {"note_inserts", "refuse_change"}
_FACT = _KEPT | {"refuse_the_past", "take_turn"}
GUARDS = {
    "dagster_acts": _KEPT,
    "decision_signatures": _FACT,
    "decision_withdrawals": _FACT,
    "entries": {"refuse_change"},
    "finding_settlements": _FACT,
    "gate_limits": _FACT,
    "gate_revisions": _FACT,
    "import_mappings": _KEPT,
    "imports": _FACT,
    "decision_words": _FACT,
    "link_voids": _FACT,
    "lot_corrections": _FACT | {"guard_kilograms", "guard_units"},
    "lot_genealogy": _FACT
    | {"guard_kilograms", "guard_units", "guard_cycles", "guard_source_key", "guard_order"},
    "lot_type_revisions": _FACT,
    "lot_types": _FACT,
    "lot_voids": _FACT | {"guard_lot_void"},
    "lots": _FACT | {"guard_source_key"},
    "move_voids": _FACT,
    "movement_voids": _FACT | {"guard_movement_void"},
    "movements": _FACT
    | {"guard_kilograms", "guard_units", "guard_returns", "guard_source_key", "guard_order"},
    "moves": _FACT | {"guard_source_key"},
    "origin_assessments": _FACT,
    "partner_revisions": _FACT,
    "packing_voids": _FACT,
    "packings": _FACT | {"guard_source_key"},
    "partners": _FACT,
    "phase_revisions": _FACT,
    "phases": _FACT,
    "place_revisions": _FACT,
    "places": _FACT,
    "process_rules": _FACT,
    "process_settings": _FACT,
    "process_versions": _FACT,
    "product_revisions": _FACT,
    "production_inputs": _FACT,
    "production_outputs": _FACT,
    "production_runs": _FACT,
    "production_voids": _FACT,
    "productions": _FACT | {"guard_production_code", "guard_source_key"},
    "products": _FACT,
    "qc_decisions": _FACT | {"guard_source_key", "guard_order"},
    "qc_gates": _FACT,
    "reading_voids": _FACT,
    "readings": _FACT | {"guard_source_key"},
    "rows_set_aside": _FACT,
    "run_requests": _KEPT,
    "run_revisions": _FACT,
    "set_aside_ends": _FACT,
    "shipment_voids": _FACT | {"guard_shipment_void"},
    "shipments": _FACT
    | {"guard_kilograms", "guard_units", "guard_customer", "guard_source_key", "guard_order"},
    "sign_in_failures": _KEPT,
    "sign_ins": _KEPT,
    "turns": {"end_turn", "refuse_change"},
    "users": _KEPT | {"note_updates"},
}


def missing_guards(transaction: Transaction) -> Iterator[Break]:
    """Say which guards are switched off, and which are gone."""
    standing = {
        (row["table_name"], row["trigger_name"]): row["is_on"] for row in transaction.all("guards")
    }
    for (table, trigger), is_on in standing.items():
        if not is_on:
            yield Break(None, table, None, f"The guard {trigger} on {table} is switched off.")
    for table, triggers in GUARDS.items():
        for trigger in sorted(triggers):
            if (table, trigger) not in standing:
                yield Break(None, table, None, f"The guard {trigger} on {table} is gone.")
