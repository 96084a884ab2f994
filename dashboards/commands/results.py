"""What a measurement came to: a number, less or more than one (`<10`), or a word (`not detected`).

One reading of results for every face. Whether a result keeps its limit is judged in the record, by
`result_within`.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from dashboards.commands.numbers import READING_PLACES, number, plain_number
from dashboards.commands.refusals import BadValue
from sql.vocabulary import ResultWord

LARGEST = Decimal(10) ** 12
_SIGNED = re.compile(r"(<=|>=|[<>≤≥])\s*(.*)", re.DOTALL)
_SIGNS = {"<=": "≤", ">=": "≥"}
# What a word was looked for in may stand behind it, or be given as its unit: `/25 g`, `in 25 g`.
_LOOKED_FOR = re.compile(r"(detected|not detected)\s+(in\s+\S.*)")
_IN = re.compile(r"^(/|in\b)?\s*(?=\S)")


class Result(NamedTuple):
    """A result as the record keeps it; `sought_in` belongs into the unit, such as `in 25 g`."""

    sign: str | None = None
    value: Decimal | None = None
    word: str | None = None
    sought_in: str | None = None

    def __str__(self) -> str:
        """Say it as people write it."""
        return result_words(self.sign, self.value, self.word)


def result(
    value: Result | Decimal | float | str | None, field: str, decimal_sign: str | None = None
) -> Result | None:
    """Read a result; None for nothing.

    Args:
        value: A number, or text: a number, a sign with a number, or one of the words.
        field: What to call it where it is refused.
        decimal_sign: As for `plain_number`.

    Raises:
        BadValue: It is neither, is too large, or has more than 12 places.
    """
    if isinstance(value, Result):
        return value
    if not isinstance(value, str):
        return None if value is None else Result(value=_measured(value, field))
    text = " ".join(value.split())
    if not text:
        return None
    looked_for = _LOOKED_FOR.fullmatch(text.lower())
    word = looked_for[1] if looked_for else text.lower()
    if word in set(ResultWord):
        return Result(word=word, sought_in=text[len(word) :].strip() or None)
    signed = _SIGNED.fullmatch(text)
    sign, digits = (signed[1], signed[2]) if signed else (None, text)
    try:
        plain = plain_number(digits, field, decimal_sign)
    except BadValue as bad:
        if bad.code != "NUMBER":
            raise
        raise BadValue(
            f"{field} must be a number such as 12.5 or 12,5, a number behind < or >, or one of: "
            f"{', '.join(ResultWord)}; not {value[:40]!r}.",
            field=field,
            code="RESULT",
        ) from bad
    return Result(_SIGNS.get(sign, sign) if sign else None, _measured(plain, field))


def unit_of(found: Result, unit: str | None, field: str) -> str:
    """Return the unit of a result; of a word what it was looked for in, or nothing.

    Raises:
        BadValue: A number has no unit, or a word says twice and otherwise what it was sought in.
    """
    if found.word is None:
        if not unit:
            raise BadValue(f"{field} must not be empty.", field=field, code="EMPTY")
        return unit
    given = [_IN.sub("in ", text) for text in (found.sought_in, unit) if text]
    if len(set(given)) > 1:
        raise BadValue(
            f"{field} {unit!r} and the result's {found.sought_in!r} differ. Say one.", field=field
        )
    return given[0] if given else ""


def result_words(sign: str | None, value: Decimal | None, word: str | None) -> str:
    """Say a result as people write it; the record's function of that name says the same."""
    return word if word is not None else f"{sign or ''}{(value or Decimal(0)).normalize():f}"


def _measured(value: Decimal | float | str, field: str) -> Decimal | None:
    """Read a measured number exactly."""
    exact = number(value, field, places=READING_PLACES)
    if exact is not None and abs(exact) >= LARGEST:
        raise BadValue(f"{field} {exact} is too large to be a measurement.", field=field)
    return exact
