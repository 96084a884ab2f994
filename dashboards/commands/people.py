"""Manage who the plant's people are: their accounts and roles."""

from email_validator import EmailNotValidError, validate_email

from dashboards.commands import passwords, values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.refusals import BadValue, NotFound, Taken
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.record.transactions import Transaction
from sql.vocabulary import Role


def add_user(
    transaction: Transaction,
    *,
    by: Person | None,
    email: str,
    full_name: str,
    role: str,
    password: str,
) -> int:
    """Add a user and return the id.

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
    """Set a user's role, or switch the account off or on, and end the user's sessions.

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


def _email(email: str) -> str:
    """Read an address, in lower case; refuse what can't be one."""
    try:
        checked = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as invalid:
        raise BadValue(f"{email[:100]!r} is no e-mail address: {invalid}", field="email") from (
            invalid
        )
    return checked.normalized.lower()


def _role(role: str) -> str:
    """Return the role, or refuse an unknown one."""
    if role not in set(Role):
        raise BadValue(f"role must be one of {' '.join(Role)}, not {role!r}.", field="role")
    return role
