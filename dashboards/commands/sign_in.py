"""Tell whose password was typed: to sign in, or again to sign a decision.

How passwords are kept and guessing is slowed is in `passwords`; what follows is in `sessions`.
"""

from datetime import UTC, datetime

from dashboards.commands import passwords
from dashboards.commands.authority import TERMINAL, Origin, Person
from dashboards.commands.sessions import person_of
from dashboards.commands.signatures import Confirmation
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction


def sign_in(
    transaction: Transaction, *, email: str, password: str, origin: Origin = TERMINAL
) -> Row | None:
    """Find the user whose e-mail and password these are, and note the sign-in.

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
    # Asked first, whoever it is: an unknown user costs the time that a known one does.
    if not passwords.is_right(transaction, user, address, password, origin) or user is None:
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
    """Prove that the person has just typed the password again, for signing.

    A wrong one counts like a failed sign-in, so the transaction must be committed either way.

    Returns:
        Good for a minute; None: the password is wrong, or guessing is being slowed.
    """
    user = transaction.one("user_to_sign_in", email=by.email)
    if not passwords.is_right(transaction, user, by.email, password, by.origin):
        return None
    return Confirmation(by.user_id, datetime.now(UTC))
