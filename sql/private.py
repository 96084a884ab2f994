"""Files, folders and sockets that only the account which runs Lotline may open.

What a plant knows lies in files as well as in the database: editions, findings, anchors, Dagster's
storage. None of it is for other accounts of the machine.
"""

import hashlib
import os
import secrets
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sql.errors import NotPrivate

OTHERS = 0o077
LONGEST_SOCKET_PATH = 107
WAITING_AT_MOST = 128


def keep_to_owner() -> None:
    """Have everything that this process and its children make be for its account only."""
    os.umask(OTHERS)


def own_folder(folder: Path) -> Path:
    """Make a folder, and those above it that are missing, for our account only; return it."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(mode=0o700, exist_ok=True)
    return folder


def require_private(folder: Path, owner: int) -> None:
    """Refuse a folder that somebody else made, or may enter.

    In a folder where everybody may write, another user may have been there first.

    Raises:
        NotPrivate: It is a link, no folder, of another owner, or open to others.
    """
    found = folder.lstat()
    wrong = None
    if not stat.S_ISDIR(found.st_mode):
        wrong = "is no folder of ours but a link or a file"
    elif found.st_uid != owner:
        wrong = f"belongs to user {found.st_uid}, not to {owner}"
    elif found.st_mode & OTHERS:
        wrong = f"is open to others (mode {stat.S_IMODE(found.st_mode):04o})"
    if wrong is not None:
        raise NotPrivate(
            f"{folder} {wrong}. Somebody else may have made it. Look who, then remove it and "
            "start again."
        )


def require_own_folder(folder: Path) -> Path:
    """Make a folder for our account only; refuse one that others may enter.

    Raises:
        NotPrivate: See `require_private`.
    """
    require_private(own_folder(folder), os.geteuid())
    return folder


def short_folder(home: Path, purpose: str) -> Path:
    """Name a folder with a short path for a home's sockets: systems bound a socket's path."""
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"lotline-{os.geteuid()}-{purpose}{digest}"


def socket_path(home: Path, name: str) -> Path:
    """Say where a socket of a home lies: in the home, or where that path is too long, near /tmp."""
    inside = home / "sockets" / name
    is_short = len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH
    return inside if is_short else short_folder(home, "") / name


@contextmanager
def bound_socket(path: Path) -> Iterator[socket.socket]:
    """Listen on a socket that only our account may open, for the block.

    Raises:
        NotPrivate: Its folder is open to others.
    """
    require_own_folder(path.parent)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        path.chmod(0o600)
        listening.listen(WAITING_AT_MOST)
        try:
            yield listening
        finally:
            path.unlink(missing_ok=True)


def secret_in(path: Path) -> str:
    """Read a random key of a plant's own, made on first use and readable by its owner only."""
    if not path.exists():
        own_folder(path.parent)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        # Linked, not renamed: of two processes that start at once, the first key stays.
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    return path.read_text(encoding="utf-8")
