"""Change a password: a person's own, or another's by an administrator.

Either ends every session and token of the person. How passwords are kept is in `passwords`.
"""

from dashboards.commands import passwords
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.refusals import BadValue, NotFound, SignatureNeeded
from dashboards.commands.signatures import Confirmation
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction


def change_password(
    transaction: Transaction, *, by: Person, confirmation: Confirmation | None, password: str
) -> None:
    """Change the person's own password, and end every session and token of theirs.

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
    """Set somebody else's password, and end every session and token of theirs.

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
