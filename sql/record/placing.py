"""Where a home's embedded server lives: decided at its first start, written down, then held to.

A place found anew at every start is another place as soon as anything around it differs, and then
an empty plant stands where a full one was. So a place that can't be used is refused, by name.
"""

import hashlib
import json
import os
import pwd
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sql.errors import EmbeddedFailed
from sql.private import LONGEST_SOCKET_PATH, own_folder, short_folder
from sql.record.accounts import account_named, may_enter, may_reach, new_account, owner_of

NOTE = "postgres.json"
# Where root's server lives whose account can't reach the home: a clone below /root.
PROGRAMS = Path("/var/lib/lotline")
LONGEST_FOLDER = LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Placed:
    """What is written down about a home's server.

    Attributes:
        base: Folder of data, locks and log.
        socket: Folder of the socket.
        account: Account it runs as; None: the person's own.
        has_data: Whether its data folder was made; one that is missing then was lost.
    """

    base: Path
    socket: Path
    account: pwd.struct_passwd | None
    has_data: bool


def noted(home: Path) -> Placed | None:
    """Read where the server lives; None: nobody has decided it yet.

    Raises:
        EmbeddedFailed: It can't be used as it stands; the text says why and what to do.
    """
    note = home / NOTE
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        base, socket, account = home / said["base"], home / said["socket"], said["account"]
        has_data = bool(said["has_data"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise EmbeddedFailed(
            f"{note} says where the database of {home} lies, and can't be read ({wrong}). Put it "
            "back as it was; Lotline looks nowhere else."
        ) from wrong
    placed = Placed(base, socket, account_named(base, account), has_data)
    _require_usable(placed, home)
    return placed


def note(home: Path, placed: Placed) -> Placed:
    """Write down where the server lives, unless somebody was first; return what holds."""
    own_folder(home)
    own = home / f"{NOTE}.{os.getpid()}"
    _write(own, home, placed)
    # Linked, not renamed: of two processes that start at once, the first decision stays.
    with suppress(FileExistsError):
        os.link(own, home / NOTE)
    own.unlink()
    return noted(home) or placed


def note_data(home: Path) -> None:
    """Write down that the data folder was made, so that a missing one is noticed."""
    placed = noted(home)
    if placed is not None and not placed.has_data:
        own = home / f"{NOTE}.{os.getpid()}"
        _write(own, home, replace(placed, has_data=True))
        os.replace(own, home / NOTE)


def decided(home: Path) -> Placed:
    """Decide where the server of a home lives: where its data are, else where they can be.

    Raises:
        EmbeddedFailed: There are data in both places, or there is no account for root's server.
    """
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    inside, outside = home / "postgres", PROGRAMS / digest
    there = [base for base in (inside, outside) if (base / "data" / "PG_VERSION").exists()]
    if len(there) > 1:
        raise EmbeddedFailed(
            f"There are two databases of {home}: {inside / 'data'} and {outside / 'data'}. Look "
            "which one is the plant's, move the other away, and start again."
        )
    account = new_account() if os.geteuid() == 0 else None
    if there:
        base = there[0]
        account = account and owner_of(base / "data", account)
    else:
        base = inside if account is None or may_reach(home, account) else outside
    socket = base / "socket"
    if len(os.fsencode(socket)) > LONGEST_FOLDER:
        socket = short_folder(home, "")
    return Placed(base, socket, account, bool(there))


def _require_usable(placed: Placed, home: Path) -> None:
    """Refuse a place whose data are gone, or which the server's account can't reach."""
    data = placed.base / "data"
    if placed.has_data and not data.exists():
        raise EmbeddedFailed(
            f"The database that {home / NOTE} names is not there: {data} is missing. Bring it "
            f"back, or connect its disk. Only to begin an empty plant, remove {home / NOTE}."
        )
    above = home.resolve() if placed.base.is_relative_to(home) else placed.base
    if placed.account is not None and not may_enter(above.parent, placed.account):
        raise EmbeddedFailed(
            f"The account {placed.account.pw_name} can't reach the database in {placed.base} any "
            f"more. Let it pass through {above.parent} and the folders above, as before."
        )


def _write(file: Path, home: Path, placed: Placed) -> None:
    """Write a decision; what lies in the home by its path in it, so that a home can be moved."""

    def named(path: Path) -> str:
        return str(path.relative_to(home) if path.is_relative_to(home) else path)

    said = {
        "base": named(placed.base),
        "socket": named(placed.socket),
        "account": placed.account.pw_name if placed.account else None,
        "has_data": placed.has_data,
    }
    file.touch(mode=0o600)
    file.write_text(json.dumps(said), encoding="utf-8")
