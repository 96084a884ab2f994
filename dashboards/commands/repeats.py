"""Do once what a client asks twice: answers kept under the client's own key.

A lost reply, a double click or a restarted program makes a client ask again. The answer is kept
in the same transaction as what it speaks of, so either both are in the record or neither.
Refusals are not kept: they wrote nothing, and asking again may well succeed. An answer is forgotten
after a month; the key then counts as new.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.commands.authority import Person
from dashboards.commands.refusals import BadValue
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction

LONGEST_KEY = 200
KEPT_DAYS = 30


@dataclass(frozen=True)
class Answer:
    """What a write led to; `is_repeat`: it was written earlier, under the same key."""

    body: dict[str, Any]
    is_repeat: bool = False


class KeyReused(BadValue):
    """The key was used before, for another request."""

    code = "IDEMPOTENCY_REUSE"

    def __init__(self, key: str) -> None:
        """Name the key."""
        super().__init__(
            f"Idempotency-Key {key!r} was used for another request. Send a new key.",
            field="Idempotency-Key",
        )


def once(
    transaction: Transaction,
    *,
    by: Person,
    key: str | None,
    asked: Mapping[str, Any],
    write: Callable[[], dict[str, Any]],
) -> Answer:
    """Write and keep the answer under the key, or return the answer kept there.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person; keys of different people never meet.
        key: 1 to 200 printable ASCII characters of the client's choice; None: just write.
        asked: The request, as JSON can say it; the same key must come with the same.
        write: Does it, and returns the answer as JSON can say it.

    Raises:
        BadValue: The key can't be taken.
        KeyReused: The key came before with another request.
        Refusal: Whatever `write` refuses; nothing is kept.
    """
    if key is None:
        return Answer(write())
    if not (1 <= len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise BadValue(
            f"Idempotency-Key must have 1 to {LONGEST_KEY} printable ASCII characters.",
            field="Idempotency-Key",
        )
    begin_writing(transaction, by=by)
    request_hash = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).digest()
    kept = transaction.one("given_answer", user_id=by.user_id, key=key)
    if kept is not None:
        if bytes(kept["request_hash"]) != request_hash:
            raise KeyReused(key)
        return Answer(kept["answer"], is_repeat=True)
    body = write()
    transaction.run("forget_old_answers", days=KEPT_DAYS)
    transaction.run(
        "keep_answer",
        user_id=by.user_id,
        key=key,
        request_hash=request_hash,
        answer=json.dumps(body, default=str),
    )
    return Answer(body)
