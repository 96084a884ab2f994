"""How amounts in several units are said: unit by unit, kilograms beside, unlike units never one."""

from collections.abc import Sequence

from dashboards.words.english.measures import UNKNOWN, amount, in_own_unit
from sql.amounts import NOTHING, Amount, Sureness, total
from sql.unit_amounts import InUnit

IN_ALL = "{kilograms} ({parts})"
_SURENESS = {
    Sureness.EXACTLY: "{amount}",
    Sureness.AT_MOST: "at most {amount}",
    Sureness.AT_LEAST: "at least {amount}",
    Sureness.UNKNOWN: "unknown {unit}",
}


def amount_in_unit(known: Amount, unit: str) -> str:
    """Say an amount in a unit as surely as it is known: 40 pcs, at most 40 pcs, unknown pcs."""
    said = in_own_unit(known.said_kg, unit)
    return _SURENESS[known.sureness].format(amount=said, unit=unit)


def in_each_unit(sums: Sequence[InUnit]) -> str:
    """Say sums unit by unit, kilograms beside: 40 pcs · 30 kg + 20 l; of nothing: 0 kg.

    What comes to nothing is left out where something else doesn't. Where each is known in kilograms
    too, what they come to in all stands first: 50 kg (40 pcs · 30 kg + 20 kg).
    """
    something = [one for one in sums if one.amount != NOTHING] or sums[:1]
    said = " + ".join(map(_with_kilograms, something)) or amount(NOTHING)
    is_weighed = all(one.kg.most_kg is not None for one in something)
    if len(something) < 2 or not is_weighed:
        return said
    return IN_ALL.format(kilograms=amount(total(one.kg for one in something)), parts=said)


def beside_kilograms(sums: Sequence[InUnit]) -> str | None:
    """Say sums unit by unit where kilograms stand elsewhere; None: nothing has a unit.

    What comes to nothing is left out where something else doesn't.
    """
    counted = [one for one in sums if one.unit is not None]
    something = [one for one in counted if one.amount != NOTHING] or counted
    said = [amount_in_unit(one.amount, one.unit) for one in something if one.unit is not None]
    return " + ".join(said) or None


def _with_kilograms(one: InUnit) -> str:
    """Say one unit's sum, and kilograms as far as they are known."""
    kg = amount(one.kg)
    if one.unit is None:
        return kg
    own = amount_in_unit(one.amount, one.unit)
    return own if kg == UNKNOWN else f"{own} · {kg}"
