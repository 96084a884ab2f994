"""Whether a body is JSON as the API takes it: one object, UTF-8, no key twice.

Python's parser lets a key stand twice (the last wins, silently), guesses UTF-16 and falls over
deep nesting, and rounds a number of many digits; a client that sends such a thing should hear of it
before anything is written.
"""

import json
import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboards.commands.metadata import NamedTwice, each_once


@dataclass(frozen=True)
class BodyRefusal:
    """Why a body can't be taken, said once the client is known and may write."""

    status: int
    detail: str
    code: str


class BadBody(Exception):
    """The body that came can't be taken."""

    def __init__(self, refusal: BodyRefusal) -> None:
        """Keep what to say."""
        super().__init__(refusal.detail)
        self.refusal = refusal


class _TooFine(ValueError):
    """A number has more digits than can be kept."""


def refusal_of(body: bytes, content_type: str) -> BodyRefusal | None:
    """Say why a body can't be taken, or None where it can.

    Args:
        body: As it came.
        content_type: Of the header of that name; empty where it is missing.
    """
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.strip().removeprefix("charset=").strip('"')
    if kind.strip() != "application/json" or charset not in ("", "utf-8", "utf8"):
        return BodyRefusal(415, "Send Content-Type: application/json, in UTF-8.", "CONTENT_TYPE")
    try:
        given = json.loads(body.decode("utf-8"), object_pairs_hook=each_once, parse_float=_exactly)
    except NamedTwice as twice:
        shown = twice.name[:100].encode("utf-8", "backslashreplace").decode()
        said = f"The field {shown!r} stands twice in the body. Send each once."
        return BodyRefusal(422, said, "DUPLICATE_KEY")
    except _TooFine as fine:
        return BodyRefusal(422, str(fine), "NUMBER")
    except UnicodeDecodeError as wrong:
        return _bad(f"it is not UTF-8 (byte {wrong.start + 1})")
    except json.JSONDecodeError as wrong:
        return _bad(f"{wrong.msg} (line {wrong.lineno}, column {wrong.colno})")
    except (RecursionError, ValueError):
        return _bad("it is nested too deeply, or holds a number too long")
    return None if isinstance(given, dict) else _bad("it must be an object, { … }")


def _bad(why: str) -> BodyRefusal:
    return BodyRefusal(400, f"The body is not JSON we can take: {why}.", "BAD_JSON")


def _exactly(digits: str) -> float:
    """Read a number, refusing one that would be rounded; what is infinite is refused later."""
    number = float(digits)
    try:
        is_kept = math.isinf(number) or Decimal(digits) == Decimal(repr(number))
    except InvalidOperation:
        is_kept = False
    if not is_kept:
        raise _TooFine(f"The number {digits[:40]} has more digits than can be kept (17).")
    return number
