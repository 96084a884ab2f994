"""Signed decisions: who stands for one, when, meaning what, and the hash of what was signed.

A signature follows the password given again for this very act. A program's token, got with the
password within the half hour before, signs too, and is shown as what it is: `TOKEN`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboards.commands.authority import Face, Person
from dashboards.commands.refusals import SignatureNeeded
from sql.record.transactions import Transaction
from sql.vocabulary import Meaning, SignatureMethod

GOOD_FOR = timedelta(minutes=1)


@dataclass(frozen=True)
class Confirmation:
    """That a person has just given the password again; made by `people.confirm_password`."""

    user_id: int
    given_at: datetime

    def is_good(self, by: Person) -> bool:
        """Tell whether this very person gave it, less than a minute ago."""
        return self.user_id == by.user_id and datetime.now(UTC) - self.given_at <= GOOD_FOR


def sign(
    transaction: Transaction,
    *,
    by: Person,
    confirmation: Confirmation | None,
    meaning: Meaning,
    content: Mapping[str, Any],
    decision_id: int | None = None,
    withdrawal_id: int | None = None,
    assessment_id: int | None = None,
    movement_id: int | None = None,
    link_id: int | None = None,
    lot_void_id: int | None = None,
) -> None:
    """Append the person's signature under one thing: a decision, an assessment and so on.

    Args:
        transaction: The transaction that has just written what is signed.
        by: The signed-in person; name and role are kept as they are now.
        confirmation: The password given again; None is enough only for a token over the API.
        meaning: What signing says.
        content: What is signed, field by field; its SHA-256 is kept (see `signed_hash`).
        decision_id: The decision signed, or
        withdrawal_id: the withdrawal signed, or
        assessment_id: the assessment signed, or
        movement_id: the movement signed, or
        link_id: the rework signed, or
        lot_void_id: the rename signed, by the void of the old code.

    Raises:
        SignatureNeeded: The password was not given again, is another's, or was given too long ago.
    """
    method = _method(by, confirmation, meaning)
    transaction.run(
        "write_signature",
        decision_id=decision_id,
        withdrawal_id=withdrawal_id,
        assessment_id=assessment_id,
        movement_id=movement_id,
        link_id=link_id,
        lot_void_id=lot_void_id,
        user_id=by.user_id,
        signed_name=by.full_name,
        signed_role=by.role,
        meaning=meaning,
        method=method,
        signed_hash=signed_hash(meaning, by.full_name, content),
    )


def sign_all(
    transaction: Transaction,
    *,
    by: Person,
    confirmation: Confirmation | None,
    meaning: Meaning,
    decisions: Mapping[int, Mapping[str, Any]],
) -> None:
    """Append the person's signature under each of many decisions, of one meaning.

    Args:
        transaction: The transaction that has just written them.
        by: The signed-in person.
        confirmation: The password given again, once for all of them.
        meaning: What signing says.
        decisions: What is signed, field by field, by decision id.

    Raises:
        SignatureNeeded: As `sign` says.
    """
    method = _method(by, confirmation, meaning)
    hashes = {
        number: signed_hash(meaning, by.full_name, content) for number, content in decisions.items()
    }
    transaction.run(
        "write_hold_signatures",
        decision_ids=list(hashes),
        signed_hashes=list(hashes.values()),
        user_id=by.user_id,
        signed_name=by.full_name,
        signed_role=by.role,
        meaning=meaning,
        method=method,
    )


def _method(by: Person, confirmation: Confirmation | None, meaning: Meaning) -> SignatureMethod:
    """Say how the person proved to be themselves, or refuse."""
    if confirmation is None and by.origin.face == Face.API:
        return SignatureMethod.TOKEN
    if confirmation is None or not confirmation.is_good(by):
        raise SignatureNeeded(meaning)
    return SignatureMethod.PASSWORD


def signed_hash(meaning: str, signed_name: str, content: Mapping[str, Any]) -> bytes:
    """Hash what was signed (SHA-256): meaning, name and content as canonical JSON.

    Canonical: keys sorted, no spaces, UTF-8; numbers and times as text, so that it can be
    computed anew from the record's own rows.
    """
    whole = {"meaning": meaning, "name": signed_name} | {
        name: None if value is None else str(value) for name, value in content.items()
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
