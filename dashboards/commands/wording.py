"""How refusals write a time (as the site's clock shows it), a weight, a temperature and a count."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.reader.signs import number
from sql.settings import settings
from sql.stretches import Stretch, put_together, spelled


def kilograms(quantity_kg: Decimal | None) -> str:
    """Say a quantity, an unknown one too."""
    if quantity_kg is None:
        return "an unknown amount"
    return f"{number(quantity_kg.normalize(), 'f')} kg"


def in_unit(quantity: Decimal, unit: str | None) -> str:
    """Say an amount with its unit, such as 40 pcs."""
    return f"{number(quantity.normalize(), 'f')} {unit}"


def stopped(disposition: str) -> str:
    """Say what stops a lot as people say it."""
    return {"hold": "on HOLD", "rejected": "rejected (FAIL)"}.get(disposition, disposition)


def counted(count: int, thing: str) -> str:
    """Say how many of a thing there are."""
    return f"1 {thing}" if count == 1 else f"{number(count)} {thing}s"


def sentence(text: str) -> str:
    """End what a person typed as a sentence ends, so that another can follow."""
    said = text.rstrip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def celsius(temperature_c: Decimal) -> str:
    """Say a temperature, with nothing behind its last digit."""
    return f"{number(temperature_c.normalize(), 'f')} °C"


def decision_said(decision: Mapping[str, Any], when: str) -> str:
    """Say a decision that stands: what, where, by whom, when and why.

    Args:
        decision: With `decision`, `gate_number`, `gate_name`, `decided_by` and `notes`.
        when: Its time, as the face writes times.
    """
    number, why = decision["gate_number"], decision["notes"]
    place = (
        "about the lot as such" if number is None else f"at gate {number} {decision['gate_name']}"
    )
    reason = f": “{why}”" if why else ""
    return (
        f"{decision['decision']} {place} by {decision['decided_by'] or 'an import'}, {when}{reason}"
    )


def site_minute(moment: datetime) -> str:
    """Say a time as the site's clock shows it, to the minute, and by which zone.

    A time at the calendar's end, which no other zone can show, is said as it was given.
    """
    zone = site_zone()
    try:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
    except OverflowError:
        return moment.isoformat()


def site_time(happened: datetime | Stretch) -> str:
    """Say a time as precise as it is: to the minute, or the day or month alone."""
    if isinstance(happened, Stretch):
        return spelled(happened.begins_at, happened.ends_at, site_zone())
    return site_minute(happened)


def site_time_of(row: Mapping[str, Any], name: str = "happened") -> str:
    """Say the time that a row of the record tells in `<name>_at` and `<name>_until`."""
    return site_time(put_together(row, name))


def cell_said(value: Any) -> str:
    """Say what stood in a cell."""
    return site_time(value) if isinstance(value, Stretch) else str(value)


@cache
def site_zone() -> ZoneInfo:
    """Return the zone in which people of the site read a clock."""
    return settings().zone
