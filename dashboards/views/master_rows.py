"""Products, partners and runs as rows to read, and what was changed of one: field, from, to."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.commands.master_kinds import KINDS, Master
from dashboards.reader.signs import trimmed
from dashboards.words.masters import (
    MASTER_BY_IMPORT,
    MASTER_FIELDS,
    MASTER_FIRST,
    MASTER_OFFERED,
    PARTNER_ROLES,
    RUN_STATUSES,
    STORAGE_CLASSES,
)
from sql.amounts import MILLIGRAM_PLACES
from sql.units import KILOGRAM
from sql.vocabulary import ROLES_BETWEEN

COLUMNS = {
    Master.PRODUCT: ["product_code", "name", "gtin", "unit", "kg_per_unit", "kept_as", "offered"],
    Master.PARTNER: [
        "partner_code",
        "name",
        "roles",
        "phone",
        "email",
        "postal_address",
        "gln",
        "offered",
    ],
    Master.RUN: ["run_code", "run_status", "daily_target_kg", "started_at", "ended_at"],
}
HISTORY = ["recorded_at", "written_by", "field", "old", "new", "reason"]


def in_words(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with roles, status and address as people say them."""
    return [
        {
            **row,
            "unit": row.get("unit") or KILOGRAM,
            "roles": role_words(row.get("role")),
            "run_status": RUN_STATUSES.get(row.get("status") or "", ""),
            "postal_address": row.get("address"),
            "offered": MASTER_OFFERED[bool(row.get("is_retired"))],
            "kept_as": STORAGE_CLASSES.get(row.get("storage_class") or ""),
        }
        for row in rows
    ]


def called(row: Mapping[str, Any], code: str) -> str:
    """Name a row by its code, and by its name where it has one."""
    return f"{row[code]} · {row['name']}" if row.get("name") else str(row[code])


def role_words(roles: str | None) -> str:
    """Say what a partner is: supplier, customer."""
    return ", ".join(PARTNER_ROLES[role] for role in (roles or "").split(ROLES_BETWEEN) if role)


def history(
    master: Master, versions: Sequence[Mapping[str, Any]], said: Any
) -> list[dict[str, Any]]:
    """Return a row for each value that was changed, newest first; the first says who registered.

    Args:
        master: Which of them.
        versions: Every statement about the row, oldest first.
        said: Says a moment in the site's zone.
    """
    rows = []
    for before, after in zip([{}, *versions], versions, strict=False):
        told = {
            "recorded_at": after["recorded_at"],
            "written_by": after["written_by"] or (MASTER_BY_IMPORT if after["from_import"] else ""),
            "reason": after["reason"],
        }
        if not before:
            rows.append({**told, "field": MASTER_FIRST, "old": "", "new": ""})
            continue
        rows += [
            {
                **told,
                "field": MASTER_FIELDS[name].partition(" (")[0],
                "old": _said(name, before[name], said),
                "new": _said(name, after[name], said),
            }
            for name in KINDS[master].readers
            if before[name] != after[name]
        ]
    return rows[::-1]


def _said(name: str, value: Any, said: Any) -> str:
    """Say one value as the tables do, an empty one as nothing."""
    if value is None:
        return ""
    if name == "role":
        return role_words(value)
    if name == "status":
        return RUN_STATUSES[value]
    if name == "is_retired":
        return MASTER_OFFERED[value]
    if name == "storage_class":
        return STORAGE_CLASSES[value]
    if isinstance(value, Decimal):
        return trimmed(value, MILLIGRAM_PLACES)
    return said(value) if name.endswith("_at") else str(value)
