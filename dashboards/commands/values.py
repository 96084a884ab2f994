"""What a field's value must look like before a rule looks at it.

Shared by every face, so that a screen, the API and an import refuse the same things in the same
words. Each function returns the value as the record keeps it, or raises BadValue naming the
field, the value, the rule and the way out.
"""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from dashboards.commands.numbers import KILOGRAM_PLACES, READING_PLACES, number
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import site_minute

__all__ = ["KILOGRAM_PLACES", "READING_PLACES", "number"]

LONGEST_CODE = 250
LONGEST_TEXT = 1000
# What is possible; what is plausible says the plant's process (`dashboards.commands.plausible`).
HEAVIEST_LOT_KG = Decimal("999999999.999")
COLDEST_C = Decimal("-273.15")
WARMEST_C = Decimal("9999.99")
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)  # before it, nobody wrote such things down
CLOCK_SKEW = timedelta(minutes=5)
_TOO_EARLY = f"lies before {EARLIEST:%Y}. Check the year."


def letter_count(text: str) -> int:
    """Count the characters of a trimmed text that show by themselves: no marks, no controls."""
    return sum(unicodedata.category(character)[0] not in "CM" for character in text)


def code(value: str, field: str) -> str:
    """Read a code as the record keeps it: trimmed, NFC, 1 to 250 printable characters."""
    kept = unicodedata.normalize("NFC", value).strip()
    if not kept:
        raise BadValue(f"{field} must not be empty.", field=field, code="EMPTY")
    if len(kept) > LONGEST_CODE:
        raise BadValue(
            f"{field} has {len(kept)} characters; at most {LONGEST_CODE}.",
            field=field,
            code="LENGTH",
        )
    for position, character in enumerate("" if kept.isprintable() else kept, start=1):
        if not character.isprintable():
            raise BadValue(
                f"{field}: character {position} ({character_name(character)}) is not allowed. "
                "Type it as printed on the label.",
                field=field,
                code="CHARACTERS",
            )
    return kept


def character_name(character: str) -> str:
    """Name a character so that a person can find it, even one that shows as nothing."""
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{point} {name.lower()}" if name else point


def free_text(value: str | None, field: str, *, longest: int = LONGEST_TEXT) -> str | None:
    """Read a note or name, trimmed; None where nothing visible is left."""
    kept = unicodedata.normalize("NFC", value or "").strip()
    if len(kept) > longest:
        raise BadValue(
            f"{field} has {len(kept)} characters; at most {longest}.", field=field, code="LENGTH"
        )
    for position, character in enumerate(kept, start=1):
        if not character.isprintable() and character not in "\n\r\t\u200d":
            raise BadValue(
                f"{field}: character {position} ({character_name(character)}) can't be printed. "
                "Retype it.",
                field=field,
                code="CHARACTERS",
            )
    return kept or None


def weight_kg(value: Decimal | float | int | str | None, field: str) -> Decimal | None:
    """Read a weight in kilograms, 0 to below 10^9 with at most 6 places; None: unknown."""
    return number(value, field, lowest=Decimal(0), highest=HEAVIEST_LOT_KG)


def moved_kg(value: Decimal | float | int | str | None, field: str) -> Decimal | None:
    """Read how much moved, as a weight; None: unknown. Nothing at all is no movement: refused."""
    moved = number(value, field)
    if moved is not None and moved < 0:
        raise BadValue(
            f"{field} is {moved.normalize():f} kg: less than nothing can't move. What a customer "
            "sent back is a movement, RETURNED; what was recorded by mistake is voided.",
            field=field,
            code="RANGE",
        )
    moved = weight_kg(moved, field)
    if moved == 0:
        raise BadValue(
            f"{field} is 0 kg: nothing moved, so there is nothing to record. Leave it empty where "
            "the amount is unknown.",
            field=field,
            code="ZERO",
        )
    return moved


def temperature_c(value: Decimal | float | int | str | None, field: str) -> Decimal | None:
    """Read a temperature in °C, absolute zero or more, at most 2 places; None: not measured."""
    return number(value, field, lowest=COLDEST_C, highest=WARMEST_C, places=2)


def moment(value: datetime | None, field: str = "happened_at") -> datetime:
    """Read a time on the floor in UTC; now where none is given; not before 1900, nor to come."""
    now = datetime.now(UTC)
    if value is None:
        return now
    if value.tzinfo is None:
        raise BadValue(
            f"{field} needs an offset, such as {now:%Y-%m-%dT%H:%M}+01:00.",
            field=field,
            code="TIME",
        )
    if value < EARLIEST:
        raise BadValue(f"{field} {value.isoformat()} {_TOO_EARLY}", field=field, code="TIME")
    if value > now + CLOCK_SKEW:
        raise BadValue(
            f"{field} {site_minute(value)} lies in the future.", field=field, code="TIME"
        )
    return value.astimezone(UTC)


def day(value: date | None, field: str) -> date | None:
    """Read a day, such as the last one of use; None for none; not before 1900."""
    if value is not None and value < EARLIEST.date():
        raise BadValue(f"{field} {value.isoformat()} {_TOO_EARLY}", field=field, code="TIME")
    return value
