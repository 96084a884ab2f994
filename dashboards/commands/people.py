"""Sign people in, keep their sessions, and manage who they are.

A session stands behind every sign-in, on a screen or by a program's token; ending it ends what it
stood behind, at once. How passwords are kept and guessing is slowed is in `passwords`.
"""

import hashlib
import secrets
from datetime import UTC, datetime

from email_validator import EmailNotValidError, validate_email

from dashboards.commands import passwords, values
from dashboards.commands.authority import TERMINAL, Action, Face, Origin, Person, require
from dashboards.commands.refusals import BadValue, NotFound, SignatureNeeded, Taken
from dashboards.commands.signatures import Confirmation
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Role


def sign_in(
    transaction: Transaction, *, email: str, password: str, origin: Origin = TERMINAL
) -> Row | None:
    """Give the user whose e-mail and password these are, and note the sign-in.

    A failure is noted too, so the transaction must be committed either way; the face then says
    `WrongCredentials`, the same words and time whatever was wrong.

    Args:
        transaction: Open transaction.
        email: As typed; case and spaces around don't count.
        password: As typed, to the last character.
        origin: From where; guessing from elsewhere doesn't slow the owner's own place.

    Returns:
        user_id, email, full_name, role, recorded_at, last_login (UTC; this sign-in's time); None:
        they are nobody's, the account is switched off, or guessing is being slowed.
    """
    address = passwords.plain_email(email)
    user = transaction.one("user_to_sign_in", email=address)
    if not passwords.is_right(transaction, user, address, password, origin):
        return None
    begin_writing(transaction, by=person_of(user, origin))
    last_login = transaction.value(
        "note_sign_in",
        user_id=user["user_id"],
        address=origin.address,
        password_hash=user["password_hash"],
    )
    if last_login is None:
        return None  # the password was changed, or the account switched off, in this very moment
    shown = ("user_id", "email", "full_name", "role", "recorded_at")
    return {name: user[name] for name in shown} | {"last_login": last_login}


def confirm_password(transaction: Transaction, *, by: Person, password: str) -> Confirmation | None:
    """Give the proof that the person has just typed the password again, for signing.

    A wrong one counts like a failed sign-in, so the transaction must be committed either way.

    Returns:
        Good for a minute; None: the password is wrong, or guessing is being slowed.
    """
    user = transaction.one("user_to_sign_in", email=by.email)
    if not passwords.is_right(transaction, user, by.email, password, by.origin):
        return None
    return Confirmation(by.user_id, datetime.now(UTC))


def person_of(user: Row, origin: Origin) -> Person:
    """Give the person a user's row describes, acting from there."""
    return Person(user["user_id"], user["email"], user["full_name"], Role(user["role"]), origin)


def start_session(transaction: Transaction, *, user_id: int, face: Face) -> str:
    """Start a session and give its random token, of which the record keeps only the hash.

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
    """Give the person whose live session this is and mark it seen; None when there is none."""
    user = transaction.one(
        "touch_session",
        token_hash=_digest(token, Face.SCREEN),
        idle_minutes=idle_minutes,
        max_hours=max_hours,
    )
    return None if user is None else person_of(user, origin)


def person_of_token(
    transaction: Transaction, *, token: str, user_id: int, origin: Origin
) -> Person | None:
    """Give the person behind a program's token as they are now; None when it was revoked.

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
        password: 12 to 1,024 characters, not easily guessed.

    Raises:
        NotPermitted: The person may not manage users.
        BadValue: The e-mail, name, role or password can't be taken.
        Taken: Somebody signs in with this e-mail already.
    """
    if by is not None:
        require(by, Action.MANAGE_USERS)
    address = _email(email)
    shown_name = values.free_text(full_name, "full_name", longest=200) or address
    password_hash = passwords.new_hash(password, about=[address, shown_name])
    begin_writing(transaction, by=by)
    try:
        return transaction.value(
            "write_user",
            email=address,
            full_name=shown_name,
            role=_role(role),
            password_hash=password_hash,
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
    begin_writing(transaction, by=by)
    if transaction.run("change_user", user_id=user_id, role=_role(role), is_active=is_active) == 0:
        raise NotFound("User", user_id, field="user_id")
    transaction.run("end_sessions_of", user_id=user_id)


def change_password(
    transaction: Transaction, *, by: Person, confirmation: Confirmation | None, password: str
) -> None:
    """Give the person a new password of their own; ends every session and token of theirs.

    Raises:
        SignatureNeeded: The old password was not given just now.
        BadValue: The new one is too short, or easily guessed.
    """
    if confirmation is None or not confirmation.is_good(by):
        raise SignatureNeeded
    password_hash = passwords.new_hash(password, about=[by.email, by.full_name])
    begin_writing(transaction, by=by, reason="password changed")
    transaction.run("change_password", user_id=by.user_id, password_hash=password_hash)
    transaction.run("end_sessions_of", user_id=by.user_id)


def reset_password(
    transaction: Transaction, *, by: Person | None, email: str, password: str
) -> None:
    """Give somebody else a new password; ends every session and token of theirs.

    Args:
        transaction: Open transaction.
        by: The signed-in administrator; None: whoever runs the terminal on the server.
        email: Whose password it is.
        password: 12 to 1,024 characters, not easily guessed.

    Raises:
        NotPermitted: The person may not manage users.
        BadValue: The password can't be taken, or the account is the person's own.
        NotFound: Nobody signs in with this e-mail.
    """
    if by is not None:
        require(by, Action.MANAGE_USERS)
    address = passwords.plain_email(email)
    if by is not None and address == by.email:
        raise BadValue("Change your own password under Account.", field="email")
    user = transaction.one("user_to_sign_in", email=address)
    if user is None:
        raise NotFound("User", address[:100], field="email")
    password_hash = passwords.new_hash(password, about=[address, user["full_name"]])
    begin_writing(transaction, by=by, reason="password reset")
    transaction.run("change_password", user_id=user["user_id"], password_hash=password_hash)
    transaction.run("end_sessions_of", user_id=user["user_id"])


def ask_for_run(transaction: Transaction, *, by: Person) -> int:
    """Ask the pipeline for a run; a sensor sees the request. Gives the request's id.

    Raises:
        NotPermitted: The role may not ask for runs.
    """
    require(by, Action.RUN_PIPELINE)
    begin_writing(transaction, by=by)
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


def _digest(token: str, face: Face) -> bytes:
    """Give what the record keeps of a session's token, which counts at one face only."""
    return hashlib.sha256(f"{face} {token}".encode(errors="replace")).digest()
