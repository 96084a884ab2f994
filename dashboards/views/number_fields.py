"""The one field in which people type a number: kept as typed, or refused right under it.

A browser's own number field drops what it does not know, without a word: `25,5` becomes 255. This
one is a text field; what stands in it is read by the one parser of the commands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.commands.numbers import plain_number
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import Result, result
from dashboards.reader.signs import decimal_sign
from dashboards.views.plain import literal
from dashboards.words.measuring import RESULT_HELP

Read = Callable[[str, str], Decimal | None]

# Languages that write a decimal comma, but for the countries that write a point in them.
_LANGUAGES = (
    "bg bs ca cs da de el es et eu fi fr gl hr hu id is it kk lt lv mk nb nl nn no pl pt ro ru sk "
    "sl sq sr sv tr uk vi"
)
_COMMA = frozenset(_LANGUAGES.split())
_POINT = frozenset({"de-CH", "de-LI", "es-MX", "es-US", "fr-CH", "it-CH"})


@dataclass(frozen=True)
class Typed:
    """A number that stands in a field, to be read when it is acted upon."""

    key: str
    read: Read = values.weight_kg

    def typed(self) -> Decimal | None:
        """Return the number; refuses as `number_typed` does."""
        return number_typed(self.key, read=self.read)


@dataclass(frozen=True)
class TypedResult:
    """A result of a measurement that stands in a field: a number, a signed one, or a word."""

    key: str

    def typed(self) -> Result | None:
        """Return the result, None where nothing stands there; refuses as `result` does."""
        text = st.session_state.get(self.key)
        return None if text is None else result(text, _name(self.key), reader_sign())


def result_field(place: Any, label: str, *, key: str) -> None:
    """Draw a field for a result, and under it why what stands there can't be taken."""
    place.text_input(label, key=key, placeholder=RESULT_HELP)
    st.session_state[_asked(key)] = label
    _say_refused(place, TypedResult(key))


def number_field(place: Any, label: str, *, key: str, read: Read = values.weight_kg) -> None:
    """Draw a field for a number, and under it why what stands there can't be taken.

    Args:
        place: Where to draw it: a column, or Streamlit itself.
        label: What is asked, with its unit.
        key: Where the typed text is kept.
        read: Reads the number; its bounds and places are the field's.
    """
    place.text_input(label, key=key)
    st.session_state[_asked(key)] = label
    _say_refused(place, Typed(key, read))


def _say_refused(place: Any, field: Typed | TypedResult) -> None:
    """Say under a field why what stands in it can't be taken."""
    try:
        field.typed()
    except BadValue as bad:
        place.error(literal(str(bad)))


def number_typed(key: str, *, read: Read = values.weight_kg) -> Decimal | None:
    """Return the number in a field, None where nothing stands there.

    Raises:
        BadValue: It is no number, could be two, or breaks the field's bounds.
    """
    text = st.session_state.get(key)
    if not isinstance(text, str):
        return None if text is None else Decimal(str(text))
    if not text.strip():
        return None
    name = _name(key)
    return read(plain_number(text, name, reader_sign()), name)


def number_shown(value: Decimal | float | None) -> str:
    """Write a number as the reader types it, for a field that is filled already."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", decimal_sign())


def reader_sign() -> str | None:
    """Return the decimal sign of the reader's browser; None where it doesn't say its language."""
    locale = st.context.locale
    if not locale:
        return None
    is_comma = locale not in _POINT and locale.partition("-")[0].lower() in _COMMA
    return "," if is_comma else "."


def _name(key: str) -> str:
    """Return what to call a field where it is refused."""
    return str(st.session_state.get(_asked(key), key)).partition(" (")[0]


def _asked(key: str) -> str:
    """Name the place where a field's label is kept, to call it by where it is refused."""
    return f"{key}_asked"
