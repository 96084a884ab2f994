"""How a weight and a number of things are said, and the word for what nobody knows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.reader.signs import number, trimmed
from sql.amounts import GRAM_PLACES, MILLIGRAM_PLACES, Amount, Sureness

UNKNOWN = "unknown"
NOT_RECORDED = "not recorded"

_SURENESS = {
    Sureness.EXACTLY: "{kg}",
    Sureness.AT_MOST: "at most {kg}",
    Sureness.AT_LEAST: "at least {kg}",
    Sureness.UNKNOWN: UNKNOWN,
}


def kilograms(value: Decimal | float | None) -> str:
    """Say a weight with its unit, as finely as it was written down; an unknown one is no zero.

    What was computed, a double, is said to the gram.
    """
    if value is None:
        return UNKNOWN
    places = MILLIGRAM_PLACES if isinstance(value, Decimal) else GRAM_PLACES
    return f"{trimmed(value, places)} kg"


def measured_words(characteristic: str | None) -> str | None:
    """Say what was measured: limits are kept under code words such as mix_temperature."""
    return None if characteristic is None else characteristic.replace("_", " ")


def unit_words(unit: str | None) -> str | None:
    """Say a unit; degrees are kept as C."""
    return "°C" if unit == "C" else unit


def amount(known: Amount) -> str:
    """Say kilograms as surely as they are known: 90 kg, at most 90 kg, at least 10 kg, unknown."""
    return _SURENESS[known.sureness].format(kg=kilograms(known.said_kg))


def in_own_unit(quantity: Decimal | float | None, unit: str | None) -> str | None:
    """Say an amount with its unit, such as 40 pcs; None where there is none.

    What was computed, a double, is said to the thousandth.
    """
    if quantity is None:
        return None
    places = MILLIGRAM_PLACES if isinstance(quantity, Decimal) else GRAM_PLACES
    return f"{trimmed(quantity, places)} {unit}"


def how_much(quantity: Decimal | None, unit: str | None, kg: Decimal | None) -> str:
    """Say an amount in its own unit with kilograms beside, as far as either is known."""
    own = in_own_unit(quantity, unit)
    if own is None:
        return kilograms(kg)
    return own if kg is None else f"{own} · {kilograms(kg)}"


def on_hand(lot: Mapping[str, Any]) -> str:
    """Say what is left of a lot, or by how much it is overdrawn; in its own unit first.

    Args:
        lot: What is known of it: on_hand_kg, on_hand_at_most_kg, and where there are such,
            overdrawn_kg and overdrawn_at_least_kg; unit, on_hand_quantity,
            on_hand_at_most_quantity and overdrawn_quantity.
    """
    own, in_kilograms = _own_on_hand(lot), _kilograms_on_hand(lot)
    if own is None:
        return in_kilograms
    return own if in_kilograms == UNKNOWN else f"{own} · {in_kilograms}"


def _own_on_hand(lot: Mapping[str, Any]) -> str | None:
    """Say what is left of a lot in its own unit; None where it has none, or nobody can tell."""
    for name, words in (
        ("overdrawn_quantity", "overdrawn by {amount}"),
        ("on_hand_quantity", "{amount}"),
        ("on_hand_at_most_quantity", "at most {amount}"),
    ):
        said = in_own_unit(lot.get(name), lot.get("unit"))
        if said is not None:
            return words.format(amount=said)
    return None


def _kilograms_on_hand(lot: Mapping[str, Any]) -> str:
    """Say the kilograms that are left of a lot."""
    over = Amount.of({"overdrawn_kg": None, **lot}, "overdrawn")
    if over.said_kg:
        return f"overdrawn by {amount(over)}"
    return amount(Amount.of(lot, "on_hand"))


def plural(count: int, noun: str, ending: str = "s") -> str:
    """Say a number of things: 1 lot, 2,000 lots."""
    return f"{number(count)} {noun}{'' if count == 1 else ending}"


def sentence(text: str) -> str:
    """Say what somebody wrote as a sentence: a capital to begin with, one full stop at its end."""
    told = text.strip()
    ending = "" if told.endswith((".", "!", "?", "…")) else "."
    return f"{told[:1].upper()}{told[1:]}{ending}"


def first_of(shown: int, count: int) -> str:
    """Say that only the first of many things are shown: The first 200 of 722."""
    return f"The first {number(shown)} of {number(count)}"


def over_words(over_count: int, unknown_count: int) -> str:
    """Say how many lots gave out too much; those of unknown kilograms may be among them."""
    return f"at least {number(over_count)}" if unknown_count else number(over_count)


def together(codes: Sequence[str], most: int = 3) -> str:
    """Name several things in one go: the first few, and how many more there are."""
    if len(codes) == 1:
        return codes[0]
    if len(codes) <= most:
        return f"{', '.join(codes[:-1])} and {codes[-1]}"
    return f"{', '.join(codes[:most])} and {number(len(codes) - most)} more"
