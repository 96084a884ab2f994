"""The accounts as which an embedded server may run, and the folders they may pass through.

PostgreSQL refuses to run as root. Permissions are read, never tried out in a child process: one
that fails for another reason would look like a folder that can't be reached.
"""

import os
import pwd
from contextlib import suppress
from pathlib import Path
from typing import Any

from sql.errors import EmbeddedFailed

ACCOUNTS = ("postgres", "nobody")


def may_enter(path: Path, account: pwd.struct_passwd) -> bool:
    """Tell by its permissions whether an account may enter a folder, and all above it."""
    path = path.resolve()
    return all(_is_open_to(part, account) for part in (path, *path.parents))


def may_reach(home: Path, account: pwd.struct_passwd) -> bool:
    """Tell whether an account can be let into a home: ours we open to it, the rest must be open."""
    existing = home.resolve()
    while not existing.exists():
        existing = existing.parent
    if existing.stat().st_uid == os.geteuid() and existing == home.resolve():
        existing = existing.parent
    return may_enter(existing, account)


def _is_open_to(folder: Path, account: pwd.struct_passwd) -> bool:
    """Tell whether an account may pass through a folder, by owner, group or everybody's bit."""
    found = folder.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)


def new_account() -> pwd.struct_passwd:
    """Pick the account root's server runs as."""
    for name in ACCOUNTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise EmbeddedFailed(
        "PostgreSQL does not run as root and there is no account postgres or nobody. Run as a "
        "normal user, or set LOTLINE_DATABASE_URL."
    )


def owner_of(data: Path, account: pwd.struct_passwd) -> pwd.struct_passwd:
    """Return the account whose the data are already, where root's server may run as it."""
    owner = data.stat().st_uid
    if owner == account.pw_uid:
        return account
    with suppress(KeyError):
        found = pwd.getpwuid(owner)
        if found.pw_name in ACCOUNTS:
            return found
    raise EmbeddedFailed(f"{data} belongs to user {owner}. Run lotline as that user.")


def account_named(base: Path, name: Any) -> pwd.struct_passwd | None:
    """Find the account that was noted."""
    if name is None and os.geteuid() == 0:
        raise EmbeddedFailed(
            f"The database in {base} is not root's. Run lotline as the user whose it is."
        )
    if name is None:
        return None
    if os.geteuid() != 0:
        raise EmbeddedFailed(f"The database in {base} was made by root. Run lotline as root.")
    try:
        return pwd.getpwnam(str(name))
    except KeyError as unknown:
        raise EmbeddedFailed(
            f"The database in {base} belongs to the account {name}, which is gone. Make it again "
            "with the same number, or set LOTLINE_DATABASE_URL."
        ) from unknown
