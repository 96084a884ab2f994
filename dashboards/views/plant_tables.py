"""The process in force as tables: a row a part, in words."""

from typing import Any
from zoneinfo import ZoneInfo

from dashboards.commands.process import Part, Process
from dashboards.commands.process.differences import bounds_said
from dashboards.commands.process.writing import points_of
from dashboards.exports.process_files import cell_text
from dashboards.reader.parts import percent
from dashboards.views.tables import table
from dashboards.words.plant import (
    PLANT_ALL_LOTS,
    PLANT_CCP,
    PLANT_HOURS,
    PLANT_SERVES_ALL,
    PLANT_SPAN,
    PLANT_WORDS,
)

COLUMNS = {
    "lot_types": ["lot_type", "name_en", "name_hu", "origin", "plausible_kg", "plausible_c"]
    + ["yield_tolerance", "colour"],
    "phases": ["phase_number", "name_en", "name_hu", "stream"],
    "gates": ["gate", "name_en", "serves", "gate_type", "is_ccp", "phase", "points"],
    "limits": ["gate", "characteristic", "limit", "applies_to", "in_force_from", "in_force_until"],
    "rules": ["rule", "applies_to", "serves"],
    "decisions": ["decision_word", "name_en", "name_hu", "counts_as"],
    "settings": ["setting", "value"],
}


def draw_parts(process: Process, kind: str, zone: ZoneInfo) -> None:
    """Draw the parts of a kind."""
    rows = [_ROWS[kind](process, part) for part in process.of(kind).values()]
    table(rows, COLUMNS[kind], zone, key=f"plant_{kind}_table", height="content")


def _type(_process: Process, part: Part) -> dict[str, Any]:
    ratio = part["yield_tolerance_ratio"]
    return {
        **part,
        "origin": PLANT_WORDS[part["origin"]],
        "plausible_kg": _span(part["lightest_kg"], part["heaviest_kg"]),
        "plausible_c": _span(part["coldest_c"], part["warmest_c"]),
        "yield_tolerance": None if ratio is None else f"± {percent(ratio, 2)}",
    }


def _phase(_process: Process, part: Part) -> dict[str, Any]:
    return {**part, "phase_number": str(part["phase_number"])}


def _gate(process: Process, part: Part) -> dict[str, Any]:
    phase = process.of("phases").get((part["phase_number"],))
    points = points_of(process, part["gate_number"])
    return {
        **part,
        "gate": cell_text(part["gate_number"]),
        "serves": ", ".join(part["lot_types"]) or PLANT_SERVES_ALL,
        "gate_type": PLANT_WORDS[part["gate_type"]],
        "is_ccp": PLANT_CCP if part["is_ccp"] else None,
        "phase": None if phase is None else f"{part['phase_number']} {phase['name_en']}",
        "points": " · ".join(point["en"] for point in points) or None,
    }


def _limit(process: Process, part: Part) -> dict[str, Any]:
    gate = process.of("gates")[part["gate_number"],]
    storage = part["storage_class"]
    applies = [part["lot_type"], part["product_code"], storage and PLANT_WORDS[storage]]
    return {
        **part,
        "gate": f"{cell_text(part['gate_number'])} {gate['name_en']}",
        "characteristic": part["characteristic"].replace("_", " "),
        "limit": bounds_said(part),
        "applies_to": ", ".join(filter(None, applies)) or PLANT_ALL_LOTS,
    }


def _rule(_process: Process, part: Part) -> dict[str, Any]:
    hours = "" if part["hours"] is None else PLANT_HOURS.format(hours=cell_text(part["hours"]))
    return {
        "rule": f"{PLANT_WORDS[part['rule']]}{hours}",
        "applies_to": part["lot_type"] or PLANT_ALL_LOTS,
        "serves": part["input_lot_type"],
    }


def _setting(_process: Process, part: Part) -> dict[str, Any]:
    return {"setting": PLANT_WORDS[part["setting"]], "value": part["value"]}


_ROWS = {
    "lot_types": _type,
    "phases": _phase,
    "gates": _gate,
    "limits": _limit,
    "rules": _rule,
    "decisions": lambda _process, part: {**part, "decision_word": part["decision"]},
    "settings": _setting,
}


def _span(low: Any, high: Any) -> str | None:
    if low is None and high is None:
        return None
    return PLANT_SPAN.format(low=cell_text(low) or "…", high=cell_text(high) or "…")
