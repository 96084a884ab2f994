"""How a past answer differs from the one of now, in words; how it is drawn is not here."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.reader.parts import percent
from dashboards.words import (
    DIFFERENCES,
    DISPOSITIONS,
    UNKNOWN,
    column_heading,
    how_much,
    in_own_unit,
    kilograms,
    plural,
)
from dashboards.words.moments import KG_AFTER_HEADING
from dashboards.words.movements import MOVEMENT_KINDS, YES_OR_NO
from dashboards.words.nouns import FACT, LOT, VALUE
from sql.genealogy.differences import Difference

CHANGES = ["recorded_at", "change", "lot_code", "other", "quantity_kg", "reason", "written_by"]
VALUES = ["lot_code", "value", "was", "is_now"]


def difference_words(found: Difference) -> str:
    """Say whether the answer is the same now, and else what came, left and reads otherwise."""
    written = plural(len(found.changes), FACT)
    if found.is_none:
        kind = "same_written" if found.changes else "same"
        return DIFFERENCES[kind].format(written=written)
    said = DIFFERENCES["differs"].format(
        joined=plural(len(found.joined), LOT),
        parted=plural(len(found.parted), LOT),
        values=plural(len(found.changed), VALUE),
        written=written,
    )
    return said if found.changes else f"{said} {DIFFERENCES['unexplained']}"


def value_in_words(row: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Say one value that reads otherwise: of which lot, what it was and what it is."""
    what = row["what"]
    return {
        "lot_code": row["lot_code"],
        "value": DIFFERENCES.get(what) or column_heading(what).removesuffix(KG_AFTER_HEADING),
        "was": _value(what, row["was"], row.get("unit_was"), zone),
        "is_now": _value(what, row["now"], row.get("unit_now"), zone),
    }


def _value(what: str, value: Any, unit: str | None, zone: ZoneInfo) -> str:
    """Write one value as a person reads it; an amount in a unit with that."""
    if value is None:
        return "–" if what in ("link", "shipment", "movement") else UNKNOWN
    if what in ("link", "shipment", "movement"):
        name, kg, *counted = value
        quantity, unit = counted or (None, None)
        return f"{MOVEMENT_KINDS.get(name, name)} · {how_much(quantity, unit, kg)}"
    if isinstance(value, bool):
        return YES_OR_NO[value]
    if what == "disposition":
        mark, word, _colour = DISPOSITIONS[value]
        return f"{mark} {word}"
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return (in_own_unit(value, unit) if unit else None) or kilograms(value)
    if isinstance(value, float):
        return percent(value, 2)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
