"""Keep the session behind every sign-in, on a screen or by a program's token.

Ending a session ends what it stands behind, at once. The record keeps only hashes of tokens.
"""

import hashlib
import secrets

from dashboards.commands.authority import Face, Origin, Person
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Role


def person_of(user: Row, origin: Origin) -> Person:
    """Read a user's row as the person it describes, acting from an origin."""
    return Person(user["user_id"], user["email"], user["full_name"], Role(user["role"]), origin)


def start_session(transaction: Transaction, *, user_id: int, face: Face) -> str:
    """Start a session and return its random token, of which the record keeps only the hash.

    Args:
        transaction: Open transaction.
        user_id: Who has signed in.
        face: Where the token counts, and nowhere else: a program's opens no screen.
    """
    token = secrets.token_urlsafe(32)
    transaction.run("start_session", token_hash=_digest(token, face), user_id=user_id)
    return token


def person_of_session(
    transaction: Transaction, *, token: str, idle_minutes: int, max_hours: int, origin: Origin
) -> Person | None:
    """Find the person whose live session this is, and mark it seen; None: there is none."""
    user = transaction.one(
        "touch_session",
        token_hash=_digest(token, Face.SCREEN),
        idle_minutes=idle_minutes,
        max_hours=max_hours,
    )
    return None if user is None else person_of(user, origin)


def person_without_use(
    transaction: Transaction, *, token: str, idle_minutes: int, max_hours: int, origin: Origin
) -> Person | None:
    """Find the person whose live session this is, and leave its idle time running.

    For what a page asks by itself; None: there is no such session.
    """
    user = transaction.one(
        "session_at_rest",
        token_hash=_digest(token, Face.SCREEN),
        idle_minutes=idle_minutes,
        max_hours=max_hours,
    )
    return None if user is None else person_of(user, origin)


def person_of_token(
    transaction: Transaction, *, token: str, user_id: int, origin: Origin
) -> Person | None:
    """Find the person behind a program's token, as they are now; None: it was revoked.

    The token's own expiry is the face's to check; marking it seen would cost a write a call.
    """
    user = transaction.one("live_session", token_hash=_digest(token, Face.API), user_id=user_id)
    return None if user is None else person_of(user, origin)


def end_session(transaction: Transaction, *, token: str) -> None:
    """End a screen's session; ending an ended one changes nothing."""
    transaction.run("end_session", token_hash=_digest(token, Face.SCREEN))


def end_all_sessions(transaction: Transaction, *, by: Person) -> None:
    """End every session and token of the person, everywhere."""
    transaction.run("end_sessions_of", user_id=by.user_id)


def _digest(token: str, face: Face) -> bytes:
    """Hash a session's token as the record keeps it; the hash counts at one face only."""
    return hashlib.sha256(f"{face} {token}".encode(errors="replace")).digest()
