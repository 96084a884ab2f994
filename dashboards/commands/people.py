"""Sign people in, keep their sessions, and manage who they are.

Passwords are kept as argon2id hashes and never leave this module. An unknown user costs the
same time as a known one, and at most two hashes are computed at once, so that a flood of
sign-ins can't starve the plant (figures measured: 19 MiB, t=2, p=1).
"""

import hashlib
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.refusals import BadValue, NotFound, Taken, WrongCredentials
from sql.errors import RuleBroken
from sql.record import Row, Transaction
from sql.vocabulary import Role

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_two_at_once = BoundedSemaphore(2)
_nobody = _hasher.hash(secrets.token_urlsafe(16))


def sign_in(transaction: Transaction, *, email: str, password: str) -> Row:
    """Give the user whose e-mail and password these are, and note the sign-in.

    Returns:
        user_id, email, full_name, role, recorded_at, last_login (UTC; this sign-in's time).

    Raises:
        WrongCredentials: They are nobody's, or the account is switched off; never says which.
    """
    user = transaction.one("user_to_sign_in", email=email.strip().lower())
    kept = user["password_hash"] if user is not None else _nobody
    if not _matches(kept, password) or user is None or not user["is_active"]:
        raise WrongCredentials
    last_login = transaction.value("note_sign_in", user_id=user["user_id"])
    shown = ("user_id", "email", "full_name", "role", "recorded_at")
    return {name: user[name] for name in shown} | {"last_login": last_login}


def person_of(user: Row) -> Person:
    """Give the person a user's row describes."""
    return Person(user["user_id"], user["email"], user["full_name"], Role(user["role"]))


def start_session(transaction: Transaction, *, user_id: int) -> str:
    """Start a session and give its token, of which the record keeps only the hash."""
    token = secrets.token_urlsafe(32)
    transaction.run("start_session", token_hash=_digest(token), user_id=user_id)
    return token


def person_of_session(
    transaction: Transaction, *, token: str, idle_minutes: int, max_hours: int
) -> Person | None:
    """Give the person whose live session this is and mark it seen; None when there is none."""
    user = transaction.one(
        "touch_session", token_hash=_digest(token), idle_minutes=idle_minutes, max_hours=max_hours
    )
    return None if user is None else person_of(user)


def end_session(transaction: Transaction, *, token: str) -> None:
    """End the session; ending an ended one changes nothing."""
    transaction.run("end_session", token_hash=_digest(token))


def person_by_id(transaction: Transaction, *, user_id: int) -> Person | None:
    """Give the active person of an id as they are now; None when switched off or unknown."""
    user = transaction.one("active_user", user_id=user_id)
    return None if user is None else person_of(user)


def add_user(
    transaction: Transaction,
    *,
    by: Person | None,
    email: str,
    full_name: str,
    role: str,
    password: str,
) -> int:
    """Add a user and give the id.

    Args:
        transaction: Open transaction.
        by: The signed-in administrator; None: whoever runs the terminal on the server, who
            holds the database anyway.
        email: Address they sign in with; kept in lower case.
        full_name: Shown beside what they write.
        role: One of the five roles.
        password: 12 to 1,024 characters.

    Raises:
        NotPermitted: The person may not manage users.
        BadValue: The e-mail, name, role or password can't be taken.
        Taken: Somebody signs in with this e-mail already.
    """
    if by is not None:
        require(by, Action.MANAGE_USERS)
    address = _email(email)
    try:
        return transaction.value(
            "write_user",
            email=address,
            full_name=values.free_text(full_name, "full_name", longest=200) or address,
            role=_role(role),
            password_hash=_hash(password),
        )
    except RuleBroken as broken:
        if broken.constraint != "email_is_unique":
            raise
        raise Taken(f"{address} has an account already.", field="email") from broken


def change_user(
    transaction: Transaction, *, by: Person, user_id: int, role: str, is_active: bool
) -> None:
    """Give a user another role, or switch the account off or on; ends the user's sessions.

    Raises:
        NotPermitted: The person may not manage users.
        BadValue: The role is unknown, or it is the person's own account.
        NotFound: No such user.
    """
    require(by, Action.MANAGE_USERS)
    if user_id == by.user_id:
        raise BadValue("Your own account is changed by another administrator.", field="user_id")
    if transaction.run("change_user", user_id=user_id, role=_role(role), is_active=is_active) == 0:
        raise NotFound("User", user_id, field="user_id")
    transaction.run("end_sessions_of", user_id=user_id)


def ask_for_run(transaction: Transaction, *, by: Person) -> int:
    """Ask the pipeline for a run; a sensor sees the request. Gives the request's id.

    Raises:
        NotPermitted: The role may not ask for runs.
    """
    require(by, Action.RUN_PIPELINE)
    return transaction.value("ask_for_run", user_id=by.user_id)


def _email(email: str) -> str:
    """Give the address in lower case, refusing what can't be one."""
    try:
        checked = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as invalid:
        raise BadValue(f"{email[:100]!r} is no e-mail address: {invalid}", field="email") from (
            invalid
        )
    return checked.normalized.lower()


def _role(role: str) -> str:
    """Give the role, refusing an unknown one."""
    if role not in set(Role):
        raise BadValue(f"role must be one of {' '.join(Role)}, not {role!r}.", field="role")
    return role


def _hash(password: str) -> str:
    """Hash a new password, refusing one too short to be one."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadValue(
            f"password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
            field="password",
        )
    with _two_at_once:
        return _hasher.hash(password)


def _matches(kept_hash: str, password: str) -> bool:
    """Compare a password with a hash, in the same time whether it matches or not."""
    if len(password) > LONGEST_PASSWORD:
        return False
    with _two_at_once:
        try:
            return _hasher.verify(kept_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False


def _digest(token: str) -> bytes:
    """Give what the record keeps of a session's token."""
    return hashlib.sha256(token.encode()).digest()
