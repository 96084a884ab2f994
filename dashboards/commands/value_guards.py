"""What was measured must keep the gate's limits before a lot passes: refuse what doesn't.

At every gate, critical or not. A guard reads and refuses; it never writes.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from dashboards.commands.decision_guards import gate_said
from dashboards.commands.gate_values import CELSIUS, Key, is_needed, key_of, limit_said
from dashboards.commands.measured import beyond_limits, result_said, words_of
from dashboards.commands.process.differences import bounds_said
from dashboards.commands.refusals import BadValue, DecisionRefused
from dashboards.commands.results import Result
from dashboards.commands.wording import site_minute
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, ResultWord

BODES_ILL = (ResultWord.DETECTED, ResultWord.NOT_OK)
WAY_OUT = "Decide HOLD or FAIL."


class Place(NamedTuple):
    """Where it is decided, as people call it, and whether it is a critical control point."""

    said: str
    is_ccp: bool


def place_of(gate: Row | None) -> Place:
    """Return where it is decided; without a gate nothing is critical."""
    if gate is None:
        return Place("A decision without a gate", is_ccp=False)
    return Place(gate_said(gate), is_ccp=gate["is_ccp"])


def guard_values(
    transaction: Transaction,
    place: Place,
    lot: Row,
    decision: str,
    limits: Sequence[Row],
    measured_c: Decimal | None,
    given: Mapping[Key, Result],
) -> None:
    """Refuse a critical gate's decision without its temperature, and a PASS against its limits.

    Args:
        transaction: Open transaction.
        place: Where it is decided.
        lot: The lot.
        decision: PASS, HOLD or FAIL.
        limits: What the lot must keep there, with its latest results.
        measured_c: The temperature that was given, °C: of every limit there in °C.
        given: What was given by name.

    Raises:
        BadValue: A critical gate measures a temperature and none was given; a PASS lacks a value
            that it needs: names it, and how to give it.
        DecisionRefused: A PASS although a value given, or the latest there, breaks its limit.
    """
    warm = [limit for limit in limits if limit["unit"] == CELSIUS]
    if place.is_ccp and warm and measured_c is None and given.keys().isdisjoint(map(key_of, warm)):
        raise BadValue(
            f"{place.said} is a critical control point: enter the measured temperature "
            f"({', '.join(words_of(limit['characteristic']) for limit in warm)}).",
            field="temperature_c",
            code="CCP_TEMP_REQUIRED",
        )
    if decision != Decision.PASS:
        return
    _guard_temperature(place, lot, warm, measured_c)
    missing = [
        limit
        for limit in limits
        if not _keeps(transaction, place, lot, limit, measured_c, given.get(key_of(limit)))
        and is_needed(limit, is_ccp=place.is_ccp)
    ]
    if missing:
        raise BadValue(
            f"Lot {lot['lot_code']} can't pass {place.said} without "
            f"{' and '.join(map(limit_said, missing))}: no result shows that it is kept. Enter "
            "what was measured with the decision, or decide HOLD.",
            field="temperature_c" if missing == warm and len(warm) == 1 else "measured",
            code="VALUE_REQUIRED",
        )


def _guard_temperature(
    place: Place, lot: Row, warm: Sequence[Row], measured_c: Decimal | None
) -> None:
    """Refuse to pass a lot at a temperature outside any limit in °C."""
    coldest = [limit["lower_bound"] for limit in warm if limit["lower_bound"] is not None]
    warmest = [limit["upper_bound"] for limit in warm if limit["upper_bound"] is not None]
    named = "critical limit" if place.is_ccp else "limit"
    wrong = beyond_limits(
        measured_c, max(coldest, default=None), min(warmest, default=None), named=named
    )
    if wrong is not None:
        raise _outside(place, lot, wrong, "temperature_c", WAY_OUT)


def _keeps(
    transaction: Transaction,
    place: Place,
    lot: Row,
    limit: Row,
    measured_c: Decimal | None,
    given: Result | None,
) -> bool:
    """Tell whether a value shows that a limit is kept; refuse where one shows that it isn't.

    A value given counts before the latest result there.
    """
    if given is None and measured_c is not None and limit["unit"] == CELSIUS:
        return True
    found, within, when, way_out = limit["result"], limit["within"], limit["measured_at"], WAY_OUT
    if given is not None:
        found, when, within = str(given), None, _within(transaction, limit, given)
    if within is False or (not limit["is_limited"] and found in BODES_ILL):
        wrong = result_said({**limit, "result": found})
        if when is not None:
            wrong += f", the latest result there, of {site_minute(when)},"
            way_out = "Measure again and enter that with the decision, or decide HOLD or FAIL."
        bounds = f"outside the limit {bounds_said(limit)}"
        wrong += f" is {bounds if limit['is_limited'] else 'not what any limit allows'}"
        raise _outside(place, lot, wrong, "measured", way_out)
    return bool(within) if given is not None else limit["was_kept"]


def _within(transaction: Transaction, limit: Row, given: Result) -> bool | None:
    """Judge a value as the record judges results; None: its sign leaves it open."""
    return transaction.value(
        "result_keeps",
        sign=given.sign,
        value=given.value,
        word=given.word,
        lower_bound=limit["lower_bound"],
        upper_bound=limit["upper_bound"],
        wanted=limit["word"],
    )


def _outside(place: Place, lot: Row, wrong: str, field: str, way_out: str) -> DecisionRefused:
    return DecisionRefused(
        f"Lot {lot['lot_code']} can't pass {place.said}: {wrong}. {way_out}",
        field=field,
        code="CCP_LIMIT" if place.is_ccp else "GATE_LIMIT",
    )
