"""The fields of a product, a partner or a run: drawn, filled with what is known, and read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.master_kinds import KINDS, Master, kg_per_unit, target_kg
from dashboards.commands.refusals import BadValue
from dashboards.views.columns import DAY_FORMAT
from dashboards.views.number_fields import number_field, number_shown, number_typed
from dashboards.words import masters as words
from sql.process_words import StorageClass
from sql.units import KILOGRAM, UNITS
from sql.vocabulary import ROLES_BETWEEN, PartnerRole, RunStatus

NUMBERS = {"daily_target_kg": target_kg, "kg_per_unit": kg_per_unit}
MOMENTS = ("started_at", "ended_at")
RETIRED = "is_retired"


def draw_fields(form: str, master: Master, *, leave_out: tuple[str, ...] = ()) -> None:
    """Draw a field for each value that may change, two side by side; keys begin with the form."""
    places = st.columns(2)
    drawn = 0
    for name in KINDS[master].readers:
        if name in leave_out:
            continue
        if name in MOMENTS:
            draw_moment(form, name, words.MASTER_FIELDS[name])
            continue
        _draw_field(places[drawn % 2], f"{form}_{name}", name)
        drawn += 1


def _draw_field(place: Any, key: str, name: str) -> None:
    """Draw one field as what it holds: a choice, a number, or text."""
    label = words.MASTER_FIELDS[name]
    if name == "role":
        place.multiselect(
            label,
            list(PartnerRole),
            key=key,
            format_func=words.PARTNER_ROLES.__getitem__,
            placeholder=words.MASTER_SEVERAL,
            help=words.MASTER_ROLE_HELP,
        )
    elif name == "status":
        place.selectbox(label, list(RunStatus), key=key, format_func=words.RUN_STATUSES.__getitem__)
    elif name == "unit":
        place.selectbox(label, UNITS, index=None, key=key, placeholder=KILOGRAM)
    elif name == "storage_class":
        place.selectbox(
            label,
            list(StorageClass),
            index=None,
            key=key,
            format_func=words.STORAGE_CLASSES.__getitem__,
            placeholder=words.MASTER_NOBODY_SAID,
        )
    elif name == RETIRED:
        place.checkbox(label, key=key)
    elif name in NUMBERS:
        number_field(place, label, key=key, read=NUMBERS[name])
    else:
        place.text_input(label, key=key)


def draw_moment(form: str, name: str, what: str) -> None:
    """Draw a day and a time of the site's clock."""
    day, clock = st.columns(2)
    day.date_input(
        words.MASTER_DAY.format(what=what), value=None, key=f"{form}_{name}_day", format=DAY_FORMAT
    )
    clock.time_input(
        words.MASTER_TIME.format(what=what), value=None, key=f"{form}_{name}_time", step=60
    )


def said(form: str, master: Master, zone: ZoneInfo) -> dict[str, Any]:
    """Read what the fields say, by the record's columns; those that were not drawn are left out.

    Raises:
        BadValue: A number can't be read, or a day stands without a time.
    """
    read: dict[str, Any] = {}
    for name in KINDS[master].readers:
        key = f"{form}_{name}"
        if name in MOMENTS:
            if f"{key}_day" in st.session_state:
                read[name] = moment_typed(form, name, zone)
        elif name == "role":
            read[name] = ROLES_BETWEEN.join(st.session_state[key])
        elif name in NUMBERS:
            read[name] = number_typed(key, read=NUMBERS[name])
        elif key in st.session_state:
            read[name] = st.session_state[key]
    return read


def moment_typed(form: str, name: str, zone: ZoneInfo) -> datetime | None:
    """Return the moment that a day and a time say; None where neither was typed.

    Nobody types seconds: what reads as it was filled in stays what it was.

    Raises:
        BadValue: A day stands without a time.
    """
    day, clock = (st.session_state[f"{form}_{name}_{part}"] for part in ("day", "time"))
    was = st.session_state.get(f"{form}_was", {}).get(name)
    if was is not None and (day, clock) == _day_and_minute(was, zone):
        return was
    if clock is None and day is None:
        return None
    if clock is None:
        raise BadValue(
            words.MASTER_DAY_ALONE.format(what=words.MASTER_FIELDS[name]), field=name, code="TIME"
        )
    return datetime.combine(day or datetime.now(zone).date(), clock, zone)


def fill(form: str, master: Master, row: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Fill the fields with what is known of a row."""
    filled: dict[str, Any] = {f"{form}_was": {name: row.get(name) for name in MOMENTS}}
    for name in KINDS[master].readers:
        value, key = row[name], f"{form}_{name}"
        if name in MOMENTS:
            day, clock = (None, None) if value is None else _day_and_minute(value, zone)
            filled |= {f"{key}_day": day, f"{key}_time": clock}
        elif name == "role":
            filled[key] = [PartnerRole(role) for role in value.split(ROLES_BETWEEN)]
        elif name in NUMBERS:
            filled[key] = number_shown(value)
        elif name in ("unit", RETIRED):
            filled[key] = value
        else:
            filled[key] = RunStatus(value) if name == "status" else value or ""
    st.session_state.update(filled)


def _day_and_minute(moment: datetime, zone: ZoneInfo) -> tuple[Any, Any]:
    """Return the day and the minute that a clock on the site showed."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0, fold=0)
    return local.date(), local.time()
