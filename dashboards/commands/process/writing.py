"""Append what a version of the process brings, part by part. Everything was judged before."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboards.commands.process.differences import Act, Difference
from dashboards.commands.process.parts import Part, Process
from sql.record.transactions import Transaction

Ids = dict[tuple[str, str], int]


def write_differences(
    transaction: Transaction, version_id: int, wanted: Process, changes: list[Difference]
) -> None:
    """Append a row for each part that differs, after what it names."""
    codes = sorted({part["product_code"] for part in wanted.of("limits").values()} - {None})
    codes += [one.before["product_code"] for one in changes if one.kind == "limits" and one.before]
    ids: Ids = {
        (row["kind"], row["name"]): row["id"]
        for row in transaction.all("process_ids", product_codes=[c for c in codes if c])
    }
    of = {kind: [one for one in changes if one.kind == kind] for kind in wanted.parts}
    for one in of.get("lot_types", ()):
        _write_named(transaction, "lot_type", "lot_types", one, version_id, ids)
    for one in of.get("phases", ()):
        _write_named(transaction, "phase", "phases", one, version_id, ids)
    _write_gates(transaction, wanted, changes, version_id, ids)
    for one in of.get("limits", ()):
        _write_limit(transaction, one, version_id, ids)
    for one in of.get("rules", ()):
        transaction.run(
            "write_process_rule",
            **(one.after or one.before or {}),
            version_id=version_id,
            is_retired=one.act is Act.RETIRED,
        )
    for one in of.get("decisions", ()):
        transaction.run(
            "write_decision_word",
            **(one.after or one.before or {}),
            version_id=version_id,
            is_retired=one.act is Act.RETIRED,
        )
    for one in of.get("settings", ()):
        value = None if one.after is None else one.after["value"]
        transaction.run(
            "write_process_setting", setting=one.key[0], value=value, version_id=version_id
        )


def _write_named(
    transaction: Transaction, thing: str, kind: str, one: Difference, version_id: int, ids: Ids
) -> None:
    """Append a type or a phase: its first statement, or a later one."""
    part = {**(one.after or one.before or {}), "version_id": version_id}
    known = ids.get((kind, str(one.key[0])))
    if known is None:
        written = transaction.value(f"write_{thing}", **part)
        ids[kind, str(one.key[0])] = written
        return
    part.pop("lot_type", None)
    part.pop("phase_number", None)
    transaction.run(
        f"write_{thing}_revision",
        **part,
        **{f"{thing}_id": known},
        is_retired=one.act is Act.RETIRED,
    )


def _write_gates(
    transaction: Transaction,
    wanted: Process,
    changes: list[Difference],
    version_id: int,
    ids: Ids,
) -> None:
    """Append gates that differ, in themselves or in their checklist."""
    retired: dict[Decimal, Part] = {
        one.key[0]: one.before
        for one in changes
        if one.kind == "gates" and one.act is Act.RETIRED and one.before is not None
    }
    touched = {one.key[0] for one in changes if one.kind in ("gates", "checklists")}
    for number in sorted(touched):
        gate = retired.get(number) or wanted.of("gates").get((number,))
        if gate is None:
            continue  # the points of a gate that had gone before
        facts: Mapping[str, Any] = {
            "version_id": version_id,
            "phase_id": gate["phase_number"],
            "lot_types": list(gate["lot_types"]),
            "name_en": gate["name_en"],
            "name_hu": gate["name_hu"],
            "gate_type": gate["gate_type"],
            "is_ccp": gate["is_ccp"],
            "checklist": json.dumps(points_of(wanted, number), ensure_ascii=False),
        }
        name = f"{number.normalize():f}"
        known = ids.get(("gates", name))
        if known is None:
            ids["gates", name] = transaction.value("write_gate", gate_number=number, **facts)
        else:
            transaction.run(
                "write_gate_revision", gate_id=known, is_retired=number in retired, **facts
            )


def points_of(process: Process, gate_number: Decimal) -> list[dict[str, str]]:
    """Return the points of a gate's checklist, in order, as the record keeps them."""
    points = [part for part in process.of("checklists").values()]
    mine = [part for part in points if part["gate_number"] == gate_number]
    return [
        {"en": part["text_en"], "hu": part["text_hu"]}
        for part in sorted(mine, key=lambda part: part["point"])
    ]


def _write_limit(transaction: Transaction, one: Difference, version_id: int, ids: Ids) -> None:
    """Append a limit as it is stated now."""
    limit = dict(one.after or one.before or {})
    number, product = limit.pop("gate_number"), limit.pop("product_code")
    transaction.run(
        "write_limit",
        **limit,
        gate_id=ids["gates", f"{number.normalize():f}"],
        product_id=None if product is None else ids["products", product],
        version_id=version_id,
        is_retired=one.act is Act.RETIRED,
    )
