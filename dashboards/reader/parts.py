"""How a part of a whole is written, and a value with its unit: the percent sign stands close to it.

One way, on every screen, in every refusal and in the terminal: 97.7%, 5%, ≤ 15.5%.
"""

from decimal import Decimal

from dashboards.reader.signs import number

PERCENT = "%"
_NOISE_DIGITS = 9  # of a percent: what computing with doubles may add


def percent(ratio: Decimal | float, places: int = 1, *, sign: str = "") -> str:
    """Write a ratio in percent, with the reader's decimal sign.

    A whole number is written so. 100.0% says that it was rounded, 100% that it is all.

    Args:
        ratio: The part; 1 is the whole.
        places: With how many decimals a part is written that is no whole percent.
        sign: `+` writes a plus before what is more than nothing.
    """
    exact = round(ratio * 100, _NOISE_DIGITS)
    return number(ratio, f"{sign},.{0 if exact == round(exact) else places}%")


def with_unit(value: str, unit: str | None) -> str:
    """Write a value with its unit: 72 °C, 15 s, 15.5%, not detected.

    Args:
        value: As it is written.
        unit: As it is kept: degrees are kept as C; None or empty: it has none.
    """
    said = "°C" if unit == "C" else unit or ""
    return f"{value}{said}" if said == PERCENT else f"{value} {said}".rstrip()
