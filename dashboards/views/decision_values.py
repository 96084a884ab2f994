"""What the form of a decision asks to be measured: whatever the gate's limits ask of the lot.

A gate's only temperature is kept with the decision, all else as results of the lot at the gate.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands import values
from dashboards.commands.gate_values import CELSIUS, Measured, is_needed
from dashboards.reader.parts import with_unit
from dashboards.views.decision_said import limits_said
from dashboards.views.number_fields import TypedResult, number_field, number_typed, result_field
from dashboards.views.tables import local
from dashboards.words import measured_words, unit_words
from dashboards.words import measuring as words
from sql.record.transactions import Row


def draw_limits(gate: Row, lot_code: str | None, limits: Sequence[Row]) -> None:
    """Say what the chosen lot must keep at the gate, and what a critical one wants measured."""
    said = limits_said(lot_code, limits) if lot_code is not None and gate["gate_id"] else ""
    if not gate["is_ccp"]:
        if said:
            st.caption(said)
        return
    wanted = [limit["characteristic"] for limit in limits if _is_asked_for(gate, limit)]
    if lot_code is None and gate["is_measured"]:
        st.warning(words.CCP_CHOOSE)
    elif wanted:
        named = ", ".join(str(measured_words(one)) for one in wanted)
        st.warning(f"{words.CCP_NEEDS.format(values=named)} {said}")
    else:
        st.warning(f"{words.CCP_ALONE} {said}".rstrip())


def draw_values(gate: Row, limits: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw a field for each limit that the lot has at the gate, with its latest result there."""
    number, temperature = gate["gate_id"], _only_temperature(limits)
    asked: list[tuple[str, str, str]] = []
    for limit in limits:
        what, unit = limit["characteristic"], limit["unit"]
        if limit is temperature:
            key = _temperature_key(number)
            number_field(st, _label(gate, limit), key=key, read=values.temperature_c)
        else:
            key = f"qc_value_{number}_{what}_{unit}"
            result_field(st, _label(gate, limit), key=key)
            asked.append((what, unit, key))
        _draw_latest(limit, zone)
    st.session_state[_asked_place(number)] = asked


def values_typed(gate: Row) -> dict[str, Any]:
    """Return what was measured, as the form says: the temperature, and each other result.

    Raises:
        BadValue: What stands in a field is no number or result.
    """
    number = gate["gate_id"]
    asked = st.session_state.get(_asked_place(number), [])
    typed = [Measured(what, TypedResult(key).typed(), unit) for what, unit, key in asked]
    return {
        "temperature": number_typed(_temperature_key(number), read=values.temperature_c),
        "measured": [one for one in typed if one.value is not None],
    }


def value_keys(gate_id: int) -> list[str]:
    """Name the fields for what was measured, to be emptied with the form."""
    asked = st.session_state.get(_asked_place(gate_id), [])
    return [_temperature_key(gate_id), *(key for *_, key in asked)]


def _only_temperature(limits: Sequence[Row]) -> Row | None:
    """Return the limit in °C, where there is one and no more: several are told apart by name."""
    warm = [limit for limit in limits if limit["unit"] == CELSIUS]
    return warm[0] if len(warm) == 1 else None


def _is_asked_for(gate: Row, limit: Row) -> bool:
    """Tell whether a value is asked for, at a critical gate a temperature without bounds too."""
    is_ccp = gate["is_ccp"]
    return is_needed(limit, is_ccp=is_ccp) or (is_ccp and limit["unit"] == CELSIUS)


def _label(gate: Row, limit: Row) -> str:
    """Call a field by what is measured and its unit, and say whether a PASS needs it."""
    what, unit = str(measured_words(limit["characteristic"])), unit_words(limit["unit"])
    named = what[:1].upper() + what[1:] if what.islower() else what
    said = named if unit in ("", what) else f"{named}, {unit}"
    if not _is_asked_for(gate, limit):
        return said
    return f"{said} ({words.NEEDED_AT_CCP if gate['is_ccp'] else words.NEEDED})"


def _draw_latest(limit: Row, zone: ZoneInfo) -> None:
    """Say the lot's latest result of a limit at the gate, and whether it lets the lot pass."""
    if limit["result"] is None:
        return
    result = with_unit(limit["result"], limit["unit"])
    said = words.LATEST_HERE.format(result=result, moment=local(limit["measured_at"], zone))
    st.caption(said + (words.MEASURE_AGAIN if limit["within"] is False else ""))


def _temperature_key(gate_id: int) -> str:
    return f"qc_temperature_{gate_id}"


def _asked_place(gate_id: int) -> str:
    """Name the place where it is noted what the form asks for besides a temperature."""
    return f"qc_asked_{gate_id}"
