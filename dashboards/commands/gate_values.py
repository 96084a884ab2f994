"""What the limits of a gate ask of a lot that is decided about there, and what was measured of it.

Which values those are says the plant's process: nothing here knows a temperature from any other
characteristic. A value is given by name with the decision, or is the lot's latest result at the
gate. What is typed for it is read and matched here; what follows is for `value_guards`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from dashboards.commands.measured import unit_kept, words_of
from dashboards.commands.plausible import require_plausible
from dashboards.commands.process.differences import bounds_said
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import Result, result, unit_of
from sql.record.transactions import Row, Transaction

CELSIUS = "C"
FIELD = "measured"
Key = tuple[str, str]


class Measured(NamedTuple):
    """What a person measured at the gate where they decide; no unit: that of the gate's limit."""

    characteristic: str
    value: Result | Decimal | float | str | None
    unit: str | None = None


def values_asked(
    transaction: Transaction, gate_id: int | None, lot_id: int, at: datetime
) -> list[Row]:
    """Return what the lot must keep at the gate at a moment, each limit with the latest result.

    Without a gate nothing is asked.
    """
    if gate_id is None:
        return []
    return transaction.all("values_at_gate", gate_id=gate_id, lot_id=lot_id, moment=at)


def key_of(limit: Row) -> Key:
    """Return what tells a limit from the others of its gate, and a value of it from theirs."""
    return limit["characteristic"], limit["unit"]


def limit_said(limit: Row) -> str:
    """Say what is measured and what it must keep: ash (≥ 0.4 and ≤ 1.2 %)."""
    return f"{words_of(limit['characteristic'])} ({bounds_said(limit)})"


def is_needed(limit: Row, *, is_ccp: bool) -> bool:
    """Tell whether a PASS needs a value for a limit: at a critical gate, or where the process asks.

    A limit without a bound needs none.
    """
    return limit["is_limited"] and (is_ccp or limit["is_asked"])


def given_by_name(
    place: str, lot: Row, limits: Sequence[Row], measured: Iterable[Measured], bounds: Row
) -> Mapping[Key, Result]:
    """Match what was measured with the limits that ask for it; what was left empty is left out.

    Args:
        place: Where it is decided, as people say it.
        lot: The lot that is decided about.
        limits: What is asked of it there.
        measured: What a person says was measured.
        bounds: What the plant takes for a plausible temperature.

    Raises:
        BadValue: A value is no result, or none that the limit can be held against; nothing there
            asks for it; it is said twice; a temperature is beyond what is plausible.
    """
    given: dict[Key, Result] = {}
    for one in measured:
        try:
            found = result(one.value, words_of(one.characteristic))
            if found is None:
                continue
            limit = _limit_of(place, lot, limits, one, found)
            _guard_value(limit, found, bounds)
        except BadValue as bad:  # called by its own name; for a program it is one of `measured`
            raise BadValue(str(bad), field=FIELD, code=bad.code) from bad
        if key_of(limit) in given:
            said = words_of(limit["characteristic"])
            raise BadValue(f"{said} is there twice. Say it once.", field=FIELD, code="TWICE")
        given[key_of(limit)] = found
    return given


def _guard_value(limit: Row, found: Result, bounds: Row) -> None:
    """Refuse a word where a number is asked for or the other way, and what is not plausible."""
    if (found.word is None) != (limit["word"] is None) and limit["is_limited"]:
        wanted = "a word: ok, not ok, detected or not detected" if limit["word"] else "a number"
        raise BadValue(f"{limit_said(limit)} asks for {wanted}; not {str(found)!r}.", code="RESULT")
    if limit["unit"] == CELSIUS:
        said = words_of(limit["characteristic"])
        require_plausible(found.value, said, bounds["coldest_c"], bounds["warmest_c"])


def _limit_of(place: str, lot: Row, limits: Sequence[Row], one: Measured, found: Result) -> Row:
    """Find the limit that asks for what was measured, or refuse what nothing asks for."""
    typed = words_of(one.characteristic).lower()
    unit = unit_kept(one.unit) if one.unit and one.unit.strip() else None
    if found.sought_in or (unit and found.word is not None):
        unit = unit_of(found, unit, "unit")
    matching = [
        limit
        for limit in limits
        if words_of(limit["characteristic"]).lower() == typed and unit in (None, limit["unit"])
    ]
    if len(matching) == 1:
        return matching[0]
    asked = ", ".join(
        f"{words_of(limit['characteristic'])} {limit['unit']}".rstrip() for limit in limits
    )
    raise BadValue(
        f"{place} asks for no {words_of(one.characteristic)} {unit or ''}".rstrip()
        + f" of lot {lot['lot_code']}; it asks for {asked or 'nothing that is measured'}. "
        "Anything else is recorded as a result of the lot.",
        code="NOT_ASKED",
    )


def write_values(transaction: Transaction, given: Mapping[Key, Result], decision: Row) -> None:
    """Keep what was given with a decision as results of the lot at its gate, of its moment."""
    for (characteristic, unit), found in given.items():
        transaction.value(
            "write_reading",
            lot_id=decision["lot_id"],
            gate_id=decision["gate_id"],
            sign=found.sign,
            value=found.value,
            word=found.word,
            characteristic=characteristic,
            unit=unit,
            operator_id=decision["operator_id"],
            happened_at=decision["happened_at"],
        )
