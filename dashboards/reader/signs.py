"""With which decimal sign numbers are written for whoever reads them.

A table's numbers are written by the reader's browser, in the reader's language. What we write in
words must not say 29.991 kg beside a table's 29,991: it asks for the same sign. Files, the API and
the terminal write a point, always. How what people type is read is not here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

# Behind a decimal comma, thousands stand apart by a space that no line breaks at.
_WITH_COMMA = str.maketrans({",": "\u00a0", ".": ","})

_RESULT = re.compile(r"[<>≤≥]?-?\d+\.\d+")

_askers: list[Callable[[], str | None]] = []
_is_in_file: ContextVar[bool] = ContextVar("_is_in_file", default=False)


def ask_by(sign_of_reader: Callable[[], str | None]) -> None:
    """Have the reader asked this way for the decimal sign; None: nobody can tell."""
    _askers[:] = [sign_of_reader]


def number(value: Decimal | float, form: str = ",") -> str:
    """Write a number with the reader's decimal sign.

    Args:
        value: The number.
        form: How it is written where a point is read, as `format` takes it: `,.1f`, `.0%`.
    """
    said = f"{value:{form}}"
    return said.translate(_WITH_COMMA) if decimal_sign() == "," else said


def trimmed(value: Decimal | float, places: int) -> str:
    """Write a number with at most so many decimals, and no zeros at their end."""
    whole, sign, behind = number(value, f",.{places}f").partition(decimal_sign())
    behind = behind.rstrip("0")
    return f"{whole}{sign}{behind}" if behind else whole


def as_read(text: str) -> str:
    """Write with the reader's sign what the record says as text: `<6.2`; words stay words."""
    return text.replace(".", decimal_sign()) if _RESULT.fullmatch(text) else text


def decimal_sign() -> str:
    """Return the decimal sign of whoever reads; a point where nobody can tell."""
    if _is_in_file.get():
        return "."
    return next((sign for ask in _askers if (sign := ask())), ".")


@contextmanager
def written_to_a_file() -> Iterator[None]:
    """Write numbers with a point, whoever asks for the file: it is read anywhere."""
    before = _is_in_file.set(True)
    try:
        yield
    finally:
        _is_in_file.reset(before)
