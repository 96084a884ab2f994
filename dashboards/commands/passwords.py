"""How passwords are kept, and how guessing is slowed.

Kept as argon2id (19 MiB, t=2, p=1), at most two computed at once, so that a flood of sign-ins can't
starve the plant. An unknown user costs what a known one does. After five failures in a row each
further one doubles a wait, from 1 s to 5 min; a place from which the owner has signed in before
counts its own failures only, so a guesser elsewhere can't lock the owner out.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboards.commands.authority import Origin
from dashboards.commands.password_strength import LONGEST, guard_strength
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=5)
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_two_at_once = BoundedSemaphore(2)
_nobody = _hasher.hash(secrets.token_urlsafe(16))


def plain_email(email: str) -> str:
    """Write an e-mail address as the record keeps it; with U+FFFD for a sign it can't hold."""
    kept = unicodedata.normalize("NFC", email.strip()).lower()
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in kept)


def new_hash(password: str, *, about: Sequence[str]) -> str:
    """Hash a new password.

    Args:
        password: 12 to 1,024 characters.
        about: What a guesser would try first: the person's name and address.

    Raises:
        BadValue: It is too short, too long, common or easily guessed; says why.
    """
    guard_strength(password, about=about)
    with _two_at_once:
        return _hasher.hash(password)


def is_right(
    transaction: Transaction, user: Row | None, email: str, password: str, origin: Origin
) -> bool:
    """Tell whether a password opens an account now, and note it when it does not.

    Every answer costs one hash, whoever the user is; while guessing is being slowed the right
    password is wrong too, and the attempt doesn't lengthen the wait.
    """
    email_hash = hashlib.sha256(email.encode(errors="replace")).digest()
    is_slowed = _is_slowed(transaction, user, email_hash, origin)
    kept = user["password_hash"] if user is not None else _nobody
    matches = _matches(kept, password) and user is not None and user["is_active"]
    if not is_slowed:
        begin_writing(transaction, by=None, origin=origin)
        if matches:
            # Of many guesses made at once, those that failed first count before this one opens.
            return not _is_slowed(transaction, user, email_hash, origin)
        transaction.run("note_failure", email_hash=email_hash, address=origin.address)
    return False


def wait_after(failure_count: int) -> timedelta:
    """Tell how long nobody is let in after so many failures in a row."""
    if failure_count < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failure_count - FREE_FAILURES, 20)), LONGEST_WAIT)


def _is_slowed(
    transaction: Transaction, user: Row | None, email_hash: bytes, origin: Origin
) -> bool:
    """Tell whether the account must wait, as seen from this place."""
    failures = transaction.one(
        "failures_in_a_row",
        email_hash=email_hash,
        address=origin.address,
        user_id=user["user_id"] if user is not None else None,
    )
    if failures is None or failures["newest_at"] is None:
        return False
    return datetime.now(UTC) < failures["newest_at"] + wait_after(failures["failure_count"])


def _matches(kept_hash: str, password: str) -> bool:
    """Compare a password with a hash, in the same time whether it matches or not."""
    if len(password) > LONGEST:
        return False
    with _two_at_once:
        try:
            return _hasher.verify(kept_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
